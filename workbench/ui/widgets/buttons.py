"""Buttons in the few kinds the window has: primary, plain, quiet, link, icon."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget


def primary_button(text: str, parent: QWidget | None = None) -> QPushButton:
    """Return the one filled button of a page."""
    return _button(text, "primary", parent)


def plain_button(text: str, parent: QWidget | None = None) -> QPushButton:
    """Return a framed button."""
    return _button(text, "", parent)


def quiet_button(text: str, parent: QWidget | None = None) -> QPushButton:
    """Return a button without frame until it is hovered or focused."""
    return _button(text, "quiet", parent)


def link_button(text: str, parent: QWidget | None = None) -> QPushButton:
    """Return a button that reads like a link."""
    result = _button(text, "link", parent)
    result.setCursor(Qt.CursorShape.PointingHandCursor)
    return result


def _button(text: str, kind: str, parent: QWidget | None) -> QPushButton:
    result = QPushButton(text, parent)
    if kind:
        result.setProperty(kind, True)
    result.setAutoDefault(False)
    return result
