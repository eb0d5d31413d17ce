"""What is learned: prepared rows as the model sees them, their trained parts marked."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent
from PySide6.QtGui import QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QTextEdit, QVBoxLayout, QWidget

from workbench.domain.tuning import PreparedRow
from workbench.ui.shell import tokens
from workbench.ui.tune import phrasing
from workbench.ui.widgets.icon_button import IconButton
from workbench.ui.widgets.section_label import SectionLabel, label

_CHARACTERS = 3000
"""Rows of a page together: laying out more would be felt on the window's thread."""


class LearnedRows(QWidget):
    """Shows rows page by page; learned text is coloured, bold and underlined."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[PreparedRow, ...] = ()
        self._pages: list[tuple[int, int]] = []
        self._page = 0
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
        self._text.document().setDocumentMargin(0)
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
        column.addWidget(self._key)
        column.addWidget(self._text, 1)

    def set_rows(self, rows: Sequence[PreparedRow]) -> None:
        """Show the first of these rows; the same rows stay where they are."""
        if tuple(rows) == self._rows:
            return
        self._rows = tuple(rows)
        self._pages = pages(self._rows)
        self._page = 0
        self._show()

    def retranslate(self) -> None:
        """Say everything in the language of now."""
        self._head.setText(self.tr("What is learned"))
        self._back.set_name(self.tr("Rows before"))
        self._next.set_name(self.tr("Rows after"))
        self._text.setAccessibleName(self.tr("Rows as the model sees them"))
        self._key.setText(
            self.tr("Underlined: learned, the stop mark included. Grey: only read.")
        )
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_key"):
            self._show()

    def _show(self) -> None:
        self._back.setEnabled(self._page > 0)
        self._next.setEnabled(self._page < len(self._pages) - 1)
        self._text.clear()
        self._where.setText("")
        if not self._pages:
            return
        first, end = self._pages[self._page]
        self._where.setText(
            self.tr("rows {first} to {last} of {count}").format(
                first=first + 1, last=end, count=len(self._rows)
            )
        )
        cursor = QTextCursor(self._text.document())
        for row in self._rows[first:end]:
            self._write(cursor, row)
        self._text.moveCursor(QTextCursor.MoveOperation.Start)

    def _write(self, cursor: QTextCursor, row: PreparedRow) -> None:
        block = QTextBlockFormat()
        block.setTopMargin(0 if cursor.atStart() else 14)
        if cursor.atStart():
            cursor.setBlockFormat(block)
        else:
            cursor.insertBlock(block)
        cursor.insertText(self._describe(row), _style("secondary", pixels=11))
        cursor.insertBlock(QTextBlockFormat())
        for text, trained in row.pieces:
            cursor.insertText(text, _piece_style(trained=trained))

    def _describe(self, row: PreparedRow) -> str:
        if row.dropped:
            return self.tr("left out: {reason}").format(
                reason=phrasing.dropped(row.dropped)
            )
        return self.tr("{trained} of {all} tokens learned").format(
            trained=row.trained_tokens, all=row.prompt_tokens + row.trained_tokens
        )

    def _on_back(self) -> None:
        self._go(self._page - 1)

    def _on_next(self) -> None:
        self._go(self._page + 1)

    def _go(self, page: int) -> None:
        self._page = min(max(0, page), len(self._pages) - 1)
        self._show()


def pages(
    rows: Sequence[PreparedRow], most: int = _CHARACTERS
) -> list[tuple[int, int]]:
    """Cut rows into pages of at most so many characters, or of one longer row."""
    result: list[tuple[int, int]] = []
    first = size = 0
    for number, row in enumerate(rows):
        length = sum(len(text) for text, _ in row.pieces)
        if number > first and size + length > most:
            result.append((first, number))
            first, size = number, 0
        size += length
    if rows:
        result.append((first, len(rows)))
    return result


def _piece_style(*, trained: bool) -> QTextCharFormat:
    result = _style("tuned" if trained else "secondary")
    if trained:
        result.setFontWeight(600)
        result.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
    return result


def _style(token: str, pixels: int = 13) -> QTextCharFormat:
    result = QTextCharFormat()
    result.setForeground(tokens.color(token))
    result.setProperty(QTextCharFormat.Property.FontPixelSize, pixels)
    return result
