"""The value of one placeholder."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from workbench.ui.lab.growing_edit import GrowingEdit
from workbench.ui.lab.panel import Panel
from workbench.ui.lab.parts import set_words
from workbench.ui.widgets.buttons import link_button
from workbench.ui.widgets.section_label import label


class VariableField(Panel):
    """Label, editor, and a way to forget a value that is not used."""

    edited = Signal(str, str)
    dropped = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """Make the field of the variable with this name."""
        super().__init__(parent)
        self._name = name
        self._used = True
        self._label = label("", "section", self)
        self._drop = link_button("", self)
        self._drop.clicked.connect(self._on_drop)
        self.editor = GrowingEdit(self, least=2, most=9)
        self.editor.textChanged.connect(self._on_text)
        head = QHBoxLayout()
        head.addWidget(self._label, 1)
        head.addWidget(self._drop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addWidget(self.editor)
        self.built()

    def show_value(self, value: str, *, used: bool) -> None:
        """Show a value and whether the prompt uses it."""
        self._used = used
        self.editor.blockSignals(True)
        self.editor.show_text(value)
        self.editor.blockSignals(False)
        self._drop.setVisible(not used)
        self.retranslate()

    def retranslate(self) -> None:
        """Put every visible word in the current language."""
        text = self._name if self._used else self.tr("{name} – not used in the prompt")
        self._label.setText(text.format(name=self._name))
        self.editor.setAccessibleName(
            self.tr("Value of {name}").format(name=self._name)
        )
        self.editor.setPlaceholderText(
            self.tr("Paste the {name} here, then Ctrl+Enter").format(name=self._name)
        )
        set_words(
            self._drop,
            self.tr("Remove"),
            self.tr("Forget this value"),
            self.tr("Remove value of {name}").format(name=self._name),
        )

    def _on_text(self) -> None:
        self.edited.emit(self._name, self.editor.toPlainText())

    def _on_drop(self) -> None:
        self.dropped.emit(self._name)
