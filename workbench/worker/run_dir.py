"""The worker's side of a run directory: events out, commands in, a heartbeat.

`Watch` is a thread. It touches the heartbeat and reads what the window asks, and it
acknowledges a wish to stop at once. Training ends at the next step; other phases look
between units of work. Some units cannot be left (an import, a download): when a wish to
stop has waited too long outside training, the thread itself writes the end and leaves.
"""

import contextlib
import json
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from workbench.worker.errors import Stopped, WorkerError
from workbench.worker.files import to_json, write_whole
from workbench.worker.protocol import (
    CONTROL_FILE,
    CONTROL_POLL_SECONDS,
    EVENTS_FILE,
    HEARTBEAT_FILE,
    HEARTBEAT_SECONDS,
    SCHEMA,
    WORKER_FILE,
    ArtefactKind,
    Command,
    ErrorClass,
    EventType,
    Outcome,
    Phase,
)
from workbench.worker.system import versions

_STOP_GRACE_SECONDS = 8.0
_AT_STEPS = frozenset({Phase.TRAINING, Phase.EVALUATING, Phase.SAMPLING, Phase.SAVING})
_SYNCED = frozenset({EventType.END, EventType.PHASE, EventType.CHECKPOINT})
_STOPS = frozenset({Command.STOP_SAVE, Command.STOP_NOW})


class EventLog:
    """Appends to ``events.jsonl``; a line is whole or it is the last one."""

    def __init__(self, run: Path) -> None:
        """Open the log of a fresh run directory.

        Raises:
            WorkerError: DATA when a run already wrote there (REQ-R2).
        """
        self._path = run / EVENTS_FILE
        try:
            self._path.touch(exist_ok=False)
        except FileExistsError as error:
            raise WorkerError(
                ErrorClass.DATA,
                f"A run already wrote into {run}.",
                "Start again in a directory of its own.",
            ) from error
        self._lock = threading.Lock()
        self._seq = 0
        self._ended = False

    def write(self, kind: EventType, **body: Any) -> None:
        """Append one event; nothing is written after `end`."""
        with self._lock:
            if self._ended:
                return
            self._ended = kind is EventType.END
            self._seq += 1
            head = {"v": SCHEMA, "seq": self._seq, "t": round(time.time(), 3)}
            line = to_json({**head, "type": kind.value, **body}) + "\n"
            with self._path.open("a", encoding="utf-8", newline="\n") as file:
                file.write(line)
                file.flush()
                if kind in _SYNCED:
                    os.fsync(file.fileno())

    @property
    def ended(self) -> bool:
        """True when the `end` event was written."""
        return self._ended


class RunState:
    """A run while it is alive: its phase, its events, and what was asked of it."""

    def __init__(self, directory: Path) -> None:
        """Take a run directory over: first act of a worker.

        Raises:
            WorkerError: DATA when it was used before.
        """
        self.directory = directory
        self.events = EventLog(directory)
        self.phase = Phase.VALIDATING
        self.stop: Command | None = None
        self.stop_asked_at = 0.0
        self.wishes: set[Command] = set()
        self._seen = 0
        self._signalled = False
        _write_identity(directory)

    def enter(self, phase: Phase) -> None:
        """Announce a phase; stops instead when that was asked before training."""
        if phase not in _AT_STEPS:
            self.check()
        if phase is not self.phase or phase is Phase.VALIDATING:
            self.phase = phase
            self.events.write(EventType.PHASE, phase=phase.value)

    def check(self) -> None:
        """Raise `Stopped` when the person asked to stop."""
        if self.stop is not None:
            raise Stopped

    def on_signal(self, _number: int, _frame: object) -> None:
        """SIGTERM without a command before it means stop and save.

        The thread interrupted here may hold the lock of the events, so `Watch` acts.
        """
        self._signalled = True

    def look(self) -> None:
        """Read the control file and act on a new command."""
        command, seq = _read_control(self.directory)
        if self._signalled and self.stop is None:
            self._take(Command.STOP_SAVE, self._seen)
        if command is not None and seq > self._seen:
            self._seen = seq
            self._take(command, seq)

    def _take(self, command: Command, seq: int) -> None:
        """Acknowledge a command and remember it."""
        self.events.write(EventType.ACK, command=command.value, control_seq=seq)
        if command not in _STOPS:
            self.wishes.add(command)
        elif self.stop is not Command.STOP_NOW:
            self.stop_asked_at = self.stop_asked_at or time.monotonic()
            self.stop = command

    @property
    def is_stuck(self) -> bool:
        """True when a wish to stop waits for a unit of work that cannot be left."""
        waited = time.monotonic() - self.stop_asked_at
        stopping = self.stop is not None and waited > _STOP_GRACE_SECONDS
        return stopping and self.phase not in _AT_STEPS

    def end_cancelled(self, artefact: dict[str, Any] | None = None) -> None:
        """Write the last event of a run that was asked to stop."""
        self.events.write(
            EventType.END,
            outcome=Outcome.CANCELLED.value,
            artefact=artefact or {"kind": ArtefactKind.NONE.value},
            by=self.stop.value if self.stop else None,
        )


class Watch:
    """The thread that keeps the heartbeat and reads the control file."""

    def __init__(self, state: RunState, leave: Callable[[int], Any] = os._exit) -> None:
        """Prepare the thread; `leave` ends the process."""
        self._state = state
        self._leave = leave
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="watch", daemon=True)

    def __enter__(self) -> "Watch":
        """Start watching."""
        with contextlib.suppress(ValueError):  # only the main thread may
            signal.signal(signal.SIGTERM, self._state.on_signal)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop watching."""
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        beat = self._state.directory / HEARTBEAT_FILE
        last = 0.0
        while not self._over.is_set():
            now = time.monotonic()
            if not last or now - last >= HEARTBEAT_SECONDS:
                last = now
                with contextlib.suppress(OSError):  # a full disk must not end the run
                    beat.write_text(f"{time.time():.3f}\n", encoding="utf-8")
            with contextlib.suppress(OSError):
                self._state.look()
            if self._state.is_stuck:
                self._state.end_cancelled()
                self._leave(0)
            self._over.wait(CONTROL_POLL_SECONDS)


def _read_control(run: Path) -> tuple[Command | None, int]:
    """Return the command asked last with its number, (None, 0) when there is none."""
    try:
        value = json.loads((run / CONTROL_FILE).read_text(encoding="utf-8"))
        return Command(value["command"]), int(value["seq"])
    except (OSError, ValueError, KeyError, TypeError):
        return None, 0


def _write_identity(run: Path) -> None:
    """Write ``worker.json``: enough to recognise this very process later."""
    created: float | None = None
    host = ""
    with contextlib.suppress(ImportError):
        import psutil

        created = psutil.Process().create_time()
    with contextlib.suppress(ImportError, OSError):
        import socket

        host = socket.gethostname()
    identity = {
        "v": SCHEMA,
        "pid": os.getpid(),
        "create_time": created,
        "argv": sys.argv,
        "host": host,
        "versions": versions(),
    }
    write_whole(run / WORKER_FILE, to_json(identity))
