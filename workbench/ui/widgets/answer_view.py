"""An answer of a model: plain while it streams, Markdown without HTML when it ended.

Model output is data. Nothing in it is fetched: every image resource is answered with
one transparent pixel (returning nothing would make Qt open the file itself), images are
written out as text, and links are shown but not followed.
"""

from collections.abc import Iterator

from PySide6.QtCore import QTimer, QUrl, Signal
from PySide6.QtGui import (
    QImage,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFragment,
)
from PySide6.QtWidgets import QTextBrowser, QWidget

_INTERVAL_MS = 50
_LINE_HEIGHT = 150.0


class AnswerView(QTextBrowser):
    """Shows one answer."""

    link_clicked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self._text = ""
        self._pending: list[str] = []
        self._timer = QTimer(self, interval=_INTERVAL_MS, singleShot=True)
        self._timer.timeout.connect(self._flush)
        self.setProperty("bare", True)
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.anchorClicked.connect(self._on_anchor_clicked)

    def answer(self) -> str:
        """Return the whole text as it arrived."""
        return self._text + "".join(self._pending)

    def clear_answer(self) -> None:
        """Make room for the next answer."""
        self._timer.stop()
        self._pending = []
        self._text = ""
        self.clear()

    def append_text(self, text: str) -> None:
        """Add streamed text; painted at most 20 times a second."""
        self._pending.append(text)
        if not self._timer.isActive():
            self._flush()

    def set_plain(self, text: str) -> None:
        """Show a text as it is."""
        self.clear_answer()
        self._text = text
        self.setPlainText(text)
        self._space_lines()

    def finish(self, *, markdown: bool = True) -> None:
        """Render what has arrived."""
        text = self.answer()
        self.set_plain(text)
        if markdown:
            self._render(text)

    def loadResource(self, kind: int, url: QUrl | str) -> object:
        """Answer every request with a single transparent pixel."""
        del kind, url
        picture = QImage(1, 1, QImage.Format.Format_ARGB32)
        picture.fill(0)
        return picture

    def _flush(self) -> None:
        if not self._pending:
            return
        text = "".join(self._pending)
        self._pending = []
        follows = self._is_at_end()
        self._text += text
        cursor = QTextCursor(self.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.insertText(text)
        self._timer.start()
        if follows:
            bar = self.verticalScrollBar()
            bar.setValue(bar.maximum())

    def _is_at_end(self) -> bool:
        bar = self.verticalScrollBar()
        return bar.value() >= bar.maximum() - 4

    def _render(self, text: str) -> None:
        document = self.document()
        document.setMarkdown(
            text,
            QTextDocument.MarkdownFeature.MarkdownDialectGitHub
            | QTextDocument.MarkdownFeature.MarkdownNoHTML,
        )
        _write_images_out(document, self.tr("[image: {name}]"))
        self._space_lines()

    def _space_lines(self) -> None:
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        spacing = QTextBlockFormat()
        kind = QTextBlockFormat.LineHeightTypes.ProportionalHeight
        spacing.setLineHeight(_LINE_HEIGHT, kind.value)
        cursor.mergeBlockFormat(spacing)

    def _on_anchor_clicked(self, url: QUrl) -> None:
        self.link_clicked.emit(url.toString())


def _write_images_out(document: QTextDocument, words: str) -> None:
    """Replace every image by its name; `words` says how, with ``{name}``."""
    spans: list[tuple[int, int, str]] = []
    block = document.begin()
    while block.isValid():
        for fragment in _fragments(block):
            image = fragment.charFormat().toImageFormat()
            if image.isValid():
                alt = image.stringProperty(QTextFormat.Property.ImageAltText.value)
                name = alt or image.name()
                spans.append((fragment.position(), fragment.length(), name))
        block = block.next()
    cursor = QTextCursor(document)
    for position, length, name in reversed(spans):
        cursor.setPosition(position)
        cursor.setPosition(position + length, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(words.format(name=name), QTextCharFormat())


def _fragments(block: QTextBlock) -> Iterator[QTextFragment]:
    iterator = block.begin()
    while not iterator.atEnd():
        yield iterator.fragment()
        iterator += 1
