"""Importing records: a source, which column is what, what became of it."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QStackedWidget, QVBoxLayout, QWidget

from workbench.domain.errors import WorkbenchError
from workbench.services.data import DataService, ImportReport
from workbench.services.imports import ImportPreview
from workbench.services.jobs import Job
from workbench.ui.data.dialog_foot import DialogFoot
from workbench.ui.data.import_mapping import ImportMapping
from workbench.ui.data.import_result import ImportResult
from workbench.ui.data.import_source import ImportSource
from workbench.ui.lab.parts import GAP, MARGIN
from workbench.ui.shell.context import Context
from workbench.ui.shell.phrases import phrase_error
from workbench.ui.shell.weak import weak_slot
from workbench.ui.widgets.notice import Notice

SOURCE, MAPPING, RESULT = range(3)
Columns = tuple[str, tuple[str, ...], str]


def begin_import(
    data: DataService,
    name: str,
    preview: ImportPreview,
    answer: str,
    inputs: tuple[str, ...],
    group: str,
) -> tuple[int, Job[ImportReport]]:
    """Start an import into the dataset with this name, made when it is new."""
    dataset_id = data.ensure_dataset(name)
    return dataset_id, data.import_records(dataset_id, preview, answer, inputs, group)


class ImportDialog(QDialog):
    """Three steps in one window; nothing is written before the last click."""

    imported = Signal(int)
    """Id of the dataset that has grown."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """Build the dialog; the `start` methods show it."""
        super().__init__(parent)
        self._context = context
        self._dataset = ""
        self._dataset_id = 0
        self._source = ImportSource(self)
        self._source.file_chosen.connect(self._read_file)
        self._source.text_pasted.connect(self._read_text)
        self._mapping = ImportMapping(self)
        self._mapping.changed.connect(self._on_mapping)
        self._asked: Columns | None = None
        self._result = ImportResult(self)
        self._steps = QStackedWidget(self)
        for step in (self._source, self._mapping, self._result):
            self._steps.addWidget(step)
        self._notice = Notice("error", "", self)
        self._foot = DialogFoot(self)
        self._foot.accepted.connect(self._on_accept)
        self._foot.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(GAP)
        layout.addWidget(self._steps, 1)
        layout.addWidget(self._notice)
        layout.addWidget(self._foot)
        self.resize(820, 600)

    # ------------------------------------------------------------ starting

    def start(self, dataset: str) -> None:
        """Ask for a file or for cells."""
        self._begin(dataset)
        self.open()
        self._source.path.setFocus()

    def start_with_file(self, dataset: str, path: Path) -> None:
        """Show a file at once."""
        self._begin(dataset)
        self.open()
        self._source.path.setText(str(path))
        self._read_file(str(path))

    def start_with_text(self, dataset: str, text: str) -> None:
        """Show pasted cells at once."""
        self._begin(dataset)
        self.open()
        self._source.cells.setPlainText(text)
        self._read_text(text)

    def _begin(self, dataset: str) -> None:
        self._dataset = dataset
        self._source.clear()
        self.setWindowTitle(self.tr("Import records"))
        self._notice.set_notice("info", "")
        self._go(SOURCE)

    # ------------------------------------------------------------ steps

    def _read_file(self, path: str) -> None:
        data = self._begin_reading()
        self._context.bridge.call(
            data.preview_file, Path(path), done=self._on_preview, failed=self._on_failed
        )

    def _read_text(self, text: str) -> None:
        data = self._context.services.data
        self._context.bridge.call(
            data.preview_text, text, done=self._on_preview, failed=self._on_failed
        )

    def _begin_reading(self) -> DataService:
        self._foot.accept_button.setEnabled(False)
        self._notice.set_notice("info", self.tr("Reading …"))
        return self._context.services.data

    def _on_preview(self, preview: ImportPreview) -> None:
        self._notice.set_notice("info", "")
        self._mapping.show_preview(preview, self._dataset)
        self._asked = None
        self._go(MAPPING)
        self._on_mapping()

    def _on_mapping(self) -> None:
        """Ask what an import of the chosen columns would report."""
        mapping = self._mapping
        columns = (
            mapping.answer_column(),
            mapping.input_columns(),
            mapping.group_column(),
        )
        if mapping.preview is not None and columns != self._asked:
            self._asked = columns
            mapping.show_check(None)
            data = self._context.services.data
            self._context.bridge.call(
                data.check_import,
                mapping.preview,
                *columns,
                done=weak_slot(self._on_check, mapping.preview, columns),
                failed=self._on_failed,
            )
        self._show_foot()

    def _on_check(
        self, preview: ImportPreview, columns: Columns, check: ImportReport
    ) -> None:
        # The newest request wins: an answer to an older one counts other columns.
        if preview is self._mapping.preview and columns == self._asked:
            self._mapping.show_check(check)
            self._show_foot()

    def _on_failed(self, error: WorkbenchError) -> None:
        self._notice.set_notice("error", phrase_error(error))
        self._show_foot()

    def _on_accept(self) -> None:
        step = self._steps.currentIndex()
        if step == SOURCE:
            self._source.submit()
        elif step == MAPPING:
            self._import()
        else:
            self.accept()

    def _import(self) -> None:
        mapping = self._mapping
        if mapping.preview is None or not mapping.is_complete():
            return
        self._foot.accept_button.setEnabled(False)
        self._context.bridge.call(
            begin_import,
            self._context.services.data,
            mapping.dataset.text().strip(),
            mapping.preview,
            mapping.answer_column(),
            mapping.input_columns(),
            mapping.group_column(),
            done=self._on_begun,
            failed=self._on_failed,
        )

    def _on_begun(self, begun: tuple[int, Job[ImportReport]]) -> None:
        self._dataset_id, job = begun
        self._context.bridge.follow(job, done=self._on_report, failed=self._on_failed)

    def _on_report(self, report: ImportReport) -> None:
        self._result.show_report(report)
        self._go(RESULT)
        self.imported.emit(self._dataset_id)

    # ------------------------------------------------------------ showing

    def _go(self, step: int) -> None:
        self._steps.setCurrentIndex(step)
        self._show_foot()
        if step != SOURCE:
            self._foot.accept_button.setFocus()

    def _show_foot(self) -> None:
        step = self._steps.currentIndex()
        accept = self._foot.accept_button
        if step == SOURCE:
            self._foot.set_texts(
                self.tr("Show rows"), self.tr("Cancel"), self.tr("Show rows")
            )
            accept.setEnabled(True)
        elif step == MAPPING:
            check = self._mapping.check
            text = self.tr("Import")
            if check is not None:
                text = self.tr("Import %n record(s)", "", check.added)
            self._foot.set_texts(text, self.tr("Cancel"), self.tr("Import rows"))
            accept.setEnabled(self._mapping.is_complete())
        else:
            self._foot.set_texts(
                self.tr("Done"), self.tr("Close"), self.tr("Finish import")
            )
            accept.setEnabled(True)
        self._foot.reject_button.setVisible(step != RESULT)
