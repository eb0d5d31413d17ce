"""p-values of a paired difference, and Holm's correction for several of them."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import product

import numpy as np
from numpy.typing import NDArray

FLIPS = 10_000
CHUNK = 500
EXACT_UP_TO = 12
"""Non-zero differences up to which all sign patterns are tried (4,096)."""


class PMethod(StrEnum):
    """Which test a p-value comes from."""

    MCNEMAR_MIDP = "mcnemar_midp"
    SIGN_FLIPS = "sign_flips"
    DOCUMENT_SIGN_FLIPS = "document_sign_flips"


@dataclass(frozen=True, slots=True)
class McNemar:
    """Two-sided p-values from the discordant pairs of two binary scores.

    Attributes:
        exact_p: binomial; conservative (type I error .008 to .033 at 5 %).
        mid_p: half the point probability taken off (Fagerland 2013); ours.
        chi2_cc_p: chi-square with continuity correction, None without discordance.
    """

    exact_p: float
    mid_p: float
    chi2_cc_p: float | None


def mcnemar(b: int, c: int) -> McNemar:
    """Test ``b`` pairs won by one model against ``c`` pairs won by the other.

    Raises:
        ValueError: a negative count.
    """
    # See intervals: loaded late, for the sake of the start.
    from scipy.special import bdtr

    if b < 0 or c < 0:
        raise ValueError("counts cannot be negative")
    n, k = b + c, min(b, c)
    if not n:
        return McNemar(1.0, 1.0, None)
    upto = float(bdtr(k, n, 0.5))
    point = upto - (float(bdtr(k - 1, n, 0.5)) if k else 0.0)
    chi2 = max(abs(b - c) - 1, 0) ** 2 / n
    return McNemar(
        exact_p=min(1.0, 2 * upto),
        mid_p=min(1.0, 2 * (upto - 0.5 * point)),
        chi2_cc_p=math.erfc(math.sqrt(chi2 / 2)),
    )


def sign_flip_p(
    differences: NDArray[np.float64],
    *,
    ties_half: bool = False,
    seed: int = 0,
    flips: int = FLIPS,
) -> float:
    """Two-sided p of the sum of ``differences`` under random signs.

    Exact up to 12 non-zero values, else ``flips`` random patterns with the observed
    one added. For documents pass their sums. ``ties_half`` counts patterns as extreme
    as the observed one half: binary scores tie often, and the plain p then rejects
    too rarely.
    """
    values = differences[differences != 0]
    if not len(values):
        return 1.0
    observed = abs(float(values.sum()))
    slack = 1e-9 * float(np.abs(values).sum())
    exact = len(values) <= EXACT_UP_TO
    above, equal, total = (0, 0, 0) if exact else (0, 1, 1)
    for signs in _all_signs(len(values)) if exact else _signs(len(values), seed, flips):
        sums = np.abs(signs @ values)
        above += int((sums > observed + slack).sum())
        equal += int((np.abs(sums - observed) <= slack).sum())
        total += len(sums)
    return (above + (0.5 if ties_half else 1.0) * equal) / total


def _all_signs(n: int) -> Iterator[NDArray[np.float64]]:
    yield np.array(list(product((-1.0, 1.0), repeat=n)))


def _signs(n: int, seed: int, flips: int) -> Iterator[NDArray[np.float64]]:
    rng = np.random.default_rng(seed)
    for start in range(0, flips, CHUNK):
        size = (min(CHUNK, flips - start), n)
        yield rng.integers(0, 2, size=size).astype(np.float64) * 2 - 1


def holm(p_values: Sequence[float]) -> tuple[float, ...]:
    """Adjust a family of p-values by Holm's step-down method, in the given order."""
    count = len(p_values)
    adjusted = [0.0] * count
    highest = 0.0
    for rank, i in enumerate(sorted(range(count), key=lambda i: p_values[i])):
        highest = max(highest, min(1.0, p_values[i] * (count - rank)))
        adjusted[i] = highest
    return tuple(adjusted)
