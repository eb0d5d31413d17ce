from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.evaluation.golden import TOLERANCE, block
from workbench.evaluation.classification import (
    ClassificationReport,
    LabelMatch,
    classification_report,
    label_outcome,
    label_score,
)

LABELS = ("HW-01", "HW-02", "NET-07", "返品", "返品交換")


@pytest.mark.parametrize(
    ("answer", "label", "match"),
    [
        ("HW-01", "HW-01", LabelMatch.EXACT),
        (" hw-01.\n", "HW-01", LabelMatch.NORMALIZED),
        ("「ＨＷ－０１」", "HW-01", LabelMatch.NORMALIZED),
        ("返品。", "返品", LabelMatch.NORMALIZED),
        ("The code is NET-07, thank you.", "NET-07", LabelMatch.FOUND),
        ("コードはHW-02です。", "HW-02", LabelMatch.FOUND),
        ("これは返品交換です", "返品交換", LabelMatch.FOUND),
        ("HW-01 HW-01", "HW-01", LabelMatch.FOUND),
        ("HW-01 or HW-02", None, LabelMatch.UNPARSED),
        ("HW-011", None, LabelMatch.UNPARSED),
        ("XHW-01", None, LabelMatch.UNPARSED),
        ("no idea", None, LabelMatch.UNPARSED),
        ("", None, LabelMatch.UNPARSED),
    ],
)
def test_reading_a_label(answer: str, label: str | None, match: LabelMatch) -> None:
    outcome = label_outcome(answer, LABELS)
    assert (outcome.label, outcome.match) == (label, match)


def test_an_exact_label_wins_over_one_that_differs_in_case() -> None:
    assert label_outcome("b", ["B", "b"]).label == "b"
    assert label_outcome(" b", ["B", "b"]).label == "B"


def test_score_of_one_record() -> None:
    assert label_score("hw-01", "HW-01", LABELS) == 1.0
    assert label_score("?", "HW-01", LABELS) == 0.0


@given(st.sampled_from(LABELS), st.sampled_from(["", " ", "「", "」", "。", "!"]))
def test_a_label_survives_decoration(label: str, decoration: str) -> None:
    assert label_outcome(decoration + label + decoration, LABELS).label == label


def report(golden: Any, labels: list[str] | None = None) -> ClassificationReport:
    known = [str(label) for label in labels or golden["labels"]]
    return classification_report(
        [str(y) for y in golden["y_true"]],
        [str(y) if str(y) in known else None for y in golden["y_pred"]],
        known,
    )


def test_multiclass_as_scikit_learn() -> None:
    golden = block("classification.multiclass")
    found = report(golden)
    expected = {
        "accuracy": golden["accuracy"],
        "macro_precision": golden["macro"]["p"],
        "macro_recall": golden["macro"]["r"],
        "macro_f1": golden["macro"]["f1"],
        "micro_f1": golden["micro"]["f1"],
        "weighted_f1": golden["weighted"]["f1"],
        "kappa": golden["cohen_kappa"],
        "mcc": golden["mcc"],
        "parsed_rate": 0.9,
    }
    actual = {name: getattr(found, name) for name in expected}
    assert actual == pytest.approx(expected, abs=TOLERANCE)
    for score in found.per_class:
        one = golden["per_class"][score.label]
        assert score.precision == pytest.approx(one["p"], abs=TOLERANCE)
        assert score.recall == pytest.approx(one["r"], abs=TOLERANCE)
        assert score.f1 == pytest.approx(one["f1"], abs=TOLERANCE)
        assert score.support == one["support"]


def test_unparsed_never_becomes_a_class() -> None:
    golden = block("classification.multiclass")
    pitfall = golden["macro_if_labels_inferred_incl_unparsed"]["f1"]
    inferred = report(golden, [*golden["labels"], "__unparsed__"])
    assert inferred.macro_f1 == pytest.approx(pitfall, abs=TOLERANCE)
    assert report(golden).macro_f1 > pitfall


def test_binary_as_scikit_learn() -> None:
    golden = block("classification.binary")
    found = report(golden, ["0", "1"])
    positive = found.per_class[1]
    assert found.accuracy == pytest.approx(golden["accuracy"], abs=TOLERANCE)
    assert positive.precision == pytest.approx(golden["precision"], abs=TOLERANCE)
    assert positive.recall == pytest.approx(golden["recall"], abs=TOLERANCE)
    assert positive.f1 == pytest.approx(golden["f1"], abs=TOLERANCE)
    assert [list(row[:2]) for row in found.confusion[:2]] == golden["confusion"]


def test_a_reference_outside_the_labels_is_counted_and_wrong() -> None:
    found = classification_report(["x", "a"], ["a", "a"], ["a", "b"])
    assert found.n == 2
    assert found.accuracy == 0.5
    assert found.confusion == ((1, 0, 0), (0, 0, 0), (1, 0, 0))


def test_undefined_agreement_is_none() -> None:
    found = classification_report(["a"], ["a"], ["a"])
    assert found.kappa is None
    assert found.mcc == 0.0


@pytest.mark.parametrize(
    ("references", "answers", "labels"),
    [
        ([], [], ["a"]),
        (["a"], [], ["a"]),
        (["a"], ["a"], []),
        (["a"], ["a"], ["a"] * 2),
    ],
)
def test_refuses_what_has_no_score(
    references: list[str], answers: list[str], labels: list[str]
) -> None:
    with pytest.raises(ValueError, match="must be"):
        classification_report(references, answers, labels)


@given(
    st.lists(
        st.tuples(st.sampled_from("abc"), st.sampled_from(["a", "b", "c", None])),
        min_size=1,
    )
)
def test_shares_and_counts_reconcile(pairs: list[tuple[str, str | None]]) -> None:
    references, answers = [p[0] for p in pairs], [p[1] for p in pairs]
    found = classification_report(references, answers, ["a", "b", "c"])
    assert sum(map(sum, found.confusion)) == found.n == len(pairs)
    assert sum(score.support for score in found.per_class) == len(pairs)
    assert found.accuracy <= found.parsed_rate
    right = sum(r == a for r, a in pairs)
    assert found.accuracy == pytest.approx(right / len(pairs))
    if None not in answers:
        assert found.micro_f1 == pytest.approx(found.accuracy)
