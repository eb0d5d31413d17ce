"""Training runs: whole, stopped in every phase, resumed, refused."""

import errno
import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from safetensors import safe_open

from tests.worker.helpers import (
    make_run,
    read_events,
    row,
    settings,
    wait_until,
    worker_command,
)
from workbench.worker import train
from workbench.worker.checkpoints import step_of
from workbench.worker.errors import Stopped, WorkerError
from workbench.worker.files import sha256_file
from workbench.worker.prepare import prepare
from workbench.worker.protocol import Command, Phase, RunConfig
from workbench.worker.run_dir import RunState

ROWS = [
    row(n, f"ABC | {n}", split="train" if n < 9 else "validation") for n in range(12)
]


def _train(run: Path) -> list[dict[str, Any]]:
    """Train in this process; return the events."""
    train.main(["--run-dir", str(run), "--run-id", "01RUN"])
    return read_events(run)


def _of(events: list[dict[str, Any]], kind: str) -> list[dict[str, Any]]:
    return [event for event in events if event["type"] == kind]


def test_a_run_in_its_own_process(tmp_path: Path, model: Path) -> None:
    run = tmp_path / "走る run"
    make_run(run, model, ROWS)
    with (run / "worker.log").open("wb") as log:
        command = worker_command("train", "--run-dir", str(run), "--run-id", "01RUN")
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, check=False
        )
    events = read_events(run)
    result = json.loads((run / "result.json").read_text(encoding="utf-8"))

    assert done.returncode == 0, (run / "worker.log").read_text(encoding="utf-8")
    assert events[-1]["outcome"] == "succeeded"
    assert events[-1]["artefact"]["kind"] == "adapter"
    assert [event["seq"] for event in events] == list(range(1, len(events) + 1))
    phases = [event["phase"] for event in _of(events, "phase")]
    assert [*dict.fromkeys(phases)] == [phase.value for phase in Phase]
    assert [e["step"] for e in _of(events, "metric") if "eval_loss" in e] == [2, 4, 6]
    assert all(e["total_steps"] == 6 for e in _of(events, "metric"))
    assert any(e["tokens_per_second"] for e in _of(events, "metric"))
    assert _of(events, "sample")[0]["reference"] == "ABC | 9"
    assert [e["step"] for e in _of(events, "checkpoint")] == [2, 4, 6]
    assert _of(events, "resource")[0]["left_out"] == []
    assert result["proof"] == {
        "off_equals_base": True,
        "on_differs": True,
        "prompts": 3,
    }
    assert (run / "adapter" / "chat_template.jinja").is_file()
    assert (run / "heartbeat").is_file()
    for path in (run / "adapter").glob("*.json"):
        assert str(tmp_path) not in path.read_text(encoding="utf-8")


def test_the_same_seed_gives_the_same_adapter(tmp_path: Path, model: Path) -> None:
    found = []
    for name, seed in (("a", 7), ("b", 7), ("c", 8)):
        make_run(tmp_path / name, model, ROWS, settings=settings(seed=seed))
        assert _train(tmp_path / name)[-1]["outcome"] == "succeeded"
        found.append(sha256_file(tmp_path / name / "adapter/adapter_model.safetensors"))

    assert found[0] == found[1] != found[2]


def test_all_linear_layers_are_adapted_in_float32(tmp_path: Path, model: Path) -> None:
    make_run(tmp_path, model, ROWS)
    _train(tmp_path)
    with safe_open(tmp_path / "adapter/adapter_model.safetensors", "pt") as file:
        kinds = {file.get_tensor(name).dtype for name in file.keys()}  # noqa: SIM118
        names = {name.split(".")[-3] for name in file.keys()}  # noqa: SIM118

    assert {str(kind) for kind in kinds} == {"torch.float32"}
    assert names >= {"q_proj", "k_proj", "v_proj", "o_proj"}
    assert names >= {"gate_proj", "up_proj", "down_proj"}


@pytest.mark.parametrize(
    "phase", [Phase.TOKENISING, Phase.LOADING, Phase.PROBING, Phase.TRAINING]
)
def test_stop_now_is_heard_in_every_phase(
    tmp_path: Path, model: Path, phase: Phase, monkeypatch: pytest.MonkeyPatch
) -> None:
    _stop_in(phase, Command.STOP_NOW, monkeypatch)
    make_run(tmp_path, model, ROWS)
    end = _train(tmp_path)[-1]

    assert end["type"] == "end"
    assert end["outcome"] == "cancelled"
    assert not (tmp_path / "result.json").exists()


def test_stop_and_save_keeps_a_labelled_adapter(
    tmp_path: Path, model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _stop_in(Phase.EVALUATING, Command.STOP_SAVE, monkeypatch)
    make_run(tmp_path, model, ROWS)
    events = _train(tmp_path)
    end = events[-1]

    assert end["outcome"] == "cancelled"
    assert end["artefact"] == {
        "kind": "adapter",
        "step": 2,
        "saved": "best",
        "path": "adapter",
    }
    assert [e["step"] for e in _of(events, "checkpoint")][-1] == 3
    assert (
        json.loads((tmp_path / "result.json").read_text(encoding="utf-8"))["steps"] == 3
    )


def test_a_stopped_run_is_resumed_with_a_smaller_batch(
    tmp_path: Path, model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        _stop_in(Phase.EVALUATING, Command.STOP_SAVE, patch)
        make_run(tmp_path / "first", model, ROWS)
        _train(tmp_path / "first")
    make_run(
        tmp_path / "second",
        model,
        ROWS,
        resume_from=str(tmp_path / "first" / "checkpoints"),
        settings=settings(batch_size=2),
    )
    events = _train(tmp_path / "second")

    assert events[-1]["outcome"] == "succeeded"
    assert min(e["step"] for e in _of(events, "metric")) == 4
    assert _of(events, "resource")[0]["micro_batch"] == 2


def test_a_process_that_is_told_to_stop_ends(tmp_path: Path, model: Path) -> None:
    make_run(tmp_path, model, ROWS, settings=settings(minimum_steps=5000))
    with (tmp_path / "worker.log").open("wb") as log:
        process = subprocess.Popen(
            worker_command("train", "--run-dir", str(tmp_path)), stdout=log, stderr=log
        )
    wait_until(lambda: _of(read_events(tmp_path), "metric"), 90)
    (tmp_path / "control.json").write_text(
        '{"seq": 1, "command": "stop_now"}', encoding="utf-8"
    )

    assert process.wait(30) == 0
    events = read_events(tmp_path)
    assert events[-1]["outcome"] == "cancelled"
    assert _of(events, "ack")[0]["command"] == "stop_now"


def test_prepared_rows_are_read_by_their_hash(tmp_path: Path, model: Path) -> None:
    value = make_run(tmp_path, model, ROWS)
    sha256 = prepare(RunConfig.from_json(value), tmp_path)["sha256"]
    make_run(tmp_path, model, ROWS, prepared_sha256=sha256)
    with (tmp_path / "prepared.jsonl").open("a", encoding="utf-8") as file:
        file.write("\n")
    *_, error, end = _train(tmp_path)

    assert error["error_class"] == "DATA"
    assert "not those that were shown" in error["sentence"]
    assert end["outcome"] == "failed"


def test_refused_rows_are_an_error_with_names(tmp_path: Path, model: Path) -> None:
    make_run(tmp_path, model, [*ROWS, row(99, "")], settings=settings(max_lost=0.0))
    *_, error, _end = _train(tmp_path)

    assert error["error_class"] == "DATA"
    assert "r99" in error["sentence"]


def test_a_bad_configuration_fails_before_torch(tmp_path: Path) -> None:
    make_run(tmp_path, tmp_path, [], surprise=1)
    code = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from workbench.worker import train\n"
        "code = train.main(['--run-dir', sys.argv[2]])\n"
        "assert 'torch' not in sys.modules\n"
        "sys.exit(code)\n"
    )
    root = str(Path(__file__).resolve().parents[2])
    command = [*worker_command("")[:1], "-c", code, root, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)

    assert done.returncode == 1, done.stderr
    assert read_events(tmp_path)[-2]["error_class"] == "DATA"


def test_another_run_is_not_trained(tmp_path: Path, model: Path) -> None:
    make_run(tmp_path, model, ROWS, run_id="01OTHER")

    assert "another run" in _train(tmp_path)[-2]["sentence"]


def test_a_full_disk_is_named_and_the_old_checkpoint_stays(
    tmp_path: Path, model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from peft import PeftModel

    save = PeftModel.save_pretrained

    def full(self: Any, folder: str, **options: Any) -> None:
        if step_of(Path(folder)) > 2:
            raise OSError(errno.ENOSPC, "No space left on device")
        save(self, folder, **options)

    monkeypatch.setattr(PeftModel, "save_pretrained", full)
    make_run(tmp_path, model, ROWS)
    *_, error, end = _train(tmp_path)

    assert error["error_class"] == "DISK"
    assert end["artefact"] == {
        "kind": "checkpoint",
        "step": 2,
        "path": "checkpoints/checkpoint-2",
    }


def test_short_memory_halves_the_pieces_aloud(
    tmp_path: Path, model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from workbench.worker import trainer

    probe = trainer.probe

    def short(made: Any, lines: Any, batch: trainer.Batch) -> trainer.ProbeResult:
        if batch.micro > 2:
            raise MemoryError
        return probe(made, lines, batch)

    monkeypatch.setattr(trainer, "probe", short)
    make_run(tmp_path, model, ROWS)
    events = _train(tmp_path)

    assert "batch_halved" in {e.get("code") for e in _of(events, "warning")}
    assert (_of(events, "resource")[0]["micro_batch"], events[-1]["outcome"]) == (
        2,
        "succeeded",
    )


def _stop_in(phase: Phase, command: Command, patch: pytest.MonkeyPatch) -> None:
    """Let the person ask to stop at the moment a phase is entered."""
    enter = RunState.enter

    def entered(state: RunState, new: Phase) -> None:
        enter(state, new)
        if new is phase and state.stop is None:
            state.stop = command

    patch.setattr(RunState, "enter", entered)


def test_stopped_is_no_error() -> None:
    assert not issubclass(Stopped, WorkerError)
