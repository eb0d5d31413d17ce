"""What the composed services do by themselves."""

import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from workbench.app.compose import compose
from workbench.app.places import UserPlaces
from workbench.app.warm_up import WarmUp
from workbench.domain.errors import EnvironmentFault
from workbench.domain.models import BUILTIN_MODEL, ModelRef
from workbench.local.interpreter import VARIABLE
from workbench.services.application import Services
from workbench.services.events import ProjectClosed, ProjectOpened


class Model:
    """A generator that only counts its loads."""

    def __init__(self, *, available: bool = True, running: bool = False) -> None:
        self.is_running = running
        self.loaded = threading.Event()
        self.fails = False
        self._available = available

    def is_available(self) -> bool:
        return self._available

    def warm_up(self, model: ModelRef) -> None:
        assert model == BUILTIN_MODEL
        self.loaded.set()
        if self.fails:
            raise EnvironmentFault("worker.start", "It does not start.")


@pytest.fixture
def services(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Services]:
    monkeypatch.delenv(VARIABLE, raising=False)
    made = compose(UserPlaces(tmp_path / "config", tmp_path / "data"))
    yield made
    made.close()


def _waiting() -> list[threading.Thread]:
    return [one for one in threading.enumerate() if one.name == "warm-up"]


def test_another_python_acts_at_once(services: Services, tmp_path: Path) -> None:
    services.preferences.change(worker_python=str(tmp_path / "none"))
    problem = services.models.worker_problem()
    assert problem is not None
    assert problem.code == "worker.wrong_path"

    services.preferences.change(worker_python=sys.executable)
    assert services.models.worker_problem() is None


def test_the_model_is_loaded_after_a_project_was_opened() -> None:
    model = Model()
    warm_up = WarmUp(model, BUILTIN_MODEL, 0.01)
    warm_up.on_event(ProjectClosed())
    assert not _waiting()
    warm_up.on_event(ProjectOpened())

    assert model.loaded.wait(10)
    warm_up.cancel()


@pytest.mark.parametrize(
    "model", [Model(available=False), Model(running=True)], ids=["absent", "in use"]
)
def test_nothing_is_loaded_without_need(model: Model) -> None:
    WarmUp(model, BUILTIN_MODEL)._load()

    assert not model.loaded.is_set()


def test_a_failing_load_is_told_to_the_log_only(
    caplog: pytest.LogCaptureFixture,
) -> None:
    model = Model()
    model.fails = True
    with caplog.at_level("INFO"):
        WarmUp(model, BUILTIN_MODEL)._load()

    assert "It does not start." in caplog.text


def test_closing_ends_the_waiting(tmp_path: Path) -> None:
    places = UserPlaces(tmp_path / "config", tmp_path / "data")
    services = compose(places, warm=True)
    services.projects.open_sample()
    assert _waiting()
    services.close()

    assert not _waiting()


def test_commands_load_nothing_in_advance(services: Services) -> None:
    services.projects.open_sample()

    assert not _waiting()
