import threading
from collections.abc import Iterator

import pytest

from tests.unit.services.conftest import Recorder
from workbench.domain.errors import CancelledError, RemoteError
from workbench.domain.jobs import JobKind, JobState
from workbench.services.events import EventBus, JobChanged
from workbench.services.jobs import JobContext, JobService


@pytest.fixture
def heard() -> Recorder:
    return Recorder()


@pytest.fixture
def jobs(heard: Recorder) -> Iterator[JobService]:
    events = EventBus()
    events.subscribe(heard)
    service = JobService(events)
    yield service
    service.close()


def _states(heard: Recorder) -> list[JobState]:
    states = [event.job.state for event in heard.of(JobChanged)]
    return [s for i, s in enumerate(states) if i == 0 or states[i - 1] is not s]


def test_success_tells_progress_and_the_end(jobs: JobService, heard: Recorder) -> None:
    def work(context: JobContext) -> str:
        context.progress(1, 2)
        context.progress(2, 2)
        return "done"

    assert jobs.submit(JobKind.OTHER, "t", work).future.result(5) == "done"
    assert _states(heard) == [JobState.RUNNING, JobState.SUCCEEDED]
    assert heard.of(JobChanged)[-1].job.done == 2
    assert not jobs.active()


def test_cancelled_is_never_failed(jobs: JobService, heard: Recorder) -> None:
    def work(context: JobContext) -> None:
        context.stop.wait(5)
        context.stop.check()

    job = jobs.submit(JobKind.OTHER, "t", work)
    jobs.cancel(job.ulid)
    with pytest.raises(CancelledError):
        job.future.result(5)
    states = [JobState.RUNNING, JobState.CANCELLING, JobState.CANCELLED]
    assert _states(heard) == states


def test_a_wish_to_stop_in_the_last_moment_revives_nothing(
    jobs: JobService, heard: Recorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    release = threading.Event()
    job = jobs.submit(JobKind.OTHER, "t", lambda context: release.wait(5))
    update = jobs._update

    def late(running: object, **values: object) -> None:
        if values.get("state") is JobState.CANCELLING:
            release.set()
            job.future.result(5)
        update(running, **values)  # type: ignore[arg-type]

    monkeypatch.setattr(jobs, "_update", late)
    jobs.cancel(job.ulid)
    assert _states(heard) == [JobState.RUNNING, JobState.SUCCEEDED]


def test_work_that_finished_first_has_succeeded(
    jobs: JobService, heard: Recorder
) -> None:
    job = jobs.submit(JobKind.OTHER, "t", lambda context: context.stop.wait(5))
    jobs.cancel(job.ulid)
    assert job.future.result(5) is True
    assert _states(heard)[-1] is JobState.SUCCEEDED


def test_failures_keep_their_code(jobs: JobService, heard: Recorder) -> None:
    def work(context: JobContext) -> None:
        raise RemoteError("OOM", "Not enough memory.")

    job = jobs.submit(JobKind.OTHER, "t", work)
    assert isinstance(job.future.exception(5), RemoteError)
    last = heard.of(JobChanged)[-1].job
    assert (last.state, last.error_code) == (JobState.FAILED, "OOM")


def test_short_work_is_done_in_order_on_one_thread(jobs: JobService) -> None:
    threads: list[str] = []
    numbers: list[int] = []

    def note(number: int) -> int:
        threads.append(threading.current_thread().name)
        numbers.append(number)
        return number

    futures = [jobs.call(note, number) for number in range(50)]
    assert [future.result(5) for future in futures] == list(range(50))
    assert numbers == list(range(50))
    assert set(threads) == {"db-lane"}


def test_closing_does_not_wait_for_work_that_never_ends() -> None:
    service = JobService(EventBus())
    release = threading.Event()
    job = service.submit(JobKind.OTHER, "t", lambda context: release.wait(30))
    service.close(timeout=0.1)
    assert not job.future.done()
    release.set()
    job.future.result(5)


def test_an_observer_hears_nothing_after_leaving(heard: Recorder) -> None:
    events = EventBus()
    leave = events.subscribe(heard)
    leave()
    service = JobService(events)
    service.submit(JobKind.OTHER, "t", lambda context: None).future.result(5)
    service.close()
    assert heard.events == []
