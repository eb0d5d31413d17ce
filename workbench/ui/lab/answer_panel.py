"""The answer, large; below it what can be said about it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from workbench.domain.errors import WorkbenchError
from workbench.domain.trials import Trial, TrialStatus
from workbench.ui.data.correction_editor import CorrectionEditor
from workbench.ui.lab import phrases
from workbench.ui.lab.answer import AnswerPresenter, Phase
from workbench.ui.lab.growing_edit import GrowingEdit
from workbench.ui.lab.panel import Panel
from workbench.ui.lab.parts import GAP, set_words
from workbench.ui.lab.rating_bar import RatingBar
from workbench.ui.lab.verdict_label import VerdictLabel
from workbench.ui.shell.context import Context
from workbench.ui.shell.phrases import phrase_code, phrase_error
from workbench.ui.widgets.answer_view import AnswerView
from workbench.ui.widgets.buttons import link_button
from workbench.ui.widgets.empty_state import EmptyState
from workbench.ui.widgets.notice import Notice
from workbench.ui.widgets.section_label import label

# The expert reads answers all day: they are the largest text of the page.
_ANSWER_PIXELS = 15


class AnswerPanel(Panel):
    """Shows the presenter's answer while it streams and when it is complete."""

    sample_wanted = Signal()

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
        self.rating = RatingBar(self)
        self._expected_title = label("", "section", self)
        self._known = link_button("", self)
        self._known.clicked.connect(self._on_use_known)
        self.expected = GrowingEdit(self, least=1, most=4)
        self.expected.textChanged.connect(self._on_expected)
        self._verdict = VerdictLabel(self)
        self.correction = CorrectionEditor(context, self)
        self._lay_out()
        self._connect()
        self.built()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._expected_title)
        head.addWidget(self._verdict, 1)
        head.addWidget(self._known)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self._notice)
        layout.addWidget(self._facts)
        layout.addWidget(self.rating)
        layout.addSpacing(4)
        layout.addLayout(head)
        layout.addWidget(self.expected)
        layout.addWidget(self.correction)

    def _connect(self) -> None:
        presenter = self._presenter
        presenter.phase_changed.connect(self._on_phase)
        presenter.token_arrived.connect(self.view.append_text)
        presenter.trial_changed.connect(self._on_trial)
        presenter.refused.connect(self._on_refused)
        presenter.check_changed.connect(self._on_check)
        presenter.earlier_changed.connect(self._show_known)
        presenter.expected_dropped.connect(self._on_expected_dropped)
        self.rating.rated.connect(presenter.rate)
        self.rating.correction_wanted.connect(self.correction.begin)
        self.rating.shot_wanted.connect(self._on_shot_wanted)
        self.correction.corrected.connect(presenter.correct)

    def retranslate(self) -> None:
        """Put every visible word in the current language."""
        self.view.setAccessibleName(self.tr("Answer"))
        self._empty.set_texts(
            self.tr(
                "The answer will stand here. Write a message and press Ctrl+Enter: "
                "every call is kept, failed ones too."
            ),
            "",
            "" if self._is_sample() else self.tr("Open the sample project"),
        )
        self._expected_title.setText(self.tr("Expected answer"))
        self.expected.setAccessibleName(self.tr("Expected answer"))
        set_words(
            self._known,
            self.tr("Use the known one"),
            self.tr("The right answer somebody gave to this very input before"),
            self.tr("Use the known answer"),
        )
        self.expected.setPlaceholderText(
            self.tr("Optional: the right answer, to see at once whether it was given")
        )
        self._show()
        self._show_known()

    # ------------------------------------------------------------ events

    def _on_phase(self) -> None:
        phase = self._presenter.phase
        if phase is Phase.STARTING:
            self._refusal = None
            self.view.clear_answer()
        self._show()

    def _on_trial(self) -> None:
        trial = self._presenter.trial
        if trial is not None and self.view.answer() != trial.outcome.output:
            self.view.set_plain(trial.outcome.output)
        if trial is not None:
            self.view.finish()
        elif not self._presenter.phase.is_busy:
            self.view.clear_answer()
        self._refusal = None
        self.correction.show_trial(trial)
        self._show()

    def _on_refused(self, error: WorkbenchError) -> None:
        self._refusal = error
        self._show()

    def _on_check(self) -> None:
        self._verdict.show_check(self._presenter.check)

    def _on_expected(self) -> None:
        self._presenter.set_expected(self.expected.toPlainText())
        self._show_known()

    def _on_expected_dropped(self) -> None:
        self.expected.clear()
        self._verdict.show_check(None)

    def _on_use_known(self) -> None:
        self.expected.setPlainText(self._presenter.known_answer())
        self.expected.setFocus()

    def _on_shot_wanted(self) -> None:
        self._presenter.use_as_shot()

    # ------------------------------------------------------------ showing

    def _show_known(self) -> None:
        """Offer the right answer that is known, while none is typed."""
        known = self._presenter.known_answer()
        self._known.setVisible(bool(known) and not self.expected.toPlainText())

    def _is_sample(self) -> bool:
        return self._context.services.projects.is_sample()

    def _show(self) -> None:
        trial, phase = self._presenter.trial, self._presenter.phase
        nothing = trial is None and not phase.is_busy and self._refusal is None
        self._stack.setCurrentWidget(self._empty if nothing else self.view)
        self._facts.setText(self._facts_text(trial))
        self.rating.setVisible(trial is not None)
        self.rating.show_rating(trial.annotation.rating if trial else None)
        self.correction.setVisible(trial is not None)
        if trial is None:
            self._verdict.show_check(None)
        self._notice.set_notice(*self._remark(trial))

    def _facts_text(self, trial: Trial | None) -> str:
        match self._presenter.phase:
            case Phase.STARTING:
                return self.tr("Starting the model …")
            case Phase.STREAMING:
                return self.tr("Answering … Esc stops it; what has arrived is kept.")
            case Phase.STOPPING:
                return self.tr("Stopping …")
            case Phase.IDLE:
                return phrases.facts(trial) if trial is not None else ""

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
