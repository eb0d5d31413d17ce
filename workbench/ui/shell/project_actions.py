"""What a person can do to the open project as a whole."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from workbench.domain.errors import WorkbenchError
from workbench.domain.task import TaskCard
from workbench.domain.undo import UndoState
from workbench.ui.shell import translation
from workbench.ui.shell.commands import Commands
from workbench.ui.shell.context import Context
from workbench.ui.shell.new_project import ProjectDialog
from workbench.ui.shell.page_stack import fetch
from workbench.ui.shell.project_place import SUFFIX


class ProjectActions(QObject):
    """New, open, copy, task, undo: dialogs here, the work in the services."""

    leaving = Signal()
    """Another project is asked for, or none: what is being typed belongs to this."""

    def __init__(self, window: QWidget, context: Context, commands: Commands) -> None:
        """Make the actions."""
        super().__init__(window)
        self._window = window
        self._context = context
        self._commands = commands
        self._is_new = False
        for name, slot in {
            "new": self.new,
            "own": self.start_with_own,
            "open": self.open,
            "sample": self.open_sample,
            "card": self.edit_card,
            "save_copy": self.save_copy,
            "close_project": self.close_project,
            "undo": self.undo,
            "redo": self.redo,
        }.items():
            commands.add(name, slot)

    def new(self) -> None:
        """Ask for name, place and task of a new project."""
        dialog = ProjectDialog(self._window)
        dialog.accepted_with.connect(self._create)
        dialog.open()

    def start_with_own(self) -> None:
        """Ask for ten examples and make a project of them."""
        # Only now: the window opens without this dialog's code.
        from workbench.ui.own.dialog import OwnExamplesDialog

        dialog = OwnExamplesDialog(self._context, self._window)
        dialog.making.connect(self._on_making)
        dialog.failed.connect(self._on_making_failed)
        dialog.open()

    def open(self) -> None:
        """Ask for a project file."""
        chooser = self._chooser(self.tr("Open project"))
        chooser.setFileMode(QFileDialog.FileMode.ExistingFile)
        chooser.fileSelected.connect(self._on_file_chosen)
        chooser.open()

    def open_path(self, path: Path) -> None:
        """Open a project file."""
        bridge, projects = self._context.bridge, self._context.services.projects
        self.leaving.emit()
        bridge.call(self._open, projects.open, path, failed=self._on_not_opened)

    def open_sample(self) -> None:
        """Open the person's copy of the sample project, in the language shown."""
        bridge, projects = self._context.bridge, self._context.services.projects
        self.leaving.emit()
        language = translation.shown()
        opens = projects.open_sample
        bridge.call(self._open, opens, language, failed=self._on_not_opened)

    def _open(self, opens: Callable[..., None], *arguments: object) -> None:
        """Open on this thread; the first page's code is fetched here, too.

        On the window's thread it would hold the window when the page is built.
        """
        fetch("lab")
        fetch(self._context.services.preferences.current.last_page)
        opens(*arguments)

    def _on_not_opened(self, error: WorkbenchError) -> None:
        # At the start no page is shown yet: an empty window would offer no way on.
        if not self._context.services.projects.is_open:
            self._context.go("welcome")
        self._context.host.show_error(error)

    def close_project(self) -> None:
        """Close the open project."""
        self.leaving.emit()
        self._context.bridge.call(self._context.services.projects.close)

    def edit_card(self) -> None:
        """Show name and task of the open project."""
        self._context.bridge.call(self._name_and_card, done=self._show_card)

    def save_copy(self) -> None:
        """Ask where the copy goes."""
        chooser = self._chooser(self.tr("Save a copy"))
        chooser.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        chooser.setDefaultSuffix(SUFFIX.removeprefix("."))
        chooser.fileSelected.connect(self._on_copy_chosen)
        chooser.open()

    def undo(self) -> None:
        """Take the newest step back."""
        undo = self._context.services.undo
        self._context.bridge.call(undo.undo, done=self._on_turned)

    def redo(self) -> None:
        """Do the step again that was taken back last."""
        undo = self._context.services.undo
        self._context.bridge.call(undo.redo, done=self._on_turned)

    def take_new(self) -> bool:
        """Tell once whether the project that was opened has just been made."""
        is_new, self._is_new = self._is_new, False
        return is_new

    def read_undo(self) -> None:
        """Ask what can be undone now."""
        undo = self._context.services.undo
        self._context.bridge.call(undo.state, done=self._on_undo_state)

    def _name_and_card(self) -> tuple[str, TaskCard]:
        projects = self._context.services.projects
        return projects.name(), projects.card()

    def _show_card(self, found: tuple[str, TaskCard]) -> None:
        name, card = found
        dialog = ProjectDialog(self._window, name=name, card=card, is_new=False)
        dialog.accepted_with.connect(self._keep_card)
        dialog.open()

    def _create(self, path: Path, name: str, card: TaskCard) -> None:
        projects = self._context.services.projects
        self.leaving.emit()
        self._is_new = True
        self._context.bridge.call(
            projects.create, path, name, card, failed=self._on_not_made
        )

    def _on_making(self) -> None:
        self.leaving.emit()
        self._is_new = True

    def _on_making_failed(self) -> None:
        self._is_new = False

    def _on_not_made(self, error: WorkbenchError) -> None:
        self._is_new = False
        self._context.host.show_error(error)

    def _keep_card(self, path: None, name: str, card: TaskCard) -> None:
        del path
        self._context.bridge.call(self._save_card, name, card)

    def _save_card(self, name: str, card: TaskCard) -> None:
        projects = self._context.services.projects
        if card != projects.card():
            projects.save_card(card)
        if name != projects.name():
            projects.rename(name)

    def _on_file_chosen(self, name: str) -> None:
        self.open_path(Path(name))

    def _on_copy_chosen(self, name: str) -> None:
        job = self._context.services.projects.save_copy(Path(name))
        self._context.bridge.follow(job, done=self._on_copied)

    def _on_copied(self, path: Path) -> None:
        text = self.tr("A copy is kept in {name}.").format(name=path.name)
        self._context.notify(text)

    def _on_turned(self, nothing: None) -> None:
        del nothing
        self.read_undo()

    def _on_undo_state(self, state: UndoState) -> None:
        self._commands.set_undo(
            (state.undo_label, state.undo_count), (state.redo_label, state.redo_count)
        )

    def _chooser(self, title: str) -> QFileDialog:
        filters = self.tr("Workbench projects (*.workbench)")
        chooser = QFileDialog(self._window, title, "", filters)
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return chooser
