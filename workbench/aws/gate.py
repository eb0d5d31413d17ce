"""How many calls of one model run at once, shared by all that call it."""

import contextlib
import threading
from collections.abc import Iterator

from workbench.domain.generation import StopSignal
from workbench.domain.remote import MOST_AT_ONCE, AdaptiveLimit


class Gate:
    """Lets as many calls of one model pass as its adaptive limit allows."""

    def __init__(self, most: int = MOST_AT_ONCE) -> None:
        """Start with all `most` calls allowed; throttling lowers it."""
        self._limit = AdaptiveLimit(most, most)
        self._running = 0
        # Guards both: calls end and begin on many threads.
        self._changed = threading.Condition()

    @property
    def limit(self) -> int:
        """Calls that may run at once now."""
        with self._changed:
            return self._limit.value

    @contextlib.contextmanager
    def passing(self, stop: StopSignal) -> Iterator[int]:
        """Wait for a place and keep it meanwhile; gives the round for `throttled`.

        Raises:
            CancelledError: somebody asked to stop.
        """
        stop.on_set(self._wake)
        try:
            with self._changed:
                self._changed.wait_for(
                    lambda: stop.is_set() or self._running < self._limit.value
                )
                stop.check()
                self._running += 1
                began_in = self._limit.round
        finally:
            stop.forget(self._wake)
        try:
            yield began_in
        finally:
            with self._changed:
                self._running -= 1
                self._changed.notify()

    def succeeded(self) -> None:
        """Tell that a call went well."""
        with self._changed:
            self._limit.succeeded()
            self._changed.notify()

    def throttled(self, began_in: int) -> None:
        """Tell that a call was throttled; `began_in` is what `passing` gave."""
        with self._changed:
            self._limit.throttled(began_in)

    def _wake(self) -> None:
        with self._changed:
            self._changed.notify_all()


class Gates:
    """A gate for each model."""

    def __init__(self, most: int = MOST_AT_ONCE) -> None:
        """Allow at most this many calls of one model at once."""
        self._most = most
        self._gates: dict[str, Gate] = {}
        self._lock = threading.Lock()

    def of(self, key: str) -> Gate:
        """Return the gate of a model, by the model's key."""
        with self._lock:
            return self._gates.setdefault(key, Gate(self._most))
