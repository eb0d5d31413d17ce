"""What became of an import: how many came in, and why others did not."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from workbench.services.data import ImportReport
from workbench.services.imports import RowProblem
from workbench.ui.data import phrases
from workbench.ui.data.cells_model import CellsModel
from workbench.ui.lab.panel import Panel
from workbench.ui.lab.parts import GAP
from workbench.ui.lab.plain_table import PlainTable
from workbench.ui.widgets.section_label import label


class ImportResult(Panel):
    """The last step of an import."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start without a report."""
        super().__init__(parent)
        self._report: ImportReport | None = None
        self._headline = label("", "number", self, wrap=True)
        self._hint = label("", "secondary", self, wrap=True)
        self._rows = CellsModel(self)
        self.table = PlainTable(self)
        self.table.setModel(self._rows)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP)
        layout.addWidget(self._headline)
        layout.addWidget(self._hint)
        layout.addWidget(self.table, 1)
        layout.addStretch(0)
        self.built()

    def show_report(self, report: ImportReport) -> None:
        """Show what became of the rows."""
        self._report = report
        self.retranslate()
        self._rows.set_cells(
            (self.tr("Row"), self.tr("What is to be looked at")),
            [(str(p.row) if p.row else "–", row_problem(p)) for p in report.skipped],
        )
        self.table.setColumnWidth(0, 64)
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.setVisible(bool(report.skipped))

    def retranslate(self) -> None:
        """Put every visible word in the current language."""
        self.table.setAccessibleName(self.tr("Rows that were left out"))
        if self._report is None:
            return
        left = sum(problem.rejected for problem in self._report.skipped)
        text = self.tr("%n record(s) added", "", self._report.added)
        if left:
            text = f"{text} · " + self.tr("%n row(s) left out", "", left)
        self._headline.setText(text)
        self._hint.setText(self.tr("One step: Ctrl+Z takes the whole import back."))


def row_problem(problem: RowProblem) -> str:
    """Say why a row is left out, or what is to be looked at in one that is kept."""
    text = phrases.row_problem(problem)
    if problem.rejected:
        return text
    kept = QCoreApplication.translate("ImportResult", "Kept, but: {reason}")
    return kept.replace("{reason}", text)
