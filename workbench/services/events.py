"""What services tell the world: frozen events on one bus.

Observers run on the thread that publishes. The window has a single observer, its
bridge, which re-emits events as Qt signals on the main thread.
"""

import dataclasses
import threading
from collections.abc import Callable

from workbench.domain.changes import ChangeSet
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


Event = (
    Changed
    | JobChanged
    | TokenArrived
    | TrialFinished
    | RunProgressed
    | ProjectOpened
    | ProjectClosed
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
