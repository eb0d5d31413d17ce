import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.unit.storage.samples import CARD
from workbench.domain.ports import ProjectFiles, ProjectStore
from workbench.storage import SqliteProjectFiles

# A busy machine is no failure.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


@pytest.fixture
def files() -> ProjectFiles:
    return SqliteProjectFiles()


@pytest.fixture(scope="session")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new project file, made once and copied: making runs every migration."""
    path = tmp_path_factory.mktemp("blank") / "blank.workbench"
    SqliteProjectFiles().create(path, "見本", CARD).close()
    return path


@pytest.fixture
def path(tmp_path: Path, blank: Path) -> Path:
    return Path(shutil.copy(blank, tmp_path / "p.workbench"))


@pytest.fixture
def project(path: Path, files: ProjectFiles) -> Iterator[ProjectStore]:
    store = files.open(path)
    yield store
    store.close()
