"""Prompts: system text, a message template with placeholders, examples as turns.

A placeholder is written ``{{name}}``; ``{{{{`` and ``}}}}`` stand for literal double
braces. Rendering is pure: the same spec and variables give the same messages, byte for
byte, whichever candidate they are sent to.
"""

import dataclasses
import enum
import hashlib
import json
import re
from collections.abc import Iterable, Mapping

from workbench.domain.content import FilePart
from workbench.domain.parameters import GenerationParameters

_TOKEN = re.compile(r"\{\{\{\{|\}\}\}\}|\{\{\s*([^\W\d]\w*)\s*\}\}")


class Role(enum.StrEnum):
    """Who speaks in a message."""

    SYSTEM = "system"
    USER = "user"
    ASSISTANT = "assistant"


@dataclasses.dataclass(frozen=True, slots=True)
class Message:
    """One turn as it is sent to a model, with the files that go along."""

    role: Role
    text: str
    files: tuple[FilePart, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class Shot:
    """One example in the prompt, sent as a real user and assistant turn.

    Attributes:
        variables: values for the template's placeholders, sorted by name.
        answer: the assistant's turn.
        enabled: switched off examples are kept but not sent.
        example_ulid: the dataset example it came from, or empty when typed.
        trial_ulid: the trial it came from, or empty.
    """

    variables: tuple[tuple[str, str], ...]
    answer: str
    enabled: bool = True
    example_ulid: str = ""
    trial_ulid: str = ""

    @property
    def values(self) -> dict[str, str]:
        """The variables as a mapping."""
        return dict(self.variables)


@dataclasses.dataclass(frozen=True, slots=True)
class PromptSpec:
    """Everything that decides what is sent, but for the variables.

    Attributes:
        system: role and rules; may hold placeholders; not sent when blank.
        template: the message with its placeholders.
        shots: ordered examples in the prompt.
        parameters: how answers are decoded.
    """

    system: str = ""
    template: str = ""
    shots: tuple[Shot, ...] = ()
    parameters: GenerationParameters = dataclasses.field(
        default_factory=GenerationParameters
    )

    @property
    def active_shots(self) -> tuple[Shot, ...]:
        """The examples that are switched on, in order."""
        return tuple(shot for shot in self.shots if shot.enabled)

    @property
    def placeholders(self) -> tuple[str, ...]:
        """Names of the placeholders of template and system text, in order of use."""
        return tuple(dict.fromkeys((*names_in(self.template), *names_in(self.system))))

    @property
    def content_hash(self) -> str:
        """``sha256:`` and the hash of the spec's canonical JSON."""
        fields = dataclasses.asdict(self)
        return hash_json(fields | {"parameters": self.parameters.hashed()})


class PlaceholderIssue(enum.StrEnum):
    """What can be wrong between placeholders and variables."""

    UNKNOWN = "unknown"
    UNUSED = "unused"
    EMPTY = "empty"


def hash_json(value: object) -> str:
    """Return ``sha256:<hex>`` of a JSON value with sorted keys, UTF-8, no spaces."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return "sha256:" + hashlib.sha256(text.encode("utf-8")).hexdigest()


def names_in(template: str) -> tuple[str, ...]:
    """Return the placeholder names of a template, each once, in order."""
    found = (match.group(1) for match in _TOKEN.finditer(template))
    return tuple(dict.fromkeys(name for name in found if name))


def fill(template: str, variables: Mapping[str, str]) -> str:
    """Replace every known placeholder; an unknown one stays as it is written."""

    def value(match: re.Match[str]) -> str:
        if match.group(0) == "{{{{":
            return "{{"
        if match.group(0) == "}}}}":
            return "}}"
        return variables.get(match.group(1), match.group(0))

    return _TOKEN.sub(value, template)


def as_literal(text: str) -> str:
    """Write text such that `fill` gives it back unchanged."""
    return text.replace("{{", "{{{{").replace("}}", "}}}}")


def make_variable(template: str, start: int, end: int, name: str) -> tuple[str, str]:
    """Turn ``template[start:end]`` into a placeholder ("make this vary").

    Returns:
        The new template, and the replaced text: the first value of the variable.
    """
    return template[:start] + "{{" + name + "}}" + template[end:], template[start:end]


def placeholder_issues(
    spec: PromptSpec, variables: Mapping[str, str]
) -> tuple[tuple[PlaceholderIssue, str], ...]:
    """Compare a prompt with the variables it would be run with."""
    names = spec.placeholders
    missing = ((PlaceholderIssue.UNKNOWN, n) for n in names if n not in variables)
    blank = (
        (PlaceholderIssue.EMPTY, n)
        for n in names
        if n in variables and not variables[n].strip()
    )
    unused = ((PlaceholderIssue.UNUSED, n) for n in variables if n not in names)
    return (*missing, *blank, *unused)


def render(spec: PromptSpec, variables: Mapping[str, str]) -> tuple[Message, ...]:
    """Return the messages that are sent: system text, examples as turns, the input."""
    messages: list[Message] = []
    if spec.system.strip():
        messages.append(Message(Role.SYSTEM, fill(spec.system, variables)))
    for shot in spec.active_shots:
        messages.append(Message(Role.USER, fill(spec.template, shot.values)))
        messages.append(Message(Role.ASSISTANT, shot.answer))
    messages.append(Message(Role.USER, fill(spec.template, variables)))
    return tuple(messages)


def shown_input(variables: Mapping[str, str]) -> str:
    """One text for lists and search: one value alone, several as ``name: value``."""
    if len(variables) == 1:
        return next(iter(variables.values()))
    return "\n".join(f"{name}: {value}" for name, value in variables.items())


def sorted_items(variables: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return variables in the hashable, ordered form that `Shot` keeps."""
    return tuple(sorted(variables.items()))


def without_inputs(
    shots: Iterable[Shot], inputs: Mapping[str, str]
) -> tuple[Shot, ...]:
    """Leave out examples with the very input that is being run."""
    return tuple(shot for shot in shots if shot.values != dict(inputs))
