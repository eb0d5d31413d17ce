"""Rows of grey bars that stand where data will be."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from workbench.ui.shell import tokens

_ROW = 32
_WIDTHS = (0.72, 0.58, 0.66, 0.41, 0.63)


class SkeletonRows(QWidget):
    """Shown while rows are being read; it does not move."""

    def __init__(self, rows: int = 5, parent: QWidget | None = None) -> None:
        """Draw this many rows."""
        super().__init__(parent)
        self._rows = rows
        self.setAccessibleName(self.tr("Loading"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Ask for the height of the rows."""
        return QSize(320, self._rows * _ROW)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the bars."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tokens.color("hover"))
        for row in range(self._rows):
            width = self.width() * _WIDTHS[row % len(_WIDTHS)]
            painter.drawRoundedRect(QRectF(0, row * _ROW + 10, width, 12), 4, 4)
