"""Chips that narrow the list of trials, the search field and the order."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from workbench.domain.trials import Rating
from workbench.ui.data.trials_presenter import TrialsPresenter
from workbench.ui.lab.panel import Panel
from workbench.ui.lab.parts import GAP, MARGIN
from workbench.ui.shell.weak import weak_slot
from workbench.ui.widgets.chips import Chip
from workbench.ui.widgets.flow_layout import FlowLayout
from workbench.ui.widgets.section_label import label

_SEARCH_DELAY_MS = 200
_ORDERS = ("newest", "oldest", "input", "output_tokens")
_MOST_TAGS = 6


class FilterBar(Panel):
    """Edits the filter of the presenter."""

    def __init__(
        self, presenter: TrialsPresenter, parent: QWidget | None = None
    ) -> None:
        """Start with everything shown."""
        super().__init__(parent)
        self._presenter = presenter
        self._waiting = Chip("", self, checkable=True)
        self._good = Chip("", self, checkable=True)
        self._bad = Chip("", self, checkable=True)
        self._corrected = Chip("", self, checkable=True)
        self._uncorrected = Chip("", self, checkable=True)
        self._bin = Chip("", self, checkable=True)
        self._tags: dict[str, Chip] = {}
        self.search = QLineEdit(self)
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(180)
        self.search.setMaximumWidth(320)
        self.order = QComboBox(self)
        for order in _ORDERS:
            self.order.addItem("", order)
        self._count = label("", "secondary", self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SEARCH_DELAY_MS)
        self._lay_out()
        self._connect()
        self.built()

    def _lay_out(self) -> None:
        chips = QWidget(self)
        self._flow = FlowLayout(chips, spacing=6)
        for chip in (*self._switches(), self._bin):
            self._flow.addWidget(chip)
        top = QHBoxLayout()
        top.setSpacing(GAP)
        top.addWidget(self.search, 1)
        top.addWidget(self.order)
        top.addStretch(1)
        top.addWidget(self._count)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, 10, MARGIN, 10)
        layout.setSpacing(GAP)
        layout.addLayout(top)
        layout.addWidget(chips)

    def _switches(self) -> tuple[Chip, ...]:
        return (
            self._waiting,
            self._good,
            self._bad,
            self._corrected,
            self._uncorrected,
        )

    def _connect(self) -> None:
        for chip in self._switches():
            chip.clicked.connect(weak_slot(self._on_switch, chip))
        self._bin.clicked.connect(self._on_bin)
        self.search.textChanged.connect(self._on_typed)
        self._timer.timeout.connect(self._on_search)
        self.order.activated.connect(self._on_order)
        self._presenter.listed.connect(self._on_listed)

    def retranslate(self) -> None:
        """Put every visible word in the current language."""
        self._good.set_text(self.tr("Rated good"))
        self._bad.set_text(self.tr("Rated bad"))
        self._corrected.set_text(self.tr("Corrected"))
        self._uncorrected.set_text(self.tr("Not corrected"))
        self._bin.set_text(self.tr("In the bin"))
        self.search.setPlaceholderText(self.tr("Search input, answer and note"))
        self.search.setAccessibleName(self.tr("Search trials"))
        self.order.setAccessibleName(self.tr("Order of trials"))
        words = (
            self.tr("Newest first"),
            self.tr("Oldest first"),
            self.tr("By input"),
            self.tr("Longest answer first"),
        )
        for place, text in enumerate(words):
            self.order.setItemText(place, text)
        self._on_listed()

    def show_waiting(self) -> None:
        """Narrow the list to what waits for review."""
        self._clear_switches(but=self._waiting)
        self._waiting.setChecked(True)
        self._apply()

    def clear(self) -> None:
        """Show everything again."""
        self._clear_switches()
        self._bin.setChecked(False)
        self.search.clear()
        self._presenter.filter_by(tag="", text="", binned=False)
        self._apply()

    # ------------------------------------------------------------ events

    def _on_switch(self, chip: Chip, *_: object) -> None:
        pairs = {
            self._good: self._bad,
            self._bad: self._good,
            self._corrected: self._uncorrected,
            self._uncorrected: self._corrected,
        }
        other = pairs.get(chip)
        if other is not None and chip.isChecked():
            other.setChecked(False)
        self._apply()

    def _on_bin(self, on: bool) -> None:
        self._presenter.filter_by(binned=on)

    def _on_tag(self, chip: Chip, *_: object) -> None:
        on = chip.isChecked()
        for other in self._tags.values():
            other.setChecked(on and other is chip)
        self._presenter.filter_by(tag=chip.value if on else "")

    def _on_typed(self) -> None:
        self._timer.start()

    def _on_search(self) -> None:
        self._presenter.filter_by(text=self.search.text().strip())

    def _on_order(self, place: int) -> None:
        self._presenter.filter_by(order=self.order.itemData(place))

    def _on_listed(self) -> None:
        listing = self._presenter.listing
        self._waiting.setText(
            self.tr("Waiting for review {count}").format(count=listing.waiting)
        )
        self._waiting.setAccessibleName(self.tr("Waiting for review"))
        shown = len(listing.ids)
        if self._presenter.is_filtered:
            text = self.tr("{shown} of {total}")
        else:
            text = self.tr("{total} in all")
        self._count.setText(text.format(shown=shown, total=listing.total))
        self._show_tags(listing.tags[:_MOST_TAGS])

    # ------------------------------------------------------------ inside

    def _clear_switches(self, but: Chip | None = None) -> None:
        for chip in self._switches():
            if chip is not but:
                chip.setChecked(False)

    def _apply(self) -> None:
        rating = None
        if self._good.isChecked():
            rating = Rating.GOOD
        elif self._bad.isChecked():
            rating = Rating.BAD
        corrected: bool | None = None
        if self._corrected.isChecked() or self._uncorrected.isChecked():
            corrected = self._corrected.isChecked()
        self._presenter.filter_by(
            waiting=self._waiting.isChecked(), rating=rating, corrected=corrected
        )

    def _show_tags(self, tags: Sequence[str]) -> None:
        for name in [n for n in self._tags if n not in tags]:
            chip = self._tags.pop(name)
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        for name in tags:
            if name not in self._tags:
                self._add_tag(name)

    def _add_tag(self, name: str) -> None:
        chip = Chip(name, self._flow.parentWidget(), checkable=True)
        chip.setAccessibleName(self.tr("Filter by tag {tag}").format(tag=name))
        chip.clicked.connect(weak_slot(self._on_tag, chip))
        chip.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._tags[name] = chip
        self._flow.addWidget(chip)
        chip.show()
