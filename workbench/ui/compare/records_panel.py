"""The test records: filters with counts, order, and the answers side by side."""

from collections import Counter

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from workbench.services.compare_result import CompareResult
from workbench.ui.compare import figures
from workbench.ui.compare.records_table import RecordsTable
from workbench.ui.compare.rows import Change, Order, RowFilter, Scoring, arrange, tally
from workbench.ui.models.compare_rows import CompareRowsModel
from workbench.ui.shell.weak import weak_slot
from workbench.ui.widgets.chips import Chip
from workbench.ui.widgets.section_label import label

_CHIPS = (Change.WORSE, Change.BETTER, Change.SAME)


class RecordsPanel(QWidget):
    """Shows the records of a result; tells which one is selected."""

    row_selected = Signal(object)  # CompareRow | None
    tokens_cleared = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._result: CompareResult | None = None
        self._scoring = Scoring()
        self._where = RowFilter()
        self._counts: Counter[Change] = Counter()
        self._model = CompareRowsModel(self)
        self._table = RecordsTable(self._model, self)
        self._table.row_selected.connect(self.row_selected)
        self._chips: dict[Change, Chip] = {}
        for change in _CHIPS:
            chip = Chip("", self, checkable=True)
            chip.clicked.connect(weak_slot(self._on_chip_clicked, change))
            self._chips[change] = chip
        self._tokens = Chip("", self, checkable=True)
        self._tokens.clicked.connect(self._on_tokens_clicked)
        self._shown = label("", "secondary", self)
        self._order = QComboBox(self)
        self._order.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self._order.setMinimumContentsLength(14)
        for order in Order:
            self._order.addItem("", order.value)
        self._order.currentIndexChanged.connect(self._on_order_changed)
        self._lay_out()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(16, 10, 16, 4)
        row.setSpacing(8)
        for chip in self._chips.values():
            row.addWidget(chip)
        row.addStretch(1)
        row.addWidget(self._order)
        second = QHBoxLayout()
        second.setContentsMargins(16, 0, 16, 0)
        second.setSpacing(8)
        second.addWidget(self._tokens)
        second.addWidget(self._shown)
        second.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addLayout(second)
        column.addWidget(self._table, 1)

    def show_result(self, result: CompareResult) -> None:
        """Show the records, keeping filter, order and selection where possible."""
        was_complete = self._result is not None and self._result.complete
        self._result = result
        names = [table.metric for table in result.metrics]
        self._scoring = Scoring(names[0], names[-1])
        self._counts = tally(result.rows, self._scoring)
        # A first or partial result has no selection worth keeping.
        kept = self._position() if was_complete else None
        roles = [candidate.role for candidate in result.comparison.candidates]
        self._model.set_candidates(roles, self._scoring)
        self._arrange(kept)

    def clear_filter(self) -> None:
        """Show all records."""
        self._where = RowFilter()
        self._arrange(self._position())

    def filter_tokens(self, tokens: tuple[float, float] | None) -> None:
        """Show only records with an answer of so many output tokens."""
        self._where = RowFilter(self._where.change, tokens)
        self._arrange(self._position())

    def retranslate(self) -> None:
        """Say everything in the language of now."""
        self._table.setAccessibleName(self.tr("Test records"))
        self._order.setAccessibleName(self.tr("Order of the records"))
        self._tokens.setToolTip(
            self.tr("Records with any answer of this length; press to show all again")
        )
        orders = {
            Order.BIGGEST: self.tr("biggest change first"),
            Order.WORSE_FIRST: self.tr("tuned worse first"),
            Order.BETTER_FIRST: self.tr("tuned better first"),
            Order.FILE: self.tr("as in the dataset"),
        }
        for i, order in enumerate(Order):
            self._order.setItemText(i, orders[order])
        self._model.retranslate()
        self._show_counts()

    def _position(self) -> int | None:
        selected = self._table.selected()
        return selected.position if selected else None

    def _arrange(self, keep: int | None) -> None:
        if self._result is None:
            return
        order = Order(self._order.currentData())
        rows = arrange(self._result.rows, self._where, order, self._scoring)
        self._model.show_rows(rows)
        self._show_counts()
        if rows:
            self._table.select(keep)
        else:
            self.row_selected.emit(None)

    def _show_counts(self) -> None:
        texts = {
            Change.WORSE: self.tr("worse {count}"),
            Change.BETTER: self.tr("better {count}"),
            Change.SAME: self.tr("same {count}"),
        }
        names = {
            Change.WORSE: self.tr("Only records where tuned is worse"),
            Change.BETTER: self.tr("Only records where tuned is better"),
            Change.SAME: self.tr("Only records where both are the same"),
        }
        for change, chip in self._chips.items():
            chip.set_text(texts[change].format(count=self._counts[change]))
            chip.setAccessibleName(names[change])
            chip.setChecked(self._where.change is change)
        self._show_tokens()
        total = len(self._result.rows) if self._result else 0
        shown = self._model.rowCount()
        part = self.tr("{shown} of {total}").format(shown=shown, total=total)
        self._shown.setText(part)
        self._shown.setVisible(shown != total and self._where.tokens is None)
        self._shown.setAccessibleName(self.tr("Records shown"))

    def _show_tokens(self) -> None:
        tokens = self._where.tokens
        self._tokens.setVisible(tokens is not None)
        self._tokens.setChecked(True)
        if tokens is None:
            return
        low, high = tokens
        span = f"{low:.0f}" if low == high else f"{low:.0f}{figures.DASH}{high:.0f}"
        total = len(self._result.rows) if self._result else 0
        self._tokens.set_text(
            self.tr("{span} tokens: {shown} of {total}  ✕").format(
                span=span, shown=self._model.rowCount(), total=total
            )
        )
        self._tokens.setAccessibleName(self.tr("Show all token counts"))

    def _on_chip_clicked(self, pressed: Change, *_: object) -> None:
        change = None if self._where.change is pressed else pressed
        self._where = RowFilter(change, self._where.tokens)
        self._arrange(self._position())

    def _on_tokens_clicked(self) -> None:
        self.filter_tokens(None)
        self.tokens_cleared.emit()

    def _on_order_changed(self) -> None:
        self._arrange(None)
