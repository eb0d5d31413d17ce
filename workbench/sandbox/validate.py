"""Checks values against a shape of the service model, with AWS's sentences.

boto3 checks required members, types and minima before it sends; enums, patterns and
maxima only the service does, and so does this. Values are as Python has them: bytes for
blobs, datetimes for timestamps (`wire` converts).
"""

import datetime
import functools
import re
from collections.abc import Callable, Iterator, Mapping

from workbench.sandbox.errors import AwsError, validation
from workbench.sandbox.routes import Shape

_TYPES: Mapping[str, tuple[type, ...]] = {
    "string": (str,),
    "character": (str,),
    "blob": (bytes,),
    "integer": (int,),
    "long": (int,),
    "float": (int, float),
    "double": (int, float),
    "boolean": (bool,),
    "timestamp": (datetime.datetime,),
}
_NUMBERS = {"integer", "long", "float", "double"}


class ReplyError(Exception):
    """The sandbox was about to send what the service never would: our own bug."""


def check_request(shape: Shape, value: object) -> None:
    """Refuse a request that breaks the service model.

    Raises:
        AwsError: ValidationException with all that is wrong, as AWS phrases it.
    """
    found = list(violations(shape, value, "")) if shape is not None else []
    if found:
        raise refusal(found)


def check_reply(shape: Shape, value: object) -> None:
    """Refuse to send what breaks the service model; unknown members count too.

    Raises:
        ReplyError: naming each place.
    """
    found = list(violations(shape, value, "", strict=True))
    if found:
        raise ReplyError("; ".join(found))


def refusal(found: list[str]) -> AwsError:
    """Return the error that lists what was found."""
    noun = "error" if len(found) == 1 else "errors"
    return validation(f"{len(found)} validation {noun} detected: {'; '.join(found)}")


def violations(
    shape: Shape, value: object, path: str, *, strict: bool = False
) -> Iterator[str]:
    """List what is wrong with a value, in the order of its members.

    Args:
        shape: of the service model.
        value: as Python has it.
        path: where the value stands, empty for the whole.
        strict: report members that the shape does not have. AWS ignores them in
            requests, because a newer client may know more.
    """
    kind = shape.type_name
    if kind == "structure":
        yield from _structure(shape, value, path, strict=strict)
    elif kind == "list":
        yield from _list(shape, value, path, strict=strict)
    elif kind == "map":
        yield from _map(shape, value, path, strict=strict)
    else:
        yield from _scalar(shape, value, path)


def _structure(
    shape: Shape, value: object, path: str, *, strict: bool
) -> Iterator[str]:
    if getattr(shape, "is_document_type", False):
        return
    if not isinstance(value, Mapping):
        yield _wrong_type(value, path, "structure")
        return
    dot = f"{path}." if path else ""
    for name in shape.required_members:
        if value.get(name) is None:
            yield _failed("null", f"{dot}{name}", "Member must not be null")
    if getattr(shape, "is_tagged_union", False):
        yield from _union(shape, value, path)
    for name, item in value.items():
        member = shape.members.get(name)
        if member is None:
            if strict:
                yield f"Unknown member '{dot}{name}'"
        elif item is not None:
            yield from violations(member, item, f"{dot}{name}", strict=strict)


def _union(shape: Shape, value: Mapping[str, object], path: str) -> Iterator[str]:
    given = [name for name in value if name in shape.members]
    if len(given) != 1:
        names = ", ".join(shape.members)
        yield _failed(
            "[" + ", ".join(given) + "]", path, f"Member must have one of: [{names}]"
        )


def _list(shape: Shape, value: object, path: str, *, strict: bool) -> Iterator[str]:
    if not isinstance(value, list | tuple):
        yield _wrong_type(value, path, "list")
        return
    yield from _length(shape, len(value), value, path)
    for index, item in enumerate(value, start=1):
        yield from violations(
            shape.member, item, f"{path}.{index}.member", strict=strict
        )


def _map(shape: Shape, value: object, path: str, *, strict: bool) -> Iterator[str]:
    if not isinstance(value, Mapping):
        yield _wrong_type(value, path, "map")
        return
    yield from _length(shape, len(value), value, path)
    for key, item in value.items():
        yield from violations(shape.key, key, f"{path}.key", strict=strict)
        yield from violations(shape.value, item, f"{path}.{key}", strict=strict)


def _scalar(shape: Shape, value: object, path: str) -> Iterator[str]:
    kind = shape.type_name
    allowed = _TYPES[kind]
    # To Python a bool is an int; to AWS it is not.
    is_stray_bool = isinstance(value, bool) and kind != "boolean"
    if is_stray_bool or not isinstance(value, allowed):
        yield _wrong_type(value, path, kind)
    elif isinstance(value, str):
        yield from _text(shape, value, path)
    elif isinstance(value, bytes):
        yield from _length(shape, len(value), "blob", path)
    elif kind in _NUMBERS and isinstance(value, int | float):
        yield from _number(shape, value, path)


def _text(shape: Shape, value: str, path: str) -> Iterator[str]:
    meta = shape.metadata
    yield from _length(shape, len(value), value, path)
    if meta.get("enum") and value not in meta["enum"]:
        names = ", ".join(meta["enum"])
        yield _failed(value, path, f"Member must satisfy enum value set: [{names}]")
    if "pattern" in meta and not matcher(meta["pattern"])(value):
        yield _failed(
            value,
            path,
            f"Member must satisfy regular expression pattern: {meta['pattern']}",
        )


@functools.cache
def matcher(pattern: str) -> Callable[[str], object]:
    """Return the test for one of AWS's patterns, which mean the whole value."""
    return re.compile(pattern).fullmatch


def _length(shape: Shape, size: int, value: object, path: str) -> Iterator[str]:
    least, most = shape.metadata.get("min"), shape.metadata.get("max")
    if least is not None and size < least:
        rule = f"Member must have length greater than or equal to {least}"
        yield _failed(value, path, rule)
    if most is not None and size > most:
        rule = f"Member must have length less than or equal to {most}"
        yield _failed(value, path, rule)


def _number(shape: Shape, value: float, path: str) -> Iterator[str]:
    least, most = shape.metadata.get("min"), shape.metadata.get("max")
    if least is not None and value < least:
        yield _failed(
            value, path, f"Member must have value greater than or equal to {least}"
        )
    if most is not None and value > most:
        yield _failed(
            value, path, f"Member must have value less than or equal to {most}"
        )


def _wrong_type(value: object, path: str, kind: str) -> str:
    return _failed(value, path or "body", f"Member must be of type {kind}")


def _failed(value: object, path: str, rule: str) -> str:
    shown = str(value)
    shown = shown if len(shown) <= 200 else shown[:200] + "..."
    return f"Value '{shown}' at '{path}' failed to satisfy constraint: {rule}"
