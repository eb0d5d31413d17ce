"""Checking an answer against a JSON schema: the keywords that shape an answer.

Known are type, enum, const, properties, required, additionalProperties, items,
minItems, maxItems, minLength, maxLength, pattern, minimum, maximum, anyOf, oneOf and
allOf. Others (such as ``$ref``) are not read: `unread_keywords` names them, so that
nobody takes a schema for checked that is not.
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

_TYPES: Mapping[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "number": (int, float),
    "integer": (int,),
    "boolean": (bool,),
    "null": (type(None),),
}
_SAYS_NOTHING = {"$schema", "$id", "title", "description", "default", "examples"}
_READ = {
    *("type", "enum", "const", "properties", "required", "additionalProperties"),
    *("items", "minItems", "maxItems", "minLength", "maxLength", "pattern"),
    *("minimum", "maximum", "anyOf", "oneOf", "allOf"),
}


def schema_problems(answer: str, schema: str) -> tuple[str, ...]:
    """Return what an answer contradicts, each as ``place: keyword``; () is right.

    ``$: json`` stands for an answer that is not JSON, ``$: schema`` for a schema that
    cannot be read.
    """
    try:
        wanted = json.loads(schema)
    except ValueError:
        return ("$: schema",)
    try:
        value = json.loads(answer)
    except (ValueError, RecursionError):
        return ("$: json",)
    try:
        return tuple(_problems(value, wanted, "$"))
    except (TypeError, AttributeError, re.error):
        return ("$: schema",)


def unread_keywords(schema: str) -> tuple[str, ...]:
    """Return keywords of a schema that are not checked, sorted.

    Raises:
        ValueError: the schema is not JSON.
    """
    return tuple(sorted(set(_unread(json.loads(schema)))))


def _unread(schema: Any) -> Iterator[str]:
    if not isinstance(schema, dict):
        return
    yield from set(schema) - _READ - _SAYS_NOTHING
    for inner in schema.get("properties", {}).values():
        yield from _unread(inner)
    for name in ("items", "additionalProperties"):
        yield from _unread(schema.get(name))
    for name in ("anyOf", "oneOf", "allOf"):
        for inner in schema.get(name, ()):
            yield from _unread(inner)


def _problems(value: Any, schema: Any, place: str) -> Iterator[str]:
    if schema is False:
        yield f"{place}: false"
    if not isinstance(schema, dict):
        return
    if "type" in schema and not _is_typed(value, schema["type"]):
        yield f"{place}: type"
        return
    if "enum" in schema and not any(_same(value, item) for item in schema["enum"]):
        yield f"{place}: enum"
    if "const" in schema and not _same(value, schema["const"]):
        yield f"{place}: const"
    yield from _limits(value, schema, place)
    if isinstance(value, dict):
        yield from _object(value, schema, place)
    if isinstance(value, list) and "items" in schema:
        for number, item in enumerate(value):
            yield from _problems(item, schema["items"], f"{place}[{number}]")
    yield from _choices(value, schema, place)


def _is_typed(value: Any, wanted: Any) -> bool:
    names = wanted if isinstance(wanted, list) else [wanted]
    return any(_is_of(value, name) for name in names)


def _is_of(value: Any, name: str) -> bool:
    if isinstance(value, bool):  # in Python, True is a number
        return name == "boolean"
    if name == "integer" and isinstance(value, float):
        return value.is_integer()
    return isinstance(value, _TYPES[name]) if name in _TYPES else True


def _same(one: Any, other: Any) -> bool:
    return bool(one == other) and isinstance(one, bool) == isinstance(other, bool)


def _limits(value: Any, schema: Mapping[str, Any], place: str) -> Iterator[str]:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    sizes = {
        "Length": len(value) if isinstance(value, str) else None,
        "Items": len(value) if isinstance(value, list) else None,
        "imum": value if is_number else None,
    }
    for name, size in sizes.items():
        if size is None:
            continue
        if size < schema.get(f"min{name}", size):
            yield f"{place}: min{name}"
        if size > schema.get(f"max{name}", size):
            yield f"{place}: max{name}"
    pattern = schema.get("pattern")
    if pattern and isinstance(value, str) and not re.search(pattern, value):
        yield f"{place}: pattern"


def _object(
    value: Mapping[str, Any], schema: Mapping[str, Any], place: str
) -> Iterator[str]:
    known = schema.get("properties", {})
    for name in schema.get("required", ()):
        if name not in value:
            yield f"{place}.{name}: required"
    for name, item in value.items():
        if name in known:
            yield from _problems(item, known[name], f"{place}.{name}")
        elif schema.get("additionalProperties") is False:
            yield f"{place}.{name}: additionalProperties"
        else:
            inner = schema.get("additionalProperties", True)
            yield from _problems(item, inner, f"{place}.{name}")


def _choices(value: Any, schema: Mapping[str, Any], place: str) -> Iterator[str]:
    for inner in schema.get("allOf", ()):
        yield from _problems(value, inner, place)
    for name, most in (("anyOf", None), ("oneOf", 1)):
        if name in schema:
            fits = sum(not any(_problems(value, s, place)) for s in schema[name])
            if fits == 0 or (most is not None and fits > most):
                yield f"{place}: {name}"
