import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.evaluation.golden import TOLERANCE, block, cases
from workbench.evaluation.metrics import (
    METRICS,
    jsquad_char_f1,
    jsquad_em,
    normalize,
)

ANSWERS = st.text(alphabet="東京都 　。aAbB1", max_size=12)
REFERENCES = st.lists(ANSWERS, min_size=1, max_size=3)


@pytest.mark.parametrize("case", cases("jsquad_char_jglue_official.cases"))
def test_one_answer_as_jglue(case: Any) -> None:
    assert normalize(case["prediction"]) == case["normalized_prediction"]
    assert jsquad_em(case["prediction"], case["golds"]) == case["exact_match"]
    f1 = jsquad_char_f1(case["prediction"], case["golds"])
    assert f1 == pytest.approx(case["f1"], abs=TOLERANCE)


def test_all_answers_as_jglue() -> None:
    golden = block("jsquad_char_jglue_official")
    pairs = [(c["prediction"], c["golds"]) for c in golden["cases"]]
    em = 100 * sum(jsquad_em(*pair) for pair in pairs) / len(pairs)
    f1 = 100 * sum(jsquad_char_f1(*pair) for pair in pairs) / len(pairs)
    assert em == pytest.approx(golden["corpus"]["exact_match_pct"], abs=TOLERANCE)
    assert f1 == pytest.approx(golden["corpus"]["f1_pct"], abs=TOLERANCE)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("東京。。", "東京"),
        ("東京。 ", "東京。"),
        ("　Ａ　b\n", "ａ b"),
        ("「東京」", "「東京」"),
        ("。", ""),
    ],
)
def test_normalisation_keeps_jglue_order_of_steps(text: str, expected: str) -> None:
    assert normalize(text) == expected


@pytest.mark.parametrize(
    ("prediction", "references", "em", "f1"),
    [
        ("", [""], 1.0, 1.0),
        ("", ["。"], 1.0, 1.0),
        ("東京", [""], 0.0, 0.0),
        ("", ["", "東京"], 0.0, 0.0),  # the empty reference is skipped
        ("", [], 1.0, 1.0),
        ("大阪", ["東京", "大阪"], 1.0, 1.0),
    ],
)
def test_empty_sides(
    prediction: str, references: list[str], em: float, f1: float
) -> None:
    assert jsquad_em(prediction, references) == em
    assert jsquad_char_f1(prediction, references) == f1


@given(ANSWERS, REFERENCES)
def test_scores_are_shares_and_em_implies_full_f1(
    prediction: str, references: list[str]
) -> None:
    em, f1 = (score(prediction, references) for score in (jsquad_em, jsquad_char_f1))
    assert em in (0.0, 1.0)
    assert 0.0 <= f1 <= 1.0
    assert em <= f1


@given(ANSWERS, REFERENCES)
def test_more_references_never_lower_a_score(
    prediction: str, references: list[str]
) -> None:
    usable = [r for r in references if normalize(r)] or ["東"]
    for score in (jsquad_em, jsquad_char_f1):
        assert score(prediction, usable) == max(score(prediction, [r]) for r in usable)


@given(ANSWERS, ANSWERS)
def test_char_f1_is_symmetric_and_ignores_order(a: str, b: str) -> None:
    assert jsquad_char_f1(a, [b]) == pytest.approx(jsquad_char_f1(b, [a]))
    assert jsquad_char_f1("京東", ["東京"]) == 1.0


MADE: dict[str, Callable[[list[str]], str]] = {
    "first": lambda answers: answers[0],
    "second": lambda answers: answers[1],
    "polite": lambda answers: answers[0] + "です。",
    "cut": lambda answers: answers[0][:-1],
}
REAL_REFERENCES: dict[str, Callable[[list[str]], list[str]]] = {
    "others": lambda answers: answers[1:],
    "first": lambda answers: answers[:1],
    "all": lambda answers: answers,
}


# The figures are in the data set's README, from the official scorer.
@pytest.mark.parametrize(
    ("name", "prediction", "references", "em", "f1"),
    [
        ("pool", "first", "others", 86.9000, 94.6457),
        ("dev", "first", "others", 86.0000, 93.1566),
        ("pool", "second", "first", 79.6500, 90.9740),
        ("dev", "second", "first", 79.0000, 89.2061),
        ("pool", "polite", "all", 0.0000, 82.7127),
        ("dev", "polite", "all", 0.0000, 82.9827),
        ("pool", "cut", "all", 2.4000, 86.9775),
        ("dev", "cut", "all", 2.6000, 86.3242),
    ],
)
def test_real_answers(
    shared_data: Path, name: str, prediction: str, references: str, em: float, f1: float
) -> None:
    path = shared_data / "data" / "jsquad" / f"{name}.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines()
    answers = [json.loads(line)["answers"] for line in lines]
    pairs = [(MADE[prediction](a), REAL_REFERENCES[references](a)) for a in answers]
    for score, expected in ((jsquad_em, em), (jsquad_char_f1, f1)):
        mean = 100 * sum(score(*pair) for pair in pairs) / len(pairs)
        assert mean == pytest.approx(expected, abs=5e-5)


def test_every_metric_says_what_it_is() -> None:
    for name, metric in METRICS.items():
        assert metric.name == name
        assert metric.full_name == f"{name}/{metric.version}"
        assert metric.definition
        assert metric.source
    assert METRICS["jsquad_em"].score is jsquad_em
