"""What works on this computer, each finding with its mend."""

import dataclasses
import shutil
import sys
from pathlib import Path

from workbench.app.places import user_places
from workbench.domain import places
from workbench.domain.errors import EnvironmentFault
from workbench.local.hardware import survey
from workbench.local.interpreter import InterpreterFinder
from workbench.services.preferences import PreferencesService

_NEEDED_DISK = 2 * 1024**3


@dataclasses.dataclass(frozen=True, slots=True)
class Finding:
    """One thing that works, or does not, with what would mend it."""

    name: str
    ok: bool
    text: str


def examine() -> tuple[Finding, ...]:
    """Look at everything the program needs."""
    return (_python(), _model(), _worker(), _hardware(), _disk())


def _python() -> Finding:
    version = ".".join(str(part) for part in sys.version_info[:3])
    ok = (3, 11) <= sys.version_info[:2] <= (3, 13)
    return Finding("Python", ok, version if ok else f"{version}; use 3.11 to 3.13")


def _model() -> Finding:
    weights = places.resources() / "model" / "model.safetensors"
    text = "there" if weights.exists() else "missing: install Workbench again"
    return Finding("built-in model", weights.exists(), text)


def _worker() -> Finding:
    preferences = PreferencesService(user_places().config / "preferences.json")
    chosen = preferences.current.worker_python
    try:
        found = InterpreterFinder(setting=Path(chosen) if chosen else None).find()
    except EnvironmentFault as error:
        return Finding("torch", False, error.sentence)
    return Finding("torch", True, str(found.executable))


def _hardware() -> Finding:
    hardware = survey()
    gpus = ", ".join(gpu.name for gpu in hardware.gpus) or "no GPU: small models only"
    memory = hardware.memory / 1024**3
    return Finding("hardware", True, f"{hardware.cores} cores, {memory:.0f} GB, {gpus}")


def _disk() -> Finding:
    folder = user_places().data
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    ok = free > _NEEDED_DISK
    mend = "" if ok else "; free at least 2 GB"
    return Finding("disk", ok, f"{free / 1024**3:.0f} GB free{mend}")
