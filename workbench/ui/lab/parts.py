"""Measures and small helpers that the parts of a page share."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QTextEdit, QWidget

MARGIN = 16
GAP = 8


def set_words(target: QPushButton, text: str, tip: str = "", name: str = "") -> None:
    """Give a button its text, its tooltip and its name for assistive technology."""
    target.setText(text)
    target.setToolTip(tip)
    target.setAccessibleName(name or text)


def add_action(owner: QWidget, slot: Callable[..., object], *keys: str) -> QAction:
    """Add an action with keys that work in a widget and all that is in it.

    Single letters never reach it from a text field, which keeps what can be typed. A
    key that is held down fires once: it must not rate what comes next.

    Args:
        owner: the widget.
        slot: a bound method.
        keys: key sequences, the first is the one that is shown.
    """
    action = QAction(owner)
    action.setShortcuts([QKeySequence(key) for key in keys])
    action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    action.setAutoRepeat(False)
    action.triggered.connect(slot)
    owner.addAction(action)
    return action


def is_converting(widget: QWidget | None) -> bool:
    """Tell whether somebody is choosing the characters for what was typed."""
    if not isinstance(widget, QPlainTextEdit | QTextEdit):
        return False
    return bool(widget.textCursor().block().layout().preeditAreaText())
