"""The dialog for a new project, and for changing the task of the open one."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from workbench.domain.task import TaskCard
from workbench.ui.shell.project_place import ProjectPlace
from workbench.ui.shell.task_card_editor import TaskCardEditor
from workbench.ui.widgets.buttons import plain_button, primary_button
from workbench.ui.widgets.fit import fit_height
from workbench.ui.widgets.lines import horizontal_line
from workbench.ui.widgets.notice import Notice
from workbench.ui.widgets.section_label import label


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
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        title = (
            self.tr("New project") if is_new else self.tr("The task of this project")
        )
        self.setWindowTitle(title)
        self.setMinimumWidth(560)
        self._place = ProjectPlace(self, name=name, is_new=is_new)
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
        self._place.changed.connect(self._check)
        self._task.changed.connect(self._check)
        self._task.kind_changed.connect(self._fit)
        self._check()
        self._place.name_field.setFocus()

    def _lay_out(self, title: str, cancel: QWidget) -> None:
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
        column.addWidget(self._place)
        column.addWidget(horizontal_line(self))
        column.addWidget(self._task)
        column.addStretch(1)
        column.addLayout(row)

    def path(self) -> Path | None:
        """Return where the project will lie; None for an open project."""
        return self._place.path()

    def _check(self) -> None:
        problem = self._place.problem() or self._task.problem()
        self._notice.set_notice("info", problem)
        self._notice.set_beside_button(beside=True)
        self._accept.setEnabled(not problem)

    def _fit(self) -> None:
        fit_height(self)

    def _on_accept(self) -> None:
        self.accepted_with.emit(
            self._place.path(), self._place.name(), self._task.card()
        )
        self.accept()
