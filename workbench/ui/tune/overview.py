"""What the tune page reads in one go; runs on the database lane."""

import dataclasses

from workbench.domain.datasets import Dataset
from workbench.domain.errors import WorkbenchError
from workbench.domain.jobs import JobState
from workbench.domain.models import ModelRef
from workbench.domain.tuning import (
    Artefact,
    Goal,
    Preparation,
    Progress,
    Run,
    TrainingSettings,
)
from workbench.services.application import Services


@dataclasses.dataclass(frozen=True, slots=True)
class Overview:
    """Everything that can be chosen, and the runs there are.

    Attributes:
        checking: ids of runs whose records are still being checked.
        problem: why no training is possible on this computer, or None.
    """

    datasets: tuple[Dataset, ...] = ()
    models: tuple[ModelRef, ...] = ()
    runs: tuple[Run, ...] = ()
    checking: frozenset[int] = frozenset()
    problem: WorkbenchError | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class RunDetails:
    """One run with everything its view shows.

    Attributes:
        dataset: name and snapshot number of what it learns from.
        goal: the preset nearest to its settings.
        preset: that preset's settings.
        preparation: what its check found, None when it was not checked.
        log: end of the worker's log, empty before it was started.
    """

    run: Run
    progress: Progress
    dataset: str
    goal: Goal
    preset: TrainingSettings
    preparation: Preparation | None
    log: str


def read_overview(services: Services) -> Overview:
    """Read datasets, models and runs."""
    models = services.models.choices()
    runs = tuple(run for run in services.tune.runs() if _is_shown(services, run))
    return Overview(
        datasets=tuple(services.data.datasets()),
        models=tuple(model for model in models if not model.adapter_ulid),
        runs=runs,
        checking=frozenset(run.id for run in runs if _is_checking(services, run)),
        problem=services.models.worker_problem(),
    )


def read_run(services: Services, run_id: int) -> RunDetails:
    """Read one run."""
    tune = services.tune
    run = tune.run(run_id)
    snapshots = {snapshot.id: snapshot for snapshot in services.data.snapshots()}
    snapshot = snapshots.get(run.snapshot_id)
    rows = snapshot.counts.train if snapshot else 0
    presets = {goal: tune.settings(goal, rows, run.base) for goal in Goal}
    goal = min(Goal, key=lambda goal: len(differing(run.settings, presets[goal])))
    return RunDetails(
        run=run,
        progress=tune.progress(run_id),
        dataset=f"{snapshot.dataset_name} {snapshot.number}" if snapshot else "",
        goal=goal,
        preset=presets[goal],
        preparation=tune.preparation(run_id),
        log="" if run.state is JobState.QUEUED else tune.log_tail(run_id),
    )


def differing(settings: TrainingSettings, preset: TrainingSettings) -> list[str]:
    """Return the names of the settings that are not the preset's."""
    names = [field.name for field in dataclasses.fields(TrainingSettings)]
    return [name for name in names if getattr(settings, name) != getattr(preset, name)]


def _is_shown(services: Services, run: Run) -> bool:
    """Leave out what was checked and put away without ever being started."""
    if run.state is not JobState.CANCELLED or run.artefact is not Artefact.NONE:
        return True
    return bool(services.tune.progress(run.id).phase)


def _is_checking(services: Services, run: Run) -> bool:
    queued = run.state is JobState.QUEUED
    return queued and services.tune.preparation(run.id) is None
