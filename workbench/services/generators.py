"""One generator for all models: each request goes to whoever runs its model.

Adapters are made by factories at their first use: the libraries behind some of them
take longer to import than a start of the window may. A practice model is a kind of its
own, so that switching practice on or off never leads a question elsewhere.
"""

import dataclasses
import enum
import threading
from collections.abc import Callable, Mapping, Sequence
from typing import assert_never

from workbench.domain.comparisons import AdapterProof
from workbench.domain.errors import InputError, WorkbenchError
from workbench.domain.generation import (
    Generation,
    GenerationRequest,
    OnToken,
    StopSignal,
)
from workbench.domain.models import ModelKind, ModelRef
from workbench.domain.ports import TextGenerator
from workbench.domain.prompts import Message
from workbench.domain.remote_ports import RequestPreview
from workbench.services.preview import plain_preview


class Place(enum.StrEnum):
    """Who answers."""

    COMPUTER = "computer"
    BEDROCK = "bedrock"
    PRACTICE = "practice"
    ENDPOINT = "endpoint"


Factory = Callable[[], TextGenerator]
Permit = Callable[[ModelRef], None]
SANDBOX_MARK = ("sandbox", "true")
"""Stands among the versions of every answer of a practice model."""


def place_of(model: ModelRef) -> Place:
    """Return who answers for a model."""
    match model.kind:
        case ModelKind.BUILTIN | ModelKind.LOCAL:
            return Place.COMPUTER
        case ModelKind.BEDROCK:
            return Place.PRACTICE if model.is_practice else Place.BEDROCK
        case ModelKind.OPENAI:
            return Place.ENDPOINT
        case _:
            assert_never(model.kind)


def permit_all(model: ModelRef) -> None:
    """Let every model be asked."""


class RoutedGenerator:
    """Implements `TextGenerator` by the adapters of each place."""

    def __init__(
        self, factories: Mapping[Place, Factory], permit: Permit = permit_all
    ) -> None:
        """Make nothing yet.

        Args:
            factories: by place; called once, on the thread that asks first.
            permit: raises when a model may not be asked now.
        """
        self._adapters = {place: _Lazy(make) for place, make in factories.items()}
        self._permit = permit

    def generate(
        self, request: GenerationRequest, on_token: OnToken, stop: StopSignal
    ) -> Generation:
        """Answer one request, streaming; blocks the calling thread.

        Raises:
            InputError: ``model.no_adapter``, or what `permit` says.
            WorkbenchError: what the adapter raises.
        """
        adapter = self._adapter(request.model)
        answer = adapter.generate(_as_sent(request), on_token, stop)
        return _marked(request.model, answer)

    def generate_batch(
        self,
        requests: Sequence[GenerationRequest],
        on_result: Callable[[int, Generation], None],
        stop: StopSignal,
    ) -> None:
        """Answer many requests, one place after the other.

        A place that fails does not keep the others from answering.

        Raises:
            WorkbenchError: what the first place that failed raised, in the end.
        """
        places: dict[Place, list[int]] = {}
        for index, request in enumerate(requests):
            places.setdefault(place_of(request.model), []).append(index)
        failure: WorkbenchError | None = None
        for indices in places.values():
            if stop.is_set():
                break
            try:
                self._answer(requests, indices, on_result, stop)
            except WorkbenchError as error:
                failure = failure or error
        if failure is not None:
            raise failure

    def prove_adapter(
        self, model: ModelRef, prompts: Sequence[Sequence[Message]]
    ) -> AdapterProof:
        """Compare logits with the adapter off, on, and those of the bare base."""
        return self._adapter(model).prove_adapter(_as_asked(model), prompts)

    def count_tokens(self, model: ModelRef, texts: Sequence[str]) -> Sequence[int]:
        """Count tokens of plain texts with the model's own tokenizer."""
        return self._adapter(model).count_tokens(_as_asked(model), texts)

    def preview(self, request: GenerationRequest) -> str:
        """Return what an adapter would send, or the messages where it does not tell.

        Raises:
            InputError: it could not be sent.
        """
        adapter = self._adapter(request.model)
        if isinstance(adapter, RequestPreview):
            return adapter.preview(_as_sent(request))
        return plain_preview(request)

    def is_available(self) -> bool:
        """Tell whether this computer itself can run models; starts nothing."""
        computer = self._adapters.get(Place.COMPUTER)
        return computer is not None and computer.get().is_available()

    def close(self) -> None:
        """Close every adapter that was made."""
        for adapter in self._adapters.values():
            adapter.close()

    def _answer(
        self,
        requests: Sequence[GenerationRequest],
        indices: Sequence[int],
        on_result: Callable[[int, Generation], None],
        stop: StopSignal,
    ) -> None:
        """Answer those requests that belong to one place."""
        for model in dict.fromkeys(requests[index].model for index in indices):
            self._permit(model)

        def hand_over(number: int, answer: Generation) -> None:
            index = indices[number]
            on_result(index, _marked(requests[index].model, answer))

        sent = [_as_sent(requests[index]) for index in indices]
        adapter = self._adapter(requests[indices[0]].model)
        adapter.generate_batch(sent, hand_over, stop)

    def _adapter(self, model: ModelRef) -> TextGenerator:
        self._permit(model)
        place = place_of(model)
        if place not in self._adapters:
            raise InputError(
                "model.no_adapter",
                f"{model.label} cannot be asked here: nothing is set up for it.",
                {"model": model.label, "place": place.value},
            )
        return self._adapters[place].get()


class _Lazy:
    """An adapter that is made when it is first asked for."""

    def __init__(self, make: Factory) -> None:
        self._make = make
        self._made: TextGenerator | None = None
        # Two first questions at once must share one adapter, with its limits.
        self._lock = threading.Lock()

    def get(self) -> TextGenerator:
        with self._lock:
            if self._made is None:
                self._made = self._make()
            return self._made

    def close(self) -> None:
        with self._lock:
            made = self._made
        if made is not None:
            made.close()


def _as_asked(model: ModelRef) -> ModelRef:
    """Return a model as its adapter knows it: `PRACTICE` is no region of AWS."""
    return dataclasses.replace(model, region="") if model.is_practice else model


def _as_sent(request: GenerationRequest) -> GenerationRequest:
    return dataclasses.replace(request, model=_as_asked(request.model))


def _marked(model: ModelRef, answer: Generation) -> Generation:
    if not model.is_practice:
        return answer
    return dataclasses.replace(answer, versions=(*answer.versions, SANDBOX_MARK))
