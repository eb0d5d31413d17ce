"""The menu on the project's name: everything that is about the window or the file."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QMenu, QWidget

from workbench.services.projects import RecentProject
from workbench.ui.shell.commands import Commands
from workbench.ui.shell.weak import weak_slot

_SECTIONS = (
    ("new", "own", "open", "recent", "sample"),
    ("undo", "redo"),
    ("card", "save_copy", "close_project"),
    ("settings", "appearance", "language"),
    ("guide", "keys", "report", "about_model", "about"),
    ("quit",),
)


class ProjectMenu(QMenu):
    """Lists the commands in sections, with the recent projects as a submenu."""

    recent_chosen = Signal(object)  # Path

    def __init__(self, commands: Commands, parent: QWidget | None = None) -> None:
        """Fill the menu."""
        super().__init__(parent)
        self._commands = commands
        self._submenus = {
            "recent": QMenu(self),
            "appearance": QMenu(self),
            "language": QMenu(self),
        }
        for name in ("theme_system", "theme_light", "theme_dark"):
            self._submenus["appearance"].addAction(commands[name])
        for name in ("language_en", "language_ja"):
            self._submenus["language"].addAction(commands[name])
        for section in _SECTIONS:
            for name in section:
                submenu = self._submenus.get(name)
                if submenu is not None:
                    self.addMenu(submenu)
                else:
                    self.addAction(commands[name])
            self.addSeparator()
        self._retranslate()

    def set_recent(self, recent: Sequence[RecentProject]) -> None:
        """List the projects that were open before."""
        menu = self._submenus["recent"]
        menu.clear()
        for project in recent:
            action = menu.addAction(project.name.replace("&", "&&"))
            action.setEnabled(project.exists)
            action.triggered.connect(weak_slot(self._choose, project.path))
        menu.setEnabled(bool(recent))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "_submenus"):
            self._retranslate()

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Project menu"))
        self._submenus["recent"].setTitle(self.tr("Open recent"))
        self._submenus["appearance"].setTitle(self.tr("Appearance"))
        self._submenus["language"].setTitle(self.tr("Language"))

    def _choose(self, path: Path, checked: bool = False) -> None:
        del checked
        self.recent_chosen.emit(path)
