"""What differs between two versions of a prompt, part by part, in words."""

import dataclasses
import enum
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from workbench.domain.content import FilePart
from workbench.domain.prompts import Message, PromptSpec, Shot, shown_input

if TYPE_CHECKING:
    from workbench.evaluation.textdiff import Segment


class Part(enum.StrEnum):
    """The parts of a prompt."""

    SYSTEM = "system"
    TEMPLATE = "template"
    THINKING = "thinking"
    SHOT = "shot"
    FILE = "file"
    CONVERSATION = "conversation"
    STEP = "step"
    PARAMETERS = "parameters"


class Place(NamedTuple):
    """A part, and which one of its kind, from 1; 0 where there is only one."""

    part: Part
    number: int = 0


@dataclasses.dataclass(frozen=True, slots=True)
class PartDiff:
    """One part that differs: what was deleted, inserted and left."""

    place: Place
    segments: "tuple[Segment, ...]"


def compare(first: PromptSpec, second: PromptSpec) -> tuple[PartDiff, ...]:
    """Return the parts that differ, in the order of a prompt."""
    # Imported here: rapidfuzz has no part in the window's start.
    from workbench.evaluation.textdiff import diff

    before, after = dict(_parts(first)), dict(_parts(second))
    order = list(Part)
    places = sorted({*before, *after}, key=lambda p: (order.index(p.part), p.number))
    return tuple(
        PartDiff(place, diff(before.get(place, ""), after.get(place, "")))
        for place in places
        if before.get(place, "") != after.get(place, "")
    )


def _parts(spec: PromptSpec) -> Iterator[tuple[Place, str]]:
    yield Place(Part.SYSTEM), spec.system
    yield Place(Part.TEMPLATE), spec.template
    yield Place(Part.THINKING), _thinking(spec)
    for number, shot in enumerate(spec.shots, start=1):
        yield Place(Part.SHOT, number), _shot(shot)
    for number, file in enumerate(spec.files, start=1):
        yield Place(Part.FILE, number), _file(file)
    for number, message in enumerate(spec.conversation, start=1):
        yield Place(Part.CONVERSATION, number), _message(message)
    for number, step in enumerate(spec.chain, start=2):
        model = step.model.label if step.model else ""
        inner = (text for _, text in _parts(step.spec) if text)
        yield Place(Part.STEP, number), "\n\n".join((model, *inner)).strip()
    yield Place(Part.PARAMETERS), _parameters(spec)


def _thinking(spec: PromptSpec) -> str:
    return spec.thinking.instruction or spec.thinking.style.value


def _shot(shot: Shot) -> str:
    marks = [name for name in ("enabled", "output_only") if getattr(shot, name)]
    texts = (shown_input(shot.values), shot.thinking, shot.answer)
    turns = map(_message, shot.turns)
    return "\n".join((" ".join(marks), *filter(None, texts), *turns))


def _file(file: FilePart) -> str:
    return f"{file.name}\n{file.content_hash}\n{file.send_as.value}"


def _message(message: Message) -> str:
    return f"{message.role.value}: {message.text}"


def _parameters(spec: PromptSpec) -> str:
    fields = dataclasses.asdict(spec.parameters)
    return "\n".join(f"{name}: {value}" for name, value in fields.items())
