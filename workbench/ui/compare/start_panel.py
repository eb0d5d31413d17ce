"""Choosing what to compare, with the price on the button."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from workbench.ui.compare import phrasing
from workbench.ui.compare.overview import Overview, Source
from workbench.ui.shell import icons
from workbench.ui.shell.phrases import phrase_model
from workbench.ui.widgets.buttons import link_button, primary_button
from workbench.ui.widgets.section_label import SectionLabel, label

_WIDTH = 460
_CANDIDATES = 3


class StartPanel(QWidget):
    """One adapter to choose, one button to press."""

    start_pressed = Signal(str)  # adapter's ULID
    back_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sources: tuple[Source, ...] = ()
        self._picture = label("", parent=self)
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._sentence = label("", parent=self, wrap=True)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._head = SectionLabel("", self)
        self._adapter = QComboBox(self)
        self._adapter.currentIndexChanged.connect(self._show_words)
        self._note = label("", "secondary", self, wrap=True)
        self.start_button = primary_button("", self)
        self.start_button.clicked.connect(self._on_start)
        self._back = link_button("", self)
        self._back.clicked.connect(self.back_pressed)
        self._lay_out()

    def _lay_out(self) -> None:
        inner = QWidget(self)
        inner.setFixedWidth(_WIDTH)
        block = QVBoxLayout(inner)
        block.setContentsMargins(0, 0, 0, 0)
        block.setSpacing(8)
        block.addWidget(self._picture)
        block.addWidget(self._sentence)
        block.addSpacing(16)
        for widget in (self._head, self._adapter, self._note):
            block.addWidget(widget)
        block.addSpacing(8)
        block.addWidget(self.start_button)
        block.addWidget(self._back, 0, Qt.AlignmentFlag.AlignHCenter)
        column = QVBoxLayout(self)
        column.addStretch(2)
        column.addWidget(inner, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)

    def show_overview(self, overview: Overview) -> None:
        """Show the adapters there are."""
        if overview.sources != self._sources:
            chosen = self._adapter.currentData()
            self._sources = overview.sources
            self._adapter.blockSignals(True)
            self._adapter.clear()
            for source in self._sources:
                self._adapter.addItem(_name(source), source.adapter.ulid)
            self._adapter.blockSignals(False)
            self.choose(str(chosen or ""))
        self._back.setVisible(bool(overview.comparisons))
        self._show_words()

    def choose(self, adapter_ulid: str) -> None:
        """Choose an adapter; an unknown one leaves the choice as it is."""
        index = self._adapter.findData(adapter_ulid)
        if index >= 0:
            self._adapter.setCurrentIndex(index)
        self._show_words()

    def retranslate(self) -> None:
        """Say everything in the language of now."""
        self._sentence.setText(
            self.tr(
                "Base, base with examples and tuned answer the records that training "
                "never saw. Every answer is kept as a trial."
            )
        )
        self._head.setText(self.tr("Tuned model"))
        self._adapter.setAccessibleName(self.tr("Tuned model to compare"))
        for index, source in enumerate(self._sources):
            self._adapter.setItemText(index, _name(source))
        self.start_button.setAccessibleName(self.tr("Compare on the test records"))
        self._back.setText(self.tr("Back to the comparisons"))
        self._show_words()
        self.restyle()

    def restyle(self) -> None:
        """Follow the theme."""
        ratio = self.devicePixelRatioF()
        self._picture.setPixmap(icons.pixmap("compare", 64, "reference", ratio))

    def _source(self) -> Source | None:
        index = self._adapter.currentIndex()
        return self._sources[index] if 0 <= index < len(self._sources) else None

    def _show_words(self) -> None:
        source = self._source()
        records = source.test_records if source else 0
        self.start_button.setEnabled(records > 0)
        self.start_button.setText(
            phrasing.start(records, _CANDIDATES)
            if records
            else self.tr("No record is set aside for the test")
        )
        self._note.setText(
            self.tr("learned from {dataset}").format(dataset=source.dataset)
            if source
            else ""
        )

    def _on_start(self) -> None:
        source = self._source()
        if source is not None:
            self.start_pressed.emit(source.adapter.ulid)


def _name(source: Source) -> str:
    return f"{phrase_model(source.adapter.base)} + {source.adapter.name}"
