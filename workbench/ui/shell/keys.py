"""The list of keys: every command of the window and the page that has a shortcut."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from workbench.ui.widgets.buttons import plain_button
from workbench.ui.widgets.section_label import SectionLabel, badge, label


class KeysDialog(QDialog):
    """Shows the keys of the page first, then those of the window."""

    def __init__(
        self,
        page_title: str,
        page_actions: Sequence[QAction],
        window_actions: Sequence[QAction],
        parent: QWidget,
    ) -> None:
        """List what has a key."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Keys"))
        self.resize(480, 560)
        inner = QWidget(self)
        self._grid = QGridLayout(inner)
        self._grid.setContentsMargins(0, 0, 8, 0)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(0, 1)
        self._add_section(page_title, page_actions)
        self._add_section(self.tr("Everywhere"), window_actions)
        self._grid.setRowStretch(self._grid.rowCount(), 1)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setWidget(inner)
        area.setAccessibleName(self.tr("List of keys"))
        close: QPushButton = plain_button(self.tr("Close"), self)
        close.clicked.connect(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(16)
        column.addWidget(area, 1)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        close.setFocus()

    def _add_section(self, title: str, actions: Sequence[QAction]) -> None:
        listed = [action for action in actions if action.shortcuts()]
        if not listed:
            return
        self._grid.addWidget(SectionLabel(title, self), self._grid.rowCount(), 0, 1, 2)
        for action in listed:
            row = self._grid.rowCount()
            name = action.text().replace("&", "").removesuffix("…")
            self._grid.addWidget(label(name, parent=self), row, 0)
            right = Qt.AlignmentFlag.AlignRight
            self._grid.addWidget(_keys(action, self), row, 1, right)


def _keys(action: QAction, parent: QWidget) -> QLabel:
    native = QKeySequence.SequenceFormat.NativeText
    text = "   ".join(keys.toString(native) for keys in action.shortcuts())
    return badge(text, parent)
