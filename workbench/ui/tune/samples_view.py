"""A few validation inputs as the model answers them so far."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent
from PySide6.QtGui import QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit, QVBoxLayout, QWidget

from workbench.ui.shell import tokens
from workbench.ui.widgets.section_label import SectionLabel

Sample = tuple[int, str, str, str]


class SamplesView(QWidget):
    """Shows the newest samples: input, tuned answer so far, reference."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._samples: tuple[Sample, ...] = ()
        self._head = SectionLabel("", self)
        self._text = QTextEdit(self)
        self._text.setReadOnly(True)
        self._text.setUndoRedoEnabled(False)
        self._text.setTabChangesFocus(True)
        self._text.setProperty("bare", True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._head)
        column.addWidget(self._text, 1)

    def set_samples(self, samples: Sequence[Sample], kept: int | None = None) -> None:
        """Show the samples of the last evaluation, or of the state that was kept."""
        steps = {sample[0] for sample in samples}
        step = kept if kept in steps else max(steps, default=0)
        newest = tuple(sample for sample in samples if sample[0] == step)
        if newest != self._samples:
            self._samples = newest
            self._write()

    def retranslate(self) -> None:
        """Say everything in the language of now."""
        self._text.setAccessibleName(self.tr("Answers so far"))
        self._write()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_text"):
            self._write()

    def _write(self) -> None:
        step = self._samples[0][0] if self._samples else 0
        self._head.setText(
            self.tr("Answers at step {step}").format(step=step)
            if self._samples
            else self.tr("Answers so far")
        )
        self._text.clear()
        cursor = QTextCursor(self._text.document())
        # Outside the f-strings: lupdate does not look into them.
        tuned, right = self.tr("tuned"), self.tr("reference")
        for number, (_, asked, answer, reference) in enumerate(self._samples):
            self._line(cursor, asked, "text", space=12 if number else 0)
            self._line(cursor, f"▨ {tuned}  {answer}", "tuned", space=2)
            self._line(cursor, f"    {right}  {reference}", "reference", space=2)
        if not self._samples:
            waiting = self.tr("A few validation inputs are answered at every look.")
            self._line(cursor, waiting, "secondary", space=0)
        self._text.moveCursor(QTextCursor.MoveOperation.Start)

    def _line(self, cursor: QTextCursor, text: str, token: str, *, space: int) -> None:
        block = QTextBlockFormat()
        block.setTopMargin(space)
        if not cursor.atStart():
            cursor.insertBlock(block)
        style = QTextCharFormat()
        style.setForeground(tokens.color(token))
        cursor.insertText(text, style)
