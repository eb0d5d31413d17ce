"""Right answers and tokens against the number of examples in the prompt."""

import dataclasses
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from workbench.ui.shell import tokens
from workbench.ui.widgets import axes
from workbench.ui.widgets.axes import Scale

_LEFT, _RIGHT, _TOP, _BOTTOM = 44, 16, 22, 24
_LINES = (
    Qt.PenStyle.SolidLine,
    Qt.PenStyle.DashLine,
    Qt.PenStyle.DotLine,
    Qt.PenStyle.DashDotLine,
)
_CENTRE = Qt.AlignmentFlag.AlignCenter
_LABEL = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclasses.dataclass(frozen=True, slots=True)
class Point:
    """What a number of examples came to.

    Attributes:
        share: percent of right answers; None: no right answer is known.
        tokens: of a call, prompt and answer; None: nobody said.
    """

    shots: int
    share: float | None
    tokens: float | None

    def value(self, field: str) -> float | None:
        """Return ``share`` or ``tokens``."""
        return self.share if field == "share" else self.tokens


@dataclasses.dataclass(frozen=True, slots=True)
class Line:
    """The points of one model."""

    name: str
    points: tuple[Point, ...]


class ShotsChart(QWidget):
    """Two small plots over one axis; models differ by the stroke of their lines."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self._lines: tuple[Line, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._name()

    def set_lines(self, lines: Sequence[Line]) -> None:
        """Show these models."""
        self._lines = tuple(lines)
        self.setAccessibleDescription("; ".join(self._said()))
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for room for two plots."""
        return QSize(380, 220)

    def minimumSizeHint(self) -> QSize:
        """Stay readable."""
        return QSize(260, 180)

    def changeEvent(self, event: QEvent) -> None:
        """Follow theme and language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._name()
        elif event.type() == QEvent.Type.PaletteChange:
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw both plots."""
        del event
        counts = sorted({p.shots for line in self._lines for p in line.points})
        if not counts:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(axes.small_font(self.font()))
        height = (self.height() - 2 * _TOP - _BOTTOM) / 2
        upper = QRectF(_LEFT, _TOP, self.width() - _LEFT - _RIGHT, height - 4)
        lower = upper.translated(0, height + _TOP)
        known = [p.tokens for line in self._lines for p in line.points if p.tokens]
        self._plot(painter, upper, counts, self.tr("right, %"), 100.0, "share")
        most = max(known, default=1.0) * 1.1
        self._plot(painter, lower, counts, self.tr("tokens a call"), most, "tokens")
        self._draw_counts(painter, lower, counts)

    def _plot(
        self,
        painter: QPainter,
        box: QRectF,
        counts: Sequence[int],
        title: str,
        highest: float,
        field: str,
    ) -> None:
        scale = Scale(0, highest, box.bottom(), box.top())
        painter.setPen(tokens.color("secondary"))
        painter.drawText(QPointF(box.left(), box.top() - 6), title)
        for value in axes.ticks(0, highest, 3):
            y = round(scale.pixel(value)) + 0.5
            painter.setPen(QPen(tokens.color("line"), 1))
            painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
            painter.setPen(tokens.color("secondary"))
            place = QRectF(0, y - 8, _LEFT - 6, 16)
            painter.drawText(place, _LABEL, axes.tick_text(value))
        for number, line in enumerate(self._lines):
            marks = [
                QPointF(self._x(box, counts, point.shots), scale.pixel(found))
                for point in line.points
                if (found := point.value(field)) is not None
            ]
            self._draw_line(painter, marks, number)
            if marks and field == "share" and len(self._lines) > 1:
                self._draw_name(painter, box, number, line.name)

    def _draw_line(
        self, painter: QPainter, marks: Sequence[QPointF], number: int
    ) -> None:
        color = tokens.color("action")
        painter.setPen(QPen(color, 2, _LINES[number % len(_LINES)]))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(list(marks))
        painter.setPen(QPen(color, 1.5))
        painter.setBrush(tokens.color("surface") if number % 2 else color)
        for mark in marks:
            painter.drawEllipse(mark, 3.5, 3.5)

    def _draw_name(
        self, painter: QPainter, box: QRectF, number: int, name: str
    ) -> None:
        """Say beside the title which stroke is which model."""
        width = min(120.0, (box.width() - 60) / max(1, len(self._lines)))
        left = box.left() + 60 + number * width
        y = box.top() - 10
        painter.setPen(QPen(tokens.color("action"), 2, _LINES[number % len(_LINES)]))
        painter.drawLine(QPointF(left, y), QPointF(left + 20, y))
        painter.setPen(tokens.color("text"))
        metrics = painter.fontMetrics()
        elided = metrics.elidedText(name, Qt.TextElideMode.ElideRight, int(width) - 30)
        painter.drawText(QPointF(left + 25, y + 4), elided)

    def _draw_counts(
        self, painter: QPainter, box: QRectF, counts: Sequence[int]
    ) -> None:
        painter.setPen(tokens.color("secondary"))
        for count in counts:
            x = self._x(box, counts, count)
            place = QRectF(x - 20, box.bottom() + 4, 40, 16)
            painter.drawText(place, _CENTRE, str(count))

    def _x(self, box: QRectF, counts: Sequence[int], count: int) -> float:
        """Stand the numbers at equal distances: they double from one to the next."""
        step = (box.width() - 40) / max(1, len(counts) - 1)
        return box.left() + 20 + counts.index(count) * step

    def _name(self) -> None:
        self.setAccessibleName(
            self.tr("Right answers and tokens by examples in the prompt")
        )
        self.setToolTip(self.accessibleName())

    def _said(self) -> list[str]:
        said: list[str] = []
        for line in self._lines:
            for point in line.points:
                share = "–" if point.share is None else f"{point.share:.0f}"
                used = "–" if point.tokens is None else f"{point.tokens:.0f}"
                text = self.tr(
                    "{model}, {count} examples: {share} % right, {tokens} tokens"
                )
                said.append(
                    text.format(
                        model=line.name, count=point.shots, share=share, tokens=used
                    )
                )
        return said
