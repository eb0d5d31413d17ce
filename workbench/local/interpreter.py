"""Finds the interpreter that has torch, and says how a worker is started with it.

Looked at in this order, the first that is there wins: the environment variable
``WORKBENCH_WORKER_PYTHON``, the person's setting, ``.venv-worker`` beside the checkout,
the interpreter of this very process when it has torch. Nothing is started to find out.
"""

import dataclasses
import enum
import importlib.util
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from workbench.domain.errors import EnvironmentFault
from workbench.worker import protocol

VARIABLE = "WORKBENCH_WORKER_PYTHON"
WORKER_ENTRY = Path(protocol.__file__).resolve().with_name("__main__.py")
CHECKOUT = Path(protocol.__file__).resolve().parents[2]

_IS_WINDOWS = sys.platform == "win32"


class Source(enum.StrEnum):
    """How an interpreter was found."""

    VARIABLE = "variable"
    SETTING = "setting"
    CHECKOUT = "checkout"
    OWN = "own"


@dataclasses.dataclass(frozen=True, slots=True)
class Interpreter:
    """A Python with torch.

    Attributes:
        executable: absolute path, not resolved: in a virtual environment it is a link.
    """

    executable: Path
    source: Source

    def command(self, entry: str, *arguments: str) -> list[str]:
        """Return the command that starts an entry point of the worker."""
        return [str(self.executable), str(WORKER_ENTRY), entry, *arguments]


@dataclasses.dataclass(frozen=True, slots=True)
class InterpreterFinder:
    """Where to look; everything can be set for tests.

    Attributes:
        setting: what the person chose, or None; a function is asked each time, so
            that a new choice acts at once.
        checkout: folder that may hold ``.venv-worker``.
        environ: environment variables; None takes those of this process.
        own: whether this process's own interpreter may be used.
    """

    setting: Path | Callable[[], Path | None] | None = None
    checkout: Path = CHECKOUT
    environ: Mapping[str, str] | None = None
    own: bool = True

    def find(self) -> Interpreter:
        """Return the interpreter to use.

        Raises:
            EnvironmentFault: ``worker.missing`` when none has torch,
                ``worker.wrong_path`` when the one named is not there.
        """
        environ = os.environ if self.environ is None else self.environ
        named = (
            (Source.VARIABLE, environ.get(VARIABLE)),
            (Source.SETTING, self.chosen()),
        )
        for source, path in named:
            if path:
                return Interpreter(_existing(Path(path)), source)
        beside = python_of(self.checkout / ".venv-worker")
        if beside.is_file() and has_torch(beside):
            return Interpreter(beside, Source.CHECKOUT)
        if self.own and _own_has_torch():
            return Interpreter(Path(sys.executable), Source.OWN)
        raise EnvironmentFault(
            "worker.missing",
            "There is no Python with torch on this computer yet. "
            "Run the set-up of the worker environment.",
            {"looked_at": str(beside)},
        )

    def chosen(self) -> Path | None:
        """Return what the person has chosen by now."""
        return self.setting() if callable(self.setting) else self.setting

    def is_available(self) -> bool:
        """Tell whether there is one, without starting anything."""
        try:
            self.find()
        except EnvironmentFault:
            return False
        return True


def python_of(environment: Path) -> Path:
    """Return the interpreter of a virtual environment, whether it exists or not."""
    if _IS_WINDOWS:
        return environment / "Scripts" / "python.exe"
    return environment / "bin" / "python"


def has_torch(executable: Path) -> bool:
    """Tell from the files of its environment whether an interpreter has torch."""
    prefix = executable.parent.parent
    patterns = ("lib/python3*/site-packages/torch", "Lib/site-packages/torch")
    return any(
        (one / "version.py").is_file() for p in patterns for one in prefix.glob(p)
    )


def _own_has_torch() -> bool:
    """A frozen program is no interpreter: started again, it would open the window."""
    if getattr(sys, "frozen", False):
        return False
    return importlib.util.find_spec("torch") is not None


def _existing(path: Path) -> Path:
    """Return an absolute path to an interpreter somebody named.

    Raises:
        EnvironmentFault: ``worker.wrong_path`` when there is no such file.
    """
    if not path.is_file():
        raise EnvironmentFault(
            "worker.wrong_path",
            f"The Python chosen for local models is not there: {path}. "
            "Choose another in Settings.",
            {"path": str(path)},
        )
    return path.absolute()


def child_environment() -> dict[str, str]:
    """Return the environment of a worker process (training.md 3.4)."""
    environment = dict(os.environ)
    if getattr(sys, "frozen", False) and "LD_LIBRARY_PATH_ORIG" in environment:
        # PyInstaller's boot loader put the program's own libraries first
        environment["LD_LIBRARY_PATH"] = environment.pop("LD_LIBRARY_PATH_ORIG")
    for name in ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "__PYVENV_LAUNCHER__"):
        environment.pop(name, None)  # they mean this interpreter, not the worker's
    gpu = environment.get("CUDA_VISIBLE_DEVICES", "0").split(",")[0]
    return environment | {
        "PYTHONUTF8": "1",
        "PYTHONUNBUFFERED": "1",
        "TOKENIZERS_PARALLELISM": "false",
        "CUDA_VISIBLE_DEVICES": gpu,
        "PYTORCH_CUDA_ALLOC_CONF": "expandable_segments:True",
        "HF_HUB_DISABLE_TELEMETRY": "1",
        "HF_HUB_OFFLINE": "1",
        "TRANSFORMERS_VERBOSITY": "warning",
    }


def detached() -> dict[str, Any]:
    """Return the Popen arguments of a child that outlives the window.

    On Windows no job object with KILL_ON_JOB_CLOSE is used: it would end the training
    together with the window.
    """
    if sys.platform == "win32":
        flags = subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW
        return {"creationflags": flags | subprocess.BELOW_NORMAL_PRIORITY_CLASS}
    return {"start_new_session": True}
