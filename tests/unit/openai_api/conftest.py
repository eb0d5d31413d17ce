"""A scripted server per test, and a look at the threads afterwards."""

import threading
from collections.abc import Iterator

import pytest

from tests.unit.openai_api.asking import Asking
from tests.unit.openai_api.server import ScriptedServer

SECONDS_TO_END = 5.0


@pytest.fixture(autouse=True)
def no_thread_is_left() -> Iterator[None]:
    """Name the threads that a test leaves behind."""
    known = set(threading.enumerate())
    yield
    for thread in set(threading.enumerate()) - known:
        thread.join(SECONDS_TO_END)
    left = [one.name for one in set(threading.enumerate()) - known]
    assert not left, f"threads outlive their test: {left}"


@pytest.fixture
def server(no_thread_is_left: None) -> Iterator[ScriptedServer]:
    """A server without a script."""
    made = ScriptedServer()
    yield made
    made.close()


@pytest.fixture
def asking(server: ScriptedServer) -> Iterator[Asking]:
    """A generator that asks the scripted server."""
    made = Asking(server)
    yield made
    made.generator.close()
