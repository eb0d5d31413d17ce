"""Matrices: what is asked, what is not, and what follows a failure."""

import dataclasses
import threading
from decimal import Decimal

import pytest

from tests.fakes import Bench
from tests.unit.services.conftest import Recorder
from tests.unit.services.scripted import (
    CLAUDE,
    NOVA,
    SPEC,
    Desk,
    failure,
    generation,
    inputs,
    wanted,
)
from workbench.domain.datasets import NewExample, Split
from workbench.domain.errors import CancelledError, EnvironmentFault, InputError
from workbench.domain.jobs import JobState
from workbench.domain.matrices import CellState
from workbench.domain.matrix import MatrixInput
from workbench.domain.models import BUILTIN_MODEL
from workbench.domain.parameters import GenerationParameters
from workbench.domain.prompts import PromptSpec, Shot
from workbench.domain.remote import FailureKind, RemoteFailure
from workbench.domain.spending import CapReached, Caps, CostBasis
from workbench.domain.thinking import ThinkingStyle, thinking_of
from workbench.domain.trials import TrialStatus
from workbench.services.events import MatrixMoved

WARM = dataclasses.replace(SPEC, parameters=GenerationParameters(0.7))


@pytest.fixture
def desk(bench: Bench) -> Desk:
    return Desk.over(bench)


def states(desk: Desk, matrix_id: int) -> list[str]:
    return [view.state.value for view in desk.matrix.cells(matrix_id)]


def trials(desk: Desk, matrix_id: int, position: int) -> list[TrialStatus]:
    """The trials of a cell, oldest first."""
    store = desk.bench.services.projects.store
    newest = desk.matrix.cells(matrix_id)[position].trial_id
    found = []
    trial_id: int | None = newest
    while trial_id:
        trial = store.trials.get(trial_id)
        found.append(trial.outcome.status)
        trial_id = trial.origin.parent_id
    return found[::-1]


def test_every_cell_is_asked_once_and_kept(desk: Desk, heard: Recorder) -> None:
    request = wanted(4, specs=(SPEC, WARM), models=(NOVA, CLAUDE), repeats=2)
    assert desk.matrix.plan(request).new == 32
    matrix_id = desk.run(request)
    assert states(desk, matrix_id) == ["answered"] * 32
    assert len(desk.generator.calls) == 32
    matrix = desk.matrix.matrix(matrix_id)
    assert matrix.state is JobState.SUCCEEDED
    assert matrix.inputs == request.inputs
    assert matrix.models == request.models
    last = heard.of(MatrixMoved)[-1]
    assert (last.missing, last.in_flight, last.state) == (0, 0, JobState.SUCCEEDED)


def test_cells_are_told_together(desk: Desk, heard: Recorder) -> None:
    desk.run(wanted(200))
    told = heard.of(MatrixMoved)
    assert {cell.position for event in told for cell in event.cells} == set(range(200))
    assert len(told) < 60


def test_the_same_call_is_not_made_again(desk: Desk) -> None:
    desk.run(wanted(3))
    request = wanted(5, models=(NOVA, CLAUDE))
    plan = desk.matrix.plan(request)
    assert (plan.new, plan.answered) == (7, 3)
    matrix_id = desk.run(request)
    assert len(desk.generator.calls) == 3 + 7
    views = desk.matrix.cells(matrix_id)
    assert [view.reused for view in views].count(True) == 3
    assert all(view.state is CellState.ANSWERED for view in views)


def test_a_single_run_answers_a_cell(desk: Desk) -> None:
    lab = desk.bench.services.lab
    lab.run(SPEC, {"ticket": "ticket 0"}, BUILTIN_MODEL).job.future.result(5)
    plan = desk.matrix.plan(wanted(2, models=(BUILTIN_MODEL,)))
    assert (plan.new, plan.answered) == (1, 1)


def test_ask_again_asks_all(desk: Desk) -> None:
    desk.run(wanted(3))
    desk.run(wanted(3, ask_again=True))
    assert len(desk.generator.calls) == 6


def test_warm_calls_and_repeats_are_always_new(desk: Desk) -> None:
    desk.run(wanted(2, specs=(WARM,)))
    assert desk.matrix.plan(wanted(2, specs=(WARM,))).new == 2
    desk.run(wanted(2))
    assert desk.matrix.plan(wanted(2, repeats=3)).new == 4


def test_what_lies_in_the_bin_answers_nothing(desk: Desk) -> None:
    matrix_id = desk.run(wanted(2))
    first = desk.matrix.cells(matrix_id)[0].trial_id
    desk.bench.services.projects.store.trials.set_binned([first], binned=True)
    assert desk.matrix.plan(wanted(2)).new == 1


def test_two_cells_that_send_the_same_share_one_call(desk: Desk) -> None:
    same = PromptSpec(SPEC.system, " {{ticket}}".strip(), parameters=SPEC.parameters)
    renamed = dataclasses.replace(NOVA, name="Another name for it")
    request = wanted(2, specs=(SPEC, same), models=(NOVA, renamed))
    plan = desk.matrix.plan(request)
    assert plan.new == 2
    matrix_id = desk.run(request)
    assert states(desk, matrix_id) == ["answered"] * 8
    assert len(desk.generator.calls) == 2


def test_throttled_calls_are_made_again_and_every_trial_is_kept(desk: Desk) -> None:
    throttled = [failure(FailureKind.THROTTLED) for _ in range(2)]
    desk.generator.script["ticket 1"] = list(throttled)
    matrix_id = desk.run(wanted(3))
    assert states(desk, matrix_id) == ["answered"] * 3
    assert trials(desk, matrix_id, 1) == [
        TrialStatus.FAILED,
        TrialStatus.FAILED,
        TrialStatus.SUCCEEDED,
    ]
    assert desk.matrix.cells(matrix_id)[1].tries == 3


def test_an_adapter_that_has_tried_enough_is_not_asked_again(desk: Desk) -> None:
    worn = failure(FailureKind.THROTTLED)
    worn.attempts = 8
    desk.generator.script["ticket 1"] = [worn]
    matrix_id = desk.run(wanted(3))
    assert states(desk, matrix_id) == ["answered", "failed", "answered"]
    assert desk.matrix.cells(matrix_id)[1].error_code == "aws.throttled"


def test_what_may_be_billed_is_never_asked_again_by_itself(desk: Desk) -> None:
    partial = generation("half of", input_tokens=0)
    lost = failure(FailureKind.LOST, billable=True, partial=partial)
    desk.generator.script["ticket 0"] = [lost]
    desk.generator.script["ticket 1"] = [
        failure(FailureKind.INFRASTRUCTURE, billable=True)
    ]
    matrix_id = desk.run(wanted(3))
    assert states(desk, matrix_id) == ["failed", "failed", "answered"]
    assert len(desk.generator.calls) == 3
    store = desk.bench.services.projects.store
    views = desk.matrix.cells(matrix_id)
    outcomes = [store.trials.get(view.trial_id).outcome for view in views]
    assert outcomes[0].output == "half of"
    assert outcomes[0].cost_basis is CostBasis.WORST_CASE
    assert outcomes[1].cost_basis is CostBasis.WORST_CASE
    assert outcomes[2].cost == Decimal(10)
    desk.matrix.resume(matrix_id).job.future.result(20)
    assert states(desk, matrix_id) == ["answered"] * 3


def test_a_model_that_is_denied_is_halted_and_the_others_go_on(
    desk: Desk, heard: Recorder
) -> None:
    desk.generator.script["nova ticket 0"] = [failure(FailureKind.DENIED)]
    started = desk.matrix.start(wanted(120, models=(NOVA, CLAUDE)))
    with pytest.raises(RemoteFailure) as caught:
        started.job.future.result(20)
    assert caught.value.kind is FailureKind.DENIED
    views = desk.matrix.cells(started.matrix_id)
    assert [v.state.value for v in views if v.cell.model == 1] == ["answered"] * 120
    assert views[0].state is CellState.FAILED
    last = heard.of(MatrixMoved)[-1]
    assert last.state is JobState.FAILED
    assert last.halted == ((NOVA.key, "aws.denied"),)


def test_stop_finishes_what_is_in_flight_and_resume_asks_the_rest(desk: Desk) -> None:
    going, gate = threading.Event(), threading.Event()

    def wait(_text: str) -> None:
        going.set()
        gate.wait(10)

    desk.generator.on_call = wait
    started = desk.matrix.start(wanted(120))
    assert going.wait(5)
    desk.matrix.stop(started.matrix_id)
    gate.set()
    with pytest.raises(CancelledError):
        started.job.future.result(20)
    seen = states(desk, started.matrix_id)
    assert set(seen) == {"answered", "open"}
    assert seen.count("answered") == len(desk.generator.calls) <= 50
    assert desk.matrix.matrix(started.matrix_id).state is JobState.CANCELLED
    plan = desk.matrix.missing(started.matrix_id)
    assert plan.new == seen.count("open")
    desk.matrix.resume(started.matrix_id).job.future.result(20)
    assert states(desk, started.matrix_id) == ["answered"] * 120
    assert len(desk.generator.calls) == 120


def test_stop_now_cuts_off_a_silent_model_and_keeps_what_came(desk: Desk) -> None:
    desk.generator.silent = {"ticket 0"}
    started = desk.matrix.start(wanted(1))
    assert desk.generator.asked.wait(5)
    desk.matrix.stop(started.matrix_id)
    assert desk.matrix.is_running(started.matrix_id)
    with pytest.raises(InputError) as caught:
        desk.matrix.resume(started.matrix_id)
    assert caught.value.code == "matrix.running"
    desk.matrix.stop(started.matrix_id, now=True)
    with pytest.raises(CancelledError):
        started.job.future.result(5)
    view = desk.matrix.cells(started.matrix_id)[0]
    outcome = desk.bench.services.projects.store.trials.get(view.trial_id).outcome
    assert view.state is CellState.STOPPED
    assert (outcome.output, outcome.cost_basis) == ("so ", CostBasis.WORST_CASE)


def test_closing_the_project_cuts_off(desk: Desk) -> None:
    desk.generator.silent = {"ticket 0"}
    started = desk.matrix.start(wanted(1))
    assert desk.generator.asked.wait(5)
    desk.bench.services.projects.close()
    with pytest.raises(CancelledError):
        started.job.future.result(5)


def test_models_here_are_asked_in_batches_one_at_a_time(desk: Desk) -> None:
    other = dataclasses.replace(BUILTIN_MODEL, path="other")
    desk.run(wanted(10, models=(BUILTIN_MODEL, other)))
    assert desk.generator.most == 1
    assert sorted(desk.generator.batches) == [2, 2, 8, 8]


def test_a_worker_that_dies_fails_its_chunk_and_halts_its_model(desk: Desk) -> None:
    desk.generator.script["ticket 2"] = [EnvironmentFault("worker.gone", "Gone.")]
    started = desk.matrix.start(wanted(20, models=(BUILTIN_MODEL,)))
    with pytest.raises(EnvironmentFault):
        started.job.future.result(20)
    seen = states(desk, started.matrix_id)
    assert (seen[:2], seen[2:8]) == (["answered"] * 2, ["failed"] * 6)
    assert seen[8:] == ["open"] * 12


def test_a_disk_that_is_full_loses_no_trial(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = desk.bench.services.projects.store
    finish, times = store.trials.finish, []

    def full(trial_id: int, outcome: object) -> object:
        times.append(trial_id)
        if len(times) == 1:
            raise EnvironmentFault("disk.full", "full")
        return finish(trial_id, outcome)  # type: ignore[arg-type]

    monkeypatch.setattr(store.trials, "finish", full)
    started = desk.matrix.start(wanted(3))
    with pytest.raises(EnvironmentFault, match="full"):
        started.job.future.result(20)
    assert states(desk, started.matrix_id) == ["answered"] * 3


def test_the_cap_is_never_passed(desk: Desk) -> None:
    plan = desk.matrix.plan(wanted(1))
    worst = plan.worst
    # Every call really costs 10: the first few are made one after the other.
    cap = worst + 25
    started = desk.matrix.start(wanted(20, cap=cap))
    with pytest.raises(CapReached) as caught:
        started.job.future.result(20)
    assert caught.value.code == "cap.run"
    spent = desk.spending.spent_by(f"matrix:{started.matrix_id}")
    seen = states(desk, started.matrix_id)
    assert spent.amount <= cap
    assert spent.amount == 10 * seen.count("answered")
    assert seen.count("answered") == 3
    assert set(seen) == {"answered", "open"}


@pytest.mark.parametrize("scope", ["day", "project"])
def test_caps_of_day_and_project_hold_for_all_runs(desk: Desk, scope: str) -> None:
    worst = desk.matrix.plan(wanted(1)).worst
    desk.spending.set_caps(Caps(**{scope: worst + 5}))
    desk.run(wanted(1))
    started = desk.matrix.start(wanted(1, models=(CLAUDE,)))
    with pytest.raises(CapReached) as caught:
        started.job.future.result(20)
    assert caught.value.code == f"cap.{scope}"
    assert desk.spending.spent_today().amount == 10


def test_an_unknown_price_is_said_and_refused_under_a_cap(bench: Bench) -> None:
    from tests.unit.services.scripted import OnePrice

    desk = Desk.over(bench, OnePrice("claude"))
    plan = desk.matrix.plan(wanted(2, models=(NOVA, CLAUDE)))
    assert (plan.unknown, plan.new) == (2, 4)
    desk.run(wanted(1, models=(CLAUDE,)))
    assert desk.spending.spent().unknown == 1
    started = desk.matrix.start(wanted(2, models=(CLAUDE,), cap=Decimal(9999)))
    with pytest.raises(CapReached) as caught:
        started.job.future.result(20)
    assert caught.value.code == "cap.unknown"


def test_a_plan_says_money_and_time(desk: Desk) -> None:
    first = desk.matrix.plan(wanted(2))
    assert (first.seconds, first.unknown) == (None, 0)
    desk.run(wanted(2))
    later = desk.matrix.plan(wanted(2, ask_again=True))
    assert later.seconds == pytest.approx(0.5)
    assert Decimal(0) < later.likely < later.worst
    free = desk.matrix.plan(wanted(2, models=(BUILTIN_MODEL,)))
    assert (free.worst, free.likely, free.unknown) == (Decimal(0), Decimal(0), 0)


def test_a_record_is_left_out_of_its_own_examples(desk: Desk) -> None:
    shots = tuple(Shot((("ticket", f"ticket {n}"),), f"answer {n}") for n in range(2))
    spec = dataclasses.replace(SPEC, shots=shots)
    store = desk.bench.services.projects.store
    matrix_id = desk.run(wanted(3, specs=(spec,)))
    for view, shown in zip(desk.matrix.cells(matrix_id), (1, 1, 2), strict=True):
        sent = str(store.trials.get(view.trial_id).messages)
        assert sent.count("answer") == shown
        assert f"answer {view.cell.input}" not in sent


def test_an_edited_example_of_the_same_record_is_left_out_too(desk: Desk) -> None:
    store = desk.bench.services.projects.store
    dataset_id = store.datasets.ensure("tickets")
    (example_id,) = store.datasets.add(
        dataset_id, [NewExample((("ticket", "ticket 0"),), "right")]
    )
    ulid = store.datasets.get(example_id).ulid
    shot = Shot((("ticket", "ticket zero"),), "right", example_ulid=ulid)
    item = MatrixInput((("ticket", "ticket 0"),), "right", example_id, ulid)
    spec = dataclasses.replace(SPEC, shots=(shot,))
    matrix_id = desk.run(wanted(specs=(spec,), inputs=(item,)))
    trial = store.trials.get(desk.matrix.cells(matrix_id)[0].trial_id)
    assert "right" not in str(trial.messages)


def test_thinking_is_told_from_the_answer(desk: Desk) -> None:
    spec = dataclasses.replace(SPEC, thinking=thinking_of(ThinkingStyle.STEP_BY_STEP))
    text = "It says so. <answer>right</answer>"
    matrix_id = desk.run(wanted(specs=(spec,), inputs=inputs(text)))
    trials = desk.bench.services.projects.store.trials
    outcome = trials.get(desk.matrix.cells(matrix_id)[0].trial_id).outcome
    assert (outcome.output, outcome.reasoning) == ("right", "nova It says so.")


def test_what_cannot_be_sent_is_the_cells_trouble_and_no_leave_the_models(
    desk: Desk,
) -> None:
    desk.generator.script["ticket 1"] = [InputError("files.gone", "Gone.")]
    matrix_id = desk.run(wanted(3))
    assert states(desk, matrix_id) == ["answered", "failed", "answered"]
    desk.generator.script["ticket 0"] = [InputError("aws.not_connected", "Off.")] * 2
    started = desk.matrix.start(wanted(80, specs=(WARM,)))
    with pytest.raises(InputError, match="Off"):
        started.job.future.result(20)
    assert "open" in states(desk, started.matrix_id)


def test_a_test_record_is_no_example_in_a_matrix(desk: Desk) -> None:
    store = desk.bench.services.projects.store
    dataset_id = store.datasets.ensure("tickets")
    (example_id,) = store.datasets.add(
        dataset_id, [NewExample((("ticket", "tested"),), "right")]
    )
    store.datasets.assign(dataset_id, {example_id: Split.TEST})
    spec = dataclasses.replace(SPEC, shots=(Shot((("ticket", "tested"),), "right"),))
    with pytest.raises(InputError) as caught:
        desk.matrix.start(wanted(specs=(spec,)))
    assert caught.value.code == "shot.test"
    assert desk.generator.calls == []
    assert desk.matrix.matrices() == []


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"models": ()}, "models.count"),
        ({"models": (NOVA,) * 9}, "models.count"),
        ({"inputs": ()}, "matrix.empty"),
        ({"repeats": 10_000}, "matrix.large"),
        ({"inputs": inputs(" ")}, "prompt.empty"),
    ],
)
def test_what_cannot_be_run_is_said(
    desk: Desk, fields: dict[str, object], code: str
) -> None:
    with pytest.raises(InputError) as caught:
        desk.matrix.plan(wanted(3, **fields))
    assert caught.value.code == code
