"""Histograms of whole numbers (token counts) that can be laid over each other."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True)
class Bins:
    """Bins shared by several series.

    Attributes:
        edges: whole numbers, strictly rising, one more than there are bins; bin i
            holds ``edges[i] <= value < edges[i + 1]``.
        log2: whether the edges are powers of two (after a first 0).
    """

    edges: tuple[int, ...]
    log2: bool = False

    def __len__(self) -> int:
        """Return the number of bins."""
        return len(self.edges) - 1

    def index(self, value: int) -> int | None:
        """Bin that ``value`` falls into, or None outside."""
        if not self.edges[0] <= value < self.edges[-1]:
            return None
        return bisect_right(self.edges, value) - 1

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Smallest and largest value of the bins ``first`` to ``last``, inclusive."""
        return self.edges[first], self.edges[last + 1] - 1


@dataclass(frozen=True, slots=True)
class Summary:
    """A series in a few numbers; percentiles are interpolated linearly."""

    n: int
    total: int
    mean: float
    p50: float
    p95: float
    minimum: int
    maximum: int


def shared_bins(
    series: Iterable[Sequence[int]], max_bins: int = 30, *, log2: bool = False
) -> Bins:
    """Choose bins that hold every value of every series.

    The width is 1, 2 or 5 times a power of ten, the smallest that needs no more than
    ``max_bins``. With ``log2`` the bins double: 0, 1, 2-3, 4-7 ..., for series that
    span orders of magnitude (``max_bins`` then plays no part).

    Raises:
        ValueError: a negative value, or max_bins < 1.
    """
    if max_bins < 1:
        raise ValueError("max_bins must be at least 1")
    filled = [values for values in series if values]
    low = min((min(values) for values in filled), default=0)
    high = max((max(values) for values in filled), default=0)
    if low < 0:
        raise ValueError("counts cannot be negative")
    if log2:
        return Bins((0, *(2**i for i in range(high.bit_length() + 1))), log2=True)
    width = _width(low, high, max_bins)
    start = low // width * width
    return Bins(tuple(range(start, high + width + 1, width)))


def counts(values: Iterable[int], bins: Bins) -> tuple[int, ...]:
    """Number of values in each bin; values outside are not counted."""
    totals = [0] * len(bins)
    for value in values:
        index = bins.index(value)
        if index is not None:
            totals[index] += 1
    return tuple(totals)


def rows_in(
    values: Sequence[int | None], bins: Bins, first: int, last: int
) -> tuple[int, ...]:
    """Positions of the values in the bins ``first`` to ``last``, inclusive."""
    low, high = bins.span(first, last)
    return tuple(
        i
        for i, value in enumerate(values)
        if value is not None and low <= value <= high
    )


def summary(values: Sequence[int]) -> Summary | None:
    """Describe a series, or None when it is empty."""
    if not values:
        return None
    p50, p95 = np.percentile(values, [50, 95])
    total = sum(values)
    return Summary(
        n=len(values),
        total=total,
        mean=total / len(values),
        p50=float(p50),
        p95=float(p95),
        minimum=min(values),
        maximum=max(values),
    )


def _width(low: int, high: int, max_bins: int) -> int:
    power = 1
    while True:
        for factor in (1, 2, 5):
            width = factor * power
            if high // width - low // width < max_bins:
                return width
        power *= 10
