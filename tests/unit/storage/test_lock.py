"""A second window, and a window that died."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.unit.storage.samples import add_trial, new_trial
from workbench.domain.errors import EnvironmentFault, InputError
from workbench.domain.ports import ProjectFiles, ProjectStore
from workbench.domain.trials import TrialFilter, TrialStatus
from workbench.storage.lock import ProjectLock

ROOT = Path(__file__).parents[3]

HOLD = """
import sys, time
from pathlib import Path
from workbench.storage import SqliteProjectFiles
store = SqliteProjectFiles().open(Path(sys.argv[1]))
print("open", flush=True)
time.sleep(60)  # lint: ok the process waits to be killed
"""

WORK = """
import sys
from pathlib import Path
from tests.unit.storage.samples import add_trial, example, new_trial
from workbench.storage import SqliteProjectFiles
store = SqliteProjectFiles().open(Path(sys.argv[1]))
dataset = store.datasets.ensure("d")
number = 0
while True:
    number += 1
    trial = add_trial(store, f"text {number}")
    store.trials.annotate([trial], {"note": f"n{trial}"}, "note")
    record, = store.datasets.add(dataset, [example(f"text {number}")])
    running = store.trials.start(new_trial(store, "cut"))
    print(trial, record, running, flush=True)
"""


def child(code: str, path: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code, str(path)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )


def kill(process: subprocess.Popen[str]) -> str:
    process.send_signal(getattr(signal, "SIGKILL", signal.SIGTERM))
    rest, _ = process.communicate(timeout=30)
    return rest


def test_second_window_is_refused(project: ProjectStore, files: ProjectFiles) -> None:
    with pytest.raises(EnvironmentFault) as caught:
        files.open(project.meta.path)
    assert caught.value.code == "project.locked"
    assert caught.value.details == {"pid": os.getpid()}
    add_trial(project)


def test_a_link_is_the_same_file(
    project: ProjectStore, files: ProjectFiles, tmp_path: Path
) -> None:
    link = tmp_path / "elsewhere.workbench"
    try:
        link.symlink_to(project.meta.path)
    except OSError:
        pytest.skip("links are not allowed here")
    with pytest.raises(EnvironmentFault, match="another window"):
        files.open(link)


def test_closing_lets_others_in(path: Path, files: ProjectFiles) -> None:
    for _ in range(3):
        files.open(path).close()


def test_a_failed_opening_keeps_no_lock(
    path: Path, files: ProjectFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("workbench.storage.schema.VERSION", 1)
        with pytest.raises(InputError):
            files.open(path)
    with monkeypatch.context() as patch:
        patch.setattr("workbench.storage.project.Database", (1).__truediv__)
        with pytest.raises(AttributeError):
            files.open(path)
    files.open(path).close()


def test_releasing_twice_is_harmless(tmp_path: Path) -> None:
    lock = ProjectLock(tmp_path / "lock")
    lock.release()
    lock.release()
    ProjectLock(tmp_path / "lock").release()


def test_killed_window_holds_nothing(path: Path, files: ProjectFiles) -> None:
    other = child(HOLD, path)
    assert other.stdout is not None
    assert other.stdout.readline() == "open\n"
    with pytest.raises(EnvironmentFault) as caught:
        files.open(path)
    assert caught.value.details == {"pid": other.pid}
    kill(other)
    files.open(path).close()


def test_what_was_returned_survives_a_kill(path: Path, files: ProjectFiles) -> None:
    worker = child(WORK, path)
    assert worker.stdout is not None
    lines = [worker.stdout.readline() for _ in range(15)]
    lines += kill(worker).splitlines(keepends=True)
    # A line without its end was cut while being printed.
    shown = [tuple(map(int, line.split())) for line in lines if line.endswith("\n")]
    store = files.open(path)
    for trial_id, example_id, running in shown:
        trial = store.trials.get(trial_id)
        assert trial.annotation.note == f"n{trial_id}"
        assert trial.outcome.status is TrialStatus.SUCCEEDED
        assert store.datasets.get(example_id).input_text == trial.input_text
        assert store.trials.get(running).outcome.status is TrialStatus.RUNNING
    interrupted = store.trials.interrupt_running()
    assert interrupted.ids_of(interrupted.ids[0][0]) >= {ids[2] for ids in shown}
    assert not store.trials.ids(TrialFilter(waiting=True, text="cut"))
    assert store.trials.start(new_trial(store)) > shown[-1][2]
    store.close()
