from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.evaluation.golden import TOLERANCE, block, cases
from workbench.evaluation.statistics import holm, mcnemar, sign_flip_p

COUNTS = st.integers(0, 300)
SHARES = st.floats(0, 1)


@pytest.mark.parametrize("case", cases("statistics.mcnemar"))
def test_mcnemar_as_statsmodels(case: Any) -> None:
    found = mcnemar(case["b"], case["c"])
    assert found.exact_p == pytest.approx(case["exact_p"], abs=TOLERANCE)
    assert found.mid_p == pytest.approx(case["midp"], abs=TOLERANCE)
    if case["chi2_cc_p"] is None:
        assert found.chi2_cc_p is None
    else:
        assert found.chi2_cc_p == pytest.approx(case["chi2_cc_p"], abs=TOLERANCE)


@given(COUNTS, COUNTS)
def test_mcnemar_is_symmetric_and_mid_p_is_never_larger(b: int, c: int) -> None:
    found = mcnemar(b, c)
    assert found == mcnemar(c, b)
    assert 0.0 <= found.mid_p <= found.exact_p <= 1.0


def test_mcnemar_refuses_negative_counts() -> None:
    with pytest.raises(ValueError, match="negative"):
        mcnemar(-1, 2)


def test_sign_flips_exact_as_scipy() -> None:
    golden = block("statistics.paired_scores")
    d = np.array(golden["b"]) - np.array(golden["a"])
    expected = golden["exact_sign_flip_permutation_p_two_sided"]
    assert sign_flip_p(d) == pytest.approx(expected, abs=TOLERANCE)


def test_random_flips_agree_with_all_of_them() -> None:
    d = np.random.default_rng(4).normal(0.3, 1.0, size=14)
    signs = 1 - 2 * ((np.arange(2**14)[:, None] >> np.arange(14)) & 1)
    exact = float((np.abs(signs @ d) >= abs(d.sum()) - 1e-9).mean())
    assert sign_flip_p(d, seed=1) == pytest.approx(exact, abs=0.01)


def test_flips_of_binary_differences_with_ties_half_are_mcnemar_mid_p() -> None:
    d = np.array([1.0] * 8 + [-1.0] * 3 + [0.0] * 20)
    assert sign_flip_p(d, ties_half=True) == pytest.approx(mcnemar(8, 3).mid_p)
    assert sign_flip_p(d) == pytest.approx(mcnemar(8, 3).exact_p)


def test_no_difference_at_all() -> None:
    assert sign_flip_p(np.zeros(5)) == 1.0


@given(st.lists(st.integers(-3, 3), min_size=1, max_size=20))
def test_flips_are_two_sided_shares_and_repeat(values: list[int]) -> None:
    d = np.array(values, dtype=float)
    p = sign_flip_p(d, flips=600, seed=7)
    assert 0.0 < p <= 1.0
    assert p == sign_flip_p(-d, flips=600, seed=7)


def test_holm_as_statsmodels() -> None:
    golden = block("statistics.holm")
    assert holm(golden["p"]) == pytest.approx(golden["adjusted"], abs=TOLERANCE)


@given(st.lists(SHARES, max_size=8))
def test_holm_keeps_the_order_and_never_lowers(values: list[float]) -> None:
    adjusted = holm(values)
    assert len(adjusted) == len(values)
    assert all(p <= a <= 1.0 for p, a in zip(values, adjusted, strict=True))
    for p, a in zip(values, adjusted, strict=True):
        assert all(a <= b for q, b in zip(values, adjusted, strict=True) if p < q)
