"""Scores with their intervals, one bar a line."""

import dataclasses
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from workbench.ui.shell import tokens
from workbench.ui.widgets import axes
from workbench.ui.widgets.axes import Scale

_ROW, _BAR, _BOTTOM = 36, 14, 24
_FLAGS = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


@dataclasses.dataclass(frozen=True, slots=True)
class Score:
    """One line of the chart.

    Attributes:
        role: ``base``, ``few_shot``, ``tuned`` or ``reference``.
        name: translated.
        value: length of the bar.
        low: lower end of the whisker, or None.
        high: upper end of the whisker, or None.
        text: what stands behind the bar; the value when empty.
    """

    role: str
    name: str
    value: float
    low: float | None = None
    high: float | None = None
    text: str = ""


class ScoreChart(QWidget):
    """Horizontal bars from zero with whiskers."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self._scores: tuple[Score, ...] = ()
        self._highest = 100.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Score chart"))

    def set_scores(self, scores: Sequence[Score], highest: float = 100.0) -> None:
        """Show scores on an axis from 0 to `highest`."""
        self._scores, self._highest = tuple(scores), highest
        said = (f"{s.name}: {s.text or axes.tick_text(s.value)}" for s in scores)
        self.setAccessibleDescription("; ".join(said))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for a line per score."""
        return QSize(420, len(self._scores) * _ROW + _BOTTOM + 4)

    def minimumSizeHint(self) -> QSize:
        """Never cut a line."""
        return QSize(240, self.sizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        """Follow theme and language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.setAccessibleName(self.tr("Score chart"))
        elif event.type() == QEvent.Type.PaletteChange:
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw axis, bars, whiskers and texts."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrics = painter.fontMetrics()
        names = max(
            (metrics.horizontalAdvance(s.name) for s in self._scores), default=0
        )
        texts = max(
            (metrics.horizontalAdvance(self._text(s)) for s in self._scores), default=0
        )
        scale = Scale(0, self._highest, names + 16, self.width() - texts - 20)
        self._draw_axis(painter, scale)
        for row, score in enumerate(self._scores):
            self._draw_score(painter, score, row * _ROW, scale)

    def _text(self, score: Score) -> str:
        return score.text or axes.tick_text(round(score.value, 1))

    def _draw_axis(self, painter: QPainter, scale: Scale) -> None:
        bottom = len(self._scores) * _ROW
        painter.save()
        painter.setFont(axes.small_font(self.font()))
        most = max(2, int((scale.end - scale.start) // 60))
        for value in axes.ticks(0, self._highest, most):
            x = round(scale.pixel(value)) + 0.5
            painter.setPen(QPen(tokens.color("line"), 1))
            painter.drawLine(QPointF(x, 0), QPointF(x, bottom))
            painter.setPen(tokens.color("secondary"))
            box = QRectF(x - 30, bottom + 4, 60, 16)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, axes.tick_text(value))
        painter.restore()

    def _draw_score(
        self, painter: QPainter, score: Score, top: float, scale: Scale
    ) -> None:
        middle = top + _ROW / 2
        painter.setPen(axes.role_color(score.role))
        painter.drawText(QRectF(0, top, scale.start - 12, _ROW), _FLAGS, score.name)
        length = max(2.0, scale.pixel(score.value) - scale.start)
        bar = QRectF(scale.start, round(middle - _BAR / 2), length, _BAR)
        axes.draw_bar(painter, score.role, bar)
        if score.low is not None and score.high is not None:
            self._draw_whisker(painter, score.low, score.high, middle, scale)
        painter.setPen(tokens.color("text"))
        box = QRectF(scale.end + 12, top, self.width() - scale.end - 12, _ROW)
        painter.drawText(box, _FLAGS, self._text(score))

    def _draw_whisker(
        self, painter: QPainter, low: float, high: float, y: float, scale: Scale
    ) -> None:
        painter.setPen(QPen(tokens.color("text"), 1.5))
        left, right = scale.pixel(low), scale.pixel(high)
        painter.drawLine(QPointF(left, y), QPointF(right, y))
        for x in (left, right):
            painter.drawLine(QPointF(x, y - 4), QPointF(x, y + 4))
