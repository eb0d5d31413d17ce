"""Which requirements of pyproject.toml go into which lock."""

import hashlib
import tomllib
from pathlib import Path

HERE = Path(__file__).resolve().parent
PYPROJECT = HERE.parent / "pyproject.toml"
# `window` stands for the dependencies themselves, the others are names of extras.
LOCKS: dict[Path, tuple[str, ...]] = {
    HERE / "requirements-window.txt": ("window",),
    HERE / "requirements-test.txt": ("test",),
    HERE / "requirements-worker.txt": ("local", "worker-test"),
}


def wanted(groups: tuple[str, ...], pyproject: Path = PYPROJECT) -> list[str]:
    """Read the requirements of some groups."""
    project = tomllib.loads(pyproject.read_text(encoding="utf-8"))["project"]
    extras: dict[str, list[str]] = project["optional-dependencies"]
    window: list[str] = project["dependencies"]
    return [
        requirement
        for group in groups
        for requirement in (window if group == "window" else extras[group])
    ]


def digest(groups: tuple[str, ...], pyproject: Path = PYPROJECT) -> str:
    """Name the state of the requirements, to see whether a lock is still theirs."""
    text = "\n".join(sorted(wanted(groups, pyproject)))
    return hashlib.sha256(text.encode()).hexdigest()[:16]
