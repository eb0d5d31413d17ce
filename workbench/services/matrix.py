"""Matrices: versions x inputs x models x repeats, planned, run, stopped and resumed.

`plan` says what it would cost before anything is asked; `start` keeps the plan and asks
what is new; `resume` asks what is missing, also after the program was killed. Asking is
`matrix_run`'s.
"""

import dataclasses
import threading
from collections.abc import Iterable, Sequence

from workbench.domain.changes import ChangeSet, Kind
from workbench.domain.errors import InputError
from workbench.domain.generation import GenerationRequest
from workbench.domain.jobs import JobKind, JobState
from workbench.domain.matrices import (
    CellState,
    CellView,
    Matrix,
    NewCell,
    NewMatrix,
)
from workbench.domain.matrix import (
    MOST_CELLS,
    MOST_MODELS,
    MatrixPlan,
    MatrixRequest,
    PlannedCell,
    is_repeatable,
    plan_of,
    request_of,
    sent_spec,
    summed,
)
from workbench.domain.ports import ProjectStore, TextGenerator
from workbench.domain.prompts import PromptSpec
from workbench.domain.remote import next_step
from workbench.domain.spending import likely_of, worst_of
from workbench.services.events import EventBus
from workbench.services.jobs import Job, JobContext, JobService
from workbench.services.matrix_lanes import Ask, Calls, Todo, todo_of
from workbench.services.matrix_run import MatrixRun, NextStep, Tools
from workbench.services.projects import ProjectService
from workbench.services.spending import SpendingService

_MISSING = frozenset({CellState.OPEN, CellState.STOPPED, CellState.INTERRUPTED})


@dataclasses.dataclass(frozen=True, slots=True)
class StartedMatrix:
    """A matrix that is kept and being asked."""

    matrix_id: int
    job: Job[None]


class MatrixService:
    """Plans matrices and asks them; what is slow must not run on the window's thread.

    `plan`, `start`, `missing` and `resume` render every cell: some seconds for
    thousands of long prompts.
    """

    def __init__(
        self,
        projects: ProjectService,
        generator: TextGenerator,
        jobs: JobService,
        events: EventBus,
        spending: SpendingService,
        next_step: NextStep = next_step,
    ) -> None:
        """Keep what is needed, and stop at once when the project is closed."""
        self._projects = projects
        self._jobs = jobs
        self._events = events
        self._spending = spending
        self._tools = Tools(generator, spending, events, next_step)
        # Guards the runs between the threads that start and end them.
        self._lock = threading.Lock()
        self._runs: dict[int, MatrixRun] = {}
        projects.before_closing(self.stop_all_now)

    def plan(self, request: MatrixRequest) -> MatrixPlan:
        """Return what running it would ask, cost and take; nothing is kept.

        Raises:
            InputError: ``matrix.empty``, ``matrix.large``, ``models.count``,
                ``matrix.chain``, ``prompt.empty``.
        """
        _check(request)
        trials = self._projects.store.trials
        return plan_of(request, trials.answered, self._spending.price, trials.pace)

    def start(
        self, request: MatrixRequest, plan: MatrixPlan | None = None
    ) -> StartedMatrix:
        """Keep the plan and ask what is new; told as `MatrixMoved`.

        Args:
            request: what is wanted.
            plan: what `plan` gave for it; None plans anew.

        Raises:
            InputError: as `plan`, ``shot.test`` when an example in a prompt is a test
                record.
        """
        store = self._projects.store
        plan = plan or self.plan(request)
        matrix_id = store.matrices.add(_new_matrix(store, request, plan))
        self._events.changed(ChangeSet.of(Kind.MATRIX, matrix_id))
        todo = todo_of(
            (Ask(planned.cell), planned.same_as)
            for planned in plan.cells
            if planned.answered_by is None
        )
        return self._run(store, store.matrices.get(matrix_id), todo)

    def missing(self, matrix_id: int, *, failed: bool = True) -> MatrixPlan:
        """Return what `resume` would ask, cost and take: only the missing cells.

        Cells whose call was under way when the program ended may be on the bill
        already; they stand in the matrix as ``INTERRUPTED``.
        """
        store = self._projects.store
        matrix = store.matrices.get(matrix_id)
        calls = Calls(store, matrix)
        paces = {model.key: store.trials.pace(model) for model in matrix.models}
        planned: list[PlannedCell] = []
        for view, by, same_as in self._still_missing(store, matrix, calls, failed):
            request = calls.request(view.cell)
            price = self._spending.price(request.model)
            tokens = paces[request.model.key].output_tokens
            planned.append(
                PlannedCell(
                    view.cell,
                    calls.hash_of(view.cell),
                    by,
                    same_as,
                    worst_of(request, price),
                    likely_of(request, price, tokens),
                )
            )
        return summed(tuple(planned), matrix.models, paces)

    def resume(self, matrix_id: int, *, failed: bool = True) -> StartedMatrix:
        """Ask what is missing, and nothing else.

        Args:
            matrix_id: the matrix.
            failed: also what failed, not only what was never answered for.

        Raises:
            InputError: ``matrix.running`` while it is being asked.
        """
        store = self._projects.store
        self._refuse_running(matrix_id)
        matrix = store.matrices.get(matrix_id)
        calls = Calls(store, matrix)
        asks: list[tuple[Ask, int | None]] = []
        links: dict[int, int] = {}
        for view, by, same_as in self._still_missing(store, matrix, calls, failed):
            if by is not None:
                links[view.cell.position] = by
            else:
                parent = view.trial_id or None
                asks.append((Ask(view.cell, parent_id=parent), same_as))
        store.matrices.link(matrix_id, links)
        self._events.changed(store.matrices.set_state(matrix_id, JobState.RUNNING))
        return self._run(store, matrix, todo_of(asks))

    def stop(self, matrix_id: int, *, now: bool = False) -> None:
        """Begin no further call; what is in flight is finished.

        Args:
            matrix_id: the matrix; nothing happens when it is not being asked.
            now: cut off what is in flight too; text that arrived is kept.
        """
        with self._lock:
            run = self._runs.get(matrix_id)
        if run is not None:
            run.stop(now=now)

    def stop_all_now(self) -> None:
        """Cut off every matrix; what arrived is kept."""
        with self._lock:
            runs = list(self._runs.values())
        for run in runs:
            run.stop(now=True)

    def is_running(self, matrix_id: int) -> bool:
        """Tell whether calls of a matrix are being made or will be."""
        with self._lock:
            return matrix_id in self._runs

    def matrices(self) -> Sequence[Matrix]:
        """Return all matrices, newest first."""
        return self._projects.store.matrices.matrices()

    def matrix(self, matrix_id: int) -> Matrix:
        """Return one matrix; InputError ``matrix.missing`` when there is none."""
        return self._projects.store.matrices.get(matrix_id)

    def cells(self, matrix_id: int) -> Sequence[CellView]:
        """Return all cells of a matrix in order, as they stand."""
        return self._projects.store.matrices.cells(matrix_id)

    def _run(self, store: ProjectStore, matrix: Matrix, todo: Todo) -> StartedMatrix:
        run = MatrixRun(self._tools, store, matrix, todo)
        with self._lock:
            if matrix.id in self._runs:
                raise _running(matrix.id)
            self._runs[matrix.id] = run

        def work(context: JobContext) -> None:
            try:
                run.run(context)
            finally:
                with self._lock:
                    self._runs.pop(matrix.id, None)

        title = matrix.name or f"{len(todo.asks)}"
        job = self._jobs.submit(JobKind.ANSWER, title, work, subject=matrix.ulid)
        return StartedMatrix(matrix.id, job)

    def _refuse_running(self, matrix_id: int) -> None:
        if self.is_running(matrix_id):
            raise _running(matrix_id)

    def _still_missing(
        self, store: ProjectStore, matrix: Matrix, calls: Calls, failed: bool
    ) -> Iterable[tuple[CellView, int | None, int | None]]:
        """Give missing cells, each with the trial or the cell that answers it."""
        views = [
            view
            for view in store.matrices.cells(matrix.id)
            if view.state in _MISSING or (failed and view.state is CellState.FAILED)
        ]
        same = [
            view
            for view in views
            if not matrix.ask_again and is_repeatable(calls.spec(view.cell).parameters)
        ]
        found = store.trials.answered([calls.hash_of(view.cell) for view in same])
        repeatable = {view.cell.position for view in same}
        first: dict[str, int] = {}
        for view in views:
            position, identity = view.cell.position, calls.hash_of(view.cell)
            by = found.get(identity) if position in repeatable else None
            leader = None
            if position in repeatable and by is None:
                leader = first.setdefault(identity, position)
            yield view, by, None if leader == position else leader


def _new_matrix(
    store: ProjectStore, request: MatrixRequest, plan: MatrixPlan
) -> NewMatrix:
    """Make the versions that are sent; a draft becomes one when it is run."""
    chosen = tuple(store.prompts.ensure_version(spec).id for spec in request.specs)
    sent: dict[tuple[int, int], int] = {}
    cells: list[NewCell] = []
    for planned in plan.cells:
        key = (planned.cell.version, planned.cell.input)
        if key not in sent:
            spec = request.specs[key[0]]
            reduced = sent_spec(spec, request.inputs[key[1]])
            is_same = reduced == spec
            sent[key] = (
                chosen[key[0]] if is_same else store.prompts.ensure_version(reduced).id
            )
        cells.append(NewCell(planned, sent[key]))
    return NewMatrix(
        name=request.name,
        repeats=request.repeats,
        ask_again=request.ask_again,
        cap=request.cap,
        version_ids=chosen,
        inputs=request.inputs,
        models=request.models,
        cells=tuple(cells),
    )


def _check(request: MatrixRequest) -> None:
    if not 1 <= len(request.models) <= MOST_MODELS:
        raise InputError(
            "models.count",
            f"Between 1 and {MOST_MODELS} models answer at once.",
            {"most": MOST_MODELS},
        )
    if request.size < 1:
        raise InputError("matrix.empty", "There is nothing to ask yet.")
    if request.size > MOST_CELLS:
        raise InputError(
            "matrix.large",
            f"A matrix has {MOST_CELLS} calls at most.",
            {"most": MOST_CELLS, "size": request.size},
        )
    for spec in request.specs:
        _check_spec(spec, request)


def _check_spec(spec: PromptSpec, request: MatrixRequest) -> None:
    if spec.chain:
        raise InputError("matrix.chain", "A chain cannot be run in a matrix.")
    for item in request.inputs:
        if not _last(request_of(spec, item, request.models[0])).strip():
            raise InputError("prompt.empty", "There is no message to send yet.")


def _last(request: GenerationRequest) -> str:
    return request.messages[-1].text


def _running(matrix_id: int) -> InputError:
    return InputError(
        "matrix.running", "This matrix is being asked.", {"matrix": matrix_id}
    )
