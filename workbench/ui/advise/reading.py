"""What the advise page shows, read and computed on the database lane."""

import dataclasses

from workbench.domain.comparisons import CandidateRole, CompareRow
from workbench.services.advise import Advice
from workbench.services.application import Services
from workbench.ui.compare.verdict import Outcome, outcome_of


@dataclasses.dataclass(frozen=True, slots=True)
class Share:
    """A mean score in 0..1 with its 95 % interval, where it has one."""

    value: float
    low: float | None = None
    high: float | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Reading:
    """The advice, with what the page adds to it.

    Attributes:
        outcome: what the difference shows, by the rule of the compare page.
        shares: mean score of each candidate.
        has_adapter: whether there is a tuned model that could be compared.
    """

    advice: Advice
    outcome: Outcome = Outcome.NO_RECORDS
    shares: dict[CandidateRole, Share] = dataclasses.field(default_factory=dict)
    records: int = 0
    has_adapter: bool = False


def read_advice(services: Services) -> Reading:
    """Read what the project's own numbers say."""
    advice = services.advise.advice()
    adapters = bool(services.tune.adapters())
    if advice.result is None or advice.difference is None:
        return Reading(advice, has_adapter=adapters)
    rows = advice.result.rows
    shares = {
        role: share_of(rows, role, advice.metric, mean)
        for role, mean in advice.scores.items()
    }
    outcome = outcome_of(advice.difference)
    return Reading(advice, outcome, shares, len(rows), adapters)


def share_of(
    rows: tuple[CompareRow, ...], role: CandidateRole, metric: str, mean: float
) -> Share:
    """Return a mean with Wilson's interval, which only right-or-wrong scores have."""
    from workbench.evaluation.statistics.proportions import wilson

    answers = [row.answer(role) for row in rows]
    scores = [a.score(metric) for a in answers if a is not None and not a.failed]
    if not scores or any(score not in {0.0, 1.0} for score in scores):
        return Share(mean)
    found = wilson(round(sum(scores)), len(scores))
    return Share(mean, found.low, found.high)
