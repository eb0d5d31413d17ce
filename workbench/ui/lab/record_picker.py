"""Choosing records of a dataset as examples in the prompt."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QTimer, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from workbench.domain.datasets import ExampleFilter, Split
from workbench.services.data import DataService
from workbench.ui.lab.parts import GAP, MARGIN
from workbench.ui.lab.plain_table import PlainTable
from workbench.ui.models.examples import ANSWER, GROUP, INPUT, SOURCE, ExamplesModel
from workbench.ui.shell.context import Context
from workbench.ui.widgets.buttons import plain_button, primary_button
from workbench.ui.widgets.section_label import label

_SEARCH_DELAY_MS = 200


class RecordPicker(QDialog):
    """Lists records that may be examples; Enter adds one and stays open."""

    chosen = Signal(int)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """Build the dialog; `start` reads and shows it."""
        super().__init__(parent)
        self._context = context
        self._hint = label("", "secondary", self, wrap=True)
        self._search = QLineEdit(self)
        self._search.setClearButtonEnabled(True)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SEARCH_DELAY_MS)
        self._timer.timeout.connect(self._load)
        self._search.textChanged.connect(self._on_search)
        self._model = ExamplesModel(context.services.data.examples, self)
        self.table = PlainTable(self)
        self.table.setModel(self._model)
        self.table.activated.connect(self._on_index)
        self._add = primary_button("", self)
        self._add.clicked.connect(self._on_add)
        self._close = plain_button("", self)
        self._close.clicked.connect(self.close)
        self._lay_out()
        self.resize(760, 520)

    def _lay_out(self) -> None:
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(INPUT, QHeaderView.ResizeMode.Stretch)
        header.resizeSection(ANSWER, 220)
        for column in (GROUP, SOURCE):
            self.table.setColumnHidden(column, True)
        foot = QHBoxLayout()
        foot.setSpacing(GAP)
        foot.addStretch(1)
        foot.addWidget(self._close)
        foot.addWidget(self._add)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(GAP)
        for part in (self._hint, self._search, self.table):
            layout.addWidget(part)
        layout.addLayout(foot)

    def start(self) -> None:
        """Read the records and show the dialog."""
        self._retranslate()
        self._load()
        self.open()
        self._search.setFocus()

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("Add from records"))
        self._hint.setText(
            self.tr(
                "Records set aside for the test are not offered: an example of the "
                "prompt in the test would make it unfair."
            )
        )
        self._search.setPlaceholderText(self.tr("Search input and answer"))
        self._search.setAccessibleName(self.tr("Search records to add"))
        self.table.setAccessibleName(self.tr("Records to add"))
        self._add.setText(self.tr("Add to the prompt"))
        self._close.setText(self.tr("Close"))
        self._model.retranslate()

    def _on_search(self) -> None:
        self._timer.start()

    def _load(self) -> None:
        data = self._context.services.data
        self._context.bridge.call(
            offered_ids, data, self._search.text(), done=self._on_ids
        )

    def _on_ids(self, ids: Sequence[int]) -> None:
        self._model.set_ids(ids)
        if ids and not self.table.currentIndex().isValid():
            self.table.selectRow(0)
        self._add.setEnabled(bool(ids))

    def _on_index(self, index: QModelIndex) -> None:
        self.chosen.emit(self._model.id_at(index.row()))

    def _on_add(self) -> None:
        index = self.table.currentIndex()
        if index.isValid():
            self._on_index(index)


def offered_ids(data: DataService, text: str) -> Sequence[int]:
    """Return the records that may stand in a prompt, oldest first."""
    found: list[int] = []
    for dataset in data.datasets():
        for part in (Split.NONE, Split.TRAIN):
            found += data.example_ids(ExampleFilter(dataset.id, text, part))
    return found
