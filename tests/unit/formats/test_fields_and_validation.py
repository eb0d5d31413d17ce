import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.formats.fields import parse_fields, write_fields
from workbench.formats.validation import AnswerCode, AnswerProblem, check_answer

FIELDS = ("name", "date")
VALUES = st.dictionaries(
    st.sampled_from(FIELDS), st.text(alphabet='ab "{}:東', max_size=6), min_size=1
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"name": "x", "date": null, "n": 3}', {"name": "x", "n": "3"}),
        ('Here:\n```json\n{"name": "x"}\n```', {"name": "x"}),
        ('{not json} then {"name": ["a", "b"]}', {"name": '["a", "b"]'}),
        ("Name: x\n- date：4月1日", {"name": "x", "date": "4月1日"}),
        ("The name is x", None),
        ("", None),
        ("[1, 2]", None),
    ],
)
def test_forms_of_an_answer(text: str, expected: dict[str, str] | None) -> None:
    assert parse_fields(text, FIELDS) == expected


def test_values_on_one_line() -> None:
    assert parse_fields("x | 4月1日", FIELDS, separator="|") == {
        "name": "x",
        "date": "4月1日",
    }
    assert parse_fields("x", FIELDS, separator="|") is None


@given(VALUES)
def test_what_is_written_is_read(values: dict[str, str]) -> None:
    assert parse_fields(write_fields(values, FIELDS), FIELDS) == values


def test_written_on_one_line() -> None:
    assert write_fields({"date": "1", "name": "x"}, FIELDS, separator="|") == "x|1"


@pytest.mark.parametrize(
    ("answer", "rules", "expected"),
    [
        ("HW-01", {"labels": ["HW-01"]}, []),
        ("hw-01 ", {"labels": ["HW-01"]}, [("unknown_label", "hw-01 ", "HW-01")]),
        ("other", {"labels": ["HW-01"]}, [("unknown_label", "other", "")]),
        (" ", {"labels": ["HW-01"]}, [("empty", "", "")]),
        ('{"name": "x", "date": "1"}', {"fields": FIELDS}, []),
        ("x", {"fields": FIELDS}, [("not_fields", "", "")]),
        (
            '{"name": "x", "town": "y"}',
            {"fields": FIELDS},
            [("missing_field", "date", ""), ("unknown_field", "town", "")],
        ),
        ("x|1", {"fields": FIELDS, "separator": "|"}, []),
        ("東京都", {"longest": 2}, [("too_long", "3/2", "")]),
        ("a b c", {"longest": 3, "length": lambda text: len(text.split())}, []),
        ("anything", {}, []),
    ],
)
def test_rules_of_the_task_card(
    answer: str, rules: dict[str, object], expected: list[tuple[str, str, str]]
) -> None:
    found = check_answer(answer, **rules)  # type: ignore[arg-type]
    assert found == tuple(AnswerProblem(AnswerCode(c), d, s) for c, d, s in expected)
