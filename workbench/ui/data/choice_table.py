"""A table over paged rows of which many can be chosen at once."""

from typing import Any

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Signal,
)
from PySide6.QtWidgets import QAbstractItemView, QWidget

from workbench.ui.lab.plain_table import PlainTable
from workbench.ui.models.paged import PagedTableModel


class ChoiceTable(PlainTable):
    """Tells which row is current and which are chosen, by id."""

    current_changed = Signal()
    choice_changed = Signal()

    def __init__(
        self, model: PagedTableModel[Any], parent: QWidget | None = None
    ) -> None:
        """Show this model."""
        super().__init__(parent)
        self._paged = model
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setModel(model)

    def current_id(self) -> int:
        """Return the id of the current row, or 0."""
        row = self.currentIndex().row()
        return self._paged.id_at(row) if 0 <= row < self._paged.rowCount() else 0

    def chosen_ids(self) -> list[int]:
        """Return the ids of all chosen rows in their order.

        By ranges: listing the indexes of a selection of 100,000 rows takes a second.
        """
        selection = self.selectionModel().selection()
        rows = sorted(
            row
            for part in (selection.at(i) for i in range(selection.count()))
            for row in range(part.top(), part.bottom() + 1)
        )
        return [self._paged.id_at(row) for row in dict.fromkeys(rows)]

    def go_to(self, row: int) -> bool:
        """Make a row the only chosen one; False when there is none."""
        if not 0 <= row < self._paged.rowCount():
            return False
        index = self._paged.index(row, 0)
        self.selectionModel().setCurrentIndex(
            index,
            QItemSelectionModel.SelectionFlag.ClearAndSelect
            | QItemSelectionModel.SelectionFlag.Rows,
        )
        self.scrollTo(index)
        return True

    def go_to_id(self, row_id: int) -> bool:
        """Make the row with this id the only chosen one."""
        row = self._paged.row_of(row_id)
        return row is not None and self.go_to(row)

    def step(self, by: int) -> bool:
        """Go so many rows down; False at an end of the list."""
        return self.go_to(self.currentIndex().row() + by)

    def currentChanged(
        self,
        current: QModelIndex | QPersistentModelIndex,
        previous: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Tell that another row is current."""
        super().currentChanged(current, previous)
        if current.row() != previous.row():
            self.current_changed.emit()

    def selectionChanged(
        self, selected: QItemSelection, deselected: QItemSelection
    ) -> None:
        """Tell that other rows are chosen."""
        super().selectionChanged(selected, deselected)
        self.choice_changed.emit()
