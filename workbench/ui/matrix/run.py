"""A matrix that is open: followed while it runs, stopped, resumed, read piece by piece.

A run tells what moved some ten times a second. What cells say is read on the lane for
short work, a part at a time, so that other reading comes between.
"""

import itertools
from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from workbench.domain.errors import WorkbenchError
from workbench.domain.jobs import JobState
from workbench.domain.matrices import CellState
from workbench.domain.matrix import MatrixPlan
from workbench.services.events import MatrixMoved
from workbench.services.matrix import StartedMatrix
from workbench.ui.matrix.grid import CellAnswer, Grid, Loaded, load, read_answers
from workbench.ui.matrix.wish import Planned
from workbench.ui.shell.context import Context

_AT_ONCE = 200
_RETELL_MS = 300


class MatrixRunPresenter(QObject):
    """Holds the grid that is shown."""

    opened = Signal()
    """Another matrix is shown."""
    cells_changed = Signal(object)
    """Positions of cells to paint again."""
    tally_changed = Signal()
    state_changed = Signal()
    failed = Signal(object)
    """A WorkbenchError: why it ended early, or could not be resumed."""
    refused = Signal(object)
    """A WorkbenchError: why a new one could not begin."""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        """Start without a matrix."""
        super().__init__(parent)
        self._context = context
        self.grid: Grid | None = None
        self.is_running = False
        self.is_stopping = False
        self.in_flight = 0
        self.missing: MatrixPlan | None = None
        self._reading = False
        self._wanted = 0
        self._early: list[MatrixMoved] = []
        self._timer = QTimer(self, interval=_RETELL_MS, singleShot=True)
        self._timer.timeout.connect(self.tally_changed)
        context.bridge.matrix_moved.connect(self._on_moved)

    # ------------------------------------------------------------ asking

    def start(self, planned: Planned) -> None:
        """Keep the plan, ask what is new, and show the grid."""
        matrix = self._context.services.matrix
        self._begin()
        self._context.bridge.call(
            matrix.start,
            planned.request,
            planned.plan,
            done=self._on_started,
            failed=self._on_not_begun,
        )

    def resume(self) -> None:
        """Ask what is missing, and nothing else."""
        if self.grid is None or self.is_running:
            return
        self._begin()
        matrix = self._context.services.matrix
        self._context.bridge.call(
            matrix.resume,
            self.grid.matrix.id,
            done=self._on_started,
            failed=self._on_refused,
        )

    def stop(self, *, now: bool = False) -> None:
        """Begin no further call; `now` also cuts off what is in flight."""
        if self.grid is not None and self.is_running:
            self.is_stopping = True
            self._context.services.matrix.stop(self.grid.matrix.id, now=now)
            self.state_changed.emit()

    def open(self, matrix_id: int) -> None:
        """Show a matrix."""
        self._wanted = matrix_id
        self._context.bridge.call(
            load, self._context.services, matrix_id, done=self._on_loaded
        )

    def _begin(self) -> None:
        self.is_running, self.is_stopping = True, False
        self._early.clear()
        self.state_changed.emit()

    def _on_started(self, started: StartedMatrix) -> None:
        self._context.bridge.follow(started.job, failed=self.failed_early)
        self.open(started.matrix_id)

    def failed_early(self, error: WorkbenchError) -> None:
        """Say why a run ended before everything was asked."""
        self.failed.emit(error)

    def _on_not_begun(self, error: WorkbenchError) -> None:
        self.is_running = False
        self.state_changed.emit()
        self.refused.emit(error)

    def _on_refused(self, error: WorkbenchError) -> None:
        self.is_running = False
        self.state_changed.emit()
        self.failed.emit(error)

    # ------------------------------------------------------------ following

    def _on_loaded(self, loaded: Loaded) -> None:
        if loaded.matrix.id != self._wanted:
            return
        self.grid = Grid(loaded)
        matrix = self._context.services.matrix
        self.is_running = matrix.is_running(loaded.matrix.id)
        self.is_stopping = False
        self.opened.emit()
        early, self._early = self._early, []
        for moved in early:
            self._on_moved(moved)
        self._after_move()

    def _on_moved(self, moved: MatrixMoved) -> None:
        grid = self.grid
        if grid is None or moved.matrix_id != grid.matrix.id:
            # It may be the one that is being read just now.
            self._early.append(moved)
            return
        for cell in moved.cells:
            grid.move(cell)
        self.in_flight = moved.in_flight
        active = (JobState.RUNNING, JobState.CANCELLING)
        self.is_running = moved.state in active
        self.is_stopping = moved.state is JobState.CANCELLING
        self.cells_changed.emit([cell.position for cell in moved.cells])
        self._after_move()

    def _after_move(self) -> None:
        self.missing = None
        self.state_changed.emit()
        self._read()
        if not self._timer.isActive():
            self._timer.start()
        if not self.is_running:
            self._ask_missing()

    def _ask_missing(self) -> None:
        """Ask what resuming would cost, when there is something to resume."""
        grid = self.grid
        if grid is None or grid.count(CellState.ANSWERED) == len(grid.views):
            return
        matrix = self._context.services.matrix
        self._context.bridge.call(
            matrix.missing,
            grid.matrix.id,
            done=self._on_missing,
            failed=self._on_no_plan,
        )

    def _on_missing(self, plan: MatrixPlan) -> None:
        if not self.is_running and plan.cells:
            self.missing = plan
            self.state_changed.emit()

    def _on_no_plan(self, error: WorkbenchError) -> None:
        # It began again meanwhile, or is gone: then there is nothing to offer.
        del error

    # ------------------------------------------------------------ reading

    def _read(self) -> None:
        if self._reading or self.grid is None:
            return
        wanted = list(itertools.islice(self.grid.unread(), _AT_ONCE))
        if wanted:
            self._reading = True
            self._context.bridge.call(
                read_answers,
                self._context.services,
                wanted,
                done=self._on_answers,
                failed=self._on_unreadable,
            )

    def _on_answers(self, answers: Sequence[CellAnswer]) -> None:
        self._reading = False
        grid = self.grid
        if grid is None or not answers:
            return
        size = len(grid.views)
        for answer in answers:
            # Another matrix may have been opened while these were read.
            position = answer.position
            if position < size and grid.views[position].trial_id == answer.trial_id:
                grid.answers[position] = answer
        self.cells_changed.emit([a.position for a in answers if a.position < size])
        if not self._timer.isActive():
            self._timer.start()
        self._read()

    def _on_unreadable(self, error: WorkbenchError) -> None:
        self._reading = False
        self.failed.emit(error)
