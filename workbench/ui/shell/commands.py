"""The window's own commands: one `QAction` each, found by menus, palette and keys."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QWidget

from workbench.ui.shell import translation
from workbench.ui.shell.phrases import phrase_undo

PAGES = ("lab", "data", "tune", "compare", "advise")
_SHORTCUTS = {
    "new": ("Ctrl+N",),
    "open": ("Ctrl+O",),
    "save_copy": ("Ctrl+Shift+S",),
    "undo": ("Ctrl+Z",),
    "redo": ("Ctrl+Shift+Z", "Ctrl+Y"),
    "palette": ("Ctrl+K",),
    "settings": ("Ctrl+,",),
    "keys": ("?", "F1"),
    "quit": ("Ctrl+Q",),
    **{page: (f"Ctrl+{number}",) for number, page in enumerate(PAGES, 1)},
}
# Only these make sense while no project is open.
_ALWAYS = frozenset(
    {
        "new", "own", "open", "sample", "guide", "palette", "settings", "keys",
        "report", "about_model", "about", "quit", "theme_system", "theme_light",
        "theme_dark", "language_en", "language_ja",
    }
)  # fmt: skip


class Commands(QObject):
    """Holds the actions and their words; the window says what they do."""

    def __init__(self, window: QWidget) -> None:
        """Start without actions."""
        super().__init__(window)
        self._window = window
        self._actions: dict[str, QAction] = {}
        self._groups: dict[str, QActionGroup] = {}
        self._undo = ("", 0)
        self._redo = ("", 0)

    def add(
        self, name: str, slot: Callable[..., object], *, group: str = ""
    ) -> QAction:
        """Make an action; actions of one group exclude each other."""
        action = QAction(self._window)
        action.setObjectName(name)
        action.setShortcuts([QKeySequence(k) for k in _SHORTCUTS.get(name, ())])
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.triggered.connect(slot)
        if group:
            action.setCheckable(True)
            members = self._groups.setdefault(group, QActionGroup(self))
            members.addAction(action)
        self._window.addAction(action)
        self._actions[name] = action
        return action

    def __getitem__(self, name: str) -> QAction:
        """Return an action by its name."""
        return self._actions[name]

    def set_project_open(self, is_open: bool) -> None:
        """Switch off what needs a project."""
        for name, action in self._actions.items():
            if name not in _ALWAYS:
                action.setEnabled(is_open)
        self._say_undo()

    def set_undo(self, undo: tuple[str, int], redo: tuple[str, int]) -> None:
        """Say what undo and redo would do, as (code, number of records)."""
        self._undo, self._redo = undo, redo
        self._say_undo()

    def retranslate(self) -> None:
        """Say everything in the current language."""
        for name, text in self._texts().items():
            if name in self._actions:
                self._actions[name].setText(text)
        self._say_undo()

    def _say_undo(self) -> None:
        if "undo" not in self._actions:
            return
        undo, redo = self._actions["undo"], self._actions["redo"]
        undo.setText(
            self._with_step(self.tr("Undo"), self.tr("Undo: {what}"), self._undo)
        )
        redo.setText(
            self._with_step(self.tr("Redo"), self.tr("Redo: {what}"), self._redo)
        )
        undo.setEnabled(bool(self._undo[0]))
        redo.setEnabled(bool(self._redo[0]))

    def _with_step(self, bare: str, full: str, step: tuple[str, int]) -> str:
        label, count = step
        return full.format(what=phrase_undo(label, count)) if label else bare

    def _texts(self) -> dict[str, str]:
        return {
            "lab": self.tr("Lab"),
            "data": self.tr("Data"),
            "tune": self.tr("Tune"),
            "compare": self.tr("Compare"),
            "advise": self.tr("Advise"),
            "new": self.tr("New project…"),
            "own": self.tr("Start with your own examples…"),
            "open": self.tr("Open project…"),
            "sample": self.tr("Open the sample project"),
            "guide": self.tr("Guided tour of the sample project"),
            "save_copy": self.tr("Save a copy…"),
            "card": self.tr("The task of this project…"),
            "close_project": self.tr("Close the project"),
            "settings": self.tr("Settings"),
            "palette": self.tr("Find a command"),
            "keys": self.tr("Keys"),
            "report": self.tr("Problem report…"),
            "about_model": self.tr("About the built-in model"),
            "about": self.tr("About Workbench"),
            "quit": self.tr("Quit"),
            "theme_system": self.tr("Appearance: as the system"),
            "theme_light": self.tr("Appearance: light"),
            "theme_dark": self.tr("Appearance: dark"),
            "language_en": self.tr("Language: {name}").format(
                name=translation.LANGUAGE_NAMES["en"]
            ),
            "language_ja": self.tr("Language: {name}").format(
                name=translation.LANGUAGE_NAMES["ja"]
            ),
        }
