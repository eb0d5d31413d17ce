"""Name and place of a project that is to be made."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QWidget,
)

from workbench.ui.shell.task_card_editor import LABEL_WIDTH
from workbench.ui.widgets.buttons import plain_button
from workbench.ui.widgets.section_label import label

SUFFIX = ".workbench"


class ProjectPlace(QWidget):
    """Asks for a name, and for the folder of a new project."""

    changed = Signal()

    def __init__(
        self, parent: QWidget | None = None, *, name: str = "", is_new: bool = True
    ) -> None:
        """Propose the person's documents; a project that exists keeps its place."""
        super().__init__(parent)
        self._is_new = is_new
        self.name_field = QLineEdit(name, self)
        self.name_field.setAccessibleName(self.tr("Project name"))
        self.folder_field = QLineEdit(_documents(), self)
        self.folder_field.setAccessibleName(self.tr("Folder"))
        self._browse = plain_button(self.tr("Choose…"), self)
        self._browse.setAccessibleName(self.tr("Choose a folder"))
        self._browse.clicked.connect(self._on_browse)
        self._lay_out()
        self.name_field.textChanged.connect(self.changed)
        self.folder_field.textChanged.connect(self.changed)

    def _lay_out(self) -> None:
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        title = label(self.tr("Name"), parent=self)
        title.setBuddy(self.name_field)
        title.setMinimumWidth(LABEL_WIDTH)
        form.addRow(title, self.name_field)
        if not self._is_new:
            self.folder_field.hide()
            self._browse.hide()
            return
        place = QHBoxLayout()
        place.setSpacing(8)
        place.addWidget(self.folder_field, 1)
        place.addWidget(self._browse)
        form.addRow(self.tr("Folder"), place)

    def name(self) -> str:
        """Return the name that was typed."""
        return self.name_field.text().strip()

    def path(self) -> Path | None:
        """Return where the project will lie; None for one that exists."""
        if not self._is_new:
            return None
        folder = Path(self.folder_field.text().strip())
        return folder / (self._file_name() + SUFFIX)

    def problem(self) -> str:
        """Say what is missing, else nothing."""
        path = self.path()
        if not self.name() or not self._file_name():
            return self.tr("Give the project a name.")
        if path is not None and not path.parent.is_dir():
            return self.tr("This folder does not exist.")
        if path is not None and path.exists():
            return self.tr("There is a project with this name already.")
        return ""

    def _file_name(self) -> str:
        kept = (c if c.isalnum() or c in " -_.()" else "-" for c in self.name())
        return "".join(kept).strip(" .")

    def _on_browse(self) -> None:
        chooser = QFileDialog(self, self.tr("Folder"), self.folder_field.text())
        chooser.setFileMode(QFileDialog.FileMode.Directory)
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.fileSelected.connect(self.folder_field.setText)
        chooser.open()


def _documents() -> str:
    place = QStandardPaths.StandardLocation.DocumentsLocation
    folder = Path(QStandardPaths.writableLocation(place))
    return str(folder if folder.is_dir() else Path.home())
