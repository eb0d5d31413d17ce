"""The foot of a dialog: one button that says what it does, and a way out."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from workbench.ui.lab.parts import GAP
from workbench.ui.widgets.buttons import plain_button, primary_button


class DialogFoot(QWidget):
    """Two buttons at the right."""

    accepted = Signal()
    rejected = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start without words."""
        super().__init__(parent)
        self.accept_button = primary_button("", self)
        self.accept_button.setDefault(True)
        self.accept_button.clicked.connect(self.accepted)
        self.reject_button = plain_button("", self)
        self.reject_button.clicked.connect(self.rejected)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, GAP, 0, 0)
        row.setSpacing(GAP)
        row.addStretch(1)
        row.addWidget(self.reject_button)
        row.addWidget(self.accept_button)

    def set_texts(self, accept: str, reject: str, name: str = "") -> None:
        """Give the buttons their words; `name` is stable where the words are not."""
        self.accept_button.setText(accept)
        self.accept_button.setAccessibleName(name or accept)
        self.reject_button.setText(reject)
        self.reject_button.setAccessibleName(reject)
