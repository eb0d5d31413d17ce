import dataclasses

import pytest

from tests.fakes import Bench, records
from tests.unit.services.conftest import SPEC, Recorder
from workbench.domain.datasets import Split
from workbench.domain.errors import InputError, RemoteError
from workbench.domain.models import BUILTIN_MODEL
from workbench.domain.prompts import PromptSpec, Role, Shot
from workbench.domain.trials import TrialStatus
from workbench.formats.validation import AnswerCode
from workbench.services.events import TokenArrived, TrialFinished
from workbench.services.lab import LabInput

TICKET = {"ticket": "I cannot log in, order 1"}


def test_an_answer_streams_and_is_kept(bench: Bench, heard: Recorder) -> None:
    started = bench.services.lab.run(SPEC, TICKET, BUILTIN_MODEL, "ACC | high | 1")
    started.job.future.result(5)
    trial = bench.services.lab.trial(started.trial_id)
    streamed = "".join(event.text for event in heard.of(TokenArrived))
    assert trial.outcome.status is TrialStatus.SUCCEEDED
    assert (
        streamed
        == trial.outcome.output
        == f"The customer writes that {TICKET['ticket']}"
    )
    assert [event.trial_id for event in heard.of(TrialFinished)] == [trial.id]
    assert trial.expected == "ACC | high | 1"
    assert trial.prompt_number == 1


def test_the_trial_is_kept_before_anything_is_asked(bench: Bench) -> None:
    bench.generator.gate.clear()
    started = bench.services.lab.run(SPEC, TICKET, BUILTIN_MODEL)
    bench.generator.started.wait(5)
    trial = bench.services.lab.trial(started.trial_id)
    assert trial.outcome.status is TrialStatus.RUNNING
    assert trial.messages == bench.generator.requests[0].messages


def test_stopping_keeps_what_had_arrived(bench: Bench) -> None:
    bench.generator.gate.clear()
    started = bench.services.lab.run(SPEC, TICKET, BUILTIN_MODEL)
    bench.generator.started.wait(5)
    bench.services.lab.stop(started.trial_id)
    with pytest.raises(Exception, match="Stopped"):
        started.job.future.result(5)
    outcome = bench.services.lab.trial(started.trial_id).outcome
    assert outcome.status is TrialStatus.CANCELLED
    assert outcome.output == "The"


def test_a_failed_call_is_a_trial_too(bench: Bench) -> None:
    bench.generator.failure = RemoteError("OOM", "Not enough memory.")
    started = bench.services.lab.run(SPEC, TICKET, BUILTIN_MODEL)
    with pytest.raises(RemoteError):
        started.job.future.result(5)
    outcome = bench.services.lab.trial(started.trial_id).outcome
    assert outcome.status is TrialStatus.FAILED
    assert (outcome.error_code, outcome.error_text) == ("OOM", "Not enough memory.")


def test_the_same_prompt_is_the_same_version(bench: Bench) -> None:
    job = bench.services.lab.run_inputs(
        SPEC, [LabInput(variables) for variables, _ in records(3)], BUILTIN_MODEL
    )
    job.future.result(5)
    changed = dataclasses.replace(SPEC, system="Be brief.")
    bench.services.lab.run(changed, TICKET, BUILTIN_MODEL).job.future.result(5)
    assert [v.number for v in bench.services.lab.versions()] == [2, 1]


def test_examples_are_sent_as_turns_without_the_input_itself(bench: Bench) -> None:
    own = Shot((("ticket", TICKET["ticket"]),), "given away")
    other = Shot((("ticket", "Other, order 2"),), "ACC | low | 2")
    off = dataclasses.replace(other, answer="off", enabled=False)
    spec = dataclasses.replace(SPEC, shots=(own, other, off))
    bench.services.lab.run(spec, TICKET, BUILTIN_MODEL).job.future.result(5)
    messages = bench.generator.requests[0].messages
    roles = [Role.SYSTEM, Role.USER, Role.ASSISTANT, Role.USER]
    assert [message.role for message in messages] == roles
    assert "given away" not in str(messages)
    assert "off" not in [message.text for message in messages]


def test_a_test_record_never_becomes_an_example(bench: Bench) -> None:
    services = bench.services
    dataset_id = services.data.ensure_dataset("Tickets")
    ids = [services.data.add_example(dataset_id, v, a) for v, a in records(4)]
    services.data.split(dataset_id, {Split.TRAIN: 2, Split.TEST: 2})
    for example in services.data.examples(ids):
        if example.split is Split.TEST:
            with pytest.raises(InputError, match="set aside"):
                services.lab.shot_from_example(example.id)
            typed = dataclasses.replace(
                SPEC, shots=(Shot(example.variables, example.answer),)
            )
            with pytest.raises(InputError) as caught:
                services.lab.run(typed, TICKET, BUILTIN_MODEL)
            assert caught.value.code == "shot.test"
        else:
            assert services.lab.shot_from_example(example.id).answer == example.answer


def test_an_example_needs_a_right_answer(bench: Bench) -> None:
    started = bench.services.lab.run(SPEC, TICKET, BUILTIN_MODEL)
    started.job.future.result(5)
    with pytest.raises(InputError, match="right answer"):
        bench.services.lab.shot_from_trial(started.trial_id)
    bench.services.data.correct(started.trial_id, "ACC | high | 1")
    shot = bench.services.lab.shot_from_trial(started.trial_id)
    assert (shot.values, shot.answer) == (TICKET, "ACC | high | 1")


def test_nothing_to_send_is_said_before_a_trial_is_kept(bench: Bench) -> None:
    with pytest.raises(InputError, match="no message"):
        bench.services.lab.run(PromptSpec("system", " "), {}, BUILTIN_MODEL)


def test_answers_are_checked_against_expectation_and_task_card(bench: Bench) -> None:
    lab = bench.services.lab
    assert lab.check("ACC | high | 1", "ACC | high | 1").matches is True
    assert lab.check("ACC | high | 1", "BIL | high | 1").matches is False
    assert lab.check("ACC | high | 1", None).matches is None
    assert lab.check("Just a sentence", None).problems
    assert not lab.check("ACC | high | 1", None).problems
    long = lab.check("ACC | high | " + "1" * 4000, None).problems
    assert [problem.code for problem in long] == [AnswerCode.TOO_LONG]


def test_earlier_answers_to_an_input_are_found(bench: Bench) -> None:
    for _ in range(2):
        bench.services.lab.run(SPEC, TICKET, BUILTIN_MODEL).job.future.result(5)
    bench.services.lab.run(SPEC, {"ticket": "else"}, BUILTIN_MODEL).job.future.result(5)
    assert len(bench.services.lab.earlier(TICKET)) == 2
