"""Reading and writing the fields of an extraction answer.

Three forms are read: a JSON object (also inside a code fence or prose), lines
``name: value``, and, when the task card names a separator, values on one line in the
order of the card's fields.
"""

import json
from collections.abc import Mapping, Sequence

_DECODER = json.JSONDecoder()


def parse_fields(
    text: str, fields: Sequence[str], *, separator: str = ""
) -> dict[str, str] | None:
    """Read the fields of an answer, or None if it has none of the three forms.

    Args:
        text: the answer.
        fields: the task card's field names.
        separator: text between values on one line; empty when the card asks for JSON.

    Returns:
        The fields found, unknown names included; values that are not texts as JSON,
        null and "missing" both left out.
    """
    found = _json_object(text)
    if found is not None:
        return found
    if separator and fields:
        values = [value.strip() for value in text.strip().split(separator)]
        if len(values) == len(fields):
            return dict(zip(fields, values, strict=True))
    return _lines(text, fields)


def write_fields(
    values: Mapping[str, str], fields: Sequence[str], *, separator: str = ""
) -> str:
    """Write an answer in the card's form: one line, or JSON in the card's order."""
    if separator:
        return separator.join(values.get(name, "") for name in fields)
    known = {name: values[name] for name in fields if name in values}
    return json.dumps(known, ensure_ascii=False)


def as_text(value: object) -> str:
    """Return a JSON value as the text of a cell: texts as they are, null empty."""
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _json_object(text: str) -> dict[str, str] | None:
    start = text.find("{")
    while start >= 0:
        try:
            value, _ = _DECODER.raw_decode(text, start)
        except (ValueError, RecursionError):
            start = text.find("{", start + 1)
            continue
        return {key: as_text(item) for key, item in value.items() if item is not None}
    return None


def _lines(text: str, fields: Sequence[str]) -> dict[str, str] | None:
    known = {name.casefold(): name for name in fields}
    found: dict[str, str] = {}
    for line in text.splitlines():
        # A full-width colon is what a Japanese keyboard types.
        name, colon, value = line.replace("：", ":", 1).partition(":")
        key = name.strip(" \t-*・").casefold()
        if colon and key in known:
            found.setdefault(known[key], value.strip())
    return found or None
