"""A person on the guided path: clicks what the ring stands round."""

from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.fakes import Bench
from tests.ui.shell.helpers import find
from workbench.app.tour.driver import Driver
from workbench.domain.prompts import Shot
from workbench.ui.guide.ring import Ring
from workbench.ui.guide.strip import GuideStrip
from workbench.ui.shell.heartbeat import Heartbeat
from workbench.ui.shell.main_window import MainWindow
from workbench.ui.shell.page_stack import PageStack


class Walker:
    """Reads the strip, follows the ring, uses the window by mouse and keys."""

    def __init__(self, window: MainWindow, bench: Bench, qtbot: QtBot) -> None:
        self.window = window
        self.bench = bench
        self.services = bench.services
        self._qtbot = qtbot
        self.strip = find(window, GuideStrip)
        self.ring = find(window, Ring)
        heartbeat = Heartbeat()
        heartbeat.stop()
        self.driver = Driver(heartbeat, Path())
        window.activateWindow()

    @property
    def page(self) -> str:
        return find(self.window, PageStack).name

    def words(self) -> str:
        """Return everything that stands in the strip."""
        labels = self.strip.findChildren(QLabel)
        return " ".join(w.text() for w in labels if w.isVisible())

    def wait_for(self, words: str) -> None:
        """Wait until the strip says this."""
        self._qtbot.waitUntil(
            lambda: self.strip.isVisible() and words in self.words(), timeout=8000
        )

    def examples(self) -> tuple[Shot, ...]:
        """Return the examples in the prompt that is being edited."""
        return self.services.lab.draft().spec.shots

    def press(self, name: str) -> None:
        """Press a button of the strip."""
        buttons = self.strip.findChildren(QAbstractButton)
        (button,) = [b for b in buttons if name in {b.text(), b.accessibleName()}]
        assert button.isVisible(), name
        # Without a window manager a closed dialog leaves no window active.
        self.window.activateWindow()
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def show_me(self) -> QWidget:
        """Press "Show me"; return the control, once it has ring and keyboard."""
        self.press("Show me")
        self._qtbot.waitUntil(self.is_pointed_at, timeout=8000)
        target = self.ring.target
        assert target is not None
        wanted = target.focusProxy() or target
        self._qtbot.waitUntil(lambda: QApplication.focusWidget() is wanted)
        return target

    def is_pointed_at(self) -> bool:
        """Tell whether the ring stands round a control that can be seen and used."""
        target = self.ring.target
        if target is None or not self.ring.isVisible():
            return False
        place = target.mapTo(self.window, QPoint(0, 0))
        seen = self.ring.geometry().contains(place)
        return seen and target.isVisible() and target.isEnabled()

    def use_control(self) -> None:
        """Press what the ring stands round."""
        target = self.show_me()
        QTest.mouseClick(target, Qt.MouseButton.LeftButton)
