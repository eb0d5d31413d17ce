"""The Python that models run in, and whether it can."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from workbench.domain.errors import WorkbenchError
from workbench.ui.shell.context import Context
from workbench.ui.shell.phrases import phrase_error
from workbench.ui.widgets.buttons import plain_button
from workbench.ui.widgets.notice import Notice
from workbench.ui.widgets.section_label import label


class WorkerSection(QWidget):
    """Chooses an interpreter; empty looks for one beside the program."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """Build the section."""
        super().__init__(parent)
        self._context = context
        self._head = label(role="strong", parent=self)
        self._explanation = label(role="secondary", parent=self, wrap=True)
        self._path = QLineEdit(self)
        self._path.editingFinished.connect(self._on_edited)
        self._browse = plain_button("", self)
        self._browse.clicked.connect(self._on_browse)
        self._state = Notice("info", parent=self)
        self._problem: WorkbenchError | None = None
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._path, 1)
        row.addWidget(self._browse)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._head)
        column.addWidget(self._explanation)
        column.addLayout(row)
        column.addWidget(self._state)

    def read(self) -> None:
        """Look whether an interpreter with torch is there."""
        self._path.setText(self._context.services.preferences.current.worker_python)
        models = self._context.services.models
        self._context.bridge.call(models.worker_problem, done=self._show_problem)

    def retranslate(self) -> None:
        """Say everything in the current language."""
        self._head.setText(self.tr("Python for models"))
        self._explanation.setText(
            self.tr(
                "Models run in a Python of their own, with torch. Leave this empty to "
                "use the one that was set up beside the program."
            )
        )
        self._path.setPlaceholderText(self.tr("found by itself"))
        self._path.setAccessibleName(self.tr("Python for models"))
        self._browse.setText(self.tr("Choose…"))
        self._browse.setAccessibleName(self.tr("Choose a Python"))
        self._show_problem(self._problem)

    def _show_problem(self, problem: WorkbenchError | None) -> None:
        self._problem = problem
        if problem is None:
            self._state.set_notice("good", self.tr("Models can run on this computer."))
        else:
            self._state.set_notice("warning", phrase_error(problem))

    def _on_browse(self) -> None:
        chooser = QFileDialog(self.window(), self.tr("Python for models"))
        chooser.setFileMode(QFileDialog.FileMode.ExistingFile)
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.fileSelected.connect(self._choose)
        chooser.open()

    def _on_edited(self) -> None:
        self._choose(self._path.text().strip())

    def _choose(self, path: str) -> None:
        preferences = self._context.services.preferences
        if path != preferences.current.worker_python:
            preferences.change(worker_python=path)
        self.read()
