"""What is learned: prepared rows one at a time, their trained parts marked."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QTextEdit, QVBoxLayout, QWidget

from workbench.domain.tuning import PreparedRow
from workbench.ui.shell import tokens
from workbench.ui.tune import phrasing
from workbench.ui.widgets.icon_button import IconButton
from workbench.ui.widgets.section_label import SectionLabel, label


class LearnedRows(QWidget):
    """Shows a row as the model sees it, learned text coloured and underlined."""

    row_shown = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[PreparedRow, ...] = ()
        self._index = 0
        self._head = SectionLabel("", self)
        self._where = label("", "secondary", self)
        self._back = IconButton("chevron-left", "", self)
        self._back.clicked.connect(self._on_back)
        self._next = IconButton("chevron-right", "", self)
        self._next.clicked.connect(self._on_next)
        self._text = QTextEdit(self)
        self._text.setReadOnly(True)
        self._text.setUndoRedoEnabled(False)
        self._text.setTabChangesFocus(True)
        self._text.setProperty("bare", True)
        self._key = label("", "secondary", self, wrap=True)
        self._lay_out()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self._head)
        row.addStretch(1)
        row.addWidget(self._where)
        row.addWidget(self._back)
        row.addWidget(self._next)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(row)
        column.addWidget(self._text, 1)
        column.addWidget(self._key)

    def set_rows(self, rows: Sequence[PreparedRow]) -> None:
        """Show the first of these rows; the same rows stay where they are."""
        if tuple(rows) == self._rows:
            return
        self._rows = tuple(rows)
        self._index = 0
        self._show()

    def retranslate(self) -> None:
        """Say everything in the language of now."""
        self._head.setText(self.tr("What is learned"))
        self._back.set_name(self.tr("Previous row"))
        self._next.set_name(self.tr("Next row"))
        self._text.setAccessibleName(self.tr("Row as the model sees it"))
        self._key.setText(
            self.tr(
                "Underlined: learned, with the stop mark at its end. Grey: only read."
            )
        )
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_key"):
            self._show()

    def _show(self) -> None:
        count = len(self._rows)
        self._back.setEnabled(self._index > 0)
        self._next.setEnabled(self._index < count - 1)
        self._text.clear()
        if not count:
            self._where.setText("")
            return
        row = self._rows[self._index]
        self._where.setText(self._describe(row, count))
        cursor = QTextCursor(self._text.document())
        for text, trained in row.pieces:
            cursor.insertText(text, _format(trained=trained))
        self._text.moveCursor(QTextCursor.MoveOperation.Start)
        self._reveal_trained(row)

    def _describe(self, row: PreparedRow, count: int) -> str:
        place = self.tr("row {row} of {count}").format(row=self._index + 1, count=count)
        if row.dropped:
            return f"{place} · {phrasing.dropped(row.dropped)}"
        return self.tr("{place} · {trained} of {all} tokens learned").format(
            place=place,
            trained=row.trained_tokens,
            all=row.prompt_tokens + row.trained_tokens,
        )

    def _reveal_trained(self, row: PreparedRow) -> None:
        """Scroll to the end of the row, where the answer stands."""
        if any(trained for _, trained in row.pieces):
            bar = self._text.verticalScrollBar()
            bar.setValue(bar.maximum())

    def _on_back(self) -> None:
        self._go(self._index - 1)

    def _on_next(self) -> None:
        self._go(self._index + 1)

    def _go(self, index: int) -> None:
        self._index = min(max(0, index), len(self._rows) - 1)
        self._show()
        self.row_shown.emit(self._index)


def _format(*, trained: bool) -> QTextCharFormat:
    result = QTextCharFormat()
    result.setForeground(tokens.color("tuned" if trained else "secondary"))
    if trained:
        result.setFontWeight(600)
        result.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
    return result
