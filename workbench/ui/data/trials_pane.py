"""The trials: filter, table, and one of them in detail."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHeaderView,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from workbench.domain.changes import ChangeSet
from workbench.domain.datasets import Dataset
from workbench.domain.trials import Rating, Trial
from workbench.services.data import AddReport
from workbench.ui.data.bulk_bar import BulkBar
from workbench.ui.data.choice_table import ChoiceTable
from workbench.ui.data.dataset_dialog import DatasetDialog
from workbench.ui.data.filter_bar import FilterBar
from workbench.ui.data.trial_detail import TrialDetail
from workbench.ui.data.trials_presenter import TrialsPresenter
from workbench.ui.lab.panel import Panel
from workbench.ui.models import trials as columns
from workbench.ui.models.trials import TrialsModel
from workbench.ui.shell.context import Context
from workbench.ui.widgets.empty_state import EmptyState
from workbench.ui.widgets.lines import horizontal_line

_WIDTHS = {
    columns.ANSWER: 160,
    columns.RIGHT: 130,
    columns.RATING: 76,
    columns.MODEL: 104,
    columns.VERSION: 58,
    columns.TOKENS: 62,
}
_TABLE, _DETAIL = 830, 420


class TrialsPane(Panel):
    """Shows trials and takes what the expert says about them."""

    counted = Signal()
    lab_wanted = Signal()
    sample_wanted = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """Build the pane; `load` reads."""
        super().__init__(parent)
        self._context = context
        self.presenter = TrialsPresenter(context, self)
        self.model = TrialsModel(context.services.data.trials, self)
        self.filters = FilterBar(self.presenter, self)
        self.table = ChoiceTable(self.model, self)
        self.detail = TrialDetail(context, self)
        self.bulk = BulkBar(self)
        self._empty = EmptyState("data", parent=self)
        self._nothing = EmptyState("filter", parent=self)
        self._rows = QStackedWidget(self)
        self._all = QStackedWidget(self)
        self._dialog: DatasetDialog | None = None
        self._lay_out()
        self._connect()
        self.built()

    def _lay_out(self) -> None:
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(columns.INPUT, QHeaderView.ResizeMode.Stretch)
        for place, width in _WIDTHS.items():
            header.resizeSection(place, width)
        self._rows.addWidget(self.table)
        self._rows.addWidget(self._nothing)
        splitter = QSplitter(Qt.Orientation.Horizontal, self)
        splitter.setHandleWidth(1)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self._rows)
        splitter.addWidget(self.detail)
        splitter.setSizes([_TABLE, _DETAIL])
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 2)
        self.detail.setMinimumWidth(340)
        whole = QWidget(self)
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.filters)
        column.addWidget(horizontal_line(self))
        column.addWidget(splitter, 1)
        column.addWidget(horizontal_line(self))
        column.addWidget(self.bulk)
        self._all.addWidget(whole)
        self._all.addWidget(self._empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._all)

    def _connect(self) -> None:
        presenter, detail, bulk = self.presenter, self.detail, self.bulk
        presenter.listed.connect(self._on_listed)
        presenter.rows_changed.connect(self._on_rows_changed)
        presenter.added.connect(self._on_added)
        self.table.current_changed.connect(self._show_current)
        self.table.choice_changed.connect(self._show_choice)
        detail.rated.connect(self.rate)
        detail.corrected.connect(presenter.correct)
        detail.noted.connect(presenter.note)
        detail.tagged.connect(self._on_tagged)
        detail.submitted.connect(self._on_submitted)
        detail.left.connect(self.table.setFocus)
        detail.shot_wanted.connect(self.use_as_shot)
        bulk.review_wanted.connect(self.review)
        bulk.rated.connect(self.rate)
        bulk.tagged.connect(self._on_bulk_tagged)
        bulk.dataset_wanted.connect(self.add_to_dataset)
        bulk.bin_wanted.connect(self.bin)
        self._empty.activated.connect(self.lab_wanted)
        self._empty.link_activated.connect(self.sample_wanted)
        self._nothing.activated.connect(self.filters.clear)

    def retranslate(self) -> None:
        """Put every visible word in the current language."""
        self.table.setAccessibleName(self.tr("Trials"))
        self.model.retranslate()
        self._empty.set_texts(
            self.tr(
                "Every answer of the Lab comes here, to be rated and corrected: "
                "that is how a dataset grows."
            ),
            self.tr("Try a prompt in the Lab"),
            self.tr("Open the sample project"),
        )
        self._nothing.set_texts(
            self.tr("No trial fits this filter."), self.tr("Show all trials")
        )

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

    def show_trial(self, trial_id: int) -> None:
        """Make this trial the current one, if the list has it."""
        self.table.go_to_id(trial_id)

    def _on_listed(self) -> None:
        listing = self.presenter.listing
        row = self.table.currentIndex().row()
        self.model.set_ids(listing.ids)
        nothing = not listing.total and not self.presenter.is_filtered
        self._all.setCurrentIndex(1 if nothing else 0)
        self._rows.setCurrentIndex(0 if listing.ids else 1)
        if listing.ids and not self.table.currentIndex().isValid():
            self.table.go_to(min(max(0, row), len(listing.ids) - 1))
        self._show_current()
        self._show_choice()
        self.counted.emit()

    def _on_rows_changed(self, ids: Sequence[int] | None) -> None:
        self.model.refresh(ids)
        self._show_current()

    def _show_current(self) -> None:
        self.presenter.current_id = self.table.current_id()
        self.detail.show_trial(self._current(), self.presenter.listing.tags)

    def _show_choice(self) -> None:
        self.bulk.show_state(
            len(self.table.chosen_ids()),
            self.presenter.listing.waiting,
            is_bin=self.presenter.where.binned,
        )

    def _current(self) -> Trial | None:
        row = self.table.currentIndex().row()
        return self.model.item(row) if 0 <= row < self.model.rowCount() else None

    # ------------------------------------------------------------ commands

    def review(self) -> None:
        """Narrow the list to what waits, and begin at its first."""
        self.filters.show_waiting()
        self.table.setFocus()

    def rate(self, rating: Rating) -> None:
        """Rate all chosen trials."""
        ids = self.table.chosen_ids()
        current = self._current()
        if len(ids) > 1:
            self.presenter.rate_ids(ids, rating)
        elif current is not None:
            self.presenter.rate([current], rating)

    def go_next(self) -> None:
        """Go to the next trial."""
        self.table.step(1)

    def go_back(self) -> None:
        """Go to the trial before."""
        self.table.step(-1)

    def begin_correction(self) -> None:
        """Put the cursor into the correction."""
        if self.detail.trial is not None:
            self.detail.correction.begin()

    def begin_note(self) -> None:
        """Put the cursor into the note."""
        if self.detail.trial is not None:
            self.detail.note.editor.setFocus()

    def begin_tag(self) -> None:
        """Put the cursor into the field for a new tag."""
        if self.detail.trial is not None:
            self.detail.tags.field.setFocus()

    def switch_tag(self, number: int) -> None:
        """Switch the tag with this key."""
        if self.detail.trial is not None:
            self.detail.tags.switch(number)

    def bin(self) -> None:
        """Move all chosen trials to the bin, or back."""
        ids = self.table.chosen_ids()
        if ids:
            self.presenter.bin(ids)

    def use_as_shot(self) -> None:
        """Make the current trial an example in the prompt."""
        if self.detail.trial is not None:
            self._context.go("lab", shot_trial=self.detail.trial.id)

    def add_to_dataset(self) -> None:
        """Ask for a dataset and add all chosen trials to it."""
        if self.table.chosen_ids():
            data = self._context.services.data
            self._context.bridge.call(data.datasets, done=self._on_datasets)

    def _on_datasets(self, datasets: Sequence[Dataset]) -> None:
        if self._dialog is None:
            self._dialog = DatasetDialog(self)
            self._dialog.named.connect(self._on_named)
        self._dialog.start(datasets, len(self.table.chosen_ids()))

    def _on_named(self, name: str) -> None:
        self.presenter.add_to_dataset(name, self.table.chosen_ids())

    def _on_added(self, report: AddReport) -> None:
        text = self.tr("%n record(s) added", "", report.added)
        if report.skipped:
            codes = [code for code, _ in report.skipped]
            more = self.tr("{open} without a right answer, {known} there already")
            left = more.format(
                open=codes.count("no_answer"), known=codes.count("already_there")
            )
            text = f"{text} · {left}"
        self._context.notify(text)

    def _on_submitted(self) -> None:
        """The correction was kept with Ctrl+Enter: on to the next."""
        if not self.table.step(1):
            self.table.setFocus()
        else:
            self.detail.correction.begin()

    def _on_tagged(self, tag: str, on: bool) -> None:
        if self.detail.trial is not None:
            self.presenter.tag([self.detail.trial.id], tag, on)

    def _on_bulk_tagged(self, tag: str) -> None:
        self.presenter.tag(self.table.chosen_ids(), tag, True)
