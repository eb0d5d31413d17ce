"""What can be done to all chosen trials, each as one step that can be taken back."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from workbench.domain.trials import Rating
from workbench.ui.lab.panel import Panel
from workbench.ui.lab.parts import GAP, MARGIN, set_words
from workbench.ui.widgets.buttons import plain_button, primary_button, quiet_button
from workbench.ui.widgets.section_label import label


class BulkBar(Panel):
    """The foot of the trials: review what waits, or act on what is chosen."""

    review_wanted = Signal()
    rated = Signal(object)
    tagged = Signal(str)
    dataset_wanted = Signal()
    bin_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start with nothing chosen."""
        super().__init__(parent)
        self._chosen = 0
        self._waiting = 0
        self._is_bin = False
        self._review = primary_button("", self)
        self._review.clicked.connect(self.review_wanted)
        self._words = label("", "secondary", self)
        self._good = quiet_button("", self)
        self._good.clicked.connect(self._on_good)
        self._bad = quiet_button("", self)
        self._bad.clicked.connect(self._on_bad)
        self._tag = QLineEdit(self)
        self._tag.setFixedWidth(120)
        self._tag.returnPressed.connect(self._on_tag)
        self._dataset = plain_button("", self)
        self._dataset.clicked.connect(self.dataset_wanted)
        self._bin = quiet_button("", self)
        self._bin.clicked.connect(self.bin_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(MARGIN, GAP, MARGIN, GAP)
        row.setSpacing(GAP)
        row.addWidget(self._review)
        row.addWidget(self._words)
        for control in (self._good, self._bad, self._tag):
            row.addWidget(control)
        row.addStretch(1)
        row.addWidget(self._bin)
        row.addWidget(self._dataset)
        self.built()

    def show_state(self, chosen: int, waiting: int, *, is_bin: bool) -> None:
        """Show how many are chosen and how many wait."""
        self._chosen, self._waiting, self._is_bin = chosen, waiting, is_bin
        self.retranslate()

    def retranslate(self) -> None:
        """Put every visible word in the current language."""
        many = self._chosen > 1
        self._review.setText(self.tr("Review {n} waiting").format(n=self._waiting))
        self._review.setAccessibleName(self.tr("Review"))
        self._review.setVisible(not many and self._waiting > 0)
        self._words.setText(
            self.tr("{n} chosen: one step, one undo").format(n=self._chosen)
        )
        for control in (self._words, self._good, self._bad, self._tag):
            control.setVisible(many)
        set_words(self._good, self.tr("Good"), "", self.tr("Rate chosen good"))
        set_words(self._bad, self.tr("Bad"), "", self.tr("Rate chosen bad"))
        self._tag.setPlaceholderText(self.tr("+ tag"))
        self._tag.setAccessibleName(self.tr("Tag chosen"))
        count = max(1, self._chosen)
        add = self.tr("Add {n} to dataset…") if many else self.tr("Add to dataset…")
        set_words(
            self._dataset,
            add.format(n=count),
            self.tr("Key A"),
            self.tr("Add to dataset"),
        )
        bin_text = self.tr("Take out of the bin") if self._is_bin else self.tr("Bin")
        set_words(
            self._bin,
            bin_text,
            self.tr("Delete; can be taken back"),
            self.tr("Bin trials"),
        )
        for control in (self._dataset, self._bin):
            control.setEnabled(self._chosen > 0)

    def _on_good(self) -> None:
        self.rated.emit(Rating.GOOD)

    def _on_bad(self) -> None:
        self.rated.emit(Rating.BAD)

    def _on_tag(self) -> None:
        tag = self._tag.text().strip()
        self._tag.clear()
        if tag:
            self.tagged.emit(tag)
