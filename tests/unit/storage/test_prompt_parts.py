"""What came to prompts later: kept whole, named, and never a way around the test."""

import contextlib
import dataclasses
import sqlite3

import pytest

from tests.unit.storage.samples import add_examples, add_trial, done, raw
from workbench.domain.changes import Kind
from workbench.domain.content import FileKind, FilePart, SendAs
from workbench.domain.datasets import Split
from workbench.domain.errors import InputError
from workbench.domain.models import BUILTIN_MODEL, ModelKind, ModelRef
from workbench.domain.ports import ProjectStore
from workbench.domain.prompts import (
    ChainStep,
    Message,
    PromptSpec,
    Role,
    Shot,
    render,
)
from workbench.domain.thinking import ThinkingStyle, thinking_of
from workbench.domain.threads import follow_up
from workbench.domain.trials import NewTrial, TrialStatus

LONG = "読まれた文書。" * 100
FILE = FilePart("sha256:ab", FileKind.DOCUMENT, "pdf", 7, LONG, SendAs.TEXT, "a.pdf")
ASK = PromptSpec(template="{{ticket}}")
TURNS = (Message(Role.USER, "丁寧に", (FILE,)), Message(Role.ASSISTANT, "はい"))
EVERYTHING = PromptSpec(
    system="役割",
    template="{{ticket}}",
    shots=(
        Shot((("ticket", "1"),), "x", thinking="why", turns=TURNS),
        Shot((("ticket", "2"),), "y", output_only=True),
    ),
    thinking=thinking_of(ThinkingStyle.GUIDED, ["読む", "決める"], "ja"),
    files=(FILE, dataclasses.replace(FILE, content_hash="sha256:cd", text="")),
    conversation=follow_up(ASK, "a", "b").conversation,
    chain=(
        ChainStep(PromptSpec(template="{{step1.answer}}", files=(FILE,)), name="次"),
        ChainStep(ASK, ModelRef(ModelKind.BEDROCK, "m", "m", region="r")),
    ),
)


def count(project: ProjectStore, table: str) -> int:
    with contextlib.closing(raw(project.meta.path)) as connection:
        found: int = connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
    return found


def test_everything_is_kept(project: ProjectStore) -> None:
    version = project.prompts.ensure_version(EVERYTHING)
    assert project.prompts.version(version.id) == EVERYTHING
    assert project.prompts.ensure_version(EVERYTHING) == version
    project.prompts.save_draft(EVERYTHING, {})
    assert project.prompts.draft() == EVERYTHING
    assert project.prompts.save_draft(EVERYTHING, {}).ids == ()


def test_a_files_text_is_kept_once(project: ProjectStore) -> None:
    project.prompts.save_draft(EVERYTHING, {})
    project.prompts.ensure_version(EVERYTHING)
    project.prompts.save_draft(dataclasses.replace(EVERYTHING, system="x"), {})
    trial = trial_of(project, dataclasses.replace(ASK, files=(FILE,)), "a")
    trial_id = project.trials.start(trial)
    assert project.trials.get(trial_id).messages == trial.messages
    assert count(project, "file_text") == 1
    with contextlib.closing(raw(project.meta.path)) as connection:
        texts = connection.execute(
            "SELECT spec FROM draft UNION ALL SELECT spec FROM prompt_version "
            "UNION ALL SELECT before || after FROM undo_row "
            "UNION ALL SELECT messages FROM trial"
        ).fetchall()
    assert not any(LONG in text for (text,) in texts)
    assert project.undo.undo().touches(Kind.DRAFT)


def test_versions_are_named(project: ProjectStore) -> None:
    version = project.prompts.ensure_version(ASK)
    assert (version.name, version.note) == ("", "")
    changes = project.prompts.describe(version.id, name="短い", note="n")
    assert changes.ids_of(Kind.VERSION) == {version.id}
    (kept,) = project.prompts.versions()
    assert (kept.name, kept.note) == ("短い", "n")
    assert project.prompts.ensure_version(ASK) == kept
    assert project.undo.state().undo_label == "edit_version"
    project.undo.undo()
    assert project.prompts.versions() == [version]
    project.undo.redo()
    assert project.prompts.versions() == [kept]
    assert project.prompts.describe(version.id, name="短い").ids == ()


def test_a_missing_version_is_not_named(project: ProjectStore) -> None:
    with pytest.raises(InputError) as caught:
        project.prompts.describe(9, name="x")
    assert caught.value.code == "version.missing"


def test_answers_of_a_version(project: ProjectStore) -> None:
    first = add_trial(project, output="配送")
    add_trial(project, "だめ", "", status=TrialStatus.FAILED)
    project.trials.set_binned([add_trial(project, "捨て")], binned=True)
    answers = project.prompts.answers()
    version = project.prompts.versions()[0].id
    assert project.prompts.answers(version) == answers
    assert [a.status for a in answers] == [TrialStatus.SUCCEEDED, TrialStatus.FAILED]
    assert (answers[0].trial_id, answers[0].output) == (first, "配送")
    assert project.prompts.answers(version + 1) == []


def later(text: str) -> tuple[Message, ...]:
    return (Message(Role.USER, text), Message(Role.ASSISTANT, "返金"))


def shot(text: str, **fields: object) -> Shot:
    return Shot((("ticket", text),), "返金", **fields)  # type: ignore[arg-type]


def with_shot(made: Shot) -> PromptSpec:
    return dataclasses.replace(ASK, shots=(made,))


WAYS = {
    "typed": with_shot(shot("入力 0")),
    "typed with other spaces": with_shot(shot(" 入力　０ ")),
    "answer alone": with_shot(shot("入力 0", output_only=True)),
    "answer alone, by its record": with_shot(
        Shot((), "返金", example_ulid="?", output_only=True)
    ),
    "reworded, by its record": with_shot(shot("ほか", example_ulid="?")),
    "said later in an example": with_shot(shot("ほか", turns=later("入力 0"))),
    "answered in a thread": follow_up(
        follow_up(ASK, "返金", "入力 0"), "返金", "もっと丁寧に"
    ),
    "in a later step": dataclasses.replace(
        ASK, chain=(ChainStep(with_shot(shot("入力 0"))),)
    ),
    "made of a later step": with_shot(
        Shot((("step1.answer", "a"), ("ticket", "入力 0")), "返金")
    ),
}


@pytest.mark.parametrize("way", WAYS)
def test_no_way_in_for_a_test_record(project: ProjectStore, way: str) -> None:
    _, (example_id,) = add_examples(project, 1, splits=[Split.TEST])
    ulid = project.datasets.get(example_id).ulid
    spec = WAYS[way]
    shots = tuple(
        dataclasses.replace(s, example_ulid=ulid) if s.example_ulid else s
        for s in spec.shots
    )
    with pytest.raises(InputError) as caught:
        project.prompts.ensure_version(dataclasses.replace(spec, shots=shots))
    assert caught.value.code == "shot.test"
    assert caught.value.details == {"count": 1, "ids": (example_id,)}
    assert project.prompts.versions() == []
    assert count(project, "version_input") == count(project, "version_note") == 0


@pytest.mark.parametrize("way", [way for way in WAYS if "by its" not in way])
def test_what_was_shown_is_never_tested(project: ProjectStore, way: str) -> None:
    dataset_id, ids = add_examples(project, 1)
    project.prompts.ensure_version(WAYS[way])
    assert project.datasets.used_as_shots(dataset_id) == {*ids}
    with pytest.raises(InputError) as caught:
        project.datasets.assign(dataset_id, {ids[0]: Split.TEST})
    assert caught.value.code == "shot.test"


def trial_of(
    project: ProjectStore, spec: PromptSpec, text: str, example_id: int | None = None
) -> NewTrial:
    return NewTrial(
        prompt_version_id=project.prompts.ensure_version(spec).id,
        model=BUILTIN_MODEL,
        variables=(("ticket", text),),
        messages=render(spec, {"ticket": text}),
        parameters=spec.parameters,
        example_id=example_id,
    )


@pytest.mark.parametrize(
    "spec", [with_shot(shot("入力 1")), with_shot(shot("x", turns=later("入力 1")))]
)
def test_a_record_is_not_run_with_itself(
    project: ProjectStore, spec: PromptSpec
) -> None:
    with pytest.raises(InputError) as caught:
        project.trials.start(trial_of(project, spec, " 入力　１"))
    assert caught.value.code == "shot.own"
    project.trials.start(trial_of(project, spec, "入力 2"))


def test_a_record_is_not_run_with_itself_reworded(project: ProjectStore) -> None:
    _, (example_id,) = add_examples(project, 1)
    ulid = project.datasets.get(example_id).ulid
    spec = with_shot(shot("言い換え", example_ulid=ulid))
    with pytest.raises(InputError) as caught:
        project.trials.start(trial_of(project, spec, "入力 0", example_id))
    assert caught.value.code == "shot.own"


def test_an_example_without_input_hinders_nothing(project: ProjectStore) -> None:
    spec = with_shot(Shot((), "返金", output_only=True))
    trial = dataclasses.replace(trial_of(project, spec, ""), variables=())
    trial_id = project.trials.start(trial)
    project.trials.finish(trial_id, done())


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE version_input SET folded = 'x'",
        "DELETE FROM version_input",
        "DELETE FROM version_note",
        "UPDATE file_text SET text = 'x'",
    ],
)
def test_the_database_keeps_versions_as_they_are(
    project: ProjectStore, statement: str
) -> None:
    project.prompts.ensure_version(EVERYTHING)
    with (
        contextlib.closing(raw(project.meta.path)) as connection,
        pytest.raises(sqlite3.IntegrityError, match=r"version\.fixed"),
    ):
        connection.execute(statement)
