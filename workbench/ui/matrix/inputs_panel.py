"""Where the inputs of a matrix come from: pasted cells, a file, records."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QKeySequence,
    QShortcut,
)
from PySide6.QtWidgets import QFileDialog, QHeaderView, QMenu, QVBoxLayout, QWidget

from workbench.domain.datasets import Dataset, Split
from workbench.domain.matrix import MatrixInput
from workbench.services.imports import ImportPreview
from workbench.ui.lab.panel import Panel
from workbench.ui.lab.parts import GAP, set_words
from workbench.ui.lab.plain_table import PlainTable
from workbench.ui.matrix.inputs_model import EXPECTED, INPUT, InputsModel
from workbench.ui.matrix.wish import inputs_of_records, inputs_of_table
from workbench.ui.shell.context import Context
from workbench.ui.shell.weak import weak_slot
from workbench.ui.widgets.buttons import plain_button, quiet_button
from workbench.ui.widgets.flow_layout import FlowLayout
from workbench.ui.widgets.section_label import label


class InputsPanel(Panel):
    """A small table of inputs, and three ways to fill it."""

    changed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self._context = context
        self._names: Sequence[str] = ()
        self._datasets: Sequence[Dataset] = ()
        self.setAcceptDrops(True)
        self._title = label("", "section", self)
        self._paste = plain_button("", self)
        self._paste.clicked.connect(self.paste)
        self._file = plain_button("", self)
        self._file.clicked.connect(self._on_file)
        self._menu = QMenu(self)
        self._records = plain_button("", self)
        self._records.setMenu(self._menu)
        self._remove = quiet_button("", self)
        self._remove.clicked.connect(self._on_remove)
        self.model = InputsModel(self)
        self.table = PlainTable(self)
        self.table.setSelectionMode(PlainTable.SelectionMode.ExtendedSelection)
        self.table.setModel(self.model)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(INPUT, QHeaderView.ResizeMode.Stretch)
        header.resizeSection(EXPECTED, 150)
        for keys, slot in (("Ctrl+V", self.paste), ("Del", self._on_remove)):
            shortcut = QShortcut(QKeySequence(keys), self.table)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(slot)
        flow = FlowLayout(None, GAP)
        for button in (self._paste, self._file, self._records, self._remove):
            flow.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP)
        layout.addWidget(self._title)
        layout.addLayout(flow)
        layout.addWidget(self.table, 1)
        self.model.rowsInserted.connect(self._on_rows)
        self.model.modelReset.connect(self._on_rows)
        self.built()

    def set_names(self, names: Sequence[str]) -> None:
        """Take over the placeholders that the columns fill."""
        self._names = names

    def load(self) -> None:
        """Read which datasets there are."""
        data = self._context.services.data
        self._context.bridge.call(data.datasets, done=self._on_datasets)

    def paste(self) -> None:
        """Take cells from the clipboard."""
        text = QGuiApplication.clipboard().text()
        if text.strip():
            data = self._context.services.data
            self._context.bridge.call(data.preview_text, text, done=self._on_preview)

    def read(self, path: str) -> None:
        """Take the rows of a file."""
        data = self._context.services.data
        self._context.bridge.call(data.preview_file, Path(path), done=self._on_preview)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Read the files that were dropped."""
        for url in event.mimeData().urls():
            if url.isLocalFile():
                self.read(url.toLocalFile())
        event.acceptProposedAction()

    def retranslate(self) -> None:
        """Put every visible word in the current language."""
        set_words(
            self._paste,
            self.tr("Paste cells"),
            self.tr("Rows copied in a spreadsheet, the answer in the last column"),
        )
        set_words(
            self._file,
            self.tr("File…"),
            self.tr("CSV, TSV or JSONL; a file can be dropped here, too"),
            self.tr("Inputs from a file"),
        )
        set_words(self._records, self.tr("Records ▾"), "", self.tr("From records"))
        set_words(
            self._remove,
            self.tr("Remove"),
            self.tr("Take the selected inputs out, or all when none is selected. Del"),
            self.tr("Remove inputs"),
        )
        self.table.setAccessibleName(self.tr("Inputs"))
        self._fill_menu()
        self._on_rows()

    def _on_rows(self) -> None:
        count = len(self.model.inputs)
        self._title.setText(self.tr("%n input(s)", "", count))
        self._remove.setEnabled(bool(count))
        if self._is_built:
            self.changed.emit()

    def _on_preview(self, preview: ImportPreview) -> None:
        self._add(inputs_of_table(preview, self._names))

    def _add(self, inputs: Sequence[MatrixInput]) -> None:
        self.model.add(inputs)

    def _on_datasets(self, datasets: Sequence[Dataset]) -> None:
        self._datasets = datasets
        self._fill_menu()

    def _fill_menu(self) -> None:
        self._menu.clear()
        for dataset in self._datasets:
            counts = dataset.counts
            parts = (
                (Split.TRAIN, self.tr("for training"), counts.train),
                (Split.VALIDATION, self.tr("for validation"), counts.validation),
                (Split.TEST, self.tr("set aside for the test"), counts.test),
                (Split.NONE, self.tr("not divided yet"), counts.none),
            )
            for part, name, count in parts:
                if count:
                    text = self.tr("{dataset}: {part} ({count})").format(
                        dataset=dataset.name.replace("&", "&&"), part=name, count=count
                    )
                    action = self._menu.addAction(text)
                    slot = weak_slot(self._on_records, dataset.id, part)
                    action.triggered.connect(slot)
        self._records.setEnabled(not self._menu.isEmpty())

    def _on_records(self, dataset_id: int, part: Split, *_: object) -> None:
        data = self._context.services.data
        self._context.bridge.call(
            inputs_of_records, data, dataset_id, part, done=self._add
        )

    def _on_remove(self) -> None:
        rows = [index.row() for index in self.table.selectionModel().selectedRows()]
        self.model.remove(rows or range(len(self.model.inputs)))

    def _on_file(self) -> None:
        dialog = QFileDialog(self, self.tr("Choose a file with inputs"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.read)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
