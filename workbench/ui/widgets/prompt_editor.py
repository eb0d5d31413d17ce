"""An editor for prompts: placeholders stand out, and selected words can be made one."""

import re

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QKeySequence,
    QResizeEvent,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextDocument,
)
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from workbench.ui.shell import tokens

_PLACEHOLDER = re.compile(r"\{\{\{\{|\}\}\}\}|(\{\{\s*[^\W\d]\w*\s*\}\})")
_VARY_KEYS = "Ctrl+Shift+M"


class PromptEditor(QPlainTextEdit):
    """Plain text with highlighted ``{{placeholders}}``; grows with its text.

    Its own undo is about typing; when there is nothing left to take back, Ctrl+Z goes
    to the window's undo.
    """

    vary_requested = Signal(str)  # the selected text

    def __init__(
        self, parent: QWidget | None = None, *, lines: int = 3, most_lines: int = 12
    ) -> None:
        """Be between `lines` and `most_lines` high."""
        super().__init__(parent)
        self._lines = (lines, most_lines)
        self._highlighter = _Placeholders(self.document())
        self.setTabChangesFocus(True)
        self._vary = QAction(self)
        self._vary.setShortcut(QKeySequence(_VARY_KEYS))
        self._vary.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self._vary.setEnabled(False)
        self._vary.triggered.connect(self._on_vary)
        self.addAction(self._vary)
        self.selectionChanged.connect(self._on_selection_changed)
        self.document().documentLayout().documentSizeChanged.connect(self._on_resized)
        self._retranslate()

    @property
    def vary_action(self) -> QAction:
        """The action "Make this vary", enabled while words are selected."""
        return self._vary

    def set_text(self, text: str) -> None:
        """Show a text, unless it is the one that is shown (the cursor stays then)."""
        if text != self.toPlainText():
            self.setPlainText(text)

    def selection_span(self) -> tuple[int, int]:
        """Return start and end of the selected text."""
        cursor = self.textCursor()
        return cursor.selectionStart(), cursor.selectionEnd()

    def make_variable(self, name: str) -> str:
        """Put a placeholder in the place of the selected text and return that text."""
        cursor = self.textCursor()
        selected = cursor.selectedText().replace("\u2029", "\n")
        cursor.insertText("{{" + name + "}}")
        self.setTextCursor(cursor)
        return selected

    def sizeHint(self) -> QSize:
        """Ask for the height of the text, within the limits."""
        fewest, most = self._lines
        # A plain text document measures its height in lines.
        count = min(max(round(self.document().size().height()), fewest), most)
        margins = self.contentsMargins()
        extra = 2 * round(self.document().documentMargin()) + 16
        height = count * self.fontMetrics().lineSpacing() + extra
        return QSize(320, height + margins.top() + margins.bottom())

    def minimumSizeHint(self) -> QSize:
        """Shrink to two lines where space is short."""
        return QSize(120, 2 * self.fontMetrics().lineSpacing() + 24)

    def event(self, event: QEvent) -> bool:
        """Leave undo and redo to the window when typing has nothing to offer."""
        if event.type() == QEvent.Type.ShortcutOverride and self._is_spent(event):
            event.ignore()
            return False
        return super().event(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer "Make this vary" on top of the usual."""
        menu = self.createStandardContextMenu(event.pos())
        first = menu.actions()[0] if menu.actions() else None
        if first is not None:
            menu.insertAction(first, self._vary)
            menu.insertSeparator(first)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may need another height."""
        super().resizeEvent(event)
        self.updateGeometry()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language and the theme."""
        super().changeEvent(event)
        if not hasattr(self, "_vary"):
            return
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self._highlighter.rehighlight()

    def _is_spent(self, event: QEvent) -> bool:
        keys = getattr(event, "keyCombination", None)
        if keys is None:
            return False
        sequence = QKeySequence(keys())
        document = self.document()
        if sequence == QKeySequence(QKeySequence.StandardKey.Undo):
            return not document.isUndoAvailable()
        if sequence == QKeySequence(QKeySequence.StandardKey.Redo):
            return not document.isRedoAvailable()
        return False

    def _retranslate(self) -> None:
        self._vary.setText(self.tr("Make this vary"))
        self._vary.setToolTip(
            self.tr("Turn the selected words into a placeholder that changes per input")
        )

    def _on_selection_changed(self) -> None:
        self._vary.setEnabled(self.textCursor().hasSelection())

    def _on_vary(self) -> None:
        self.vary_requested.emit(
            self.textCursor().selectedText().replace("\u2029", "\n")
        )

    def _on_resized(self) -> None:
        self.updateGeometry()


class _Placeholders(QSyntaxHighlighter):
    """Paints ``{{name}}`` on a tinted ground; ``{{{{`` is a literal brace."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)

    def highlightBlock(self, text: str) -> None:
        look = QTextCharFormat()
        look.setForeground(tokens.color("action"))
        look.setBackground(tokens.color("selection"))
        for match in _PLACEHOLDER.finditer(text):
            if match.group(1):
                self.setFormat(match.start(), match.end() - match.start(), look)
