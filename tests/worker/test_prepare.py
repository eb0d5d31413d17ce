"""The preparation pass: what is trained, what is refused, and that it adds up."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.worker.helpers import TEMPLATE, make_run, row, save_model, settings
from workbench.worker.errors import WorkerError
from workbench.worker.files import sha256_file
from workbench.worker.prepare import main, prepare
from workbench.worker.protocol import PreparationReport, RunConfig


def _prepare(
    run: Path, model: Path, lines: list[Any], **changed: Any
) -> tuple[PreparationReport, list[dict[str, Any]]]:
    config = RunConfig.from_json(make_run(run, model, lines, **changed))
    report = prepare(config, run)
    text = (run / "prepared.jsonl").read_text(encoding="utf-8")
    return report, [json.loads(line) for line in text.splitlines()]


def _trained_text(line: dict[str, Any]) -> str:
    return "".join(span["text"] for span in line["pieces"] if span["trained"])


def test_only_the_answer_and_its_stop_token_are_trained(
    tmp_path: Path, model: Path
) -> None:
    report, lines = _prepare(tmp_path, model, [row(1, "経理 | 1")])

    labels = [label for label in lines[0]["labels"] if label != -100]
    assert _trained_text(lines[0]) == "経理 | 1<|end|>"
    assert labels == lines[0]["input_ids"][-len(labels) :]
    assert report["stop_learned"]
    assert report["stop_token"] == "<|end|>"
    assert report["sha256"] == sha256_file(tmp_path / "prepared.jsonl")
    assert "\ufffd" not in (tmp_path / "prepared.jsonl").read_text(encoding="utf-8")


def test_what_the_template_writes_behind_the_stop_token_is_not_trained(
    tmp_path: Path,
) -> None:
    template = TEMPLATE.replace("<|end|>{% endif %}", "<|end|>{{ '\\n' }}{% endif %}")
    folder = save_model(tmp_path / "model", template)
    _, lines = _prepare(tmp_path / "run", folder, [row(1)])

    assert lines[0]["labels"][-1] == -100
    assert _trained_text(lines[0]).endswith("<|end|>")


def test_the_stop_token_is_trained_when_it_is_also_the_padding(tmp_path: Path) -> None:
    folder = save_model(tmp_path / "model", pad="<|end|>")
    _, lines = _prepare(tmp_path / "run", folder, [row(1)])

    assert lines[0]["labels"][-1] == 1


def test_a_template_that_never_stops_is_refused(tmp_path: Path) -> None:
    template = TEMPLATE.replace("<|end|>", "")
    folder = save_model(tmp_path / "model", template)
    report, _ = _prepare(tmp_path / "run", folder, [row(1), row(2)])

    assert report["error"]
    assert report["error"]["error_class"] == "TEMPLATE"
    assert report["dropped"] == {"no_stop_token": 2}


def test_a_prompt_that_does_not_continue_is_refused_with_both_tails(
    tmp_path: Path,
) -> None:
    template = TEMPLATE + "{%- if add_generation_prompt %}think{% endif %}"
    folder = save_model(tmp_path / "model", template)

    with pytest.raises(WorkerError) as caught:
        _prepare(tmp_path / "run", folder, [row(1)])

    details = caught.value.body["details"]
    assert caught.value.body["error_class"] == "TEMPLATE"
    assert details["prompt_tail"].endswith("think")
    assert "ABC" in details["whole_tail"]


def test_rows_over_the_limit_are_refused_and_named(tmp_path: Path, model: Path) -> None:
    limited = settings(max_length=150)
    rows = [row(1), row(2, "x " * 90), row(3)]
    report, lines = _prepare(tmp_path, model, rows, settings=limited)

    assert report["error"]
    assert "r2" in report["error"]["sentence"]
    assert report["dropped"] == {"too_long": 1}
    assert lines[1]["dropped"] == "too_long"
    assert not lines[1]["input_ids"]


@pytest.mark.parametrize(
    ("policy", "trained", "learned"),
    [("drop", 1, True), ("cut_prompt", 2, True), ("cut_completion", 2, False)],
)
def test_other_policies_cut_or_drop(
    tmp_path: Path, model: Path, policy: str, trained: int, learned: bool
) -> None:
    limited = settings(max_length=150, over_limit=policy)
    rows = [row(1), row(2, "x " * 60)]
    report, lines = _prepare(tmp_path, model, rows, settings=limited)

    assert report["error"] is None
    assert report["trained"] == trained
    assert report["stop_learned"] is learned
    assert all(len(line["input_ids"]) <= 150 for line in lines)


def test_all_rows_too_long_is_a_refusal(tmp_path: Path, model: Path) -> None:
    limited = settings(max_length=8, over_limit="drop", max_lost=1.0)
    report, _ = _prepare(tmp_path, model, [row(1)], settings=limited)

    assert report["error"]
    assert report["trained"] == 0


def test_every_row_is_accounted_for(tmp_path: Path, model: Path) -> None:
    rows = [
        row(1),
        row(2, split="validation"),
        row(3, ""),
        row(4, completion=[]),
        row(5, completion=[{"role": "user", "content": "x"}]),
        row(6, prompt=[]),
        "{broken",
        row(8, "answer <|end|> and more"),
    ]
    report, _ = _prepare(tmp_path, model, rows, settings=settings(max_lost=0.9))

    assert report["error"] is None
    assert report["dropped"] == {
        "empty_completion": 1,
        "no_assistant_turn": 2,
        "no_prompt": 1,
        "not_json": 1,
        "special_token_in_text": 1,
    }
    assert report["rows_in"] == 8
    assert report["rows_in"] == (
        report["trained"] + report["validation"] + sum(report["dropped"].values())
    )
    assert report["dropped_rows"]["no_assistant_turn"] == ["r4", "r5"]


def test_too_many_lost_rows_are_a_refusal_that_names_them(
    tmp_path: Path, model: Path
) -> None:
    report, _ = _prepare(
        tmp_path, model, [row(1), row(2, "")], settings=settings(max_lost=0.1)
    )

    assert report["error"]
    assert "r2" in report["error"]["sentence"]


def test_test_rows_are_never_prepared(tmp_path: Path, model: Path) -> None:
    with pytest.raises(WorkerError, match="never trained on"):
        _prepare(tmp_path, model, [row(1, split="test")])


def test_data_that_changed_is_refused(tmp_path: Path, model: Path) -> None:
    config = RunConfig.from_json(make_run(tmp_path, model, [row(1)]))
    with (tmp_path / "data.jsonl").open("a", encoding="utf-8") as file:
        file.write("\n")

    with pytest.raises(WorkerError, match="changed"):
        prepare(config, tmp_path)


def test_steps_follow_rows_and_settings(tmp_path: Path, model: Path) -> None:
    few = settings(epochs=3, minimum_steps=0, batch_size=2)
    report, _ = _prepare(tmp_path, model, [row(n) for n in range(5)], settings=few)

    assert (report["updates_per_epoch"], report["steps"]) == (3, 9)
    assert report["warnings"] == ["few_updates"]
    assert report["limit"] % 64 == 0
    assert report["limit"] >= max(report["lengths"])


def test_the_entry_point_tells_causes_through_the_file(
    tmp_path: Path, model: Path
) -> None:
    make_run(tmp_path, model, [row(1)])
    assert main(["--run-dir", str(tmp_path)]) == 0

    make_run(tmp_path, tmp_path / "gone", [row(1)])
    assert main(["--run-dir", str(tmp_path)]) == 1
    report = json.loads((tmp_path / "preparation.json").read_text(encoding="utf-8"))
    assert report["error"]["error_class"] == "MODEL_ACCESS"


def test_rows_alone_are_prepared_without_an_estimate(
    tmp_path: Path, model: Path
) -> None:
    report, _ = _prepare(tmp_path, model, [row(1)])

    assert report["run_seconds"] is None
    assert "not_estimated" not in report["warnings"]
