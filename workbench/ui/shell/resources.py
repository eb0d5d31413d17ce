"""Files of the program's own data, for the window."""

from pathlib import Path

from workbench.domain import places


def path(*parts: str) -> Path:
    """Return a file or folder inside the program's data, e.g. ``path("icons")``."""
    return places.resources().joinpath(*parts)
