"""A sandbox for each test, an unmodified boto3 for it, and no thread left behind."""

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.sandbox.clients import client_of
from workbench.sandbox import Sandbox

Start = Callable[..., Sandbox]
SECONDS_TO_END = 10.0


@pytest.fixture(autouse=True)
def no_thread_left() -> Iterator[None]:
    known = set(threading.enumerate())
    yield
    for thread in set(threading.enumerate()) - known:
        thread.join(SECONDS_TO_END)
    left = [thread.name for thread in set(threading.enumerate()) - known]
    assert not left, f"left behind: {left}"


@pytest.fixture
def start(no_thread_left: None) -> Iterator[Start]:
    """Start sandboxes that are closed after the test."""
    started: list[Sandbox] = []

    def begin(**options: Any) -> Sandbox:
        started.append(Sandbox(**options).start())
        return started[-1]

    yield begin
    for each in started:
        each.close()


@pytest.fixture
def sandbox(start: Start) -> Sandbox:
    return start()


@pytest.fixture
def runtime(sandbox: Sandbox) -> Iterator[Any]:
    with client_of(sandbox) as client:
        yield client


@pytest.fixture
def bedrock(sandbox: Sandbox) -> Iterator[Any]:
    with client_of(sandbox, "bedrock") as client:
        yield client
