import csv
import dataclasses
import hashlib
import json
import threading
from pathlib import Path
from typing import Any

import pytest

from tests.fakes import Bench, records
from tests.unit.services.conftest import CARD, SPEC
from workbench.domain.datasets import ExampleFilter, Split, SplitCounts
from workbench.domain.errors import EnvironmentFault, InputError
from workbench.domain.models import BUILTIN_MODEL
from workbench.domain.task import TaskCard, TaskKind
from workbench.domain.trials import Rating, TrialFilter
from workbench.services import imports
from workbench.services.lab import LabInput


def _trials(bench: Bench, count: int) -> list[int]:
    inputs = [LabInput(variables) for variables, _ in records(count)]
    return list(
        bench.services.lab.run_inputs(SPEC, inputs, BUILTIN_MODEL).future.result(9)
    )


def _filled(bench: Bench, count: int) -> int:
    data = bench.services.data
    dataset_id = data.ensure_dataset("Tickets")
    for variables, answer in records(count):
        data.add_example(dataset_id, variables, answer)
    return dataset_id


def test_review_empties_the_waiting_list(bench: Bench) -> None:
    data, ids = bench.services.data, _trials(bench, 3)
    assert data.waiting_count() == 3
    data.rate(ids[:1], Rating.GOOD)
    data.correct(ids[1], "ACC | low | 1")
    assert data.waiting_count() == 1
    assert list(data.trial_ids(TrialFilter(waiting=True))) == [ids[2]]


def test_a_bulk_tag_is_one_undo_step(bench: Bench) -> None:
    data, ids = bench.services.data, _trials(bench, 3)
    data.set_tag(ids, "wrong form", on=True)
    assert all("wrong form" in t.annotation.tags for t in data.trials(ids))
    bench.services.undo.undo()
    assert not any(t.annotation.tags for t in data.trials(ids))
    bench.services.undo.redo()
    assert data.tags() == ["wrong form"] or tuple(data.tags()) == ("wrong form",)


def test_undo_survives_a_restart(bench: Bench) -> None:
    data, ids = bench.services.data, _trials(bench, 1)
    data.rate(ids, Rating.BAD)
    path = bench.services.projects.path()
    bench.services.projects.close()
    bench.services.projects.open(path)
    assert bench.services.undo.state().undo_label == "rate"
    bench.services.undo.undo()
    assert data.trial(ids[0]).annotation.rating is Rating.NONE


def test_trials_become_records_once(bench: Bench) -> None:
    data, ids = bench.services.data, _trials(bench, 3)
    data.correct(ids[0], "ACC | high | 1000")
    data.rate([ids[1]], Rating.GOOD)
    dataset_id = data.ensure_dataset("Tickets")
    report = data.add_from_trials(dataset_id, ids)
    assert (report.added, report.skipped) == (2, (("no_answer", ids[2]),))
    again = data.add_from_trials(dataset_id, ids[:1])
    assert (again.added, again.skipped) == (0, (("already_there", ids[0]),))
    origins = {e.origin_trial_ulid for e in data.all_examples(dataset_id)}
    assert origins == {t.ulid for t in data.trials(ids[:2])}


def test_examples_of_the_draft_are_never_set_aside(bench: Bench) -> None:
    dataset_id = _filled(bench, 12)
    data, lab = bench.services.data, bench.services.lab
    chosen = data.all_examples(dataset_id)[:4]
    shots = tuple(lab.shot_from_example(example.id) for example in chosen)
    spec = dataclasses.replace(SPEC, shots=shots)
    # Run on the input of one of them: the version that is kept lacks that example.
    values = dict(chosen[0].variables)
    lab.save_draft(spec, values)
    lab.run(spec, values, BUILTIN_MODEL).job.future.result(9)
    for seed in range(5):
        data.split(dataset_id, {Split.TRAIN: 4, Split.TEST: 8}, seed)
        parts = {e.id: e.split for e in data.all_examples(dataset_id)}
        assert {parts[example.id] for example in chosen} == {Split.TRAIN}


def test_a_split_meets_its_numbers_and_says_what_it_can_show(bench: Bench) -> None:
    dataset_id = _filled(bench, 40)
    wanted = {Split.TRAIN: 20, Split.VALIDATION: 4, Split.TEST: 16}
    report = bench.services.data.split(dataset_id, wanted, seed=1)
    assert report.counts == SplitCounts(0, 20, 4, 16)
    assert report.detectable is not None
    with pytest.raises(InputError, match="larger"):
        bench.services.data.split(dataset_id, {Split.TRAIN: 41})


def test_what_the_test_size_shows_is_what_the_reference_says(bench: Bench) -> None:
    found = bench.services.data.detectable(100)
    assert found is not None
    assert (round(found.low or 0, 3), round(found.high or 0, 3)) == (0.107, 0.138)


def test_the_same_seed_gives_the_same_parts(bench: Bench) -> None:
    dataset_id = _filled(bench, 30)
    data = bench.services.data
    parts = []
    for _ in range(2):
        data.split(dataset_id, {Split.TRAIN: 20, Split.TEST: 10}, seed=7)
        parts.append([e.split for e in data.all_examples(dataset_id)])
        data.split(dataset_id, {Split.TRAIN: 0})
    assert parts[0] == parts[1]


def test_good_rows_are_imported_and_bad_ones_named(
    bench: Bench, tmp_path: Path
) -> None:
    file = tmp_path / "チケット.csv"
    file.write_text(
        "ticket,answer\nA 1,ACC | low | 1\nB 2\nC 3,\nD 4,sentence\n", encoding="cp932"
    )
    data = bench.services.data
    preview = data.preview_file(file)
    assert (preview.answer_column, preview.input_columns) == ("answer", ("ticket",))
    dataset_id = data.ensure_dataset("Imported")
    report = data.import_records(
        dataset_id, preview, "answer", ["ticket"]
    ).future.result(5)
    assert report.added == 2
    told = {(p.row, p.code, p.rejected) for p in report.skipped}
    assert (3, "no_answer", True) in told
    assert not any(code == "too_few_cells" for _, code, _ in told)
    assert (4, "no_answer", True) in told
    assert (5, "not_fields", False) in told or any(p.row == 5 for p in report.skipped)
    bench.services.undo.undo()
    assert not data.all_examples(dataset_id)


def test_the_column_of_labels_is_the_answer_wherever_it_stands(bench: Bench) -> None:
    data = bench.services.data
    text = "問い合わせ\t正解\tグループ\tメモ\nA\t返金\tx\tあとで\nB\t配送\n"
    preview = data.preview_text(text)
    assert (preview.answer_column, preview.group_column) == ("正解", "グループ")
    assert preview.input_columns == ("問い合わせ", "メモ")
    card = TaskCard(TaskKind.LABEL, labels=("返金", "配送"))
    bench.services.projects.save_card(card)
    preview = data.preview_text(text.replace("正解", "区分"))
    assert preview.answer_column == "区分"
    # A row without its last, empty cells is kept, and said to be so.
    check = data.check_import(preview, "区分", ["問い合わせ"], "グループ")
    assert check.added == 2
    assert [(p.row, p.code, p.rejected) for p in check.skipped] == [
        (3, "too_few_cells", False)
    ]


def test_a_folder_is_no_file(bench: Bench, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="folder"):
        bench.services.data.preview_file(tmp_path)


def test_an_import_belongs_to_the_project_it_was_started_in(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data, projects = bench.services.data, bench.services.projects
    reading, go_on = threading.Event(), threading.Event()
    read = imports.new_examples

    def slow(*given: Any) -> Any:
        reading.set()
        go_on.wait(5)
        return read(*given)

    monkeypatch.setattr(imports, "new_examples", slow)
    monkeypatch.setattr(bench.services.jobs, "end_all", lambda *_: None)
    preview = data.preview_text("ticket\tanswer\nA 1\tACC | low | 1\n")
    dataset_id = data.ensure_dataset("Here")
    job = data.import_records(dataset_id, preview, "answer", ["ticket"])
    assert reading.wait(5)
    projects.create(tmp_path / "other", "Other", CARD)
    there = data.ensure_dataset("There")
    go_on.set()
    assert isinstance(job.future.exception(5), EnvironmentFault)
    assert (there, len(data.all_examples(there))) == (dataset_id, 0)


def test_fields_may_stand_with_a_blank_between_them(bench: Bench) -> None:
    card = dataclasses.replace(CARD, separator=" ")
    bench.services.projects.save_card(card)
    dataset_id = _filled(bench, 10)
    report = bench.services.data.split(dataset_id, {Split.TRAIN: 6, Split.TEST: 4})
    assert report.counts == SplitCounts(train=6, test=4)


def test_jsonl_is_imported_with_errors_per_line(bench: Bench, tmp_path: Path) -> None:
    file = tmp_path / "data.jsonl"
    file.write_text('{"ticket": "A", "answer": "B"}\nnot json\n', encoding="utf-8")
    preview = bench.services.data.preview_file(file)
    assert preview.rows == (("A", "B", ""),)
    assert [problem.row for problem in preview.problems] == [2]


def test_an_unreadable_file_is_said_to_be_so(bench: Bench, tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault, match="cannot be read"):
        bench.services.data.preview_file(tmp_path / "missing.csv")


def test_exports_name_their_snapshot_and_hash_their_files(
    bench: Bench, tmp_path: Path
) -> None:
    dataset_id = _filled(bench, 20)
    data = bench.services.data
    data.split(dataset_id, {Split.TRAIN: 12, Split.VALIDATION: 2, Split.TEST: 6})
    bench.services.lab.save_draft(SPEC, {"ticket": ""})
    report = data.export(dataset_id, tmp_path / "out").future.result(5)
    snapshot = data.snapshots(dataset_id)[0]
    for manifest_path in report.manifests:
        manifest = json.loads(manifest_path.read_text(encoding="utf-8"))
        assert manifest["snapshot"]["sha256"] == snapshot.sha256
        for entry in manifest["files"]:
            content = (manifest_path.parent / entry["name"]).read_bytes()
            assert hashlib.sha256(content).hexdigest() == entry["sha256"]
    assert dict(report.files)["bedrock/train.jsonl"] == 12
    assert "bedrock/test.jsonl" not in dict(report.files)
    first = (report.folder / "bedrock" / "train.jsonl").read_text(encoding="utf-8")
    line = json.loads(first.splitlines()[0])
    assert line["system"] == [{"text": SPEC.system}]


def test_findings_count_what_is_wrong(bench: Bench) -> None:
    data = bench.services.data
    dataset_id = data.ensure_dataset("Tickets")
    data.add_example(dataset_id, {"ticket": "Same"}, "ACC | low | 1")
    data.add_example(dataset_id, {"ticket": "same "}, "BIL | low | 1")
    data.add_example(dataset_id, {"ticket": "Other"}, "not in the form")
    found = data.findings(dataset_id)
    assert (found.duplicates, found.conflicts) == (1, 1)
    assert len(found.problems) >= 1


def test_real_labels_are_split_evenly(bench: Bench, shared_data: Path) -> None:
    path = shared_data / "data" / "banking77" / "train.csv"
    with path.open(encoding="utf-8", newline="") as file:
        total = sum(1 for _ in csv.reader(file)) - 1
    data = bench.services.data
    preview = data.preview_file(path)
    assert len(preview.rows) == total
    dataset_id = data.ensure_dataset("Banking")
    job = data.import_records(dataset_id, preview, "category", ["text"])
    assert job.future.result(60).added == total
    assert len(data.example_ids(ExampleFilter(dataset_id))) == total
