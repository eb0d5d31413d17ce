"""A command or a policy to copy: the one thing that mends a failure."""

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from workbench.ui.widgets.buttons import plain_button


class CommandRow(QWidget):
    """Shows a text in one line that can be selected, with a button to copy it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start hidden, without a text."""
        super().__init__(parent)
        self._text = ""
        self._line = QLineEdit(self)
        self._line.setReadOnly(True)
        self._line.setProperty("mono", True)
        self._copy = plain_button("", self)
        self._copy.clicked.connect(self._on_copy)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._line, 1)
        row.addWidget(self._copy)
        self.hide()
        self.retranslate()

    def set_text(self, text: str) -> None:
        """Show a text; hidden when it is empty."""
        self._text = text
        self._line.setText(" ".join(text.split()))
        self._line.setCursorPosition(0)
        self.setVisible(bool(text))
        self._copy.setText(self.tr("Copy"))

    def retranslate(self) -> None:
        """Say everything in the current language."""
        self._line.setAccessibleName(self.tr("What mends it"))
        self._copy.setText(self.tr("Copy"))
        self._copy.setAccessibleName(self.tr("Copy what mends it"))

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._text)
        self._copy.setText(self.tr("Copied"))
