"""Overlaid histograms of token counts; bins are picked by mouse or keyboard."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from workbench.ui.shell import tokens
from workbench.ui.widgets import axes
from workbench.ui.widgets.axes import Scale

_ORDER = ("base", "few_shot", "tuned")
_BOTTOM, _SIDE, _LINE = 24, 12, 18


class TokenHistogram(QWidget):
    """Counts per bin of up to three series over shared bins.

    Drag over bins, or use the arrow keys (with Shift for a range) and Enter, to pick a
    range; Escape or a click beside the bins clears it.
    """

    range_selected = Signal(float, float)  # low and high edge, low <= value < high
    cleared = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self._series: dict[str, tuple[int, ...]] = {}
        self._edges: tuple[float, ...] = ()
        self._means: dict[str, float] = {}
        self._names: dict[str, str] = {}
        self._limit: float | None = None
        self._limit_text = ""
        self._picked: tuple[int, int] | None = None
        self._anchor: int | None = None
        self._cursor = 0
        self._dragging = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(
            QSizePolicy.Policy.Expanding, QSizePolicy.Policy.MinimumExpanding
        )
        self.setAccessibleName(self.tr("Token histogram"))

    def set_series(
        self,
        series: Mapping[str, Sequence[int]],
        edges: Sequence[float],
        means: Mapping[str, float] | None = None,
        names: Mapping[str, str] | None = None,
    ) -> None:
        """Show counts.

        Args:
            series: role (``base``, ``few_shot``, ``tuned``) to the count of each bin.
            edges: one more than there are bins.
            means: role to the mean, drawn as a dashed line.
            names: role to the translated name shown beside the mean.
        """
        self._series = {str(role): tuple(counts) for role, counts in series.items()}
        self._edges = tuple(float(edge) for edge in edges)
        self._means = {str(role): mean for role, mean in (means or {}).items()}
        self._names = {str(role): name for role, name in (names or {}).items()}
        self._picked = None
        self._cursor = 0
        self._describe()
        self.update()

    def set_limit(self, value: float | None, text: str = "") -> None:
        """Draw a line at a cut-off, with its name."""
        self._limit, self._limit_text = value, text
        self.update()

    def selection(self) -> tuple[float, float] | None:
        """Return the picked range as (low edge, high edge)."""
        if self._picked is None:
            return None
        first, last = self._picked
        return self._edges[first], self._edges[last + 1]

    def select(self, first: int, last: int) -> None:
        """Pick the bins from `first` to `last` and tell it."""
        low, high = min(first, last), max(first, last)
        self._picked = (max(0, low), min(self.bins() - 1, high))
        self._describe()
        self.update()
        selected = self.selection()
        if selected is not None:
            self.range_selected.emit(*selected)

    def clear_selection(self) -> None:
        """Pick nothing and tell it."""
        had = self._picked is not None
        self._picked = None
        self._describe()
        self.update()
        if had:
            self.cleared.emit()

    def bins(self) -> int:
        """Return the number of bins."""
        return max(0, len(self._edges) - 1)

    def bin_rect(self, index: int) -> QRectF:
        """Return the place of a bin, full height, in the widget's coordinates."""
        scale = self._x_scale()
        left = scale.pixel(self._edges[index])
        area = self._area()
        width = scale.pixel(self._edges[index + 1]) - left
        return QRectF(left, area.top(), width, area.height())

    def sizeHint(self) -> QSize:
        """Ask for room for a picture."""
        return QSize(360, 200)

    def minimumSizeHint(self) -> QSize:
        """Stay readable."""
        return QSize(200, 120)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw grid, bars, means and what is picked."""
        painter = QPainter(self)
        painter.setFont(axes.small_font(self.font()))
        if self.hasFocus():
            painter.setPen(QPen(tokens.color("action"), 1))
            painter.drawRoundedRect(
                QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6
            )
        if not self.bins():
            return
        self._draw_picked(painter)
        self._draw_axis(painter)
        self._draw_bars(painter)
        self._draw_means(painter)
        self._draw_limit(painter)
        if self.hasFocus():
            self._draw_cursor(painter)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a range, or clear it beside the bins."""
        if event.button() != Qt.MouseButton.LeftButton or not self.bins():
            return
        self._anchor = self._bin_at(event.position())
        self._dragging = True
        self._cursor = self._anchor
        if not self._area().adjusted(-4, 0, 4, _BOTTOM).contains(event.position()):
            self._dragging = False
            self.clear_selection()
            return
        self._picked = (self._anchor, self._anchor)
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Widen the range."""
        if self._dragging and self._anchor is not None:
            self._cursor = self._bin_at(event.position())
            self._picked = (
                min(self._anchor, self._cursor),
                max(self._anchor, self._cursor),
            )
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tell the range."""
        if self._dragging and self._anchor is not None:
            self._dragging = False
            self.select(self._anchor, self._bin_at(event.position()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move, widen, pick, clear."""
        key = event.key()
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if not self.bins():
            super().keyPressEvent(event)
        elif key in steps:
            widen = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._step(steps[Qt.Key(key)], widen=widen)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            anchor = self._cursor if self._anchor is None else self._anchor
            self.select(anchor, self._cursor)
        elif key == Qt.Key.Key_Escape and self._picked is not None:
            self.clear_selection()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the focus."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the focus."""
        super().focusOutEvent(event)
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        """Follow theme and language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.setAccessibleName(self.tr("Token histogram"))
            self._describe()
        elif event.type() == QEvent.Type.PaletteChange:
            self.update()

    def _step(self, by: int, *, widen: bool) -> None:
        self._cursor = min(max(0, self._cursor + by), self.bins() - 1)
        if not widen or self._anchor is None:
            self._anchor = self._cursor if not widen else self._cursor - by
        self._picked = (
            min(self._anchor, self._cursor),
            max(self._anchor, self._cursor),
        )
        self._describe()
        self.update()

    def _describe(self) -> None:
        parts = [
            self.tr("{name}: mean {mean}").format(
                name=self._names.get(role, role), mean=f"{mean:.1f}"
            )
            for role, mean in self._means.items()
        ]
        selected = self.selection()
        if selected is not None:
            low, high = selected
            parts.append(
                self.tr("{low} to {high} tokens selected").format(
                    low=axes.tick_text(low), high=axes.tick_text(high - 1)
                )
            )
        self.setAccessibleDescription("; ".join(parts))

    def _area(self) -> QRectF:
        top = 8 + _LINE * len(self._means)
        return QRectF(
            _SIDE, top, self.width() - 2 * _SIDE, self.height() - top - _BOTTOM
        )

    def _x_scale(self) -> Scale:
        area = self._area()
        return Scale(self._edges[0], self._edges[-1], area.left(), area.right())

    def _bin_at(self, point: QPointF) -> int:
        value = self._x_scale().value(point.x())
        inside = [i for i in range(self.bins()) if self._edges[i] <= value]
        return inside[-1] if inside else 0

    def _draw_axis(self, painter: QPainter) -> None:
        area, scale = self._area(), self._x_scale()
        painter.setPen(QPen(tokens.color("line"), 1))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        painter.setPen(tokens.color("secondary"))
        most = max(2, int(area.width() // 60))
        for value in axes.ticks(self._edges[0], self._edges[-1], most):
            box = QRectF(scale.pixel(value) - 30, area.bottom() + 4, 60, 16)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, axes.tick_text(value))

    def _draw_bars(self, painter: QPainter) -> None:
        area, scale = self._area(), self._x_scale()
        highest = max((max(c, default=0) for c in self._series.values()), default=0)
        if not highest:
            return
        known = [role for role in _ORDER if role in self._series]
        others = [role for role in self._series if role not in _ORDER]
        for role in (*known, *others):
            for index, count in enumerate(self._series[role]):
                if not count:
                    continue
                left = round(scale.pixel(self._edges[index])) + 1
                right = round(scale.pixel(self._edges[index + 1]))
                height = max(2.0, count / highest * area.height())
                bar = QRectF(left, area.bottom() - height, right - left, height)
                axes.draw_bar(painter, role, bar)

    def _draw_means(self, painter: QPainter) -> None:
        area, scale = self._area(), self._x_scale()
        for row, (role, mean) in enumerate(self._means.items()):
            x = round(scale.pixel(mean)) + 0.5
            pen = QPen(axes.role_color(role), 1.5, Qt.PenStyle.DashLine)
            painter.setPen(pen)
            painter.drawLine(QPointF(x, 6 + row * _LINE), QPointF(x, area.bottom()))
        for row, (role, mean) in enumerate(self._means.items()):
            x = round(scale.pixel(mean)) + 0.5
            top = 4 + row * _LINE
            text = self.tr("{name} mean {mean}").format(
                name=self._names.get(role, role), mean=f"{mean:.0f}"
            )
            self._draw_label(painter, role, text, x, top)

    def _draw_label(
        self, painter: QPainter, role: str, text: str, x: float, top: float
    ) -> None:
        width = painter.fontMetrics().horizontalAdvance(text) + 16
        left = x + 6 if x + 6 + width < self.width() else x - 6 - width
        # Other means pass behind the words, not through them.
        ground = self.palette().color(QPalette.ColorRole.Window)
        painter.fillRect(QRectF(left - 2, top, width + 2, 16), ground)
        axes.draw_key(painter, role, QPointF(left, top + 3))
        painter.setPen(axes.role_color(role))
        box = QRectF(left + 14, top, width, 16)
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(box, flags, text)

    def _draw_limit(self, painter: QPainter) -> None:
        if self._limit is None:
            return
        area = self._area()
        x = min(round(self._x_scale().pixel(self._limit)) + 0.5, area.right())
        painter.setPen(QPen(tokens.color("worse"), 1.5))
        painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
        painter.drawText(
            QRectF(x - 160, area.top(), 156, 16),
            Qt.AlignmentFlag.AlignRight,
            self._limit_text,
        )

    def _draw_picked(self, painter: QPainter) -> None:
        if self._picked is None:
            return
        first, last = self._picked
        span = self.bin_rect(first).united(self.bin_rect(last))
        painter.fillRect(span, tokens.color("selection"))

    def _draw_cursor(self, painter: QPainter) -> None:
        place = self.bin_rect(self._cursor)
        painter.setPen(QPen(tokens.color("action"), 2))
        painter.drawLine(place.bottomLeft(), place.bottomRight())
