"""Below the answers: what is expected, and the answer it should have given."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from workbench.ui.data.correction_editor import CorrectionEditor
from workbench.ui.lab.answer import AnswerPresenter
from workbench.ui.lab.growing_edit import GrowingEdit
from workbench.ui.lab.panel import Panel
from workbench.ui.lab.parts import GAP, set_words
from workbench.ui.shell.context import Context
from workbench.ui.shell.phrases import phrase_model
from workbench.ui.widgets.buttons import link_button
from workbench.ui.widgets.section_label import label


class JudgePanel(Panel):
    """The expected answer is that of the input; the correction is of one answer."""

    expected_changed = Signal(str)

    def __init__(
        self, context: Context, lead: AnswerPresenter, parent: QWidget | None = None
    ) -> None:
        """Know the earlier answers from `lead`, and correct its answer at first."""
        super().__init__(parent)
        self._lead = lead
        self._judged = lead
        self._count = 1
        self._title = label("", "section", self)
        self._known = link_button("", self)
        self._known.clicked.connect(self._on_use_known)
        self.expected = GrowingEdit(self, least=1, most=4)
        self.expected.textChanged.connect(self._on_expected)
        self._whose = label("", "secondary", self)
        self.correction = CorrectionEditor(context, self)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._known)
        left = QVBoxLayout()
        left.setSpacing(4)
        left.addLayout(head)
        left.addWidget(self.expected)
        left.addStretch(1)
        self._both = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._both.setSpacing(GAP)
        self._both.addLayout(left, 1)
        self._both.addWidget(self.correction, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._whose)
        layout.addLayout(self._both)
        lead.earlier_changed.connect(self._show_known)
        lead.expected_dropped.connect(self.expected.clear)
        lead.trial_changed.connect(self._on_trial)
        self.correction.corrected.connect(lead.correct)
        self.built()

    def set_among(self, count: int) -> None:
        """Say whose answer is meant, when several stand side by side."""
        self._count = count
        ways = QBoxLayout.Direction
        # Several answers need the height more than the two fields the width.
        self._both.setDirection(ways.LeftToRight if count > 1 else ways.TopToBottom)
        self._on_trial()

    def judge(self, presenter: AnswerPresenter) -> None:
        """Correct another one of the answers."""
        if presenter is self._judged:
            return
        self.correction.save()
        self._judged.trial_changed.disconnect(self._on_trial)
        presenter.trial_changed.connect(self._on_trial)
        self._judged = presenter
        self._on_trial()

    def retranslate(self) -> None:
        """Put every visible word in the current language."""
        self._title.setText(self.tr("Expected answer"))
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
        self._show_known()
        self._on_trial()

    def _on_trial(self) -> None:
        trial = self._judged.trial
        named = trial is not None and self._count > 1
        if trial is not None:
            text = self.tr("Keys G, B, C and E mean the answer of {model}.")
            self._whose.setText(text.format(model=phrase_model(trial.model)))
        self._whose.setVisible(named)
        self.correction.show_trial(trial)
        self.correction.setVisible(trial is not None)

    def _on_expected(self) -> None:
        self.expected_changed.emit(self.expected.toPlainText())
        self._show_known()

    def _on_use_known(self) -> None:
        self.expected.setPlainText(self._lead.known_answer())
        self.expected.setFocus()

    def _show_known(self) -> None:
        """Offer the right answer that is known, while none is typed."""
        known = self._lead.known_answer()
        self._known.setVisible(bool(known) and not self.expected.toPlainText())
