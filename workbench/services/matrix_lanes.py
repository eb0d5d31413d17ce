"""What a running matrix knows of each model: what waits, what runs, how much."""

import collections
import dataclasses
import heapq
import itertools
import queue
from collections.abc import Iterable, Mapping, Sequence

from workbench.domain.generation import Generation, GenerationRequest
from workbench.domain.matrices import Matrix
from workbench.domain.matrix import Cell, call_hash
from workbench.domain.models import ModelRef
from workbench.domain.ports import ProjectStore
from workbench.domain.prompts import PromptSpec, render
from workbench.domain.remote import AdaptiveLimit
from workbench.domain.spending import Reservation, runs_here
from workbench.domain.trials import CallOrigin, NewTrial, TrialOutcome

CHUNK = 8
"""Cells a model on this computer gets at a time: a wish to stop waits for so many."""


@dataclasses.dataclass(frozen=True, slots=True)
class Ask:
    """A cell that waits to be asked.

    Attributes:
        attempts: calls that were made for it in this run.
        parent_id: the failed trial that the next one repeats.
    """

    cell: Cell
    attempts: int = 0
    parent_id: int | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Call:
    """A call that is being made, and its trial.

    Attributes:
        began_in: the limit's round when it began.
    """

    ask: Ask
    trial_id: int
    request: GenerationRequest
    reservation: Reservation | None
    began_in: int


@dataclasses.dataclass(frozen=True, slots=True)
class Ended:
    """How a call ended; its trial is complete unless `unsaved` says why not."""

    lane: "Lane"
    call: Call
    outcome: TrialOutcome
    failure: Exception | None = None
    unsaved: Exception | None = None


@dataclasses.dataclass(slots=True)
class Lane:
    """One model in a running matrix.

    Attributes:
        halted: why it is asked no more in this run.
        blocked: the cap its next call would pass; another call that costs less than
            was reserved for it may make room.
    """

    model: ModelRef
    limit: AdaptiveLimit = dataclasses.field(default_factory=AdaptiveLimit)
    waiting: collections.deque[Ask] = dataclasses.field(
        default_factory=collections.deque
    )
    running: int = 0
    halted: Exception | None = None
    blocked: Exception | None = None

    @property
    def is_here(self) -> bool:
        """Whether it runs on this computer, where one model at a time does."""
        return runs_here(self.model)

    @property
    def can_begin(self) -> bool:
        """Whether a further call may begin now."""
        most = CHUNK if self.is_here else self.limit.value
        return (
            bool(self.waiting)
            and self.halted is None
            and self.blocked is None
            and self.running < most
        )


class Retries:
    """Cells that are asked again after a wait, soonest first."""

    def __init__(self) -> None:
        """Start without any."""
        self._heap: list[tuple[float, int, Lane, Ask]] = []
        self._count = itertools.count()

    def __len__(self) -> int:
        """Return how many wait."""
        return len(self._heap)

    def add(self, due: float, lane: Lane, ask: Ask) -> None:
        """Wait until a moment of the monotonic clock."""
        heapq.heappush(self._heap, (due, next(self._count), lane, ask))

    def next_due(self) -> float | None:
        """Return the moment when the next one is due."""
        return self._heap[0][0] if self._heap else None

    def release(self, now: float) -> None:
        """Put what is due in front of what waits in its lane."""
        while self._heap and self._heap[0][0] <= now:
            _, _, lane, ask = heapq.heappop(self._heap)
            lane.waiting.appendleft(ask)

    def clear(self) -> None:
        """Ask none of them again."""
        self._heap.clear()


class Calls:
    """Makes the calls of a matrix's cells from what is kept of it."""

    def __init__(self, store: ProjectStore, matrix: Matrix) -> None:
        """Read which version is sent for each cell."""
        self._store = store
        self._matrix = matrix
        self._sent = store.matrices.sent(matrix.id)
        self._specs: dict[int, PromptSpec] = {}

    def hash_of(self, cell: Cell) -> str:
        """Return the identity of a cell's call as it was planned."""
        return self._sent[cell.position][1]

    def spec(self, cell: Cell) -> PromptSpec:
        """Return the version that is sent for a cell."""
        version_id = self._sent[cell.position][0]
        if version_id not in self._specs:
            self._specs[version_id] = self._store.prompts.version(version_id)
        return self._specs[version_id]

    def request(self, cell: Cell) -> GenerationRequest:
        """Return what is sent for a cell."""
        spec = self.spec(cell)
        variables = dict(self._matrix.inputs[cell.input].variables)
        model = self._matrix.models[cell.model]
        return GenerationRequest(model, render(spec, variables), spec.parameters)

    def trial(self, ask: Ask, request: GenerationRequest) -> NewTrial:
        """Return the trial that is kept before a cell is asked."""
        cell = ask.cell
        item = self._matrix.inputs[cell.input]
        identity = call_hash(
            request.model, request.messages, request.parameters, cell.repeat
        )
        return NewTrial(
            prompt_version_id=self._sent[cell.position][0],
            model=request.model,
            variables=item.variables,
            messages=request.messages,
            parameters=request.parameters,
            expected=item.expected,
            example_id=item.example_id,
            origin=CallOrigin(
                identity, cell.repeat, ask.parent_id, self._matrix.id, cell.position
            ),
        )


@dataclasses.dataclass(frozen=True, slots=True)
class Todo:
    """What a run asks.

    Attributes:
        asks: in order.
        followers: positions of cells that share the call of another, by its position.
    """

    asks: tuple[Ask, ...]
    followers: Mapping[int, tuple[int, ...]] = dataclasses.field(default_factory=dict)

    @property
    def cells(self) -> int:
        """Cells that will have an answer when all goes well."""
        return len(self.asks) + sum(map(len, self.followers.values()))


def todo_of(cells: Iterable[tuple[Ask, int | None]]) -> Todo:
    """Return what to ask of cells, each with the position of the one it shares."""
    asks: list[Ask] = []
    followers: dict[int, tuple[int, ...]] = {}
    for ask, same_as in cells:
        if same_as is None:
            asks.append(ask)
        else:
            before = followers.get(same_as, ())
            followers[same_as] = (*before, ask.cell.position)
    return Todo(tuple(asks), followers)


def lanes_of(models: Sequence[ModelRef], asks: Iterable[Ask]) -> list[Lane]:
    """Return a lane for each model with what waits in it."""
    lanes = [Lane(model) for model in models]
    for ask in asks:
        lanes[ask.cell.model].waiting.append(ask)
    return lanes


class Inbox:
    """What worker threads and whoever wants to stop have to tell the scheduler."""

    def __init__(self) -> None:
        """Start empty."""
        self._queue: queue.SimpleQueue[Ended | None] = queue.SimpleQueue()

    def put(self, ended: Ended) -> None:
        """Tell how a call ended."""
        self._queue.put(ended)

    def wake(self) -> None:
        """Have the scheduler look around."""
        self._queue.put(None)

    def take(self, seconds: float | None) -> list[Ended]:
        """Wait this long for something, and take all there is."""
        found: list[Ended] = []
        try:
            first = self._queue.get(timeout=seconds)
            while True:
                if first is not None:
                    found.append(first)
                first = self._queue.get_nowait()
        except queue.Empty:
            return found


NO_ANSWER = Generation("", "cancelled", 0, 0, "", 0.0, 0.0, False)
