"""The examples that are typed or pasted: two columns, always room for more."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from workbench.services.starter import WANTED, Pair

Index = QModelIndex | QPersistentModelIndex
INPUT, ANSWER = 0, 1
_NO_PARENT = QModelIndex()
_BLANK = Pair("", "")


class RowsModel(QAbstractTableModel):
    """Holds pairs; the last row is always an empty one."""

    edited = Signal()
    """A person changed a cell."""
    changed = Signal()
    """The rows are others, whoever changed them."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Start with ten empty rows."""
        super().__init__(parent)
        self._rows = [_BLANK] * WANTED
        self._heads = ("", "")

    @property
    def pairs(self) -> tuple[Pair, ...]:
        """All rows, empty ones too."""
        return tuple(self._rows)

    def set_heads(self, heads: tuple[str, str]) -> None:
        """Name the columns."""
        self._heads = heads
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, INPUT, ANSWER)

    def room_for(self, count: int, row: int) -> int:
        """Return where so many rows can be put without covering anything.

        Args:
            count: rows to be put.
            row: where they are wanted.
        """
        there = self._rows[row : row + count]
        if row >= 0 and all(pair.is_blank for pair in there):
            return row
        filled = [i for i, pair in enumerate(self._rows) if not pair.is_blank]
        return max(filled, default=-1) + 1

    def put(self, pairs: Sequence[Pair], row: int, instead_of: int = 0) -> None:
        """Put pairs in, in place of so many rows (at least of the empty ones)."""
        self.beginResetModel()
        end = row + max(instead_of, len(pairs))
        self._rows[row:end] = pairs
        self._fill_up()
        self.endResetModel()
        self.changed.emit()

    def can_take_answers(self, count: int, row: int) -> bool:
        """Tell whether answers can be put beside inputs from this row on."""
        there = self._rows[row : row + count]
        return any(p.input.strip() for p in there) and not any(
            p.answer.strip() for p in there
        )

    def put_answers(self, answers: Sequence[str], row: int) -> None:
        """Put answers beside the inputs from this row on."""
        missing = row + len(answers) - len(self._rows)
        self._rows += [_BLANK] * max(0, missing)
        there = self._rows[row : row + len(answers)]
        pairs = [
            pair._replace(answer=text)
            for pair, text in zip(there, answers, strict=True)
        ]
        self.put(pairs, row)

    def clear(self, cells: Sequence[tuple[int, int]]) -> None:
        """Empty these cells (row, column)."""
        for row, column in cells:
            self._set(row, column, "")
        self._tell(0, len(self._rows) - 1)

    def remove(self, rows: Sequence[int]) -> None:
        """Take rows out."""
        gone = set(rows)
        self.beginResetModel()
        self._rows = [pair for i, pair in enumerate(self._rows) if i not in gone]
        self._fill_up()
        self.endResetModel()
        self.edited.emit()
        self.changed.emit()

    # ------------------------------------------------------------ Qt

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        """Return the two columns."""
        return 0 if parent.isValid() else 2

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let every cell be edited."""
        return super().flags(index) | Qt.ItemFlag.ItemIsEditable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a cell, on one line to be shown."""
        if not index.isValid():
            return None
        text = self._rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.EditRole:
            return text
        if role == Qt.ItemDataRole.DisplayRole:
            return " ".join(text[:300].split())
        return None

    def setData(
        self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole
    ) -> bool:
        """Take over what was typed."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        text = str(value or "")
        if text != self._rows[index.row()][index.column()]:
            self._set(index.row(), index.column(), text)
            self._tell(index.row(), index.row())
        return True

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Return the name of a column, or the number of a row."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Horizontal:
            return self._heads[section]
        return str(section + 1)

    # ------------------------------------------------------------ inside

    def _set(self, row: int, column: int, text: str) -> None:
        pair = self._rows[row]
        self._rows[row] = (
            pair._replace(input=text) if column == INPUT else pair._replace(answer=text)
        )

    def _tell(self, first: int, last: int) -> None:
        self.dataChanged.emit(self.index(first, INPUT), self.index(last, ANSWER))
        if not self._rows[-1].is_blank:
            self.beginInsertRows(_NO_PARENT, len(self._rows), len(self._rows))
            self._rows.append(_BLANK)
            self.endInsertRows()
        self.edited.emit()
        self.changed.emit()

    def _fill_up(self) -> None:
        missing = max(0, WANTED - len(self._rows))
        self._rows += [_BLANK] * missing
        if not self._rows[-1].is_blank:
            self._rows.append(_BLANK)
