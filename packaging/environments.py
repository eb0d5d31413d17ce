"""The two locked environments, made and renewed without fear of being interrupted.

`.venv` holds the window and the tests, `.venv-worker` holds torch and its family. Each
carries two small files. `workbench-stamp.json`, written last, names the lock it was
made from: when it matches there is nothing to do. `workbench-unfinished` lies there
while pip works: when it is found at the start, an earlier attempt was interrupted, and
as pip cannot tell a half-copied package from a whole one the environment is made anew.
"""

import contextlib
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
OLDEST, NEWEST = (3, 11), (3, 13)
MB = 1_000_000


class SetupError(Exception):
    """Something about this computer must change first; the text says what."""


@dataclass(frozen=True)
class Environment:
    """One virtual environment and the locked requirements that fill it."""

    name: str
    folder: Path
    locks: tuple[Path, ...]
    what: str

    @property
    def python(self) -> Path:
        """The interpreter inside."""
        inside = "Scripts/python.exe" if os.name == "nt" else "bin/python"
        return self.folder / inside

    @property
    def stamp(self) -> Path:
        """The file written last, naming what was installed."""
        return self.folder / "workbench-stamp.json"

    @property
    def unfinished(self) -> Path:
        """The file that lies there while pip works."""
        return self.folder / "workbench-unfinished"

    def digest(self) -> str:
        """Name the state that the locks and this folder ask for."""
        digest = hashlib.sha256()
        for lock in self.locks:
            digest.update(lock.read_bytes())
        # Virtual environments hold absolute paths: a moved checkout needs new ones.
        digest.update(str(self.folder).encode())
        return digest.hexdigest()

    def is_ready(self) -> bool:
        """Tell whether the environment is what its locks ask for."""
        try:
            kept = json.loads(self.stamp.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return False
        return (
            isinstance(kept, dict)
            and kept.get("digest") == self.digest()
            and self.python.exists()
        )


WINDOW = Environment(
    "window",
    ROOT / ".venv",
    (HERE / "requirements-window.txt", HERE / "requirements-test.txt"),
    "the window and the tests",
)
WORKER = Environment(
    "worker",
    ROOT / ".venv-worker",
    (HERE / "requirements-worker.txt",),
    "torch, transformers, peft and trl: answers and training on this computer",
)
BOTH = (WINDOW, WORKER)


def check_python() -> None:
    """Refuse an interpreter that the locks were not made for."""
    found = sys.version_info[:2]
    if not OLDEST <= found <= NEWEST:
        raise SetupError(
            f"Workbench needs Python 3.11, 3.12 or 3.13; this is Python "
            f"{found[0]}.{found[1]} ({sys.executable}).\n"
            "Install one of them and start this command with it, for instance: "
            "python3.12 packaging/dev.py run"
        )


@dataclass(frozen=True)
class Size:
    """What an environment costs, in MB; `more` when torch comes with CUDA."""

    fetched: int
    disk: int
    more: int = 0

    def __str__(self) -> str:
        """Say it before anything is fetched."""
        text = f"about {self.fetched:,} MB to fetch, {self.disk:,} MB on disk"
        if not self.more:
            return text
        return f"{text} (up to {self.more:,} MB more when torch brings CUDA along)"


def size_of(environment: Environment) -> Size:
    """Read the measured size from the table."""
    table = json.loads((HERE / "sizes.json").read_text(encoding="utf-8"))
    row: dict[str, int] = table[environment.name]
    more = row.get("with_cuda", 0) if sys.platform == "linux" else 0
    return Size(row["fetched"], row["disk"], more)


def ensure(environments: tuple[Environment, ...] = BOTH) -> None:
    """Make every environment what its locks ask for; nothing to do is the usual case.

    Raises:
        SetupError: when this computer lacks something.
    """
    check_python()
    if all(environment.is_ready() for environment in environments):
        return
    with one_at_a_time():
        missing = [each for each in environments if not each.is_ready()]
        announce(missing)
        for environment in missing:
            make(environment)


def announce(missing: list[Environment]) -> None:
    """Print what will be fetched, and refuse when the disk cannot hold it."""
    new = [
        each for each in missing if each.unfinished.exists() or not each.python.exists()
    ]
    for each in missing:
        state = size_of(each) if each in new else "exists; brought up to its lock"
        say(f"{each.folder.name} ({each.what}): {state}.")
    free = shutil.disk_usage(ROOT).free // MB
    needed, most = room_for(new)
    say(f"{free:,} MB are free where {ROOT} lies.")
    if free < needed:
        raise SetupError(
            f"While they are made, the environments need about {needed:,} MB, and "
            f"{free:,} MB are free. Make room, then start the same command again."
        )
    if free < most:
        say(f"With CUDA it may come to {most:,} MB: the disk may not hold that.")


def room_for(new: list[Environment]) -> tuple[int, int]:
    """Return the MB needed at least and at most; pip also caches what it fetched."""
    sizes = [size_of(each) for each in new]
    needed = sum(size.fetched + size.disk for size in sizes)
    return needed, needed + sum(size.more * 3 // 2 for size in sizes)


def make(environment: Environment) -> None:
    """Create or renew one environment; the stamp comes last."""
    if environment.unfinished.exists():
        say(f"{environment.folder.name}: an earlier set-up was interrupted; anew.")
        shutil.rmtree(environment.folder)
    if environment.folder.exists() and not has_pip(environment):
        say(f"{environment.folder.name}: made for another Python, or broken; anew.")
        shutil.rmtree(environment.folder)
    new = not environment.folder.exists()
    if new:
        create(environment)
    environment.stamp.unlink(missing_ok=True)
    environment.unfinished.touch()
    install(environment, quiet=not new)
    if environment is WINDOW:
        link_checkout(environment)
    environment.unfinished.unlink()
    environment.stamp.write_text(
        json.dumps({"digest": environment.digest()}),
        encoding="utf-8",
    )
    say(f"{environment.folder.name}: ready.")


def has_pip(environment: Environment) -> bool:
    """Tell whether the interpreter inside is one we support and can install.

    It need not be the one that runs this: whoever starts dev.py with another Python
    should not lose the environments.
    """
    code = "import json, pip, sys; print(json.dumps(sys.version_info[:2]))"
    try:
        answer = subprocess.run(
            [str(environment.python), "-c", code],
            capture_output=True,
            text=True,
            check=False,
        )
    except OSError:
        return False
    return answer.returncode == 0 and (
        OLDEST <= tuple(json.loads(answer.stdout)) <= NEWEST
    )


def create(environment: Environment) -> None:
    """Make the empty environment; marked as unfinished from its first moment."""
    environment.folder.mkdir()
    environment.unfinished.touch()
    answer = subprocess.run(
        [sys.executable, "-m", "venv", str(environment.folder)], check=False
    )
    if answer.returncode:
        version = f"{sys.version_info[0]}.{sys.version_info[1]}"
        raise SetupError(
            "Python could not make a virtual environment. On Debian and Ubuntu its "
            f"module is a package of its own: apt-get install python{version}-venv"
        )


def install(environment: Environment, *, quiet: bool) -> None:
    """Let pip install the locks; its own progress is shown, for a new one."""
    requirements = [
        part for lock in environment.locks for part in ("-r", str(lock.resolve()))
    ]
    answer = subprocess.run(
        [
            str(environment.python),
            *("-m", "pip", "install", "--disable-pip-version-check"),
            *("--progress-bar", "on" if sys.stdout.isatty() else "off"),
            *(("-q",) if quiet else ()),
            *requirements,
        ],
        check=False,
    )
    if answer.returncode:
        raise SetupError(
            f"pip could not fill {environment.folder.name} (its own words are above). "
            "Check the connection, then start the same command again."
        )


def link_checkout(environment: Environment) -> None:
    """Let `import workbench` work from any folder, as an installation would."""
    code = "import sysconfig; print(sysconfig.get_path('purelib'))"
    folder = subprocess.run(
        [str(environment.python), "-c", code],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    (Path(folder) / "workbench-checkout.pth").write_text(f"{ROOT}\n", encoding="utf-8")


@contextlib.contextmanager
def one_at_a_time() -> Iterator[None]:
    """Let a second command wait while the first one sets up."""
    (ROOT / "build").mkdir(exist_ok=True)
    with (ROOT / "build" / "setup.lock").open("a+b") as file:
        try:
            take(file.fileno(), wait=False)
        except OSError:
            say("Another command is setting up; waiting for it.")
            take(file.fileno(), wait=True)
        yield


if sys.platform == "win32":
    import msvcrt

    def take(descriptor: int, *, wait: bool) -> None:
        """Lock the file; it is released when the file is closed."""
        while True:
            try:
                msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
            except OSError:
                if not wait:
                    raise
                time.sleep(0.5)
            else:
                return

else:
    import fcntl

    def take(descriptor: int, *, wait: bool) -> None:
        """Lock the file; it is released when the file is closed."""
        fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))


def say(text: str) -> None:
    """Print a line at once, also into a pipe."""
    print(text, flush=True)
