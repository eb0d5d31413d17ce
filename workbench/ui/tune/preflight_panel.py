"""Before we start: what the check found, in words, a chart and the rows themselves."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from workbench.domain.tuning import Preparation
from workbench.ui.tune import phrasing
from workbench.ui.tune.learned_rows import LearnedRows
from workbench.ui.tune.length_chart import LengthChart
from workbench.ui.widgets.lines import vertical_line
from workbench.ui.widgets.notice import Notice
from workbench.ui.widgets.section_label import SectionLabel, label


class PreflightPanel(QWidget):
    """Shows one preparation."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._preparation: Preparation | None = None
        self._rows = Notice("good", "", self)
        self._reasons = label("", "secondary", self, wrap=True)
        self._stop = Notice("good", "", self)
        self._effort = Notice("info", "", self)
        self._lengths_head = SectionLabel("", self)
        self._lengths = LengthChart(self)
        self._limit = label("", "secondary", self)
        self._learned = LearnedRows(self)
        self._lay_out()

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(8)
        for widget in (self._rows, self._reasons, self._stop, self._effort):
            left.addWidget(widget)
        left.addSpacing(12)
        left.addWidget(self._lengths_head)
        left.addWidget(self._lengths, 3)
        left.addWidget(self._limit)
        left.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(24)
        row.addLayout(left, 1)
        row.addWidget(vertical_line(self))
        row.addWidget(self._learned, 1)

    def show_preparation(self, preparation: Preparation) -> None:
        """Show what a check found."""
        self._preparation = preparation
        self._learned.set_rows(preparation.examples)
        self._lengths.set_lengths(preparation.lengths, preparation.limit)
        self._show_words()

    def retranslate(self) -> None:
        """Say everything in the language of now."""
        self._lengths_head.setText(self.tr("Length of the rows in tokens"))
        self._lengths.retranslate()
        self._learned.retranslate()
        self._show_words()

    def _show_words(self) -> None:
        found = self._preparation
        if found is None:
            return
        whole = found.trained + found.validation == found.rows_in
        self._rows.set_notice(
            "good" if whole else "warning", phrasing.reconciled(found)
        )
        reasons = phrasing.reasons(found.dropped)
        self._reasons.setText(reasons)
        self._reasons.setVisible(bool(reasons))
        self._stop.set_notice(
            "good" if found.stop_learned else "error", phrasing.stop_mark(found)
        )
        self._effort.set_notice("info", phrasing.effort(found))
        self._limit.setText(phrasing.limit(found))
