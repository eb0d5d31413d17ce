"""Making, opening and copying project files.

A project is ``NAME.workbench`` and the folder ``NAME.files`` beside it. Opening goes:
look at the first bytes (is it a project, is it newer?) without touching anything, take
the lock, back up and migrate when it is older, unpack a mailed copy, open.
"""

import contextlib
import sqlite3
from collections.abc import Callable, Mapping
from pathlib import Path

from workbench.domain.changes import ChangeSet, Kind
from workbench.domain.errors import EnvironmentFault, InputError
from workbench.domain.ids import new_ulid
from workbench.domain.parameters import GenerationParameters
from workbench.domain.ports import (
    BlobStore,
    ComparisonStore,
    DatasetStore,
    JobStore,
    MatrixStore,
    ProjectMeta,
    ProjectStore,
    PromptStore,
    RunStore,
    SpendingStore,
    TrialStore,
    UndoStore,
)
from workbench.domain.prompts import PromptSpec
from workbench.domain.task import TaskCard
from workbench.storage import codec, copies, faults, schema, undo
from workbench.storage.blobs import FOLDER as ATTACHMENTS
from workbench.storage.blobs import FolderBlobs
from workbench.storage.comparisons import SqliteComparisons
from workbench.storage.copies import files_folder
from workbench.storage.database import Database, connect
from workbench.storage.datasets import SqliteDatasets
from workbench.storage.jobs import SqliteJobs
from workbench.storage.lock import ProjectLock
from workbench.storage.matrices import SqliteMatrices
from workbench.storage.prompts import SqlitePrompts
from workbench.storage.runs import SqliteRuns
from workbench.storage.spending import SqliteSpending
from workbench.storage.trials import SqliteTrials
from workbench.storage.undo import SqliteUndo

SUFFIX = ".workbench"
_MAGIC = b"SQLite format 3\x00"


class SqliteProjectFiles:
    """Implements `ProjectFiles`."""

    def create(self, path: Path, name: str, card: TaskCard) -> ProjectStore:
        """Make a new project; EnvironmentFault ``project.exists`` when there is one."""
        path = _with_suffix(path).resolve()
        lock = ProjectLock(_lock_path(path))
        try:
            if path.exists():
                raise EnvironmentFault(
                    "project.exists",
                    f"{path.name} exists already.",
                    {"path": str(path)},
                )
            _make(path, name, card)
            return SqliteProject(path, lock)
        except BaseException:
            lock.release()
            raise

    def open(self, path: Path) -> ProjectStore:
        """Open a project, after a backup when it must be migrated."""
        # A link must lead to the same lock as the file itself.
        path = path.resolve()
        _check_header(path)
        lock = ProjectLock(_lock_path(path))
        try:
            _prepare(path)
            return SqliteProject(path, lock)
        except BaseException:
            lock.release()
            raise


class SqliteProjectMeta:
    """Implements `ProjectMeta`."""

    def __init__(self, database: Database) -> None:
        """Read what never changes."""
        self._database = database
        with database.read() as connection:
            row = connection.execute("SELECT ulid, name FROM project").fetchone()
        self._ulid: str = row["ulid"]
        self._name: str = row["name"]

    @property
    def ulid(self) -> str:
        """Identity of the project; copies keep it."""
        return self._ulid

    @property
    def name(self) -> str:
        """Name shown in the title bar; once closed, the last one known."""
        with contextlib.suppress(EnvironmentFault), self._database.read() as connection:
            self._name = connection.execute("SELECT name FROM project").fetchone()[0]
        return self._name

    @property
    def path(self) -> Path:
        """The ``.workbench`` file."""
        return self._database.path

    @property
    def files(self) -> Path:
        """The ``.files`` folder beside it."""
        folder = files_folder(self._database.path)
        with faults.named():
            folder.mkdir(parents=True, exist_ok=True)
        return folder


class SqliteProject:
    """Implements `ProjectStore`."""

    def __init__(self, path: Path, lock: ProjectLock) -> None:
        """Open a file that is locked for this window and has the current schema."""
        self._lock = lock
        self._database = database = Database(path)
        try:
            self.meta: ProjectMeta = SqliteProjectMeta(database)
        except BaseException:
            database.close()
            raise
        self.prompts: PromptStore = SqlitePrompts(database)
        self.blobs: BlobStore = FolderBlobs(lambda: self.meta.files)
        self.trials: TrialStore = SqliteTrials(database)
        self.datasets: DatasetStore = SqliteDatasets(database)
        self.runs: RunStore = SqliteRuns(database)
        self.comparisons: ComparisonStore = SqliteComparisons(database)
        self.jobs: JobStore = SqliteJobs(database)
        self.undo: UndoStore = SqliteUndo(database)
        self.matrices: MatrixStore = SqliteMatrices(database)
        self.spending: SpendingStore = SqliteSpending(database)

    def task_card(self) -> TaskCard:
        """Return the project's task card."""
        with self._database.read() as connection:
            row = connection.execute("SELECT card FROM project").fetchone()
        return codec.load_card(row["card"])

    def save_task_card(self, card: TaskCard) -> ChangeSet:
        """Change the task card; undoable."""
        return self._change({"card": codec.dump_value(card)}, "edit_card")

    def rename(self, name: str) -> ChangeSet:
        """Change the project's name; undoable."""
        return self._change({"name": name}, "rename")

    def _change(self, wanted: Mapping[str, str], label: str) -> ChangeSet:
        with self._database.write() as connection:
            row = connection.execute("SELECT * FROM project").fetchone()
            change = undo.difference("project", 1, row, wanted)
            return undo.record(connection, label, [change])

    def save_copy(
        self, destination: Path, progress: Callable[[int, int], None] | None = None
    ) -> Path:
        """Write one file with everything in it, attachments included (backup API).

        Raises:
            InputError: ``copy.same`` when the destination is the project itself.
            EnvironmentFault: ``project.locked`` when it is open in another window.
        """
        destination = _with_suffix(destination).resolve()
        if destination == self.meta.path:
            raise InputError("copy.same", "The copy needs another name or folder.")
        if not files_folder(destination).exists():
            return copies.save_copy(self.meta.path, destination, progress)
        lock = ProjectLock(_lock_path(destination))
        try:
            return copies.save_copy(self.meta.path, destination, progress)
        finally:
            lock.release()

    def empty_bin(self) -> ChangeSet:
        """Delete what lies in the bin; not undoable.

        Trials that are answers in a comparison stay in the bin, so that the comparison
        still shows what it was computed from.
        """
        with self._database.write() as connection:
            trials = codec.integers(
                connection,
                "SELECT trial_id AS id FROM annotation WHERE binned "
                "AND trial_id NOT IN (SELECT trial_id FROM comparison_cell)",
            )
            examples = codec.integers(
                connection, "SELECT id FROM example WHERE state = 1"
            )
            _delete(connection, "trial", trials)
            _delete(connection, "example", examples)
            undo.forget(connection, "annotation", trials)
            undo.forget(connection, "example", examples)
        if not trials and not examples:
            return ChangeSet()
        kinds = (Kind.TRIAL, Kind.ANNOTATION, Kind.EXAMPLE, Kind.DATASET, Kind.UNDO)
        return ChangeSet(tuple((kind, frozenset[int]()) for kind in kinds))

    def sizes(self) -> Mapping[str, int]:
        """Return bytes used by each part of the project."""
        path, files = self.meta.path, files_folder(self.meta.path)
        log = path.with_name(path.name + "-wal")
        with self._database.read() as connection:
            binned = connection.execute(
                "SELECT coalesce(sum(length(input_text) + length(messages)"
                " + length(variables) + length(output)), 0) FROM trial "
                "JOIN annotation ON trial_id = trial.id WHERE binned"
            ).fetchone()[0]
            binned += connection.execute(
                "SELECT coalesce(sum(length(variables) + length(input_text)"
                " + length(answer) + length(search)), 0) FROM example WHERE state = 1"
            ).fetchone()[0]
        return {
            "database": _file_size(path) + _file_size(log),
            "runs": _folder_size(files / "runs"),
            "adapters": _folder_size(files / "adapters"),
            "attachments": _folder_size(files / ATTACHMENTS),
            "backups": _folder_size(files / "backups"),
            "bin": binned,
        }

    def close(self) -> None:
        """Checkpoint the database and release the file."""
        try:
            self._database.close()
        finally:
            self._lock.release()


def _with_suffix(path: Path) -> Path:
    return path if path.suffix == SUFFIX else path.with_name(path.name + SUFFIX)


def _lock_path(path: Path) -> Path:
    return files_folder(path) / "lock"


def _check_header(path: Path) -> None:
    """Look at the first bytes, so that foreign and newer files stay as they are."""
    if not path.exists():
        raise EnvironmentFault("project.missing", f"There is no file {path.name}.")
    try:
        with path.open("rb") as file:
            header = file.read(100)
    except IsADirectoryError as error:
        raise _not_one(path) from error
    except OSError as error:
        raise EnvironmentFault(
            "project.unreadable", f"{path.name} cannot be read: {error.strerror}."
        ) from error
    # https://www.sqlite.org/fileformat2.html#the_database_header
    if not header.startswith(_MAGIC) or _number(header, 68) != schema.APPLICATION_ID:
        raise _not_one(path)
    _check_version(path, _number(header, 60))


def _number(header: bytes, offset: int) -> int:
    return int.from_bytes(header[offset : offset + 4], "big")


def _not_one(path: Path) -> InputError:
    return InputError("project.not_one", f"{path.name} is not a Workbench project.")


def _check_version(path: Path, version: int) -> None:
    if version > schema.VERSION:
        raise InputError(
            "project.newer",
            f"{path.name} was made by a newer version of Workbench.",
            {"version": version, "known": schema.VERSION},
        )


def _prepare(path: Path) -> None:
    """Migrate an older file after a backup, and unpack a mailed copy."""
    with faults.named(), contextlib.closing(connect(path)) as connection:
        # The header may be behind: the newest version can stand in the log alone.
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        _check_version(path, version)
        if version < schema.VERSION:
            copies.back_up(path, version)
            _migrate(connection)
        copies.unpack(connection, path)


def _migrate(connection: sqlite3.Connection) -> None:
    # Imported late: sqlite-utils costs 0.13 s that an up-to-date file can do without.
    from workbench.storage.migrations import migrate

    migrate(connection)


def _make(path: Path, name: str, card: TaskCard) -> None:
    """Write a whole new file aside and put it in its place."""
    part = path.with_name(path.name + ".part")
    with faults.named():
        part.unlink(missing_ok=True)
        part.touch()
        try:
            with contextlib.closing(connect(part)) as connection:
                _migrate(connection)
                _fill(connection, name, card)
            part.rename(path)
        finally:
            part.unlink(missing_ok=True)


def _fill(connection: sqlite3.Connection, name: str, card: TaskCard) -> None:
    connection.execute(
        "INSERT INTO project VALUES (1, ?, ?, ?, ?)",
        (new_ulid(), name, codec.now(), codec.dump_value(card)),
    )
    # Written out, so that saving an untouched draft is no change.
    limit = GenerationParameters(max_output_tokens=card.longest_answer)
    spec = codec.dump(PromptSpec(parameters=limit).as_json())
    connection.execute("UPDATE draft SET spec = ?", (spec,))


def _delete(connection: sqlite3.Connection, table: str, ids: list[int]) -> None:
    connection.execute(
        f"DELETE FROM {table} WHERE id IN (SELECT value FROM json_each(?))",
        (codec.dump(ids),),
    )


def _file_size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def _folder_size(folder: Path) -> int:
    return sum(_file_size(path) for path in folder.rglob("*") if path.is_file())
