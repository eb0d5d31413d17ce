"""The table of test records; its columns share the width there is."""

from PySide6.QtCore import QItemSelection, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from workbench.domain.comparisons import CandidateRole, CompareRow
from workbench.ui.compare.answer_delegate import AnswerDelegate, row_height
from workbench.ui.compare.answer_header import AnswerHeader
from workbench.ui.models.compare_rows import (
    CHANGE,
    INPUT,
    REFERENCE,
    Column,
    CompareRowsModel,
)

_WEIGHTS = {INPUT: 27, REFERENCE: 16, "base": 24, "few_shot": 17, "tuned": 18}
_CHANGE_WIDTH = 64
_NARROW = 560
"""Below this width the answers with examples are only shown for the selected record."""


class RecordsTable(QTableView):
    """Fixed row heights (measuring 100,000 rows takes seconds), whole rows selected."""

    row_selected = Signal(object)  # CompareRow

    def __init__(self, model: CompareRowsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = model
        self.setModel(model)
        self.setItemDelegate(AnswerDelegate(self))
        self.setHorizontalHeader(AnswerHeader(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        height = row_height(QFontMetricsF(self.font()))
        self.verticalHeader().setDefaultSectionSize(height)
        self.selectionModel().selectionChanged.connect(self._on_selection_changed)
        model.modelReset.connect(self.fit_columns)

    def selected(self) -> CompareRow | None:
        """Return the selected record."""
        rows = self.selectionModel().selectedRows()
        return self._rows.row_at(rows[0].row()) if rows else None

    def select(self, position: int | None) -> None:
        """Select a record by its position, or the first that is shown."""
        row = -1 if position is None else self._rows.row_of(position)
        self.selectRow(max(0, row))

    def fit_columns(self) -> None:
        """Share the width among the columns; the change keeps its own."""
        columns = self._rows.columns
        narrow = self.viewport().width() < _NARROW
        for i, column in enumerate(columns):
            self.setColumnHidden(i, narrow and column.role is CandidateRole.FEW_SHOT)
        shown = [column for column in columns if not self._is_left_out(column)]
        room = self.viewport().width() - _CHANGE_WIDTH
        total = sum(_weight(column) for column in shown)
        for i, column in enumerate(columns):
            last = column.key == CHANGE
            width = _CHANGE_WIDTH if last else room * _weight(column) // total
            self.setColumnWidth(i, max(40, width))

    def _is_left_out(self, column: Column) -> bool:
        return self.isColumnHidden(self._rows.columns.index(column))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the new width."""
        super().resizeEvent(event)
        self.fit_columns()

    def _on_selection_changed(self, selected: QItemSelection) -> None:
        if selected.count():
            self.row_selected.emit(self.selected())


def _weight(column: Column) -> int:
    return _WEIGHTS.get(column.key, 0)
