"""A question before something that cannot be taken back."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from workbench.ui.shell.weak import weak_slot
from workbench.ui.widgets.buttons import plain_button, primary_button
from workbench.ui.widgets.section_label import label


class Question(QDialog):
    """Asks with up to three answers; every answer says what it will do.

    The first answer is the one Enter gives; Escape gives none.
    """

    answered = Signal(str)

    def __init__(
        self,
        question: str,
        answers: tuple[tuple[str, str], ...],
        parent: QWidget,
        explanation: str = "",
    ) -> None:
        """Ask.

        Args:
            question: one sentence.
            answers: (code, label) pairs; the first one is filled and the default.
            parent: the window.
            explanation: what is kept and what is lost.
        """
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Workbench"))
        self.setMinimumWidth(440)
        self.setAccessibleName(question)
        self.setAccessibleDescription(explanation)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(8)
        column.addWidget(label(question, "title", self, wrap=True))
        if explanation:
            column.addWidget(label(explanation, parent=self, wrap=True))
        column.addSpacing(16)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        for place, (code, text) in enumerate(answers):
            make = plain_button if place else primary_button
            button = make(text, self)
            button.clicked.connect(weak_slot(self._answer, code))
            row.addWidget(button)
            if not place:
                button.setDefault(True)
                button.setFocus()
        column.addLayout(row)

    def _answer(self, code: str, checked: bool = False) -> None:
        del checked
        self.answered.emit(code)
        self.accept()
