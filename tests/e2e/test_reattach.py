"""Training belongs to its worker: the window may go, and finds it again."""

import json
from pathlib import Path

import pytest

from tests.e2e import projects
from tests.e2e.processes import IN_WINDOW, in_window, is_alive, launched, started
from workbench.domain.jobs import JobState

pytestmark = pytest.mark.usefixtures("worker")


def only_run(project: Path, home: Path) -> tuple[JobState, Path]:
    """Return state and adapter folder of the project's one run."""
    services = projects.services_in(home)
    try:
        services.projects.open(project)
        (run,) = services.tune.runs()
        return run.state, services.tune.adapter_folder(run.adapter_ulid)
    finally:
        services.close()


def assert_found_again(home: Path, project: Path) -> None:
    """Open the window anew: the run is there, ends, and its adapter can be used."""
    seen = in_window(home, "find_run", project, seconds=150)
    assert seen["first"].endswith(("training", "done")) or "%" in seen["first"]
    assert seen["last"].endswith("done")
    state, adapter = only_run(project, home)
    assert state is JobState.SUCCEEDED
    assert (adapter / "adapter_model.safetensors").is_file()


def test_a_closed_window_leaves_training_alone(home: Path, project: Path) -> None:
    in_window(home, "train_and_keep", project, seconds=150)
    (worker,) = launched(project.with_suffix(".files"))
    assert is_alive(worker)
    assert_found_again(home, project)


def test_a_killed_window_leaves_training_alone(home: Path, project: Path) -> None:
    with started(home, IN_WINDOW, "train_and_wait", project) as window:
        assert window.stdout is not None
        rows = json.loads(window.stdout.readline())["rows"]
        window.kill()
    assert "training" in rows[0]
    (worker,) = launched(project.with_suffix(".files"))
    assert is_alive(worker)
    assert_found_again(home, project)
