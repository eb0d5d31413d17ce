"""The list of trials: which are shown, and what is done to those that are chosen."""

import dataclasses
from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from workbench.domain.changes import ChangeSet, Kind
from workbench.domain.trials import Rating, Trial, TrialFilter
from workbench.services.data import AddReport, DataService
from workbench.ui.shell.context import Context

_DELAY_MS = 120


@dataclasses.dataclass(frozen=True, slots=True)
class Listing:
    """What one look at the project's trials gives.

    Attributes:
        ids: the trials of the filter, in order.
        total: all lab trials that are not in the bin.
        waiting: trials that wait for review.
        tags: tags in use, most recent first.
        records: records of all datasets.
    """

    ids: tuple[int, ...] = ()
    total: int = 0
    waiting: int = 0
    tags: tuple[str, ...] = ()
    records: int = 0


def read_listing(data: DataService, where: TrialFilter) -> Listing:
    """Read a list with its counts; runs on the lane for short work."""
    return Listing(
        ids=tuple(data.trial_ids(where)),
        total=len(data.trial_ids(TrialFilter())),
        waiting=data.waiting_count(),
        tags=tuple(data.tags()),
        records=sum(dataset.counts.total for dataset in data.datasets()),
    )


class TrialsPresenter(QObject):
    """Holds filter and list; writes what the expert says about trials."""

    listed = Signal()
    rows_changed = Signal(object)
    """Ids of rows to be read anew; None means all."""
    added = Signal(object)
    """What became of trials that were added to a dataset: an AddReport."""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        """Start with an empty list."""
        super().__init__(parent)
        self._context = context
        self.where = TrialFilter()
        self.listing = Listing()
        self.current_id = 0
        self.is_loaded = False
        self._keep_current = False
        self._moved: frozenset[int] = frozenset()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_DELAY_MS)
        self._timer.timeout.connect(self.load)

    # ------------------------------------------------------------ reading

    def load(self) -> None:
        """Read the list."""
        self._timer.stop()
        data = self._context.services.data
        self._context.bridge.call(read_listing, data, self.where, done=self._on_listing)

    def refresh(self, changes: ChangeSet) -> None:
        """Read again what a write changed."""
        if not changes.touches(Kind.TRIAL, Kind.ANNOTATION):
            return
        ids = changes.ids_of(Kind.TRIAL) | changes.ids_of(Kind.ANNOTATION)
        self.rows_changed.emit(tuple(ids) or None)
        self._keep_current = True
        self._timer.start()

    def filter_by(self, **conditions: object) -> None:
        """Change conditions of the filter and read the list."""
        where = dataclasses.replace(self.where, **conditions)  # type: ignore[arg-type]
        if where != self.where:
            self.where = where
            self._keep_current = False
            self._moved = frozenset()
            self._timer.start()

    def _on_listing(self, listing: Listing) -> None:
        if self._keep_current and self.current_id not in self._moved:
            # What was just judged stays in sight, though the filter no longer fits it.
            ids = _with_current(self.listing.ids, listing.ids, self.current_id)
            listing = dataclasses.replace(listing, ids=ids)
        self.listing = listing
        self.is_loaded = True
        self.listed.emit()

    @property
    def is_filtered(self) -> bool:
        """Whether the list leaves trials out."""
        return self.where != TrialFilter(order=self.where.order)

    # ------------------------------------------------------------ writing

    def rate(self, trials: Sequence[Trial], rating: Rating) -> None:
        """Rate trials; a single one that has this rating loses it."""
        same = len(trials) == 1 and trials[0].annotation.rating is rating
        data = self._context.services.data
        self._context.bridge.call(
            data.rate, [t.id for t in trials], Rating.NONE if same else rating
        )

    def rate_ids(self, ids: Sequence[int], rating: Rating) -> None:
        """Rate many trials as one step."""
        self._context.bridge.call(self._context.services.data.rate, list(ids), rating)

    def correct(self, trial_id: int, text: str | None) -> None:
        """Keep a correction; None takes it back."""
        self._context.bridge.call(self._context.services.data.correct, trial_id, text)

    def note(self, trial_id: int, text: str) -> None:
        """Keep a note."""
        self._context.bridge.call(self._context.services.data.note, trial_id, text)

    def tag(self, ids: Sequence[int], tag: str, on: bool) -> None:
        """Put a tag on trials, or take it off, as one step."""
        if tag.strip():
            data = self._context.services.data
            self._context.bridge.call(data.set_tag, list(ids), tag, on)

    def bin(self, ids: Sequence[int]) -> None:
        """Move trials to the bin, or back when the bin is shown."""
        data = self._context.services.data
        self._moved |= frozenset(ids)
        work = data.restore_trials if self.where.binned else data.bin_trials
        self._context.bridge.call(work, list(ids))

    def add_to_dataset(self, name: str, ids: Sequence[int]) -> None:
        """Make records of trials in the dataset with this name."""
        data = self._context.services.data
        self._context.bridge.call(
            add_by_name, data, name, list(ids), done=self._on_added
        )

    def _on_added(self, report: AddReport) -> None:
        self.added.emit(report)


def add_by_name(data: DataService, name: str, ids: Sequence[int]) -> AddReport:
    """Add trials to a dataset that is made when it is new."""
    return data.add_from_trials(data.ensure_dataset(name), ids)


def _with_current(
    old: Sequence[int], new: Sequence[int], current: int
) -> tuple[int, ...]:
    """Keep one id where it was, when the new list has it no longer."""
    if current in new or current not in old:
        return tuple(new)
    known = set(new)
    before = sum(1 for row_id in old[: old.index(current)] if row_id in known)
    return (*new[:before], current, *new[before:])
