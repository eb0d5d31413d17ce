"""Undo and redo of the open project; the log itself lives in the project file."""

from workbench.domain.undo import UndoState
from workbench.services.events import EventBus
from workbench.services.projects import ProjectService


class UndoService:
    """Takes back and does again."""

    def __init__(self, projects: ProjectService, events: EventBus) -> None:
        """Keep the open project and the bus."""
        self._projects = projects
        self._events = events

    def state(self) -> UndoState:
        """Return what can be undone and redone; nothing when no project is open."""
        return (
            self._projects.store.undo.state() if self._projects.is_open else UndoState()
        )

    def undo(self) -> None:
        """Undo the newest step."""
        self._events.changed(self._projects.store.undo.undo())

    def redo(self) -> None:
        """Redo the step undone last."""
        self._events.changed(self._projects.store.undo.redo())
