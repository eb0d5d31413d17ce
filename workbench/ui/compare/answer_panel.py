"""The selected record: reference, and each candidate's answer as a diff to it."""

from collections.abc import Mapping

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from workbench.domain.comparisons import CandidateRole, CompareRow
from workbench.domain.trials import Annotation, Rating
from workbench.evaluation.textdiff import Segment
from workbench.ui.compare import phrasing
from workbench.ui.compare.answer_column import AnswerColumn
from workbench.ui.shell.weak import weak_slot
from workbench.ui.widgets.icon_button import IconButton
from workbench.ui.widgets.section_label import label

_WIDTHS = {CandidateRole.BASE: 3, CandidateRole.FEW_SHOT: 2, CandidateRole.TUNED: 2}
Diffs = Mapping[CandidateRole, tuple[Segment, ...]]


class AnswerPanel(QWidget):
    """Shows one record; the tuned answer can be rated."""

    rated = Signal(object)  # Rating

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row: CompareRow | None = None
        self._rating = Rating.NONE
        self._reference = AnswerColumn("", "section", self)
        self._columns: dict[CandidateRole, AnswerColumn] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(24)
        row.addWidget(self._reference, 2)
        for role, width in _WIDTHS.items():
            mark, style = phrasing.mark(role), phrasing.token(role)
            self._columns[role] = AnswerColumn(mark, style, self)
            row.addWidget(self._columns[role], width)
        self._good = self._rating_button("thumb-up", Rating.GOOD)
        self._bad = self._rating_button("thumb-down", Rating.BAD)
        self._tags = label("", "secondary", self)
        actions = QHBoxLayout()
        actions.setSpacing(8)
        for widget in (self._good, self._bad, self._tags):
            actions.addWidget(widget)
        actions.addStretch(1)
        self._columns[CandidateRole.TUNED].column.addLayout(actions)

    def _rating_button(self, icon: str, rating: Rating) -> IconButton:
        button = IconButton(icon, "", self)
        button.setProperty("quiet", False)
        button.setCheckable(True)
        button.clicked.connect(weak_slot(self._on_rated, rating))
        return button

    def show_row(self, row: CompareRow | None, diffs: Diffs) -> None:
        """Show a record, or nothing."""
        self._row = row
        self._reference.set_text(row.reference if row else "")
        for role, column in self._columns.items():
            answer = row.answer(role) if row else None
            if answer is not None and answer.failed:
                column.set_text(self.tr("This call failed."))
            else:
                column.set_segments(diffs.get(role, ()))
        self._show_words()

    def show_roles(self, roles: list[CandidateRole]) -> None:
        """Show only the candidates of the comparison."""
        for role, column in self._columns.items():
            column.setVisible(role in roles)

    def show_annotation(self, annotation: Annotation) -> None:
        """Show what was said about the tuned answer."""
        self._rating = annotation.rating
        self._good.setChecked(annotation.rating is Rating.GOOD)
        self._bad.setChecked(annotation.rating is Rating.BAD)
        self._tags.setText(" · ".join(annotation.tags))

    def retranslate(self) -> None:
        """Say everything in the language of now."""
        self._reference.set_head(self.tr("Reference"))
        self._reference.set_name(self.tr("Reference answer"))
        names = {
            CandidateRole.BASE: self.tr("Answer of base"),
            CandidateRole.FEW_SHOT: self.tr("Answer of base with examples"),
            CandidateRole.TUNED: self.tr("Answer of tuned"),
        }
        for role, column in self._columns.items():
            column.set_name(names[role])
        self._good.set_name(self.tr("Rate the tuned answer good"), self.tr("Good (G)"))
        self._bad.set_name(self.tr("Rate the tuned answer bad"), self.tr("Bad (B)"))
        self._show_words()

    def _show_words(self) -> None:
        for role, column in self._columns.items():
            answer = self._row.answer(role) if self._row else None
            tokens = count = ""
            if answer is not None and not answer.failed:
                tokens = self.tr("%n token(s)", "", answer.output_tokens)
                count = QLocale().toString(answer.output_tokens)
                if self._row is not None and answer.output == self._row.reference:
                    tokens, count = f"{tokens} ✓", f"{count} ✓"
            column.set_head(phrasing.column(role), tokens, count)
        tuned = self._row.answer(CandidateRole.TUNED) if self._row else None
        for button in (self._good, self._bad):
            button.setEnabled(tuned is not None)

    def _on_rated(self, rating: Rating, *_: object) -> None:
        self.rated.emit(Rating.NONE if rating is self._rating else rating)
