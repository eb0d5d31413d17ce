"""A training run seen from the window: its state, and how it is stopped.

State follows from three things, in this order (training.md 3.3, 3.6): the last event,
whether the recorded process lives, whether the person asked to stop. Asking is done by
file; only when that does not help are signals sent, and only to a process whose
creation time and arguments are those recorded.
"""

import contextlib
import dataclasses
import json
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench.domain.jobs import JobState
from workbench.domain.tuning import Artefact, Progress
from workbench.local.events import EventReader, Story
from workbench.local.faults import code_and_sentence, tail
from workbench.local.processes import Identity, Life
from workbench.local.run_config import ask, asked_to_stop, read_json
from workbench.local.run_files import has_adapter, has_checkpoint
from workbench.worker.protocol import (
    DISK_EXIT_CODE,
    EVENTS_FILE,
    HEARTBEAT_FILE,
    HEARTBEAT_SECONDS,
    LOG_FILE,
    RESULT_FILE,
    WORKER_FILE,
    Command,
    ErrorClass,
    Outcome,
)

if TYPE_CHECKING:
    import subprocess

LAUNCH_FILE = "launch.json"
"""Written by the window right after the start: whom it started."""

KILLS_FILE = "kills.jsonl"
"""Who ended what by force, a line each."""

_STALE_SECONDS = 6 * HEARTBEAT_SECONDS
_ACK_SECONDS = 30.0
_END_SECONDS = {Command.STOP_SAVE: 600.0, Command.STOP_NOW: 120.0}
_KILL_SECONDS = 15.0
_LEAVE_SECONDS = 20.0

_ENDINGS = {
    Outcome.SUCCEEDED.value: JobState.SUCCEEDED,
    Outcome.FAILED.value: JobState.FAILED,
    Outcome.CANCELLED.value: JobState.CANCELLED,
}


class RunHandle:
    """A run that is being watched; implements `TrainingHandle`."""

    def __init__(
        self,
        directory: Path,
        run_ulid: str,
        process: "subprocess.Popen[bytes] | None" = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Watch a run.

        Args:
            directory: the run directory.
            run_ulid: identity of the run.
            process: the worker, when this very process started it.
            clock: Unix seconds.
        """
        self._directory = directory
        self._ulid = run_ulid
        self._process = process
        self._clock = clock
        self._reader = EventReader(directory / EVENTS_FILE)
        self._story = Story()
        self._state = JobState.RUNNING
        self._failure: tuple[str, str] = ("", "")
        self._asked: Command | None = None
        self._asked_at = 0.0
        self._terminated_at: float | None = None

    def poll(self) -> tuple[JobState, Progress]:
        """Read new events and return the state and the progress so far."""
        if self._state.is_final:
            return self._state, self._story.progress
        # Asked before the events are read: a worker writes its last words, then goes.
        life = self._life()
        for event in self._reader.read():
            self._story.add(event)
        self._state = self._judge(life)
        responding = life is not Life.ALIVE or not self._is_stale()
        if self._state.is_active:
            self._climb_when_due()
        progress = dataclasses.replace(self._story.progress, responding=responding)
        return self._state, progress

    def stop(self, *, save: bool) -> None:
        """Ask to stop, with or without keeping what was learned so far."""
        command = Command.STOP_SAVE if save else Command.STOP_NOW
        ask(self._directory, command)
        self._asked = command
        self._asked_at = self._clock()

    def force(self) -> None:
        """Climb the ladder: first a request to end, fifteen seconds later the kill.

        May be called again and again; each rung is taken once, when it is due.
        """
        identity = self._identity()
        if identity is None:
            return
        now = self._clock()
        if self._terminated_at is None:
            self._terminated_at = now
            if identity.terminate():
                self._record("terminate", (identity.pid,))
        elif now - self._terminated_at >= _KILL_SECONDS:
            self._terminated_at = now
            self._record("kill", identity.kill_tree())

    def error(self) -> tuple[str, str]:
        """Return (class, sentence with next action) of a failed run."""
        if self._state is not JobState.FAILED:
            return "", ""
        if self._story.error is not None:
            return code_and_sentence(self._story.error)
        return self._failure

    def artefact(self) -> Artefact:
        """Return what the run left behind, as its files say."""
        if has_adapter(self._directory) and self._state is not JobState.FAILED:
            return Artefact.ADAPTER
        if has_checkpoint(self._directory):
            return Artefact.CHECKPOINT
        return Artefact.NONE

    def result(self) -> Mapping[str, str]:
        """Return the numbers of the result file, JSON for what is no text."""
        values = read_json(self._directory / RESULT_FILE) or {}
        return {key: _as_text(value) for key, value in values.items()}

    def log_tail(self, lines: int = 40) -> str:
        """Return the end of the worker's log."""
        return tail(self._directory / LOG_FILE, lines)

    def _judge(self, life: Life) -> JobState:
        """Return the state by the table of training.md 3.6."""
        if self._story.end is not None and not self._is_leaving(life):
            return self._ending(str(self._story.end.get("outcome")))
        if life is Life.ALIVE:
            return JobState.CANCELLING if self._is_stopping() else JobState.RUNNING
        if life is Life.UNKNOWN:
            return JobState.LOST
        if self._is_stopping():
            return JobState.CANCELLED
        if self._process is None:
            return JobState.LOST
        code = self._process.returncode
        if code == DISK_EXIT_CODE:
            self._failure = (
                ErrorClass.DISK.value,
                "The disk is full or cannot be written. Free some space, then resume "
                "from the last checkpoint.",
            )
            return JobState.FAILED
        self._failure = (
            ErrorClass.CRASH.value,
            f"The worker ended unexpectedly (exit code {code}). "
            "Look into the log and start again.",
        )
        return JobState.FAILED

    def _is_leaving(self, life: Life) -> bool:
        """True for the moment between the last event and the end of the process.

        Whoever is told that a run has ended may count on its memory being free.
        """
        return life is Life.ALIVE and self._clock() - self._story.at < _LEAVE_SECONDS

    def _ending(self, outcome: str) -> JobState:
        """Believe in success only when the adapter is there."""
        state = _ENDINGS.get(outcome, JobState.FAILED)
        if state is JobState.SUCCEEDED and not has_adapter(self._directory):
            self._failure = (
                ErrorClass.DISK.value,
                "The run finished, but its adapter is missing or damaged. "
                "Check the disk and train again.",
            )
            return JobState.FAILED
        return state

    def _life(self) -> Life:
        """Tell whether the worker lives; our own child is asked directly."""
        if self._process is not None:
            return Life.ALIVE if self._process.poll() is None else Life.GONE
        identity = self._identity()
        return Life.GONE if identity is None else identity.life()

    def _identity(self) -> Identity | None:
        """Return who the worker is: by its own word, else by that of its starter."""
        for name in (WORKER_FILE, LAUNCH_FILE):
            found = Identity.read(read_json(self._directory / name), self._ulid)
            if found is not None:
                return found
        return None

    def _is_stopping(self) -> bool:
        return self._asked is not None or asked_to_stop(self._directory)

    def _is_stale(self) -> bool:
        """True when the heartbeat is old; never before the first one."""
        try:
            beat = (self._directory / HEARTBEAT_FILE).stat().st_mtime
        except OSError:
            return False
        return self._clock() - max(beat, self._story.at) > _STALE_SECONDS

    def _climb_when_due(self) -> None:
        """Use force when a wish was not heard, or not fulfilled in time."""
        if self._asked is None:
            return
        waited = self._clock() - self._asked_at
        patience = _ACK_SECONDS
        if self._story.acknowledged:
            patience = _END_SECONDS[self._asked]
        if waited > patience:
            self.force()

    def _record(self, act: str, pids: tuple[int, ...]) -> None:
        """Write down who was ended by force."""
        line = {"t": self._clock(), "act": act, "pids": pids, "by": "window"}
        with (
            contextlib.suppress(OSError),
            (self._directory / KILLS_FILE).open("a", encoding="utf-8") as file,
        ):
            file.write(json.dumps(line, ensure_ascii=False) + "\n")


def _as_text(value: Any) -> str:
    """Return a value of the result file as text; an empty one for null."""
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
