"""Paints a command of the palette with its keys at the right end of the row."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from workbench.ui.shell import tokens

KEYS = Qt.ItemDataRole.UserRole + 1
_MARGIN = 12


class KeyDelegate(QStyledItemDelegate):
    """Adds the text of the role `KEYS`."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint the row, then the keys."""
        super().paint(painter, option, index)
        keys = index.data(KEYS)
        if not keys:
            return
        painter.save()
        painter.setPen(tokens.color("secondary"))
        # The stubs know no attributes of the option, though it has them.
        place = getattr(option, "rect").adjusted(0, 0, -_MARGIN, 0)  # noqa: B009
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(place, right, str(keys))
        painter.restore()
