"""The main window: docks rail, header, pages and strips, and takes its pages' wishes.

It knows no page: pages are built when they are first shown. What a person can do to the
project stands in `ProjectActions`, to the look in `LookActions`; what is asked before
closing, in `Leaving`.
"""

import dataclasses
from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QByteArray, QEvent, QObject, QSettings
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from workbench.domain.changes import ChangeSet, Kind
from workbench.domain.errors import WorkbenchError
from workbench.services.application import Services
from workbench.services.projects import RecentProject
from workbench.ui.guide.controller import Guide
from workbench.ui.shell.bridge import Bridge
from workbench.ui.shell.commands import PAGES as PROJECT_PAGES
from workbench.ui.shell.commands import Commands
from workbench.ui.shell.context import Context
from workbench.ui.shell.error_bar import ErrorBar
from workbench.ui.shell.header import Header
from workbench.ui.shell.help_actions import HelpActions
from workbench.ui.shell.job_strip import JobStrip
from workbench.ui.shell.leaving import Leaving
from workbench.ui.shell.look_actions import LookActions
from workbench.ui.shell.page_stack import PAGES, PageSource, PageStack
from workbench.ui.shell.project_actions import ProjectActions
from workbench.ui.shell.project_menu import ProjectMenu
from workbench.ui.shell.question import Question
from workbench.ui.shell.rail import Rail
from workbench.ui.shell.set_up import SUFFIX as SET_UP
from workbench.ui.shell.set_up import SetUpActions
from workbench.ui.shell.status_line import StatusLine
from workbench.ui.shell.stops import Stops
from workbench.ui.shell.theme import Theme
from workbench.ui.shell.translation import Translation
from workbench.ui.shell.weak import WeakCall, weak_slot
from workbench.ui.widgets.lines import horizontal_line, vertical_line

_SIZE = (1440, 900)
_LEAST = (960, 600)


@dataclasses.dataclass(frozen=True, slots=True)
class _Facts:
    """What the window itself shows of a project."""

    name: str
    path: Path
    waiting: int


class MainWindow(QMainWindow):
    """The one window; a `Host` for its pages."""

    def __init__(
        self,
        services: Services,
        theme: Theme,
        languages: Translation,
        settings: QSettings,
        pages: Mapping[str, PageSource] = PAGES,
    ) -> None:
        """Build the frame; no page and no project yet."""
        super().__init__()
        self.setObjectName("main_window")
        self._services = services
        self._settings = settings
        self._may_close = False
        self._dirty: set[int] = set()
        """Ids of the editors that hold something unsaved; gone with their project."""
        self._bridge = Bridge(services, self)
        self._context = Context(services, self._bridge, theme, self)
        self._stack = PageStack(pages, self)
        self._rail, self._header = Rail(self), Header(self)
        self._errors, self._jobs = ErrorBar(self), JobStrip(self)
        self._status = StatusLine(self)
        self._commands = Commands(self)
        self._project = ProjectActions(self, self._context, self._commands)
        self._look = LookActions(
            self, services.preferences, self._commands, theme, languages
        )
        self._help = HelpActions(self, self._stack, self._commands, self._search)
        self._leaving = Leaving(self, self._context)
        self._set_up = SetUpActions(self, self._context)
        self._stops = Stops(self, self._context)
        outside = self._rail.project_button
        self._guide = Guide(self, self._context, self._stack, outside)
        self._commands.add("guide", self._guide.start)
        for page in (*PROJECT_PAGES, "settings"):
            self._commands.add(page, weak_slot(self._on_page_wished, page))
        self._commands.add("quit", self.close)
        self._menu = ProjectMenu(self._commands, self)
        self._lay_out()
        self._connect()
        self._restore()
        self.retranslate()
        self._show_without_project()

    @property
    def context(self) -> Context:
        """What pages are given."""
        return self._context

    def show_report(self, report: str) -> None:
        """Show a bug of ours that has just happened."""
        headline = self.tr("Something went wrong in the program itself.")
        self._help.show_report(headline, report)

    def show_last_fault(self, report: str) -> None:
        """Show what ended the program the last time."""
        headline = self.tr("The program ended unexpectedly the last time.")
        self._help.show_report(headline, report)

    @property
    def look(self) -> LookActions:
        """Appearance and language."""
        return self._look

    @property
    def guide(self) -> Guide:
        """The guided path on the sample project."""
        return self._guide

    # ------------------------------------------------------------ Host

    def go(self, page: str, **target: object) -> None:
        """Show a page; one of a project only while one is open."""
        if page in PROJECT_PAGES and not self._services.projects.is_open:
            page, target = "welcome", {}
        before = self._stack.page()
        shown = self._stack.show_page(page, self._context)
        self._rail.set_page(page)
        if shown is not before:
            # What went wrong elsewhere is no word about this page.
            self._errors.clear()
            self._header.set_page_part(shown.header())
            shown.setFocus()
        self._header.set_title(shown.title())
        if target:
            shown.target(**target)

    def notify(self, text: str) -> None:
        """Show a short sentence in the status line for some seconds.

        Something has worked, so that the error before it is over.
        """
        self._errors.clear()
        self._status.notify(text)

    def set_dirty(self, editor: QObject, dirty: bool) -> None:
        """Say "Saving …" as long as any editor holds something unsaved."""
        (self._dirty.add if dirty else self._dirty.discard)(id(editor))
        self._status.set_saving(bool(self._dirty))

    def show_error(self, error: WorkbenchError) -> None:
        """Show what happened and what to do, until it is put away."""
        self._errors.show_error(error)

    def command(self, name: str) -> None:
        """Do what a menu entry does."""
        self._commands[name].trigger()

    def set_language(self, language: str) -> None:
        """Show the window in a language, and remember it."""
        self._look.set_language(language)

    def set_theme(self, mode: str) -> None:
        """Show the window in a theme, and remember it."""
        self._look.set_mode(mode)

    def open_project(self, path: Path) -> None:
        """Open a project file in place of the one that is open."""
        self._project.open_path(path)

    def ask(
        self,
        question: str,
        *,
        accept: str,
        accepted: Callable[[], object],
        explanation: str = "",
    ) -> None:
        """Ask before something that cannot be taken back."""
        answers = (("cancel", self.tr("Cancel")), ("accept", accept))
        dialog = Question(question, answers, self, explanation)
        dialog.answered.connect(weak_slot(self._on_answered, WeakCall(accepted)))
        dialog.open()

    # ------------------------------------------------------------ Qt

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "_menu"):
            self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the current language."""
        self._commands.retranslate()
        page = self._stack.page()
        if page is not None:
            self._header.set_title(page.title())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask what becomes of training, then remember how the window stood."""
        if not self._may_close and not self._leaving.may_leave():
            event.ignore()
            return
        self._settings.setValue("window/geometry", self.saveGeometry())
        if self._stack.name in PROJECT_PAGES:
            self._services.preferences.change(last_page=self._stack.name)
        self._bridge.close()
        super().closeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open a project file; hand other files to the page, else to Data."""
        urls = event.mimeData().urls()
        paths = tuple(url.toLocalFile() for url in urls if url.isLocalFile())
        if paths:
            event.acceptProposedAction()
            self.take_files(paths)

    def take_files(self, paths: tuple[str, ...]) -> None:
        """Do what dropping these files on the window means."""
        set_ups = [path for path in paths if path.endswith(SET_UP)]
        if set_ups:
            self._set_up.open(Path(set_ups[0]))
            return
        projects = [path for path in paths if path.endswith(".workbench")]
        if projects:
            self.open_project(Path(projects[0]))
            return
        page = self._stack.page()
        if page is not None and page.files_dropped(paths):
            return
        if self._services.projects.is_open:
            self.go("data")
            data = self._stack.page()
            if data is not None:
                data.files_dropped(paths)

    # ------------------------------------------------------------ inside

    def _lay_out(self) -> None:
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        for part in (self._header, horizontal_line(self), self._errors):
            right.addWidget(part)
        right.addWidget(self._stack, 1)
        right.addWidget(self._guide.strip)
        right.addWidget(self._jobs)
        top = QHBoxLayout()
        top.setContentsMargins(0, 0, 0, 0)
        top.setSpacing(0)
        top.addWidget(self._rail)
        top.addWidget(vertical_line(self))
        top.addLayout(right, 1)
        centre = QWidget(self)
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top, 1)
        column.addWidget(horizontal_line(self))
        column.addWidget(self._status)
        self.setCentralWidget(centre)
        self.setMinimumSize(*_LEAST)
        self.setAcceptDrops(True)
        self._rail.set_menu(self._menu)

    def _connect(self) -> None:
        self._rail.chosen.connect(self._on_page_wished)
        self._header.search_clicked.connect(self._help.open_palette)
        self._header.settings_clicked.connect(
            weak_slot(self._on_page_wished, "settings")
        )
        self._header.keys_clicked.connect(self._help.show_keys)
        self._status.aws_clicked.connect(weak_slot(self._on_page_wished, "settings"))
        self._menu.recent_chosen.connect(self.open_project)
        self._menu.aboutToShow.connect(self._read_recent)
        self._jobs.stop_requested.connect(self._stops.ask)
        self._leaving.ready.connect(self._on_ready_to_leave)
        self._project.leaving.connect(self._stack.keep_typed)
        bridge = self._bridge
        bridge.project_opened.connect(self._on_project_opened)
        bridge.project_closed.connect(self._on_project_closed)
        bridge.changed.connect(self._on_changed)
        bridge.job_changed.connect(self._jobs.update_job)
        bridge.failed.connect(self.show_error)
        bridge.identity_changed.connect(self._status.set_aws)
        self._status.set_aws(self._services.connections.state)

    def _restore(self) -> None:
        geometry = self._settings.value(
            "window/geometry", QByteArray(), type=QByteArray
        )
        if not (isinstance(geometry, QByteArray) and self.restoreGeometry(geometry)):
            self.resize(*_SIZE)

    def _show_without_project(self) -> None:
        self._commands.set_project_open(False)
        self._rail.set_project("")
        self._status.set_project_open(False)
        self.setWindowTitle(self.tr("Workbench"))
        self._bridge.call(
            self._services.models.worker_problem, done=self._on_worker_problem
        )

    def _on_project_opened(self) -> None:
        self._errors.clear()
        self._commands.set_project_open(True)
        self._status.set_project_open(True)
        self._bridge.call(self._read_facts, done=self._show_facts)
        self._project.read_undo()
        last = self._services.preferences.current.last_page
        # In a new project there is nothing yet to see on any page but the first.
        is_known = last in PROJECT_PAGES and not self._project.take_new()
        self.go(last if is_known else "lab")

    def _on_project_closed(self) -> None:
        for page in self._stack.drop_project_pages():
            self._header.forget_page_part(page.header())
        self._jobs.clear()
        self._rail.set_waiting(0)
        self._dirty.clear()
        self._status.set_saving(False)
        self._commands.set_undo(("", 0), ("", 0))
        self._show_without_project()
        if not self._stack.name:
            self.go("welcome")

    def _on_changed(self, changes: ChangeSet) -> None:
        self._project.read_undo()
        if changes.touches(Kind.PROJECT, Kind.TRIAL, Kind.ANNOTATION):
            self._bridge.call(self._read_facts, done=self._show_facts)

    def _read_facts(self) -> _Facts | None:
        projects = self._services.projects
        if not projects.is_open:
            return None
        return _Facts(
            projects.name(), projects.path(), self._services.data.waiting_count()
        )

    def _show_facts(self, facts: _Facts | None) -> None:
        if facts is None:
            return
        self._rail.set_project(facts.name)
        self._rail.set_waiting(facts.waiting)
        title = self.tr("{project} – Workbench").format(project=facts.name)
        self.setWindowTitle(title)
        self.setWindowFilePath(str(facts.path))

    def _on_worker_problem(self, problem: WorkbenchError | None) -> None:
        self._status.set_worker_problem(problem is not None)

    def _on_page_wished(self, page: str, checked: bool = False) -> None:
        del checked
        self.go(page)

    def _on_answered(self, accepted: WeakCall, answer: str) -> None:
        if answer == "accept":
            accepted()

    def _on_ready_to_leave(self) -> None:
        self._may_close = True
        self.close()

    def _read_recent(self) -> None:
        self._bridge.call(self._services.projects.recent, done=self._show_recent)

    def _show_recent(self, recent: tuple[RecentProject, ...]) -> None:
        self._menu.set_recent(recent)

    def _search(self, text: str) -> None:
        self.go("data", text=text)
