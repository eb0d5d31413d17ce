"""One trial: input, answer with what the correction changes, and what is said of it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from workbench.domain.trials import Trial, TrialStatus
from workbench.evaluation.textdiff import Segment
from workbench.ui.data.correction_editor import CorrectionEditor
from workbench.ui.data.note_field import NoteField
from workbench.ui.data.tag_row import TagRow
from workbench.ui.lab import phrases
from workbench.ui.lab.panel import Panel
from workbench.ui.lab.parts import GAP, MARGIN
from workbench.ui.lab.rating_bar import RatingBar
from workbench.ui.shell.context import Context
from workbench.ui.shell.phrases import phrase_code
from workbench.ui.widgets.diff_view import DiffView, readable
from workbench.ui.widgets.notice import Notice
from workbench.ui.widgets.section_label import label

_ANSWER_PIXELS = 15


class TrialDetail(Panel):
    """Shows a trial and takes what the expert says about it."""

    rated = Signal(object)
    corrected = Signal(int, object)
    submitted = Signal()
    noted = Signal(int, str)
    tagged = Signal(str, bool)
    shot_wanted = Signal()
    left = Signal()
    """Esc in a field: the keyboard belongs to the list again."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """Start without a trial."""
        super().__init__(parent)
        self._context = context
        self.trial: Trial | None = None
        self._diffed: tuple[int, str] = (0, "")
        self._body = QWidget(self)
        self._input_title = label("", "section", self._body)
        self.input = _text_view(self._body)
        self._answer_title = label("", "section", self._body)
        self._facts = label("", "secondary", self._body, wrap=True)
        self.answer = _text_view(self._body)
        self._notice = Notice("info", "", self._body)
        self.rating = RatingBar(self._body)
        self.correction = CorrectionEditor(context, self._body)
        self.tags = TagRow(self._body)
        self.note = NoteField(context, self._body)
        self._lay_out()
        self._connect()
        self.show_trial(None, ())
        self.built()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self._body)
        column.setContentsMargins(MARGIN, 12, MARGIN, MARGIN)
        column.setSpacing(GAP)
        parts: tuple[QWidget, ...] = (
            self._input_title,
            self.input,
            self._answer_title,
            self.answer,
            self._notice,
            self._facts,
            self.rating,
            self.correction,
            self.tags,
            self.note,
        )
        for part in parts:
            column.addWidget(part)
        column.addStretch(1)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self._body)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(area)

    def _connect(self) -> None:
        self.rating.rated.connect(self.rated)
        self.rating.correction_wanted.connect(self.correction.begin)
        self.rating.shot_wanted.connect(self.shot_wanted)
        self.correction.corrected.connect(self.corrected)
        self.correction.submitted.connect(self.submitted)
        self.tags.switched.connect(self.tagged)
        self.tags.given_up.connect(self.left)
        self.note.noted.connect(self.noted)

    def show_trial(self, trial: Trial | None, recent_tags: Sequence[str]) -> None:
        """Show this trial; what is being typed for it stays."""
        self.trial = trial
        self.correction.show_trial(trial)
        self.note.show_trial(trial)
        self._body.setVisible(trial is not None)
        if trial is None:
            return
        self.input.set_text(trial.input_text)
        self._show_answer(trial)
        self.rating.show_rating(trial.annotation.rating)
        self.tags.show_tags(trial.annotation.tags, recent_tags)
        self._show_words(trial)

    def save(self) -> None:
        """Keep what is being typed."""
        self.correction.save()
        self.note.save()

    def retranslate(self) -> None:
        """Put every visible word in the current language."""
        self._input_title.setText(self.tr("Input"))
        self.input.setAccessibleName(self.tr("Input of the trial"))
        self._answer_title.setText(self.tr("Answer"))
        self.answer.setAccessibleName(self.tr("Answer of the trial"))
        if self.trial is not None:
            self._show_words(self.trial)

    def _show_words(self, trial: Trial) -> None:
        self._facts.setText(phrases.facts(trial))
        text = phrases.status(trial)
        outcome = trial.outcome
        if outcome.status is TrialStatus.FAILED:
            reason = phrase_code(outcome.error_code, outcome.error_text)
            self._notice.set_notice("error", f"{text} {reason}")
        else:
            self._notice.set_notice("info", text)

    def _show_answer(self, trial: Trial) -> None:
        """Show the answer, with the changes the correction makes to it."""
        correction = trial.annotation.correction
        self.answer.setVisible(bool(trial.outcome.output) or correction is not None)
        if correction is None:
            self._diffed = (trial.id, "")
            self.answer.set_text(trial.outcome.output)
            return
        if self._diffed == (trial.id, correction):
            return
        self._diffed = (trial.id, correction)
        self.answer.set_text(trial.outcome.output)
        diff = self._context.services.compare.diff
        self._context.bridge.call(
            diff, trial.outcome.output, correction, done=self._on_diff
        )

    def _on_diff(self, segments: Sequence[Segment]) -> None:
        # The newest request wins: an answer to an older one shows other texts.
        old = "".join(s.text for s in segments if s.op != "insert")
        new = "".join(s.text for s in segments if s.op != "delete")
        trial = self.trial
        if trial is None:
            return
        if (old, new) == (trial.outcome.output, trial.annotation.correction):
            self.answer.set_segments(readable(segments, old))


def _text_view(parent: QWidget) -> DiffView:
    view = DiffView(parent, fits=True)
    font = view.font()
    font.setPixelSize(_ANSWER_PIXELS)
    view.setFont(font)
    view.document().setDocumentMargin(0)
    return view
