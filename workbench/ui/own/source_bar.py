"""What was read just now: which column is what, and whether the first row is names."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from workbench.services.starter import Block
from workbench.ui.lab.panel import Panel
from workbench.ui.lab.parts import GAP
from workbench.ui.widgets.flow_layout import FlowLayout
from workbench.ui.widgets.section_label import label

_HEIGHT = 28


class SourceBar(Panel):
    """Shown after cells were pasted or read, until the table is edited by hand."""

    columns_chosen = Signal(int, int)
    """Place of the input column and of the answer column (-1 is none)."""
    header_chosen = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start hidden."""
        super().__init__(parent)
        self._block: Block | None = None
        self._words = label("", "secondary", self)
        self._header = QCheckBox(self)
        self._header.setMinimumHeight(_HEIGHT)
        self._header.clicked.connect(self.header_chosen)
        self._titles = (label("", "section", self), label("", "section", self))
        self._boxes = (QComboBox(self), QComboBox(self))
        for box in self._boxes:
            box.activated.connect(self._on_column)
        for text in (self._words, *self._titles):
            # On the height of the check box and the lists they stand beside.
            text.setMinimumHeight(_HEIGHT)
        flow = FlowLayout(self, GAP)
        flow.addWidget(self._words)
        flow.addWidget(self._header)
        for title, box in zip(self._titles, self._boxes, strict=True):
            title.setBuddy(box)
            flow.addWidget(title)
            flow.addWidget(box)
        self.built()
        self.hide()

    def show_block(self, block: Block | None) -> None:
        """Show what was read; None hides the bar."""
        self._block = block
        self.setVisible(block is not None)
        if block is None:
            return
        self._header.setChecked(block.has_header)
        places = (block.input_column, block.answer_column)
        for box, place in zip(self._boxes, places, strict=True):
            box.clear()
            for number, name in enumerate(block.columns):
                box.addItem(name, number)
            box.setCurrentIndex(place)
        has_choice = len(block.columns) > 2
        for widget in (*self._titles, *self._boxes):
            widget.setVisible(has_choice)
        self.retranslate()

    def retranslate(self) -> None:
        """Put every visible word in the current language."""
        names = (self.tr("Comes in:"), self.tr("Right answer:"))
        for title, box, name in zip(self._titles, self._boxes, names, strict=True):
            title.setText(name)
            box.setAccessibleName(name.rstrip(":："))
        text = self.tr("The first row is a heading")
        self._header.setText(text)
        self._header.setAccessibleName(text)
        if self._block is not None:
            source = self._block.source or self.tr("Pasted")
            rows = self.tr("%n row(s)", "", len(self._block.rows))
            self._words.setText(f"{source} · {rows}")

    def _on_column(self) -> None:
        chosen = [box.currentIndex() for box in self._boxes]
        if chosen[0] == chosen[1] and self._block is not None:
            # One column cannot be both: the other one gives way.
            moved = 1 if self.sender() is self._boxes[0] else 0
            others = [n for n in range(len(self._block.columns)) if n != chosen[0]]
            self._boxes[moved].setCurrentIndex(others[0])
            chosen = [box.currentIndex() for box in self._boxes]
        self.columns_chosen.emit(*chosen)
