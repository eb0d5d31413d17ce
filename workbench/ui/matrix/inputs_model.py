"""The inputs of a matrix as a table: what is asked, and the answer expected."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from workbench.domain.matrix import MatrixInput
from workbench.domain.prompts import shown_input

Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
INPUT, EXPECTED = range(2)
_LONGEST = 300


def one_line(text: str) -> str:
    """Return the beginning of a text on one line."""
    return " ".join(text[:_LONGEST].split())


class InputsModel(QAbstractTableModel):
    """Rows that were pasted, read or taken from records."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self.inputs: tuple[MatrixInput, ...] = ()

    def add(self, inputs: Sequence[MatrixInput]) -> None:
        """Append inputs that are not there yet."""
        known = {item.variables for item in self.inputs}
        new: list[MatrixInput] = []
        for item in inputs:
            if item.variables not in known:
                known.add(item.variables)
                new.append(item)
        if new:
            first = len(self.inputs)
            self.beginInsertRows(QModelIndex(), first, first + len(new) - 1)
            self.inputs = (*self.inputs, *new)
            self.endInsertRows()

    def remove(self, rows: Sequence[int]) -> None:
        """Take rows out."""
        gone = set(rows)
        self.beginResetModel()
        self.inputs = tuple(
            item for row, item in enumerate(self.inputs) if row not in gone
        )
        self.endResetModel()

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """Return the number of inputs."""
        return 0 if parent.isValid() else len(self.inputs)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        """Input and expected answer."""
        return 0 if parent.isValid() else 2

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a cell on one line."""
        if not index.isValid() or role != Qt.ItemDataRole.DisplayRole:
            return None
        item = self.inputs[index.row()]
        if index.column() == EXPECTED:
            return one_line(item.expected or "")
        return one_line(shown_input(dict(item.variables)))

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Return the head of a column."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation != Qt.Orientation.Horizontal:
            return None
        return self.tr("Expected answer") if section == EXPECTED else self.tr("Input")
