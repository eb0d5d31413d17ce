"""A generator whose failures are scripted, with prices to match, for matrices."""

import collections
import dataclasses
import threading
from collections.abc import Callable, Sequence
from decimal import Decimal

from tests.fakes import Bench
from workbench.domain.comparisons import AdapterProof
from workbench.domain.costs import Price
from workbench.domain.errors import CancelledError
from workbench.domain.generation import (
    Generation,
    GenerationRequest,
    OnToken,
    StopSignal,
)
from workbench.domain.matrix import MatrixInput, MatrixRequest
from workbench.domain.models import ModelKind, ModelRef
from workbench.domain.parameters import GenerationParameters
from workbench.domain.prompts import Message, PromptSpec
from workbench.domain.remote import Explain, FailureKind, RemoteFailure, Retry, Step
from workbench.domain.remote import next_step as policy
from workbench.services.matrix import MatrixService
from workbench.services.spending import SpendingService

NOVA = ModelRef(ModelKind.BEDROCK, "Nova", "nova", region="us-east-1")
CLAUDE = ModelRef(ModelKind.BEDROCK, "Claude", "claude", region="us-east-1")
SPEC = PromptSpec(
    "Sort.", "{{ticket}}", parameters=GenerationParameters(max_output_tokens=10)
)
PRICE = Price("", Decimal(1_000_000), Decimal(1_000_000), "2026-11", "test")
"""A dollar for each token: amounts are easily counted."""


def at_once(kind: FailureKind, attempt: int, billable: bool) -> Step:
    """The product's policy without its waits."""
    step = policy(kind, attempt, billable)
    return Retry(0.0) if isinstance(step, Retry) else Explain()


def failure(
    kind: FailureKind, *, billable: bool = False, partial: Generation | None = None
) -> RemoteFailure:
    return RemoteFailure(
        kind, f"It is {kind.value}.", billable=billable, partial=partial
    )


def generation(text: str, **fields: object) -> Generation:
    made = Generation(text, "stop", 7, 3, "hash", 0.5, 0.1, False)
    return dataclasses.replace(made, **fields)  # type: ignore[arg-type]


class Scripted:
    """Answers ``<model> <input>``; fails first as scripted for input or both.

    Attributes:
        calls: inputs that were asked, in order.
        most: most calls that were made at once.
        silent: inputs that nothing comes back for until a stop.
        asked: set when a silent one is being asked.
    """

    def __init__(self) -> None:
        self.script: dict[str, list[Exception]] = collections.defaultdict(list)
        self.calls: list[tuple[str, str]] = []
        self.most = 0
        self.silent: set[str] = set()
        self.asked = threading.Event()
        self.on_call: Callable[[str], None] = lambda _text: None
        self.batches: list[int] = []
        self._now = 0
        self._lock = threading.Lock()

    def generate(
        self, request: GenerationRequest, on_token: OnToken, stop: StopSignal
    ) -> Generation:
        text = request.messages[-1].text
        with self._lock:
            self.calls.append((request.model.path, text))
            self._now += 1
            self.most = max(self.most, self._now)
            mine = self.script[text] or self.script[f"{request.model.path} {text}"]
            planned = mine.pop(0) if mine else None
        try:
            self.on_call(text)
            on_token("so ")
            if text in self.silent:
                self.asked.set()
                stop.wait(30)
                raise CancelledError
            if planned is not None:
                raise planned
            return generation(f"{request.model.path} {text}")
        finally:
            with self._lock:
                self._now -= 1

    def generate_batch(
        self,
        requests: Sequence[GenerationRequest],
        on_result: Callable[[int, Generation], None],
        stop: StopSignal,
    ) -> None:
        self.batches.append(len(requests))
        for index, request in enumerate(requests):
            on_result(index, self.generate(request, lambda _text: None, stop))

    def prove_adapter(
        self, model: ModelRef, prompts: Sequence[Sequence[Message]]
    ) -> AdapterProof:
        raise NotImplementedError

    def count_tokens(self, model: ModelRef, texts: Sequence[str]) -> Sequence[int]:
        raise NotImplementedError

    def is_available(self) -> bool:
        return True

    def close(self) -> None:
        """Nothing is open."""


class OnePrice:
    """The same price for every model but those that are named."""

    def __init__(self, *unknown: str) -> None:
        self.unknown = unknown

    def price(self, model: ModelRef) -> Price | None:
        return None if model.path in self.unknown else PRICE


@dataclasses.dataclass
class Desk:
    """A matrix service over a real project, with scripted answers."""

    bench: Bench
    generator: Scripted
    spending: SpendingService
    matrix: MatrixService

    @classmethod
    def over(cls, bench: Bench, prices: OnePrice | None = None) -> "Desk":
        generator = Scripted()
        services = bench.services
        spending = SpendingService(
            services.projects, prices or OnePrice(), lambda: "2026-11-20"
        )
        matrix = MatrixService(
            services.projects,
            generator,
            services.jobs,
            services.events,
            spending,
            at_once,
        )
        return cls(bench, generator, spending, matrix)

    def run(self, request: MatrixRequest) -> int:
        """Run a matrix to its end and return its id."""
        started = self.matrix.start(request)
        started.job.future.result(20)
        return started.matrix_id


def inputs(*texts: str) -> tuple[MatrixInput, ...]:
    return tuple(MatrixInput((("ticket", text),)) for text in texts)


def wanted(count: int = 3, **fields: object) -> MatrixRequest:
    values: dict[str, object] = {
        "specs": (SPEC,),
        "inputs": inputs(*(f"ticket {number}" for number in range(count))),
        "models": (NOVA,),
    }
    return MatrixRequest(**values | fields)  # type: ignore[arg-type]
