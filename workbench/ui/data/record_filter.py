"""Search field and part chips above the records."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from workbench.domain.datasets import Split
from workbench.ui.data import phrases
from workbench.ui.data.records_presenter import RecordsPresenter
from workbench.ui.lab.panel import Panel
from workbench.ui.lab.parts import GAP
from workbench.ui.shell.weak import weak_slot
from workbench.ui.widgets.chips import Chip
from workbench.ui.widgets.section_label import label

_SEARCH_DELAY_MS = 200
_PARTS = (Split.TRAIN, Split.VALIDATION, Split.TEST, Split.NONE)


class RecordFilter(Panel):
    """Edits what the presenter's list is narrowed to."""

    def __init__(
        self, presenter: RecordsPresenter, parent: QWidget | None = None
    ) -> None:
        """Start with everything shown."""
        super().__init__(parent)
        self._presenter = presenter
        self.search = QLineEdit(self)
        self.search.setClearButtonEnabled(True)
        self.search.setMaximumWidth(320)
        self._chips = {part: Chip("", self, checkable=True) for part in _PARTS}
        self._wrong = Chip("", self, checkable=True)
        self._wrong.hide()
        self._bin = Chip("", self, checkable=True)
        self._count = label("", "secondary", self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SEARCH_DELAY_MS)
        self._timer.timeout.connect(self._apply)
        self.search.textChanged.connect(self._on_typed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addWidget(self.search, 1)
        for part, chip in self._chips.items():
            chip.clicked.connect(weak_slot(self._on_part, part))
            row.addWidget(chip)
        self._wrong.clicked.connect(self._apply)
        row.addWidget(self._wrong)
        self._bin.clicked.connect(self._apply)
        row.addWidget(self._bin)
        row.addStretch(1)
        row.addWidget(self._count)
        presenter.listed.connect(self._on_listed)
        presenter.findings_changed.connect(self._on_findings)
        self.built()

    def clear(self) -> None:
        """Show everything again."""
        self.search.clear()
        for chip in (*self._chips.values(), self._wrong, self._bin):
            chip.setChecked(False)
        self._apply()

    def retranslate(self) -> None:
        """Put every visible word in the current language."""
        self.search.setPlaceholderText(self.tr("Search input and answer"))
        self.search.setAccessibleName(self.tr("Search records"))
        for part, chip in self._chips.items():
            chip.set_text(phrases.part(part))
        self._wrong.set_text(self.tr("Not in the agreed form"))
        self._bin.set_text(self.tr("In the bin"))
        self._on_listed()

    def _on_typed(self) -> None:
        self._timer.start()

    def _on_part(self, part: Split, *_: object) -> None:
        on = self._chips[part].isChecked()
        for other, chip in self._chips.items():
            chip.setChecked(on and other is part)
        self._apply()

    def _apply(self) -> None:
        checked = (part for part, chip in self._chips.items() if chip.isChecked())
        self._presenter.filter_by(
            self.search.text().strip(),
            next(checked, None),
            binned=self._bin.isChecked(),
            wrong=self._wrong.isChecked(),
        )

    def _on_findings(self) -> None:
        """Offer to show the answers of another form only while there are some."""
        some = bool(self._presenter.wrong_ids)
        self._wrong.setVisible(some or self._wrong.isChecked())

    def _on_listed(self) -> None:
        listing = self._presenter.listing
        total = listing.dataset.counts.total if listing.dataset else 0
        if self._presenter.is_filtered:
            text = self.tr("{shown} of {total}")
        else:
            text = self.tr("{total} in all")
        self._count.setText(text.format(shown=len(listing.ids), total=total))
