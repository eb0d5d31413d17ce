"""How many records show which difference (two-sided 5 %, power 80 %).

Normal approximation for paired binary scores: with p_d the share of records on which
the two models disagree and delta the gain,
``n = ((z sqrt(p_d) + z' sqrt(p_d - delta^2)) / delta)^2``. Records of the same
document multiply n by the design effect ``1 + (m - 1) ICC``.
"""

import math
from statistics import NormalDist
from typing import NamedTuple

_Z_LEVEL = NormalDist().inv_cdf(0.975)
_Z_POWER = NormalDist().inv_cdf(0.80)

TYPICAL_DISCORDANT = (0.15, 0.25)
"""Shares of records on which a base and a tuned model usually disagree."""


class Range(NamedTuple):
    """A lower and an upper figure; ``high`` None: out of reach at that size."""

    low: float | None
    high: float | None


def records_needed(
    gain: float,
    discordant: float,
    *,
    records_per_group: float = 1.0,
    icc: float = 0.0,
) -> int:
    """Records that show a gain in a binary score, e.g. 0.05 for five points.

    Raises:
        ValueError: unless 0 < gain <= discordant <= 1 (a gain needs at least as many
            discordant records).
    """
    if not 0 < gain <= discordant <= 1:
        raise ValueError("need 0 < gain <= discordant <= 1")
    plain = _needed(gain, discordant)
    return _rounded_up(plain * _design_effect(records_per_group, icc))


def records_needed_graded(
    gain: float, sd: float, *, records_per_group: float = 1.0, icc: float = 0.0
) -> int:
    """Records that show a mean gain of a graded score with this SD of differences.

    Raises:
        ValueError: unless gain > 0 and sd >= 0.
    """
    if gain <= 0 or sd < 0:
        raise ValueError("need gain > 0 and sd >= 0")
    plain = ((_Z_LEVEL + _Z_POWER) * sd / gain) ** 2
    return max(1, _rounded_up(plain * _design_effect(records_per_group, icc)))


def detectable_difference(
    n: int,
    discordant: float,
    *,
    records_per_group: float = 1.0,
    icc: float = 0.0,
) -> float | None:
    """Smallest gain in a binary score that ``n`` records show, or None if none.

    None: even if every discordant record went one way, n records would not do.

    Raises:
        ValueError: unless n >= 1 and 0 < discordant <= 1.
    """
    if n < 1 or not 0 < discordant <= 1:
        raise ValueError("need n >= 1 and 0 < discordant <= 1")
    size = n / _design_effect(records_per_group, icc)
    # More gain needs fewer records, so the formula can be halved into; solving it
    # for the gain gives a quartic that nobody could check by eye.
    low, high = 0.0, discordant
    if _needed(high, discordant) > size:
        return None
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (
            (middle, high) if _needed(middle, discordant) > size else (low, middle)
        )
    return high


def detectable_range(
    n: int, *, records_per_group: float = 1.0, icc: float = 0.0
) -> Range:
    """Smallest gain that ``n`` records show, at 15 % and 25 % discordant records."""
    low, high = (
        detectable_difference(n, share, records_per_group=records_per_group, icc=icc)
        for share in TYPICAL_DISCORDANT
    )
    return Range(low, high)


def _needed(gain: float, discordant: float) -> float:
    spread = _Z_LEVEL * math.sqrt(discordant)
    spread += _Z_POWER * math.sqrt(discordant - gain**2)
    return (spread / gain) ** 2


def _design_effect(records_per_group: float, icc: float) -> float:
    return 1 + (records_per_group - 1) * icc


def _rounded_up(value: float) -> int:
    return math.ceil(value - 1e-9)
