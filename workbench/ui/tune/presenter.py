"""What the tune page shows, without widgets.

Two things side by side: the *plan*, a run that is being put together and checked, and
the run that is looked at. A plan that was checked is a recorded run that waits; when a
choice is changed afterwards that run is put away and the check is asked for again.
"""

import dataclasses
from typing import Any

from PySide6.QtCore import QObject, Signal

from workbench.domain.changes import ChangeSet, Kind
from workbench.domain.datasets import Dataset
from workbench.domain.errors import WorkbenchError
from workbench.domain.jobs import JobKind, JobSnapshot, JobState
from workbench.domain.models import ModelRef
from workbench.domain.tuning import Goal, Preparation, Progress, Run, TrainingSettings
from workbench.services.jobs import Job
from workbench.ui.shell.context import Context
from workbench.ui.tune.overview import Overview, RunDetails, read_overview, read_run


@dataclasses.dataclass(frozen=True, slots=True)
class Plan:
    """The run that is being put together.

    Attributes:
        settings: None takes the goal's.
        run_id: the recorded run once it is being checked.
        preparation: what the check found.
        problem: why the check failed.
    """

    dataset: Dataset | None = None
    base: ModelRef | None = None
    goal: Goal = Goal.BALANCED
    settings: TrainingSettings | None = None
    name: str = ""
    is_checking: bool = False
    run_id: int | None = None
    preparation: Preparation | None = None
    problem: WorkbenchError | None = None

    @property
    def can_check(self) -> bool:
        """Whether everything is chosen and there is something to learn."""
        rows = self.dataset.counts.train if self.dataset else 0
        return self.base is not None and rows > 0 and not self.is_checking


class TunePresenter(QObject):
    """State of the tune page."""

    overview_changed = Signal()
    plan_changed = Signal()
    run_changed = Signal()
    progress_changed = Signal()

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._services = context.services
        self._tune = context.services.tune
        self.overview: Overview | None = None
        self.plan = Plan()
        self.details: RunDetails | None = None
        self._selected: int | None = None
        self._check_job = ""
        self._preferred: int | None = None
        context.bridge.run_progressed.connect(self._on_run_progressed)
        context.bridge.job_changed.connect(self._on_job_changed)

    # ------------------------------------------------------------ reading

    def refresh(self, changes: ChangeSet | None) -> None:
        """Read again what these changes touch."""
        wanted = (Kind.RUN, Kind.DATASET, Kind.EXAMPLE, Kind.ADAPTER)
        if changes is not None and not changes.touches(*wanted):
            return
        self._read_overview()
        if self._selected is not None and _touches_run(changes, self._selected):
            self._read_run()

    def _read_overview(self) -> None:
        self._context.bridge.call(read_overview, self._services, done=self._on_overview)

    @property
    def runs(self) -> tuple[Run, ...]:
        """The runs that stand in the list, newest first, without the plan."""
        runs = self.overview.runs if self.overview else ()
        return tuple(run for run in runs if run.id != self.plan.run_id)

    @property
    def selected(self) -> int | None:
        """Id of the run that is looked at; None shows the plan."""
        return self._selected

    def select(self, run_id: int | None) -> None:
        """Look at a run, or at the plan."""
        if run_id == self._selected:
            return
        self._selected = run_id
        self.details = None
        self.run_changed.emit()
        if run_id is not None:
            self._read_run()

    def goal_settings(self) -> TrainingSettings | None:
        """Return the settings of the plan's goal, None before all is chosen."""
        plan = self.plan
        if plan.dataset is None or plan.base is None:
            return None
        return self._tune.settings(plan.goal, plan.dataset.counts.train, plan.base)

    # ------------------------------------------------------------ the plan

    def choose_dataset(self, dataset: Dataset) -> None:
        """Learn from this dataset."""
        self._change_plan(dataset=dataset, settings=None)

    def prefer_dataset(self, dataset_id: int) -> None:
        """Learn from this dataset as soon as it is known."""
        self._preferred = dataset_id
        if self.overview is not None:
            self._keep_choices(self.overview)

    def choose_base(self, base: ModelRef) -> None:
        """Tune this model."""
        self._change_plan(base=base, settings=None)

    def choose_goal(self, goal: Goal) -> None:
        """Take a preset; settings changed by hand are given up."""
        self._change_plan(goal=goal, settings=None)

    def choose_settings(self, settings: TrainingSettings | None) -> None:
        """Take settings changed by hand, or None for the goal's."""
        if settings == self.goal_settings():
            settings = None
        self._change_plan(settings=settings)

    def choose_name(self, name: str) -> None:
        """Name the run; it does not change what is learned."""
        self._change_plan(name=name)

    def stop_check(self) -> None:
        """End the check that is going on."""
        self._context.bridge.call(self._services.jobs.cancel, self._check_job)

    def check(self) -> None:
        """Have the worker read every row; nothing is trained yet."""
        plan = self.plan
        if not plan.can_check or plan.dataset is None or plan.base is None:
            return
        self._put_plan(dataclasses.replace(plan, is_checking=True, problem=None))
        self._context.bridge.call(
            self._tune.prepare,
            plan.dataset.id,
            plan.base,
            plan.goal,
            plan.name,
            plan.settings,
            done=self._on_check_started,
            failed=self._on_check_failed,
        )

    def start_plan(self) -> None:
        """Start the run that was checked, and look at it."""
        run_id = self.plan.run_id
        if run_id is None or self.plan.preparation is None:
            return
        self._put_plan(_unchecked(self.plan, name=""))
        self.start(run_id)

    # ------------------------------------------------------------ runs

    def start(self, run_id: int) -> None:
        """Start a run that was checked."""
        self.select(run_id)
        self._context.bridge.call(self._tune.start, run_id, done=self._on_started)

    def stop(self, *, save: bool) -> None:
        """Ask the run that is looked at to end."""
        if self._selected is not None:
            self._context.bridge.call(self._stop, self._selected, save)

    def close_lost(self) -> None:
        """Give up a run whose worker is gone."""
        if self._selected is not None:
            self._context.bridge.call(self._tune.close_lost, self._selected)

    def discard(self) -> None:
        """Put away a run that was checked but not started."""
        if self._selected is not None:
            self._context.bridge.call(self._tune.discard, self._selected)
            self.select(None)

    # ------------------------------------------------------------ answers

    def _stop(self, run_id: int, save: bool) -> None:
        self._tune.stop(run_id, save=save)

    def _change_plan(self, **values: Any) -> None:
        changed = dataclasses.replace(self.plan, **values)
        if changed == self.plan or self.plan.is_checking:
            return
        if changed.run_id is not None:
            self._context.bridge.call(self._tune.discard, changed.run_id)
        self._put_plan(_unchecked(changed))

    def _put_plan(self, plan: Plan) -> None:
        self.plan = plan
        self.plan_changed.emit()

    def _on_overview(self, overview: Overview) -> None:
        before = self.overview
        self.overview = overview
        self._keep_choices(overview)
        if before is None and self._selected is None:
            active = (run for run in overview.runs if run.state.is_active)
            running = next((r for r in active if r.state is not JobState.QUEUED), None)
            if running is not None:
                self.select(running.id)
        self.overview_changed.emit()

    def _keep_choices(self, overview: Overview) -> None:
        """Keep what is chosen as long as it is there; otherwise choose what fits."""
        plan = self.plan
        by_id = {dataset.id: dataset for dataset in overview.datasets}
        wanted = self._preferred or (plan.dataset.id if plan.dataset else None)
        self._preferred = None
        dataset = by_id.get(wanted) if wanted is not None else None
        if dataset is None and overview.datasets:
            dataset = max(overview.datasets, key=_training_rows)
        base = plan.base if plan.base in overview.models else None
        if base is None and overview.models:
            base = overview.models[0]
        if (dataset, base) != (plan.dataset, plan.base):
            self._change_plan(dataset=dataset, base=base)

    def _read_run(self) -> None:
        self._context.bridge.call(
            read_run, self._services, self._selected, done=self._on_run_read
        )

    def _on_run_read(self, details: RunDetails) -> None:
        if details.run.id != self._selected:
            return
        self.details = details
        self.run_changed.emit()

    def _on_run_progressed(
        self, run_id: int, state: JobState, progress: Progress
    ) -> None:
        if self.details is None or self.details.run.id != run_id:
            return
        changed = state is not self.details.run.state
        run = dataclasses.replace(self.details.run, state=state)
        self.details = dataclasses.replace(self.details, run=run, progress=progress)
        if changed:
            self.run_changed.emit()
        else:
            self.progress_changed.emit()

    def _on_check_started(self, job: Job[int]) -> None:
        self._check_job = job.ulid
        self._context.bridge.follow(
            job, done=self._on_checked, failed=self._on_check_failed
        )

    def _on_job_changed(self, job: JobSnapshot) -> None:
        if job.kind is JobKind.PREPARE and not job.state.is_active:
            # A run of the list may have been checked: its record does not change then.
            self._read_overview()
        # A job that was stopped tells its followers nothing.
        if job.ulid == self._check_job and job.state is JobState.CANCELLED:
            self._put_plan(_unchecked(self.plan))

    def _on_checked(self, run_id: int) -> None:
        self._put_plan(dataclasses.replace(self.plan, run_id=run_id))
        self._context.bridge.call(
            self._tune.preparation, run_id, done=self._on_preparation
        )

    def _on_preparation(self, preparation: Preparation | None) -> None:
        self._put_plan(
            dataclasses.replace(self.plan, is_checking=False, preparation=preparation)
        )
        self.overview_changed.emit()

    def _on_check_failed(self, error: WorkbenchError) -> None:
        self._put_plan(_unchecked(self.plan, problem=error))

    def _on_started(self, job: Job[None]) -> None:
        self._context.bridge.follow(job, failed=self._on_run_failed)

    def _on_run_failed(self, error: WorkbenchError) -> None:
        # The run's own view says what happened, with its log.
        del error
        if self._selected is not None:
            self._read_run()


def _unchecked(plan: Plan, **values: Any) -> Plan:
    bare = dataclasses.replace(
        plan, is_checking=False, run_id=None, preparation=None, problem=None
    )
    return dataclasses.replace(bare, **values)


def _training_rows(dataset: Dataset) -> int:
    return dataset.counts.train


def _touches_run(changes: ChangeSet | None, run_id: int) -> bool:
    if changes is None:
        return True
    ids = changes.ids_of(Kind.RUN)
    return changes.touches(Kind.RUN) and (not ids or run_id in ids)
