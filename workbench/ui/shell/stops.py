"""Stopping a job of the strip: at once, or after asking what becomes of training."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from workbench.domain.jobs import JobKind, JobSnapshot
from workbench.ui.shell.context import Context
from workbench.ui.shell.question import Question
from workbench.ui.shell.weak import weak_slot


class Stops(QObject):
    """Asks before what was learned so far is given up."""

    def __init__(self, window: QWidget, context: Context) -> None:
        """Put questions over this window."""
        super().__init__(window)
        self._window = window
        self._services = context.services
        self._bridge = context.bridge

    def ask(self, job: JobSnapshot) -> None:
        """Stop a job; training only after a question."""
        if job.kind is not JobKind.TRAIN:
            self._bridge.call(self._services.jobs.cancel, job.ulid)
            return
        question = Question(
            self.tr("Stop tuning “{name}”?").format(name=job.title),
            (
                ("save", self.tr("Stop and keep what was learned")),
                ("go_on", self.tr("Go on tuning")),
            ),
            self._window,
        )
        question.answered.connect(weak_slot(self._on_answered, job))
        question.open()

    def _on_answered(self, job: JobSnapshot, answer: str) -> None:
        if answer == "save":
            self._bridge.call(self._stop_run, job.subject)

    def _stop_run(self, ulid: str) -> None:
        for run in self._services.tune.active_runs():
            if run.ulid == ulid:
                self._services.tune.stop(run.id, save=True)
