"""What this computer has: cores, memory, NVIDIA GPUs. Asks no torch."""

import contextlib
import dataclasses
import os
import shutil
import subprocess

import psutil

_QUERY = "--query-gpu=name,memory.total,memory.free,driver_version"
_SECONDS = 5.0
_MEBIBYTE = 1024 * 1024


@dataclasses.dataclass(frozen=True, slots=True)
class Gpu:
    """A graphics card as its driver describes it; memory in bytes."""

    name: str
    memory: int
    free: int
    driver: str


@dataclasses.dataclass(frozen=True, slots=True)
class Hardware:
    """This computer; memory in bytes.

    Attributes:
        cores: physical cores this process may use.
        memory: in all.
        available: that can be had without swapping.
    """

    cores: int
    memory: int
    available: int
    gpus: tuple[Gpu, ...]


def survey() -> Hardware:
    """Return what this computer has; starts ``nvidia-smi``, so not on the Qt thread."""
    memory = psutil.virtual_memory()
    return Hardware(cores(), memory.total, memory.available, find_gpus())


def cores() -> int:
    """Return the physical cores that this process may use."""
    physical = psutil.cpu_count(logical=False) or os.cpu_count() or 1
    with contextlib.suppress(AttributeError):  # not on macOS and Windows
        return max(1, min(physical, len(os.sched_getaffinity(0))))
    return physical


def find_gpus() -> tuple[Gpu, ...]:
    """Return the NVIDIA GPUs, none when there is no driver."""
    program = shutil.which("nvidia-smi")
    if program is None:
        return ()
    try:
        done = subprocess.run(  # fixed arguments
            [program, _QUERY, "--format=csv,noheader,nounits"],
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ()
    return parse_gpus(done.stdout) if done.returncode == 0 else ()


def parse_gpus(text: str) -> tuple[Gpu, ...]:
    """Read the lines of ``nvidia-smi``; a line with an odd value is left out."""
    found = []
    for line in text.splitlines():
        parts = [part.strip() for part in line.split(",")]
        with contextlib.suppress(ValueError):
            name, total, free, driver = parts
            found.append(
                Gpu(name, int(total) * _MEBIBYTE, int(free) * _MEBIBYTE, driver)
            )
    return tuple(found)
