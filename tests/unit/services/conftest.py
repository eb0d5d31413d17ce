from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest

from tests.fakes import Bench, make_bench
from workbench.domain.prompts import PromptSpec
from workbench.domain.task import TaskCard, TaskKind
from workbench.services.events import Event

T = TypeVar("T")
CARD = TaskCard(TaskKind.EXTRACT, fields=("code", "urgency", "order"), separator=" | ")
SPEC = PromptSpec("Give category, urgency and order.", "{{ticket}}")


class Recorder:
    """Remembers events in the order they were published."""

    def __init__(self) -> None:
        self.events: list[Event] = []

    def __call__(self, event: Event) -> None:
        self.events.append(event)

    def of(self, kind: type[T]) -> list[T]:
        return [event for event in self.events if isinstance(event, kind)]


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    made = make_bench(tmp_path)
    made.services.projects.create(tmp_path / "project", "Tickets", CARD)
    yield made
    made.generator.gate.set()
    made.services.close()


@pytest.fixture
def heard(bench: Bench) -> Recorder:
    recorder = Recorder()
    bench.services.events.subscribe(recorder)
    return recorder
