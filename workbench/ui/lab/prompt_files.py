"""Takes files into the draft: read and checked on a thread, then told or refused."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject

from workbench.domain.content import FilePart, SendAs
from workbench.domain.errors import InputError, WorkbenchError
from workbench.domain.files import check_files, format_of
from workbench.domain.jobs import JobKind
from workbench.domain.prompts import Message, Role
from workbench.services.jobs import JobContext
from workbench.ui.lab.draft import DraftPresenter
from workbench.ui.lab.files_panel import FilesPanel
from workbench.ui.shell.context import Context
from workbench.ui.shell.phrases import phrase_error


class PromptFiles(QObject):
    """Keeps the draft's files and the panel that shows them in step."""

    def __init__(
        self, context: Context, draft: DraftPresenter, panel: FilesPanel
    ) -> None:
        """Follow the panel; it owns this."""
        super().__init__(panel)
        self._context, self._draft, self._panel = context, draft, panel
        panel.chosen.connect(self.add)
        panel.removed.connect(self._on_removed)
        panel.switched.connect(self._on_switched)

    def add(self, paths: Sequence[Path]) -> None:
        """Take files along, each as soon as it was read."""
        self._panel.show_problem("")
        services = self._context.services
        for path in paths:
            work = _reading(services.attachments.add, path)
            job = services.jobs.submit(JobKind.PROBE, path.name, work)
            self._context.bridge.follow(job, self._on_read, self._on_refused)

    def drop(self, paths: Sequence[Path]) -> bool:
        """Take dropped files along; False when models take none of them."""
        if not any(map(_is_taken, paths)):
            return False
        self.add(paths)
        return True

    def _on_read(self, part: FilePart) -> None:
        files = self._draft.spec.files
        known = {kept.content_hash for kept in files}
        if part.content_hash not in known:
            self._keep((*files, part))

    def _on_refused(self, error: WorkbenchError) -> None:
        self._panel.show_problem(phrase_error(error))

    def _on_removed(self, place: int) -> None:
        files = self._draft.spec.files
        self._panel.show_problem("")
        self._draft.set_files(files[:place] + files[place + 1 :])

    def _on_switched(self, place: int) -> None:
        files = self._draft.spec.files
        part = files[place]
        other = SendAs.BLOCK if part.send_as is SendAs.TEXT else SendAs.TEXT
        try:
            changed = self._context.services.attachments.sent_as(part, other)
        except InputError as error:
            self._on_refused(error)
            return
        self._keep((*files[:place], changed, *files[place + 1 :]))

    def _keep(self, files: tuple[FilePart, ...]) -> None:
        """Put the files into the draft unless the service would refuse them."""
        # The text is judged when it is written; here only the files are.
        message = Message(Role.USER, "text", files)
        try:
            check_files((message,))
        except InputError as error:
            self._on_refused(error)
            return
        self._panel.show_problem("")
        self._draft.set_files(files)


def _is_taken(path: Path) -> bool:
    try:
        format_of(path.name)
    except InputError:
        return False
    return True


def _reading(
    add: Callable[[Path], FilePart], path: Path
) -> Callable[[JobContext], FilePart]:
    def work(context: JobContext) -> FilePart:
        context.stop.check()
        return add(path)

    return work
