"""Records of a comparison with all candidates' answers, as a table model.

The rows are held whole: a test part has hundreds of records, not a hundred thousand,
and filters and order come from `ui.compare.rows`.
"""

import dataclasses
from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from workbench.domain.comparisons import CandidateRole, CompareRow
from workbench.services.compare_result import CHARACTER_F1
from workbench.ui.compare import figures, phrasing
from workbench.ui.compare.rows import Scoring

AnyIndex = QModelIndex | QPersistentModelIndex

SECOND_LINE = Qt.ItemDataRole.UserRole + 1
"""Smaller text under the cell's own."""
COLOUR = Qt.ItemDataRole.UserRole + 2
"""Name of the theme colour of the cell's text."""

INPUT, REFERENCE = "input", "reference"
CHANGE = "change"


@dataclasses.dataclass(frozen=True, slots=True)
class Column:
    """One column: an answer of a candidate, or one of the fixed ones."""

    key: str
    role: CandidateRole | None = None


def columns_for(roles: Sequence[CandidateRole]) -> tuple[Column, ...]:
    """Return the columns of a comparison with these candidates."""
    answers = (Column(role.value, role) for role in roles)
    return (Column(INPUT), Column(REFERENCE), *answers, Column(CHANGE))


class CompareRowsModel(QAbstractTableModel):
    """The visible records in their order; formats what the cells show."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[CompareRow, ...] = ()
        self._columns = columns_for(tuple(CandidateRole))
        self._scoring = Scoring()

    def set_candidates(self, roles: Sequence[CandidateRole], scoring: Scoring) -> None:
        """Choose the columns and the metrics that make the change."""
        if self._columns == columns_for(roles) and self._scoring == scoring:
            return
        self.beginResetModel()
        self._columns, self._scoring = columns_for(roles), scoring
        self._rows = ()
        self.endResetModel()

    def show_rows(self, rows: Sequence[CompareRow]) -> None:
        """Show these records in this order."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns, in order."""
        return self._columns

    def row_at(self, row: int) -> CompareRow | None:
        """Return the record of a table row."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def row_of(self, position: int) -> int:
        """Return the table row of a record by its position, −1 when it is hidden."""
        for i, row in enumerate(self._rows):
            if row.position == position:
                return i
        return -1

    def retranslate(self) -> None:
        """Say the headers in the language of now."""
        last = len(self._columns) - 1
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, last)

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        """Return the number of rows."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: AnyIndex | None = None) -> int:
        """Return the number of columns."""
        return 0 if parent is not None and parent.isValid() else len(self._columns)

    def data(
        self, index: AnyIndex, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> object:
        """Return what a cell shows."""
        row = self.row_at(index.row())
        if row is None or not index.isValid():
            return None
        column = self._columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return " ".join(
                (self._text(row, column), self._second(row, column))
            ).strip()
        if role == SECOND_LINE:
            return self._second(row, column)
        if role == COLOUR:
            return self._colour(row, column)
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = int(Qt.ItemDataRole.DisplayRole),
    ) -> object:
        """Return what a head shows."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        column = self._columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._header(column)
        if role == Qt.ItemDataRole.UserRole:
            return column.role
        if role == Qt.ItemDataRole.ToolTipRole and column.key == CHANGE:
            return self._change_hint()
        return None

    def _change_hint(self) -> str:
        text = self.tr("From base to tuned: {first}.")
        if self._scoring.second == CHARACTER_F1:
            text = self.tr("From base to tuned; {first} above, {second} below.")
        return text.format(
            first=phrasing.metric(self._scoring.first),
            second=phrasing.metric(self._scoring.second),
        )

    def _header(self, column: Column) -> str:
        if column.role is not None:
            return phrasing.column(column.role)
        if column.key == INPUT:
            return self.tr("Input")
        return self.tr("Reference") if column.key == REFERENCE else "Δ"

    def _text(self, row: CompareRow, column: Column) -> str:
        if column.key == INPUT:
            return row.input_text
        if column.key == REFERENCE:
            return row.reference
        if column.key == CHANGE:
            difference = self._scoring.difference(row, self._scoring.first)
            return figures.DASH if difference is None else _whole(difference)
        answer = row.answer(column.role) if column.role else None
        if answer is None:
            return ""
        return self.tr("failed") if answer.failed else answer.output

    def _second(self, row: CompareRow, column: Column) -> str:
        if column.key != CHANGE or self._scoring.second != CHARACTER_F1:
            return ""
        difference = self._scoring.difference(row, self._scoring.second)
        if difference is None or not round(difference * 100):
            return ""
        return f"F1 {figures.signed_points(difference)}"

    def _colour(self, row: CompareRow, column: Column) -> str:
        if column.key == REFERENCE:
            return "reference"
        if column.key == CHANGE:
            difference = self._scoring.difference(row, self._scoring.first) or 0.0
            return "better" if difference > 0 else "worse" if difference < 0 else "text"
        answer = row.answer(column.role) if column.role else None
        return "worse" if answer is not None and answer.failed else "text"


def _whole(difference: float) -> str:
    """Write a change of a record: +1, −1, or a share of one."""
    if not difference:
        return "0"
    sign = "+" if difference > 0 else figures.MINUS
    return f"{sign}{abs(difference):.2g}"
