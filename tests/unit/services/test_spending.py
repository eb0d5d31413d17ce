"""Money of single runs: reserved, settled, and refused before anything is kept."""

from decimal import Decimal

import pytest

from tests.fakes import Bench
from tests.unit.services.scripted import (
    CLAUDE,
    NOVA,
    SPEC,
    Desk,
    failure,
    generation,
)
from workbench.domain.errors import CancelledError, InputError
from workbench.domain.models import BUILTIN_MODEL
from workbench.domain.remote import FailureKind, RemoteFailure
from workbench.domain.spending import CapReached, Caps, CostBasis
from workbench.domain.trials import TrialFilter, TrialStatus
from workbench.services.lab import LabService
from workbench.services.spending import SpendingService

TICKET = {"ticket": "ticket 1"}


@pytest.fixture
def desk(bench: Bench) -> Desk:
    return Desk.over(bench)


@pytest.fixture
def lab(desk: Desk) -> LabService:
    services = desk.bench.services
    return LabService(
        services.projects,
        desk.generator,
        services.jobs,
        services.events,
        desk.spending,
    )


def kept(desk: Desk) -> int:
    trials = desk.bench.services.projects.store.trials
    return len(trials.ids(TrialFilter()))


def test_an_answer_keeps_what_it_cost_and_how_it_was_found(
    desk: Desk, lab: LabService
) -> None:
    started = lab.run(SPEC, TICKET, NOVA)
    started.job.future.result(5)
    trial = lab.trial(started.trial_id)
    assert (trial.outcome.cost, trial.outcome.cost_basis) == (
        Decimal(10),
        CostBasis.MEASURED,
    )
    assert (trial.outcome.price_date, trial.outcome.price_source) == ("2026-11", "test")
    assert trial.origin.call_hash.startswith("sha256:")
    assert desk.spending.spent_today().amount == 10


def test_reasoning_and_usage_are_kept_of_a_failure_too(
    desk: Desk, lab: LabService
) -> None:
    partial = generation(
        "half", reasoning="I think", reasoning_tokens=2, cache_read_tokens=5
    )
    lost = failure(FailureKind.FILTERED, billable=True, partial=partial)
    lost.attempts = 3
    desk.generator.script["ticket 1"] = [lost]
    started = lab.run(SPEC, TICKET, NOVA)
    with pytest.raises(RemoteFailure):
        started.job.future.result(5)
    outcome = lab.trial(started.trial_id).outcome
    assert (outcome.output, outcome.reasoning) == ("half", "I think")
    assert (outcome.reasoning_tokens, outcome.cache_read_tokens) == (2, 5)
    assert outcome.attempts == 3


def test_a_failure_that_cannot_be_billed_gives_its_reservation_back(
    desk: Desk, lab: LabService
) -> None:
    desk.generator.script["ticket 1"] = [failure(FailureKind.DENIED)]
    started = lab.run(SPEC, TICKET, NOVA)
    with pytest.raises(RemoteFailure):
        started.job.future.result(5)
    outcome = lab.trial(started.trial_id).outcome
    assert (outcome.cost, outcome.input_tokens) == (Decimal(0), None)
    assert outcome.output == "so "
    assert desk.spending.spent().amount == 0


def test_a_call_that_would_pass_a_cap_is_not_made_and_leaves_no_trial(
    desk: Desk, lab: LabService
) -> None:
    desk.spending.set_caps(Caps(run=Decimal(1)))
    with pytest.raises(CapReached):
        lab.run(SPEC, TICKET, NOVA)
    assert (kept(desk), desk.generator.calls) == (0, [])
    lab.run(SPEC, TICKET, BUILTIN_MODEL).job.future.result(5)


def test_a_trial_that_cannot_be_kept_gives_its_reservation_back(
    desk: Desk, lab: LabService, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: object) -> int:
        raise InputError("x.y", "refused")

    trials = desk.bench.services.projects.store.trials
    monkeypatch.setattr(trials, "start", refuse)
    with pytest.raises(InputError, match="refused"):
        lab.run(SPEC, TICKET, NOVA)
    assert desk.spending.spent().amount == 0


def test_models_side_by_side_share_a_cap_and_can_all_be_stopped(
    desk: Desk, lab: LabService
) -> None:
    desk.generator.silent = {"ticket 1"}
    started = lab.run_side_by_side(SPEC, TICKET, [NOVA, CLAUDE, BUILTIN_MODEL])
    assert desk.generator.asked.wait(5)
    lab.stop_all()
    for each in started:
        with pytest.raises(CancelledError):
            each.job.future.result(5)
    outcomes = [lab.trial(each.trial_id).outcome for each in started]
    assert {outcome.status for outcome in outcomes} == {TrialStatus.CANCELLED}
    assert {outcome.output for outcome in outcomes} <= {"so ", ""}
    assert outcomes[2].cost == 0
    worst = outcomes[0].cost
    assert worst is not None
    desk.generator.silent = set()
    desk.spending.set_caps(Caps(run=worst))
    with pytest.raises(CapReached):
        lab.run_side_by_side(SPEC, TICKET, [NOVA, CLAUDE])


def test_between_one_and_eight_models_answer_at_once(lab: LabService) -> None:
    for models in ([], [NOVA] * 9):
        with pytest.raises(InputError) as caught:
            lab.run_side_by_side(SPEC, TICKET, models)
        assert caught.value.code == "models.count"


def test_the_ledger_is_read_again_with_the_project(desk: Desk, lab: LabService) -> None:
    lab.run(SPEC, TICKET, NOVA).job.future.result(5)
    projects = desk.bench.services.projects
    path = projects.path()
    projects.close()
    projects.open(path)
    later = SpendingService(projects, None, lambda: "2026-11-21")
    assert later.spent().amount == 10
    assert later.spent_today().amount == 0
    assert desk.spending.spent_today().amount == 10


def test_without_prices_nothing_is_invented(bench: Bench) -> None:
    spending = SpendingService(bench.services.projects)
    assert spending.price(NOVA) is None
