"""Prompts: system text, a message template with placeholders, examples as turns.

A placeholder is written ``{{name}}``, the answer of an earlier step of a chain
``{{step1.answer}}``; ``{{{{`` and ``}}}}`` stand for literal double braces. Rendering
is pure: the same spec and variables give the same messages, byte for byte, whichever
candidate they are sent to.

Values that came after the first release stand in `_CAME_LATER` and in no hash while
they have their default: the versions of older projects keep their hashes. A default of
theirs is never changed.
"""

import dataclasses
import enum
import hashlib
import itertools
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from workbench.domain.content import FilePart
from workbench.domain.datasets import normalised_input
from workbench.domain.models import ModelRef
from workbench.domain.parameters import GenerationParameters
from workbench.domain.thinking import Thinking, joined

_EARLIER = re.compile(r"step[1-9][0-9]*\.answer")
_TOKEN = re.compile(
    rf"\{{\{{\{{\{{|\}}\}}\}}\}}|\{{\{{\s*({_EARLIER.pattern}|[^\W\d]\w*)\s*\}}\}}"
)


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
        output_only: only the answer is sent, within the system text. The variables
            are kept: they tell whether the example is a record of the test.
        thinking: what stands before the answer when the prompt asks for thinking.
        turns: what was said after the answer, a user's turn first; sent as it is.
    """

    variables: tuple[tuple[str, str], ...]
    answer: str
    enabled: bool = True
    example_ulid: str = ""
    trial_ulid: str = ""
    output_only: bool = False
    thinking: str = ""
    turns: tuple[Message, ...] = ()

    @property
    def values(self) -> dict[str, str]:
        """The variables as a mapping."""
        return dict(self.variables)

    @property
    def inputs(self) -> tuple[str, ...]:
        """Every input the example gives an answer to, as the texts of records."""
        first = shown_input(own_variables(dict(sorted(self.variables))))
        return (first, *answered(self.turns))


@dataclasses.dataclass(frozen=True, slots=True)
class PromptSpec:
    """Everything that decides what is sent, but for the variables.

    Attributes:
        system: role and rules; may hold placeholders; not sent when blank.
        template: the message with its placeholders.
        shots: ordered examples in the prompt.
        parameters: how answers are decoded.
        thinking: whether and how the model is asked to think first.
        files: context that goes along with the input.
        conversation: what was said after the input, the answer first, up to the
            follow-up that is asked now; sent as it is, without placeholders.
        chain: the steps after this one.
    """

    system: str = ""
    template: str = ""
    shots: tuple[Shot, ...] = ()
    parameters: GenerationParameters = dataclasses.field(
        default_factory=GenerationParameters
    )
    thinking: Thinking = dataclasses.field(default_factory=Thinking)
    files: tuple[FilePart, ...] = ()
    conversation: tuple[Message, ...] = ()
    chain: "tuple[ChainStep, ...]" = ()

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
        return hash_json(_json(self, sent_only=True))

    def as_json(self) -> dict[str, Any]:
        """Return the JSON object the prompt is kept as.

        A prompt without what came later is kept as it was before.
        """
        kept: dict[str, Any] = _json(self, sent_only=False)
        return kept


@dataclasses.dataclass(frozen=True, slots=True)
class ChainStep:
    """A later step of a chain: a prompt that may use the answers before it.

    Attributes:
        spec: its prompt, which has no chain of its own.
        model: the model of this step; None takes that of the first.
        name: what the person calls it; never sent.
    """

    spec: PromptSpec
    model: ModelRef | None = None
    name: str = ""


_CAME_LATER: dict[type, tuple[str, ...]] = {
    Message: ("files",),
    Shot: ("output_only", "thinking", "turns"),
    PromptSpec: ("thinking", "files", "conversation", "chain"),
}
# How the person calls a thing is never sent: a new name makes no new version.
_NOT_SENT: dict[type, tuple[str, ...]] = {FilePart: ("name",), ChainStep: ("name",)}


def _json(value: Any, *, sent_only: bool) -> Any:
    """Return a JSON value; `sent_only` for what a hash is taken of."""
    if isinstance(value, GenerationParameters):
        return value.hashed() if sent_only else dataclasses.asdict(value)
    if isinstance(value, tuple):
        return [_json(item, sent_only=sent_only) for item in value]
    if not dataclasses.is_dataclass(value):
        return value
    kind = type(value)
    later = _CAME_LATER.get(kind, ())
    unsent = _NOT_SENT.get(kind, ()) if sent_only else ()
    return {
        field.name: _json(item, sent_only=sent_only)
        for field in dataclasses.fields(value)
        for item in (getattr(value, field.name),)
        if field.name not in unsent
        and not (field.name in later and _is_default(field, item))
    }


def _is_default(field: "dataclasses.Field[Any]", item: object) -> bool:
    if field.default_factory is not dataclasses.MISSING:
        return bool(item == field.default_factory())
    return bool(item == field.default)


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
    """Return the messages that are sent: system text, examples as turns, the input.

    Behind the input stands what was said after it, when this is a follow-up.
    """
    messages: list[Message] = []
    if system := _system(spec, variables):
        messages.append(Message(Role.SYSTEM, system))
    for shot in spec.active_shots:
        if not shot.output_only:
            messages += _shot_turns(spec, shot)
    messages.append(Message(Role.USER, fill(spec.template, variables), spec.files))
    return (*messages, *spec.conversation)


def _system(spec: PromptSpec, variables: Mapping[str, str]) -> str:
    """Return role and rules, examples of answers alone, and how to think."""
    parts = [fill(spec.system, variables)] if spec.system.strip() else []
    answers = [shot.answer for shot in spec.active_shots if shot.output_only]
    if answers:
        # Marks instead of words: they read the same in every language.
        marked = (f"<example>\n{answer}\n</example>" for answer in answers)
        text = "\n".join(marked)
        parts.append(f"<examples_of_answers>\n{text}\n</examples_of_answers>")
    if spec.thinking.instruction:
        parts.append(spec.thinking.instruction)
    return "\n\n".join(parts)


def _shot_turns(spec: PromptSpec, shot: Shot) -> tuple[Message, ...]:
    answer = shot.answer
    if spec.thinking.is_prompted:
        # A model answers as the examples do, whatever it was told.
        answer = joined(shot.thinking, answer)
    return (
        Message(Role.USER, fill(spec.template, shot.values)),
        Message(Role.ASSISTANT, answer),
        *shot.turns,
    )


def shown_input(variables: Mapping[str, str]) -> str:
    """One text for lists and search: one value alone, several as ``name: value``."""
    if len(variables) == 1:
        return next(iter(variables.values()))
    return "\n".join(f"{name}: {value}" for name, value in variables.items())


def sorted_items(variables: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return variables in the hashable, ordered form that `Shot` keeps."""
    return tuple(sorted(variables.items()))


def own_variables(variables: Mapping[str, str]) -> dict[str, str]:
    """Return the variables that are a record's own: answers of earlier steps go."""
    return {n: v for n, v in variables.items() if not _EARLIER.fullmatch(n)}


def answered(turns: Iterable[Message]) -> tuple[str, ...]:
    """Return the users' turns that an answer follows: each is an input shown."""
    listed = list(turns)
    return tuple(
        turn.text
        for turn, after in itertools.pairwise(listed)
        if turn.role is Role.USER and after.role is Role.ASSISTANT
    )


def without_inputs(
    shots: Iterable[Shot], inputs: Mapping[str, str], example_ulid: str = ""
) -> tuple[Shot, ...]:
    """Leave out examples with the input that is being run: they give it away.

    Args:
        shots: the examples.
        inputs: what is run. Case, width and spaces make no other input of it.
        example_ulid: the record that is run, or empty.
    """
    own = own_variables(inputs)
    key = normalised_input(shown_input(dict(sorted_items(own))))

    def is_own(shot: Shot) -> bool:
        if example_ulid and shot.example_ulid == example_ulid:
            return True
        # An example without any input says nothing about one.
        if shot.output_only and not any(value.strip() for _, value in shot.variables):
            return False
        return any(normalised_input(text) == key for text in shot.inputs)

    return tuple(shot for shot in shots if not is_own(shot))


def first_shots(spec: PromptSpec, k: int) -> PromptSpec:
    """Return the prompt with its first k examples on and the others left out."""
    return dataclasses.replace(spec, shots=spec.active_shots[:k])


def for_input(
    spec: PromptSpec,
    inputs: Mapping[str, str],
    *,
    example_ulid: str = "",
    k: int | None = None,
) -> PromptSpec:
    """Return the prompt as it is sent for one input.

    The input is left out of the examples first, so that k examples are k for every
    input as long as there are enough.

    Args:
        spec: the prompt.
        inputs: what is run.
        example_ulid: the record that is run, or empty.
        k: only the first k examples; None takes all.
    """
    kept = without_inputs(spec.shots, inputs, example_ulid)
    sent = dataclasses.replace(spec, shots=kept)
    return sent if k is None else first_shots(sent, k)
