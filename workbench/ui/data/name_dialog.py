"""Asks for the name of a new dataset."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from workbench.ui.data.dialog_foot import DialogFoot
from workbench.ui.lab.parts import GAP, MARGIN
from workbench.ui.widgets.section_label import label


class NameDialog(QDialog):
    """One field and one button."""

    named = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Build the dialog; `start` shows it."""
        super().__init__(parent)
        self._title = label("", "section", self)
        self.name = QLineEdit(self)
        self.name.setMinimumWidth(320)
        self.name.textChanged.connect(self._on_text)
        self._foot = DialogFoot(self)
        self._foot.accepted.connect(self._on_accept)
        self._foot.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(GAP)
        for part in (self._title, self.name, self._foot):
            layout.addWidget(part)

    def start(self) -> None:
        """Show the dialog with an empty field."""
        self.setWindowTitle(self.tr("New dataset"))
        self._title.setText(self.tr("Name"))
        self.name.setAccessibleName(self.tr("Name of the dataset"))
        self._foot.set_texts(self.tr("Make dataset"), self.tr("Cancel"))
        self.name.clear()
        self._on_text("")
        self.open()
        self.name.setFocus()

    def _on_text(self, text: str) -> None:
        self._foot.accept_button.setEnabled(bool(text.strip()))

    def _on_accept(self) -> None:
        self.accept()
        self.named.emit(self.name.text().strip())
