"""What the compare page reads in one go: comparisons, and adapters to compare."""

import dataclasses

from workbench.domain.comparisons import CandidateRole, Comparison
from workbench.domain.tuning import Adapter
from workbench.services.application import Services
from workbench.services.compare_result import CompareResult


@dataclasses.dataclass(frozen=True, slots=True)
class Source:
    """An adapter that can be compared with its base.

    Attributes:
        test_records: records its run never saw.
        dataset: name of the dataset with the snapshot's number.
    """

    adapter: Adapter
    test_records: int
    dataset: str


@dataclasses.dataclass(frozen=True, slots=True)
class Overview:
    """Everything that can be chosen; newest first."""

    comparisons: tuple[Comparison, ...] = ()
    sources: tuple[Source, ...] = ()


def read_overview(services: Services) -> Overview:
    """Read it from the open project; runs on the database lane."""
    snapshots = {snapshot.id: snapshot for snapshot in services.data.snapshots()}
    runs = {run.ulid: run for run in services.tune.runs()}
    sources = []
    for adapter in services.tune.adapters():
        run = runs.get(adapter.run_ulid)
        snapshot = snapshots.get(run.snapshot_id) if run else None
        if snapshot is not None:
            dataset = f"{snapshot.dataset_name} {snapshot.number}"
            sources.append(Source(adapter, snapshot.counts.test, dataset))
    return Overview(tuple(services.compare.comparisons()), tuple(sources))


@dataclasses.dataclass(frozen=True, slots=True)
class Reading:
    """A result, and how many examples stood in the prompt of the second candidate."""

    result: CompareResult
    shots: int


def read_result(services: Services, comparison_id: int) -> Reading:
    """Compute a result; runs on the database lane."""
    result = services.compare.result(comparison_id)
    shots = [
        len(services.lab.spec_of(candidate.prompt_version_id).active_shots)
        for candidate in result.comparison.candidates
        if candidate.role is CandidateRole.FEW_SHOT
    ]
    return Reading(result, sum(shots))
