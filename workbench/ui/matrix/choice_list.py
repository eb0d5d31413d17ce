"""A short list of things to tick: versions, models."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

_DATA = Qt.ItemDataRole.UserRole


class ChoiceList(QListWidget):
    """Lines with a box to tick; what stands behind a line is its data."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self.setTabKeyNavigation(False)
        self.itemChanged.connect(self.changed)
        self._values: list[object] = []

    def show_choices(self, choices: Sequence[tuple[str, object, bool]]) -> None:
        """Show lines, given as words, data and whether they are ticked."""
        self.blockSignals(True)
        self.clear()
        self._values = []
        for words, value, ticked in choices:
            item = QListWidgetItem(words)
            item.setFlags(
                Qt.ItemFlag.ItemIsUserCheckable
                | Qt.ItemFlag.ItemIsEnabled
                | Qt.ItemFlag.ItemIsSelectable
            )
            states = Qt.CheckState
            item.setCheckState(states.Checked if ticked else states.Unchecked)
            self._values.append(value)
            self.addItem(item)
        self.blockSignals(False)
        self.changed.emit()

    def chosen(self) -> list[object]:
        """Return what stands behind the ticked lines."""
        return [
            value
            for row, value in enumerate(self._values)
            if self.item(row).checkState() == Qt.CheckState.Checked
        ]
