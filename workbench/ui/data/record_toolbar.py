"""Which dataset, how far it has grown, and what can be done with it."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QWidget

from workbench.domain.datasets import SplitCounts
from workbench.ui.data.growth_bar import GrowthBar
from workbench.ui.data.records_presenter import RecordListing
from workbench.ui.lab.panel import Panel
from workbench.ui.lab.parts import GAP, set_words
from workbench.ui.widgets.buttons import plain_button, quiet_button

# Below this width the buttons need the space.
_ROOMY = 980


class RecordToolbar(Panel):
    """Chooses a dataset; its primary button is the next step of that dataset."""

    dataset_chosen = Signal(int)
    new_wanted = Signal()
    add_wanted = Signal()
    import_wanted = Signal()
    split_wanted = Signal()
    export_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start without datasets."""
        super().__init__(parent)
        self.datasets = QComboBox(self)
        self.datasets.setMinimumWidth(120)
        self.datasets.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.datasets.activated.connect(self._on_dataset)
        self._new = quiet_button("", self)
        self._new.clicked.connect(self.new_wanted)
        self.growth = GrowthBar(self)
        self._add = plain_button("", self)
        self._add.clicked.connect(self.add_wanted)
        self._import = plain_button("", self)
        self._import.clicked.connect(self.import_wanted)
        self.split_button = plain_button("", self)
        self.split_button.clicked.connect(self.split_wanted)
        self._export = plain_button("", self)
        self._export.clicked.connect(self.export_wanted)
        # Nothing is listed yet: pressed now they would do nothing, and say nothing.
        for control in (self.split_button, self._export):
            control.setEnabled(False)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        for left in (self.datasets, self._new, self.growth):
            row.addWidget(left)
        row.addStretch(1)
        for right in (self._add, self._import, self.split_button, self._export):
            row.addWidget(right)
        self.built()

    def show_listing(self, listing: RecordListing) -> None:
        """Show the datasets and the next step of the chosen one."""
        names = [dataset.name for dataset in listing.datasets]
        shown = [self.datasets.itemText(i) for i in range(self.datasets.count())]
        if names != shown:
            self.datasets.clear()
            for known in listing.datasets:
                self.datasets.addItem(known.name, known.id)
        dataset = listing.dataset
        counts = dataset.counts if dataset is not None else SplitCounts()
        self.growth.show_count(counts.total)
        if dataset is not None:
            self.datasets.setCurrentIndex(listing.datasets.index(dataset))
        filled = counts.total > 0
        for control in (self.split_button, self._export):
            control.setEnabled(filled)
        is_split = counts.test > 0
        _set_primary(self._import, not filled)
        _set_primary(self.split_button, filled and not is_split)
        _set_primary(self._export, filled and is_split)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the growth out where space is short."""
        super().resizeEvent(event)
        self.growth.setVisible(event.size().width() > _ROOMY)

    def retranslate(self) -> None:
        """Put every visible word in the current language."""
        self.datasets.setAccessibleName(self.tr("Dataset"))
        set_words(self._new, self.tr("New…"), "", self.tr("New dataset"))
        set_words(self._add, self.tr("Add a record"), self.tr("Type one"))
        set_words(
            self._import,
            self.tr("Import…"),
            self.tr("A file, or cells pasted from a spreadsheet"),
            self.tr("Import records"),
        )
        set_words(
            self.split_button,
            self.tr("Set aside for the test…"),
            self.tr("Split into training, validation and test"),
            self.tr("Split records"),
        )
        set_words(
            self._export,
            self.tr("Export…"),
            self.tr("Training files, with a manifest and their hashes"),
            self.tr("Export records"),
        )

    def _on_dataset(self, place: int) -> None:
        self.dataset_chosen.emit(self.datasets.itemData(place))


def _set_primary(target: QPushButton, on: bool) -> None:
    if bool(target.property("primary")) != on:
        target.setProperty("primary", on)
        target.style().unpolish(target)
        target.style().polish(target)
        target.updateGeometry()
