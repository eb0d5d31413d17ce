import dataclasses
import errno
import json
import threading
from pathlib import Path

import pytest

from tests.fakes import Bench, FakeHandle, records
from tests.unit.services.conftest import CARD, SPEC, Recorder
from workbench.domain.datasets import Split
from workbench.domain.errors import CancelledError, EnvironmentFault, InputError
from workbench.domain.jobs import JobState
from workbench.domain.models import BUILTIN_MODEL
from workbench.domain.prompts import Shot
from workbench.domain.tuning import Artefact, Goal, Progress, preset
from workbench.services.events import JobChanged, RunProgressed
from workbench.services.jobs import Job


def filled(bench: Bench, count: int = 20) -> int:
    """Return a dataset that is split, with a prompt to train for."""
    data = bench.services.data
    dataset_id = data.ensure_dataset("Tickets")
    for variables, answer in records(count):
        data.add_example(dataset_id, variables, answer)
    test = count // 2
    data.split(
        dataset_id,
        {Split.TRAIN: count - test - 2, Split.VALIDATION: 2, Split.TEST: test},
    )
    bench.services.lab.save_draft(SPEC, {"ticket": ""})
    return dataset_id


def started(bench: Bench) -> tuple[int, FakeHandle, Job[None]]:
    """Return a run at work."""
    tune = bench.services.tune
    run_id = tune.prepare(filled(bench), BUILTIN_MODEL).future.result(5)
    job = tune.start(run_id)
    return run_id, bench.launcher.handles[tune.run(run_id).ulid], job


def test_the_rows_to_train_hold_no_test_record_and_no_examples(bench: Bench) -> None:
    dataset_id = filled(bench)
    shots = (Shot((("ticket", "typed"),), "ACC | low | 1"),)
    draft = bench.services.lab.draft()
    bench.services.lab.save_draft(
        type(draft.spec)(SPEC.system, SPEC.template, shots), draft.variables
    )
    run_id = bench.services.tune.prepare(dataset_id, BUILTIN_MODEL).future.result(5)
    run = bench.services.tune.run(run_id)
    files = bench.services.projects.store.meta.files
    text = (files / run.directory / "data.jsonl").read_text(encoding="utf-8")
    rows = [json.loads(line) for line in text.splitlines()]
    assert [row["split"] for row in rows].count("train") == 8
    assert {row["split"] for row in rows} == {"train", "validation"}
    tests = {
        example.variables[0][1]
        for example in bench.services.data.all_examples(dataset_id)
        if example.split is Split.TEST
    }
    assert not any(
        text in turn["content"]
        for row in rows
        for turn in row["prompt"]
        for text in tests
    )
    assert all(len(row["prompt"]) == 2 for row in rows)


def test_a_run_is_prepared_started_and_registered(
    bench: Bench, heard: Recorder
) -> None:
    run_id, handle, job = started(bench)
    handle.step(1, 2.0)
    handle.step(2, 1.5)
    handle.finish()
    job.future.result(5)
    run = bench.services.tune.run(run_id)
    assert (run.state, run.artefact) == (JobState.SUCCEEDED, Artefact.ADAPTER)
    adapter = bench.services.tune.adapters()[0]
    folder = bench.services.tune.adapter_folder(adapter.ulid)
    assert (folder / "adapter_model.safetensors").exists()
    assert heard.of(RunProgressed)[-1].state is JobState.SUCCEEDED
    labels = [model.label for model in bench.services.models.choices()]
    assert labels == ["Built-in toy", f"Built-in toy + {run.name}"]


def test_a_stopped_run_is_cancelled_never_failed(bench: Bench) -> None:
    run_id, handle, job = started(bench)
    bench.services.tune.stop(run_id, save=False)
    with pytest.raises(Exception, match="Stopped"):
        job.future.result(5)
    assert handle.asked == ["stop_now"]
    assert bench.services.tune.run(run_id).state is JobState.CANCELLED
    assert not bench.services.tune.adapters()


def test_stop_and_save_keeps_an_adapter(bench: Bench) -> None:
    run_id, _, job = started(bench)
    bench.services.tune.stop(run_id, save=True)
    job.future.exception(5)
    assert bench.services.tune.run(run_id).artefact is Artefact.ADAPTER
    assert len(bench.services.tune.adapters()) == 1


def test_stopping_the_job_stops_the_run(bench: Bench) -> None:
    _, handle, job = started(bench)
    bench.services.jobs.cancel(job.ulid)
    job.future.exception(5)
    assert handle.asked == ["stop_now"]


def test_training_goes_on_when_the_project_is_closed(bench: Bench) -> None:
    run_id, handle, job = started(bench)
    path = bench.services.projects.path()
    bench.services.projects.close()
    job.future.exception(5)
    assert handle.asked == []
    bench.services.projects.open(path)
    assert bench.services.tune.run(run_id).state is JobState.RUNNING
    bench.services.tune.attach_all()
    handle.step(9, 0.5)
    handle.finish()
    _until_final(bench, run_id)
    assert bench.services.tune.run(run_id).state is JobState.SUCCEEDED
    assert len(bench.services.tune.adapters()) == 1


def test_a_run_may_end_while_the_project_is_being_left(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_id, handle, job = started(bench)

    def leave() -> dict[str, str]:
        bench.services.tune.detach_all()
        return {}

    monkeypatch.setattr(handle, "result", leave)
    handle.finish()
    job.future.result(timeout=5)
    assert bench.services.tune.run(run_id).state is JobState.SUCCEEDED


def test_letting_go_late_is_no_wish_to_stop(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, handle, job = started(bench)
    looking, go_on = threading.Event(), threading.Event()
    poll = handle.poll

    def slow() -> tuple[JobState, Progress]:
        looking.set()
        go_on.wait(5)
        return poll()

    monkeypatch.setattr(handle, "poll", slow)
    assert looking.wait(5)
    monkeypatch.setattr(bench.services.jobs, "end_all", lambda *_: None)
    path = bench.services.projects.path()
    bench.services.projects.close()
    bench.services.projects.open(path)
    bench.services.tune.attach_all()
    go_on.set()
    assert isinstance(job.future.exception(5), CancelledError)
    assert handle.asked == []


def test_a_check_that_fails_late_touches_no_run_of_another_project(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    checking, go_on = threading.Event(), threading.Event()

    def prepare(*_: object, **__: object) -> None:
        checking.set()
        go_on.wait(5)
        raise CancelledError

    dataset_id = filled(bench)
    with monkeypatch.context() as patch:
        patch.setattr(bench.launcher, "prepare", prepare)
        late = bench.services.tune.prepare(dataset_id, BUILTIN_MODEL)
        assert checking.wait(5)
    monkeypatch.setattr(bench.services.jobs, "end_all", lambda *_: None)
    bench.services.projects.create(tmp_path / "other", "Other", CARD)
    run_id = bench.services.tune.prepare(filled(bench), BUILTIN_MODEL).future.result(5)
    go_on.set()
    assert late.future.exception(5) is not None
    assert bench.services.tune.run(run_id).state is JobState.QUEUED


def test_a_failure_says_why(bench: Bench) -> None:
    run_id, handle, job = started(bench)
    handle.failure = ("OOM", "Not enough memory. Choose a shorter limit.")
    handle.state = JobState.FAILED
    with pytest.raises(Exception, match="Not enough memory"):
        job.future.result(5)
    run = bench.services.tune.run(run_id)
    assert (run.state, run.error_code) == (JobState.FAILED, "OOM")


def test_a_worker_that_cannot_start_fails_the_run(bench: Bench) -> None:
    run_id = bench.services.tune.prepare(filled(bench), BUILTIN_MODEL).future.result(5)
    bench.launcher.failure = EnvironmentFault("worker.missing", "No torch.")
    with pytest.raises(EnvironmentFault):
        bench.services.tune.start(run_id)
    assert bench.services.tune.run(run_id).state is JobState.FAILED


def full_disk(*_: object, **__: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_rows_that_cannot_be_written_fail_the_run(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    dataset_id = filled(bench)
    monkeypatch.setattr("workbench.services.tune._write_rows", full_disk)
    error = bench.services.tune.prepare(dataset_id, BUILTIN_MODEL).future.exception(5)
    assert isinstance(error, EnvironmentFault)
    run = bench.services.tune.runs()[0]
    assert (run.state, run.error_code) == (JobState.FAILED, "disk.full")


def test_a_worker_whose_files_cannot_be_written_fails_the_run(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_id = bench.services.tune.prepare(filled(bench), BUILTIN_MODEL).future.result(5)

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(bench.launcher, "start", refuse)
    with pytest.raises(EnvironmentFault):
        bench.services.tune.start(run_id)
    run = bench.services.tune.run(run_id)
    assert (run.state, run.error_code) == (JobState.FAILED, "file.unwritable")


def test_an_adapter_that_cannot_be_kept_fails_the_run(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_id, handle, job = started(bench)
    monkeypatch.setattr("workbench.services.tune.shutil.copytree", full_disk)
    handle.finish()
    assert isinstance(job.future.exception(5), EnvironmentFault)
    run = bench.services.tune.run(run_id)
    assert (run.state, run.error_code) == (JobState.FAILED, "disk.full")
    assert not bench.services.tune.active_runs()
    assert not bench.services.tune.adapters()


def test_a_wish_to_stop_that_cannot_be_written_is_taken_back(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_id, handle, job = started(bench)
    with monkeypatch.context() as patch:
        patch.setattr(handle, "stop", full_disk)
        with pytest.raises(EnvironmentFault):
            bench.services.tune.stop(run_id, save=True)
    assert bench.services.tune.run(run_id).state is JobState.RUNNING
    bench.services.tune.stop(run_id, save=True)
    job.future.exception(5)
    assert bench.services.tune.run(run_id).artefact is Artefact.ADAPTER


def test_the_job_tells_the_time_left_that_the_worker_expects(
    bench: Bench, heard: Recorder
) -> None:
    _, handle, job = started(bench)
    handle.seen = dataclasses.replace(handle.seen, step=5, seconds_left=85.0)
    handle.finish()
    job.future.result(5)
    times = [event.job.seconds_left for event in heard.of(JobChanged)]
    assert 85.0 in times


def test_an_adapter_in_a_model_folder_can_be_chosen(
    bench: Bench, tmp_path: Path
) -> None:
    folder = tmp_path / "own"
    (folder / "lora").mkdir(parents=True)
    (folder / "config.json").touch()
    bench.services.models.add_folder(folder)
    tuned = bench.services.models.choices()[-1]
    assert (tuned.path, tuned.label) == (str(folder), "own + lora")
    assert bench.services.tune.adapter_folder(tuned.adapter_ulid) == folder / "lora"


def test_a_dataset_without_a_training_part_is_refused(bench: Bench) -> None:
    dataset_id = bench.services.data.ensure_dataset("Empty")
    with pytest.raises(InputError, match="Split"):
        bench.services.tune.prepare(dataset_id, BUILTIN_MODEL)


def test_a_run_is_started_once(bench: Bench) -> None:
    run_id, handle, job = started(bench)
    with pytest.raises(InputError, match="already"):
        bench.services.tune.start(run_id)
    handle.finish()
    job.future.result(5)


@pytest.mark.parametrize("goal", list(Goal))
@pytest.mark.parametrize("rows", [10, 400, 1000, 30_000])
def test_presets_are_sensible_at_every_size(goal: Goal, rows: int) -> None:
    settings = preset(goal, rows, toy=False)
    assert settings.rank in {16, 32, 64}
    assert 1 <= settings.epochs <= 3
    assert settings.learning_rate <= 2e-4


def _until_final(bench: Bench, run_id: int) -> None:
    while not bench.services.tune.run(run_id).state.is_final:
        for thread in _job_threads():
            thread.join(0.05)


def _job_threads() -> list[threading.Thread]:
    return [t for t in threading.enumerate() if t.name.startswith("job-")]
