"""Draws a cell of the records table: up to three lines of wrapped text."""

import functools
from typing import NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from workbench.ui.models.compare_rows import COLOUR, SECOND_LINE
from workbench.ui.shell import tokens

LINES = 3
PADDING = 10
_SIDE = 10


class AnswerDelegate(QStyledItemDelegate):
    """Wraps, cuts with an ellipsis after three lines, and colours by the theme."""

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
        painter.setFont(option.font)
        painter.setPen(tokens.color(str(index.data(COLOUR) or "text")))
        box = rect.adjusted(_SIDE, PADDING, -_SIDE, -PADDING)
        second = str(index.data(SECOND_LINE) or "")
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        if index.column() == index.model().columnCount() - 1:
            _draw_change(painter, box, text, second)
        else:
            _draw_wrapped(painter, box, text)
        painter.restore()

    def sizeHint(
        self,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> QSize:
        """Ask for room."""
        metrics = QFontMetricsF(option.font)
        return QSize(80, row_height(metrics))


def row_height(metrics: QFontMetricsF) -> int:
    """Return the fixed height of a row in this font."""
    return round(LINES * metrics.lineSpacing()) + 2 * PADDING


def _draw_change(painter: QPainter, box: QRect, text: str, second: str) -> None:
    flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop
    painter.drawText(box, flags, text)
    if second:
        painter.setPen(tokens.color("secondary"))
        font = painter.font()
        font.setPixelSize(max(9, round(painter.fontMetrics().height() * 0.66)))
        below = box.adjusted(0, painter.fontMetrics().lineSpacing() + 2, 0, 0)
        painter.setFont(font)
        painter.drawText(below, flags, second)


def _draw_wrapped(painter: QPainter, box: QRect, text: str) -> None:
    # Only the beginning can be seen: a long answer need not be laid out whole.
    shown = " ".join(text[:600].split())
    broken = _broken(shown, box.width(), painter.font().toString())
    for line in broken:
        at = QPointF(box.left(), box.top() + line.baseline)
        painter.drawText(at, line.text)


class _Line(NamedTuple):
    """A line of a cell; `baseline` in pixels below the cell's top."""

    text: str
    baseline: float


# Breaking text is what painting a cell costs, and the same cells are painted at every
# hover and scroll.
@functools.lru_cache(maxsize=4096)
def _broken(text: str, width: int, font_text: str) -> tuple[_Line, ...]:
    """Break the text and return its first lines, the last one cut with an ellipsis."""
    font = QFont()
    font.fromString(font_text)
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    lines: list[_Line] = []
    top = 0.0
    layout.beginLayout()
    while len(lines) < LINES and (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        start, end = line.textStart(), line.textStart() + line.textLength()
        piece = text[start:end]
        if len(lines) == LINES - 1 and end < len(text):
            mode = Qt.TextElideMode.ElideRight
            piece = QFontMetricsF(font).elidedText(text[start:], mode, width)
        lines.append(_Line(piece, top + line.ascent()))
        top += line.height()
    layout.endLayout()
    return tuple(lines)
