"""The records of one dataset, its parts, and what is to be looked at in it."""

import dataclasses
from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from workbench.domain.changes import ChangeSet, Kind
from workbench.domain.datasets import Dataset, ExampleFilter, Split, SplitCounts
from workbench.services.data import DataService, Findings
from workbench.ui.shell.context import Context

_DELAY_MS = 120
_FINDINGS_DELAY_MS = 400


@dataclasses.dataclass(frozen=True, slots=True)
class RecordListing:
    """What one look at the project's datasets gives.

    Attributes:
        datasets: all datasets, oldest first.
        dataset: the one that is shown, or None when there is none.
        ids: its records by the filter, in order.
        total: records of all datasets.
    """

    datasets: tuple[Dataset, ...] = ()
    dataset: Dataset | None = None
    ids: tuple[int, ...] = ()
    total: int = 0


def read_records(
    data: DataService,
    dataset_id: int,
    text: str,
    part: Split | None,
    binned: bool,
    only: frozenset[int] | None = None,
) -> RecordListing:
    """Read a dataset's list, or these of it; runs on the lane for short work."""
    datasets = tuple(data.datasets())
    by_id = {dataset.id: dataset for dataset in datasets}
    dataset = by_id.get(dataset_id, datasets[0] if datasets else None)
    total = sum(d.counts.total for d in datasets)
    if dataset is None:
        return RecordListing()
    where = ExampleFilter(dataset.id, text, part, binned)
    ids = tuple(i for i in data.example_ids(where) if only is None or i in only)
    return RecordListing(datasets, dataset, ids, total)


class RecordsPresenter(QObject):
    """Holds the chosen dataset and its list; writes what is changed in it."""

    listed = Signal()
    counted = Signal()
    """The parts have other sizes; the list follows."""
    rows_changed = Signal(object)
    findings_changed = Signal()

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        """Start without a dataset."""
        super().__init__(parent)
        self._context = context
        self.listing = RecordListing()
        self.findings: Findings | None = None
        self.text = ""
        self.part: Split | None = None
        self.binned = False
        self.wrong = False
        self.is_loaded = False
        self._dataset_id = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_DELAY_MS)
        self._timer.timeout.connect(self.load)
        self._look = QTimer(self)
        self._look.setSingleShot(True)
        self._look.setInterval(_FINDINGS_DELAY_MS)
        self._look.timeout.connect(self._load_findings)

    # ------------------------------------------------------------ reading

    def load(self) -> None:
        """Read the list."""
        self._timer.stop()
        data = self._context.services.data
        self._context.bridge.call(
            read_records,
            data,
            self._dataset_id,
            self.text,
            self.part,
            self.binned,
            self.wrong_ids if self.wrong else None,
            done=self._on_listing,
        )

    def refresh(self, changes: ChangeSet) -> None:
        """Read again what a write changed."""
        if changes.touches(Kind.EXAMPLE, Kind.DATASET):
            self.rows_changed.emit(tuple(changes.ids_of(Kind.EXAMPLE)) or None)
            self._timer.start()

    def choose_dataset(self, dataset_id: int) -> None:
        """Show another dataset."""
        if dataset_id != self._dataset_id:
            self._dataset_id = dataset_id
            self.findings = None
            self.findings_changed.emit()
            self.load()

    def take_counts(self, dataset_id: int, counts: SplitCounts) -> None:
        """Show the sizes of the parts at once; what was found before is out of date."""
        dataset = self.listing.dataset
        if dataset is None or dataset.id != dataset_id:
            return
        dataset = dataclasses.replace(dataset, counts=counts)
        self.listing = dataclasses.replace(self.listing, dataset=dataset)
        self.findings = None
        self.counted.emit()
        self.findings_changed.emit()

    def filter_by(
        self, text: str, part: Split | None, *, binned: bool, wrong: bool = False
    ) -> None:
        """Narrow the list; `wrong` leaves answers that contradict the task card."""
        wanted = (text, part, binned, wrong)
        if wanted != (self.text, self.part, self.binned, self.wrong):
            self.text, self.part, self.binned, self.wrong = wanted
            self._timer.start()

    @property
    def is_filtered(self) -> bool:
        """Whether the list leaves records out."""
        return bool(self.text) or self.part is not None or self.binned or self.wrong

    @property
    def wrong_ids(self) -> frozenset[int]:
        """The records whose answers contradict the task card."""
        found = self.findings.problems if self.findings is not None else ()
        return frozenset(example_id for _, example_id in found)

    def _on_listing(self, listing: RecordListing) -> None:
        self.listing = listing
        self.is_loaded = True
        if listing.dataset is not None:
            self._dataset_id = listing.dataset.id
            self._look.start()
        self.listed.emit()

    def _load_findings(self) -> None:
        if self.listing.dataset is not None:
            data = self._context.services.data
            self._context.bridge.call(
                data.findings, self.listing.dataset.id, done=self._on_findings
            )

    def _on_findings(self, findings: Findings) -> None:
        self.findings = findings
        self.findings_changed.emit()

    # ------------------------------------------------------------ writing

    def make_dataset(self, name: str) -> None:
        """Make a dataset with this name and show it."""
        data = self._context.services.data
        self._context.bridge.call(data.ensure_dataset, name, done=self.choose_dataset)

    def answer(self, example_id: int, text: str) -> None:
        """Change the right answer of a record."""
        data = self._context.services.data
        self._context.bridge.call(set_answer, data, example_id, text)

    def bin(self, ids: Sequence[int]) -> None:
        """Move records to the bin, or back when the bin is shown."""
        data = self._context.services.data
        work = data.restore_examples if self.binned else data.bin_examples
        self._context.bridge.call(work, list(ids))


def set_answer(data: DataService, example_id: int, text: str) -> None:
    """Change a record's right answer; runs on the lane for short work."""
    data.update_example(example_id, answer=text)
