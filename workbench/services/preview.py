"""What would be sent, before anything is: messages, the request, and how long it is."""

import dataclasses
import enum
import json
from collections.abc import Mapping, Sequence

from workbench.domain.errors import WorkbenchError
from workbench.domain.files import text_alone
from workbench.domain.generation import GenerationRequest
from workbench.domain.jobs import JobKind
from workbench.domain.models import ModelRef
from workbench.domain.ports import TextGenerator
from workbench.domain.prompts import Message, PromptSpec, Role, for_input, render
from workbench.domain.remote import estimate_tokens
from workbench.domain.remote_ports import RequestPreview
from workbench.services.jobs import Job, JobContext, JobService


class SentPart(enum.StrEnum):
    """The parts of what is sent that are counted apart."""

    RULES = "rules"
    EXAMPLES = "examples"
    FILES = "files"
    MESSAGE = "message"
    THREAD = "thread"


@dataclasses.dataclass(frozen=True, slots=True)
class Preview:
    """What would be sent for one input.

    Attributes:
        messages: the turns, in order.
        tokens: by part; parts that are not sent are missing.
        is_estimate: nobody counted, the numbers are guesses.
        request: the request as JSON to read; empty when it could not be made.
        problem: why it could not be made.
    """

    messages: tuple[Message, ...]
    tokens: tuple[tuple[SentPart, int], ...]
    is_estimate: bool = True
    request: str = ""
    problem: WorkbenchError | None = None

    @property
    def total(self) -> int:
        """Tokens of everything."""
        return sum(count for _, count in self.tokens)


class PreviewService:
    """Shows what a call would send; calls nobody but to count tokens."""

    def __init__(self, generator: TextGenerator, jobs: JobService) -> None:
        """Keep who would be asked, and the lanes."""
        self._generator = generator
        self._jobs = jobs

    def guess(self, spec: PromptSpec, variables: Mapping[str, str]) -> Preview:
        """Return the messages, with estimated lengths; quick."""
        messages, parts = _parts(spec, variables)
        counts = [sum(map(estimate_tokens, texts)) for _, texts in parts]
        names = [part for part, _ in parts]
        return Preview(messages, tuple(zip(names, counts, strict=True)))

    def look(
        self, spec: PromptSpec, variables: Mapping[str, str], model: ModelRef
    ) -> Job[Preview]:
        """Return also the request, and lengths as the model counts where it can."""

        def work(context: JobContext) -> Preview:
            del context
            return self._counted(self._requested(spec, variables, model), spec, model)

        return self._jobs.submit(JobKind.PROBE, model.label, work)

    def _requested(
        self, spec: PromptSpec, variables: Mapping[str, str], model: ModelRef
    ) -> Preview:
        guess = self.guess(spec, variables)
        request = GenerationRequest(model, guess.messages, spec.parameters)
        try:
            text = request_text(self._generator, request)
        except WorkbenchError as problem:
            return dataclasses.replace(guess, problem=problem)
        return dataclasses.replace(guess, request=text)

    def _counted(self, seen: Preview, spec: PromptSpec, model: ModelRef) -> Preview:
        parts = _counted_parts(spec, seen.messages)
        texts = ["\n".join(texts) for _, texts in parts]
        try:
            counts = self._generator.count_tokens(model, texts)
        except WorkbenchError:
            # Not every model counts; a guess that says so is better than nothing.
            return seen
        names = [part for part, _ in parts]
        tokens = tuple(zip(names, counts, strict=True))
        return dataclasses.replace(seen, tokens=tokens, is_estimate=False)


def request_text(generator: TextGenerator, request: GenerationRequest) -> str:
    """Return what would be sent as JSON to read; InputError when it cannot be."""
    if isinstance(generator, RequestPreview):
        return generator.preview(request)
    return plain_preview(request)


def plain_preview(request: GenerationRequest) -> str:
    """Return messages and parameters as JSON, as models of this computer get them."""
    turns = [
        {"role": message.role.value, "content": text_alone(message)}
        for message in request.messages
    ]
    body = {
        "model": request.model.path or request.model.label,
        "messages": turns,
        "parameters": dataclasses.asdict(request.parameters),
    }
    return json.dumps(body, ensure_ascii=False, indent=2)


_Parts = Sequence[tuple[SentPart, Sequence[str]]]


def _parts(
    spec: PromptSpec, variables: Mapping[str, str]
) -> tuple[tuple[Message, ...], _Parts]:
    sent = for_input(spec, variables)
    messages = render(sent, variables)
    return messages, _counted_parts(spec, messages)


def _counted_parts(spec: PromptSpec, messages: Sequence[Message]) -> _Parts:
    """Return the texts of each part that is sent."""
    rules = [m.text for m in messages if m.role is Role.SYSTEM]
    turns = [m for m in messages if m.role is not Role.SYSTEM]
    place = len(turns) - 1 - len(spec.conversation)
    found = (
        (SentPart.RULES, rules),
        (SentPart.EXAMPLES, [turn.text for turn in turns[:place]]),
        (SentPart.FILES, [part.text for part in turns[place].files]),
        (SentPart.MESSAGE, [turns[place].text]),
        (SentPart.THREAD, [turn.text for turn in turns[place + 1 :]]),
    )
    return [(part, texts) for part, texts in found if any(texts)]
