"""A comparison: the headline on top, figures at the left, records at the right."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from workbench.ui.compare.answer_panel import AnswerPanel
from workbench.ui.compare.headline_bar import HeadlineBar
from workbench.ui.compare.records_panel import RecordsPanel
from workbench.ui.compare.summary_panel import SummaryPanel
from workbench.ui.widgets.lines import horizontal_line


class ResultPanel(QWidget):
    """Lays the four parts of a result out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.headline = HeadlineBar(self)
        body = QSplitter(self)
        self.summary = SummaryPanel(body)
        right = QSplitter(Qt.Orientation.Vertical, body)
        self.records = RecordsPanel(right)
        self.answers = AnswerPanel(right)
        right.addWidget(self.records)
        right.addWidget(self.answers)
        right.setStretchFactor(0, 1)
        right.setSizes([480, 190])
        body.addWidget(self.summary)
        body.addWidget(right)
        body.setStretchFactor(1, 1)
        body.setSizes([420, 850])
        for splitter in (right, body):
            splitter.setChildrenCollapsible(False)
            splitter.setHandleWidth(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.headline)
        column.addWidget(horizontal_line(self))
        column.addWidget(body, 1)

    def retranslate(self) -> None:
        """Say everything in the language of now."""
        for part in (self.headline, self.summary, self.records, self.answers):
            part.retranslate()
