"""Processes that may not be ours: recognise, then end them.

A pid alone says nothing: it may have been given to another program since. A process is
ours when its creation time is the recorded one and its arguments name the run.
"""

import dataclasses
import enum
import socket
from collections.abc import Mapping
from typing import Any

import psutil

_CREATED_TOLERANCE = 2.0


class Life(enum.Enum):
    """What can be said about a recorded process."""

    ALIVE = "alive"
    GONE = "gone"
    UNKNOWN = "unknown"


@dataclasses.dataclass(frozen=True, slots=True)
class Identity:
    """Enough to recognise a process later.

    Attributes:
        created: Unix seconds, as the system counts them.
        host: where it ran; empty means this computer.
    """

    pid: int
    created: float
    run_ulid: str
    host: str = ""

    @classmethod
    def read(cls, value: Mapping[str, Any] | None, run_ulid: str) -> "Identity | None":
        """Read an identity from a file's content, None when it holds none."""
        pid, created = (value or {}).get("pid"), (value or {}).get("create_time")
        if not isinstance(pid, int) or not isinstance(created, int | float):
            return None
        return cls(pid, float(created), run_ulid, str((value or {}).get("host") or ""))

    def find(self) -> psutil.Process | None:
        """Return the process if it is still this very one, None when it is gone.

        Raises:
            psutil.AccessDenied: the system does not say.
        """
        try:
            process = psutil.Process(self.pid)
            if abs(process.create_time() - self.created) > _CREATED_TOLERANCE:
                return None
            if process.status() == psutil.STATUS_ZOMBIE:
                return None
            if not any(self.run_ulid in part for part in process.cmdline()):
                return None
        except psutil.NoSuchProcess:  # also a zombie's command line
            return None
        return process

    def life(self) -> Life:
        """Tell whether the process lives, as far as can be known."""
        if self.host and self.host != socket.gethostname():
            return Life.UNKNOWN
        try:
            return Life.GONE if self.find() is None else Life.ALIVE
        except psutil.AccessDenied:
            return Life.UNKNOWN

    def terminate(self) -> bool:
        """Ask the process to end; False when it is not there or not ours."""
        try:
            process = self.find()
            if process is None:
                return False
            process.terminate()
        except psutil.Error:
            return False
        return True

    def kill_tree(self) -> tuple[int, ...]:
        """Kill the process, its children first; return the pids that were killed."""
        try:
            process = self.find()
            tree = (
                [] if process is None else [*process.children(recursive=True), process]
            )
        except psutil.Error:
            return ()
        killed = []
        for one in tree:
            try:
                one.kill()  # psutil compares the creation time again
                killed.append(one.pid)
            except psutil.Error:
                continue
        return tuple(killed)


def created_at(pid: int) -> float | None:
    """Return the creation time of a process in Unix seconds, None when it is gone."""
    try:
        return psutil.Process(pid).create_time()
    except psutil.Error:
        return None
