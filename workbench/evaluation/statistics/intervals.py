"""95 % intervals of a mean (or of a ratio of sums), of records or whole documents.

The bootstrap resamples in chunks: 10,000 resamples of 2,000 records at once would be
160 MB of indices. The chunks draw the same numbers as one call would.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Codes = NDArray[np.int64]

RESAMPLES = 10_000
CHUNK = 500
LEVEL = 0.95


class IntervalMethod(StrEnum):
    """How an interval was made."""

    T = "t"
    BOOTSTRAP = "bootstrap"
    CLUSTER_T = "cluster_t"
    CLUSTER_BOOTSTRAP = "cluster_bootstrap"


@dataclass(frozen=True, slots=True)
class Interval:
    """Lower and upper end of a 95 % interval and how it was made."""

    low: float
    high: float
    method: IntervalMethod


def t_interval(values: Floats) -> Interval:
    """Student's interval of the mean of independent ``values`` (two or more)."""
    se = float(values.std(ddof=1)) / len(values) ** 0.5
    return _around(float(values.mean()), se, len(values) - 1, IntervalMethod.T)


def cluster_se(values: Floats, clusters: Codes) -> float:
    """Standard error of the mean when records of a cluster go together.

    Miller 2024, arXiv:2411.00640: the root of the sum over clusters of the squared
    sum of deviations, divided by n. ``clusters`` are codes from 0.
    """
    sums = np.bincount(clusters, weights=values - values.mean())
    return float(np.sqrt((sums**2).sum()) / len(values))


def cluster_t_interval(values: Floats, clusters: Codes) -> Interval:
    """``cluster_se`` times sqrt(K/(K-1)) with t of K-1 degrees, K clusters >= 2.

    Without the factor the coverage at 10 to 50 documents falls below the nominal.
    """
    k = len(np.unique(clusters))
    se = cluster_se(values, clusters) * (k / (k - 1)) ** 0.5
    return _around(float(values.mean()), se, k - 1, IntervalMethod.CLUSTER_T)


def bootstrap_interval(
    numerator: Floats,
    denominator: Floats | None = None,
    *,
    seed: int = 0,
    resamples: int = RESAMPLES,
    method: IntervalMethod = IntervalMethod.BOOTSTRAP,
) -> Interval:
    """Percentile interval of sum(numerator) / sum(denominator), resampled together.

    Without ``denominator`` it is the mean of ``numerator``. For whole documents pass
    their sums and sizes; for a ratio of means the two series. Resamples whose
    denominator sums to 0 are left out.
    """
    n, parts = len(numerator), []
    for index in _draws(n, seed, resamples):
        top = numerator[index].sum(axis=1)
        below = n if denominator is None else denominator[index].sum(axis=1)
        with np.errstate(divide="ignore", invalid="ignore"):
            parts.append(top / below)
    values = np.concatenate(parts)
    tail = 100 * (1 - LEVEL) / 2
    low, high = np.percentile(values[np.isfinite(values)], [tail, 100 - tail])
    return Interval(float(low), float(high), method)


def _draws(n: int, seed: int, resamples: int) -> Iterator[NDArray[np.int64]]:
    rng = np.random.default_rng(seed)
    for start in range(0, resamples, CHUNK):
        yield rng.integers(0, n, size=(min(CHUNK, resamples - start), n))


def _around(mean: float, se: float, degrees: int, method: IntervalMethod) -> Interval:
    # Loading scipy.special takes a third of a second, which the start of the window
    # has not got.
    from scipy.special import stdtrit

    half = float(stdtrit(degrees, 1 - (1 - LEVEL) / 2)) * se
    return Interval(mean - half, mean + half, method)
