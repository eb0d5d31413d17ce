"""A matrix over the wire: the sandbox asked through unmodified boto3."""

import dataclasses
from collections.abc import Iterator

import pytest

from tests.fakes import Bench
from tests.unit.services.scripted import OnePrice, at_once, wanted
from workbench.aws.runtime import BedrockGenerator, Options
from workbench.aws.session import Sessions, Timeouts
from workbench.domain.connections import AwsConnection, StaticCredentials
from workbench.domain.errors import CancelledError
from workbench.domain.matrices import CellState
from workbench.domain.models import ModelKind, ModelRef
from workbench.domain.remote import FailureKind, RemoteFailure
from workbench.domain.spending import CostBasis
from workbench.domain.trials import Trial, TrialStatus
from workbench.sandbox import Sandbox
from workbench.sandbox.faults import DENIED, THROTTLE, UNAVAILABLE, Cut, Rule, Silence
from workbench.services.matrix import MatrixService
from workbench.services.spending import SpendingService

NOVA = ModelRef(ModelKind.BEDROCK, "Lite", "amazon.nova-lite-v1:0", region="us-east-1")
MICRO = dataclasses.replace(NOVA, name="Micro", path="amazon.nova-micro-v1:0")
OPERATION = "ConverseStream"


@dataclasses.dataclass
class Wire:
    """A matrix service whose calls go over real HTTP."""

    bench: Bench
    sandbox: Sandbox
    matrix: MatrixService
    spending: SpendingService

    @property
    def requests(self) -> int:
        return sum(c.operation == OPERATION for c in self.sandbox.recorder.calls)

    def trials(self, matrix_id: int) -> list[Trial]:
        store = self.bench.services.projects.store
        ids = [view.trial_id for view in self.matrix.cells(matrix_id)]
        return list(store.trials.page([found for found in ids if found]))

    def states(self, matrix_id: int) -> list[CellState]:
        return [view.state for view in self.matrix.cells(matrix_id)]


@pytest.fixture
def wire(bench: Bench) -> Iterator[Wire]:
    services = bench.services
    with Sandbox() as sandbox:
        keys = sandbox.credentials
        sessions = Sessions()
        sessions.use_practice(
            sandbox.endpoint,
            StaticCredentials(keys.access_key_id, keys.secret_access_key),
        )
        connection = AwsConnection(region="us-east-1", endpoint=sandbox.endpoint)
        patience = Timeouts(connect=2.0, read=2.0)
        generator = BedrockGenerator(
            sessions,
            lambda: connection,
            Options(streaming=patience, next_step=at_once),
        )
        spending = SpendingService(services.projects, OnePrice())
        matrix = MatrixService(
            services.projects,
            generator,
            services.jobs,
            services.events,
            spending,
            at_once,
        )
        yield Wire(bench, sandbox, matrix, spending)
        matrix.stop_all_now()
        generator.close()


def test_answers_are_stored_with_what_they_cost(wire: Wire) -> None:
    started = wire.matrix.start(wanted(10, models=(NOVA, MICRO)))
    started.job.future.result(30)
    trials = wire.trials(started.matrix_id)
    assert len(trials) == wire.requests == 20
    for trial in trials:
        outcome = trial.outcome
        assert outcome.status is TrialStatus.SUCCEEDED
        assert outcome.cost_basis is CostBasis.MEASURED
        assert outcome.input_tokens is not None
        assert outcome.output_tokens is not None
        assert outcome.cost == outcome.input_tokens + outcome.output_tokens
        assert outcome.price_date == "2026-11"
        assert outcome.request_id
    total = sum(trial.outcome.cost or 0 for trial in trials)
    assert wire.spending.spent().amount == total
    again = wire.matrix.start(wanted(10, models=(NOVA, MICRO)))
    again.job.future.result(30)
    assert wire.requests == 20


def test_throttling_and_outages_cost_no_answer_and_no_money(wire: Wire) -> None:
    wire.sandbox.faults.add(
        Rule(THROTTLE, OPERATION, count=6),
        Rule(UNAVAILABLE, OPERATION, first=4, count=3),
    )
    started = wire.matrix.start(wanted(12, models=(NOVA,)))
    started.job.future.result(30)
    assert wire.states(started.matrix_id) == [CellState.ANSWERED] * 12
    trials = wire.trials(started.matrix_id)
    assert sum(trial.outcome.attempts for trial in trials) == wire.requests > 12
    total = sum(trial.outcome.cost or 0 for trial in trials)
    assert wire.spending.spent().amount == total


def test_a_stream_that_breaks_is_not_asked_for_again(wire: Wire) -> None:
    wire.sandbox.faults.add(Rule(Cut(frames=4), OPERATION, first=2))
    started = wire.matrix.start(wanted(4, models=(NOVA,)))
    started.job.future.result(30)
    assert wire.requests == 4
    lost = [
        trial
        for trial in wire.trials(started.matrix_id)
        if trial.outcome.status is TrialStatus.FAILED
    ]
    assert len(lost) == 1
    assert lost[0].outcome.error_code == "aws.lost"
    assert lost[0].outcome.output
    assert lost[0].outcome.cost_basis is CostBasis.WORST_CASE


def test_a_denied_model_is_halted(wire: Wire) -> None:
    wire.sandbox.faults.add(Rule(DENIED, OPERATION, MICRO.path, count=0))
    started = wire.matrix.start(wanted(80, models=(NOVA, MICRO)))
    with pytest.raises(RemoteFailure) as caught:
        started.job.future.result(60)
    assert caught.value.kind is FailureKind.DENIED
    states = wire.states(started.matrix_id)
    assert states[::2] == [CellState.ANSWERED] * 80
    assert CellState.OPEN in states[1::2]
    assert wire.requests < 160


def test_stop_now_is_obeyed_while_the_server_is_silent(wire: Wire) -> None:
    wire.sandbox.faults.add(Rule(Silence(frames=4), OPERATION, count=0))
    started = wire.matrix.start(wanted(3, models=(NOVA,)))
    for number in range(1, 4):
        _until_sent(wire, number)
    wire.matrix.stop(started.matrix_id, now=True)
    with pytest.raises(CancelledError):
        started.job.future.result(1)
    trials = wire.trials(started.matrix_id)
    assert {trial.outcome.status for trial in trials} == {TrialStatus.CANCELLED}
    wire.sandbox.faults.clear()
    wire.matrix.resume(started.matrix_id).job.future.result(30)
    assert wire.states(started.matrix_id) == [CellState.ANSWERED] * 3


def _until_sent(wire: Wire, number: int) -> None:
    from tests.e2e.processes import wait_for

    wait_for(f"request {number}", lambda: wire.requests >= number)
