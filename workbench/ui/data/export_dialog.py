"""Writing the training files of a dataset, and showing what was written."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from workbench.domain.datasets import Dataset
from workbench.domain.errors import WorkbenchError
from workbench.services.exports import ExportReport
from workbench.services.jobs import Job
from workbench.ui.data.dialog_foot import DialogFoot
from workbench.ui.data.export_result import ExportResult
from workbench.ui.lab.parts import GAP, MARGIN, set_words
from workbench.ui.shell.context import Context
from workbench.ui.shell.phrases import phrase_error
from workbench.ui.widgets.buttons import plain_button
from workbench.ui.widgets.notice import Notice
from workbench.ui.widgets.section_label import label


class ExportDialog(QDialog):
    """Asks for a folder, writes, and lists the files with their hash."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """Build the dialog; `start` shows it."""
        super().__init__(parent)
        self._context = context
        self._dataset: Dataset | None = None
        self._written: Path | None = None
        self._intro = label("", "secondary", self, wrap=True)
        self._title = label("", "section", self)
        self.folder = QLineEdit(self)
        self.folder.textChanged.connect(self._on_text)
        self._browse = plain_button("", self)
        self._browse.clicked.connect(self._on_browse)
        self._progress = QProgressBar(self)
        self._progress.setRange(0, 0)
        self._progress.setTextVisible(False)
        self._progress.hide()
        self._notice = Notice("warning", "", self)
        self._result = ExportResult(self)
        self._result.hide()
        self._foot = DialogFoot(self)
        self._foot.accepted.connect(self._on_accept)
        self._foot.rejected.connect(self.reject)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(self.folder, 1)
        row.addWidget(self._browse)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(GAP)
        layout.addWidget(self._intro)
        layout.addWidget(self._title)
        layout.addLayout(row)
        for part in (self._progress, self._notice, self._result, self._foot):
            layout.addWidget(part)
        self.setMinimumWidth(620)

    def start(self, dataset: Dataset) -> None:
        """Show the dialog for a dataset."""
        self._dataset = dataset
        self._written = None
        self._result.hide()
        self._progress.hide()
        self._retranslate()
        test = dataset.counts.test
        unsplit = self.tr(
            "Nothing is set aside for the test yet: the files would hold no part. "
            "Divide the records first."
        )
        self._notice.set_notice("warning", "" if test else unsplit)
        if not self.folder.text():
            place = QStandardPaths.StandardLocation.DocumentsLocation
            base = QStandardPaths.writableLocation(place)
            self.folder.setText(str(Path(base) / "Workbench"))
        self._on_text()
        self.open()
        self.folder.setFocus()

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("Export records"))
        self._intro.setText(
            self.tr(
                "Writes the records as Bedrock conversations and as TRL prompt and "
                "completion, one file per part, with a manifest. The prompt is the one "
                "of the Lab, without its examples."
            )
        )
        self._title.setText(self.tr("Folder"))
        self.folder.setAccessibleName(self.tr("Folder to export to"))
        set_words(self._browse, self.tr("Choose…"), "", self.tr("Choose a folder"))
        self._progress.setAccessibleName(self.tr("Progress of the export"))
        self._show_foot()

    def _show_foot(self) -> None:
        if self._written is not None:
            self._foot.set_texts(self.tr("Open folder"), self.tr("Close"))
        else:
            self._foot.set_texts(
                self.tr("Export"), self.tr("Cancel"), self.tr("Export files")
            )

    def _on_text(self) -> None:
        self._foot.accept_button.setEnabled(bool(self.folder.text().strip()))

    def _on_browse(self) -> None:
        dialog = QFileDialog(self, self.tr("Choose a folder"), self.folder.text())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self.folder.setText)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_accept(self) -> None:
        if self._written is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._written)))
        elif self._dataset is not None:
            self._foot.accept_button.setEnabled(False)
            self._progress.show()
            folder = Path(self.folder.text().strip()).expanduser()
            data = self._context.services.data
            self._context.bridge.call(
                data.export,
                self._dataset.id,
                folder,
                done=self._on_started,
                failed=self._on_failed,
            )

    def _on_started(self, job: Job[ExportReport]) -> None:
        self._context.bridge.follow(job, done=self._on_report, failed=self._on_failed)

    def _on_report(self, report: ExportReport) -> None:
        self._written = report.folder
        self._progress.hide()
        self._notice.set_notice("info", "")
        self._result.show_report(report)
        self._result.show()
        self._foot.accept_button.setEnabled(True)
        self._show_foot()

    def _on_failed(self, error: WorkbenchError) -> None:
        self._progress.hide()
        self._notice.set_notice("error", phrase_error(error))
        self._foot.accept_button.setEnabled(True)
