"""How long a run will take, from a few of its steps."""

import json
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

from tests.worker.helpers import make_run, row, settings, wait_until, worker_command
from workbench.worker import estimate
from workbench.worker.estimate import spread
from workbench.worker.files import sha256_file
from workbench.worker.prepare import main, prepare
from workbench.worker.protocol import Phase, PreparedLine, RunConfig

ROWS = [
    row(n, f"ABC | {n}", split="train" if n < 40 else "validation") for n in range(52)
]


def _main(run: Path) -> dict[str, Any]:
    assert main(["--run-dir", str(run)]) == 0
    return _report(run)


def _report(run: Path) -> dict[str, Any]:
    text = (run / "preparation.json").read_text(encoding="utf-8")
    report: dict[str, Any] = json.loads(text)
    return report


def _line(length: int) -> PreparedLine:
    return {
        "row": 1,
        "id": "r",
        "split": "train",
        "input_ids": [5] * length,
        "labels": [5] * length,
        "prompt_tokens": 1,
        "trained_tokens": 1,
        "pieces": [],
        "dropped": "",
        "detail": "",
    }


def test_the_time_is_measured_and_grows_with_the_steps(
    tmp_path: Path, model: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_run(tmp_path, model, ROWS, settings=settings(minimum_steps=100))
    short = _main(tmp_path)
    make_run(tmp_path, model, ROWS, settings=settings(minimum_steps=10_000))
    long = _main(tmp_path)
    phases = [line.removeprefix("phase: ") for line in capsys.readouterr().out.split()]

    assert short["run_seconds"] > 0
    assert long["run_seconds"] > 5 * short["run_seconds"]
    assert long["warnings"] == []
    assert [one for one in phases if one in set(Phase)][:3] == [
        "tokenising",
        "loading",
        "probing",
    ]


def test_measuring_leaves_the_rows_and_no_run_behind(
    tmp_path: Path, model: Path
) -> None:
    make_run(tmp_path, model, ROWS)
    report = _main(tmp_path)

    assert report["sha256"] == sha256_file(tmp_path / "prepared.jsonl")
    assert not (tmp_path / "events.jsonl").exists()
    assert not list(tmp_path.glob("checkpoints/*"))


def test_very_few_rows_are_enough(tmp_path: Path, model: Path) -> None:
    make_run(tmp_path, model, [row(1), row(2)])

    assert _main(tmp_path)["run_seconds"] > 0


def test_a_model_without_room_is_not_tried(
    tmp_path: Path, model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(estimate, "is_room_for", lambda *_: False)
    make_run(tmp_path, model, ROWS)
    report = _main(tmp_path)

    assert report["run_seconds"] is None
    assert "not_estimated" in report["warnings"]


def test_a_failing_step_costs_only_the_estimate(
    tmp_path: Path, model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any) -> Any:
        raise MemoryError

    monkeypatch.setattr(estimate, "build", full)
    make_run(tmp_path, model, ROWS)
    report = _main(tmp_path)

    assert report["error"] is None
    assert report["warnings"][-1] == "not_estimated"


def test_a_step_that_takes_too_long_ends_the_process(
    tmp_path: Path, model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left: list[int] = []
    make_run(tmp_path, model, ROWS)
    config = RunConfig.from_json(
        json.loads((tmp_path / "prepare.json").read_text(encoding="utf-8"))
    )
    report = prepare(config, tmp_path)
    monkeypatch.setattr(estimate, "_STEP_LIMIT", 0.0)
    estimate.complete(config, tmp_path, report, time.monotonic(), leave=left.append)

    assert set(left) == {0}


def test_stop_is_heard_while_the_steps_are_made(tmp_path: Path, model: Path) -> None:
    make_run(tmp_path, model, ROWS)
    log = tmp_path / "worker.log"
    with log.open("wb") as file:
        command = worker_command("prepare", "--run-dir", str(tmp_path))
        process = subprocess.Popen(command, stdout=file, stderr=file)
    wait_until(lambda: "phase: loading" in log.read_text(encoding="utf-8"), 90)
    process.terminate()

    assert process.wait(10) != 0
    assert _report(tmp_path)["run_seconds"] is None


def test_batches_are_spread_from_the_longest_on() -> None:
    lines = [_line(length) for length in range(1, 34)]
    batches = spread(lines, 4, 3)
    longest = [len(batch[0]["input_ids"]) for batch in batches]

    assert longest == [33, 17, 5]
    assert all(len(batch) == 4 for batch in batches)
    assert len(spread(lines[:3], 4, 3)) == 1
