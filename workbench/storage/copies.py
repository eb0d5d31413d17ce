"""Whole-file copies: the backup before a migration, and the copy that is mailed.

A mailed copy is one file: what lies in the folder beside the project travels in the
table ``attachment`` and is unpacked when the copy is first opened. Left behind are
training checkpoints (large, only good for resuming), earlier backups, the lock, and
what tells where on this computer a run was at work, which is of no use elsewhere.
Contents go in parts, so that a large adapter is never whole in memory, and no part
meets SQLite's limit of 1 GB for one value.
"""

import contextlib
import dataclasses
import datetime
import hashlib
import os
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath

from workbench.domain.errors import EnvironmentFault, from_os
from workbench.storage import faults
from workbench.storage.database import connect

Progress = Callable[[int, int], None]

_PART_BYTES = 8 * 1024 * 1024
_PAGES_AT_ONCE = 256
_BACKUPS_KEPT = 3
_LEFT_BEHIND = {"lock", "backups", "checkpoints"}
_LEFT_BEHIND_OF_RUNS = {
    "config.json",
    "control.json",
    "heartbeat",
    "kills.jsonl",
    "launch.json",
    "prepare.json",
    "worker.json",
    "worker.log",
}


def files_folder(path: Path) -> Path:
    """Return the folder that belongs to a project file."""
    return path.with_suffix(".files")


def back_up(path: Path, version: int) -> Path:
    """Copy a file before its migration, and keep the newest three such copies."""
    folder = files_folder(path) / "backups"
    stamp = datetime.datetime.now(datetime.UTC).strftime("%Y%m%dT%H%M%S%f")
    target = folder / f"{path.stem}-{stamp}-v{version}{path.suffix}"
    with faults.named():
        folder.mkdir(parents=True, exist_ok=True)
        with contextlib.closing(connect(path)) as source:
            _copy_database(source, target, lambda _done, _total: None)
        # The time stands behind the name, so names sort by age.
        for old in sorted(folder.glob(f"*{path.suffix}"))[:-_BACKUPS_KEPT]:
            old.unlink()
    return target


def save_copy(path: Path, destination: Path, progress: Progress | None) -> Path:
    """Write a project as one file; an unfinished copy never stands at its place."""
    part = destination.with_name(destination.name + ".part")
    with _written(destination):
        destination.parent.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        part.touch()
    try:
        with faults.named():
            _write_copy(path, part, progress or (lambda _done, _total: None))
        with _written(destination):
            _flush(part)
            part.replace(destination)
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
    return destination


@contextlib.contextmanager
def _written(destination: Path) -> Iterator[None]:
    """Name a failure of the copy's own place: the project's file is not to blame."""
    try:
        yield
    except OSError as error:
        raise from_os(error, destination) from error


def _write_copy(path: Path, part: Path, progress: Progress) -> None:
    files = list(_attachments(files_folder(path)))
    extra = sum(_size(file) for file in files)

    with contextlib.closing(connect(path)) as source:
        # An open read keeps one state in view: writers may go on meanwhile, and the
        # backup does not start again because of them.
        source.execute("BEGIN")
        source.execute("SELECT count(*) FROM project").fetchone()
        size = _pragma(source, "page_count") * _pragma(source, "page_size")
        total = size + extra
        _copy_database(
            source, part, lambda done, pages: progress(size * done // pages, total)
        )
    with contextlib.closing(connect(part)) as copy:
        copy.execute("PRAGMA journal_mode = DELETE").fetchall()
        copy.execute("BEGIN IMMEDIATE")
        copy.execute("DELETE FROM attachment")
        done = size
        for file in files:
            for stored in _pack(copy, file, files_folder(path)):
                done += stored
                progress(min(done, total), total)
        copy.execute("COMMIT")
    progress(total, total)


def _size(file: Path) -> int:
    """Return a size in bytes, 0 for a file that has gone since it was listed."""
    try:
        return file.stat().st_size
    except FileNotFoundError:
        return 0


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    return int(connection.execute(f"PRAGMA {name}").fetchone()[0])


def _copy_database(
    source: sqlite3.Connection, target: Path, progress: Progress
) -> None:
    """Copy with SQLite's backup API, which also sees what is only in the log."""
    with contextlib.closing(sqlite3.connect(target)) as connection:
        source.backup(
            connection,
            pages=_PAGES_AT_ONCE,
            sleep=0.0,
            progress=lambda _status, left, total: progress(total - left, max(1, total)),
        )


def _flush(path: Path) -> None:
    """Have the copy on the disk before it takes the place of an older one."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _attachments(folder: Path) -> Iterator[Path]:
    """Yield the files that travel, in a stable order."""
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder).parts
        if path.is_file() and not path.is_symlink() and _travels(inside):
            yield path


def _travels(inside: tuple[str, ...]) -> bool:
    if inside[0] == "runs" and len(inside) == 3 and inside[2] in _LEFT_BEHIND_OF_RUNS:
        return False
    return not _LEFT_BEHIND & set(inside)


def _pack(connection: sqlite3.Connection, file: Path, folder: Path) -> Iterator[int]:
    """Store a file in parts and yield the size of each.

    A run at work writes on meanwhile: what a file had when it was opened is stored, the
    hash is that of these bytes, and a file that has gone since it was listed is left.
    """
    name = file.relative_to(folder).as_posix()
    digest = hashlib.sha256()
    with contextlib.suppress(FileNotFoundError), file.open("rb") as source:
        number, left = 0, os.fstat(source.fileno()).st_size
        # An empty file is one empty part.
        while (content := source.read(min(left, _PART_BYTES))) or number == 0:
            connection.execute(
                "INSERT INTO attachment VALUES (?, ?, '', ?)", (name, number, content)
            )
            digest.update(content)
            number, left = number + 1, left - len(content)
            yield len(content)
        connection.execute(
            "UPDATE attachment SET sha256 = ? WHERE path = ?",
            (digest.hexdigest(), name),
        )


@dataclasses.dataclass(frozen=True, slots=True)
class _Attachment:
    path: str
    sha256: str


def unpack(connection: sqlite3.Connection, path: Path) -> None:
    """Give a mailed copy its folder, once; interrupted, it starts again next time."""
    rows = connection.execute(
        "SELECT DISTINCT path, sha256 FROM attachment ORDER BY path"
    ).fetchall()
    if not rows:
        return
    for row in rows:
        _unpack_one(connection, _Attachment(*row), files_folder(path))
    # Only now: nothing is taken out of the copy before all of it stands in the folder.
    connection.execute("DELETE FROM attachment")
    # Otherwise the file keeps the size of everything that was in it.
    connection.execute("VACUUM")


def _unpack_one(
    connection: sqlite3.Connection, attachment: _Attachment, folder: Path
) -> None:
    target = _inside(folder, attachment.path)
    part = target.with_name(target.name + ".part")
    target.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with part.open("wb") as file:
        for (content,) in connection.execute(
            "SELECT content FROM attachment WHERE path = ? ORDER BY part",
            (attachment.path,),
        ):
            digest.update(content)
            file.write(content)
        file.flush()
        os.fsync(file.fileno())
    if digest.hexdigest() != attachment.sha256:
        part.unlink()
        raise _damaged()
    part.replace(target)


def _inside(folder: Path, name: str) -> Path:
    """Return the place of an attachment; a file from elsewhere may lie about it."""
    parts = PurePosixPath(name).parts
    bad = any(part in {"..", "/"} or "\\" in part or ":" in part for part in parts)
    target = folder.joinpath(*parts)
    if bad or not parts or not target.resolve().is_relative_to(folder.resolve()):
        raise _damaged()
    return target


def _damaged() -> EnvironmentFault:
    return EnvironmentFault(
        "project.unreadable", "The copy is damaged: an attachment is not what it was."
    )
