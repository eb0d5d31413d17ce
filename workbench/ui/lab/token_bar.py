"""How long the examples in the prompt are: a stretch for each, beside one another."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from workbench.ui.shell import tokens

_HEIGHT = 8
_GAP = 2.0
_LEAST = 3.0


class TokenBar(QWidget):
    """One stretch per example that is sent; the current one stands out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start without stretches."""
        super().__init__(parent)
        self._counts: tuple[int, ...] = ()
        self._current = -1
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_counts(self, counts: Sequence[int], current: int) -> None:
        """Show these lengths; `current` is a place among them, or -1."""
        self._counts, self._current = tuple(counts), current
        self.update()

    def stretches(self) -> tuple[QRectF, ...]:
        """Return where each stretch is drawn, as wide as its share of all."""
        total = sum(self._counts)
        if not total:
            return ()
        room = self.width() - _GAP * (len(self._counts) - 1)
        place, found = 0.0, []
        for count in self._counts:
            width = max(_LEAST, room * count / total)
            found.append(QRectF(place, 0.0, width, float(self.height())))
            place += width + _GAP
        return tuple(found)

    def sizeHint(self) -> QSize:
        """Ask for a thin line."""
        return QSize(160, _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Ask for a thin line."""
        return QSize(40, _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the stretches."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for place, stretch in enumerate(self.stretches()):
            name = "action" if place == self._current else "reference"
            painter.setBrush(tokens.color(name))
            painter.drawRoundedRect(stretch, 2, 2)
