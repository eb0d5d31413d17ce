"""Small workers that speak the real protocol, and a finder that starts them."""

import dataclasses
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from workbench.local.interpreter import Interpreter, InterpreterFinder, Source

HERE = Path(__file__).parent
SCRIPT = HERE / "fake_worker.py"


class FakeInterpreter(Interpreter):
    """Starts the fake script instead of the worker."""

    def command(self, entry: str, *arguments: str) -> list[str]:
        return [sys.executable, str(SCRIPT), entry, *arguments]


@dataclasses.dataclass(frozen=True, slots=True)
class FakeFinder(InterpreterFinder):
    """Finds an interpreter that needs no torch."""

    def find(self) -> Interpreter:
        return FakeInterpreter(Path(sys.executable), Source.OWN)


def wait_until(condition: Callable[[], Any], seconds: float = 20.0) -> Any:
    """Return the first true value of a condition; fail after a deadline."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if value := condition():
            return value
        time.sleep(0.01)  # lint: ok between two looks at another process
    pytest.fail(f"nothing happened within {seconds} s")
