"""The one place where work leaves the calling thread.

Two lanes: `submit` runs long work on daemon threads of its own (calls of models,
imports, training that is watched), `call` runs short work one after the other on a
single thread (reads and writes of the project file asked for by the window). Daemon
threads, because a busy `ThreadPoolExecutor` would keep the program alive after its
window is gone (qt.md §3).
"""

import concurrent.futures
import dataclasses
import logging
import queue
import threading
import time
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from workbench.domain.errors import CancelledError, WorkbenchError
from workbench.domain.generation import StopSignal
from workbench.domain.ids import new_ulid
from workbench.domain.jobs import JobKind, JobSnapshot, JobState
from workbench.services.events import EventBus, JobChanged

T = TypeVar("T")
_log = logging.getLogger(__name__)
TO_STOP = 4.0
"""Seconds for work to end as asked.

A model that does not heed a stop is given 3 before its worker is ended; what it had
said by then is kept in the second after that.
"""

_PROGRESS_INTERVAL = 0.05
_THREAD = "job-"
_Report = Callable[[int, int, float | None], None]


@dataclasses.dataclass(frozen=True, slots=True)
class Job(Generic[T]):
    """A job that was handed in: its identity and its coming result."""

    ulid: str
    future: "concurrent.futures.Future[T]"


class JobContext:
    """What running work gets: a wish to stop that it heeds, and a way to report."""

    def __init__(self, stop: StopSignal, report: _Report) -> None:
        """Keep the stop signal and the function that is reported to."""
        self.stop = stop
        self._report = report

    def progress(
        self, done: int, total: int, seconds_left: float | None = None
    ) -> None:
        """Report how many units of how many are finished.

        Args:
            done: finished units.
            total: units in all.
            seconds_left: what the worker itself expects; None takes the pace so far.
        """
        self._report(done, total, seconds_left)


class _Running:
    """A job while it runs: its last snapshot, and how fast it goes."""

    def __init__(self, snapshot: JobSnapshot) -> None:
        self.snapshot = snapshot
        self.stop = StopSignal()
        self.started = time.monotonic()
        self.first_done: int | None = None
        self.reported = 0.0


class JobService:
    """Runs work off the calling thread and tells how it goes."""

    def __init__(self, events: EventBus) -> None:
        """Start the lane for short work."""
        self._events = events
        self._running: dict[str, _Running] = {}
        # Guards `_running` between the threads that start, report and end jobs, and
        # keeps what is told of a job in order. Reentrant: an observer may ask back.
        self._lock = threading.RLock()
        self._calls: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._lane = threading.Thread(target=self._serve, name="db-lane", daemon=True)
        self._lane.start()

    def call(
        self, work: Callable[..., T], *args: object
    ) -> "concurrent.futures.Future[T]":
        """Run short work after all short work that was handed in before."""
        future: concurrent.futures.Future[T] = concurrent.futures.Future()

        def run() -> None:
            _settle(future, lambda: work(*args))

        self._calls.put(run)
        return future

    def submit(
        self,
        kind: JobKind,
        title: str,
        work: Callable[[JobContext], T],
        *,
        subject: str = "",
    ) -> Job[T]:
        """Run long work on a thread of its own.

        Args:
            kind: what it does.
            title: name shown in the job strip; data, not a sentence.
            work: gets a `JobContext`; raises `CancelledError` when it heeded a stop.
            subject: ULID of the record it works on.
        """
        snapshot = JobSnapshot(
            new_ulid(), kind, title, JobState.RUNNING, subject=subject
        )
        running = _Running(snapshot)
        with self._lock:
            self._running[snapshot.ulid] = running
        future: concurrent.futures.Future[T] = concurrent.futures.Future()
        thread = threading.Thread(
            target=self._run,
            args=(running, work, future),
            name=_THREAD + kind.value,
            daemon=True,
        )
        self._events.publish(JobChanged(snapshot))
        thread.start()
        return Job(snapshot.ulid, future)

    def cancel(self, ulid: str) -> None:
        """Ask a job to stop; it ends as CANCELLED when it heeds that."""
        with self._lock:
            running = self._running.get(ulid)
        if running is None or running.stop.is_set():
            return
        self._update(running, state=JobState.CANCELLING)
        running.stop.set()

    def cancel_subject(self, subject: str) -> None:
        """Ask every job that works on this record to stop."""
        for job in self.active():
            if job.subject == subject:
                self.cancel(job.ulid)

    def active(self) -> Sequence[JobSnapshot]:
        """Return the jobs that have not ended, oldest first."""
        with self._lock:
            return [running.snapshot for running in self._running.values()]

    def end_all(self, timeout: float = TO_STOP) -> None:
        """Ask every job of a project to stop; wait this many seconds at most.

        A look at the outside (`JobKind.PROBE`) is no matter of the project and goes on.
        """
        deadline = time.monotonic() + timeout
        for job in self.active():
            if job.kind is not JobKind.PROBE:
                self.cancel(job.ulid)
        for thread in threading.enumerate():
            if _is_of_project(thread) and thread.is_alive():
                thread.join(max(0.0, deadline - time.monotonic()))

    def close(self, timeout: float = TO_STOP) -> None:
        """End all jobs and the lane, within this many seconds or little more."""
        deadline = time.monotonic() + timeout
        for job in self.active():
            self.cancel(job.ulid)
        self.end_all(timeout)
        self._calls.put(None)
        self._lane.join(max(0.1, deadline - time.monotonic()))

    def _serve(self) -> None:
        while (run := self._calls.get()) is not None:
            run()

    def _run(
        self,
        running: _Running,
        work: Callable[[JobContext], T],
        future: "concurrent.futures.Future[T]",
    ) -> None:
        def report(done: int, total: int, seconds_left: float | None) -> None:
            self._progress(running, done, total, seconds_left)

        outcome: concurrent.futures.Future[T] = concurrent.futures.Future()
        _settle(outcome, lambda: work(JobContext(running.stop, report)))
        self._end(running, outcome.exception())
        # The job has left the list before its result is seen, so that whoever waits
        # for the result never finds it still running.
        _settle(future, outcome.result)

    def _progress(
        self, running: _Running, done: int, total: int, told: float | None
    ) -> None:
        now = time.monotonic()
        if running.first_done is None:
            running.first_done, running.started = done, now
        if now - running.reported < _PROGRESS_INTERVAL and done < total:
            return
        running.reported = now
        fresh = done - running.first_done
        rate = fresh / (now - running.started) if fresh and now > running.started else 0
        left = (total - done) / rate if rate and told is None else told
        self._update(running, done=done, total=total, seconds_left=left)

    def _update(self, running: _Running, **values: object) -> None:
        with self._lock:
            # Whoever asked to stop a job in its last moment must not revive it.
            if running.snapshot.state.is_final:
                return
            changed = dataclasses.replace(running.snapshot, **values)  # type: ignore[arg-type]
            running.snapshot = changed
            self._events.publish(JobChanged(changed))

    def _end(self, running: _Running, error: BaseException | None) -> None:
        with self._lock:
            self._running.pop(running.snapshot.ulid, None)
        if error is None:
            self._update(running, state=JobState.SUCCEEDED)
        elif isinstance(error, CancelledError):
            self._update(running, state=JobState.CANCELLED)
        elif isinstance(error, WorkbenchError):
            self._update(
                running,
                state=JobState.FAILED,
                error_code=error.code,
                error_text=error.sentence,
            )
        else:
            _log.error("a job failed", exc_info=error)
            self._update(
                running, state=JobState.FAILED, error_code="bug", error_text=str(error)
            )


def _is_of_project(thread: threading.Thread) -> bool:
    is_job = thread.name.startswith(_THREAD)
    return is_job and thread.name != _THREAD + JobKind.PROBE.value


def _settle(future: "concurrent.futures.Future[T]", work: Callable[[], T]) -> None:
    """Run work and put its result or its exception into the future."""
    try:
        result = work()
    except BaseException as error:  # noqa: BLE001 - the future carries it to the reader
        future.set_exception(error)
    else:
        future.set_result(result)
