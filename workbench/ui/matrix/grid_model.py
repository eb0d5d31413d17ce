"""The grid as a virtual table: an input a row, a version with a model a column."""

from collections.abc import Iterable

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from workbench.domain.matrices import CellState
from workbench.domain.prompts import shown_input
from workbench.ui.matrix import words
from workbench.ui.matrix.grid import Grid, Tally
from workbench.ui.matrix.inputs_model import one_line
from workbench.ui.shell import tokens

Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
FIRST = 2
"""Columns before the cells: the input and the expected answer."""


class GridModel(QAbstractTableModel):
    """Shows a `Grid`; nothing of a cell is made before it is painted."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Start without a grid."""
        super().__init__(parent)
        self.grid: Grid | None = None
        self._heads: list[str] = []

    def set_grid(self, grid: Grid | None) -> None:
        """Show another matrix."""
        self.beginResetModel()
        self.grid = grid
        self._make_heads()
        self.endResetModel()

    def changed(self, positions: Iterable[int]) -> None:
        """Paint cells again, and say what the columns come to."""
        if self.grid is None:
            return
        rows = {self.grid.place(position)[0] for position in positions}
        if rows:
            last = self.columnCount() - 1
            # One range: a view that is told of each cell forgets what it can skip.
            self.dataChanged.emit(
                self.index(min(rows), FIRST), self.index(max(rows), last)
            )

    def retell(self) -> None:
        """Say anew what the columns come to."""
        self._make_heads()
        last = self.columnCount() - 1
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, last)

    def position_at(self, index: Index) -> int | None:
        """Return the cell at a place of the table, None beside the cells."""
        if self.grid is None or not index.isValid() or index.column() < FIRST:
            return None
        return self.grid.position(index.row(), index.column() - FIRST)

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """Return the number of inputs."""
        if parent.isValid() or self.grid is None:
            return 0
        return len(self.grid.matrix.inputs)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        """Return the number of columns."""
        if parent.isValid() or self.grid is None:
            return 0
        return FIRST + len(self.grid.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the words of a cell, or their colour."""
        if self.grid is None or not index.isValid():
            return None
        position = self.position_at(index)
        if position is None:
            return self._fixed(index, role)
        if role == Qt.ItemDataRole.ForegroundRole:
            return tokens.color(self._token(position))
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return one_line(words.cell(self.grid, position))
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Return the head of a column with its pass rate."""
        if orientation != Qt.Orientation.Horizontal or section >= len(self._heads):
            return None
        return self._heads[section] if role == Qt.ItemDataRole.DisplayRole else None

    def _fixed(self, index: Index, role: int) -> object:
        if self.grid is None or role != Qt.ItemDataRole.DisplayRole:
            return None
        item = self.grid.matrix.inputs[index.row()]
        if index.column():
            return one_line(item.expected or "")
        return one_line(shown_input(dict(item.variables)))

    def _token(self, position: int) -> str:
        grid = self.grid
        if grid is None:
            return "text"
        view = grid.views[position]
        if view.state is CellState.FAILED:
            return "worse"
        if view.state is not CellState.ANSWERED:
            return "secondary"
        answer = grid.answers.get(position)
        marks = {True: "better", False: "worse", None: "text"}
        return marks[answer.matches if answer is not None else None]

    def _make_heads(self) -> None:
        grid = self.grid
        self._heads = []
        if grid is not None:
            tallies = grid.tallies()
            cells = [
                words.column(grid, *each, tallies.get(each[:2], Tally()))
                for each in grid.columns
            ]
            self._heads = [self.tr("Input"), self.tr("Expected answer"), *cells]
