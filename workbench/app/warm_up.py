"""Loads the model before its first question, a little after a project was opened."""

import logging
import threading
from typing import Protocol

from workbench.domain.errors import WorkbenchError
from workbench.domain.models import ModelRef
from workbench.services.events import Event, ProjectOpened

_log = logging.getLogger(__name__)
_DELAY_SECONDS = 1.5
"""The window has drawn itself and its pages by then."""
_JOIN_SECONDS = 0.2


class Warmable(Protocol):
    """A generator whose first load can be had in advance."""

    @property
    def is_running(self) -> bool:
        """True while there is a worker process."""

    def is_available(self) -> bool:
        """Tell whether a worker can be started."""

    def warm_up(self, model: ModelRef) -> None:
        """Load a model; blocks the calling thread."""


class WarmUp:
    """Hides the seconds of the first load; nobody sees it work or fail.

    It is no job: there is nothing to watch, and closing the generator ends it.
    """

    def __init__(
        self, generator: Warmable, model: ModelRef, delay: float = _DELAY_SECONDS
    ) -> None:
        """Wait for a project.

        Args:
            generator: loads.
            model: what to load; its libraries are those of every model.
            delay: seconds after a project was opened.
        """
        self._generator = generator
        self._model = model
        self._delay = delay
        self._timer: threading.Timer | None = None

    def on_event(self, event: Event) -> None:
        """Begin to wait when a project was opened."""
        if isinstance(event, ProjectOpened):
            self.cancel()
            self._timer = threading.Timer(self._delay, self._load)
            self._timer.daemon = True
            self._timer.name = "warm-up"
            self._timer.start()

    def cancel(self) -> None:
        """Load nothing any more; what loads already goes on unless it is closed."""
        timer, self._timer = self._timer, None
        if timer is not None:
            timer.cancel()
            timer.join(_JOIN_SECONDS)

    def _load(self) -> None:
        # A worker that runs holds the model of somebody's question: leave it there.
        if self._generator.is_running or not self._generator.is_available():
            return
        try:
            self._generator.warm_up(self._model)
        except WorkbenchError as error:
            _log.info("the model was not loaded in advance: %s", error)
