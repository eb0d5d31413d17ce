"""The one crossing from threads to Qt.

Services publish events on whatever thread they work on, and hand out futures. The
bridge is the only observer: it takes both over to the main thread with one queued
signal, and re-emits them there. Widgets connect bound methods, which Qt drops with the
widget; results whose receiver is gone are dropped too.

Two streams are thinned, so that the window stays quick: change sets are joined (at most
20 a second), and tokens are collected per answer and handed out one answer a tick in
turn, at most 20 times a second each. What was collected always comes before the end of
its trial is told.
"""

import sys
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar, assert_never

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from workbench.domain.changes import ChangeSet
from workbench.domain.errors import CancelledError, WorkbenchError
from workbench.services.application import Services
from workbench.services.events import (
    Changed,
    Event,
    IdentityChanged,
    JobChanged,
    MatrixMoved,
    ModelsChanged,
    ProjectClosed,
    ProjectOpened,
    RunProgressed,
    SignInSaid,
    TokenArrived,
    TrialFinished,
)
from workbench.services.jobs import Job
from workbench.ui.shell.weak import WeakCall

if TYPE_CHECKING:
    from concurrent.futures import Future

T = TypeVar("T")
_INTERVAL_MS = 50
_TICK_MS = 12


class Bridge(QObject):
    """Re-emits events of the services, and results of their work, as Qt signals."""

    changed = Signal(object)  # ChangeSet
    job_changed = Signal(object)  # JobSnapshot
    token = Signal(int, str)  # trial id, text
    trial_finished = Signal(int)
    run_progressed = Signal(int, object, object)  # run id, JobState, Progress
    project_opened = Signal()
    project_closed = Signal()
    identity_changed = Signal(object)  # AwsState
    sign_in_said = Signal(str)
    models_changed = Signal()
    matrix_moved = Signal(object)  # MatrixMoved
    failed = Signal(object)  # WorkbenchError that nobody else took

    _posted = Signal(object)
    _settled = Signal(object, object, object)

    def __init__(self, services: Services, parent: QObject | None = None) -> None:
        """Observe the services from now on."""
        super().__init__(parent)
        self._services = services
        self._changes = ChangeSet()
        self._tokens: dict[int, list[str]] = {}
        self._flushed: dict[int, float] = {}
        # Tokens are added on the threads that read streams, taken on the main thread.
        self._lock = threading.Lock()
        self._change_timer = QTimer(self, interval=_INTERVAL_MS, singleShot=True)
        self._change_timer.timeout.connect(self._emit_changes)
        self._token_timer = QTimer(self, interval=_TICK_MS)
        self._token_timer.timeout.connect(self._flush_next)
        queued = Qt.ConnectionType.QueuedConnection
        self._posted.connect(self._on_posted, queued)
        self._settled.connect(self._on_settled, queued)
        self._unsubscribe: Callable[[], None] | None = services.events.subscribe(
            self._observe
        )

    def call(
        self,
        work: Callable[..., T],
        *args: object,
        done: Callable[[T], object] | None = None,
        failed: Callable[[WorkbenchError], object] | None = None,
    ) -> None:
        """Do short work on the database lane.

        Args:
            work: a function of a service.
            args: what it is called with.
            done: bound method that gets the result on the main thread.
            failed: bound method that gets the `WorkbenchError`, of code ``bug`` for
                one of ours; by default the error bar shows it. A cancellation is told
                to nobody.
        """
        self._watch(self._services.jobs.call(work, *args), done, failed)

    def follow(
        self,
        job: Job[T],
        done: Callable[[T], object] | None = None,
        failed: Callable[[WorkbenchError], object] | None = None,
    ) -> None:
        """Get the result of a job on the main thread; see `call`."""
        self._watch(job.future, done, failed)

    def close(self) -> None:
        """Hear nothing more."""
        if self._unsubscribe is not None:
            self._unsubscribe()
            self._unsubscribe = None
        self._change_timer.stop()
        self._token_timer.stop()

    def _watch(
        self,
        future: "Future[T]",
        done: Callable[[T], object] | None,
        failed: Callable[[WorkbenchError], object] | None,
    ) -> None:
        on_done = WeakCall(done) if done is not None else None
        on_failed = WeakCall(failed) if failed is not None else None

        def settled(ended: "Future[T]") -> None:
            if self._unsubscribe is not None:
                self._settled.emit(ended, on_done, on_failed)

        future.add_done_callback(settled)

    @Slot(object, object, object)
    def _on_settled(
        self,
        future: "Future[object]",
        done: WeakCall | None,
        failed: WeakCall | None,
    ) -> None:
        if future.cancelled():
            return
        error = future.exception()
        if error is None:
            if done is not None:
                done(future.result())
        elif isinstance(error, CancelledError):
            return
        elif isinstance(error, WorkbenchError):
            if failed is not None:
                failed(error)
            else:
                self.failed.emit(error)
        else:
            # A bug: nobody else reads this future, so it would vanish silently. Whoever
            # waits is told too, or would wait for ever.
            sys.excepthook(type(error), error, error.__traceback__)
            if failed is not None:
                failed(WorkbenchError("bug", f"A bug: {type(error).__name__}."))

    def _observe(self, event: Event) -> None:
        """Take an event over; runs on any thread."""
        if isinstance(event, TokenArrived):
            with self._lock:
                waiting = bool(self._tokens)
                self._tokens.setdefault(event.trial_id, []).append(event.text)
            if waiting:
                return
        self._posted.emit(event)

    @Slot(object)
    def _on_posted(self, event: Event) -> None:
        if isinstance(event, Changed):
            self._changes |= event.changes
            if not self._change_timer.isActive():
                self._emit_changes()
        elif isinstance(event, JobChanged):
            self.job_changed.emit(event.job)
        elif isinstance(event, TokenArrived):
            self._flush_next()
        elif isinstance(event, TrialFinished):
            self._flush(event.trial_id)
            self._flushed.pop(event.trial_id, None)
            self.trial_finished.emit(event.trial_id)
        elif isinstance(event, RunProgressed):
            self.run_progressed.emit(event.run_id, event.state, event.progress)
        elif isinstance(event, ProjectOpened):
            self.project_opened.emit()
        elif isinstance(event, ProjectClosed):
            self._changes = ChangeSet()
            self.project_closed.emit()
        elif isinstance(event, IdentityChanged):
            self.identity_changed.emit(event.state)
        elif isinstance(event, SignInSaid):
            self.sign_in_said.emit(event.text)
        elif isinstance(event, ModelsChanged):
            self.models_changed.emit()
        elif isinstance(event, MatrixMoved):
            self.matrix_moved.emit(event)
        else:
            assert_never(event)

    @Slot()
    def _emit_changes(self) -> None:
        if not self._changes.ids:
            return
        changes, self._changes = self._changes, ChangeSet()
        # Later ones of a burst wait for the timer and come joined.
        self._change_timer.start()
        self.changed.emit(changes)

    @Slot()
    def _flush_next(self) -> None:
        """Hand out the text of the answer that has waited longest."""
        with self._lock:
            waiting = list(self._tokens)
        if not waiting:
            self._token_timer.stop()
            return
        self._token_timer.start()
        due = min(waiting, key=self._flushed_at)
        if time.monotonic() - self._flushed_at(due) >= _INTERVAL_MS / 1000:
            self._flush(due)

    def _flushed_at(self, trial_id: int) -> float:
        return self._flushed.get(trial_id, 0.0)

    def _flush(self, trial_id: int) -> None:
        with self._lock:
            text = "".join(self._tokens.pop(trial_id, ()))
        if text:
            self._flushed[trial_id] = time.monotonic()
            self.token.emit(trial_id, text)
