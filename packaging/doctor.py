"""The state of everything Workbench needs on this computer, each with its mend."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import qt_libraries
from environments import (
    MB,
    NEWEST,
    OLDEST,
    ROOT,
    WINDOW,
    WORKER,
    Environment,
    room_for,
    say,
)

SETUP = "python3 packaging/dev.py setup"
FONTS = ROOT / "resources" / "fonts"
ROOM_TO_WORK = 2_000
FONT_PROBE = """
import sys
from PySide6.QtGui import QFontDatabase, QGuiApplication
application = QGuiApplication([])
system = QFontDatabase.families(QFontDatabase.WritingSystem.Japanese)
bundled = [QFontDatabase.addApplicationFont(path) for path in sys.argv[1:]]
print(len(system), sum(number >= 0 for number in bundled))
"""
TORCH_PROBE = """
import json, torch
gpu = torch.cuda.get_device_name(0) if torch.cuda.is_available() else ""
print(json.dumps({"torch": torch.__version__, "gpu": gpu}))
"""


@dataclass(frozen=True)
class Finding:
    """What one look found: `mend` is empty when all is well."""

    name: str
    state: str
    mend: str = ""

    @property
    def ok(self) -> bool:
        """Tell whether nothing has to be done."""
        return not self.mend


def probe(python: Path, code: str, *arguments: str) -> str:
    """Run a few lines in an environment; empty when they fail."""
    try:
        answer = subprocess.run(
            [str(python), "-c", code, *arguments],
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            timeout=120,
            env=qt_libraries.offscreen(),
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return answer.stdout.strip() if answer.returncode == 0 else ""


def python() -> Finding:
    """Look at the interpreter that runs this."""
    found = sys.version_info[:2]
    state = f"{sys.version.split()[0]} ({sys.executable})"
    if OLDEST <= found <= NEWEST:
        return Finding("Python", state)
    return Finding("Python", state, "install Python 3.11, 3.12 or 3.13")


def environment(which: Environment) -> Finding:
    """Look at one environment and its lock."""
    name = f"Environment {which.folder.name}"
    if which.is_ready():
        return Finding(name, "as locked")
    if which.unfinished.exists():
        return Finding(name, "set-up was interrupted", SETUP)
    if which.python.exists():
        return Finding(name, "not what the lock asks for", SETUP)
    return Finding(name, "not made yet", SETUP)


def locks() -> Finding:
    """Compare the locks with pyproject.toml."""
    stale = stale_locks()
    if not stale:
        return Finding("Locks", "match pyproject.toml")
    return Finding(
        "Locks", f"older: {', '.join(stale)}", "python3 packaging/dev.py lock"
    )


def stale_locks() -> list[str]:
    """List the locks that were made from other requirements than pyproject.toml's."""
    from requirement_groups import LOCKS, digest

    return [
        lock.name
        for lock, groups in LOCKS.items()
        if f"# Requirements: {digest(groups)}\n" not in lock.read_text(encoding="utf-8")
    ]


def qt() -> Finding:
    """Import Qt in the window's environment."""
    if not WINDOW.python.exists():
        return Finding("Qt", "not installed", SETUP)
    libraries = qt_libraries.missing(WINDOW.python)
    if libraries:
        return Finding("Qt", "does not start", qt_libraries.advice(libraries))
    error = qt_libraries.import_error(WINDOW.python)
    if error:
        return Finding("Qt", error, SETUP)
    version = probe(WINDOW.python, "import PySide6; print(PySide6.__version__)")
    return Finding("Qt", f"PySide6 {version}")


def display() -> Finding:
    """Look for a display; the tour works without one, so its lack is no fault."""
    if qt_libraries.has_display():
        return Finding("Display", "found")
    return Finding("Display", "none: `run` drives the window offscreen instead")


def fonts() -> Finding:
    """Look for Japanese fonts: the system's and the bundled one."""
    files = sorted(FONTS.glob("*.otf"))
    answer = probe(WINDOW.python, FONT_PROBE, *map(str, files)).split()
    if len(answer) != 2:
        return Finding("Fonts", "Qt could not be asked", SETUP)
    system, bundled = map(int, answer)
    state = f"{bundled} bundled, {system} Japanese families of the system"
    if bundled < len(files) or not files:
        return Finding("Fonts", state, "git checkout -- resources/fonts")
    return Finding("Fonts", state)


def gpu() -> Finding:
    """Look for an accelerator; small models train without, so its lack is no fault."""
    command = shutil.which("nvidia-smi")
    if not command:
        return Finding("GPU", "none found: the built-in model trains on the processor")
    answer = subprocess.run(
        [command, "--query-gpu=name,memory.total", "--format=csv,noheader"],
        capture_output=True,
        text=True,
        check=False,
    )
    if answer.returncode:
        return Finding("GPU", "nvidia-smi fails", "reinstall the NVIDIA driver")
    return Finding("GPU", "; ".join(answer.stdout.strip().splitlines()))


def torch() -> Finding:
    """Import torch in the worker's environment."""
    answer = probe(WORKER.python, TORCH_PROBE)
    if not answer:
        return Finding("torch", "not installed or broken", SETUP)
    found = json.loads(answer)
    where = found["gpu"] or "processor only"
    if shutil.which("nvidia-smi") and not found["gpu"]:
        return Finding(
            "torch",
            f"{found['torch']} sees no GPU though there is one",
            "install a torch built for this driver, or renew the driver",
        )
    return Finding("torch", f"{found['torch']}, {where}")


def disk() -> Finding:
    """Compare the free space with what set-up and a project need."""
    free = shutil.disk_usage(ROOT).free // MB
    missing = [each for each in (WINDOW, WORKER) if not each.python.exists()]
    needed = ROOM_TO_WORK + room_for(missing)[0]
    state = f"{free:,} MB free"
    if free < needed:
        return Finding("Disk", state, f"make room: {needed:,} MB are needed")
    return Finding("Disk", state)


LOOKS: tuple[Callable[[], Finding], ...] = (
    python,
    locks,
    lambda: environment(WINDOW),
    lambda: environment(WORKER),
    qt,
    display,
    fonts,
    gpu,
    torch,
    disk,
)


def report() -> int:
    """Print every finding; 1 when something has to be mended."""
    findings = []
    for look in LOOKS:
        finding = look()
        findings.append(finding)
        say(f"{'ok  ' if finding.ok else 'MEND'}  {finding.name}: {finding.state}")
        if finding.mend:
            say(f"      -> {finding.mend}")
    broken = sum(not finding.ok for finding in findings)
    say(f"{broken} to mend." if broken else "Everything is in order.")
    return 1 if broken else 0
