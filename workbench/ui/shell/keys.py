"""The list of keys: every command of the window and the page that has a shortcut.

It is what the question mark opens, so the way to the guided tour stands here too.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from workbench.ui.widgets.buttons import link_button, plain_button
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
        foot = QHBoxLayout()
        self._tour = next(
            (a for a in window_actions if a.objectName() == "guide"), None
        )
        if self._tour is not None:
            tour = link_button(self._tour.text(), self)
            tour.clicked.connect(self._on_tour)
            foot.addWidget(tour)
        foot.addStretch(1)
        foot.addWidget(close)
        column.addWidget(area, 1)
        column.addLayout(foot)
        close.setFocus()

    def _on_tour(self) -> None:
        self.accept()
        if self._tour is not None:
            self._tour.trigger()

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
