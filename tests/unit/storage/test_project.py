"""Making, opening and tidying project files."""

import contextlib
import sqlite3
import time
from pathlib import Path

import pytest

from tests.unit.storage.samples import (
    CARD,
    SPEC,
    add_examples,
    add_trial,
    raw,
)
from workbench.domain.changes import Kind
from workbench.domain.comparisons import CandidateRole
from workbench.domain.datasets import ExampleFilter, Split
from workbench.domain.errors import EnvironmentFault, InputError, WorkbenchError
from workbench.domain.models import BUILTIN_MODEL
from workbench.domain.ports import ProjectFiles, ProjectStore
from workbench.domain.task import TaskCard, TaskKind
from workbench.domain.trials import Purpose, TrialFilter
from workbench.storage import schema


def code_of(files: ProjectFiles, path: Path) -> tuple[type[WorkbenchError], str]:
    with pytest.raises(WorkbenchError) as caught:
        files.open(path)
    return type(caught.value), caught.value.code


def test_create_and_open(tmp_path: Path, files: ProjectFiles) -> None:
    made = files.create(tmp_path / "sub" / "問い合わせ", "問い合わせ", CARD)
    assert made.meta.path == tmp_path / "sub" / "問い合わせ.workbench"
    assert made.meta.files == tmp_path / "sub" / "問い合わせ.files"
    ulid = made.meta.ulid
    made.close()
    opened = files.open(made.meta.path)
    assert (opened.meta.ulid, opened.meta.name) == (ulid, "問い合わせ")
    assert opened.task_card() == CARD
    opened.close()
    names = [entry.name for entry in (tmp_path / "sub").iterdir()]
    assert sorted(names) == ["問い合わせ.files", "問い合わせ.workbench"]


def test_a_name_with_dots_keeps_them(tmp_path: Path, files: ProjectFiles) -> None:
    made = files.create(tmp_path / "v1.2", "x", CARD)
    assert made.meta.path.name == "v1.2.workbench"
    assert made.meta.files.name == "v1.2.files"
    made.close()


def test_existing_file_is_not_overwritten(path: Path, files: ProjectFiles) -> None:
    before = path.read_bytes()
    with pytest.raises(EnvironmentFault) as caught:
        files.create(path, "x", CARD)
    assert caught.value.code == "project.exists"
    assert path.read_bytes() == before
    files.open(path).close()


def test_failed_creation_leaves_no_file(
    tmp_path: Path, files: ProjectFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("workbench.storage.project._fill", full)
        with pytest.raises(EnvironmentFault) as caught:
            files.create(tmp_path / "x", "x", CARD)
    assert caught.value.code == "disk.full"
    assert [entry.name for entry in tmp_path.iterdir()] == ["x.files"]
    files.create(tmp_path / "x", "x", CARD).close()


def test_missing_file(tmp_path: Path, files: ProjectFiles) -> None:
    wanted = (EnvironmentFault, "project.missing")
    assert code_of(files, tmp_path / "no.workbench") == wanted
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\0", b"%PDF-1.7 " * 50])
def test_foreign_file_is_refused_untouched(
    tmp_path: Path, files: ProjectFiles, content: bytes
) -> None:
    path = tmp_path / "x.workbench"
    path.write_bytes(content)
    assert code_of(files, path) == (InputError, "project.not_one")
    assert path.read_bytes() == content
    assert list(tmp_path.iterdir()) == [path]


def test_foreign_database_is_refused(tmp_path: Path, files: ProjectFiles) -> None:
    path = tmp_path / "x.workbench"
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE a (b)")
    assert code_of(files, path) == (InputError, "project.not_one")


def test_folder_is_refused(tmp_path: Path, files: ProjectFiles) -> None:
    (tmp_path / "x.workbench").mkdir()
    found = code_of(files, tmp_path / "x.workbench")
    assert found[1] in {"project.not_one", "project.unreadable"}


def test_damaged_file(path: Path, files: ProjectFiles) -> None:
    content = path.read_bytes()
    path.write_bytes(content[:100] + b"\xff" * (len(content) - 100))
    assert code_of(files, path) == (EnvironmentFault, "project.unreadable")


def test_newer_file_is_refused_untouched(path: Path, files: ProjectFiles) -> None:
    with contextlib.closing(raw(path)) as connection:
        connection.execute(f"PRAGMA user_version = {schema.VERSION + 1}")
    before = path.read_bytes()
    assert code_of(files, path) == (InputError, "project.newer")
    assert path.read_bytes() == before
    assert not path.with_suffix(".files").exists()


def test_newer_version_in_the_log_alone(path: Path, files: ProjectFiles) -> None:
    with contextlib.closing(raw(path)) as connection:
        connection.execute("PRAGMA wal_autocheckpoint = 0")
        connection.execute("PRAGMA user_version = 9000")
        assert code_of(files, path) == (InputError, "project.newer")


def test_opening_is_fast(path: Path, files: ProjectFiles) -> None:
    def seconds() -> float:
        start = time.perf_counter()
        store = files.open(path)
        taken = time.perf_counter() - start
        store.close()
        return taken

    assert min(seconds() for _ in range(5)) <= 0.03


def test_name_and_card(project: ProjectStore) -> None:
    card = TaskCard(TaskKind.EXTRACT, fields=("氏名", "住所"), separator="|")
    changes = project.save_task_card(card) | project.rename("新しい名前")
    assert changes.touches(Kind.PROJECT, Kind.UNDO)
    assert (project.meta.name, project.task_card()) == ("新しい名前", card)
    assert project.undo.state().undo_label == "rename"
    project.undo.undo()
    project.undo.undo()
    assert (project.meta.name, project.task_card()) == ("見本", CARD)
    assert not project.rename("見本").ids
    project.close()
    assert project.meta.name == "見本"


def test_emptying_the_bin(project: ProjectStore) -> None:
    kept, binned = add_trial(project), add_trial(project)
    project.trials.annotate([kept, binned], {"note": "x"}, "note")
    project.trials.set_binned([binned], binned=True)
    dataset_id, (first, second) = add_examples(project, 2)
    project.datasets.set_binned([first], binned=True)
    assert project.sizes()["bin"] > 0
    assert project.empty_bin().touches(Kind.TRIAL, Kind.EXAMPLE)
    assert project.sizes()["bin"] == 0
    assert project.trials.page([kept, binned])[0].id == kept
    assert project.trials.ids(TrialFilter(binned=True)) == []
    assert project.datasets.ids(ExampleFilter(dataset_id)) == [second]
    assert project.empty_bin().ids == ()
    # What is left of the log still works: the rest of the import, then the note.
    assert project.undo.state().undo_count == 1
    project.undo.undo()
    assert project.undo.state().undo_label == "note"
    project.undo.undo()
    assert project.trials.get(kept).annotation.note == ""
    assert project.undo.state().undo_label == ""


def test_answers_of_a_comparison_stay(project: ProjectStore) -> None:
    dataset_id, (example_id,) = add_examples(project, 1, splits=[Split.TEST])
    comparison = project.comparisons.add(
        name="c",
        snapshot_id=project.datasets.take_snapshot(dataset_id).id,
        candidates=[
            (
                CandidateRole.BASE,
                BUILTIN_MODEL,
                project.prompts.ensure_version(SPEC).id,
            )
        ],
    )
    trial = add_trial(
        project, "入力 0", purpose=Purpose.COMPARISON, example_id=example_id
    )
    project.comparisons.set_cell(comparison.id, comparison.candidates[0].id, trial)
    project.trials.set_binned([trial], binned=True)
    project.empty_bin()
    assert project.trials.get(trial).binned
    assert project.comparisons.get(comparison.id).cells == 1


def test_sizes(project: ProjectStore) -> None:
    for name in ("runs/a/log", "runs/a/checkpoints/c", "adapters/b/w", "backups/x"):
        path = project.meta.files / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"12345")
    sizes = project.sizes()
    assert sizes["database"] >= project.meta.path.stat().st_size
    parts = {name: sizes[name] for name in ("runs", "adapters", "backups", "bin")}
    assert parts == {"runs": 10, "adapters": 5, "backups": 5, "bin": 0}
