"""Values to JSON columns and back.

Reading leaves out keys it does not know and takes the default for keys that are not
there, so a field can be added to a value without migrating every row.
"""

import dataclasses
import datetime
import hashlib
import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, TypeVar

from workbench.domain.content import FileKind, FilePart, SendAs
from workbench.domain.datasets import normalised_input
from workbench.domain.models import ModelKind, ModelRef
from workbench.domain.parameters import GenerationParameters
from workbench.domain.prompts import (
    ChainStep,
    Message,
    PromptSpec,
    Role,
    Shot,
    own_variables,
    shown_input,
)
from workbench.domain.task import TaskCard, TaskKind
from workbench.domain.thinking import Thinking, ThinkingStyle

_Value = TypeVar("_Value")
Pairs = tuple[tuple[str, str], ...]


def now() -> str:
    """Return the moment as ISO 8601 in UTC."""
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="milliseconds")


def dump(value: object) -> str:
    """Return canonical JSON, so that equal values give equal text."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def dump_value(value: Any) -> str:
    """Return a dataclass as canonical JSON."""
    return dump(dataclasses.asdict(value))


def load(text: str) -> Any:
    """Return the value of a JSON column."""
    return json.loads(text)


def build(made: type[_Value], known: Mapping[str, Any], /, **changed: Any) -> _Value:
    """Make a dataclass from a mapping that may know more or fewer fields."""
    names = {field.name for field in dataclasses.fields(made)}  # type: ignore[arg-type]
    values = {name: value for name, value in known.items() if name in names}
    return made(**values | changed)


def pairs(value: Iterable[tuple[str, str]]) -> Pairs:
    """Return JSON's lists of two as tuples."""
    return tuple((name, text) for name, text in value)


def load_pairs(text: str) -> Pairs:
    """Return pairs kept as a JSON list of lists."""
    return pairs(load(text))


def load_model(text: str) -> ModelRef:
    """Return a model reference."""
    return _model(load(text))


def _model(fields: Mapping[str, Any]) -> ModelRef:
    return build(ModelRef, fields, kind=ModelKind(fields["kind"]))


def parameters(fields: Mapping[str, Any]) -> GenerationParameters:
    """Return parameters of a call."""
    stops = tuple(fields.get("stop_sequences", ()))
    return build(GenerationParameters, fields, stop_sequences=stops)


def dump_messages(sent: Iterable[Message]) -> str:
    """Return the messages of a trial as canonical JSON; files only where there are."""
    return dump([_message(message) for message in sent])


def _message(message: Message) -> dict[str, Any]:
    fields: dict[str, Any] = {"role": message.role, "text": message.text}
    if message.files:
        fields["files"] = [dataclasses.asdict(part) for part in message.files]
    return fields


def messages(items: Iterable[Mapping[str, Any]]) -> tuple[Message, ...]:
    """Return the messages in a JSON array."""
    return tuple(
        Message(Role(item["role"]), item["text"], _files(item.get("files", ())))
        for item in items
    )


def _files(items: Iterable[Mapping[str, Any]]) -> tuple[FilePart, ...]:
    return tuple(
        build(
            FilePart,
            item,
            kind=FileKind(item["kind"]),
            send_as=SendAs(item.get("send_as", SendAs.BLOCK)),
        )
        for item in items
    )


def load_spec(text: str) -> PromptSpec:
    """Return a prompt."""
    return spec(load(text))


def spec(fields: Mapping[str, Any]) -> PromptSpec:
    """Return the prompt in a JSON object."""
    return build(
        PromptSpec,
        fields,
        shots=tuple(map(_shot, fields.get("shots", ()))),
        parameters=parameters(fields.get("parameters", {})),
        thinking=_thinking(fields.get("thinking", {})),
        files=_files(fields.get("files", ())),
        conversation=messages(fields.get("conversation", ())),
        chain=tuple(map(_chain_step, fields.get("chain", ()))),
    )


def _shot(fields: Mapping[str, Any]) -> Shot:
    return build(
        Shot,
        fields,
        variables=pairs(fields["variables"]),
        turns=messages(fields.get("turns", ())),
    )


def _thinking(fields: Mapping[str, Any]) -> Thinking:
    style = ThinkingStyle(fields.get("style", ThinkingStyle.OFF))
    return build(Thinking, fields, style=style, steps=tuple(fields.get("steps", ())))


def _chain_step(fields: Mapping[str, Any]) -> ChainStep:
    model = fields.get("model")
    return build(
        ChainStep,
        fields,
        spec=spec(fields["spec"]),
        model=None if model is None else _model(model),
    )


def load_card(text: str) -> TaskCard:
    """Return a task card."""
    fields = load(text)
    return build(
        TaskCard,
        fields,
        kind=TaskKind(fields["kind"]),
        labels=tuple(fields.get("labels", ())),
        fields=tuple(fields.get("fields", ())),
        must_contain=tuple(fields.get("must_contain", ())),
    )


def input_key(variables: Pairs) -> str:
    """Return what makes the inputs of two records "the same", whatever the order.

    A digest, because it stands in four indexes and an input may be a whole document.
    What earlier steps of a chain answered belongs to no input: with it, an example made
    of a later step would be another record than the one it answers.
    """
    return key_of_text(shown_input(own_variables(dict(sorted(variables)))))


def own_key(variables: Pairs) -> str:
    """Return the key of an input that is run; empty when nothing was filled in.

    An example without any input is no input of its own.
    """
    if not any(text.strip() for _, text in variables):
        return ""
    return input_key(variables)


def dump_decimal(amount: Decimal | None) -> str | None:
    """Return an amount of money as text, without an exponent; None stays unknown."""
    return None if amount is None else format(amount, "f")


def load_decimal(text: str | None) -> Decimal | None:
    """Return an amount of money; None stays unknown."""
    return None if text is None else Decimal(text)


def key_of_text(input_text: str) -> str:
    """Return the key of an input that is given as one text."""
    text = normalised_input(input_text).encode()
    return hashlib.blake2b(text, digest_size=16).hexdigest()


def text_hash(text: str) -> str:
    """Return a short hash that finds the very same text again."""
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def integers(
    connection: sqlite3.Connection, query: str, values: Sequence[object] = ()
) -> list[int]:
    """Return the only column of a query, in its order.

    As one JSON text: half the time of a hundred thousand rows. For aggregates whose
    result depends on it SQLite keeps a subquery's order (SF_OrderByReqd in its source).
    """
    text = connection.execute(f"SELECT json_group_array(id) FROM ({query})", values)
    return list(load(text.fetchone()[0]))
