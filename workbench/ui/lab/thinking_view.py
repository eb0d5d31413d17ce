"""What a model thought before it answered: apart from the answer, folded at first."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QVBoxLayout, QWidget

from workbench.domain.answers import is_unparsed
from workbench.domain.trials import Trial
from workbench.ui.lab import phrases
from workbench.ui.lab.growing_edit import GrowingEdit
from workbench.ui.lab.panel import Panel
from workbench.ui.lab.parts import set_words
from workbench.ui.widgets.buttons import quiet_button
from workbench.ui.widgets.notice import Notice

_MOST_LINES = 6


class ThinkingView(Panel):
    """Shows the thinking of a trial; hidden when there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start hidden."""
        super().__init__(parent)
        self._trial: Trial | None = None
        self._number = 1
        self.fold = quiet_button("", self)
        self.fold.setCheckable(True)
        self.text = GrowingEdit(self, most=_MOST_LINES)
        self.text.setReadOnly(True)
        self.text.hide()
        self._unparsed = Notice("info", "", self)
        self._unparsed.hide()
        self.fold.toggled.connect(self.text.setVisible)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._unparsed)
        layout.addWidget(self.fold, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.text)
        self.hide()
        self.built()

    def set_number(self, number: int) -> None:
        """Say which of the models side by side this is, counted from 1."""
        self._number = number
        self.retranslate()

    def show_live(self, text: str) -> None:
        """Show thinking that is still arriving."""
        if not text.strip():
            return
        self.text.setPlainText(text.strip())
        self.text.moveCursor(QTextCursor.MoveOperation.End)
        self.fold.show()
        self.text.setVisible(self.fold.isChecked())
        self.show()

    def show_trial(self, trial: Trial | None) -> None:
        """Show what this trial's model thought."""
        if trial is not None and trial is self._trial:
            return
        self._trial = trial
        reasoning = trial.outcome.reasoning if trial is not None else ""
        self.text.setPlainText(reasoning)
        self.fold.setVisible(bool(reasoning))
        self.text.setVisible(bool(reasoning) and self.fold.isChecked())
        self._say()

    def retranslate(self) -> None:
        """Put every visible word in the current language."""
        name = phrases.numbered(self.tr("Show the thinking"), self._number)
        set_words(
            self.fold, self.tr("Thinking"), self.tr("Not part of the answer"), name
        )
        text = phrases.numbered(self.tr("Thinking before the answer"), self._number)
        self.text.setAccessibleName(text)
        self._say()

    def _say(self) -> None:
        trial = self._trial
        is_mixed = trial is not None and is_unparsed(trial.outcome)
        text = self.tr(
            "The thinking cannot be told from the answer: the model did not keep to "
            "the form that was asked for, or was cut off."
        )
        self._unparsed.set_notice("info", text if is_mixed else "")
        has_thought = trial is not None and bool(trial.outcome.reasoning)
        self.setVisible(is_mixed or has_thought)
