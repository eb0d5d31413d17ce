"""How far a dataset has grown: a line with marks at 2, 30, 200, 500 and 1,000."""

from itertools import pairwise

from PySide6.QtCore import QEvent, QLocale, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from workbench.ui.shell import tokens

MARKS = (0, 2, 30, 200, 500, 1000)
_TOP, _HEIGHT = 4, 6


def position(count: int) -> float:
    """Return where a count stands on the line, 0 to 1; marks are evenly spaced."""
    step = 1 / (len(MARKS) - 1)
    for place, (low, high) in enumerate(pairwise(MARKS)):
        if count < high:
            return (place + (count - low) / (high - low)) * step
    return 1.0


class GrowthBar(QWidget):
    """Paints a count against the marks."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start at nothing."""
        super().__init__(parent)
        self._count = 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_count(self, count: int) -> None:
        """Show another count."""
        self._count = count
        self._retranslate()
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for a short line with its figures below."""
        return QSize(240, 30)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw line, filled part, marks and figures."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        width = self.width() - 24
        painter.setBrush(tokens.color("hover"))
        painter.drawRoundedRect(QRectF(4, _TOP, width, _HEIGHT), 3, 3)
        painter.setBrush(tokens.color("action"))
        filled = max(_HEIGHT, width * position(self._count)) if self._count else 0
        painter.drawRoundedRect(QRectF(4, _TOP, filled, _HEIGHT), 3, 3)
        self._draw_marks(painter, width)

    def _draw_marks(self, painter: QPainter, width: int) -> None:
        font = painter.font()
        font.setPixelSize(10)
        painter.setFont(font)
        for mark in MARKS[1:]:
            x = 4 + width * position(mark)
            reached = self._count >= mark
            painter.setPen(tokens.color("text" if reached else "secondary"))
            painter.drawLine(round(x), _TOP - 2, round(x), _TOP + _HEIGHT + 2)
            box = QRectF(x - 20, _TOP + _HEIGHT + 3, 40, 14)
            text = QLocale().toString(mark)
            painter.drawText(box, Qt.AlignmentFlag.AlignHCenter, text)

    def _retranslate(self) -> None:
        ahead = next((mark for mark in MARKS if mark > self._count), 0)
        text = self.tr("%n record(s)", "", self._count)
        if ahead:
            text = self.tr("{records}, next mark {mark}").format(
                records=text, mark=ahead
            )
        self.setAccessibleName(text)
        self.setToolTip(
            self.tr(
                "2 show the form, 30 make good examples, 200 are enough to tune a "
                "small model, 500 and 1,000 make it better."
            )
        )
