"""The answer, large; below it its figures and what can be said about it at once."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from workbench.domain.errors import WorkbenchError
from workbench.domain.remote import estimate_tokens
from workbench.domain.thinking import so_far
from workbench.domain.trials import Trial, TrialStatus
from workbench.ui.lab import phrases
from workbench.ui.lab.answer import AnswerPresenter, Phase
from workbench.ui.lab.panel import Panel
from workbench.ui.lab.parts import GAP
from workbench.ui.lab.rating_bar import RatingBar
from workbench.ui.lab.thinking_view import ThinkingView
from workbench.ui.lab.verdict_label import VerdictLabel
from workbench.ui.shell.context import Context
from workbench.ui.shell.phrases import phrase_code, phrase_error
from workbench.ui.widgets.answer_view import AnswerView
from workbench.ui.widgets.empty_state import EmptyState
from workbench.ui.widgets.notice import Notice
from workbench.ui.widgets.section_label import label

# The expert reads answers all day: they are the largest text of the page.
_ANSWER_PIXELS = 15


class AnswerPanel(Panel):
    """Shows the presenter's answer while it streams and when it is complete."""

    sample_wanted = Signal()
    correction_wanted = Signal()

    def __init__(
        self,
        context: Context,
        presenter: AnswerPresenter,
        parent: QWidget | None = None,
    ) -> None:
        """Show what this presenter holds."""
        super().__init__(parent)
        self._context = context
        self._presenter = presenter
        self._refusal: WorkbenchError | None = None
        self._number = 1
        self._is_alone = True
        self._empty = EmptyState("lab", parent=self)
        self._empty.link_activated.connect(self.sample_wanted)
        self.view = AnswerView(self)
        font = self.view.font()
        font.setPixelSize(_ANSWER_PIXELS)
        self.view.setFont(font)
        self.view.document().setDocumentMargin(0)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self.view)
        self._notice = Notice("info", "", self)
        self._facts = label("", "secondary", self, wrap=True)
        self._verdict = VerdictLabel(self)
        self.thinking = ThinkingView(self)
        self._arrived = ""
        self.rating = RatingBar(self)
        self._lay_out()
        self._connect()
        self.built()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP)
        layout.addWidget(self.thinking)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self._notice)
        layout.addWidget(self._facts)
        layout.addWidget(self._verdict)
        layout.addWidget(self.rating)

    def _connect(self) -> None:
        presenter = self._presenter
        presenter.phase_changed.connect(self._on_phase)
        presenter.token_arrived.connect(self._on_token)
        presenter.trial_changed.connect(self._on_trial)
        presenter.refused.connect(self._on_refused)
        presenter.check_changed.connect(self._on_check)
        self.rating.rated.connect(presenter.rate)
        self.rating.correction_wanted.connect(self.correction_wanted)
        self.rating.shot_wanted.connect(self._on_shot_wanted)

    def set_place(self, number: int, *, alone: bool) -> None:
        """Say which of the models side by side this is, counted from 1."""
        self._number, self._is_alone = number, alone
        policy = QSizePolicy.Policy
        across = policy.Preferred if alone else policy.Ignored
        self._empty.setSizePolicy(across, policy.Preferred)
        self.rating.set_number(number)
        self.thinking.set_number(number)
        self.retranslate()

    def retranslate(self) -> None:
        """Put every visible word in the current language."""
        self.view.setAccessibleName(phrases.numbered(self.tr("Answer"), self._number))
        alone = self.tr(
            "The answer will stand here. Write a message and press Ctrl+Enter: "
            "every call is kept, failed ones too."
        )
        link = "" if self._is_sample() else self.tr("Open the sample project")
        if self._is_alone:
            self._empty.set_texts(alone, "", link)
        # In a column there is no room for a picture and its button.
        waiting = self.tr("The answer will stand here.")
        self.view.setPlaceholderText("" if self._is_alone else waiting)
        self._show()

    # ------------------------------------------------------------ events

    def _on_phase(self) -> None:
        phase = self._presenter.phase
        if phase is Phase.STARTING:
            self._refusal = None
            self._arrived = ""
            self.view.clear_answer()
        self._show()

    def _on_token(self, text: str) -> None:
        thinking = self._presenter.thinking
        before = so_far(self._arrived, thinking)
        self._arrived += text
        now = so_far(self._arrived, thinking)
        self.view.append_text(now.answer[len(before.answer) :])
        self.thinking.show_live(now.thinking)
        self._facts.setText(self._live_text())

    def _on_trial(self) -> None:
        trial = self._presenter.trial
        self.thinking.show_trial(trial)
        if trial is not None and self.view.answer() != trial.outcome.output:
            self.view.set_plain(trial.outcome.output)
        if trial is not None:
            self.view.finish()
        elif not self._presenter.phase.is_busy:
            self.view.clear_answer()
        self._refusal = None
        self._show()

    def _on_refused(self, error: WorkbenchError) -> None:
        self._refusal = error
        self._show()

    def _on_check(self) -> None:
        self._verdict.show_check(self._presenter.check)

    def _on_shot_wanted(self) -> None:
        self._presenter.use_as_shot()

    # ------------------------------------------------------------ showing

    def minimumSizeHint(self) -> QSize:
        """Several of them stand side by side, so a narrow one must do."""
        return QSize(240, super().minimumSizeHint().height())

    def _is_sample(self) -> bool:
        return self._context.services.projects.is_sample()

    def _show(self) -> None:
        trial, phase = self._presenter.trial, self._presenter.phase
        nothing = trial is None and not phase.is_busy and self._refusal is None
        nothing = nothing and self._is_alone
        self._stack.setCurrentWidget(self._empty if nothing else self.view)
        self._facts.setText(self._facts_text(trial))
        self.rating.setVisible(trial is not None)
        self.rating.show_rating(trial.annotation.rating if trial else None)
        if trial is None:
            self._verdict.show_check(None)
        self._notice.set_notice(*self._remark(trial))

    def _facts_text(self, trial: Trial | None) -> str:
        match self._presenter.phase:
            case Phase.STARTING:
                return self.tr("Starting the model …")
            case Phase.STREAMING:
                return self._live_text()
            case Phase.STOPPING:
                return self.tr("Stopped. What had arrived is kept.")
            case Phase.IDLE:
                return phrases.figures(trial) if trial is not None else ""

    def _live_text(self) -> str:
        """Say how the answer is coming; tokens are estimated until it is complete."""
        first = self._presenter.first_seconds
        if first is None:
            return self.tr("Waiting for the first word … Esc stops.")
        count = estimate_tokens(self.view.answer())
        parts = [
            self.tr("first word after {first}").format(first=phrases.seconds(first)),
            self.tr("about %n token(s) so far", "", count),
        ]
        writing = self._presenter.seconds() - first
        if writing >= 0.5:
            parts.append(phrases.speed(count / writing))
        return " · ".join(parts)

    def _remark(self, trial: Trial | None) -> tuple[str, str]:
        if self._refusal is not None:
            return "error", phrase_error(self._refusal)
        if trial is None:
            return "info", ""
        text = phrases.status(trial)
        outcome = trial.outcome
        if outcome.status is TrialStatus.FAILED:
            reason = phrase_code(outcome.error_code, outcome.error_text)
            return "error", f"{text} {reason}"
        is_cut = outcome.status is TrialStatus.SUCCEEDED and bool(text)
        return ("warning" if is_cut else "info"), text
