"""Draws a run in the list: its name, and what became of it in a second line."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from workbench.ui.shell import tokens

SECOND_LINE = Qt.ItemDataRole.UserRole + 1
COLOUR = Qt.ItemDataRole.UserRole + 2
_HEIGHT = 52
_SIDE = 16


class RunDelegate(QStyledItemDelegate):
    """Two lines; the second in the colour of the run's state."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw a cell."""
        painter.save()
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, tokens.color("selection"))
        painter.setPen(tokens.color("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        box = rect.adjusted(_SIDE, 7, -_SIDE, -7)
        metrics = painter.fontMetrics()
        name = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        elided = metrics.elidedText(name, Qt.TextElideMode.ElideRight, box.width())
        painter.setPen(tokens.color("text"))
        painter.drawText(box, Qt.AlignmentFlag.AlignTop, elided)
        font = painter.font()
        font.setPixelSize(12)
        painter.setFont(font)
        painter.setPen(tokens.color(str(index.data(COLOUR) or "secondary")))
        second = str(index.data(SECOND_LINE) or "")
        painter.drawText(box, Qt.AlignmentFlag.AlignBottom, second)
        painter.restore()

    def sizeHint(
        self,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> QSize:
        """Ask for room."""
        return QSize(120, _HEIGHT)
