"""What services tell the world: frozen events on one bus.

Observers run on the thread that publishes. The window has a single observer, its
bridge, which re-emits events as Qt signals on the main thread.
"""

import dataclasses
import threading
from collections.abc import Callable

from workbench.domain.changes import ChangeSet
from workbench.domain.connections import AwsState
from workbench.domain.jobs import JobSnapshot, JobState
from workbench.domain.tuning import Progress


@dataclasses.dataclass(frozen=True, slots=True)
class Changed:
    """A write changed records of the open project."""

    changes: ChangeSet


@dataclasses.dataclass(frozen=True, slots=True)
class JobChanged:
    """A job moved on."""

    job: JobSnapshot


@dataclasses.dataclass(frozen=True, slots=True)
class TokenArrived:
    """Text of a streaming answer arrived."""

    trial_id: int
    text: str


@dataclasses.dataclass(frozen=True, slots=True)
class TrialFinished:
    """A trial ended, well or not; its row is complete."""

    trial_id: int


@dataclasses.dataclass(frozen=True, slots=True)
class RunProgressed:
    """A fine-tuning run moved on."""

    run_id: int
    state: JobState
    progress: Progress


@dataclasses.dataclass(frozen=True, slots=True)
class ProjectOpened:
    """A project is open; everything shown must be read anew."""


@dataclasses.dataclass(frozen=True, slots=True)
class ProjectClosed:
    """No project is open."""


@dataclasses.dataclass(frozen=True, slots=True)
class IdentityChanged:
    """Who is asking AWS, or whether anybody does, is another than before."""

    state: AwsState


@dataclasses.dataclass(frozen=True, slots=True)
class SignInSaid:
    """The command that signs in has said something: an address, a code to type."""

    text: str


@dataclasses.dataclass(frozen=True, slots=True)
class ModelsChanged:
    """The list of models that can be chosen is another than before."""


@dataclasses.dataclass(frozen=True, slots=True)
class CellMoved:
    """A cell of a matrix moved on; as small as can be, because thousands do.

    Attributes:
        position: its compact id within the matrix.
        state: value of `matrices.CellState`.
        trial_id: the trial it is about, 0 when there is none.
        retried: True when it will be asked again by itself.
    """

    position: int
    state: str
    trial_id: int = 0
    retried: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class MatrixMoved:
    """A matrix moved on; told some ten times a second at most, not for each cell.

    Attributes:
        cells: those that moved since it was told last, each with its latest state.
        in_flight: calls that are being made.
        missing: cells without an answer.
        halted: error codes by the key of models that are asked no more in this run.
    """

    matrix_id: int
    state: JobState
    cells: tuple[CellMoved, ...]
    in_flight: int
    missing: int
    halted: tuple[tuple[str, str], ...] = ()


Event = (
    Changed
    | JobChanged
    | TokenArrived
    | TrialFinished
    | RunProgressed
    | ProjectOpened
    | ProjectClosed
    | IdentityChanged
    | SignInSaid
    | ModelsChanged
    | MatrixMoved
)
Observer = Callable[[Event], None]


class EventBus:
    """Hands events to observers in the order they were subscribed."""

    def __init__(self) -> None:
        """Start without observers."""
        self._observers: tuple[Observer, ...] = ()
        # Subscribing from two threads at once must not lose one of them.
        self._lock = threading.Lock()

    def subscribe(self, observer: Observer) -> Callable[[], None]:
        """Add an observer and return the function that removes it."""
        with self._lock:
            self._observers = (*self._observers, observer)

        def unsubscribe() -> None:
            with self._lock:
                self._observers = tuple(o for o in self._observers if o != observer)

        return unsubscribe

    def publish(self, event: Event) -> None:
        """Hand an event to every observer."""
        for observer in self._observers:
            observer(event)

    def changed(self, changes: ChangeSet) -> None:
        """Publish a change set, unless it is empty."""
        if changes.ids:
            self.publish(Changed(changes))
