"""Where icons, fonts and translations lie: in the installed package or the checkout."""

from functools import cache
from pathlib import Path

import workbench


@cache
def root() -> Path:
    """Return the folder of the program's own data."""
    package = Path(workbench.__file__).resolve().parent
    installed = package / "_resources"
    return installed if installed.is_dir() else package.parent / "resources"


def path(*parts: str) -> Path:
    """Return a file or folder inside the program's data, e.g. ``path("icons")``."""
    return root().joinpath(*parts)
