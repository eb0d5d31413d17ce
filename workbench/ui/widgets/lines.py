"""Hairlines between panes, and frames that carry a ground colour."""

from PySide6.QtWidgets import QFrame, QWidget


def horizontal_line(parent: QWidget | None = None) -> QFrame:
    """Return a line 1 px high."""
    result = _line(parent)
    result.setFixedHeight(1)
    return result


def vertical_line(parent: QWidget | None = None) -> QFrame:
    """Return a line 1 px wide."""
    result = _line(parent)
    result.setFixedWidth(1)
    return result


def panel(ground: str = "surface", parent: QWidget | None = None) -> QFrame:
    """Return a frame filled with ``surface`` or ``ground``."""
    result = QFrame(parent)
    result.setProperty("panel", ground)
    return result


def _line(parent: QWidget | None) -> QFrame:
    result = QFrame(parent)
    result.setProperty("line", "true")
    return result
