"""A sandbox for a test, generators that ask it, and no thread left behind."""

import functools
import threading
from collections.abc import Iterator
from typing import Any

import botocore.loaders
import botocore.session
import pytest

from tests.unit.aws.practice import Practice, Start
from workbench.sandbox import Sandbox

SECONDS_TO_END = 5.0


@pytest.fixture(autouse=True, scope="session")
def shared_service_models() -> Iterator[None]:
    """Reading service models takes most of the time of a test: read them once."""
    create = functools.cache(botocore.loaders.create_loader)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(botocore.session, "create_loader", create)
        yield


@pytest.fixture
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
    started: list[Practice] = []

    def begin(**options: Any) -> Practice:
        started.append(Practice.over(Sandbox(**options).start()))
        return started[-1]

    yield begin
    for each in started:
        each.sessions.close()
        each.sandbox.close()


@pytest.fixture
def practice(start: Start) -> Practice:
    return start()
