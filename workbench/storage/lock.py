"""One window per project: a lock of the operating system, held by an open file.

The system releases it when the process ends, however it ends, so no stale lock can
keep a person out. ``flock`` rather than ``lockf``: POSIX record locks belong to the
process, and closing any other descriptor of the file would silently drop them.
"""

import contextlib
import os
import sys
from pathlib import Path

from workbench.domain.errors import EnvironmentFault
from workbench.storage import faults

# Windows refuses reading of locked bytes, so the lock lies far behind the process id.
_LOCKED_BYTE = 4096

if sys.platform == "win32":
    import msvcrt

    def _acquire(descriptor: int) -> None:
        os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

    def _release(descriptor: int) -> None:
        os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)
else:
    import fcntl

    def _acquire(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _release(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_UN)


class ProjectLock:
    """Holds a project for this window until `release` or the end of the process."""

    def __init__(self, path: Path) -> None:
        """Take the lock.

        Raises:
            EnvironmentFault: ``project.locked`` with the other window's ``pid``.
        """
        with faults.named():
            path.parent.mkdir(parents=True, exist_ok=True)
            self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            _acquire(self._descriptor)
        except OSError as error:
            pid = _read_pid(self._descriptor)
            os.close(self._descriptor)
            raise EnvironmentFault(
                "project.locked",
                f"The project is open in another window (process {pid}).",
                {"pid": pid},
            ) from error
        _write_pid(self._descriptor, str(os.getpid()))

    def release(self) -> None:
        """Let other windows open the project; harmless when repeated."""
        if self._descriptor < 0:
            return
        _write_pid(self._descriptor, "")
        _release(self._descriptor)
        os.close(self._descriptor)
        self._descriptor = -1


def _read_pid(descriptor: int) -> int:
    os.lseek(descriptor, 0, os.SEEK_SET)
    text = os.read(descriptor, 20).decode("ascii", "replace").strip()
    return int(text) if text.isdigit() else 0


def _write_pid(descriptor: int, text: str) -> None:
    """Say who holds the lock; only a courtesy, so a full disk does not matter."""
    with contextlib.suppress(OSError):
        os.ftruncate(descriptor, 0)
        os.lseek(descriptor, 0, os.SEEK_SET)
        os.write(descriptor, text.encode("ascii"))
