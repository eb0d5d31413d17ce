"""What changed between two texts: deletions struck through, insertions bold.

The first text is always a model's answer and the second the right one: struck is what
the model said too much, bold what it did not say.
"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QSizePolicy, QTextEdit, QWidget

from workbench.evaluation.textdiff import Op, Segment
from workbench.ui.shell import tokens


class DiffView(QTextEdit):
    """Plain text with marked changes; never interprets what it shows.

    With `fits` it is as high as its text and leaves scrolling to its surroundings.
    """

    def __init__(self, parent: QWidget | None = None, *, fits: bool = False) -> None:
        """Start empty."""
        super().__init__(parent)
        self._segments: tuple[Segment, ...] = ()
        self._fits = fits
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setProperty("bare", True)
        if fits:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def segments(self) -> tuple[Segment, ...]:
        """Return what is shown."""
        return self._segments

    def set_segments(self, segments: Sequence[Segment]) -> None:
        """Show a diff."""
        self._segments = tuple(segments)
        self._write()

    def set_text(self, text: str) -> None:
        """Show a text without changes."""
        self.set_segments((Segment(Op.EQUAL, text),) if text else ())

    def sizeHint(self) -> QSize:
        """Ask for the height of the text when it fits."""
        if not self._fits:
            return super().sizeHint()
        height = self.document().size().height() + 2 * self.frameWidth()
        return QSize(240, max(28, round(height)))

    def minimumSizeHint(self) -> QSize:
        """Never be lower than the text when it fits."""
        if not self._fits:
            return super().minimumSizeHint()
        return QSize(80, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may need another height."""
        super().resizeEvent(event)
        if self._fits and event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_segments"):
            self._write()

    def _write(self) -> None:
        self.clear()
        cursor = QTextCursor(self.document())
        for segment in self._segments:
            cursor.insertText(segment.text, _format(segment.op))
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self.updateGeometry()


def readable(segments: Sequence[Segment], answer: str) -> tuple[Segment, ...]:
    """Return a diff, or the bare answer where hardly anything is the same.

    Letters that a sentence happens to share with a code say nothing, and marking all
    the others makes it hard to read.
    """
    same = sum(len(segment.text) for segment in segments if segment.op is Op.EQUAL)
    if same * 2 < len(answer):
        return (Segment(Op.EQUAL, answer),)
    return tuple(segments)


def _format(op: Op) -> QTextCharFormat:
    result = QTextCharFormat()
    result.setForeground(tokens.color("text"))
    if op is Op.DELETE:
        result.setForeground(tokens.color("worse"))
        result.setFontStrikeOut(True)
    elif op is Op.INSERT:
        result.setFontWeight(700)
    return result
