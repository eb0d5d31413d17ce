"""Priority, threads, device and versions of this process."""

import contextlib
import importlib.metadata
import os
import platform
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.worker.errors import WorkerError
from workbench.worker.protocol import ErrorClass

if TYPE_CHECKING:
    import torch

_PACKAGES = (
    "torch",
    "transformers",
    "tokenizers",
    "peft",
    "trl",
    "accelerate",
    "datasets",
)
_NICENESS = 10
"""With a worker at nice 10 the window's timer came 9.5 ms late at most on two cores."""
_SMALL_MODEL_BYTES = 100_000_000


def lower_priority() -> None:
    """Let the window, and whatever else the person does, go first."""
    if sys.platform == "win32":
        import psutil

        psutil.Process().nice(psutil.BELOW_NORMAL_PRIORITY_CLASS)
        return
    with contextlib.suppress(OSError):
        os.nice(max(0, _NICENESS - os.nice(0)))


def versions() -> dict[str, str]:
    """Return versions of Python and the libraries, without importing them."""
    found = {"python": platform.python_version()}
    for name in _PACKAGES:
        with contextlib.suppress(importlib.metadata.PackageNotFoundError):
            found[name] = importlib.metadata.version(name)
    return found


def cpu_threads(asked: int, model: Path | None = None) -> int:
    """Return the number of CPU threads to compute with.

    Args:
        asked: taken as it is unless 0.
        model: folder of the model. A small one gets a single thread: its matrices are
            done before a second thread has started, and where another program wants
            the core, the two wait for each other at every layer (measured with the
            built-in model beside busy cores: 12 instead of 300 tokens a second).

    Returns:
        What was asked; else 1 for a small model, all physical cores for others.
    """
    if asked > 0:
        return asked
    if model is not None and _weights_bytes(model) < _SMALL_MODEL_BYTES:
        return 1
    available = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 0
    with contextlib.suppress(ImportError):
        import psutil

        physical = psutil.cpu_count(logical=False) or 1
        return max(1, min(physical, available or physical))
    return max(1, available or os.cpu_count() or 1)


def _weights_bytes(model: Path) -> int:
    """Return the size of a model's weights on the disk."""
    return sum(one.stat().st_size for one in model.glob("*.safetensors"))


def is_room_for(model: Path, device: "torch.device") -> bool:
    """Tell whether a model can be tried without pushing out what else is running.

    On the CPU half precision becomes float32, and a step needs room too. A GPU refuses
    by itself; a processor begins to swap, and the whole computer with it.
    """
    if device.type != "cpu":
        return True
    try:
        import psutil
    except ImportError:
        return _weights_bytes(model) < _SMALL_MODEL_BYTES
    return 3 * _weights_bytes(model) < int(psutil.virtual_memory().available)


def choose_device(asked: str) -> "torch.device":
    """Return the device to run on.

    Raises:
        WorkerError: a GPU was asked for and there is none, or torch has no CUDA.
    """
    import torch

    if asked == "cuda" and torch.version.cuda is None:
        raise WorkerError(
            ErrorClass.CPU_ONLY_TORCH, "This torch was built without GPU support."
        )
    if asked == "cuda" and not torch.cuda.is_available():
        raise WorkerError(ErrorClass.NO_GPU, "No GPU was found.")
    if asked in {"auto", "cuda"} and torch.cuda.is_available():
        return torch.device("cuda", 0)
    return torch.device("cpu")


def choose_dtype(device: "torch.device") -> "torch.dtype":
    """Return bfloat16 on a GPU that has it, float32 everywhere else.

    On the CPU float32 is both faster (few have bfloat16 units) and exact enough for an
    answer in a batch to equal the answer alone.
    """
    import torch

    if device.type == "cuda" and torch.cuda.is_bf16_supported(
        including_emulation=False
    ):
        return torch.bfloat16
    return torch.float32


def describe_device(device: "torch.device") -> str:
    """Return the name of a device for people and records."""
    import torch

    if device.type == "cuda":
        return str(torch.cuda.get_device_name(device))
    return f"CPU, {torch.get_num_threads()} threads"
