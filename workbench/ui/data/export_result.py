"""The files an export wrote, the hash they name, and rows that were left out."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from workbench.services.exports import ExportReport
from workbench.ui.data.cells_model import CellsModel
from workbench.ui.lab.panel import Panel
from workbench.ui.lab.parts import GAP
from workbench.ui.lab.plain_table import ROW_HEIGHT, PlainTable
from workbench.ui.shell import fonts
from workbench.ui.widgets.notice import Notice
from workbench.ui.widgets.section_label import label

_MOST_PROBLEMS = 5


class ExportResult(Panel):
    """Shows an `ExportReport`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start without a report."""
        super().__init__(parent)
        self._report: ExportReport | None = None
        self._headline = label("", "strong", self, wrap=True)
        self._rows = CellsModel(self)
        self.table = PlainTable(self)
        self.table.setModel(self._rows)
        self.table.setFixedHeight(8 * ROW_HEIGHT + 8)
        self._hash_title = label("", "section", self)
        self.hash = label("", "", self, wrap=True)
        self.hash.setFont(fonts.monospace())
        self.hash.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._problems = Notice("warning", "", self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP)
        for part in (
            self._headline,
            self.table,
            self._hash_title,
            self.hash,
            self._problems,
        ):
            layout.addWidget(part)
        self.built()

    def show_report(self, report: ExportReport) -> None:
        """Show what was written."""
        self._report = report
        manifests = [
            (str(path.relative_to(report.folder)), "–") for path in report.manifests
        ]
        self._rows.set_cells(
            (self.tr("File"), self.tr("Rows")),
            [*((name, str(rows)) for name, rows in report.files), *manifests],
        )
        self.table.setColumnWidth(0, 420)
        self.table.horizontalHeader().setStretchLastSection(True)
        self.hash.setText(report.sha256)
        self.retranslate()

    def retranslate(self) -> None:
        """Put every visible word in the current language."""
        self.table.setAccessibleName(self.tr("Files that were written"))
        self._hash_title.setText(self.tr("SHA-256 of the snapshot"))
        self.hash.setAccessibleName(self.tr("SHA-256 of the snapshot"))
        if self._report is None:
            return
        text = self.tr("Written to {folder}")
        self._headline.setText(text.replace("{folder}", str(self._report.folder)))
        self._problems.set_notice("warning", self._problem_text(self._report))

    def _problem_text(self, report: ExportReport) -> str:
        if not report.problems:
            return ""
        shown = [
            f"{dialect}: {problem.code} {problem.detail}".strip()
            for dialect, problem in report.problems[:_MOST_PROBLEMS]
        ]
        text = self.tr("{n} things the trainer may refuse: {list}")
        return text.replace("{n}", str(len(report.problems))).replace(
            "{list}", "; ".join(shown)
        )
