"""Interval of a share, never the normal one (0 of 10 would give [0, 0])."""

from statistics import NormalDist
from typing import NamedTuple


class Share(NamedTuple):
    """A share and its 95 % interval, all between 0 and 1."""

    share: float
    low: float
    high: float


def wilson(k: int, n: int) -> Share:
    """Wilson's 95 % interval of ``k`` out of ``n``.

    Raises:
        ValueError: n < 1 or k outside 0..n.
    """
    if n < 1 or not 0 <= k <= n:
        raise ValueError("need n >= 1 and 0 <= k <= n")
    z = NormalDist().inv_cdf(0.975)
    share, z2 = k / n, z * z
    centre = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = z / (1 + z2 / n) * (share * (1 - share) / n + z2 / (4 * n * n)) ** 0.5
    # At the ends the formula is exact but rounding can leave [0, 1] by 1e-17.
    low = 0.0 if k == 0 else max(0.0, centre - half)
    high = 1.0 if k == n else min(1.0, centre + half)
    return Share(share, low, high)
