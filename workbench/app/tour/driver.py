"""A pair of hands: finds visible widgets by accessible name, clicks and types."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QEvent, QEventLoop, QModelIndex, QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDialogButtonBox,
    QFileDialog,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QWidget,
)

from workbench.ui.shell.heartbeat import Heartbeat

W = TypeVar("W", bound=QWidget)
_PATIENCE = 15.0
_TICK_MS = 20
_LONGEST_TICK_MS = 250
_LEFT = Qt.MouseButton.LeftButton


class TourError(Exception):
    """Something a person would have seen or pressed was not there."""


class Driver:
    """Uses the window the way a person does, and waits for what happens."""

    def __init__(self, heartbeat: Heartbeat, out: Path) -> None:
        """Keep the heartbeat (it rests while pictures are saved) and the folder."""
        self._heartbeat = heartbeat
        self._out = out
        self.pictures: list[Path] = []

    def wait(
        self, what: str, condition: Callable[[], bool], seconds: float = _PATIENCE
    ) -> None:
        """Let events run until a condition holds.

        Raises:
            TourError: naming `what`, when it does not come true in time.
        """
        end = time.monotonic() + seconds
        tick = _TICK_MS
        while not condition():
            if time.monotonic() > end:
                raise TourError(f"waited {seconds:.0f} s in vain for: {what}")
            run_events(tick)
            # Looking costs time on the very thread whose heartbeat is measured.
            tick = min(_LONGEST_TICK_MS, tick * 2)

    def see(self, name: str, kind: type[W], seconds: float = _PATIENCE) -> W:
        """Return the visible widget with this accessible name, waiting for it.

        Raises:
            TourError: when there is none, or more than one.
        """
        self.wait(f"a visible {name!r}", lambda: bool(self._named(name, kind)), seconds)
        found = self._named(name, kind)
        if len(found) > 1:
            raise TourError(f"{len(found)} visible widgets are called {name!r}")
        return found[0]

    def is_seen(self, name: str) -> bool:
        """Tell whether a widget with this accessible name is visible now."""
        return bool(self._named(name, QWidget))

    def click(self, name: str, seconds: float = _PATIENCE) -> None:
        """Press a button (or whatever has this name) once it is enabled."""
        widget = self.see(name, QWidget, seconds)
        self.wait(f"{name!r} to be enabled", widget.isEnabled, seconds)
        self.reveal(widget)
        QTest.mouseClick(widget, _LEFT)

    def reveal(self, widget: QWidget) -> None:
        """Scroll until a widget can be pressed, as a person would."""
        activate(widget)
        parent = widget.parentWidget()
        while parent is not None:
            if isinstance(parent, QScrollArea):
                parent.ensureWidgetVisible(widget)
            parent = parent.parentWidget()

    def type_into(self, name: str, text: str) -> None:
        """Replace the text of an editor by typing."""
        editor = self.see(name, QWidget)
        self.wait(f"{name!r} to be enabled", editor.isEnabled)
        self.reveal(editor)
        target = editor.viewport() if isinstance(editor, QPlainTextEdit) else editor
        QTest.mouseClick(target, _LEFT)
        QTest.keyClick(editor, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClick(editor, Qt.Key.Key_Delete)
        QTest.keyClicks(editor, text)

    def paste_into(self, name: str, text: str) -> None:
        """Replace the text of an editor by pasting."""
        QApplication.clipboard().setText(text)
        editor = self.see(name, QWidget)
        self.reveal(editor)
        target = editor.viewport() if isinstance(editor, QPlainTextEdit) else editor
        QTest.mouseClick(target, _LEFT)
        control = Qt.KeyboardModifier.ControlModifier
        QTest.keyClick(editor, Qt.Key.Key_A, control)
        QTest.keyClick(editor, Qt.Key.Key_V, control)

    def press(
        self,
        key: Qt.Key,
        modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
        on: str = "",
    ) -> None:
        """Press a key on a named widget, or on the one with the focus."""
        target = self.see(on, QWidget) if on else QApplication.focusWidget()
        if target is None:
            raise TourError("no widget has the focus")
        activate(target)
        QTest.keyClick(target, key, modifier)

    def choose(self, name: str, text: str) -> None:
        """Choose an entry of a combo box with the arrow keys."""
        box = self.see(name, QComboBox)
        row = box.findText(text, Qt.MatchFlag.MatchStartsWith)
        if row < 0:
            entries = [box.itemText(i) for i in range(box.count())]
            raise TourError(f"{name!r} has no entry {text!r}, only {entries}")
        box.setFocus()
        for _ in range(box.count()):
            if box.currentIndex() == row:
                return
            down = box.currentIndex() < row
            QTest.keyClick(box, Qt.Key.Key_Down if down else Qt.Key.Key_Up)
        raise TourError(f"{name!r} does not move to {text!r}")

    def click_row(self, name: str, row: int, column: int = 0) -> None:
        """Click a cell of a table or list."""
        view = self.see(name, QAbstractItemView)
        self.wait(f"row {row} of {name!r}", lambda: view.model().rowCount() > row)
        index = view.model().index(row, column)
        view.scrollTo(index)
        point = view.visualRect(index).center()
        QTest.mouseClick(view.viewport(), _LEFT, Qt.KeyboardModifier.NoModifier, point)

    def drag(self, widget: QWidget, start: QPoint, end: QPoint) -> None:
        """Drag inside a widget with the left button held."""
        QTest.mousePress(widget, _LEFT, Qt.KeyboardModifier.NoModifier, start)
        for step in range(1, 5):
            QTest.mouseMove(widget, start + (end - start) * step / 4)
            QApplication.processEvents()
        QTest.mouseRelease(widget, _LEFT, Qt.KeyboardModifier.NoModifier, end)

    def rows(self, name: str) -> int:
        """Return how many rows a table or list shows."""
        return self.see(name, QAbstractItemView).model().rowCount(QModelIndex())

    def answer_file_dialog(self, path: Path) -> None:
        """Type a path into the open file dialog and confirm it."""
        self.wait("a file dialog", lambda: self._file_dialog() is not None)
        dialog = self._file_dialog()
        if dialog is None:
            raise TourError("the file dialog vanished")
        line = dialog.findChild(QLineEdit, "fileNameEdit")
        if line is None:
            raise TourError("the file dialog has no line for a name")
        # The dialog reads its folder first, and then puts the proposed name in place.
        self.settle(400)
        line.selectAll()
        QTest.keyClicks(line, str(path))
        self.wait("the typed path", lambda: line.text() == str(path))
        box = dialog.findChild(QDialogButtonBox)
        buttons = box.buttons() if box is not None else []
        accept = [b for b in buttons if box_accepts(box, b)]
        if not accept:
            raise TourError("the file dialog has no button to accept")
        QTest.mouseClick(accept[0], _LEFT)
        self.wait("the file dialog to close", lambda: self._file_dialog() is None)

    def picture(self, name: str, window: QWidget) -> Path:
        """Save what the window shows; the heartbeat rests meanwhile."""
        self.settle()
        path = self._out / f"{name}.png"
        self._heartbeat.pause()
        window.grab().save(str(path))
        self._heartbeat.resume()
        self.pictures.append(path)
        return path

    def settle(self, milliseconds: int = 120) -> None:
        """Let what was asked for be laid out and painted."""
        run_events(milliseconds)

    def clean_up(self) -> None:
        """Let widgets that were put away really go."""
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    def _file_dialog(self) -> QFileDialog | None:
        found = (w for w in _windows() if isinstance(w, QFileDialog))
        return next(found, None)

    def _named(self, name: str, kind: type[W]) -> list[W]:
        """Look in the modal window first: only that one can be used by a person."""
        modal = QApplication.activeModalWidget()
        windows = [modal] if modal is not None else list(_windows())
        return [
            widget
            for window in windows
            for widget in [*window.findChildren(kind), window]
            if isinstance(widget, kind)
            and widget.isVisible()
            and name_of(widget) == name
        ]


def box_accepts(box: QDialogButtonBox | None, button: QAbstractButton) -> bool:
    """Tell whether a button of a dialog says yes."""
    accept = QDialogButtonBox.ButtonRole.AcceptRole
    return box is not None and box.buttonRole(button) is accept


def activate(widget: QWidget) -> None:
    """Make a widget's window the active one, which a real click would do.

    Without a window manager nothing gives the main window its place back when a dialog
    has closed, and shortcuts reach the active window only.
    """
    if not widget.window().isActiveWindow():
        widget.window().activateWindow()


def run_events(milliseconds: int) -> None:
    """Let events run for this long.

    A nested loop, because `processEvents` with a time limit spins, and `QTest.qWait`
    keeps Python's other threads from running meanwhile.
    """
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def name_of(widget: QWidget) -> str:
    """Return what a screen reader would call a widget."""
    if widget.accessibleName() or not isinstance(widget, QAbstractButton):
        return widget.accessibleName()
    return widget.text().replace("&", "")


def _windows() -> Iterator[QWidget]:
    return (w for w in QApplication.topLevelWidgets() if w.isVisible())
