"""A matrix as it is kept: its cells, and how far each of them got."""

import dataclasses
import enum
from decimal import Decimal

from workbench.domain.jobs import JobState
from workbench.domain.matrix import Cell, MatrixInput, PlannedCell
from workbench.domain.models import ModelRef
from workbench.domain.trials import TrialStatus


class CellState(enum.StrEnum):
    """What a cell of the grid shows."""

    OPEN = "open"
    RUNNING = "running"
    ANSWERED = "answered"
    FAILED = "failed"
    STOPPED = "stopped"
    INTERRUPTED = "interrupted"
    """The program ended while it was asked; it may be on the bill."""


_STATES = {
    TrialStatus.RUNNING: CellState.RUNNING,
    TrialStatus.SUCCEEDED: CellState.ANSWERED,
    TrialStatus.FAILED: CellState.FAILED,
    TrialStatus.CANCELLED: CellState.STOPPED,
    TrialStatus.INTERRUPTED: CellState.INTERRUPTED,
}


def cell_state(status: TrialStatus | None) -> CellState:
    """Return the state of a cell from its newest trial's; None: there is none."""
    return CellState.OPEN if status is None else _STATES[status]


@dataclasses.dataclass(frozen=True, slots=True)
class CellView:
    """A cell as it stands, compact: thousands of them travel to the window.

    Attributes:
        trial_id: the newest trial, 0 when there is none.
        tries: trials that were made for it; more than one: it was retried.
        reused: answered from a trial made for something else.
        error_code: of the newest trial when it failed.
        attempts: calls of the newest trial.
    """

    cell: Cell
    state: CellState
    trial_id: int = 0
    tries: int = 0
    reused: bool = False
    error_code: str = ""
    attempts: int = 1


@dataclasses.dataclass(frozen=True, slots=True)
class Matrix:
    """A matrix as it is kept.

    Attributes:
        version_ids: prompt versions that were chosen.
        state: LOST when the program ended while it ran; it can be resumed.
    """

    id: int
    ulid: str
    name: str
    created: str
    repeats: int
    ask_again: bool
    cap: Decimal | None
    state: JobState
    version_ids: tuple[int, ...]
    inputs: tuple[MatrixInput, ...]
    models: tuple[ModelRef, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class NewCell:
    """A planned cell with the version that is sent for it.

    Attributes:
        version_id: the chosen version without the input's own example.
    """

    planned: PlannedCell
    version_id: int


@dataclasses.dataclass(frozen=True, slots=True)
class NewMatrix:
    """Everything known before the first call of a matrix."""

    name: str
    repeats: int
    ask_again: bool
    cap: Decimal | None
    version_ids: tuple[int, ...]
    inputs: tuple[MatrixInput, ...]
    models: tuple[ModelRef, ...]
    cells: tuple[NewCell, ...]
