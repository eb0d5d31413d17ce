"""Faults through the service of the Lab: every trial is kept, whatever happened."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes import SAMPLE_CARD, SAMPLE_SPEC, Bench, make_bench
from tests.unit.aws.practice import IMPATIENT, MODEL, STREAMS, WHOLE, Practice
from workbench.domain.remote import RequestStyle
from workbench.domain.trials import Trial, TrialStatus
from workbench.sandbox import faults
from workbench.sandbox.faults import Fault, Rule
from workbench.services.lab import LabService

TICKET = {"ticket": "one two three four five"}
BOTH = pytest.mark.parametrize("style", [STREAMS, WHOLE], ids=["stream", "whole"])


@pytest.fixture
def bench(tmp_path: Path, no_thread_left: None) -> Iterator[Bench]:
    made = make_bench(tmp_path)
    made.services.projects.create(tmp_path / "project", "Tickets", SAMPLE_CARD)
    yield made
    made.services.close()


def trial_of(bench: Bench, practice: Practice, style: RequestStyle) -> Trial:
    services = bench.services
    generator = practice.generator(style, timeouts=IMPATIENT)
    lab = LabService(services.projects, generator, services.jobs, services.events)
    started = lab.run(SAMPLE_SPEC, TICKET, MODEL)
    started.job.future.exception(20)
    return lab.trial(started.trial_id)


@BOTH
@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (faults.THROTTLE, "aws.throttled"),
        (faults.INTERNAL, "aws.infrastructure"),
        (faults.DENIED, "aws.denied"),
        (faults.EXPIRED, "aws.signed_out"),
        (faults.SlowFirstByte(30.0), "aws.lost"),
    ],
    ids=repr,
)
def test_a_failed_trial_is_kept_with_its_reason(
    bench: Bench, practice: Practice, style: RequestStyle, fault: Fault, code: str
) -> None:
    practice.sandbox.faults.add(Rule(fault, count=0))
    outcome = trial_of(bench, practice, style).outcome
    assert (outcome.status, outcome.error_code) == (TrialStatus.FAILED, code)
    assert outcome.error_text


@pytest.mark.parametrize(
    "fault",
    [faults.Cut(3), faults.CleanEnd(3), faults.Silence(3), faults.StreamException(3)],
    ids=repr,
)
def test_a_trial_keeps_what_arrived_before_the_fault(
    bench: Bench, practice: Practice, fault: Fault
) -> None:
    practice.sandbox.faults.add(Rule(fault))
    outcome = trial_of(bench, practice, STREAMS).outcome
    assert (outcome.status, outcome.output) == (TrialStatus.FAILED, "one two")


def test_a_trial_of_bedrock_names_its_model_and_region(
    bench: Bench, practice: Practice
) -> None:
    trial = trial_of(bench, practice, STREAMS)
    assert trial.outcome.status is TrialStatus.SUCCEEDED
    assert trial.model == MODEL
    assert trial.model.key == "bedrock|amazon.nova-lite-v1:0|us-east-1"
