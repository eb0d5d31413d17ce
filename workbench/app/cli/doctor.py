"""What works on this computer, each finding with its mend."""

import dataclasses
import re
import shutil
import subprocess
import sys
from pathlib import Path

from workbench.app.places import user_places
from workbench.app.remote import LazyAws
from workbench.domain import places
from workbench.domain.connections import AwsConnection, IdentityState
from workbench.domain.errors import EnvironmentFault
from workbench.local.hardware import survey
from workbench.local.interpreter import InterpreterFinder
from workbench.services.connections import ON
from workbench.services.preferences import PreferencesService

_NEEDED_DISK = 2 * 1024**3
_QT_SECONDS = 60
_IMPORT_QT = (
    "from PySide6 import QtCore, QtGui, QtSvg, QtWidgets; print(QtCore.qVersion())"
)
_CANNOT_OPEN = re.compile(r"(\S+\.so[.\d]*): cannot open shared object file")


@dataclasses.dataclass(frozen=True, slots=True)
class Finding:
    """One thing that works, or does not, with what would mend it."""

    name: str
    ok: bool
    text: str


def examine() -> tuple[Finding, ...]:
    """Look at everything the program needs."""
    return (_python(), _qt(), _model(), _worker(), _hardware(), _disk(), _aws())


def _python() -> Finding:
    version = ".".join(str(part) for part in sys.version_info[:3])
    ok = (3, 11) <= sys.version_info[:2] <= (3, 13)
    return Finding("Python", ok, version if ok else f"{version}; use 3.11 to 3.13")


def _qt() -> Finding:
    """Import Qt in a fresh interpreter: the commands themselves must stay without."""
    if getattr(sys, "frozen", False):
        return Finding("Qt", True, "packed with the program")
    try:
        answer = subprocess.run(
            [sys.executable, "-c", _IMPORT_QT],
            capture_output=True,
            text=True,
            check=False,
            timeout=_QT_SECONDS,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return Finding("Qt", False, f"cannot be tried: {error}")
    if answer.returncode == 0:
        return Finding("Qt", True, f"PySide6 {answer.stdout.strip()}")
    lines = answer.stderr.strip().splitlines()
    return Finding("Qt", False, qt_problem(lines[-1] if lines else ""))


def qt_problem(error: str) -> str:
    """Say in one sentence what keeps Qt from starting, by the failed import's words."""
    library = _CANNOT_OPEN.search(error)
    if library is not None:
        return (
            f"the system library {library[1]} is missing: install it with the "
            "system's package manager"
        )
    if "PySide6" in error and "No module" in error:
        return "PySide6 is not installed: install Workbench again"
    return f"does not start: {error}"


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


def _aws() -> Finding:
    """Say who AWS is asked as; that AWS is not set up is no fault."""
    current = PreferencesService(user_places().config / "preferences.json").current
    if current.practice == ON:
        return Finding("AWS", True, "Practice is on: a SANDBOX answers, not AWS")
    if current.aws != ON:
        return Finding("AWS", True, "not connected: choose a profile in Settings")
    connection = AwsConnection(current.aws_profile, current.aws_region)
    found = LazyAws().identity(connection)
    profile = f"profile {found.profile or 'default'}"
    if found.state is IdentityState.OK:
        until = f", until {found.expiry}" if found.expiry else ""
        who = found.user or found.method
        place = found.region or "no region"
        return Finding("AWS", True, f"{profile}: {who}, {place}{until}")
    mend = f"; mend it with: {found.mend.command}" if found.mend.command else ""
    return Finding("AWS", False, f"{profile}: {found.state.value}{mend}")


def _disk() -> Finding:
    folder = user_places().data
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    ok = free > _NEEDED_DISK
    mend = "" if ok else "; free at least 2 GB"
    return Finding("disk", ok, f"{free / 1024**3:.0f} GB free{mend}")
