"""Walks over a window and names what a screen reader could not."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QComboBox, QScrollBar, QWidget


def nameless(root: QWidget) -> list[str]:
    """Describe every control on the tab path of a window that has no name."""
    return [
        f"{type(widget).__name__} in {type(widget.parentWidget()).__name__}"
        for widget in controls(root)
        if not _name(widget)
    ]


def doubles(root: QWidget) -> list[str]:
    """Return the names that more than one control of a window has."""
    names = [_name(widget) for widget in controls(root)]
    return sorted({name for name in names if names.count(name) > 1})


def controls(root: QWidget) -> Iterator[QWidget]:
    """Return the visible widgets of a window that can have the focus."""
    for widget in (root, *root.findChildren(QWidget)):
        takes_focus = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        inner = widget.objectName().startswith("qt_") or isinstance(widget, QScrollBar)
        if takes_focus and widget.isVisible() and not inner:
            yield widget


def _name(widget: QWidget) -> str:
    if isinstance(widget, QComboBox):
        # On Linux the interface calls a combo box by what is chosen in it.
        return widget.accessibleName()
    face = QAccessible.queryAccessibleInterface(widget)
    return face.text(QAccessible.Text.Name)
