"""What happened, what is kept and what to do, above the page until it is put away."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from workbench.domain.errors import WorkbenchError
from workbench.ui.shell import fonts
from workbench.ui.shell.phrases import phrase_error
from workbench.ui.widgets.buttons import quiet_button
from workbench.ui.widgets.icon_button import IconButton
from workbench.ui.widgets.lines import horizontal_line
from workbench.ui.widgets.notice import Notice


class ErrorBar(QFrame):
    """Shows one error; its details are folded and can be copied."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start hidden."""
        super().__init__(parent)
        self.setProperty("panel", "surface")
        self._error: WorkbenchError | None = None
        self._notice = Notice("error", parent=self)
        self._more = quiet_button("", self)
        self._more.setCheckable(True)
        self._copy = quiet_button("", self)
        self._copy.clicked.connect(self._on_copy)
        self._close = IconButton("close", parent=self)
        self._close.clicked.connect(self.clear)
        self._details = QPlainTextEdit(self)
        self._details.setReadOnly(True)
        self._details.setTabChangesFocus(True)
        self._details.setFont(fonts.monospace())
        self._details.setFixedHeight(88)
        self._details.hide()
        self._copy.hide()
        self._more.toggled.connect(self._details.setVisible)
        self._more.toggled.connect(self._copy.setVisible)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._notice, 1)
        for button in (self._more, self._copy, self._close):
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        inner = QVBoxLayout()
        inner.setContentsMargins(16, 6, 12, 6)
        inner.setSpacing(8)
        inner.addLayout(row)
        inner.addWidget(self._details)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(inner)
        column.addWidget(horizontal_line(self))
        self._retranslate()
        self.hide()

    def show_error(self, error: WorkbenchError) -> None:
        """Show an error in place of the one before."""
        self._error = error
        self._more.setChecked(False)
        self._details.setPlainText(_details(error))
        self._retranslate()
        self.show()

    def clear(self) -> None:
        """Put the error away."""
        self._error = None
        self.hide()

    def text(self) -> str:
        """Return the sentence that is shown."""
        return self._notice.text()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "_details"):
            self._retranslate()

    def _retranslate(self) -> None:
        if self._error is not None:
            self._notice.set_notice("error", phrase_error(self._error))
            self._notice.set_beside_button(beside=True)
        self._more.setText(self.tr("Details"))
        self._more.setAccessibleName(self.tr("Details of the error"))
        self._copy.setText(self.tr("Copy"))
        self._copy.setAccessibleName(self.tr("Copy the details of the error"))
        self._close.set_name(self.tr("Put the error away"))
        self._details.setAccessibleName(self.tr("Error details"))

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._details.toPlainText())


def _details(error: WorkbenchError) -> str:
    lines = [f"{type(error).__name__} {error.code}", error.sentence]
    lines += [f"{name}: {value}" for name, value in error.details.items()]
    if error.__cause__ is not None:
        lines.append(f"{type(error.__cause__).__name__}: {error.__cause__}")
    return "\n".join(lines)
