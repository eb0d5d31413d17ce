"""Folders of the person at this computer; ``WORKBENCH_HOME`` moves all of them."""

import dataclasses
import os
from pathlib import Path

import platformdirs

HOME_VARIABLE = "WORKBENCH_HOME"


@dataclasses.dataclass(frozen=True, slots=True)
class UserPlaces:
    """Where preferences, projects and logs go.

    Attributes:
        config: preferences and window geometry.
        data: the working copy of the sample project, and logs.
    """

    config: Path
    data: Path


def user_places() -> UserPlaces:
    """Return the folders for this person; nothing is made yet."""
    if home := os.environ.get(HOME_VARIABLE):
        return UserPlaces(Path(home) / "config", Path(home) / "data")
    dirs = platformdirs.PlatformDirs("Workbench", appauthor=False, roaming=False)
    return UserPlaces(dirs.user_config_path, dirs.user_data_path)
