"""One generating worker: a process, its pipe, and who waits for which answer.

A request gets a mailbox; a thread reads the process's standard output and puts every
event into the mailbox of its request. When the process ends, all mailboxes are told.
"""

import contextlib
import itertools
import json
import logging
import queue
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Any

import psutil

from workbench.domain.errors import EnvironmentFault
from workbench.local.interpreter import child_environment
from workbench.worker.protocol import Reply, Request

_log = logging.getLogger(__name__)

_LARGEST_LOG = 1_000_000  # bytes; begun anew when it is larger at the start
_END_SECONDS = 0.5
"""A worker keeps nothing; one that is still importing hears of its end much later."""
_TERMINATE_SECONDS = 2.0
_CREATED_TOLERANCE = 2.0

Event = dict[str, Any]
ENDED: Event = {"type": "ended"}
"""Put into every mailbox when the process has ended."""


class Mailbox:
    """Where the events of one request arrive, in order."""

    def __init__(self, request: str) -> None:
        """Wait for events of this request."""
        self.request = request
        self._queue: queue.SimpleQueue[Event] = queue.SimpleQueue()

    def put(self, event: Event) -> None:
        """Deliver an event."""
        self._queue.put(event)

    def get(self, seconds: float | None = None) -> Event | None:
        """Return the next event, None when none came in time."""
        try:
            return self._queue.get(timeout=seconds)
        except queue.Empty:
            return None


class WorkerProcess:
    """A running generating worker."""

    def __init__(self, command: Sequence[str], log: Path) -> None:
        """Start the process; its standard error goes to the log file.

        Raises:
            EnvironmentFault: ``worker.start`` when the program cannot be started.
        """
        self.log = log
        self._numbers = itertools.count(1)
        self._mailboxes: dict[str, Mailbox] = {}
        self._lock = threading.Lock()
        self._write_lock = threading.Lock()
        self._ended = False
        self._process = _start(command, log)
        self._created = _created(self._process.pid)
        self._thread = threading.Thread(
            target=self._read, name="generating-worker", daemon=True
        )
        self._thread.start()

    @property
    def pid(self) -> int:
        """Process id."""
        return self._process.pid

    @property
    def is_alive(self) -> bool:
        """True until the process, or its end of the pipe, is gone."""
        return not self._ended and self._process.poll() is None

    @property
    def exit_code(self) -> int | None:
        """Exit code, None while it runs."""
        return self._process.poll()

    def send(self, *messages: Mapping[str, Any]) -> list[Mailbox]:
        """Send requests so that no other comes between them; return their mailboxes."""
        boxes = [Mailbox(str(next(self._numbers))) for _ in messages]
        with self._lock:
            if self._ended:
                for box in boxes:
                    box.put(ENDED)
                return boxes
            self._mailboxes.update({box.request: box for box in boxes})
        self._write(
            [
                {"id": box.request, **message}
                for box, message in zip(boxes, messages, strict=True)
            ]
        )
        return boxes

    def cancel(self, request: str) -> None:
        """Ask to end an answer, also one that has not begun."""
        self._write([{"id": request, "op": Request.CANCEL.value}])

    def forget(self, *boxes: Mailbox) -> None:
        """Stop taking in events of requests nobody waits for."""
        with self._lock:
            for box in boxes:
                self._mailboxes.pop(box.request, None)

    def close(self) -> None:
        """End the process: close its input, wait, terminate, kill; never another."""
        # Closing the pipe waits for whoever writes into it, and a worker that is stuck
        # reads no more: then it must go first.
        free = self._write_lock.acquire(timeout=_END_SECONDS)
        if not free and self._is_ours():
            self._process.terminate()
            free = self._write_lock.acquire(timeout=_TERMINATE_SECONDS)
            if not free and self._is_ours():
                self._process.kill()
                free = self._write_lock.acquire(timeout=_TERMINATE_SECONDS)
        if free:
            self._close_input()
        if not self._wait(_END_SECONDS) and self._is_ours():
            self._process.terminate()
            if not self._wait(_TERMINATE_SECONDS) and self._is_ours():
                self._process.kill()
                self._wait(_TERMINATE_SECONDS)
        self._thread.join(_TERMINATE_SECONDS)

    def _close_input(self) -> None:
        """Close the pipe into the worker; the lock to write is held, and given back."""
        try:
            with contextlib.suppress(OSError):
                if self._process.stdin is not None:
                    self._process.stdin.close()
        finally:
            self._write_lock.release()

    def _wait(self, seconds: float) -> bool:
        try:
            self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            return False
        return True

    def _is_ours(self) -> bool:
        """Compare the creation time: a pid may have been given to another process."""
        now = _created(self._process.pid)
        return (
            now is not None
            and self._created is not None
            and abs(now - self._created) <= _CREATED_TOLERANCE
        )

    def _write(self, messages: Sequence[Mapping[str, Any]]) -> None:
        """Write lines; a pipe that is gone is noticed by the reading thread."""
        lines = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in messages)
        stdin = self._process.stdin
        # ValueError: another thread has just closed the process
        with self._write_lock, contextlib.suppress(OSError, ValueError):
            if stdin is not None:
                stdin.write(lines.encode("utf-8", errors="replace"))
                stdin.flush()

    def _read(self) -> None:
        """Deliver events until the pipe ends, then tell everybody."""
        stdout = self._process.stdout
        if stdout is not None:
            with stdout:
                self._deliver_all(stdout)
        with self._lock:
            self._ended = True
            waiting, self._mailboxes = self._mailboxes, {}
        for box in waiting.values():
            box.put(ENDED)

    def _deliver_all(self, stdout: IO[bytes]) -> None:
        for line in stdout:
            try:
                event: Event = json.loads(line)
            except ValueError:
                _log.warning("the worker wrote a line that is no JSON: %r", line[:200])
                continue
            with self._lock:
                box = self._mailboxes.get(str(event.get("id", "")))
            if box is not None:
                box.put(event)
            elif event.get("type") == Reply.ERROR:
                _log.warning("the worker told an error nobody waits for: %s", event)


def _start(command: Sequence[str], log: Path) -> subprocess.Popen[bytes]:
    """Start the process with its own log; a full log is begun anew."""
    log.parent.mkdir(parents=True, exist_ok=True)
    fresh = not log.exists() or log.stat().st_size > _LARGEST_LOG
    flags = 0
    if sys.platform == "win32":
        flags = subprocess.CREATE_NO_WINDOW | subprocess.BELOW_NORMAL_PRIORITY_CLASS
    try:
        with log.open("wb" if fresh else "ab") as stderr:
            return subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=stderr,
                env=child_environment(),
                creationflags=flags,
            )
    except OSError as error:
        raise EnvironmentFault(
            "worker.start",
            f"The worker cannot be started with {command[0]}: {error.strerror}. "
            "A virus scanner or App Control may block it.",
            {"command": command[0]},
        ) from error


def _created(pid: int) -> float | None:
    """Return the creation time of a process in Unix seconds, None when it is gone."""
    try:
        return psutil.Process(pid).create_time()
    except psutil.Error:
        return None
