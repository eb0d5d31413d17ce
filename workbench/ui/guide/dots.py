"""Six dots: done, open, or neither; told apart by shape as well as by colour."""

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from workbench.ui.shell import tokens

_RADIUS, _STEP = 4.0, 14


class Dots(QWidget):
    """Says nothing that the text beside it does not: decoration for the eye."""

    def __init__(self, count: int, parent: QWidget | None = None) -> None:
        """Show `count` steps, all to come."""
        super().__init__(parent)
        self._count = count
        self._done: frozenset[int] = frozenset()
        self._open = -1
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_steps(self, done: frozenset[int], place: int) -> None:
        """Fill the places that are done and mark the open one; -1 is none."""
        self._done, self._open = done, place
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size of a row of dots."""
        return QSize(_STEP * self._count, _STEP)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the dots."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place in range(self._count):
            # The first one stands flush with the text below it.
            middle = QPointF(_STEP * place + _RADIUS + 1, self.height() / 2)
            is_done = place in self._done
            name = "action" if is_done or place == self._open else "reference"
            colour = tokens.color(name)
            painter.setPen(QPen(colour, 1.5))
            painter.setBrush(colour if is_done else Qt.BrushStyle.NoBrush)
            painter.drawEllipse(middle, _RADIUS, _RADIUS)
            if place == self._open:
                painter.setBrush(colour)
                painter.drawEllipse(middle, 1.5, 1.5)
        painter.end()
