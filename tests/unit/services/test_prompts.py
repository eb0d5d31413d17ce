"""Versions with their results, and every way an example can come in."""

import contextlib
import dataclasses
import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.fakes import Bench
from tests.unit.services.conftest import Recorder
from workbench.domain.answers import UNPARSED, is_unparsed
from workbench.domain.changes import Kind
from workbench.domain.content import FileKind, FilePart, SendAs
from workbench.domain.datasets import NewExample, Split
from workbench.domain.errors import InputError
from workbench.domain.hints import HintCode
from workbench.domain.models import BUILTIN_MODEL
from workbench.domain.prompts import ChainStep, Message, PromptSpec, Role, Shot
from workbench.domain.task import TaskCard, TaskKind
from workbench.domain.thinking import ThinkingStyle, thinking_of
from workbench.domain.trials import Rating
from workbench.evaluation.personal_data import DataKind, unmask
from workbench.evaluation.textdiff import Op
from workbench.services.events import Changed
from workbench.services.prompts import PromptService
from workbench.services.version_diff import Part, Place

ASK = PromptSpec("Sort.", "{{ticket}}")
TEST, OPEN = "tested ticket", "open ticket"
Way = Callable[[Bench, PromptService], object]


@pytest.fixture
def prompts(bench: Bench) -> PromptService:
    return PromptService(bench.services.projects, bench.services.events)


def run(bench: Bench, spec: PromptSpec, expected: str | None = None, **v: str) -> int:
    started = bench.services.lab.run(spec, v, BUILTIN_MODEL, expected)
    started.job.future.result(5)
    return started.trial_id


def records(bench: Bench) -> tuple[int, int]:
    """A record of the test and one for training; return their ids."""
    datasets = bench.services.projects.store.datasets
    dataset_id = datasets.ensure("tickets")
    tested, opened = datasets.add(
        dataset_id,
        [NewExample((("ticket", text),), "ACC | high | 1") for text in (TEST, OPEN)],
    )
    datasets.assign(dataset_id, {tested: Split.TEST, opened: Split.TRAIN})
    return tested, opened


def good_trial(bench: Bench, spec: PromptSpec = ASK, **values: str) -> int:
    trial_id = run(bench, spec, **(values or {"ticket": TEST}))
    bench.services.data.rate([trial_id], Rating.GOOD)
    return trial_id


# ------------------------------------------------------------------ ways in


def typed(bench: Bench, prompts: PromptService) -> object:
    return prompts.typed_shot({"ticket": " TESTED  ticket"}, "x")


def typed_and_run(bench: Bench, prompts: PromptService) -> object:
    shot = Shot((("ticket", TEST),), "x")
    return run(bench, dataclasses.replace(ASK, shots=(shot,)), ticket="other")


def answer_alone(bench: Bench, prompts: PromptService) -> object:
    return prompts.typed_shot({"ticket": TEST}, "x", output_only=True)


def from_trial(bench: Bench, prompts: PromptService) -> object:
    return bench.services.lab.shot_from_trial(good_trial(bench))


def from_thread(bench: Bench, prompts: PromptService) -> object:
    asked = prompts.answer_back(good_trial(bench), "politer")
    return prompts.shot_from_thread(good_trial(bench, asked.spec, **asked.variables))


def said_in_a_thread(bench: Bench, prompts: PromptService) -> object:
    first = prompts.answer_back(good_trial(bench, ticket="other"), TEST)
    trial_id = good_trial(bench, first.spec, **first.variables)
    return prompts.shot_from_thread(trial_id)


def asked_in_a_thread_and_answered_back(bench: Bench, prompts: PromptService) -> object:
    first = prompts.answer_back(good_trial(bench, ticket="other"), TEST)
    trial_id = good_trial(bench, first.spec, **first.variables)
    second = prompts.answer_back(trial_id, "politer")
    return run(bench, second.spec, **second.variables)


def from_a_later_step(bench: Bench, prompts: PromptService) -> object:
    step = PromptSpec(template="{{ticket}}: {{step1.answer}}")
    values = {"ticket": TEST, "step1.answer": "x"}
    return bench.services.lab.shot_from_trial(good_trial(bench, step, **values))


def in_a_step(bench: Bench, prompts: PromptService) -> object:
    inner = dataclasses.replace(ASK, shots=(Shot((("ticket", TEST),), "x"),))
    spec = dataclasses.replace(ASK, chain=(ChainStep(inner),))
    return run(bench, spec, ticket="other")


def from_dataset(bench: Bench, prompts: PromptService) -> object:
    return bench.services.lab.shot_from_example(1)


def imported(bench: Bench, prompts: PromptService) -> object:
    """The test record comes in a second time, with a file."""
    data = bench.services.data
    preview = data.preview_text(f"ticket\tanswer\n{TEST}\tACC | high | 1")
    other = data.ensure_dataset("imported")
    data.import_records(other, preview, "answer", ["ticket"]).future.result(5)
    (example,) = data.all_examples(other)
    return bench.services.lab.shot_from_example(example.id)


WAYS: list[Way] = [
    typed,
    typed_and_run,
    answer_alone,
    from_trial,
    from_thread,
    said_in_a_thread,
    asked_in_a_thread_and_answered_back,
    from_a_later_step,
    in_a_step,
    from_dataset,
    imported,
]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_no_way_in_for_a_test_record(
    bench: Bench, prompts: PromptService, way: Way
) -> None:
    records(bench)
    with pytest.raises(InputError) as caught:
        way(bench, prompts)
    assert caught.value.code == "shot.test"


def test_a_restored_version_leaves_what_is_tested_by_now(
    bench: Bench, prompts: PromptService
) -> None:
    off = Shot((("ticket", TEST),), "x", enabled=False)
    shots = (off, Shot((("ticket", OPEN),), "y"))
    run(bench, dataclasses.replace(ASK, shots=shots), ticket="other")
    store = bench.services.projects.store
    version = store.prompts.versions()[0]
    records(bench)
    assert prompts.restore(version.id).switched_off == ()
    # Switched on again, it is refused when it is run.
    on = dataclasses.replace(ASK, shots=(dataclasses.replace(off, enabled=True),))
    with pytest.raises(InputError, match="set aside"):
        run(bench, on, ticket="other")


def test_a_restored_version_is_the_draft(
    bench: Bench, prompts: PromptService, heard: Recorder
) -> None:
    shot = Shot((("ticket", OPEN),), "y")
    spec = dataclasses.replace(ASK, shots=(shot,))
    run(bench, spec, ticket="other")
    lab, store = bench.services.lab, bench.services.projects.store
    lab.save_draft(PromptSpec(template="new"), {"ticket": "kept"})
    version = store.prompts.versions()[0]
    assert prompts.restore(version.id).spec == spec
    assert lab.draft().spec == spec
    assert lab.draft().variables == {"ticket": "kept"}
    assert any(event.changes.touches(Kind.DRAFT) for event in heard.of(Changed))
    with pytest.raises(InputError, match="no such"):
        prompts.restore(99)


def test_a_record_of_another_test_is_switched_off(
    bench: Bench, prompts: PromptService
) -> None:
    """The file refuses it; a file made by others may hold it all the same."""
    shot = Shot((("ticket", TEST),), "y")
    run(bench, dataclasses.replace(ASK, shots=(shot,)), ticket="other")
    store = bench.services.projects.store
    path = store.meta.path
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as foreign:
        foreign.create_function("fold", 1, str, deterministic=True)
        foreign.execute("DROP TRIGGER test_moved")
    records(bench)
    restored = prompts.restore(store.prompts.versions()[0].id)
    assert restored.switched_off == (1,)
    assert [s.enabled for s in restored.spec.shots] == [False]


def test_pick_for_me_takes_no_test_record(bench: Bench, prompts: PromptService) -> None:
    store = bench.services.projects.store
    records(bench)
    dataset_id = store.datasets.ensure("tickets")
    more = [
        NewExample((("ticket", text),), answer)
        for text, answer in (("new one", "a"), ("new two", "b"), ("seen", "a"))
    ]
    ids = store.datasets.add(dataset_id, more)
    store.datasets.assign(dataset_id, {ids[2]: Split.VALIDATION})
    # The test record stands in a second dataset too, where nobody set it aside.
    other = store.datasets.ensure("copy")
    store.datasets.add(other, [NewExample((("ticket", TEST),), "x")])
    assert prompts.pick_for_me(other, 3).shots == ()
    assert prompts.pick_for_me(other, 3).left_out == 1
    proposal = prompts.pick_for_me(dataset_id, 8)
    inputs = {dict(shot.variables)["ticket"] for shot in proposal.shots}
    assert inputs == {OPEN, "new one", "new two"}
    assert all(shot.example_ulid for shot in proposal.shots)
    assert len(proposal.picked.picks) == 3
    assert store.prompts.draft().shots == ()


def test_an_example_needs_an_answer(bench: Bench, prompts: PromptService) -> None:
    with pytest.raises(InputError, match="needs an answer"):
        prompts.typed_shot({"ticket": "a"}, " ")
    with pytest.raises(InputError) as caught:
        prompts.shot_from_thread(run(bench, ASK, ticket="a"))
    assert caught.value.code == "shot.no_answer"


# ------------------------------------------------------------------ versions


def test_results_of_versions(bench: Bench, prompts: PromptService) -> None:
    bench.generator.answer = lambda request: "ACC | high | 1"
    run(bench, ASK, "ACC | high | 1", ticket="a")
    run(bench, ASK, "BIL | high | 1", ticket="b")
    bench.generator.failure = InputError("broken", "Broken.")
    with pytest.raises(InputError, match="Broken"):
        run(bench, ASK, ticket="c")
    bench.generator.failure = None
    bench.generator.answer = lambda request: "a wordy answer"
    run(bench, PromptSpec(template="{{ticket}}"), ticket="a")
    newest, oldest = prompts.summaries()
    assert (newest.version.number, oldest.version.number) == (2, 1)
    assert (newest.results.passed, newest.results.checked) == (0, 1)
    results = oldest.results
    assert (results.trials, results.answered, results.failed) == (3, 2, 1)
    assert (results.passed, results.checked, results.pass_rate) == (1, 2, 0.5)
    assert results.input_tokens > 0
    assert results.output_tokens == 10
    assert prompts.results(oldest.version.id) == results


def test_without_anything_to_check_by_there_is_no_rate(
    bench: Bench, prompts: PromptService
) -> None:
    bench.services.projects.save_card(TaskCard())
    run(bench, ASK, ticket="a")
    (summary,) = prompts.summaries()
    assert summary.results.pass_rate is None


def test_rules_of_the_card(bench: Bench, prompts: PromptService) -> None:
    schema = '{"type": "object", "required": ["a"]}'
    card = TaskCard(TaskKind.FREE, must_contain=("Ａ",), answer_schema=schema)
    bench.services.projects.save_card(card)
    assert bench.services.projects.card() == card
    check = bench.services.lab.check
    assert check('{"a": 1}', None).ok is True
    found = check('{"b": 1}', None)
    assert found.ok is False
    assert [(p.code.value, p.detail) for p in found.problems] == [
        ("must_contain", "Ａ"),
        ("not_schema", "$.a: required"),
    ]


def test_versions_are_named_and_noted(bench: Bench, prompts: PromptService) -> None:
    run(bench, ASK, ticket="a")
    version_id = prompts.summaries()[0].version.id
    prompts.name(version_id, " short ")
    prompts.note(version_id, "better\n")
    version = bench.services.lab.versions()[0]
    assert (version.name, version.note) == ("short", "better\n")
    bench.services.undo.undo()
    assert bench.services.lab.versions()[0].name == ""


def test_differences_part_by_part(bench: Bench, prompts: PromptService) -> None:
    shots = (Shot((("ticket", "a"),), "x"),)
    file = FilePart("sha256:0", FileKind.DOCUMENT, "pdf", 1, name="a.pdf")
    other = dataclasses.replace(
        ASK,
        system="Sort it.",
        shots=shots,
        files=(file,),
        thinking=thinking_of(ThinkingStyle.STEP_BY_STEP),
        conversation=(Message(Role.ASSISTANT, "a"), Message(Role.USER, "b")),
        chain=(ChainStep(ASK, BUILTIN_MODEL),),
    )
    ensure = bench.services.projects.store.prompts.ensure_version
    first, second = ensure(ASK).id, ensure(other).id
    assert prompts.differences(first, first) == ()
    found = {diff.place: diff.segments for diff in prompts.differences(first, second)}
    assert list(found) == [
        Place(Part.SYSTEM),
        Place(Part.THINKING),
        Place(Part.SHOT, 1),
        Place(Part.FILE, 1),
        Place(Part.CONVERSATION, 1),
        Place(Part.CONVERSATION, 2),
        Place(Part.STEP, 2),
    ]
    inserted = [s.text for s in found[Place(Part.SYSTEM)] if s.op is Op.INSERT]
    assert inserted == [" it"]


# ------------------------------------------------------------------ thinking, threads


def test_thinking_is_kept_apart(bench: Bench, prompts: PromptService) -> None:
    spec = dataclasses.replace(ASK, thinking=thinking_of(ThinkingStyle.STEP_BY_STEP))
    bench.generator.answer = lambda request: "because <answer>yes</answer>"
    trial_id = run(bench, spec, ticket="a")
    outcome = bench.services.lab.trial(trial_id).outcome
    assert (outcome.output, outcome.reasoning) == ("yes", "because")
    assert not is_unparsed(outcome)
    asked = prompts.answer_back(trial_id, "politer")
    texts = [turn.text for turn in asked.spec.conversation]
    assert texts == ["because\n\n<answer>\nyes\n</answer>", "politer"]


def test_an_answer_without_marks_stays_whole(
    bench: Bench, prompts: PromptService
) -> None:
    spec = dataclasses.replace(ASK, thinking=thinking_of(ThinkingStyle.STEP_BY_STEP))
    bench.generator.answer = lambda request: "because yes"
    trial_id = run(bench, spec, ticket="a")
    outcome = bench.services.lab.trial(trial_id).outcome
    assert (outcome.output, outcome.reasoning) == ("because yes", "")
    assert UNPARSED in outcome.versions
    assert is_unparsed(outcome)
    asked = prompts.answer_back(trial_id, "politer")
    assert asked.spec.conversation[0].text == "because yes"


def test_a_thread_is_kept_whole_and_becomes_one_example(
    bench: Bench, prompts: PromptService
) -> None:
    answers = iter(["curt", "kind"])
    bench.generator.answer = lambda request: next(answers)
    asked = prompts.answer_back(run(bench, ASK, ticket="a"), "kinder")
    trial_id = good_trial(bench, asked.spec, **asked.variables)
    texts = [m.text for m in bench.services.lab.trial(trial_id).messages]
    assert texts == ["Sort.", "a", "curt", "kinder"]
    shot = prompts.shot_from_thread(trial_id)
    assert (shot.answer, [t.text for t in shot.turns]) == ("curt", ["kinder", "kind"])


def test_nothing_to_answer_back(bench: Bench, prompts: PromptService) -> None:
    bench.generator.answer = lambda request: ""
    trial_id = run(bench, ASK, ticket="a")
    for text, code in (("  ", "prompt.empty"), ("more", "trial.no_answer")):
        with pytest.raises(InputError) as caught:
            prompts.answer_back(trial_id, text)
        assert caught.value.code == code


# ------------------------------------------------------------------ before sending


def test_hints_know_the_task_card(prompts: PromptService) -> None:
    shots = (Shot((("ticket", "a"),), "x"),)
    found = prompts.hints(dataclasses.replace(ASK, shots=shots), {"ticket": "b"})
    assert [hint.code for hint in found] == [HintCode.EXAMPLE_FORMAT]


def test_files_are_checked_before_sending(prompts: PromptService) -> None:
    file = FilePart("sha256:0", FileKind.DOCUMENT, "pdf", 1, "", SendAs.TEXT, "a")
    with pytest.raises(InputError) as caught:
        prompts.check_sending(dataclasses.replace(ASK, files=(file,)), {"ticket": "a"})
    assert caught.value.code == "files.no_text"
    prompts.check_sending(ASK, {"ticket": "a"})


def test_personal_data_is_found_and_masked(prompts: PromptService) -> None:
    values = {"ticket": "I am a@b.com", "copy": "a@b.com"}
    file = FilePart("sha256:0", FileKind.DOCUMENT, "txt", 1, "call 03-1234-5678")
    spec = dataclasses.replace(ASK, files=(file,))
    kinds = [finding.kind for finding in prompts.personal_data(spec, values)]
    assert kinds == [DataKind.EMAIL, DataKind.PHONE]
    masked, whole = prompts.masked(values)
    assert masked == {"ticket": "I am [EMAIL_1]", "copy": "[EMAIL_1]"}
    assert unmask("Dear [EMAIL_1]", whole.values) == "Dear a@b.com"


# ------------------------------------------------------------------ training


def test_training_files_have_the_form_that_is_asked_for(
    bench: Bench, prompts: PromptService, tmp_path: Path
) -> None:
    file = FilePart("sha256:0", FileKind.DOCUMENT, "txt", 1, "Terms", name="secret")
    spec = dataclasses.replace(
        ASK,
        files=(file,),
        thinking=thinking_of(ThinkingStyle.STEP_BY_STEP),
        conversation=(Message(Role.ASSISTANT, "a"), Message(Role.USER, "b")),
    )
    bench.services.lab.save_draft(spec, {"ticket": "a"})
    records(bench)
    dataset_id = bench.services.data.ensure_dataset("tickets")
    report = bench.services.data.export(dataset_id, tmp_path).future.result(5)
    lines = [
        json.loads(line)
        for path in report.folder.rglob("*.jsonl")
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    written = json.dumps(lines, ensure_ascii=False)
    assert "Terms" in written
    assert "secret" not in written
    assert "<answer>\\nACC | high | 1\\n</answer>" in written
    assert '"b"' not in written
