"""Practice: a server on this computer that answers in place of AWS."""

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from workbench.domain.connections import AwsState
from workbench.ui.shell.context import Context
from workbench.ui.shell.phrases import phrase_code
from workbench.ui.widgets.notice import Notice
from workbench.ui.widgets.section_label import label


class PracticeSection(QWidget):
    """One switch, and what it means."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """Build the section."""
        super().__init__(parent)
        self._context = context
        self._head = label(role="strong", parent=self)
        self._explanation = label(role="secondary", parent=self, wrap=True)
        self._switch = QCheckBox(self)
        self._switch.clicked.connect(self._on_switched)
        self._state = Notice("info", parent=self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for part in (self._head, self._explanation, self._switch, self._state):
            column.addWidget(part)
        context.bridge.identity_changed.connect(self._on_state)

    def read(self) -> None:
        """Show whether it is on."""
        self._on_state(self._context.services.connections.state)

    def retranslate(self) -> None:
        """Say everything in the current language."""
        self._head.setText(self.tr("Practice"))
        self._explanation.setText(
            self.tr(
                "Try everything as on AWS, without an account and without cost. A "
                "server on this computer answers in place of AWS, with the built-in "
                "toy; each of its models and answers is marked SANDBOX."
            )
        )
        self._switch.setText(self.tr("Practise without AWS"))
        self.read()

    def _on_switched(self, on: bool) -> None:
        connections = self._context.services.connections
        self._context.bridge.follow(
            connections.set_practice(on), failed=self._on_failed
        )

    def _on_failed(self, error: object) -> None:
        # The state tells it; the error bar would say it twice.
        del error

    def _on_state(self, state: AwsState) -> None:
        self._switch.setChecked(state.practice)
        if state.problem:
            self._state.set_notice("error", phrase_code(state.problem))
        elif state.practice and state.identity is not None:
            text = self.tr("SANDBOX answers. Nothing is sent to AWS.")
            self._state.set_notice("warning", text)
        elif state.practice:
            self._state.set_notice("info", self.tr("Starting…"))
        else:
            self._state.set_notice("info", "")
