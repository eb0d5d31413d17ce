"""The records of a dataset: table, one of them in detail, and the ways in and out."""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHeaderView,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from workbench.domain.changes import ChangeSet
from workbench.domain.datasets import Example
from workbench.ui.data import phrases
from workbench.ui.data.choice_table import ChoiceTable
from workbench.ui.data.export_dialog import ExportDialog
from workbench.ui.data.import_dialog import ImportDialog
from workbench.ui.data.name_dialog import NameDialog
from workbench.ui.data.record_detail import RecordDetail
from workbench.ui.data.record_dialog import RecordDialog
from workbench.ui.data.record_filter import RecordFilter
from workbench.ui.data.record_toolbar import RecordToolbar
from workbench.ui.data.records_presenter import RecordsPresenter
from workbench.ui.data.split_dialog import SplitDialog
from workbench.ui.lab.panel import Panel
from workbench.ui.lab.parts import GAP, MARGIN
from workbench.ui.models import examples as columns
from workbench.ui.models.examples import ExamplesModel
from workbench.ui.shell.context import Context
from workbench.ui.widgets.empty_state import EmptyState
from workbench.ui.widgets.lines import horizontal_line
from workbench.ui.widgets.notice import Notice
from workbench.ui.widgets.section_label import label

_WIDTHS = {
    columns.ANSWER: 180,
    columns.SPLIT: 164,
    columns.GROUP: 72,
    columns.SOURCE: 124,
}


class RecordsPane(Panel):
    """Shows the records of one dataset and what can be done with them."""

    counted = Signal()
    sample_wanted = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """Build the pane; `load` reads."""
        super().__init__(parent)
        self._context = context
        self.presenter = RecordsPresenter(context, self)
        self.model = ExamplesModel(context.services.data.examples, self)
        self.toolbar = RecordToolbar(self)
        self.filters = RecordFilter(self.presenter, self)
        self.table = ChoiceTable(self.model, self)
        self.detail = RecordDetail(context, self)
        self._parts = label("", "secondary", self)
        self._findings = Notice("warning", "", self)
        self._empty = EmptyState("import", parent=self)
        self._nothing = EmptyState("filter", parent=self)
        self._rows = QStackedWidget(self)
        self._lay_out()
        self._connect()
        self.built()

    def _lay_out(self) -> None:
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(columns.INPUT, QHeaderView.ResizeMode.Stretch)
        for column, width in _WIDTHS.items():
            header.resizeSection(column, width)
        for page in (self.table, self._nothing, self._empty):
            self._rows.addWidget(page)
        splitter = QSplitter(Qt.Orientation.Horizontal, self)
        splitter.setHandleWidth(1)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self._rows)
        splitter.addWidget(self.detail)
        splitter.setSizes([880, 380])
        splitter.setStretchFactor(0, 2)
        splitter.setStretchFactor(1, 1)
        self.detail.setMinimumWidth(300)
        top = QVBoxLayout()
        top.setContentsMargins(MARGIN, 10, MARGIN, 10)
        top.setSpacing(GAP)
        top.addWidget(self.toolbar)
        top.addWidget(self.filters)
        foot = QVBoxLayout()
        foot.setContentsMargins(MARGIN, GAP, MARGIN, GAP)
        foot.setSpacing(4)
        foot.addWidget(self._parts)
        foot.addWidget(self._findings)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addWidget(horizontal_line(self))
        layout.addWidget(splitter, 1)
        layout.addWidget(horizontal_line(self))
        layout.addLayout(foot)

    def _connect(self) -> None:
        presenter, toolbar, detail = self.presenter, self.toolbar, self.detail
        presenter.listed.connect(self._on_listed)
        presenter.counted.connect(self._show_counts)
        presenter.rows_changed.connect(self._on_rows_changed)
        presenter.findings_changed.connect(self._show_findings)
        toolbar.dataset_chosen.connect(presenter.choose_dataset)
        toolbar.new_wanted.connect(self.new_dataset)
        toolbar.add_wanted.connect(self.add_record)
        toolbar.import_wanted.connect(self.import_records)
        toolbar.split_wanted.connect(self.split)
        toolbar.export_wanted.connect(self.export)
        self.table.current_changed.connect(self._show_current)
        detail.answered.connect(presenter.answer)
        detail.submitted.connect(self._on_submitted)
        detail.shot_wanted.connect(self.use_as_shot)
        detail.bin_wanted.connect(self.bin)
        self._empty.activated.connect(self.import_records)
        self._empty.link_activated.connect(self.sample_wanted)
        self._nothing.activated.connect(self.filters.clear)

    def retranslate(self) -> None:
        """Put every visible word in the current language."""
        self.table.setAccessibleName(self.tr("Records"))
        self.model.retranslate()
        self._empty.set_texts(
            self.tr(
                "Records are inputs with their right answer. Drop a file here, paste "
                "cells from a spreadsheet, or add trials you have corrected."
            ),
            self.tr("Import a file"),
            self.tr("Open the sample project"),
        )
        self._nothing.set_texts(
            self.tr("No record fits this filter."), self.tr("Show all records")
        )
        self._show_counts()
        self._show_findings()

    # ------------------------------------------------------------ reading

    def take_focus(self) -> None:
        """Let the keys work at once, also while there is no row to stand on."""
        (self.table if self.table.isVisible() else self).setFocus()

    def load(self) -> None:
        """Read the list."""
        self.presenter.load()

    def refresh(self, changes: ChangeSet) -> None:
        """Read again what has changed."""
        self.presenter.refresh(changes)

    def save(self) -> None:
        """Keep what is being typed."""
        self.detail.save()

    @property
    def dataset_id(self) -> int:
        """The dataset that is shown, or 0."""
        dataset = self.presenter.listing.dataset
        return dataset.id if dataset is not None else 0

    def _on_listed(self) -> None:
        listing = self.presenter.listing
        row = self.table.currentIndex().row()
        self.model.set_ids(listing.ids)
        self.toolbar.show_listing(listing)
        empty = not listing.ids
        filtered = self.presenter.is_filtered
        self._rows.setCurrentIndex((1 if filtered else 2) if empty else 0)
        if listing.ids and not self.table.currentIndex().isValid():
            self.table.go_to(min(max(0, row), len(listing.ids) - 1))
        self._show_current()
        self._show_counts()
        self.counted.emit()

    def _on_rows_changed(self, ids: Sequence[int] | None) -> None:
        self.model.refresh(ids)
        self._show_current()

    def _show_current(self) -> None:
        self.detail.show_example(self._current())

    def _current(self) -> Example | None:
        row = self.table.currentIndex().row()
        return self.model.item(row) if 0 <= row < self.model.rowCount() else None

    def _show_counts(self) -> None:
        dataset = self.presenter.listing.dataset
        self._parts.setText(phrases.parts(dataset.counts) if dataset else "")

    def _show_findings(self) -> None:
        findings = self.presenter.findings
        if findings is None or not self.presenter.listing.ids:
            self._findings.set_notice("info", "")
        elif findings.count:
            self._findings.set_notice("warning", phrases.finding(findings))
        else:
            self._findings.set_notice(
                "good", self.tr("No duplicates, no contradictions, no leaks.")
            )

    # ------------------------------------------------------------ dialogs

    # Built when first asked for: the page is to be there at once.
    @cached_property
    def _name_dialog(self) -> NameDialog:
        dialog = NameDialog(self)
        dialog.named.connect(self.presenter.make_dataset)
        return dialog

    @cached_property
    def _record_dialog(self) -> RecordDialog:
        return RecordDialog(self._context, self)

    @cached_property
    def _import_dialog(self) -> ImportDialog:
        dialog = ImportDialog(self._context, self)
        dialog.imported.connect(self._on_imported)
        return dialog

    @cached_property
    def _split_dialog(self) -> SplitDialog:
        dialog = SplitDialog(self._context, self)
        dialog.divided.connect(self.presenter.take_counts)
        return dialog

    @cached_property
    def _export_dialog(self) -> ExportDialog:
        return ExportDialog(self._context, self)

    # ------------------------------------------------------------ commands

    def new_dataset(self) -> None:
        """Ask for a name and make a dataset."""
        self._name_dialog.start()

    def add_record(self) -> None:
        """Type a record."""
        self._record_dialog.start(self.dataset_id)

    def import_records(self) -> None:
        """Ask for a file or for pasted cells."""
        self._import_dialog.start(self._dataset_name())

    def import_file(self, path: Path) -> None:
        """Show what stands in a file, to be imported."""
        self._import_dialog.start_with_file(self._dataset_name(), path)

    def import_text(self, text: str) -> None:
        """Show what was pasted, to be imported."""
        self._import_dialog.start_with_text(self._dataset_name(), text)

    def split(self) -> None:
        """Ask how many records each part gets."""
        dataset = self.presenter.listing.dataset
        if dataset is not None:
            self._split_dialog.start(dataset)

    def export(self) -> None:
        """Ask for a folder and write the training files."""
        dataset = self.presenter.listing.dataset
        if dataset is not None:
            self._export_dialog.start(dataset)

    def use_as_shot(self) -> None:
        """Make the current record an example in the prompt."""
        if self.detail.example is not None:
            self._context.go("lab", shot_example=self.detail.example.id)

    def bin(self) -> None:
        """Move all chosen records to the bin, or back."""
        ids = self.table.chosen_ids()
        if ids:
            self.presenter.bin(ids)

    def begin_answer(self) -> None:
        """Put the cursor into the right answer."""
        if self.detail.example is not None:
            self.detail.answer.setFocus()
            self.detail.answer.selectAll()

    def go_next(self) -> None:
        """Go to the next record."""
        self.table.step(1)

    def go_back(self) -> None:
        """Go to the record before."""
        self.table.step(-1)

    def _on_submitted(self) -> None:
        if self.table.step(1):
            self.begin_answer()
        else:
            self.table.setFocus()

    def _dataset_name(self) -> str:
        dataset = self.presenter.listing.dataset
        return dataset.name if dataset is not None else ""

    def _on_imported(self, dataset_id: int) -> None:
        self.presenter.choose_dataset(dataset_id)
        self.presenter.load()
