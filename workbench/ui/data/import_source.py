"""Where records come from: a file, or cells pasted from a spreadsheet."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from workbench.ui.data.answer_edit import AnswerEdit
from workbench.ui.lab.panel import Panel
from workbench.ui.lab.parts import GAP, set_words
from workbench.ui.widgets.buttons import plain_button
from workbench.ui.widgets.section_label import label


class ImportSource(Panel):
    """The first step of an import."""

    file_chosen = Signal(str)
    text_pasted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start with nothing chosen."""
        super().__init__(parent)
        self._file_title = label("", "section", self)
        self.path = QLineEdit(self)
        self.path.returnPressed.connect(self._on_path)
        self._browse = plain_button("", self)
        self._browse.clicked.connect(self._on_browse)
        self._paste_title = label("", "section", self)
        self.cells = AnswerEdit(self, least=6, most=10)
        self.cells.submitted.connect(self.submit)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(self.path, 1)
        row.addWidget(self._browse)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._file_title)
        layout.addLayout(row)
        layout.addSpacing(GAP)
        layout.addWidget(self._paste_title)
        layout.addWidget(self.cells)
        layout.addStretch(1)
        self.built()

    def clear(self) -> None:
        """Start anew."""
        self.path.clear()
        self.cells.clear()

    def submit(self) -> None:
        """Read what was chosen or pasted."""
        if self.path.text().strip():
            self._on_path()
        elif self.cells.toPlainText().strip():
            self.text_pasted.emit(self.cells.toPlainText())

    def retranslate(self) -> None:
        """Put every visible word in the current language."""
        self._file_title.setText(self.tr("A file: CSV, TSV or JSONL"))
        self.path.setAccessibleName(self.tr("File to import"))
        self.path.setPlaceholderText(self.tr("Path of the file"))
        set_words(self._browse, self.tr("Choose…"), "", self.tr("Choose a file"))
        self._paste_title.setText(self.tr("… or cells from a spreadsheet"))
        self.cells.setAccessibleName(self.tr("Cells to import"))
        self.cells.setPlaceholderText(
            self.tr("Paste rows here, the first row with the names of the columns")
        )

    def _on_path(self) -> None:
        # Dropped and copied paths often stand in quotation marks.
        text = self.path.text().strip().strip("\"'")
        if text:
            self.file_chosen.emit(str(Path(text).expanduser()))

    def _on_browse(self) -> None:
        dialog = QFileDialog(self, self.tr("Choose a file to import"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters(
            [
                self.tr("Tables and JSON lines (*.csv *.tsv *.txt *.jsonl *.json)"),
                self.tr("All files (*)"),
            ]
        )
        dialog.fileSelected.connect(self._on_selected)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_selected(self, path: str) -> None:
        self.path.setText(path)
        self.file_chosen.emit(path)
