"""One candidate's answer to the selected record, as a diff to the reference."""

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from workbench.evaluation.textdiff import Segment
from workbench.ui.widgets.diff_view import DiffView
from workbench.ui.widgets.elided_label import ElidedLabel
from workbench.ui.widgets.section_label import label

_LEAST = 64


class AnswerColumn(QWidget):
    """A head with mark, name and tokens, and the answer below."""

    def __init__(self, mark: str, role: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mark = mark
        self._words = ("", "")
        # Its own least width: the layout's would be that of the longer words.
        self.setMinimumWidth(_LEAST)
        self._head = ElidedLabel("", self)
        self._head.setProperty("role", role)
        # Beside the name, not behind it: in a narrow column the name is cut, not this.
        self._tokens = label("", role, self)
        self._text = DiffView(self)
        font = self._text.font()
        font.setPixelSize(15)
        self._text.setFont(font)
        self._text.document().setDocumentMargin(0)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(4)
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(self._head, 1)
        head.addWidget(self._tokens)
        self.column.addLayout(head)
        self.column.addWidget(self._text, 1)

    def set_head(self, name: str, tokens: str = "", count: str = "") -> None:
        """Show the candidate's name and tokens; only their count where it is narrow."""
        self._head.set_text(f"{self._mark} {name}".strip())
        self._words = (tokens, count or tokens)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out a word where there is no room for it."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        tokens, count = self._words
        measure = self._head.fontMetrics().horizontalAdvance
        needed = measure(self._head.full_text()) + measure(tokens) + 8
        self._tokens.setText(tokens if needed <= self.width() else count)
        self._tokens.setToolTip(tokens)

    def set_name(self, name: str) -> None:
        """Name the text for assistive technology and the keyboard."""
        self._text.setAccessibleName(name)

    def set_segments(self, segments: Sequence[Segment]) -> None:
        """Show an answer with what differs from the reference."""
        self._text.set_segments(segments)

    def set_text(self, text: str) -> None:
        """Show a text without marks."""
        self._text.set_text(text)
