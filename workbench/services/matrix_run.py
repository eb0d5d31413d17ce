"""One run of a matrix: a scheduler, and a thread for each call that is being made.

The scheduler alone decides: it begins as many calls of each model as the model's
adaptive limit allows, after their trials and their worst cases are kept, and hears how
they ended. A call's thread completes its trial itself, so that an answer that arrived
is stored at once. Models on this computer are asked through their batch path, one at a
time.

Whatever ends the run early, calls that are being made are waited for. A model that
cannot answer at all (access denied, signed out ...) is halted, the others go on.
"""

import contextlib
import dataclasses
import threading
import time
from collections.abc import Callable, Sequence

from workbench.domain.answers import parted_answer
from workbench.domain.errors import (
    CancelledError,
    EnvironmentFault,
    InputError,
    WorkbenchError,
)
from workbench.domain.generation import Generation, GenerationRequest, StopSignal
from workbench.domain.jobs import JobState
from workbench.domain.matrices import CellState, Matrix, cell_state
from workbench.domain.ports import ProjectStore, TextGenerator
from workbench.domain.remote import (
    FailureKind,
    RemoteFailure,
    Retry,
    Step,
    next_step,
)
from workbench.domain.spending import CapReached, Reservation
from workbench.domain.trials import NewTrial, TrialStatus
from workbench.services.asking import ask as ask_model
from workbench.services.asking import failed, settled
from workbench.services.events import EventBus
from workbench.services.jobs import JobContext
from workbench.services.matrix_lanes import (
    NO_ANSWER,
    Ask,
    Call,
    Calls,
    Ended,
    Inbox,
    Lane,
    Retries,
    Todo,
    lanes_of,
)
from workbench.services.matrix_told import Teller
from workbench.services.spending import SpendingService

_OF_CELL = ("prompt.", "files.")
NextStep = Callable[[FailureKind, int, bool], Step]


@dataclasses.dataclass(frozen=True, slots=True)
class Tools:
    """What a run works with."""

    generator: TextGenerator
    spending: SpendingService
    events: EventBus
    next_step: NextStep = next_step


class MatrixRun:
    """Asks what is missing in a matrix; `run` belongs to one thread."""

    def __init__(
        self, tools: Tools, store: ProjectStore, matrix: Matrix, todo: Todo
    ) -> None:
        """Ask nothing yet."""
        self._tools = tools
        self._store = store
        self._matrix = matrix
        self._todo = todo
        self._calls = Calls(store, matrix)
        self._lanes = lanes_of(matrix.models, todo.asks)
        self._retries = Retries()
        self._inbox = Inbox()
        # Set by whoever wants calls to be cut off; no call is cut off without it.
        self._cut = StopSignal()
        self._stopping = threading.Event()
        self._unsaved: list[Ended] = []
        self._teller = Teller(tools.events, matrix.id, todo.cells)

    def stop(self, *, now: bool = False) -> None:
        """Begin no further call; any thread may ask.

        Args:
            now: also cut off the calls that are being made; what arrived is kept.
        """
        self._stopping.set()
        if now:
            self._cut.set()
        self._inbox.wake()

    def run(self, context: JobContext) -> None:
        """Ask until nothing can be asked any more.

        Raises:
            CancelledError: it was stopped before everything was asked.
            WorkbenchError: it ended early: a cap, a model that cannot answer, a disk
                that is full.
        """
        context.stop.on_set(self.stop)
        state = JobState.FAILED
        try:
            self._serve(context)
            error = self._why_early()
            state = _ended_as(error)
        except BaseException:
            self._wait_for_calls()
            raise
        finally:
            context.stop.forget(self.stop)
            self._keep_state(state)
            self._teller.tell(state, self._lanes)
        if error is not None:
            raise error

    def _keep_state(self, state: JobState) -> None:
        # A project that was closed, or a full disk, keeps the matrix as running: it is
        # LOST when the project is opened again, and can be resumed.
        with contextlib.suppress(EnvironmentFault):
            changes = self._store.matrices.set_state(self._matrix.id, state)
            self._tools.events.changed(changes)

    def _serve(self, context: JobContext) -> None:
        while True:
            self._retries.release(time.monotonic())
            if not self._stopping.is_set():
                self._begin_all()
            is_over = not self._running and not self._may_go_on()
            self._tell(context, at_once=is_over)
            if is_over:
                break
            for ended in self._inbox.take(self._patience()):
                self._take(ended)
        self._save_again()

    @property
    def _running(self) -> int:
        return sum(lane.running for lane in self._lanes)

    def _may_go_on(self) -> bool:
        if self._stopping.is_set():
            return False
        return bool(self._retries) or any(lane.can_begin for lane in self._lanes)

    def _patience(self) -> float | None:
        """Return how long to wait: for the next retry, or to tell what moved."""
        due = None if self._stopping.is_set() else self._retries.next_due()
        moments = [m for m in (due, self._teller.due()) if m is not None]
        return max(0.0, min(moments) - time.monotonic()) if moments else None

    def _tell(self, context: JobContext, *, at_once: bool) -> None:
        stops = self._stopping.is_set()
        state = JobState.CANCELLING if stops else JobState.RUNNING
        if at_once or self._teller.is_due(state):
            self._teller.tell(state, self._lanes)
            done = self._teller.total - self._teller.missing
            context.progress(done, self._teller.total)

    # ------------------------------------------------------------ beginning

    def _begin_all(self) -> None:
        """Begin what the limits allow; one durable transaction for all of it."""
        here_is_busy = any(lane.is_here and lane.running for lane in self._lanes)
        picked: list[tuple[Lane, list[_Prepared]]] = []
        for lane in self._lanes:
            if lane.is_here and here_is_busy:
                continue
            prepared = self._prepare(lane)
            if prepared:
                here_is_busy = here_is_busy or lane.is_here
                picked.append((lane, prepared))
        if picked:
            self._keep_and_start(picked)

    def _prepare(self, lane: Lane) -> "list[_Prepared]":
        prepared: list[_Prepared] = []
        while lane.can_begin:
            ask = lane.waiting[0]
            request = self._calls.request(ask.cell)
            try:
                reserved = self._tools.spending.reserve(
                    self._store, request, self._run_key, self._matrix.cap
                )
            except CapReached as error:
                lane.blocked = error
                break
            lane.waiting.popleft()
            lane.running += 1
            trial = self._calls.trial(ask, request)
            prepared.append(_Prepared(ask, trial, request, reserved))
        return prepared

    def _keep_and_start(self, picked: "list[tuple[Lane, list[_Prepared]]]") -> None:
        rows = [(each.trial, each.reserved) for _, many in picked for each in many]
        try:
            ids = iter(self._store.trials.start_many(rows))
        except BaseException:
            for lane, many in picked:
                lane.running -= len(many)
            for _, reserved in rows:
                self._tools.spending.release(self._store, reserved)
            raise
        for lane, many in picked:
            began_in = lane.limit.round
            calls = [
                Call(each.ask, next(ids), each.request, each.reserved, began_in)
                for each in many
            ]
            for call in calls:
                self._teller.moved(call.ask.cell, CellState.RUNNING, call.trial_id)
            if lane.is_here:
                _start(self._answer_batch, lane, calls)
            else:
                for call in calls:
                    _start(self._answer, lane, call)

    # ------------------------------------------------------------ on the calls' threads

    def _answer(self, lane: Lane, call: Call) -> None:
        answer, failure = ask_model(
            self._tools.generator, call.request, _ignore, self._cut
        )
        self._complete(lane, call, answer, failure)

    def _answer_batch(self, lane: Lane, calls: Sequence[Call]) -> None:
        left = dict(enumerate(calls))

        def take(index: int, answer: Generation) -> None:
            self._complete(lane, left.pop(index), answer, None)

        failure: Exception | None = None
        try:
            self._tools.generator.generate_batch(
                [call.request for call in calls], take, self._cut
            )
        except Exception as error:  # noqa: BLE001 - kept with the trials it ended
            failure = error
        for call in left.values():
            stopped = failure is None or isinstance(failure, CancelledError)
            answer = NO_ANSWER if stopped or failure is None else failed(failure)
            self._complete(lane, call, answer, failure)

    def _complete(
        self, lane: Lane, call: Call, answer: Generation, failure: Exception | None
    ) -> None:
        """Complete the trial at once: the answer was paid for."""
        thinking = self._calls.spec(call.ask.cell).thinking
        answer = parted_answer(answer, thinking)
        thinking = self._calls.spec(call.ask.cell).thinking
        answer = parted_answer(answer, thinking)
        asked = settled(
            self._tools.spending, self._store, call.reservation, answer, failure
        )
        unsaved: Exception | None = None
        try:
            self._store.trials.finish(call.trial_id, asked.outcome)
        except Exception as error:  # noqa: BLE001 - the scheduler ends the run with it
            unsaved = error
        self._inbox.put(Ended(lane, call, asked.outcome, failure, unsaved))

    # ------------------------------------------------------------ hearing

    def _take(self, ended: Ended) -> None:
        """Note how a call ended, and decide what follows."""
        lane, cell = ended.lane, ended.call.ask.cell
        lane.running -= 1
        for each in self._lanes:
            each.blocked = None
        if ended.unsaved is not None:
            self._unsaved.append(ended)
            self._stopping.set()
            return
        status = ended.outcome.status
        follows = status is TrialStatus.FAILED and self._after_failure(ended)
        state = cell_state(status)
        self._teller.moved(cell, state, ended.call.trial_id, retried=follows)
        if status is TrialStatus.SUCCEEDED:
            self._succeeded(ended)

    def _succeeded(self, ended: Ended) -> None:
        limit, position = ended.lane.limit, ended.call.ask.cell.position
        if ended.outcome.attempts > 1:
            # The adapter was held off and came through: ask it less at once.
            limit.throttled(ended.call.began_in)
        else:
            limit.succeeded()
        followers = self._todo.followers.get(position, ())
        if followers:
            trial_id = ended.call.trial_id
            links = dict.fromkeys(followers, trial_id)
            self._store.matrices.link(self._matrix.id, links)
            self._teller.linked(followers, trial_id)

    def _after_failure(self, ended: Ended) -> bool:
        """Return whether the cell will be asked again by itself."""
        failure, lane, ask = ended.failure, ended.lane, ended.call.ask
        if not isinstance(failure, RemoteFailure):
            if failure is not None and not _is_of_cell(failure):
                lane.halted = failure
            return False
        if failure.kind is FailureKind.THROTTLED:
            lane.limit.throttled(ended.call.began_in)
        attempts = ask.attempts + failure.attempts
        # One policy: an adapter that went through with it leaves no attempt here.
        step = self._tools.next_step(failure.kind, attempts, failure.billable)
        if isinstance(step, Retry) and not self._stopping.is_set():
            again = Ask(ask.cell, attempts, ended.call.trial_id)
            self._retries.add(time.monotonic() + step.after, lane, again)
            return True
        if failure.kind.is_for_all:
            lane.halted = failure
        return False

    # ------------------------------------------------------------ ending

    def _why_early(self) -> Exception | None:
        if self._unsaved:
            return self._unsaved[0].unsaved
        halted = [lane.halted for lane in self._lanes if lane.halted]
        if halted:
            return halted[0]
        blocked = [lane.blocked for lane in self._lanes if lane.blocked]
        if blocked:
            return blocked[0]
        left = self._retries or any(lane.waiting for lane in self._lanes)
        was_cut = self._cut.is_set() and self._teller.missing
        return CancelledError() if left or was_cut else None

    def _save_again(self) -> None:
        """Try once more to keep what a full disk or the like refused."""
        kept: list[Ended] = []
        for ended in self._unsaved:
            try:
                self._store.trials.finish(ended.call.trial_id, ended.outcome)
            except WorkbenchError:
                continue
            kept.append(ended)
        for ended in kept:
            state = cell_state(ended.outcome.status)
            self._teller.moved(ended.call.ask.cell, state, ended.call.trial_id)

    def _wait_for_calls(self) -> None:
        """After a fault of our own: what was begun must still be kept."""
        self._stopping.set()
        while self._running:
            for ended in self._inbox.take(None):
                ended.lane.running -= 1
                state = cell_state(ended.outcome.status)
                self._teller.moved(ended.call.ask.cell, state, ended.call.trial_id)

    @property
    def _run_key(self) -> str:
        return f"matrix:{self._matrix.id}"


@dataclasses.dataclass(frozen=True, slots=True)
class _Prepared:
    """A cell whose trial and call are ready to be kept."""

    ask: Ask
    trial: NewTrial
    request: GenerationRequest
    reserved: Reservation | None


def _is_of_cell(failure: Exception) -> bool:
    """Tell whether a failure is of what was sent; all others are the model's."""
    return isinstance(failure, InputError) and failure.code.startswith(_OF_CELL)


def _ended_as(error: Exception | None) -> JobState:
    if error is None:
        return JobState.SUCCEEDED
    if isinstance(error, CancelledError):
        return JobState.CANCELLED
    return JobState.FAILED


def _start(work: Callable[..., None], *args: object) -> None:
    threading.Thread(target=work, args=args, name="matrix-call", daemon=True).start()


def _ignore(_text: str) -> None:
    """Answers of a matrix are not watched while they are written."""
