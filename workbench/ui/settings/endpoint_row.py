"""One endpoint: name, address, what it serves, and ways to test and remove it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from workbench.domain.errors import WorkbenchError
from workbench.domain.remote_ports import EndpointSettings, ServedModel
from workbench.ui.widgets.buttons import quiet_button
from workbench.ui.widgets.elided_label import ElidedLabel
from workbench.ui.widgets.icon_button import IconButton
from workbench.ui.widgets.section_label import label


class EndpointRow(QWidget):
    """Shows an endpoint."""

    test_clicked = Signal()
    remove_clicked = Signal()

    def __init__(
        self, endpoint: EndpointSettings, parent: QWidget | None = None
    ) -> None:
        """Show an endpoint that has not been asked."""
        super().__init__(parent)
        self._endpoint = endpoint
        self._models: tuple[ServedModel, ...] | None = None
        self._problem = ""
        name = ElidedLabel(
            f"{endpoint.name} · {endpoint.url}", self, Qt.TextElideMode.ElideMiddle
        )
        self._state = label(role="secondary", parent=self, wrap=True)
        self._test = quiet_button("", self)
        self._test.clicked.connect(self.test_clicked)
        self._remove = IconButton("close", parent=self)
        self._remove.clicked.connect(self.remove_clicked)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(name)
        words.addWidget(self._state)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addLayout(words, 1)
        row.addWidget(self._test)
        row.addWidget(self._remove)
        self.retranslate()

    def set_models(self, models: tuple[ServedModel, ...]) -> None:
        """Say what it serves."""
        self._models, self._problem = models, ""
        self.retranslate()

    def set_problem(self, error: WorkbenchError) -> None:
        """Say why it does not answer, in the words that came with the failure."""
        self._models, self._problem = None, error.sentence
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the current language."""
        name = self._endpoint.name
        self._test.setText(self.tr("Test"))
        self._test.setAccessibleName(self.tr("Test {name}").format(name=name))
        self._remove.set_name(self.tr("Take {name} off the list").format(name=name))
        state = self._problem or self._served()
        self._state.setText(state)
        self._state.setVisible(bool(state))

    def _served(self) -> str:
        key = self.tr("with a key from the keyring") if self._endpoint.wants_key else ""
        if self._models is None:
            return key
        count = self.tr("%n model(s)", "", len(self._models))
        return " · ".join(part for part in (count, key) if part)
