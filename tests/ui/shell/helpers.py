"""What tests of the window share."""

from typing import TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

T = TypeVar("T", bound=QObject)
W = TypeVar("W", bound=QWidget)


def find(root: QObject, kind: type[T]) -> T:
    """Return the last child of this class; the test fails when there is none."""
    found = root.findChildren(kind)
    assert found, f"no {kind.__name__} in {type(root).__name__}"
    return found[-1]


def named(root: QWidget, kind: type[W], name: str) -> W:
    """Return the child with this accessible name."""
    found = [w for w in root.findChildren(kind) if w.accessibleName() == name]
    assert len(found) == 1, f"{len(found)} times {name!r}"
    return found[0]
