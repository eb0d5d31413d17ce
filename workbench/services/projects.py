"""Making, opening, copying and closing projects; one is open at a time."""

import contextlib
import dataclasses
import errno
import logging
import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

from workbench.domain.errors import EnvironmentFault, InputError
from workbench.domain.jobs import JobKind
from workbench.domain.ports import ProjectFiles, ProjectStore
from workbench.domain.task import TaskCard
from workbench.services.events import EventBus, ProjectClosed, ProjectOpened
from workbench.services.jobs import Job, JobContext, JobService
from workbench.services.preferences import PreferencesService

_log = logging.getLogger(__name__)
_RECENT = 8
SUFFIX = ".workbench"
# What the person's copy is called, by the language of its tickets.
SAMPLE_NAMES = {"en": "Sample tickets", "ja": "お問い合わせの見本"}


@dataclasses.dataclass(frozen=True, slots=True)
class RecentProject:
    """A project that was open before."""

    path: Path
    name: str
    exists: bool


@dataclasses.dataclass(frozen=True, slots=True)
class Places:
    """Folders the program uses.

    Attributes:
        sample: the sample project as it ships, a folder for each language (read only).
        data: the person's data folder; the working copy of the sample lives there.
    """

    sample: Path
    data: Path


class ProjectService:
    """The open project, and the ways to another one."""

    def __init__(
        self,
        files: ProjectFiles,
        places: Places,
        preferences: PreferencesService,
        jobs: JobService,
        events: EventBus,
    ) -> None:
        """Start without a project."""
        self._files = files
        self._places = places
        self._preferences = preferences
        self._jobs = jobs
        self._events = events
        self._store: ProjectStore | None = None
        self._leaving: list[Callable[[], None]] = []
        self._creating: list[Callable[[], None]] = []

    @property
    def is_open(self) -> bool:
        """True when a project is open."""
        return self._store is not None

    @property
    def store(self) -> ProjectStore:
        """The open project; InputError ``project.none`` when none is open."""
        if self._store is None:
            raise InputError("project.none", "No project is open.")
        return self._store

    def before_closing(self, action: Callable[[], None]) -> None:
        """Call this before an open project is closed."""
        self._leaving.append(action)

    def after_creating(self, action: Callable[[], None]) -> None:
        """Call this when a project was made and is open."""
        self._creating.append(action)

    def create(
        self,
        path: Path,
        name: str,
        card: TaskCard,
        fill: Callable[[ProjectStore], object] | None = None,
    ) -> None:
        """Make a project and open it.

        Args:
            path: of the file, with or without its suffix.
            name: of the project; the file's when blank.
            card: its task.
            fill: puts the first contents in, before anybody sees the project.

        Raises:
            EnvironmentFault: ``project.exists`` when the file is there already.
        """
        target = path if path.suffix == SUFFIX else path.with_name(path.name + SUFFIX)
        store = self._files.create(target, name.strip() or target.stem, card)
        if fill is not None:
            _fill(store, fill)
        self._take(store)
        for action in self._creating:
            action()

    def open(self, path: Path) -> None:
        """Open a project file; the one that was open stays when that fails."""
        if self._store is not None and _same(self._store.meta.path, path):
            return
        store = self._files.open(path)
        try:
            store.trials.interrupt_running()
        except BaseException:
            # Left open, the file would stay locked until the program ends.
            store.close()
            raise
        self._take(store)

    def open_sample(self, language: str = "en") -> None:
        """Open the person's copy of the sample project, made at the first time.

        Args:
            language: two letters; English where there is no sample in this one.
        """
        target = self.sample_path(language)
        if not target.exists():
            self._copy_sample(self._shipped_sample(language), target)
        self.open(target)

    def sample_path(self, language: str = "en") -> Path:
        """Where the person's copy of the sample project in a language lies."""
        name = SAMPLE_NAMES.get(language, SAMPLE_NAMES["en"])
        return self._places.data / f"{name}{SUFFIX}"

    def is_sample(self) -> bool:
        """True when the open project is the sample, in any language."""
        if self._store is None:
            return False
        return any(_same(self.path(), self.sample_path(code)) for code in SAMPLE_NAMES)

    def _shipped_sample(self, language: str) -> Path:
        code = language if language in SAMPLE_NAMES else "en"
        return self._places.sample / code / f"sample{SUFFIX}"

    def close(self) -> None:
        """Close the open project; its file is complete afterwards.

        What is at work for it is asked to stop first and gets a moment to keep what
        has arrived: its last words belong into this file.
        """
        if self._store is None:
            return
        for action in self._leaving:
            action()
        self._jobs.end_all()
        store, self._store = self._store, None
        store.close()
        self._events.publish(ProjectClosed())

    def recent(self) -> tuple[RecentProject, ...]:
        """Return projects that were open before, newest first."""
        paths = [Path(text) for text in self._preferences.current.recent]
        return tuple(RecentProject(p, p.stem, p.exists()) for p in paths)

    def forget(self, path: Path) -> None:
        """Take a project from the list of recent ones; the file stays."""
        recent = self._preferences.current.recent
        kept = [p for p in recent if not _same(Path(p), path)]
        self._preferences.change(recent=tuple(kept))

    def name(self) -> str:
        """Name of the open project."""
        return self.store.meta.name

    def path(self) -> Path:
        """File of the open project."""
        return self.store.meta.path

    def card(self) -> TaskCard:
        """Task card of the open project."""
        return self.store.task_card()

    def save_card(self, card: TaskCard) -> None:
        """Change the task card."""
        self._events.changed(self.store.save_task_card(card))

    def rename(self, name: str) -> None:
        """Change the project's name; InputError ``project.no_name`` when blank."""
        if not name.strip():
            raise InputError("project.no_name", "A project needs a name.")
        self._events.changed(self.store.rename(name.strip()))

    def save_copy(self, destination: Path) -> Job[Path]:
        """Write one file with everything in it, to mail or to keep."""
        store = self.store

        def work(context: JobContext) -> Path:
            def report(done: int, total: int) -> None:
                context.stop.check()
                context.progress(done, total)

            return store.save_copy(destination, report)

        return self._jobs.submit(JobKind.COPY, destination.name, work)

    def sizes(self) -> Mapping[str, int]:
        """Return bytes the project uses, by kind."""
        return self.store.sizes()

    def empty_bin(self) -> None:
        """Delete what lies in the bin."""
        self._events.changed(self.store.empty_bin())

    def _copy_sample(self, source: Path, target: Path) -> None:
        if not source.exists():
            raise EnvironmentFault(
                "sample.missing",
                "The sample project is missing from this installation.",
            )
        # Copied under another name first: a half copied project must never open.
        temporary = target.with_suffix(".part")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, temporary)
            temporary.replace(target)
        except OSError as error:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)
            is_full = error.errno == errno.ENOSPC
            raise EnvironmentFault(
                "disk.full" if is_full else "sample.not_copied",
                f"The sample project cannot be copied: {error.strerror}",
                {"path": str(target), "reason": error.strerror or ""},
            ) from error

    def _take(self, store: ProjectStore) -> None:
        self.close()
        self._store = store
        path = str(store.meta.path)
        recent = self._preferences.current.recent
        rest = [p for p in recent if not _same(Path(p), store.meta.path)]
        with contextlib.suppress(OSError):
            self._preferences.change(recent=(path, *rest)[:_RECENT])
        self._events.publish(ProjectOpened())


def _fill(store: ProjectStore, fill: Callable[[ProjectStore], object]) -> None:
    """Put the first contents in; a file that holds only half of them goes again."""
    try:
        fill(store)
    except BaseException:
        path = store.meta.path
        store.close()
        with contextlib.suppress(OSError):
            path.unlink()
        raise


def _same(one: Path, other: Path) -> bool:
    """Tell whether two paths mean one file; on Windows case means nothing."""
    return os.path.normcase(one.resolve()) == os.path.normcase(other.resolve())
