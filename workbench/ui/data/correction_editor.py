"""The answer it should have given: typed, checked against the task card, kept.

The field opens with the expected answer in it, else with the model's, to be changed
rather than typed anew. A text that equals the model's answer is no correction and is
never kept as one.
"""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from workbench.domain.trials import Trial
from workbench.services.checks import Check
from workbench.ui.data.answer_edit import AnswerEdit
from workbench.ui.lab import phrases
from workbench.ui.lab.panel import Panel
from workbench.ui.shell.context import Context
from workbench.ui.widgets.section_label import label

_CHECK_DELAY_MS = 250


class CorrectionEditor(Panel):
    """Edits the correction of the trial that is shown."""

    corrected = Signal(int, object)
    """Trial id, and the text or None."""
    submitted = Signal()
    """Ctrl+Enter: kept, and on to the next."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """Start without a trial."""
        super().__init__(parent)
        self._context = context
        self._trial: Trial | None = None
        self._shown = ""
        self._check: Check | None = None
        self._title = label("", "section", self)
        self._state = label("", "secondary", self)
        self._problems = label("", "warning", self, wrap=True)
        self.editor = AnswerEdit(self, least=1, most=5)
        self.editor.textChanged.connect(self._on_text)
        self.editor.left.connect(self.save)
        self.editor.submitted.connect(self._on_submitted)
        self.editor.given_up.connect(self._on_given_up)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_CHECK_DELAY_MS)
        self._timer.timeout.connect(self._ask_check)
        self._lay_out()
        self.built()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._state)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addWidget(self.editor)
        layout.addWidget(self._problems)

    # ------------------------------------------------------------ showing

    def show_trial(self, trial: Trial | None) -> None:
        """Show the correction of a trial, or its answer to start from.

        What is being typed for this very trial stays.
        """
        same = (
            trial is not None and self._trial is not None and trial.id == self._trial.id
        )
        if not same:
            self.save()
        typing = same and self._is_dirty()
        self._trial = trial
        self.setEnabled(trial is not None)
        if not typing:
            self._show_text(_start_text(trial))
        self._show_state()

    def begin(self) -> None:
        """Put the cursor into the field, everything selected."""
        self.editor.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.editor.selectAll()

    def save(self) -> None:
        """Keep what was typed, when it differs."""
        self._timer.stop()
        if self._trial is None or not self._is_dirty():
            return
        text = self.editor.toPlainText()
        same = text == self._trial.outcome.output or not text.strip()
        value = None if same else text.strip()
        if value is None:
            self._show_text(text if text.strip() else _offered(self._trial))
        else:
            self._shown = text
        if value != self._trial.annotation.correction:
            self.corrected.emit(self._trial.id, value)
        self._show_state()

    def retranslate(self) -> None:
        """Put every visible word in the current language."""
        title = self.tr("Answer it should have given")
        self._title.setText(title)
        self._title.setToolTip(self.tr("Correction: becomes the record's right answer"))
        self.editor.setAccessibleName(title)
        self.editor.setPlaceholderText(self.tr("Type the right answer"))
        self.editor.setToolTip(
            self.tr("C begins, Ctrl+Enter keeps it, Esc gives it up")
        )
        self._show_state()

    # ------------------------------------------------------------ inside

    def _show_text(self, text: str) -> None:
        self._shown = text
        self._check = None
        self.editor.blockSignals(True)
        self.editor.show_text(text)
        self.editor.blockSignals(False)

    def _is_dirty(self) -> bool:
        return self.editor.toPlainText() != self._shown

    def _on_text(self) -> None:
        self._show_state()
        self._timer.start()

    def _on_submitted(self) -> None:
        self._keep_expected()
        self.save()
        self.submitted.emit()

    def _keep_expected(self) -> None:
        """Ctrl+Enter on the expected answer as it stands there says: this one."""
        trial = self._trial
        if trial is None or self._is_dirty() or trial.annotation.correction is not None:
            return
        if self._shown.strip() and self._shown != trial.outcome.output:
            self.corrected.emit(trial.id, self._shown.strip())

    def _on_given_up(self) -> None:
        self._show_text(_start_text(self._trial))
        self._show_state()
        parent = self.parentWidget()
        if parent is not None:
            parent.setFocus()

    def _ask_check(self) -> None:
        if self._trial is not None and self._is_dirty():
            lab = self._context.services.lab
            self._context.bridge.call(
                lab.check, self.editor.toPlainText(), None, done=self._on_check
            )

    def _on_check(self, check: Check) -> None:
        self._check = check
        self._show_state()

    def _show_state(self) -> None:
        self._state.setText(self._state_text())
        self._context.set_dirty(self, self._is_dirty() or self._is_saving())
        found = self._check.problems if self._check is not None else ()
        self._problems.setText(phrases.problems(found))
        self._problems.setVisible(bool(found))

    def _state_text(self) -> str:
        if self._trial is None:
            return ""
        if self._is_dirty():
            return self.tr("not kept yet")
        if self._is_saving():
            return self.tr("saving …")
        if self._trial.annotation.correction is None:
            if not self._shown:
                return ""
            is_answer = self._shown == self._trial.outcome.output
            return (
                self.tr("same as the answer")
                if is_answer
                else self.tr("the expected answer")
            )
        return self.tr("saved ✓")

    def _is_saving(self) -> bool:
        """Whether another correction was handed on than the trial has by now."""
        if self._trial is None:
            return False
        kept, shown = self._trial.annotation.correction, self._shown.strip()
        if kept is None:
            offered = (self._trial.outcome.output, _offered(self._trial))
            return bool(shown) and self._shown not in offered
        return kept != shown


def _start_text(trial: Trial | None) -> str:
    if trial is None:
        return ""
    correction = trial.annotation.correction
    return _offered(trial) if correction is None else correction


def _offered(trial: Trial) -> str:
    """What a correction starts from: what was expected, else what was answered."""
    return trial.expected or trial.outcome.output
