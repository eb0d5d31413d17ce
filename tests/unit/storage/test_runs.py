"""Runs, adapters and jobs."""

import dataclasses

import pytest

from tests.unit.storage.samples import add_examples, add_run
from workbench.domain.changes import Kind
from workbench.domain.errors import InputError
from workbench.domain.jobs import JobKind, JobSnapshot, JobState
from workbench.domain.models import BUILTIN_MODEL
from workbench.domain.ports import ProjectFiles, ProjectStore
from workbench.domain.tuning import Artefact, TrainingSettings


@pytest.fixture
def run_id(project: ProjectStore) -> int:
    dataset_id, _ = add_examples(project, 2)
    return add_run(project, project.datasets.take_snapshot(dataset_id).id)


def test_a_run_starts_queued(project: ProjectStore, run_id: int) -> None:
    run = project.runs.get(run_id)
    assert (run.state, run.artefact, run.ended) == (JobState.QUEUED, Artefact.NONE, "")
    assert (run.ulid, run.directory, run.adapter_ulid) == ("RUN", "runs/RUN", "")
    assert (run.base, run.settings) == (BUILTIN_MODEL, TrainingSettings(epochs=5))
    assert run.result == ()


def test_a_final_state_is_never_left(project: ProjectStore, run_id: int) -> None:
    project.runs.set_state(run_id, JobState.LOST)
    assert project.runs.get(run_id).ended == ""
    changes = project.runs.set_state(
        run_id,
        JobState.SUCCEEDED,
        artefact=Artefact.ADAPTER,
        result={"loss": "0.5", "手順": "300"},
    )
    assert changes.ids_of(Kind.RUN) == {run_id}
    done = project.runs.get(run_id)
    assert (done.state, done.artefact) == (JobState.SUCCEEDED, Artefact.ADAPTER)
    assert (done.result, bool(done.ended)) == ((("loss", "0.5"), ("手順", "300")), True)
    assert project.runs.set_state(run_id, JobState.FAILED, error_code="x").ids == ()
    assert project.runs.get(run_id) == done


def test_a_failure_has_a_reason(project: ProjectStore, run_id: int) -> None:
    project.runs.set_state(run_id, JobState.FAILED, error_code="OOM", error_text="…")
    run = project.runs.get(run_id)
    assert (run.error_code, run.error_text) == ("OOM", "…")


def test_runs_newest_first(project: ProjectStore, run_id: int) -> None:
    second = add_run(project, project.runs.get(run_id).snapshot_id, "SECOND")
    assert [run.id for run in project.runs.runs()] == [second, run_id]


def test_missing(project: ProjectStore) -> None:
    for call in (
        lambda: project.runs.get(5),
        lambda: project.runs.set_state(5, JobState.FAILED),
        lambda: project.runs.adapter("none"),
    ):
        with pytest.raises(InputError, match=r"no such|no run") as caught:
            call()
        assert caught.value.code.endswith(".missing")


def test_one_adapter_a_run(project: ProjectStore, run_id: int) -> None:
    fields = {"run_id": run_id, "base": BUILTIN_MODEL}
    first = project.runs.add_adapter(name="A", path="p", sha256="s", **fields)  # type: ignore[arg-type]
    again = project.runs.add_adapter(name="B", path="q", sha256="t", **fields)  # type: ignore[arg-type]
    assert again == first
    assert (first.name, first.run_ulid, first.base) == ("A", "RUN", BUILTIN_MODEL)
    assert project.runs.adapters() == [first]
    assert project.runs.adapter(first.ulid) == first
    assert project.runs.get(run_id).adapter_ulid == first.ulid


def test_jobs_that_had_not_ended(project: ProjectStore, files: ProjectFiles) -> None:
    jobs = [
        JobSnapshot(state.value, JobKind.TRAIN, "訓練", state, "RUN", 1, 9, 2.5)
        for state in JobState
    ]
    for job in jobs:
        project.jobs.save(job)
    project.jobs.save(dataclasses.replace(jobs[0], done=5))
    project.jobs.save(dataclasses.replace(jobs[1], state=JobState.CANCELLED))
    project.close()
    reopened = files.open(project.meta.path)
    unfinished = reopened.jobs.unfinished()
    assert [(job.ulid, job.done) for job in unfinished] == [
        ("queued", 5),
        ("cancelling", 1),
        ("lost", 1),
    ]
    assert unfinished[1] == jobs[2]
    reopened.close()
