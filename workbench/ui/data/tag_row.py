"""Tags of a trial: recent ones as one-key chips, and a field for a new one."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from workbench.ui.lab.panel import Panel
from workbench.ui.shell.weak import weak_slot
from workbench.ui.widgets.chips import Chip
from workbench.ui.widgets.flow_layout import FlowLayout
from workbench.ui.widgets.section_label import label

MOST_KEYS = 9


class _TagField(QLineEdit):
    """Tells Esc apart from typing."""

    given_up = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave on Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)


class TagRow(Panel):
    """Shows which tags are on; the keys 1 to 9 switch the first nine."""

    switched = Signal(str, bool)
    given_up = Signal()
    """Esc in the field."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start without tags."""
        super().__init__(parent)
        self._offered: tuple[str, ...] = ()
        self._on: tuple[str, ...] = ()
        self._chips: list[Chip] = []
        self._title = label("", "section", self)
        self._row = QWidget(self)
        self._flow = FlowLayout(self._row, spacing=6)
        self.field = _TagField(self._row)
        self.field.given_up.connect(self._on_given_up)
        self.field.setFixedWidth(120)
        self.field.returnPressed.connect(self._on_entered)
        self._flow.addWidget(self.field)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._title)
        layout.addWidget(self._row)
        self.built()

    def show_tags(self, on: Sequence[str], recent: Sequence[str]) -> None:
        """Show the tags that are on, and recent ones that are off."""
        # Recent ones first, so that a key keeps its tag while one reviews.
        rest = [tag for tag in on if tag not in recent[:MOST_KEYS]]
        offered = (*recent[:MOST_KEYS], *rest)
        if offered != self._offered:
            self._offered = offered
            self._build()
        self._on = tuple(on)
        for chip, tag in zip(self._chips, self._offered, strict=True):
            chip.setChecked(tag in self._on)

    def switch(self, number: int) -> None:
        """Switch the tag with this key, 1 to 9."""
        if 0 < number <= len(self._offered):
            tag = self._offered[number - 1]
            self.switched.emit(tag, tag not in self._on)

    def retranslate(self) -> None:
        """Put every visible word in the current language."""
        self._title.setText(self.tr("Tags"))
        self.field.setPlaceholderText(self.tr("+ tag  T"))
        self.field.setAccessibleName(self.tr("New tag"))
        self.field.setToolTip(self.tr("Enter puts the tag on"))
        for chip, tag in zip(self._chips, self._offered, strict=True):
            chip.setAccessibleName(self.tr("Tag {tag}").format(tag=tag))

    def _build(self) -> None:
        for chip in self._chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._flow.removeWidget(self.field)
        self._chips = [self._chip(n, tag) for n, tag in enumerate(self._offered, 1)]
        self._flow.addWidget(self.field)
        self.retranslate()
        self.updateGeometry()

    def _chip(self, number: int, tag: str) -> Chip:
        chip = Chip(tag, self._row, checkable=True)
        if number <= MOST_KEYS:
            chip.setText(f"{tag}  {number}")
        chip.clicked.connect(weak_slot(self._on_clicked, chip))
        self._flow.addWidget(chip)
        chip.show()
        return chip

    def _on_clicked(self, chip: Chip, *_: object) -> None:
        on = chip.isChecked()
        # The click has switched the chip; it may look on only once that is kept.
        chip.setChecked(not on)
        self.switched.emit(chip.value, on)

    def _on_given_up(self) -> None:
        self.field.clear()
        self.given_up.emit()

    def _on_entered(self) -> None:
        tag = self.field.text().strip()
        self.field.clear()
        if tag:
            self.switched.emit(tag, True)
