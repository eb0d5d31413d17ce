import json

import pytest

from workbench.formats.json_schema import schema_problems, unread_keywords

SCHEMA = {
    "type": "object",
    "required": ["code", "lines"],
    "additionalProperties": False,
    "properties": {
        "code": {"enum": ["ACC", "BIL"]},
        "lines": {
            "type": "array",
            "minItems": 1,
            "maxItems": 2,
            "items": {"type": ["integer", "null"], "minimum": 1, "maximum": 9},
        },
        "note": {"type": "string", "minLength": 2, "maxLength": 3, "pattern": "^a"},
        "fixed": {"const": True},
        "either": {"anyOf": [{"type": "string"}, {"type": "number"}]},
        "one": {"oneOf": [{"type": "number"}, {"type": "integer"}]},
        "all": {"allOf": [{"type": "string"}, {"maxLength": 1}]},
    },
}


@pytest.mark.parametrize(
    ("answer", "problems"),
    [
        ({"code": "ACC", "lines": [1, None, 3.0][:2]}, []),
        ({"code": "ACC"}, ["$.lines: required"]),
        ({"code": "XXX", "lines": [1]}, ["$.code: enum"]),
        ({"code": "ACC", "lines": []}, ["$.lines: minItems"]),
        ({"code": "ACC", "lines": [1, 2, 3]}, ["$.lines: maxItems"]),
        (
            {"code": "ACC", "lines": [0, 10]},
            ["$.lines[0]: minimum", "$.lines[1]: maximum"],
        ),
        ({"code": "ACC", "lines": [True]}, ["$.lines[0]: type"]),
        ({"code": "ACC", "lines": [1.5]}, ["$.lines[0]: type"]),
        ({"code": "ACC", "lines": [1], "more": 1}, ["$.more: additionalProperties"]),
        ({"code": "ACC", "lines": [1], "note": "a"}, ["$.note: minLength"]),
        (
            {"code": "ACC", "lines": [1], "note": "baaa"},
            ["$.note: maxLength", "$.note: pattern"],
        ),
        ({"code": "ACC", "lines": [1], "fixed": 1}, ["$.fixed: const"]),
        ({"code": "ACC", "lines": [1], "either": []}, ["$.either: anyOf"]),
        ({"code": "ACC", "lines": [1], "one": 1}, ["$.one: oneOf"]),
        ({"code": "ACC", "lines": [1], "one": 1.5}, []),
        ({"code": "ACC", "lines": [1], "all": "ab"}, ["$.all: maxLength"]),
        ([], ["$: type"]),
    ],
)
def test_problems(answer: object, problems: list[str]) -> None:
    found = schema_problems(
        json.dumps(answer, ensure_ascii=False), json.dumps(SCHEMA, ensure_ascii=False)
    )
    assert list(found) == problems


def test_what_is_no_json() -> None:
    assert schema_problems("yes", "{}") == ("$: json",)
    assert schema_problems("1", "{") == ("$: schema",)
    assert schema_problems('"a"', '{"pattern": "("}') == ("$: schema",)
    assert schema_problems("1", "false") == ("$: false",)
    assert schema_problems("1", "true") == ()


def test_what_is_not_checked_is_named() -> None:
    schema = '{"title": "t", "properties": {"a": {"format": "date", "$ref": "#"}}}'
    assert unread_keywords(schema) == ("$ref", "format")
    assert unread_keywords("true") == ()
