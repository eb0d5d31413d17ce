"""Versions with their results, threads, and what is said before sending."""

import dataclasses
import json
from pathlib import Path

import pytest

from tests.fakes import Bench
from tests.unit.services.prompting import ASK, good_trial, records, run
from workbench.domain.answers import UNPARSED, is_unparsed
from workbench.domain.content import FileKind, FilePart, SendAs
from workbench.domain.errors import InputError
from workbench.domain.hints import HintCode
from workbench.domain.models import BUILTIN_MODEL
from workbench.domain.prompts import ChainStep, Message, PromptSpec, Role, Shot
from workbench.domain.task import TaskCard, TaskKind
from workbench.domain.thinking import ThinkingStyle, thinking_of
from workbench.evaluation.personal_data import DataKind, unmask
from workbench.evaluation.textdiff import Op
from workbench.services.prompts import PromptService
from workbench.services.version_diff import Part, Place


@pytest.fixture
def prompts(bench: Bench) -> PromptService:
    return bench.services.prompts


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
