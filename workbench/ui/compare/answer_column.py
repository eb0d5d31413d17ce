"""One candidate's answer to the selected record, as a diff to the reference."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from workbench.evaluation.textdiff import Segment
from workbench.ui.widgets.diff_view import DiffView
from workbench.ui.widgets.elided_label import ElidedLabel


class AnswerColumn(QWidget):
    """A head with mark, name and tokens, and the answer below."""

    def __init__(self, mark: str, role: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mark = mark
        self._head = ElidedLabel("", self)
        self._head.setProperty("role", role)
        self._text = DiffView(self)
        font = self._text.font()
        font.setPixelSize(15)
        self._text.setFont(font)
        self._text.document().setDocumentMargin(0)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(4)
        self.column.addWidget(self._head)
        self.column.addWidget(self._text, 1)

    def set_head(self, text: str) -> None:
        """Show the candidate's name and tokens."""
        self._head.set_text(f"{self._mark} {text}".strip())

    def set_name(self, name: str) -> None:
        """Name the text for assistive technology and the keyboard."""
        self._text.setAccessibleName(name)

    def set_segments(self, segments: Sequence[Segment]) -> None:
        """Show an answer with what differs from the reference."""
        self._text.set_segments(segments)

    def set_text(self, text: str) -> None:
        """Show a text without marks."""
        self._text.set_text(text)
