from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from tests.unit.evaluation.golden import TOLERANCE, block, cases
from workbench.evaluation.statistics import (
    IntervalMethod,
    bootstrap_interval,
    cluster_se,
    cluster_t_interval,
    t_interval,
    wilson,
)


def differences(golden: Any) -> NDArray[np.float64]:
    pairs = zip(golden["a"], golden["b"], strict=True)
    return np.array([b - a for a, b in pairs], dtype=np.float64)


def test_t_interval_as_scipy() -> None:
    golden = block("statistics.paired_scores")
    interval = t_interval(differences(golden))
    expected = pytest.approx(golden["t_interval_95"], abs=TOLERANCE)
    assert [interval.low, interval.high] == expected


def test_bootstrap_as_one_call_of_the_stated_generator() -> None:
    golden = block("statistics.paired_scores")
    interval = bootstrap_interval(differences(golden), seed=12345)
    expected = pytest.approx(golden["percentile_bootstrap"]["ci95"], abs=TOLERANCE)
    assert [interval.low, interval.high] == expected


def test_chunks_draw_what_one_call_draws() -> None:
    values = np.random.default_rng(1).normal(size=7)
    index = np.random.default_rng(2).integers(0, 7, size=(1234, 7))
    low, high = np.percentile(values[index].mean(axis=1), [2.5, 97.5])
    interval = bootstrap_interval(values, seed=2, resamples=1234)
    assert (interval.low, interval.high) == pytest.approx((low, high))


def test_cluster_se_as_miller() -> None:
    golden = block("statistics.cluster_se")
    found = cluster_se(np.array(golden["d"]), np.array(golden["clusters"]))
    assert found == pytest.approx(golden["cluster_se"], abs=TOLERANCE)


def test_singleton_clusters_give_the_t_interval() -> None:
    values = np.random.default_rng(3).normal(size=12)
    clustered, plain = cluster_t_interval(values, np.arange(12)), t_interval(values)
    assert clustered.method is IntervalMethod.CLUSTER_T
    assert (clustered.low, clustered.high) == pytest.approx((plain.low, plain.high))


def test_bootstrap_of_documents_is_the_mean_over_their_records() -> None:
    sums, sizes = np.array([2.0, 0.0, 3.0]), np.array([4.0, 1.0, 3.0])
    interval = bootstrap_interval(sums, sizes, seed=1)
    assert 0.0 <= interval.low <= 5 / 8 <= interval.high <= 1.0


@pytest.mark.parametrize("case", cases("statistics.proportion_ci_95"))
def test_wilson_as_statsmodels(case: Any) -> None:
    found = wilson(case["k"], case["n"])
    assert [found.low, found.high] == pytest.approx(case["wilson"], abs=TOLERANCE)


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_holds_the_share_and_mirrors(case: tuple[int, int]) -> None:
    k, n = case
    found, mirrored = wilson(k, n), wilson(n - k, n)
    assert 0.0 <= found.low <= found.share <= found.high <= 1.0
    assert found.low < found.high
    assert mirrored.low == pytest.approx(1 - found.high, abs=1e-12)


@pytest.mark.parametrize(("k", "n"), [(0, 0), (-1, 3), (4, 3)])
def test_wilson_refuses_impossible_counts(k: int, n: int) -> None:
    with pytest.raises(ValueError, match="need n"):
        wilson(k, n)
