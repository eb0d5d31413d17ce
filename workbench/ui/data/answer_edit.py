"""A field for a right answer: Ctrl+Enter keeps it and goes on, Esc gives it up."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent

from workbench.ui.lab.growing_edit import GrowingEdit

_ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class AnswerEdit(GrowingEdit):
    """Tells submit and give-up apart from typing."""

    submitted = Signal()
    given_up = Signal()

    def event(self, event: QEvent) -> bool:
        """Claim or leave shortcuts before the window gets them."""
        wanted = event.type() == QEvent.Type.ShortcutOverride
        if wanted and isinstance(event, QKeyEvent) and _is_ours(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Handle the keys of this widget first."""
        if not _is_ours(event):
            super().keyPressEvent(event)
        elif event.isAutoRepeat():
            return
        elif event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            self.submitted.emit()


def _is_ours(event: QKeyEvent) -> bool:
    if event.key() == Qt.Key.Key_Escape:
        return event.modifiers() == Qt.KeyboardModifier.NoModifier
    control = Qt.KeyboardModifier.ControlModifier
    # Ctrl+Alt is AltGr on many layouts and types characters.
    alt = Qt.KeyboardModifier.AltModifier
    held = event.modifiers()
    return event.key() in _ENTERS and bool(held & control) and not held & alt
