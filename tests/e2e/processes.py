"""Real processes of the program, started in a home of their own and always ended."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil

ROOT = Path(__file__).resolve().parents[2]
IN_WINDOW = ROOT / "tests" / "e2e" / "in_window.py"
_LOOK_SECONDS = 0.05


def environment(home: Path, **more: str) -> dict[str, str]:
    """Return the variables of a process whose files all lie in `home`."""
    return {
        **os.environ,
        "WORKBENCH_HOME": str(home),
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONUTF8": "1",
        **more,
    }


def wait_for(what: str, condition: Callable[[], bool], seconds: float = 30.0) -> None:
    """Return as soon as a condition holds; fail, naming it, when it does not."""
    end, never = time.monotonic() + seconds, threading.Event()
    while not condition():
        if time.monotonic() > end:
            raise AssertionError(f"waited {seconds:.0f} s in vain for: {what}")
        never.wait(_LOOK_SECONDS)


def workbench(
    home: Path, *arguments: str | Path, seconds: float = 120.0, **more: str
) -> subprocess.CompletedProcess[str]:
    """Run a command of the program to its end."""
    return subprocess.run(
        [sys.executable, "-m", "workbench", *map(str, arguments)],
        cwd=ROOT,
        env=environment(home, **more),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=seconds,
        check=False,
    )


def answer(result: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    """Return the JSON object in the last line of what a command printed."""
    lines = result.stdout.strip().splitlines()
    assert lines, f"nothing printed; exit code {result.returncode}\n{result.stderr}"
    value = json.loads(lines[-1])
    assert isinstance(value, dict)
    return value


@contextmanager
def started(
    home: Path, *command: str | Path, **more: str
) -> Iterator[subprocess.Popen[str]]:
    """Start Python with arguments; whatever happens, it is gone afterwards."""
    process = subprocess.Popen(
        [sys.executable, *map(str, command)],
        cwd=ROOT,
        env=environment(home, **more),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


def in_window(
    home: Path,
    script: str,
    *arguments: str | Path,
    seconds: float = 90.0,
    variables: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Do one of the scripts of `in_window.py` in a real window process."""
    result = subprocess.run(
        [sys.executable, str(IN_WINDOW), script, *map(str, arguments)],
        cwd=ROOT,
        env=environment(home, **(variables or {})),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=seconds,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    assert "Traceback" not in result.stderr, result.stderr
    return answer(result)


def launched(files: Path) -> list[dict[str, Any]]:
    """Return whom the window started for the runs of a project, by its own record."""
    found = sorted((files / "runs").glob("*/launch.json"))
    return [json.loads(path.read_text(encoding="utf-8")) for path in found]


def is_alive(launch: dict[str, Any]) -> bool:
    """Tell whether this very process still runs (a pid alone says nothing)."""
    try:
        process = psutil.Process(launch["pid"])
        same = abs(process.create_time() - launch["create_time"]) < 2.0
        return same and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def end(launch: dict[str, Any]) -> None:
    """End a worker that a test left behind, if it is still that process."""
    if is_alive(launch):
        os.kill(launch["pid"], signal.SIGTERM)
