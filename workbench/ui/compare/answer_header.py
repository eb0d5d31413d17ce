"""Header of the records table: candidates stand with their mark and colour."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from workbench.domain.comparisons import CandidateRole
from workbench.ui.compare import phrasing
from workbench.ui.shell import tokens

_SIDE = 10
_HEIGHT = 32


class AnswerHeader(QHeaderView):
    """Paints its sections in the theme's colours; columns keep their widths."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setHighlightSections(False)

    def sizeHint(self) -> QSize:
        """Ask for room."""
        return QSize(super().sizeHint().width(), _HEIGHT)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        """Draw a head."""
        painter.save()
        painter.fillRect(rect, tokens.color("surface"))
        painter.setPen(tokens.color("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        model, across = self.model(), Qt.Orientation.Horizontal
        text = str(model.headerData(logicalIndex, across) or "")
        role = model.headerData(logicalIndex, across, Qt.ItemDataRole.UserRole)
        mark, colour = "", "secondary"
        if role:
            # Through C++ a member of a string enum comes back as a plain string.
            candidate = CandidateRole(str(role))
            mark, colour = phrasing.mark(candidate), phrasing.token(candidate)
        font = painter.font()
        font.setPixelSize(12)
        painter.setFont(font)
        painter.setPen(tokens.color(colour))
        last = logicalIndex == model.columnCount() - 1
        side = Qt.AlignmentFlag.AlignRight if last else Qt.AlignmentFlag.AlignLeft
        box = rect.adjusted(_SIDE, 0, -_SIDE, 0)
        flags = side | Qt.AlignmentFlag.AlignVCenter
        head = f"{mark} {text}".strip()
        mode = Qt.TextElideMode.ElideRight
        painter.drawText(
            box, flags, painter.fontMetrics().elidedText(head, mode, box.width())
        )
        painter.restore()
