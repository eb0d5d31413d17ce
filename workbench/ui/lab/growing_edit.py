"""A plain text field that is as high as its text, within limits."""

import math

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

_PADDING = 24


class GrowingEdit(QPlainTextEdit):
    """Grows with its text; Tab leaves it; undo without own edits is the window's."""

    left = Signal()
    """The focus went elsewhere."""

    def __init__(
        self, parent: QWidget | None = None, *, least: int = 1, most: int = 8
    ) -> None:
        """Be at least and at most this many lines high."""
        super().__init__(parent)
        self._least, self._most = least, most
        self.setTabChangesFocus(True)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self._fit()

    def show_text(self, text: str) -> None:
        """Show a text, unless it is shown already (the cursor stays then)."""
        if text != self.toPlainText():
            self.setPlainText(text)

    def _fit(self) -> None:
        # The layout of a plain text document counts in lines, not in pixels.
        lines = math.ceil(self.document().size().height())
        shown = min(self._most, max(self._least, lines))
        height = shown * self.fontMetrics().lineSpacing() + _PADDING
        fits = lines <= self._most
        self.setVerticalScrollBarPolicy(
            Qt.ScrollBarPolicy.ScrollBarAlwaysOff
            if fits
            else Qt.ScrollBarPolicy.ScrollBarAsNeeded
        )
        if height != self.height():
            self.setFixedHeight(height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may need another height."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def event(self, event: QEvent) -> bool:
        """Claim or leave shortcuts before the window gets them."""
        if event.type() == QEvent.Type.ShortcutOverride and self._is_foreign(event):
            event.ignore()
            return False
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the focus went elsewhere."""
        super().focusOutEvent(event)
        self.left.emit()

    def _is_foreign(self, event: QEvent) -> bool:
        """Undo and redo belong to the window when there is nothing of our own."""
        if not isinstance(event, QKeyEvent):
            return False
        if event.matches(QKeySequence.StandardKey.Undo):
            return not self.document().isUndoAvailable()
        if event.matches(QKeySequence.StandardKey.Redo):
            return not self.document().isRedoAvailable()
        return False
