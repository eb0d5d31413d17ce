"""A note on a trial, kept when the field is left."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from workbench.domain.trials import Trial
from workbench.ui.data.answer_edit import AnswerEdit
from workbench.ui.lab.panel import Panel
from workbench.ui.widgets.section_label import label


class NoteField(Panel):
    """Edits the note of the trial that is shown."""

    noted = Signal(int, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start without a trial."""
        super().__init__(parent)
        self._trial: Trial | None = None
        self._title = label("", "section", self)
        self.editor = AnswerEdit(self, least=1, most=5)
        self.editor.left.connect(self.save)
        self.editor.submitted.connect(self.save)
        self.editor.given_up.connect(self._on_given_up)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._title)
        layout.addWidget(self.editor)
        self.built()

    def show_trial(self, trial: Trial | None) -> None:
        """Show the note of a trial; what is being typed for it stays."""
        same = trial is not None and self._trial is not None
        same = same and trial.id == self._trial.id  # type: ignore[union-attr]
        if not same:
            self.save()
        typing = same and self._is_dirty()
        self._trial = trial
        if not typing:
            self.editor.show_text(trial.annotation.note if trial else "")

    def save(self) -> None:
        """Keep what was typed, when it differs."""
        if self._trial is not None and self._is_dirty():
            self.noted.emit(self._trial.id, self.editor.toPlainText())

    def retranslate(self) -> None:
        """Put every visible word in the current language."""
        self._title.setText(self.tr("Note"))
        self.editor.setAccessibleName(self.tr("Note"))
        self.editor.setPlaceholderText(self.tr("Why is it right or wrong?  N"))

    def _is_dirty(self) -> bool:
        kept = self._trial.annotation.note if self._trial is not None else ""
        return self.editor.toPlainText() != kept

    def _on_given_up(self) -> None:
        self.editor.show_text(self._trial.annotation.note if self._trial else "")
        parent = self.parentWidget()
        if parent is not None:
            parent.setFocus()
