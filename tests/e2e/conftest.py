"""What end-to-end tests share: homes, projects, and the worker's interpreter."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e import processes, projects
from workbench.domain.errors import EnvironmentFault
from workbench.local.interpreter import InterpreterFinder


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder for everything a process of the program writes."""
    folder = tmp_path / "home of the test"
    folder.mkdir()
    return folder


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Path]:
    """A small project that can be trained on; its workers end with the test."""
    path = tmp_path / "tickets.workbench"
    projects.make(path, tmp_path / "maker")
    yield path
    for launch in processes.launched(path.with_suffix(".files")):
        processes.end(launch)


@pytest.fixture(scope="session")
def worker() -> Path:
    """The interpreter with torch; skips, and says so, where there is none."""
    try:
        return InterpreterFinder().find().executable
    except EnvironmentFault as error:
        pytest.skip(f"no worker environment, so nothing can be trained: {error}")
