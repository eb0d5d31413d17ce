"""What every page is given: services, bridge, look, and the window's help."""

import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject

from workbench.domain.errors import WorkbenchError
from workbench.services.application import Services
from workbench.ui.shell.bridge import Bridge
from workbench.ui.shell.theme import Theme


class Navigator(Protocol):
    """Goes from page to page."""

    def go(self, page: str, **target: object) -> None:
        """Show a page; `target` says what on it, e.g. ``go("lab", adapter=ulid)``."""


class Host(Navigator, Protocol):
    """What the window does for its pages."""

    def notify(self, text: str) -> None:
        """Show a short sentence in the status line for some seconds."""

    def set_dirty(self, editor: QObject, dirty: bool) -> None:
        """Take in whether an editor holds something that is not saved yet."""

    def show_error(self, error: WorkbenchError) -> None:
        """Show what happened and what to do, until it is put away."""

    def command(self, name: str) -> None:
        """Do what a menu entry does, by name (``new``, ``open``, ``sample``)."""

    def set_language(self, language: str) -> None:
        """Show the window in ``en``, ``ja`` or as the ``system``; remembered."""

    def set_theme(self, mode: str) -> None:
        """Show the window ``light``, ``dark`` or as the ``system``; remembered."""

    def open_project(self, path: Path) -> None:
        """Open a project file in place of the one that is open."""

    def ask(
        self,
        question: str,
        *,
        accept: str,
        accepted: Callable[[], object],
        explanation: str = "",
    ) -> None:
        """Ask before something that cannot be taken back.

        Args:
            question: one translated sentence.
            accept: label of the button that says what will be done.
            accepted: bound method that is called when that button was pressed.
            explanation: what is kept and what is lost.
        """


@dataclasses.dataclass(frozen=True, slots=True)
class Context:
    """The surroundings of a page."""

    services: Services
    bridge: Bridge
    theme: Theme
    host: Host

    def go(self, page: str, **target: object) -> None:
        """Show a page."""
        self.host.go(page, **target)

    def notify(self, text: str) -> None:
        """Show a short sentence in the status line for some seconds."""
        self.host.notify(text)

    def set_dirty(self, editor: QObject, dirty: bool) -> None:
        """Tell whether an editor holds something that is not saved yet."""
        self.host.set_dirty(editor, dirty)

    def ask(
        self,
        question: str,
        *,
        accept: str,
        accepted: Callable[[], object],
        explanation: str = "",
    ) -> None:
        """Ask before something that cannot be taken back; see `Host.ask`."""
        self.host.ask(
            question, accept=accept, accepted=accepted, explanation=explanation
        )
