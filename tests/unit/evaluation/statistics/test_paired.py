from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.evaluation.golden import TOLERANCE, block
from workbench.evaluation.statistics import (
    IntervalMethod,
    Note,
    PMethod,
    compare_paired,
    compare_ratio,
    mcnemar,
)

SCORES = st.lists(
    st.tuples(st.sampled_from([0.0, 0.5, 1.0, None]), st.sampled_from([0.0, 1.0])),
    max_size=60,
)


def graded(n: int, gain: float = 0.1, seed: int = 0) -> tuple[list[float], list[float]]:
    rng = np.random.default_rng(seed)
    base = rng.random(n)
    return list(base), list(base + rng.normal(gain, 0.2, n))


def test_ten_graded_records_as_the_references() -> None:
    golden = block("statistics.paired_scores")
    found = compare_paired(golden["a"], golden["b"])
    expected: dict[str, Any] = {
        "mean_base": golden["mean_a"],
        "mean_tuned": golden["mean_b"],
        "difference": golden["mean_diff"],
        "low": golden["t_interval_95"][0],
        "high": golden["t_interval_95"][1],
        "p": golden["exact_sign_flip_permutation_p_two_sided"],
    }
    actual = {name: getattr(found, name) for name in expected}
    assert actual == pytest.approx(expected, abs=TOLERANCE)
    assert (found.better, found.worse, found.same) == (7, 2, 1)
    assert found.notes == ()


@pytest.mark.parametrize(
    ("n", "group_size", "interval", "p"),
    [
        (29, 0, IntervalMethod.T, PMethod.SIGN_FLIPS),
        (30, 0, IntervalMethod.BOOTSTRAP, PMethod.SIGN_FLIPS),
        (98, 2, IntervalMethod.CLUSTER_T, PMethod.DOCUMENT_SIGN_FLIPS),
        (100, 2, IntervalMethod.CLUSTER_BOOTSTRAP, PMethod.DOCUMENT_SIGN_FLIPS),
        (30, 1, IntervalMethod.BOOTSTRAP, PMethod.SIGN_FLIPS),
    ],
)
def test_the_data_choose_the_method(
    n: int, group_size: int, interval: IntervalMethod, p: PMethod
) -> None:
    base, tuned = graded(n)
    groups = [i // group_size for i in range(n)] if group_size else None
    found = compare_paired(base, tuned, groups)
    assert found.method_interval is interval
    assert found.method_p is p
    assert found.documents == (n // group_size if group_size > 1 else None)


def test_binary_scores_get_mcnemar() -> None:
    base = [1.0] * 20 + [0.0] * 80
    tuned = [1.0] * 12 + [0.0] * 8 + [1.0] * 30 + [0.0] * 50
    found = compare_paired(base, tuned)
    assert found.method_p is PMethod.MCNEMAR_MIDP
    assert found.p == pytest.approx(mcnemar(8, 30).mid_p)
    assert found.difference == pytest.approx(0.22)
    assert (found.better, found.worse, found.same) == (30, 8, 62)


def test_failed_calls_are_left_out_and_counted() -> None:
    found = compare_paired([1.0, None, 0.0, 1.0], [1.0, 1.0, None, 0.0])
    assert (found.n, found.excluded) == (2, 2)
    assert found.mean_base == 1.0


@pytest.mark.parametrize(
    ("base", "tuned", "groups", "note"),
    [
        ([], [], None, Note.NO_RECORDS),
        ([None], [1.0], None, Note.NO_RECORDS),
        ([0.0], [1.0], None, Note.TOO_FEW_RECORDS),
        ([0.0] * 40, [0.0] * 40, None, Note.ALL_EQUAL),
        ([0.1] * 40, [0.3] * 40, None, Note.ALL_EQUAL),
        (
            [0.0, 1.0] * 9,
            [1.0, 0.0] * 9,
            [i // 2 for i in range(18)],
            Note.TOO_FEW_DOCUMENTS,
        ),
    ],
)
def test_no_interval_where_none_would_be_honest(
    base: list[float | None],
    tuned: list[float | None],
    groups: list[int] | None,
    note: Note,
) -> None:
    found = compare_paired(base, tuned, groups)
    assert found.low is None
    assert found.high is None
    assert found.method_interval is None
    assert note in found.notes


def test_too_little_disagreement_gives_no_p() -> None:
    base, tuned = [0.0] * 5 + [1.0] * 95, [1.0] * 100
    found = compare_paired(base, tuned)
    assert found.p is None
    assert found.method_p is None
    assert found.notes == (Note.NOT_ENOUGH_DISAGREEMENT,)
    assert found.low is not None
    one_more = compare_paired([0.0, *base], [1.0, *tuned])
    assert one_more.p == pytest.approx(2 * 0.5 * 0.5**6)


def test_groups_of_none_stand_alone() -> None:
    base, tuned = graded(40)
    assert compare_paired(base, tuned, [None] * 40) == compare_paired(base, tuned)


def test_the_same_seed_gives_the_same_numbers() -> None:
    base, tuned = graded(200)
    first = compare_paired(base, tuned, seed=1)
    assert first == compare_paired(base, tuned, seed=1)
    other = compare_paired(base, tuned, seed=2)
    assert first.low != other.low
    assert first.low == pytest.approx(other.low, abs=0.01)


def test_refuses_unequal_lengths() -> None:
    with pytest.raises(ValueError, match="equal length"):
        compare_paired([1.0], [])
    with pytest.raises(ValueError, match="equal length"):
        compare_ratio([1.0], [1.0], ["a", "b"])


@settings(max_examples=40)
@given(SCORES)
def test_counts_reconcile_and_the_mirror_image_mirrors(
    pairs: list[tuple[float | None, float | None]],
) -> None:
    base, tuned = [p[0] for p in pairs], [p[1] for p in pairs]
    found, mirror = compare_paired(base, tuned), compare_paired(tuned, base)
    assert found.n + found.excluded == len(pairs)
    assert found.better + found.worse + found.same == found.n
    assert (found.better, found.worse) == (mirror.worse, mirror.better)
    assert found.notes == mirror.notes
    assert found.p == mirror.p
    if (
        found.difference is not None
        and found.low is not None
        and found.high is not None
    ):
        assert found.low <= found.difference + 1e-9
        assert found.difference <= found.high + 1e-9


def test_relative_change_of_means() -> None:
    base = [float(10 + i % 7) for i in range(100)]
    found = compare_ratio(base, [0.6 * b + 1 + i % 2 for i, b in enumerate(base)])
    assert found.mean_base is not None
    assert found.mean_tuned is not None
    assert found.change == pytest.approx(found.mean_tuned / found.mean_base - 1)
    assert found.low is not None
    assert found.high is not None
    assert found.low < found.mean_tuned / found.mean_base - 1 < found.high < 0
    assert found.method_interval is IntervalMethod.BOOTSTRAP


@pytest.mark.parametrize(
    ("n", "group_size", "method"),
    [
        (20, 0, IntervalMethod.T),
        (60, 2, IntervalMethod.CLUSTER_T),
        (120, 2, IntervalMethod.CLUSTER_BOOTSTRAP),
    ],
)
def test_ratio_methods_agree_with_each_other(
    n: int, group_size: int, method: IntervalMethod
) -> None:
    rng = np.random.default_rng(5)
    base = rng.integers(20, 60, n).astype(float)
    tuned = base * 0.6 + rng.normal(0, 3, n)
    groups = [i // group_size for i in range(n)] if group_size else None
    found = compare_ratio(list(base), list(tuned), groups)
    assert found.method_interval is method
    assert found.change == pytest.approx(-0.4, abs=0.03)
    assert found.low is not None
    assert found.high is not None
    assert 0.0 < found.high - found.low < 0.12


@pytest.mark.parametrize(
    ("base", "tuned", "note"),
    [
        ([], [], Note.NO_RECORDS),
        ([0.0, 0.0], [1.0, 2.0], Note.ZERO_BASE),
        ([5.0], [3.0], Note.TOO_FEW_RECORDS),
        ([5.0, 10.0, 20.0], [2.5, 5.0, 10.0], Note.ALL_EQUAL),
    ],
)
def test_ratio_without_interval(
    base: list[float], tuned: list[float], note: Note
) -> None:
    found = compare_ratio(base, tuned)
    assert found.low is None
    assert found.notes == (note,)
