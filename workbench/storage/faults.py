"""Turns errors of SQLite and the file system into errors with a cause and a code.

Triggers raise with a code of ours as their message (``split.leak``); it is data made
by `schema`, not wording that could change. For everything else SQLite's numeric result
codes decide. What is not named here is a bug and passes through unchanged.
"""

import contextlib
import errno
import sqlite3
from collections.abc import Iterator

from workbench.domain.errors import (
    DISK_FULL,
    EnvironmentFault,
    InputError,
    WorkbenchError,
)

_REFUSALS = {
    "split.leak": "The same input or group would stand in two parts of the dataset.",
    "shot.test": "A record that is set aside for the test cannot be a prompt example.",
    "shot.own": "A record cannot be an example in the prompt it is run with.",
    "comparison.leak": "The test part holds records this candidate was made from.",
    "cell.taken": "This record has an answer in the comparison already.",
    "cell.foreign": "This record does not belong to the comparison's test part.",
    "trial.finished": "A trial that has ended cannot be changed.",
    "trial.fixed": "What was sent in a trial cannot be changed.",
    "trial.kept": "Only trials in the bin can be deleted.",
    "example.fixed": "The input of a record cannot be changed.",
    "example.kept": "Only records in the bin can be deleted.",
    "version.fixed": "A prompt version cannot be changed.",
    "snapshot.fixed": "A snapshot cannot be changed.",
    "matrix.fixed": "What was planned for a matrix cannot be changed.",
    "matrix.taken": "This cell has an answer already, or is being asked.",
    "matrix.foreign": "This trial answers another call than this cell's.",
    "spending.fixed": "What was spent cannot be changed.",
    "run.final": "A run that has ended cannot be changed.",
}

_FAULTS = {
    sqlite3.SQLITE_FULL: ("disk.full", DISK_FULL),
    sqlite3.SQLITE_READONLY: (
        "project.read_only",
        "The project file or its folder cannot be written to.",
    ),
    sqlite3.SQLITE_BUSY: ("project.busy", "Another program holds the project file."),
    sqlite3.SQLITE_CANTOPEN: ("project.unreadable", "The file cannot be opened."),
    sqlite3.SQLITE_CORRUPT: ("project.unreadable", "The project file is damaged."),
    sqlite3.SQLITE_NOTADB: ("project.unreadable", "The project file is damaged."),
    sqlite3.SQLITE_IOERR: ("disk.failed", "The disk failed; nothing was changed."),
    sqlite3.SQLITE_INTERRUPT: ("project.closed", "The project has been closed."),
}


def closed() -> EnvironmentFault:
    """Return the error of using a project that has been closed."""
    code, sentence = _FAULTS[sqlite3.SQLITE_INTERRUPT]
    return EnvironmentFault(code, sentence)


def from_sqlite(error: sqlite3.Error) -> WorkbenchError | None:
    """Return the named error behind an error of SQLite, None when it is a bug."""
    message = str(error)
    if isinstance(error, sqlite3.IntegrityError) and message in _REFUSALS:
        return InputError(message, _REFUSALS[message])
    # Extended codes keep the primary code in their lowest byte.
    code = getattr(error, "sqlite_errorcode", None)
    named = None if code is None else _FAULTS.get(code & 0xFF)
    return EnvironmentFault(*named) if named else None


def from_os(error: OSError) -> WorkbenchError:
    """Return the named error behind a failure of the file system."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return EnvironmentFault("disk.full", DISK_FULL)
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return EnvironmentFault(*_FAULTS[sqlite3.SQLITE_READONLY])
    return EnvironmentFault("disk.failed", f"The disk failed: {error.strerror}.")


@contextlib.contextmanager
def named() -> Iterator[None]:
    """Raise errors of SQLite and the file system under their own names."""
    try:
        yield
    except sqlite3.Error as error:
        known = from_sqlite(error)
        if known is None:
            raise
        raise known from error
    except OSError as error:
        raise from_os(error) from error
