"""Which column is what: the second step of an import."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QLineEdit,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from workbench.services.data import ImportReport
from workbench.services.imports import ImportPreview, RowProblem
from workbench.ui.data.cells_model import CellsModel
from workbench.ui.data.import_result import row_problem
from workbench.ui.lab.panel import Panel
from workbench.ui.lab.parts import GAP
from workbench.ui.lab.plain_table import PlainTable
from workbench.ui.shell.weak import weak_slot
from workbench.ui.widgets.chips import Chip
from workbench.ui.widgets.flow_layout import FlowLayout
from workbench.ui.widgets.section_label import label

_SHOWN_ROWS = 200


class ImportMapping(Panel):
    """Shows the rows of a file and lets its columns be given their part."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start without a file."""
        super().__init__(parent)
        self.preview: ImportPreview | None = None
        self.check: ImportReport | None = None
        """What the import would report, once that is known."""
        self._problems: tuple[RowProblem, ...] = ()
        self._summary = label("", "", self, wrap=True)
        self._titles = [label("", "section", self) for _ in range(4)]
        self.dataset = QLineEdit(self)
        self.dataset.textChanged.connect(self._on_changed)
        self.answer = QComboBox(self)
        self.answer.activated.connect(self._on_answer)
        self.group = QComboBox(self)
        self.group.activated.connect(self._on_answer)
        self._chip_row = QWidget(self)
        self._flow = FlowLayout(self._chip_row, spacing=6)
        self._chips: dict[str, Chip] = {}
        self._cells = CellsModel(self)
        self.table = PlainTable(self)
        self.table.setModel(self._cells)
        self.table.verticalHeader().show()
        self._problem_rows = CellsModel(self)
        self.problems = PlainTable(self)
        self.problems.setModel(self._problem_rows)
        self._lay_out()
        self.built()

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        fields = (self._chip_row, self.answer, self.group, self.dataset)
        for row, (title, field) in enumerate(zip(self._titles, fields, strict=True)):
            title.setBuddy(field)
            grid.addWidget(title, row, 0)
            grid.addWidget(field, row, 1)
        grid.setColumnStretch(1, 1)
        tables = QSplitter(Qt.Orientation.Vertical, self)
        tables.setChildrenCollapsible(False)
        tables.addWidget(self.table)
        tables.addWidget(self.problems)
        tables.setStretchFactor(0, 3)
        tables.setStretchFactor(1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP)
        layout.addWidget(self._summary)
        layout.addLayout(grid)
        layout.addWidget(tables, 1)

    # ------------------------------------------------------------ showing

    def show_preview(self, preview: ImportPreview, dataset: str) -> None:
        """Show a file and the guess which column is what."""
        self.preview = preview
        self.dataset.setText(dataset or self.tr("Records"))
        self._fill_combos(preview)
        self._build_chips(preview)
        self._cells.set_cells(
            preview.columns,
            preview.rows[:_SHOWN_ROWS],
            [str(number) for number in preview.numbers[:_SHOWN_ROWS]],
        )
        self.show_check(None)
        self.table.horizontalHeader().setStretchLastSection(True)
        for column in range(len(preview.columns) - 1):
            self.table.setColumnWidth(column, 320 if column == 0 else 160)

    def show_check(self, check: ImportReport | None) -> None:
        """Show what the import would report with these columns; None = not known yet.

        Until it is known, what was found when reading is shown.
        """
        self.check = check
        preview = self.preview
        problems = preview.problems if preview is not None else ()
        if check is not None:
            problems = check.skipped
        self._problem_rows.set_cells(
            (self.tr("Row"), self.tr("What is to be looked at")),
            [(str(p.row) if p.row else "–", row_problem(p)) for p in problems],
        )
        self.problems.setColumnWidth(0, 64)
        self.problems.horizontalHeader().setStretchLastSection(True)
        self.problems.setVisible(bool(problems))
        self._problems = problems
        self.retranslate()

    def answer_column(self) -> str:
        """Return the column of the right answer."""
        return str(self.answer.currentData() or "")

    def group_column(self) -> str:
        """Return the column that ties records together, or empty."""
        return str(self.group.currentData() or "")

    def input_columns(self) -> tuple[str, ...]:
        """Return the columns of the input."""
        taken = {self.answer_column(), self.group_column()}
        return tuple(
            name
            for name, chip in self._chips.items()
            if chip.isChecked() and name not in taken
        )

    def is_complete(self) -> bool:
        """Tell whether there is something to import."""
        return (
            self.preview is not None
            and bool(self.preview.rows)
            and (self.check is None or self.check.added > 0)
            and bool(self.answer_column())
            and bool(self.input_columns())
            and bool(self.dataset.text().strip())
        )

    def retranslate(self) -> None:
        """Put every visible word in the current language."""
        titles = (
            self.tr("Input"),
            self.tr("Right answer"),
            self.tr("Group"),
            self.tr("Dataset"),
        )
        for title, text in zip(self._titles, titles, strict=True):
            title.setText(text)
        self._titles[2].setToolTip(
            self.tr("Records of one group, such as a customer, stay in one part")
        )
        self.answer.setAccessibleName(self.tr("Answer column"))
        self.group.setAccessibleName(self.tr("Group column"))
        self.dataset.setAccessibleName(self.tr("Dataset to import into"))
        self.table.setAccessibleName(self.tr("Rows of the file"))
        self.problems.setAccessibleName(self.tr("Rows with problems"))
        self.group.setItemText(0, self.tr("none"))
        for name, chip in self._chips.items():
            chip.setAccessibleName(self.tr("Input column {name}").format(name=name))
        if self.preview is not None:
            self._summary.setText(self._summarise(self.preview))

    def _summarise(self, preview: ImportPreview) -> str:
        rejected = sum(problem.rejected for problem in self._problems)
        source = preview.source
        if source == "pasted":
            source = self.tr("Pasted cells")
        parts = [source, self.tr("%n row(s) can be read", "", len(preview.rows))]
        if rejected:
            parts.append(self.tr("%n row(s) left out", "", rejected))
        return " · ".join(parts)

    # ------------------------------------------------------------ inside

    def _fill_combos(self, preview: ImportPreview) -> None:
        self.answer.clear()
        self.group.clear()
        self.group.addItem("", "")
        for name in preview.columns:
            self.answer.addItem(name, name)
            self.group.addItem(name, name)
        self.answer.setCurrentIndex(self.answer.findData(preview.answer_column))
        self.group.setCurrentIndex(self.group.findData(preview.group_column))

    def _build_chips(self, preview: ImportPreview) -> None:
        for chip in self._chips.values():
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = {}
        for name in preview.columns:
            chip = Chip(name, self._chip_row, checkable=True)
            chip.setChecked(name in preview.input_columns)
            chip.clicked.connect(weak_slot(self._on_changed))
            self._chips[name] = chip
            self._flow.addWidget(chip)
            chip.show()
        self._show_taken()

    def _show_taken(self) -> None:
        """A column with another part cannot be input as well."""
        taken = {self.answer_column(), self.group_column()}
        for name, chip in self._chips.items():
            chip.setVisible(name not in taken)

    def _on_answer(self) -> None:
        self._show_taken()
        self.changed.emit()

    def _on_changed(self, *_: object) -> None:
        self.changed.emit()
