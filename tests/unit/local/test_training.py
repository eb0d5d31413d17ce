"""Runs over a worker without torch: prepare, start, watch, stop, find again."""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.unit.local.fake_worker import write_adapter
from tests.unit.local.fakes import SCRIPT, FakeFinder, wait_until
from workbench.domain.errors import CancelledError, InputError, RemoteError
from workbench.domain.generation import StopSignal
from workbench.domain.jobs import JobState
from workbench.domain.models import ModelRef
from workbench.domain.tuning import Artefact, Preparation, TrainingSettings
from workbench.local import run_handle
from workbench.local.run_handle import RunHandle
from workbench.local.training import LocalTrainer
from workbench.storage.copies import _travels
from workbench.worker.protocol import RunConfig

ULID = "01RUNRUNRUN"


@pytest.fixture
def trainer(tmp_path: Path) -> Iterator[LocalTrainer]:
    made = LocalTrainer(FakeFinder(), tmp_path / "model")
    yield made
    for process in made._children:
        process.kill()
        process.wait()


@pytest.fixture
def run(tmp_path: Path) -> Path:
    folder = tmp_path / "走 run"
    folder.mkdir()
    (folder / "data.jsonl").write_text("{}\n", encoding="utf-8")
    return folder


def _prepare(trainer: LocalTrainer, run: Path, stop: StopSignal) -> Preparation:
    return trainer.prepare(
        run,
        run_ulid=ULID,
        base=ModelRef(),
        data=run / "data.jsonl",
        settings=TrainingSettings(),
        stop=stop,
    )


def _start(trainer: LocalTrainer, run: Path, behaviour: str) -> RunHandle:
    preparation = _prepare(trainer, run, StopSignal())
    (run / "behaviour.txt").write_text(behaviour, encoding="utf-8")
    return trainer.start(
        run,
        run_ulid=ULID,
        base=ModelRef(),
        settings=TrainingSettings(),
        preparation=preparation,
    )


def _reach(handle: RunHandle, state: JobState) -> None:
    wait_until(lambda: handle.poll()[0] is state)


def _kill(handle: RunHandle) -> None:
    assert handle._process
    handle._process.kill()
    handle._process.wait()


def test_preparing_gives_the_counts_and_the_first_rows(
    trainer: LocalTrainer, run: Path
) -> None:
    found = _prepare(trainer, run, StopSignal())
    config = json.loads((run / "prepare.json").read_text(encoding="utf-8"))

    assert (found.rows_in, found.trained, found.dropped) == (61, 60, (("too_long", 1),))
    assert found.examples[0].pieces == (("問い", False), ("答え<|end|>", True))
    assert len(found.examples) == 50
    assert len(list(trainer.rows(run))) == 60
    assert trainer.preparation(run) == found
    assert found.seconds == 125.5
    assert RunConfig.from_json(config).data.path == "data.jsonl"
    assert trainer.preparation(run / "elsewhere") is None


def test_refused_rows_raise_with_their_names(trainer: LocalTrainer, run: Path) -> None:
    (run / "behaviour.txt").write_text("refuse", encoding="utf-8")

    with pytest.raises(InputError) as caught:
        _prepare(trainer, run, StopSignal())

    assert caught.value.code == "DATA"
    assert caught.value.details["dropped_rows"] == {"too_long": ["r2"]}
    assert caught.value.details["rows"] == ["r2"]
    assert trainer.preparation(run) is None


def test_a_preparation_that_dies_is_a_crash(trainer: LocalTrainer, run: Path) -> None:
    (run / "behaviour.txt").write_text("crash", encoding="utf-8")

    with pytest.raises(RemoteError):
        _prepare(trainer, run, StopSignal())


def test_a_preparation_can_be_stopped(trainer: LocalTrainer, run: Path) -> None:
    (run / "behaviour.txt").write_text("wait", encoding="utf-8")
    stop = StopSignal()

    def ask() -> None:
        wait_until((run / "waiting").exists)
        stop.set()

    thread = threading.Thread(target=ask)
    thread.start()
    with pytest.raises(CancelledError):
        _prepare(trainer, run, stop)
    thread.join()
    assert trainer.preparation(run) is None


def test_a_run_that_succeeds(trainer: LocalTrainer, run: Path) -> None:
    handle = _start(trainer, run, "succeed")
    _reach(handle, JobState.SUCCEEDED)
    _, progress = handle.poll()
    config = json.loads((run / "config.json").read_text(encoding="utf-8"))

    assert progress.train_loss == ((1, 2.5),)
    assert progress.eval_loss == ((4, 1.5),)
    assert (progress.step, progress.seconds_left) == (4, 0.0)
    assert handle.artefact() is Artefact.ADAPTER
    assert RunConfig.from_json(config).prepared_sha256 == "ab"


def test_a_run_is_read_without_what_stays_on_its_computer(
    trainer: LocalTrainer, run: Path, tmp_path: Path
) -> None:
    found = _prepare(trainer, run, StopSignal())
    handle = _start(trainer, run, "succeed")
    _reach(handle, JobState.SUCCEEDED)
    copied = tmp_path / "mailed" / "runs" / run.name
    for path in (path for path in run.rglob("*") if path.is_file()):
        inside = path.relative_to(run)
        if _travels(("runs", run.name, *inside.parts)):
            (copied / inside).parent.mkdir(parents=True, exist_ok=True)
            (copied / inside).write_bytes(path.read_bytes())

    assert not (copied / "config.json").exists()
    opened = trainer.attach(copied, run_ulid=ULID)
    state, progress = opened.poll()
    assert state is JobState.SUCCEEDED
    assert progress == handle.poll()[1]
    assert opened.log_tail() == ""
    assert trainer.preparation(copied) == found


def test_ten_megabytes_of_output_hang_nobody(trainer: LocalTrainer, run: Path) -> None:
    handle = _start(trainer, run, "noise")
    _reach(handle, JobState.SUCCEEDED)

    assert (run / "worker.log").stat().st_size > 10_000_000
    assert len(handle.log_tail(3)) < 10_000


def test_success_without_an_adapter_is_none(trainer: LocalTrainer, run: Path) -> None:
    handle = _start(trainer, run, "no_adapter")
    _reach(handle, JobState.FAILED)

    assert handle.error()[0] == "DISK"
    assert handle.artefact() is Artefact.NONE


@pytest.mark.parametrize(
    ("behaviour", "code"), [("fail", "OOM"), ("crash", "CRASH"), ("full_disk", "DISK")]
)
def test_failures_have_a_class(
    trainer: LocalTrainer, run: Path, behaviour: str, code: str
) -> None:
    handle = _start(trainer, run, behaviour)
    _reach(handle, JobState.FAILED)

    assert handle.error()[0] == code
    assert handle.error()[1]


def test_a_directory_is_never_used_twice(trainer: LocalTrainer, run: Path) -> None:
    _reach(_start(trainer, run, "succeed"), JobState.SUCCEEDED)

    with pytest.raises(InputError) as caught:
        _prepare(trainer, run, StopSignal())
    assert caught.value.code == "run.started"


def test_a_wish_to_stop_ends_as_cancelled(trainer: LocalTrainer, run: Path) -> None:
    handle = _start(trainer, run, "obey")
    wait_until(lambda: handle.poll()[1].step == 1)
    handle.stop(save=True)
    state = handle.poll()[0]

    assert state in {JobState.CANCELLING, JobState.CANCELLED}
    _reach(handle, JobState.CANCELLED)
    assert handle.error() == ("", "")


def test_the_ladder_asks_terminates_and_kills(
    trainer: LocalTrainer, run: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    handle = _start(trainer, run, "deaf")
    wait_until((run / "deaf").exists)
    handle.stop(save=False)
    handle.poll()
    handle.force()
    handle.force()  # not due yet
    assert handle.poll()[0] is JobState.CANCELLING
    monkeypatch.setattr(run_handle, "_KILL_SECONDS", 0.0)
    handle.force()
    _reach(handle, JobState.CANCELLED)
    lines = (run / "kills.jsonl").read_text(encoding="utf-8").splitlines()

    assert [json.loads(line)["act"] for line in lines] == ["terminate", "kill"]


def test_a_wish_nobody_hears_is_followed_by_force(
    trainer: LocalTrainer, run: Path
) -> None:
    started = _start(trainer, run, "wait")
    wait_until(lambda: started.poll()[1].step == 1)
    now = [time.time()]
    handle = RunHandle(run, ULID, started._process, clock=lambda: now[0])
    handle.stop(save=True)
    now[0] += 31
    _reach(handle, JobState.CANCELLED)

    assert (run / "kills.jsonl").exists()


def test_a_run_is_found_again_with_every_event_once(
    trainer: LocalTrainer, run: Path
) -> None:
    first = _start(trainer, run, "obey")
    wait_until(lambda: first.poll()[1].step == 1)
    second = trainer.attach(run, run_ulid=ULID)
    state, progress = second.poll()

    assert state is JobState.RUNNING
    assert progress == first.poll()[1]
    second.stop(save=False)
    _reach(second, JobState.CANCELLED)
    _reach(first, JobState.CANCELLED)


def test_a_killed_worker_found_again_is_lost(trainer: LocalTrainer, run: Path) -> None:
    first = _start(trainer, run, "wait")
    wait_until(lambda: first.poll()[1].step == 1)
    second = trainer.attach(run, run_ulid=ULID)
    assert second.poll()[0] is JobState.RUNNING
    _kill(first)

    assert second.poll()[0] is JobState.LOST
    _reach(first, JobState.FAILED)
    assert first.error()[0] == "CRASH"


def test_a_lost_run_may_still_resolve(trainer: LocalTrainer, run: Path) -> None:
    first = _start(trainer, run, "wait")
    wait_until(lambda: first.poll()[1].step == 1)
    _kill(first)
    second = trainer.attach(run, run_ulid=ULID)
    assert second.poll()[0] is JobState.LOST
    write_adapter(run / "adapter")
    end = {"v": 1, "seq": 99, "t": 1.0, "type": "end", "outcome": "succeeded"}
    with (run / "events.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps(end) + "\n")

    assert second.poll()[0] is JobState.SUCCEEDED


def test_a_zombie_is_not_alive(run: Path) -> None:
    process = subprocess.Popen([sys.executable, "-c", "", ULID])
    created = psutil.Process(process.pid).create_time()
    identity = {"pid": process.pid, "create_time": created}
    (run / "worker.json").write_text(json.dumps(identity), encoding="utf-8")
    zombie = psutil.STATUS_ZOMBIE
    wait_until(lambda: psutil.Process(process.pid).status() == zombie)

    assert RunHandle(run, ULID).poll()[0] is JobState.LOST
    process.wait()


def test_an_old_heartbeat_is_a_badge_not_a_verdict(
    trainer: LocalTrainer, run: Path
) -> None:
    started = _start(trainer, run, "wait")
    wait_until(lambda: started.poll()[1].step == 1)
    os.utime(run / "heartbeat", (1.0, time.time() - 600))
    later = RunHandle(run, ULID, clock=lambda: time.time() + 600)
    state, progress = later.poll()

    assert state is JobState.RUNNING
    assert not progress.responding
    assert started.poll()[1].responding
    _kill(started)


@pytest.mark.parametrize("difference", ["created", "run"])
def test_a_stranger_with_our_pid_is_left_alone(run: Path, difference: str) -> None:
    stranger = subprocess.Popen([sys.executable, str(SCRIPT), "generate", ULID])
    created = psutil.Process(stranger.pid).create_time()
    late = 60.0 if difference == "created" else 0.0
    identity = {"pid": stranger.pid, "create_time": created + late}
    (run / "worker.json").write_text(json.dumps(identity), encoding="utf-8")
    ulid = "01ANOTHER" if difference == "run" else ULID
    handle = RunHandle(run, ulid)
    handle.force()
    handle.force()

    assert handle.poll()[0] is JobState.LOST
    assert stranger.poll() is None
    assert not (run / "kills.jsonl").exists()
    stranger.kill()
    stranger.wait()


def test_a_run_on_another_computer_cannot_be_asked(run: Path) -> None:
    identity = {"pid": os.getpid(), "create_time": 1.0, "host": "elsewhere"}
    (run / "worker.json").write_text(json.dumps(identity), encoding="utf-8")

    assert RunHandle(run, ULID).poll()[0] is JobState.LOST


def test_settings_and_the_checkpoint_reach_the_worker(
    trainer: LocalTrainer, run: Path
) -> None:
    preparation = _prepare(trainer, run, StopSignal())
    (run / "behaviour.txt").write_text("succeed", encoding="utf-8")
    handle = trainer.start(
        run,
        run_ulid=ULID,
        base=ModelRef(),
        settings=TrainingSettings(rank=3, seed=9),
        preparation=preparation,
        resume_from=run / "checkpoints" / "checkpoint-3",
    )
    text = (run / "config.json").read_text(encoding="utf-8")
    config = RunConfig.from_json(json.loads(text))

    assert (config.settings.rank, config.settings.seed) == (3, 9)
    assert config.resume_from.endswith("checkpoint-3")
    _reach(handle, JobState.SUCCEEDED)


def test_training_survives_the_window(trainer: LocalTrainer, run: Path) -> None:
    _prepare(trainer, run, StopSignal())
    (run / "behaviour.txt").write_text("obey", encoding="utf-8")
    code = (
        "import sys, threading; from pathlib import Path\n"
        "from tests.unit.local.test_training import *\n"
        "run = Path(sys.argv[1]); t = LocalTrainer(FakeFinder(), run)\n"
        "t.start(run, run_ulid=ULID, base=ModelRef(), settings=TrainingSettings(),\n"
        "        preparation=t.preparation(run))\n"
        "threading.Event().wait()\n"
    )
    root = Path(__file__).resolve().parents[3]
    window = subprocess.Popen([sys.executable, "-c", code, str(run)], cwd=root)
    wait_until((run / "launch.json").exists)
    window.kill()
    window.wait()
    handle = trainer.attach(run, run_ulid=ULID)
    wait_until(lambda: handle.poll()[1].step == 1)

    assert handle.poll()[0] is JobState.RUNNING
    handle.stop(save=True)
    _reach(handle, JobState.CANCELLED)
