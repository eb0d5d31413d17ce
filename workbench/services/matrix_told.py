"""What a running matrix tells: joined, so that thousands of cells flood nobody."""

import time
from collections.abc import Iterable, Sequence

from workbench.domain.changes import ChangeSet, Kind
from workbench.domain.errors import WorkbenchError
from workbench.domain.jobs import JobState
from workbench.domain.matrices import CellState
from workbench.domain.matrix import Cell
from workbench.services.events import CellMoved, EventBus, MatrixMoved
from workbench.services.matrix_lanes import Lane

INTERVAL = 0.1
"""Seconds between two events of one matrix, at least."""


class Teller:
    """Collects what moved and tells it; belongs to the scheduler's thread."""

    def __init__(self, events: EventBus, matrix_id: int, total: int) -> None:
        """Expect `total` cells to be answered."""
        self.total = total
        self.missing = total
        self._events = events
        self._matrix_id = matrix_id
        self._cells: dict[int, CellMoved] = {}
        self._state = JobState.QUEUED
        self._told = 0.0

    def moved(
        self, cell: Cell, state: CellState, trial_id: int, *, retried: bool = False
    ) -> None:
        """Note where a cell stands; the latest state wins."""
        moved = CellMoved(cell.position, state.value, trial_id, retried)
        self._cells[cell.position] = moved
        self.missing -= state is CellState.ANSWERED

    def linked(self, positions: Iterable[int], trial_id: int) -> None:
        """Note cells that share the answer of another one."""
        for position in positions:
            moved = CellMoved(position, CellState.ANSWERED.value, trial_id)
            self._cells[position] = moved
            self.missing -= 1

    def due(self) -> float | None:
        """Return the moment to tell what was collected; None: nothing was."""
        return self._told + INTERVAL if self._cells else None

    def is_due(self, state: JobState) -> bool:
        """Tell whether it is time; another state is told at once."""
        due = self.due()
        return state is not self._state or (due is not None and time.monotonic() >= due)

    def tell(self, state: JobState, lanes: Sequence[Lane]) -> None:
        """Publish what was collected."""
        cells = tuple(self._cells.values())
        self._cells.clear()
        self._state, self._told = state, time.monotonic()
        trials = {moved.trial_id for moved in cells}
        if trials:
            self._events.changed(ChangeSet.of(Kind.TRIAL, *trials))
        self._events.publish(
            MatrixMoved(
                self._matrix_id,
                state,
                cells,
                sum(lane.running for lane in lanes),
                self.missing,
                tuple(
                    (lane.model.key, _code(lane.halted))
                    for lane in lanes
                    if lane.halted is not None
                ),
            )
        )


def _code(error: Exception) -> str:
    return error.code if isinstance(error, WorkbenchError) else "bug"
