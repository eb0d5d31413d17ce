"""How long the rows are in tokens, with the limit; no series of base or tuned."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from workbench.ui.shell import tokens
from workbench.ui.tune.lengths import Bins, binned
from workbench.ui.widgets import axes
from workbench.ui.widgets.axes import Scale

_TOP, _BOTTOM, _SIDE = 22, 22, 4


class LengthChart(QWidget):
    """Bars of row lengths and a line where rows would be too long."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bins = Bins((0, 1), (0,))
        self._limit = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setMaximumHeight(190)
        self.retranslate()

    def set_lengths(self, lengths: Sequence[int], limit: int) -> None:
        """Show rows of these lengths; 0 shows no limit."""
        self._bins, self._limit = binned(lengths), limit
        self.setAccessibleDescription(
            self.tr("{rows} rows, the longest {longest} tokens, limit {limit}").format(
                rows=len(lengths), longest=max(lengths, default=0), limit=limit
            )
        )
        self.update()

    def retranslate(self) -> None:
        """Say its name in the language of now."""
        self.setAccessibleName(self.tr("Row lengths"))

    def sizeHint(self) -> QSize:
        """Ask for room."""
        return QSize(420, 150)

    def minimumSizeHint(self) -> QSize:
        """Stay readable."""
        return QSize(200, 110)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setFont(axes.small_font(self.font()))
        edges = self._bins.edges
        last = max(edges[-1], round(self._limit * 1.04))
        x = Scale(edges[0], last, _SIDE, self.width() - _SIDE)
        bottom = self.height() - _BOTTOM
        y = Scale(0, max(self._bins.counts, default=1) or 1, bottom, _TOP)
        painter.setPen(QPen(tokens.color("line"), 1))
        painter.drawLine(QPointF(x.start, bottom + 0.5), QPointF(x.end, bottom + 0.5))
        for i, count in enumerate(self._bins.counts):
            left, right = x.pixel(edges[i]), x.pixel(edges[i + 1])
            top = min(y.pixel(count), bottom - 2) if count else bottom
            box = QRectF(left + 0.5, top, max(1.0, right - left - 1), bottom - top)
            painter.fillRect(box, tokens.color("reference"))
        self._draw_ticks(painter, x, bottom)
        if self._limit:
            self._draw_limit(painter, x, bottom)

    def _draw_ticks(self, painter: QPainter, x: Scale, bottom: float) -> None:
        painter.setPen(tokens.color("secondary"))
        for value in axes.ticks(x.low, x.high, max(2, self.width() // 70)):
            box = QRectF(x.pixel(value) - 30, bottom + 4, 60, 16)
            if box.right() - 14 <= self.width() and box.left() + 20 >= 0:
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, f"{value:g}")

    def _draw_limit(self, painter: QPainter, x: Scale, bottom: float) -> None:
        place = round(x.pixel(self._limit)) + 0.5
        painter.setPen(QPen(tokens.color("worse"), 1.5, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(place, 4), QPointF(place, bottom))
        text = self.tr("limit {limit}").format(limit=self._limit)
        box = QRectF(place - 166, 2, 160, 16)
        flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(box, flags, text)
