"""Training and validation loss of a run while it learns."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from workbench.ui.shell import tokens
from workbench.ui.widgets import axes
from workbench.ui.widgets.axes import Scale

Points = Sequence[tuple[int, float]]
_LEFT, _BOTTOM, _TOP, _RIGHT = 44, 24, 28, 12
_FLAGS = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class LossChart(QWidget):
    """Two lines over the steps: training solid, validation dashed with dots."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self._train: tuple[tuple[int, float], ...] = ()
        self._validation: tuple[tuple[int, float], ...] = ()
        self._total = 0
        self.setSizePolicy(
            QSizePolicy.Policy.Expanding, QSizePolicy.Policy.MinimumExpanding
        )
        self.setAccessibleName(self.tr("Loss chart"))

    def set_losses(self, train: Points, validation: Points, total_steps: int) -> None:
        """Show (step, loss) points of a run of `total_steps` steps."""
        self._train, self._validation = tuple(train), tuple(validation)
        self._total = total_steps
        self._describe()
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for room for a picture."""
        return QSize(420, 200)

    def minimumSizeHint(self) -> QSize:
        """Stay readable."""
        return QSize(220, 120)

    def changeEvent(self, event: QEvent) -> None:
        """Follow theme and language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.setAccessibleName(self.tr("Loss chart"))
            self._describe()
        elif event.type() == QEvent.Type.PaletteChange:
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw axes, lines and key."""
        painter = QPainter(self)
        painter.setFont(axes.small_font(self.font()))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        x, y = self._scales()
        self._draw_axes(painter, x, y)
        train = QPen(tokens.color("tuned"), 1.5)
        dashed = QPen(tokens.color("text"), 1.5)
        # Flat ends: square ones would close the gaps.
        dashed.setCapStyle(Qt.PenCapStyle.FlatCap)
        dashed.setDashPattern([4, 3])
        self._draw_line(painter, self._train, x, y, train, dots=False)
        self._draw_line(painter, self._validation, x, y, dashed, dots=True)
        self._draw_key(painter, train, dashed)

    def _scales(self) -> tuple[Scale, Scale]:
        values = [loss for _, loss in (*self._train, *self._validation)]
        high = max(values, default=1.0) * 1.05 or 1.0
        steps = [step for step, _ in (*self._train, *self._validation)]
        last = max(self._total, *steps, 1) if steps else max(self._total, 1)
        return (
            Scale(0, last, _LEFT, self.width() - _RIGHT),
            Scale(0, high, self.height() - _BOTTOM, _TOP),
        )

    def _draw_axes(self, painter: QPainter, x: Scale, y: Scale) -> None:
        for value in axes.ticks(y.low, y.high, 4):
            level = round(y.pixel(value)) + 0.5
            painter.setPen(QPen(tokens.color("line"), 1))
            painter.drawLine(QPointF(x.start, level), QPointF(x.end, level))
            painter.setPen(tokens.color("secondary"))
            box = QRectF(0, level - 8, _LEFT - 8, 16)
            flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(box, flags, axes.tick_text(value))
        painter.setPen(tokens.color("secondary"))
        for value in axes.ticks(x.low, x.high, max(2, self.width() // 90)):
            box = QRectF(x.pixel(value) - 30, y.start + 4, 60, 16)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, axes.tick_text(value))

    def _draw_line(
        self,
        painter: QPainter,
        points: Points,
        x: Scale,
        y: Scale,
        pen: QPen,
        *,
        dots: bool,
    ) -> None:
        line = QPolygonF([QPointF(x.pixel(s), y.pixel(loss)) for s, loss in points])
        painter.setPen(pen)
        painter.drawPolyline(line)
        if dots or len(points) == 1:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(pen.color())
            for i in range(line.size()):
                painter.drawEllipse(line.at(i), 3, 3)
            painter.setBrush(Qt.BrushStyle.NoBrush)

    def _draw_key(self, painter: QPainter, train: QPen, validation: QPen) -> None:
        left = float(_LEFT)
        named = ((train, self.tr("Training")), (validation, self.tr("Validation")))
        for pen, name in named:
            painter.setPen(pen)
            painter.drawLine(QPointF(left, 12), QPointF(left + 20, 12))
            painter.setPen(tokens.color("text"))
            width = painter.fontMetrics().horizontalAdvance(name)
            painter.drawText(QRectF(left + 26, 4, width + 2, 16), _FLAGS, name)
            left += width + 50

    def _describe(self) -> None:
        parts = []
        if self._train:
            step, loss = self._train[-1]
            parts.append(
                self.tr("Step {step}: training loss {loss}").format(
                    step=step, loss=f"{loss:.3f}"
                )
            )
        if self._validation:
            step, loss = self._validation[-1]
            parts.append(
                self.tr("Step {step}: validation loss {loss}").format(
                    step=step, loss=f"{loss:.3f}"
                )
            )
        self.setAccessibleDescription("; ".join(parts))
