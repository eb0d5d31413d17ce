"""Scores of answers: shares with intervals, and the fields of a house's line."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from answering import Record, Reply

SEPARATOR = " | "


@dataclass(frozen=True)
class Score:
    """One line of the table, pooled over its seeds.

    Attributes:
        answers: test tickets times seeds.
        exact, low, high: share of answers equal to the reference, with Wilson's
            interval at 95 %, which counts each test ticket once: seeds add none.
        by_seed: the share of each seed.
        category, urgency, order: share of answers with this part right.
        tokens: mean length of an answer, its end token included.
        seconds: for one seed.
    """

    name: str
    seeds: int
    answers: int
    exact: float
    low: float
    high: float
    by_seed: tuple[float, ...]
    category: float
    urgency: float
    order: float
    tokens: float
    seconds: float


def wilson(share: float, count: int) -> tuple[float, float]:
    """Wilson's interval at 95 %."""
    z = 1.96
    middle = (share + z * z / (2 * count)) / (1 + z * z / count)
    spread = math.sqrt(share * (1 - share) / count + z * z / (4 * count * count))
    half = z * spread / (1 + z * z / count)
    return max(0.0, middle - half), min(1.0, middle + half)


def share_exact(replies: list[Reply], records: list[Record]) -> float:
    """Share of answers that equal the reference, blanks around them aside."""
    pairs = zip(replies, records, strict=True)
    return sum(r.text.strip() == w.answer for r, w in pairs) / len(records)


def share_right(replies: list[Reply], records: list[Record], field: int) -> float:
    """Share of answers whose given field is right."""

    def part(text: str) -> str:
        parts = text.strip().split(SEPARATOR)
        return parts[field] if len(parts) == 3 else ""

    pairs = zip(replies, records, strict=True)
    return sum(part(r.text) == part(w.answer) for r, w in pairs) / len(records)


def score(
    name: str, runs: list[list[Reply]], records: list[Record], seconds: float
) -> Score:
    """Score the answers of several seeds to the same test tickets."""
    by_seed = tuple(share_exact(replies, records) for replies in runs)
    exact = sum(by_seed) / len(runs)
    low, high = wilson(exact, len(records))
    replies = [reply for run in runs for reply in run]
    repeated = records * len(runs)
    fields = [share_right(replies, repeated, index) for index in range(3)]
    return Score(
        name=name,
        seeds=len(runs),
        answers=len(replies),
        exact=exact,
        low=low,
        high=high,
        by_seed=by_seed,
        category=fields[0],
        urgency=fields[1],
        order=fields[2],
        tokens=sum(r.tokens for r in replies) / len(replies),
        seconds=round(seconds / len(runs), 1),
    )
