"""Giving a window the height its contents need after rows were shown or hidden."""

from PySide6.QtWidgets import QWidget


def fit_height(window: QWidget) -> None:
    """Take the height the layout needs at this width.

    Without it a row that is shown late is drawn over its neighbours, and one that is
    hidden leaves its place empty.
    """
    layout = window.layout()
    if layout is None:
        return
    layout.activate()
    width = window.width()
    height = (
        layout.totalHeightForWidth(width)
        if layout.hasHeightForWidth()
        else layout.totalSizeHint().height()
    )
    window.resize(width, height)
