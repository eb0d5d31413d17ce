"""Bins of row lengths without numpy, whose import would stop the window's thread."""

from collections.abc import Sequence
from typing import NamedTuple

_MOST = 40


class Bins(NamedTuple):
    """Edges, one more than there are counts."""

    edges: tuple[int, ...]
    counts: tuple[int, ...]


def binned(lengths: Sequence[int]) -> Bins:
    """Count lengths in bins of 1, 2 or 5 times a power of ten, starting at 0."""
    width = _width(max(lengths, default=0))
    bins = max(lengths, default=0) // width + 1
    counts = [0] * bins
    for length in lengths:
        counts[length // width] += 1
    return Bins(tuple(i * width for i in range(bins + 1)), tuple(counts))


def _width(longest: int) -> int:
    power = 1
    while True:
        for factor in (1, 2, 5):
            if longest // (factor * power) < _MOST:
                return factor * power
        power *= 10
