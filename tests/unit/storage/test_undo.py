"""The persisted command log: every command, in any order, there and back again."""

import contextlib
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.storage.samples import (
    CARD,
    EMPTY,
    add_examples,
    add_trial,
    example,
    raw,
    spec_with_shots,
)
from workbench.domain.changes import ChangeSet, Kind
from workbench.domain.datasets import ExampleFilter, Split
from workbench.domain.errors import InputError
from workbench.domain.ports import ProjectFiles, ProjectStore
from workbench.domain.prompts import PromptSpec
from workbench.domain.task import TaskCard
from workbench.domain.trials import Rating
from workbench.domain.undo import UndoState
from workbench.storage import SqliteProjectFiles, undo

TRIALS, RECORDS = 4, 4
STATE = {
    "project": "SELECT name, card FROM project",
    "draft": "SELECT spec, variables FROM draft",
    "annotation": "SELECT * FROM annotation",
    "tags": "SELECT trial_id, tag FROM trial_tag ORDER BY 1, 2",
    "list": "SELECT * FROM trial_list",
    "example": "SELECT id, ulid, answer, group_name, split, state, search FROM example "
    "WHERE state < 2",
}


def state_of(project: ProjectStore) -> dict[str, list[tuple[object, ...]]]:
    with contextlib.closing(raw(project.meta.path)) as connection:
        return {
            name: connection.execute(query).fetchall() for name, query in STATE.items()
        }


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with some trials and records, and nothing to undo."""
    path = tmp_path_factory.mktemp("filled") / "f.workbench"
    project = SqliteProjectFiles().create(path, "見本", CARD)
    for number in range(TRIALS):
        add_trial(project, f"入力 {number}")
    add_examples(project, RECORDS)
    project.close()
    with contextlib.closing(raw(path)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("DELETE FROM undo_step")
    return path


Command = Callable[[ProjectStore], object]

some_trials = st.lists(st.integers(1, TRIALS), max_size=3)
some_records = st.lists(st.integers(1, RECORDS + 3), max_size=3)
words = st.sampled_from(["", "はい", "x"])
parts = st.sampled_from(list(Split))


def command(
    call: Callable[..., object], *args: st.SearchStrategy[Any]
) -> st.SearchStrategy[Command]:
    return st.tuples(*args).map(lambda values: lambda p: call(p, *values))


COMMANDS: st.SearchStrategy[Command] = st.one_of(
    [
        command(
            lambda p, ids, rating: p.trials.annotate(ids, {"rating": rating}, "rate"),
            some_trials,
            st.sampled_from(Rating),
        ),
        command(
            lambda p, ids, text: p.trials.annotate(
                ids, {"correction": text, "note": text or ""}, "correct"
            ),
            some_trials,
            st.none() | words,
        ),
        command(
            lambda p, ids, tag, on: p.trials.set_tag(ids, tag, on=on),
            some_trials,
            words,
            st.booleans(),
        ),
        command(
            lambda p, ids, binned: p.trials.set_binned(ids, binned=binned),
            some_trials,
            st.booleans(),
        ),
        command(
            lambda p, texts: p.datasets.add(1, [example(text) for text in texts]),
            st.lists(words, max_size=2),
        ),
        command(
            lambda p, ids, part: p.datasets.assign(1, dict.fromkeys(ids, part)),
            some_records,
            parts,
        ),
        command(
            lambda p, ids, binned: p.datasets.set_binned(ids, binned=binned),
            some_records,
            st.booleans(),
        ),
        command(
            lambda p, i, text: p.datasets.update(i, answer=text, group=text),
            st.integers(1, RECORDS + 1),
            words,
        ),
        command(
            lambda p, text: p.prompts.save_draft(PromptSpec(system=text), {"a": text}),
            words,
        ),
        command(lambda p, text: p.rename(text), words),
        command(lambda p, text: p.save_task_card(TaskCard(description=text)), words),
        st.just(lambda p: p.undo.undo()),
        st.just(lambda p: p.undo.redo()),
    ]
)


def undo_all(project: ProjectStore) -> int:
    steps = 0
    while project.undo.undo().ids:
        steps += 1
    return steps


@given(st.lists(COMMANDS, max_size=12))
@settings(max_examples=60)
def test_there_and_back_again(filled: Path, commands: list[Command]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(shutil.copy(filled, Path(folder) / "p.workbench"))
        files = SqliteProjectFiles()
        project = files.open(path)
        original = state_of(project)
        for run in commands:
            # What the database refuses must change nothing, and is no step.
            with contextlib.suppress(InputError):
                run(project)
        while project.undo.redo().ids:
            pass
        final = state_of(project)
        steps = undo_all(project)
        assert state_of(project) == original
        project.close()
        # The log outlives the window.
        project = files.open(path)
        for _ in range(steps):
            assert project.undo.redo().ids
        assert not project.undo.redo().ids
        assert state_of(project) == final
        project.close()


def test_nothing_to_undo(project: ProjectStore) -> None:
    assert project.undo.state() == UndoState()
    assert project.undo.undo() == ChangeSet()
    assert project.undo.redo() == ChangeSet()


def test_state_names_both_ways(project: ProjectStore, files: ProjectFiles) -> None:
    ids = [add_trial(project), add_trial(project)]
    project.trials.annotate(ids, {"rating": Rating.GOOD}, "rate")
    project.rename("x")
    changes = project.undo.undo()
    assert changes.ids_of(Kind.PROJECT) == {1}
    assert changes.touches(Kind.UNDO)
    wanted = UndoState("rate", 2, "rename", 1)
    assert project.undo.state() == wanted
    project.close()
    reopened = files.open(project.meta.path)
    assert reopened.undo.state() == wanted
    assert reopened.undo.redo().ids_of(Kind.PROJECT) == {1}
    assert reopened.meta.name == "x"
    reopened.close()


def test_a_new_command_drops_what_could_be_redone(project: ProjectStore) -> None:
    project.rename("a")
    project.rename("b")
    project.undo.undo()
    project.rename("c")
    assert project.undo.state() == UndoState("rename", 1)
    project.undo.undo()
    assert project.meta.name == "a"


def test_drafts_within_a_second_are_one_step(
    project: ProjectStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 1000.0
    monkeypatch.setattr("workbench.storage.undo.time.time", lambda: now)

    def draft(text: str) -> None:
        project.prompts.save_draft(PromptSpec(system=text), {"a": text})

    for text in ("あ", "ある", "ある日"):
        draft(text)
        now += 0.9
    now += 0.2
    draft("次")
    project.undo.undo()
    assert project.prompts.draft().system == "ある日"
    project.undo.undo()
    assert project.prompts.draft() == EMPTY
    assert project.undo.state() == UndoState(redo_label="edit_prompt", redo_count=1)
    project.undo.redo()
    assert project.prompts.draft_variables() == {"a": "ある日"}
    # The step before a place in the log is not the one that is being typed.
    project.undo.undo()
    project.undo.redo()
    draft("別")
    draft("別の")
    project.undo.undo()
    assert project.prompts.draft().system == "ある日"


def test_typing_and_taking_back_is_no_step(project: ProjectStore) -> None:
    project.prompts.save_draft(PromptSpec(system="x"), {})
    project.prompts.save_draft(EMPTY, {})
    assert project.undo.state() == UndoState()


def test_other_commands_are_not_joined(project: ProjectStore) -> None:
    project.rename("a")
    project.rename("b")
    project.undo.undo()
    assert project.meta.name == "a"


def test_drafts_that_are_not_undoable(project: ProjectStore) -> None:
    changes = project.prompts.save_draft(PromptSpec(system="x"), {}, undoable=False)
    assert changes == ChangeSet.of(Kind.DRAFT, 1)
    assert project.undo.state() == UndoState()


def test_the_log_is_limited(
    project: ProjectStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(undo, "LIMIT", 5)
    for number in range(9):
        project.rename(str(number))
    assert undo_all(project) == 5
    assert project.meta.name == "3"


def test_the_limit() -> None:
    assert undo.LIMIT == 200


def test_undo_that_the_database_refuses(project: ProjectStore) -> None:
    dataset_id, (first, second) = add_examples(project, 2, splits=[Split.TEST] * 2)
    project.undo.undo()
    project.prompts.ensure_version(spec_with_shots("入力 1"))
    before = state_of(project)
    with pytest.raises(InputError) as caught:
        project.undo.redo()
    assert caught.value.code == "undo.conflict"
    assert caught.value.details["reason"] == "shot.test"
    assert state_of(project) == before
    assert project.undo.state() == UndoState("add_example", 2, "split", 2)
    assert project.datasets.ids(ExampleFilter(dataset_id)) == [first, second]


def test_a_forged_log_touches_nothing_else(project: ProjectStore) -> None:
    project.rename("x")
    with contextlib.closing(raw(project.meta.path)) as connection:
        connection.execute("UPDATE undo_row SET before = '{\"ulid = 1 --\": 5}'")
    with pytest.raises(InputError) as caught:
        project.undo.undo()
    assert caught.value.code == "undo.conflict"
    assert project.meta.name == "x"


def test_many_rows_are_reported_as_many() -> None:
    changes = [
        undo.Change("annotation", number, {"rating": 0}, {"rating": 1})
        for number in range(2000)
    ]
    reported = undo.touched(changes)
    assert reported.touches(Kind.ANNOTATION)
    assert reported.ids_of(Kind.ANNOTATION) == frozenset()
