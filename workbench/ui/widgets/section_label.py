"""Small labels with a meaning: section heads, secondary lines, badges."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget


class SectionLabel(QLabel):
    """The head of a section."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        """Show plain text in the section style."""
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", "section")


def label(
    text: str = "", role: str = "", parent: QWidget | None = None, *, wrap: bool = False
) -> QLabel:
    """Return a plain-text label.

    Args:
        text: shown as it is; Qt would guess at rich text otherwise.
        role: see `workbench.ui.shell.stylesheet`.
        parent: owner.
        wrap: break lines between words.
    """
    result = QLabel(text, parent)
    result.setTextFormat(Qt.TextFormat.PlainText)
    result.setWordWrap(wrap)
    if role:
        result.setProperty("role", role)
    return result


def set_role(widget: QWidget, role: str) -> None:
    """Change the style role of a widget that is shown already."""
    if widget.property("role") == role:
        return
    widget.setProperty("role", role)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def badge(text: str = "", parent: QWidget | None = None) -> QLabel:
    """Return a small count or state in a rounded ground."""
    result = label(text, parent=parent)
    result.setProperty("badge", True)
    result.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return result
