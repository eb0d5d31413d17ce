"""What a comparison may claim, as codes and figures; `phrasing` says it in words.

A difference counts as shown when its 95 % interval leaves out 0 *and* the test agrees.
Where the evaluation gave a note instead of a number, no difference is claimed, whatever
the means look like.
"""

import dataclasses
import enum
from typing import TYPE_CHECKING

from workbench.services.compare_result import EXACT_MATCH, SHARES

# The statistics bring numpy and scipy, which the start of the window must not wait for;
# whoever has a result to judge has loaded them already.
if TYPE_CHECKING:
    from workbench.evaluation.statistics.paired import PairedResult, RatioResult

_LEVEL = 0.05


class Outcome(enum.StrEnum):
    """What can be said about the answers."""

    INCOMPLETE = "incomplete"
    NO_RECORDS = "no_records"
    TOO_FEW_RECORDS = "too_few_records"
    TOO_FEW_DOCUMENTS = "too_few_documents"
    BETTER = "better"
    WORSE = "worse"
    NOT_SHOWN = "not_shown"


class Length(enum.StrEnum):
    """What can be said about the length of answers."""

    SHORTER = "shorter"
    LONGER = "longer"
    NOT_SHOWN = "not_shown"


@dataclasses.dataclass(frozen=True, slots=True)
class Verdict:
    """The headline's content.

    Attributes:
        difference: tuned − base in 0..1; None when nothing can be said.
        low: lower end of the interval, None when there is none; `high` alike.
        length_change: relative change of the answers' tokens, −0.3 = 30 % fewer.
        records: records both answered.
        answered: cells that are there, of `total`; they differ while incomplete.
        detectable: smallest differences (at 15 % and 25 % disagreement) that this
            many records show; None when out of reach.
        metric: what the difference is measured by.
    """

    outcome: Outcome
    length: Length = Length.NOT_SHOWN
    difference: float | None = None
    low: float | None = None
    high: float | None = None
    length_change: float = 0.0
    records: int = 0
    answered: int = 0
    total: int = 0
    detectable: tuple[float | None, float | None] = (None, None)
    metric: str = EXACT_MATCH

    @property
    def is_share(self) -> bool:
        """Whether the difference is one of right answers, not of characters."""
        return self.metric in SHARES


def judge(
    paired: "PairedResult",
    tokens: "RatioResult",
    *,
    detectable: tuple[float | None, float | None],
    answered: int,
    total: int,
    metric: str = EXACT_MATCH,
) -> Verdict:
    """Return what the paired result allows to say.

    Args:
        paired: the headline's scores, tuned against base.
        tokens: output tokens, tuned against base.
        detectable: what this number of records can show.
        answered: cells that are there.
        total: cells in all; while some are missing no result is announced, because
            looking early and stopping at a good moment makes any difference "shown".
        metric: what `paired` is measured by.
    """
    if answered < total:
        return Verdict(Outcome.INCOMPLETE, answered=answered, total=total)
    return Verdict(
        outcome_of(paired),
        length=length_of(tokens),
        difference=paired.difference,
        low=paired.low,
        high=paired.high,
        length_change=tokens.change or 0.0,
        records=paired.n,
        answered=answered,
        total=total,
        detectable=detectable,
        metric=metric,
    )


def outcome_of(paired: "PairedResult") -> Outcome:
    """Return what a paired result shows."""
    from workbench.evaluation.statistics.paired import Note

    if paired.difference is None or Note.NO_RECORDS in paired.notes:
        return Outcome.NO_RECORDS
    if Note.TOO_FEW_RECORDS in paired.notes:
        return Outcome.TOO_FEW_RECORDS
    if Note.TOO_FEW_DOCUMENTS in paired.notes:
        return Outcome.TOO_FEW_DOCUMENTS
    if not _is_shown(paired):
        return Outcome.NOT_SHOWN
    return Outcome.BETTER if paired.difference > 0 else Outcome.WORSE


def length_of(tokens: "RatioResult") -> Length:
    """Return whether the answers are shown to be shorter or longer."""
    from workbench.evaluation.statistics.paired import Note

    if not tokens.change:
        return Length.NOT_SHOWN
    if tokens.low is None or tokens.high is None:
        shown = Note.ALL_EQUAL in tokens.notes
    else:
        shown = tokens.low > 0 or tokens.high < 0
    if not shown:
        return Length.NOT_SHOWN
    return Length.SHORTER if tokens.change < 0 else Length.LONGER


def _is_shown(paired: "PairedResult") -> bool:
    from workbench.evaluation.statistics.paired import Note

    if paired.p is None or paired.p >= _LEVEL or not paired.difference:
        return False
    if paired.low is None or paired.high is None:
        # Every record changed by the same amount: there is nothing to resample.
        return Note.ALL_EQUAL in paired.notes
    return paired.low > 0 or paired.high < 0
