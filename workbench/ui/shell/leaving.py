"""What is asked before the window closes.

Training lives in a process of its own and may go on without the window; that is also
what happens when the question is answered by Enter.
"""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from workbench.domain.jobs import JobKind
from workbench.ui.shell.context import Context
from workbench.ui.shell.question import Question


class Leaving(QObject):
    """Asks what becomes of training that is at work."""

    ready = Signal()

    def __init__(self, window: QWidget, context: Context) -> None:
        """Ask nothing yet."""
        super().__init__(window)
        self._window = window
        self._context = context
        self._is_asking = False

    def may_leave(self) -> bool:
        """Tell whether nothing has to be asked; else ask, and emit `ready` later."""
        jobs = self._context.services.jobs.active()
        if not any(job.kind is JobKind.TRAIN for job in jobs):
            return True
        if not self._is_asking:
            self._ask()
        return False

    def _ask(self) -> None:
        self._is_asking = True
        question = Question(
            self.tr("A model is being tuned. Go on without the window?"),
            (
                ("keep", self.tr("Keep running and close")),
                ("stop", self.tr("Stop, keep what was learned, close")),
                ("stay", self.tr("Stay")),
            ),
            self._window,
            self.tr(
                "Tuning goes on in the background, and the window finds it again when "
                "you open this project."
            ),
        )
        question.answered.connect(self._on_answered)
        question.finished.connect(self._on_finished)
        question.open()

    def _on_finished(self) -> None:
        self._is_asking = False

    def _on_answered(self, answer: str) -> None:
        if answer == "stop":
            self._context.bridge.call(self._stop_all, done=self._on_stopped)
        elif answer == "keep":
            self.ready.emit()

    def _stop_all(self) -> None:
        tune = self._context.services.tune
        for run in tune.active_runs():
            tune.stop(run.id, save=True)

    def _on_stopped(self, nothing: None) -> None:
        del nothing
        self.ready.emit()
