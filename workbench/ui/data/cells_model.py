"""The rows of a file that is about to be imported, as a table."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()


class CellsModel(QAbstractTableModel):
    """Cells with their heads, and the numbers the rows have in the file."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self._heads: tuple[str, ...] = ()
        self._rows: Sequence[tuple[str, ...]] = ()
        self._numbers: Sequence[str] = ()

    def set_cells(
        self,
        heads: Sequence[str],
        rows: Sequence[tuple[str, ...]],
        numbers: Sequence[str] = (),
    ) -> None:
        """Show these rows."""
        self.beginResetModel()
        self._heads, self._rows, self._numbers = tuple(heads), rows, numbers
        self.endResetModel()

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        """Return the number of heads."""
        return 0 if parent.isValid() else len(self._heads)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a cell on one line."""
        if not index.isValid() or role != Qt.ItemDataRole.DisplayRole:
            return None
        return " ".join(self._rows[index.row()][index.column()][:300].split())

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Return the head of a column, or the number of a row."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        heads = self._heads
        if orientation == Qt.Orientation.Vertical:
            heads = tuple(self._numbers[section : section + 1])
            section = 0
        return heads[section] if section < len(heads) else None
