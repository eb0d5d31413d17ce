"""One record: its input, and its right answer to be edited in place."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from workbench.domain.datasets import Example
from workbench.ui.data import phrases
from workbench.ui.data.answer_edit import AnswerEdit
from workbench.ui.lab.panel import Panel
from workbench.ui.lab.parts import GAP, MARGIN, set_words
from workbench.ui.shell.context import Context
from workbench.ui.widgets.buttons import quiet_button
from workbench.ui.widgets.diff_view import DiffView
from workbench.ui.widgets.section_label import label

_PIXELS = 15


class RecordDetail(Panel):
    """Shows a record; Ctrl+Enter keeps the answer and goes on."""

    answered = Signal(int, str)
    submitted = Signal()
    shot_wanted = Signal()
    bin_wanted = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """Start without a record."""
        super().__init__(parent)
        self._context = context
        self.example: Example | None = None
        self._handed_on = ""
        self._body = QWidget(self)
        self._input_title = label("", "section", self._body)
        self.input = DiffView(self._body, fits=True)
        font = self.input.font()
        font.setPixelSize(_PIXELS)
        self.input.setFont(font)
        self.input.document().setDocumentMargin(0)
        self._answer_title = label("", "section", self._body)
        self.answer = AnswerEdit(self._body, least=1, most=10)
        self.answer.textChanged.connect(self._tell_dirty)
        self.answer.left.connect(self.save)
        self.answer.submitted.connect(self._on_submitted)
        self.answer.given_up.connect(self._on_given_up)
        self._facts = label("", "secondary", self._body, wrap=True)
        self._shot = quiet_button("", self._body)
        self._shot.clicked.connect(self.shot_wanted)
        self._bin = quiet_button("", self._body)
        self._bin.clicked.connect(self.bin_wanted)
        self._lay_out()
        self.show_example(None)
        self.built()

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP)
        buttons.addWidget(self._shot)
        buttons.addWidget(self._bin)
        buttons.addStretch(1)
        column = QVBoxLayout(self._body)
        column.setContentsMargins(MARGIN, 12, MARGIN, MARGIN)
        column.setSpacing(GAP)
        for part in (self._input_title, self.input, self._answer_title, self.answer):
            column.addWidget(part)
        column.addWidget(self._facts)
        column.addLayout(buttons)
        column.addStretch(1)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self._body)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(area)

    def show_example(self, example: Example | None) -> None:
        """Show this record; what is being typed for it stays."""
        old = self.example
        same = old is not None and example is not None and old.id == example.id
        if not same:
            self.save()
        typing = same and self._is_dirty()
        self.example = example
        if not same or (example is not None and example.answer == self._handed_on):
            self._handed_on = ""
        self._body.setVisible(example is not None)
        if example is None:
            return
        self.input.set_text(example.input_text)
        if not typing:
            self.answer.show_text(example.answer)
        self.retranslate()
        self._tell_dirty()

    def _tell_dirty(self) -> None:
        self._context.set_dirty(self, self._is_dirty())

    def save(self) -> None:
        """Keep the answer when it was changed; an empty one is put back."""
        if self.example is None or not self._is_dirty():
            return
        text = self.answer.toPlainText().strip()
        if text:
            # Told once: going on to the next record saves again, before it is kept.
            if text != self._handed_on:
                self._handed_on = text
                self.answered.emit(self.example.id, text)
        else:
            self.answer.show_text(self.example.answer)

    def retranslate(self) -> None:
        """Put every visible word in the current language."""
        self._input_title.setText(self.tr("Input"))
        self.input.setAccessibleName(self.tr("Input of the record"))
        self._answer_title.setText(self.tr("Right answer"))
        self.answer.setAccessibleName(self.tr("Right answer of the record"))
        set_words(
            self._shot,
            self.tr("Use as example  E"),
            self.tr("Put it among the examples in the prompt. Key E"),
            self.tr("Use record as example"),
        )
        text = self.tr("Bin")
        if self.example is not None and self.example.binned:
            text = self.tr("Take out of the bin")
        set_words(
            self._bin,
            text,
            self.tr("Delete; can be taken back"),
            self.tr("Bin records"),
        )
        self._facts.setText(self._facts_text())

    def _facts_text(self) -> str:
        if self.example is None:
            return ""
        parts = [phrases.part(self.example.split)]
        if self.example.group:
            parts.append(self.tr("group {name}"))
        return " · ".join(parts).format(name=self.example.group)

    def _is_dirty(self) -> bool:
        kept = self.example.answer if self.example is not None else ""
        return self.example is not None and self.answer.toPlainText() != kept

    def _on_submitted(self) -> None:
        self.save()
        self.submitted.emit()

    def _on_given_up(self) -> None:
        self.answer.show_text(self.example.answer if self.example else "")
        parent = self.parentWidget()
        if parent is not None:
            parent.setFocus()
