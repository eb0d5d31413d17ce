"""What the charts share: round ticks, and text and lines painted in the theme's way.

Charts are painted with QPainter rather than pyqtgraph: importing that library stops the
window's thread for a third of a second, more than the whole budget of the event loop,
and its brushes stretch a hatch with the axes.
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QPainter, QPen

from workbench.ui.shell import tokens

SMALL_PIXELS = 11


class Scale(NamedTuple):
    """Maps values to pixels along one axis."""

    low: float
    high: float
    start: float
    end: float

    def pixel(self, value: float) -> float:
        """Return where a value stands."""
        span = (self.high - self.low) or 1.0
        return self.start + (value - self.low) / span * (self.end - self.start)

    def value(self, pixel: float) -> float:
        """Return the value that stands at a pixel."""
        span = (self.end - self.start) or 1.0
        return self.low + (pixel - self.start) / span * (self.high - self.low)


def ticks(low: float, high: float, most: int) -> Sequence[float]:
    """Return at most `most` round values between two values."""
    span = high - low
    if span <= 0 or most < 1:
        return (low,)
    raw = span / most
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(power * f for f in (1, 2, 5, 10) if power * f >= raw * (1 - 1e-9))
    first = math.ceil(low / step - 1e-9)
    count = math.floor(high / step + 1e-9) - first + 1
    return tuple((first + i) * step for i in range(max(0, count)))


def tick_text(value: float) -> str:
    """Return a tick as short as it stays exact."""
    return f"{value:.10g}"


def small_font(font: QFont) -> QFont:
    """Return the font of axis labels."""
    result = QFont(font)
    result.setPixelSize(SMALL_PIXELS)
    return result


def hatch(color: QColor) -> QBrush:
    """Return the diagonal hatch that stands for "tuned"."""
    return QBrush(color, Qt.BrushStyle.BDiagPattern)


def role_color(role: str) -> QColor:
    """Return the colour of ``base``, ``tuned``, ``few_shot`` or ``reference``."""
    return tokens.color(role if role in {"base", "tuned"} else "reference")


def draw_bar(painter: QPainter, role: str, bar: QRectF) -> None:
    """Draw a bar: base filled, tuned hatched, everything else a dotted outline."""
    color = role_color(role)
    if role == "base":
        fill = QColor(color)
        fill.setAlphaF(0.85)
        painter.fillRect(bar, fill)
        return
    if role == "tuned":
        ground = QColor(color)
        ground.setAlphaF(0.18)
        painter.fillRect(bar, ground)
        painter.fillRect(bar, hatch(color))
        painter.setPen(QPen(color, 1))
    else:
        painter.setPen(QPen(color, 1.5, Qt.PenStyle.DotLine))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(bar.adjusted(0.5, 0.5, -0.5, -0.5))


def draw_key(painter: QPainter, role: str, corner: QPointF, size: float = 10) -> None:
    """Draw the little square that stands before a series' name."""
    draw_bar(painter, role, QRectF(corner.x(), corner.y(), size, size))
