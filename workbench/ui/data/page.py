"""The Data page: trials to review, records to grow."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from workbench.domain.changes import ChangeSet
from workbench.domain.guide import Spot
from workbench.domain.trials import Rating
from workbench.ui.data.trials_pane import TrialsPane
from workbench.ui.lab.parts import add_action
from workbench.ui.shell.context import Context
from workbench.ui.shell.page import Page
from workbench.ui.shell.weak import weak_slot
from workbench.ui.widgets.buttons import quiet_button

if TYPE_CHECKING:
    from workbench.ui.data.records_pane import RecordsPane

_LATER_MS = 30
_SUFFIXES = frozenset({".csv", ".tsv", ".txt", ".jsonl", ".json", ".ndjson"})


class DataPage(Page):
    """Two lists under one roof, and the keys that work on both."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """Build the page; nothing is read before it is shown."""
        super().__init__(context, parent)
        self.trials = TrialsPane(context, self)
        self._records: RecordsPane | None = None
        # The records are built after the first paint: both lists in one go would hold
        # the window's thread longer than a person notices.
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_LATER_MS)
        self._later.timeout.connect(self._build_records)
        self._panes = QStackedWidget(self)
        self._panes.addWidget(self.trials)
        self._segments = QWidget(self)
        self._trials_button = quiet_button("", self._segments)
        self._records_button = quiet_button("", self._segments)
        self._group = QButtonGroup(self)
        self._lay_out()
        self._add_actions()
        self._connect()
        self.setAcceptDrops(True)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self._segments)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for place, button in enumerate((self._trials_button, self._records_button)):
            button.setCheckable(True)
            self._group.addButton(button, place)
            row.addWidget(button)
        self._trials_button.setChecked(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._panes)

    def _add_actions(self) -> None:
        self._good = add_action(self, self._on_good, "G")
        self._bad = add_action(self, self._on_bad, "B")
        self._correct = add_action(self, self._on_correct, "C")
        self._note = add_action(self, self.trials.begin_note, "N")
        self._tag = add_action(self, self.trials.begin_tag, "T")
        self._next = add_action(self, self._on_next, "J", "Right")
        self._back = add_action(self, self._on_back, "K", "Left")
        self._shot = add_action(self, self._on_shot, "E")
        self._add = add_action(self, self.trials.add_to_dataset, "A")
        self._bin = add_action(self, self._on_bin, "Del")
        self._paste = add_action(self, self._on_paste)
        self._paste.setShortcuts(QKeySequence.StandardKey.Paste)
        self._review = add_action(self, self.review)
        self._import = add_action(self, self.import_records)
        self._split = add_action(self, self._on_split)
        self._export = add_action(self, self._on_export)
        for number in range(1, 10):
            slot = weak_slot(self._on_tag_key, number)
            add_action(self, slot, str(number))

    def _connect(self) -> None:
        self._group.idClicked.connect(self.show_pane)
        self.trials.counted.connect(self._show_counts)
        self.trials.sample_wanted.connect(self._on_sample_wanted)
        self.trials.lab_wanted.connect(self._on_lab_wanted)

    @property
    def records(self) -> "RecordsPane":
        """The list of records, built when it is first asked for."""
        return self._build_records()

    def _build_records(self) -> "RecordsPane":
        self._later.stop()
        if self._records is not None:
            return self._records
        from workbench.ui.data.records_pane import RecordsPane

        self._records = RecordsPane(self.context, self)
        self._records.counted.connect(self._show_counts)
        self._records.sample_wanted.connect(self._on_sample_wanted)
        self._panes.addWidget(self._records)
        self._records.load()
        self.guide_targets_changed.emit()
        return self._records

    # ------------------------------------------------------------ the page

    def title(self) -> str:
        """Return the translated title."""
        return self.tr("Data")

    def header(self) -> QWidget | None:
        """Return the two segments."""
        return self._segments

    def retranslate(self) -> None:
        """Put every visible word in the current language."""
        names = {
            self._good: self.tr("Rate good"),
            self._bad: self.tr("Rate bad"),
            self._correct: self.tr("Correct the answer"),
            self._note: self.tr("Write a note"),
            self._tag: self.tr("Add a tag"),
            self._next: self.tr("Next in the list"),
            self._back: self.tr("Back in the list"),
            self._shot: self.tr("Use as an example in the prompt"),
            self._add: self.tr("Add to a dataset"),
            self._bin: self.tr("Move to the bin"),
            self._paste: self.tr("Paste records from a spreadsheet"),
            self._review: self.tr("Review what waits"),
            self._import: self.tr("Import records"),
            self._split: self.tr("Set records aside for the test"),
            self._export: self.tr("Export records"),
        }
        for action, text in names.items():
            action.setText(text)
        self._show_counts()

    def refresh(self, changes: ChangeSet | None) -> None:
        """Show what has changed."""
        if changes is None:
            self.trials.load()
            self._later.start()
            return
        self.trials.refresh(changes)
        if self._records is not None:
            self._records.refresh(changes)

    def opened(self) -> None:
        """Let the keys work at once."""
        focused = QApplication.focusWidget()
        if focused is None or not self.isAncestorOf(focused):
            self._pane().take_focus()

    def closed(self) -> None:
        """Keep everything that was typed."""
        self.trials.save()
        if self._records is not None:
            self._records.save()

    def target(self, **target: object) -> None:
        """Show a list (``view="trials"`` or ``"records"``), a trial or a dataset."""
        view, dataset_id = target.get("view"), target.get("dataset_id")
        trial_id = target.get("trial_id")
        if view in {"trials", "records"}:
            self.show_pane(0 if view == "trials" else 1)
        if isinstance(dataset_id, int):
            self.show_pane(1)
            self.records.presenter.choose_dataset(dataset_id)
        if isinstance(trial_id, int):
            self.show_pane(0)
            self.trials.show_trial(trial_id)

    def guide_target(self, spot: Spot) -> QWidget | None:
        """Return what judges an answer, or sets records aside."""
        if spot is Spot.DATA_RATING:
            return self.trials.detail.rating
        if spot is Spot.DATA_SPLIT and self._records is not None:
            return self._records.toolbar.split_button
        return None

    def show_guide_target(self, spot: Spot) -> None:
        """Show the list with the control."""
        self.show_pane(1 if spot is Spot.DATA_SPLIT else 0)

    def files_dropped(self, paths: tuple[str, ...]) -> bool:
        """Import the first table that was dropped."""
        tables = [path for path in paths if Path(path).suffix.lower() in _SUFFIXES]
        if not tables:
            return False
        self.show_pane(1)
        self.records.import_file(Path(tables[0]))
        return True

    # ------------------------------------------------------------ showing

    def show_pane(self, place: int) -> None:
        """Show trials (0) or records (1)."""
        if place == 1:
            self._build_records()
        self._panes.setCurrentIndex(place)
        button = self._group.button(place)
        button.setChecked(True)
        self._pane().take_focus()

    @property
    def _shows_trials(self) -> bool:
        return self._panes.currentIndex() == 0

    def _pane(self) -> "TrialsPane | RecordsPane":
        return self.trials if self._shows_trials else self.records

    def _show_counts(self) -> None:
        listing = self.trials.presenter.listing
        records = listing.records
        if self._records is not None and self._records.presenter.is_loaded:
            records = self._records.presenter.listing.total
        pairs = (
            (self._trials_button, self.tr("Trials"), listing.total),
            (self._records_button, self.tr("Records"), records),
        )
        for button, name, count in pairs:
            button.setText(self.tr("{name} {count}").format(name=name, count=count))
        self._trials_button.setAccessibleName(self.tr("Show trials"))
        self._records_button.setAccessibleName(self.tr("Show records"))

    # ------------------------------------------------------------ commands

    def review(self) -> None:
        """Show the trials that wait, and begin."""
        self.show_pane(0)
        self.trials.review()

    def import_records(self) -> None:
        """Ask for a file or for cells."""
        self.show_pane(1)
        self.records.import_records()

    def _on_split(self) -> None:
        self.show_pane(1)
        self.records.split()

    def _on_export(self) -> None:
        self.show_pane(1)
        self.records.export()

    def _on_good(self) -> None:
        if self._shows_trials:
            self.trials.rate(Rating.GOOD)

    def _on_bad(self) -> None:
        if self._shows_trials:
            self.trials.rate(Rating.BAD)

    def _on_correct(self) -> None:
        if self._shows_trials:
            self.trials.begin_correction()
        else:
            self.records.begin_answer()

    def _on_next(self) -> None:
        self._pane().go_next()

    def _on_back(self) -> None:
        self._pane().go_back()

    def _on_shot(self) -> None:
        self._pane().use_as_shot()

    def _on_bin(self) -> None:
        self._pane().bin()

    def _on_tag_key(self, number: int, *_: object) -> None:
        if self._shows_trials:
            self.trials.switch_tag(number)

    def _on_paste(self) -> None:
        text = QGuiApplication.clipboard().text()
        # A single word is no table: one row of cells has at least one tab or line.
        if "\t" in text or "\n" in text.strip():
            self.show_pane(1)
            self.records.import_text(text)

    def _on_sample_wanted(self) -> None:
        self.context.host.command("sample")

    def _on_lab_wanted(self) -> None:
        self.context.go("lab")

    # ------------------------------------------------------------ dropping

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Welcome files."""
        if _paths(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Import a dropped file."""
        if self.files_dropped(_paths(event.mimeData())):
            event.acceptProposedAction()


def _paths(data: QMimeData) -> tuple[str, ...]:
    return tuple(url.toLocalFile() for url in data.urls() if url.isLocalFile())
