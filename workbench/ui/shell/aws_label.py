"""Who is asked on AWS, in the status line; SANDBOX in its place while practising."""

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QPushButton, QWidget

from workbench.domain.connections import AwsState, IdentityState
from workbench.ui.shell.remote_phrases import phrase_mend, phrase_state
from workbench.ui.widgets.section_label import set_role
from workbench.ui.widgets.tips import plain_tip

_MINUTE_MS = 60_000


class AwsLabel(QPushButton):
    """A line that leads to the settings; counts down what is left of a sign-in."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start without a connection."""
        super().__init__(parent)
        self.setProperty("status", True)
        self.setAutoDefault(False)
        self._state = AwsState()
        self._timer = QTimer(self, interval=_MINUTE_MS)
        self._timer.timeout.connect(self.retranslate)
        self.retranslate()

    def set_state(self, state: AwsState) -> None:
        """Show who is there."""
        self._state = state
        identity = state.identity
        if identity is not None and identity.expiry and not state.practice:
            self._timer.start()
        else:
            self._timer.stop()
        self.retranslate()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "_timer"):
            self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the current language."""
        text = phrase_state(self._state)
        self.setText(text)
        identity = self._state.identity
        more = ""
        if self._state.practice:
            more = self.tr(
                "A server on this computer answers with the built-in toy. Nothing is "
                "sent to AWS, and nothing is charged."
            )
        elif identity is not None and identity.state is not IdentityState.OK:
            more = phrase_mend(identity.mend)
        elif identity is not None:
            more = identity.arn
        self.setToolTip(plain_tip(more or self.tr("Open the settings")))
        self.setAccessibleName(f"{text}. {more}".strip())
        set_role(self, "warning" if self._is_to_notice() else "")

    def _is_to_notice(self) -> bool:
        identity = self._state.identity
        fails = identity is not None and identity.state is not IdentityState.OK
        return self._state.practice or fails or bool(self._state.problem)
