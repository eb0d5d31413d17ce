"""The dialog for a new project, and for changing the task of the open one."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from workbench.domain.task import TaskCard
from workbench.ui.shell.task_card_editor import LABEL_WIDTH, TaskCardEditor
from workbench.ui.widgets.buttons import plain_button, primary_button
from workbench.ui.widgets.fit import fit_height
from workbench.ui.widgets.lines import horizontal_line
from workbench.ui.widgets.notice import Notice
from workbench.ui.widgets.section_label import label

SUFFIX = ".workbench"


class ProjectDialog(QDialog):
    """Asks for name, place and task; without a place for a project that exists."""

    # path (None for an open project), name, TaskCard
    accepted_with = Signal(object, str, object)

    def __init__(
        self,
        parent: QWidget,
        *,
        name: str = "",
        card: TaskCard | None = None,
        is_new: bool = True,
    ) -> None:
        """Show an empty form, or the task of the open project."""
        super().__init__(parent)
        self._is_new = is_new
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        title = (
            self.tr("New project") if is_new else self.tr("The task of this project")
        )
        self.setWindowTitle(title)
        self.setMinimumWidth(560)
        self._name = QLineEdit(name, self)
        self._name.setAccessibleName(self.tr("Project name"))
        self._folder = QLineEdit(self)
        self._folder.setAccessibleName(self.tr("Folder"))
        self._folder.setText(_documents())
        self._browse = plain_button(self.tr("Choose…"), self)
        self._browse.setAccessibleName(self.tr("Choose a folder"))
        self._browse.clicked.connect(self._on_browse)
        self._task = TaskCardEditor(self)
        if card is not None:
            self._task.set_card(card)
        self._notice = Notice("warning", parent=self)
        self._notice.hide()
        text = self.tr("Make the project") if is_new else self.tr("Keep these changes")
        self._accept = primary_button(text, self)
        self._accept.setDefault(True)
        self._accept.clicked.connect(self._on_accept)
        cancel = plain_button(self.tr("Cancel"), self)
        cancel.clicked.connect(self.reject)
        self._lay_out(title, cancel)
        self._name.textChanged.connect(self._check)
        self._folder.textChanged.connect(self._check)
        self._task.changed.connect(self._check)
        self._task.kind_changed.connect(self._fit)
        self._check()
        self._name.setFocus()

    def _lay_out(self, title: str, cancel: QWidget) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        name = label(self.tr("Name"), parent=self)
        name.setBuddy(self._name)
        name.setMinimumWidth(LABEL_WIDTH)
        form.addRow(name, self._name)
        if self._is_new:
            place = QHBoxLayout()
            place.setSpacing(8)
            place.addWidget(self._folder, 1)
            place.addWidget(self._browse)
            form.addRow(self.tr("Folder"), place)
        else:
            self._folder.hide()
            self._browse.hide()
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._notice, 1)
        # Takes the place of the notice while there is none; the buttons keep theirs.
        row.addStretch(0)
        row.addWidget(cancel)
        row.addWidget(self._accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(16)
        column.addWidget(label(title, "title", self))
        column.addLayout(form)
        column.addWidget(horizontal_line(self))
        column.addWidget(self._task)
        column.addStretch(1)
        column.addLayout(row)

    def path(self) -> Path | None:
        """Return where the project will lie; None for an open project."""
        if not self._is_new:
            return None
        return Path(self._folder.text().strip()) / (self._file_name() + SUFFIX)

    def _file_name(self) -> str:
        kept = (c if c.isalnum() or c in " -_.()" else "-" for c in self._name.text())
        return "".join(kept).strip(" .")

    def _check(self) -> None:
        problem = self._problem()
        self._notice.set_notice("info", problem)
        self._notice.set_beside_button(beside=True)
        self._accept.setEnabled(not problem)

    def _problem(self) -> str:
        path = self.path()
        if not self._name.text().strip() or not self._file_name():
            return self.tr("Give the project a name.")
        if path is not None and not path.parent.is_dir():
            return self.tr("This folder does not exist.")
        if path is not None and path.exists():
            return self.tr("There is a project with this name already.")
        return self._task.problem()

    def _fit(self) -> None:
        fit_height(self)

    def _on_browse(self) -> None:
        chooser = QFileDialog(self, self.tr("Folder"), self._folder.text())
        chooser.setFileMode(QFileDialog.FileMode.Directory)
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.fileSelected.connect(self._folder.setText)
        chooser.open()

    def _on_accept(self) -> None:
        name = self._name.text().strip()
        self.accepted_with.emit(self.path(), name, self._task.card())
        self.accept()


def _documents() -> str:
    place = QStandardPaths.StandardLocation.DocumentsLocation
    folder = Path(QStandardPaths.writableLocation(place))
    return str(folder if folder.is_dir() else Path.home())
