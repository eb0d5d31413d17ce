"""The real program with a pair of hands: mouse and key events only, read by eye."""

import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QTextEdit,
    QWidget,
)

from workbench.app.tour.driver import Driver, W
from workbench.app.window import Program
from workbench.ui.shell.heartbeat import Heartbeat

HEAVY = ("torch", "transformers", "peft", "trl", "datasets")
CONTROL = Qt.KeyboardModifier.ControlModifier
WORKER = 120.0
UPDATES = "60"
"""Of a training run: long enough to be found again, short enough for a test."""


class Hands:
    """Drives one window from its real start to its real end."""

    def __init__(self, arguments: Sequence[str]) -> None:
        self.program = Program(arguments)
        self.window = self.program.window
        heartbeat = Heartbeat()
        heartbeat.stop()
        self.driver = Driver(heartbeat, Path(tempfile.gettempdir()))
        self._work: Callable[[], None] | None = None

    def run(self, work: Callable[[], None]) -> int:
        """Start as always, do this in the open window, and leave."""
        self._work = work
        QTimer.singleShot(0, self._drive)
        return self.program.run()

    def _drive(self) -> None:
        assert self._work is not None
        # Shortcuts reach the active window only, and offscreen nobody else makes it so.
        self.window.activateWindow()
        self._work()

    # ------------------------------------------------------------ looking

    def texts(self) -> list[str]:
        """Return every text that stands in the window now."""
        labels = [w.text() for w in self._visible(QLabel) if w.text()]
        return labels + [w.text() for w in self._visible(QPushButton) if w.text()]

    def reads(self, text: str) -> bool:
        """Tell whether these words stand somewhere in the window."""
        return any(text in shown for shown in self.texts())

    def value(self, name: str) -> str:
        """Return what stands in a field."""
        field = self.driver.see(name, QWidget)
        assert isinstance(field, QPlainTextEdit | QTextEdit)
        return field.toPlainText()

    def rows(self, name: str) -> list[str]:
        """Return the rows of a list as a screen reader would say them."""
        if not self.driver.is_seen(name):
            return []
        model = self.driver.see(name, QAbstractItemView).model()
        role = Qt.ItemDataRole.AccessibleTextRole
        return [str(model.index(i, 0).data(role)) for i in range(model.rowCount())]

    def is_checked(self, name: str) -> bool:
        """Tell whether a switch is on."""
        found = [b for b in self._visible(QPushButton) if b.accessibleName() == name]
        return any(button.isChecked() for button in found)

    def torch_modules(self) -> list[str]:
        """Return the model libraries this process has loaded."""
        return [name for name in HEAVY if name in sys.modules]

    def _visible(self, kind: type[W]) -> list[W]:
        tops = [w for w in QApplication.topLevelWidgets() if w.isVisible()]
        found = [w for top in tops for w in top.findChildren(kind)]
        return [widget for widget in found if widget.isVisible()]

    # ------------------------------------------------------------ doing

    def wait(self, what: str, condition: Callable[[], bool], seconds: float) -> None:
        """Let events run until a condition holds."""
        self.driver.wait(what, condition, seconds)

    def wait_for_title(self) -> None:
        """Wait until the window names its project."""
        self.wait("the title", lambda: " – " in self.window.windowTitle(), 30)

    def wait_for_lab(self) -> None:
        """Wait until the project's prompt stands in the Lab."""
        self.wait("the prompt", self._has_prompt, 30)
        self.wait_for_title()

    def _has_prompt(self) -> bool:
        seen = self.driver.is_seen("Role and rules")
        return seen and bool(self.value("Role and rules"))

    def go(self, page: str) -> None:
        """Show a page by its button in the rail; the title has the same name."""
        # Before the project is open its pages cannot be shown.
        self.wait_for_title()
        button = self.driver.see(page, QPushButton, 30)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def check_and_start_training(self) -> None:
        """Check the rows of the first dataset and start a short run."""
        self.go("Tune")
        self.wait("the plan or a run", lambda: self.tune_is_there(), 30)
        if not self.driver.is_seen("Check before start"):
            self.driver.click("New run")
        self.driver.click("Quick")
        if not self.driver.is_seen("At least so many updates"):
            self.driver.click("Details of the training")
        self.driver.type_into("At least so many updates", UPDATES)
        self.driver.press(Qt.Key.Key_Return, on="At least so many updates")
        self.driver.click("Check before start")
        self.driver.click("Start training", WORKER)
        self.wait("the run in the list", lambda: self._newest_is("training"), WORKER)

    def tune_is_there(self) -> bool:
        names = ("Check before start", "New run")
        return any(self.driver.is_seen(name) for name in names)

    def _newest_is(self, state: str) -> bool:
        rows = self.rows("Runs")
        return bool(rows) and state in rows[0]
