"""Where the program's own data lies: in the installed package or in the checkout."""

import functools
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]


@functools.cache
def resources() -> Path:
    """Return the folder with icons, fonts, the sample project and the model."""
    installed = _PACKAGE / "_resources"
    return installed if installed.is_dir() else _PACKAGE.parent / "resources"
