"""Which records the table shows, and in which order; no Qt."""

import dataclasses
import enum
from collections import Counter
from collections.abc import Sequence

from workbench.domain.comparisons import CandidateRole, CompareRow
from workbench.services.compare_result import CHARACTER_F1, EXACT_MATCH

_DUST = 1e-12


class Change(enum.StrEnum):
    """What tuning did to the answer of a record."""

    WORSE = "worse"
    BETTER = "better"
    SAME = "same"
    UNKNOWN = "unknown"


class Order(enum.StrEnum):
    """How the table is sorted."""

    BIGGEST = "biggest"
    WORSE_FIRST = "worse_first"
    BETTER_FIRST = "better_first"
    FILE = "file"


@dataclasses.dataclass(frozen=True, slots=True)
class RowFilter:
    """What is looked at.

    Attributes:
        change: only records that changed this way.
        tokens: only records with an answer of so many output tokens (ends included).
    """

    change: Change | None = None
    tokens: tuple[float, float] | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Scoring:
    """The metrics a row is judged by: the headline's, and one that breaks ties."""

    first: str = EXACT_MATCH
    second: str = CHARACTER_F1

    def difference(self, row: CompareRow, metric: str) -> float | None:
        """Return tuned − base of a record; None when one of them is missing."""
        base, tuned = row.answer(CandidateRole.BASE), row.answer(CandidateRole.TUNED)
        if base is None or tuned is None or base.failed or tuned.failed:
            return None
        return tuned.score(metric) - base.score(metric)

    def change(self, row: CompareRow) -> Change:
        """Return what tuning did to a record."""
        difference = self.difference(row, self.first)
        if difference is None:
            return Change.UNKNOWN
        if abs(difference) <= _DUST:
            return Change.SAME
        return Change.BETTER if difference > 0 else Change.WORSE


def tally(rows: Sequence[CompareRow], scoring: Scoring) -> Counter[Change]:
    """Count the records by what tuning did to them."""
    return Counter(scoring.change(row) for row in rows)


def arrange(
    rows: Sequence[CompareRow], where: RowFilter, order: Order, scoring: Scoring
) -> list[CompareRow]:
    """Return the records that pass, in order."""
    kept = [row for row in rows if _passes(row, where, scoring)]
    if order is Order.FILE:
        return sorted(kept, key=lambda row: row.position)
    return sorted(kept, key=lambda row: _sort_key(row, order, scoring))


def _passes(row: CompareRow, where: RowFilter, scoring: Scoring) -> bool:
    if where.change is not None and scoring.change(row) is not where.change:
        return False
    if where.tokens is None:
        return True
    low, high = where.tokens
    return any(
        not answer.failed and low <= answer.output_tokens <= high
        for _, answer in row.answers
    )


def _sort_key(
    row: CompareRow, order: Order, scoring: Scoring
) -> tuple[bool, float, float, int]:
    first = scoring.difference(row, scoring.first)
    second = scoring.difference(row, scoring.second) or 0.0
    known = first or 0.0
    sign = {Order.WORSE_FIRST: 1.0, Order.BETTER_FIRST: -1.0}.get(order)
    if sign is None:
        return first is None, -abs(known), -abs(second), row.position
    return first is None, sign * known, sign * second, row.position
