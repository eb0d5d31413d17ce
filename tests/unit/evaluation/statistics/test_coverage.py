"""Simulated coverage and error rates: small samples of the tables in the notes.

The bands are three standard errors wide, so a seeded run that leaves one means that
the method changed.
"""

import numpy as np
import pytest

from workbench.evaluation.statistics import compare_paired
from workbench.evaluation.statistics.intervals import bootstrap_interval

RUNS = 400


def covered(n: int, seed: int, discordant: float | None = None) -> float:
    """Share of the intervals of independent records that hold the true difference."""
    rng = np.random.default_rng(seed)
    hits, made = 0, 0
    for run in range(RUNS):
        if discordant is None:
            d, truth = rng.normal(0.1, 0.3, n), 0.1
            base, tuned = np.zeros(n), d
        else:
            differ = rng.random(n) < discordant
            right = rng.random(n) < 0.5
            base = right.astype(float)
            tuned, truth = np.where(differ, 1 - base, base), 0.0
        found = compare_paired(list(base), list(tuned), seed=run)
        if found.low is None or found.high is None:
            continue
        made += 1
        hits += found.low <= truth <= found.high
    return hits / made


@pytest.mark.parametrize(
    ("n", "discordant", "low", "high"),
    [
        (10, None, 0.91, 0.99),  # t; the bootstrap would cover .81
        (20, None, 0.91, 0.99),
        (50, None, 0.90, 0.98),
        (20, 0.19, 0.91, 1.0),
        (100, 0.19, 0.91, 0.98),
    ],
)
def test_intervals_of_independent_records(
    n: int, discordant: float | None, low: float, high: float
) -> None:
    assert low <= covered(n, n, discordant) <= high


def clustered(
    rng: np.random.Generator, documents: int, icc: float
) -> tuple[list[float], list[int]]:
    """Differences of documents with 1 to 5 questions, mean 0, variance 1."""
    sizes = rng.integers(1, 6, documents)
    shared = np.repeat(rng.normal(0, icc**0.5, documents), sizes)
    own = rng.normal(0, (1 - icc) ** 0.5, len(shared))
    return list(shared + own), [int(g) for g in np.repeat(np.arange(documents), sizes)]


@pytest.mark.parametrize("documents", [12, 25, 60])
def test_grouped_comparison_holds_its_level_where_records_alone_do_not(
    documents: int,
) -> None:
    rng = np.random.default_rng(documents)
    hits = rejected = naive = 0
    for run in range(RUNS):
        d, groups = clustered(rng, documents, icc=0.25)
        found = compare_paired([0.0] * len(d), d, groups, seed=run)
        assert found.low is not None
        assert found.high is not None
        assert found.p is not None
        hits += found.low <= 0.0 <= found.high
        rejected += found.p < 0.05
        alone = bootstrap_interval(np.array(d), seed=run, resamples=1000)
        naive += alone.low <= 0.0 <= alone.high
    assert 0.91 <= hits / RUNS <= 0.985
    assert 0.02 <= rejected / RUNS <= 0.085
    assert naive < hits - 0.03 * RUNS


def test_mcnemar_mid_p_holds_its_level() -> None:
    rng = np.random.default_rng(6)
    rejected = 0
    for _ in range(2 * RUNS):
        base, tuned = (rng.random(100) < 0.5 for _ in range(2))
        found = compare_paired(list(base.astype(float)), list(tuned.astype(float)))
        rejected += found.p is not None and found.p < 0.05
    assert 0.025 <= rejected / (2 * RUNS) <= 0.075
