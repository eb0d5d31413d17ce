"""A note on a trial, kept when the field is left."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from workbench.domain.trials import Trial
from workbench.ui.data.answer_edit import AnswerEdit
from workbench.ui.lab.panel import Panel
from workbench.ui.shell.context import Context
from workbench.ui.widgets.section_label import label


class NoteField(Panel):
    """Edits the note of the trial that is shown."""

    noted = Signal(int, str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """Start without a trial."""
        super().__init__(parent)
        self._context = context
        self._handed_on: str | None = None
        """What was told to be kept and is not the trial's note yet."""
        self._trial: Trial | None = None
        self._title = label("", "section", self)
        self._state = label("", "secondary", self)
        self.editor = AnswerEdit(self, least=1, most=5)
        self.editor.textChanged.connect(self._show_state)
        self.editor.left.connect(self.save)
        self.editor.submitted.connect(self.save)
        self.editor.given_up.connect(self._on_given_up)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._state)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(head)
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
        if not same or self._kept() == self._handed_on:
            self._handed_on = None
        if not typing:
            self.editor.show_text(self._kept())
        self._show_state()

    def save(self) -> None:
        """Keep what was typed, when it differs."""
        text = self.editor.toPlainText()
        # Told once: the field is left and its page is left, before it is kept.
        if self._trial is not None and self._is_dirty() and text != self._handed_on:
            self._handed_on = text
            self.noted.emit(self._trial.id, text)
            self._show_state()

    def retranslate(self) -> None:
        """Put every visible word in the current language."""
        self._title.setText(self.tr("Note"))
        self.editor.setAccessibleName(self.tr("Note"))
        self.editor.setPlaceholderText(self.tr("Why is it right or wrong?  N"))
        self._show_state()

    def _kept(self) -> str:
        return self._trial.annotation.note if self._trial is not None else ""

    def _is_dirty(self) -> bool:
        return self.editor.toPlainText() != self._kept()

    def _show_state(self) -> None:
        dirty = self._is_dirty()
        if not dirty:
            self._state.setText(self.tr("saved ✓") if self._kept() else "")
        elif self.editor.toPlainText() == self._handed_on:
            self._state.setText(self.tr("saving …"))
        else:
            self._state.setText(self.tr("not kept yet"))
        self._context.set_dirty(self, dirty)

    def _on_given_up(self) -> None:
        self.editor.show_text(self._kept())
        parent = self.parentWidget()
        if parent is not None:
            parent.setFocus()
