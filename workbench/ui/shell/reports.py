"""The problem report: what is known about a fault, shown before it is copied."""

import platform
import sys

from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

import workbench
from workbench.ui.shell import fonts
from workbench.ui.shell.redaction import redact
from workbench.ui.widgets.buttons import plain_button, primary_button
from workbench.ui.widgets.section_label import label


class ReportDialog(QDialog):
    """Shows the redacted report; nothing is sent by itself."""

    def __init__(self, headline: str, report: str, parent: QWidget | None) -> None:
        """Show a report below a sentence that says what happened."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Problem report"))
        self.resize(640, 480)
        self._text = QPlainTextEdit(self)
        self._text.setReadOnly(True)
        self._text.setTabChangesFocus(True)
        self._text.setFont(fonts.monospace())
        self._text.setPlainText(redact(report))
        self._text.setAccessibleName(self.tr("Report"))
        copy = primary_button(self.tr("Copy the report"), self)
        copy.clicked.connect(self._on_copy)
        close = plain_button(self.tr("Close"), self)
        close.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(copy)
        row.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        column.addWidget(label(headline, "title", self, wrap=True))
        column.addWidget(
            label(
                self.tr(
                    "Your project is kept. Account numbers, keys and texts are left "
                    "out below, and nothing is sent: copy it to whoever looks after "
                    "this program."
                ),
                "secondary",
                self,
                wrap=True,
            )
        )
        column.addWidget(self._text, 1)
        column.addLayout(row)
        copy.setFocus()

    def report(self) -> str:
        """Return the report as it is shown."""
        return self._text.toPlainText()

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.report())


def facts() -> str:
    """Return versions and platform, the head of every report."""
    return "\n".join(
        (
            f"Workbench {workbench.__version__}",
            f"Python {sys.version.split()[0]}, Qt {qVersion()}",
            f"{platform.platform()}, {QGuiApplication.platformName()}",
        )
    )
