"""What every test shares; no Qt here, so that the core is tested without it."""

import os
from pathlib import Path

import pytest

DATA_VARIABLE = "WORKBENCH_TEST_DATA"
HOME_VARIABLES = {
    "HOME": "",
    "USERPROFILE": "",
    "XDG_CONFIG_HOME": ".config",
    "XDG_DATA_HOME": ".local/share",
    "XDG_STATE_HOME": ".local/state",
    "XDG_CACHE_HOME": ".cache",
    "APPDATA": "AppData/Roaming",
    "LOCALAPPDATA": "AppData/Local",
}
OFFLINE = {
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "HF_DATASETS_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "TOKENIZERS_PARALLELISM": "false",
    # boto3 would otherwise ask an address of the cloud for credentials.
    "AWS_EC2_METADATA_DISABLED": "true",
}
ROOT = Path(__file__).resolve().parent.parent
# Beside the other things that are made, not in the checkout's root.
os.environ.setdefault("HYPOTHESIS_STORAGE_DIRECTORY", str(ROOT / "build/hypothesis"))


@pytest.fixture(autouse=True)
def isolated_home(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """A home of its own for each test: no setting, cache or credential leaks in."""
    home = tmp_path_factory.mktemp("home")
    for name, folder in HOME_VARIABLES.items():
        path = home / folder
        path.mkdir(parents=True, exist_ok=True)
        monkeypatch.setenv(name, str(path))
    for name, value in OFFLINE.items():
        monkeypatch.setenv(name, value)
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        if name not in OFFLINE:
            monkeypatch.delenv(name)
    monkeypatch.delenv("HF_TOKEN", raising=False)
    return home


@pytest.fixture
def data_folder(tmp_path: Path) -> Path:
    """An empty folder for a project and its files."""
    folder = tmp_path / "data"
    folder.mkdir()
    return folder


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder with the real data sets; skips, and says so, where there is none."""
    value = os.environ.get(DATA_VARIABLE)
    if not value:
        pytest.skip(f"{DATA_VARIABLE} is not set: tests on real data are left out")
    folder = (ROOT / value).resolve()
    if not folder.is_dir():
        pytest.skip(f"{DATA_VARIABLE} names {folder}, which does not exist")
    return folder


@pytest.fixture(scope="session")
def checkout() -> Path:
    """The root of the repository."""
    return ROOT
