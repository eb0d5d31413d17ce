"""What a comparison says: computed from the answers there are, never kept.

The statistics bring numpy and scipy, which would cost the window's start half a second:
they are imported where a number is computed.
"""

import dataclasses
import functools
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from workbench.domain.comparisons import (
    CandidateRole,
    CellAnswer,
    CompareRow,
    Comparison,
)
from workbench.domain.task import TaskCard, TaskKind

if TYPE_CHECKING:
    from workbench.evaluation.histogram import Bins
    from workbench.evaluation.statistics.paired import PairedResult, RatioResult
    from workbench.evaluation.statistics.power import Range

EXACT_MATCH, CHARACTER_F1, ACCURACY = "jsquad_em", "jsquad_char_f1", "accuracy"
SHARES = frozenset({EXACT_MATCH, ACCURACY})
"""Metrics whose mean is a share of right answers."""

_COLUMNS = {
    EXACT_MATCH: "exact_match",
    CHARACTER_F1: "character_f1",
    ACCURACY: "accuracy",
}
SEED = 20

Scores = Sequence[float | None]
_Metric = Callable[[str, str], float]


@dataclasses.dataclass(frozen=True, slots=True)
class MetricTable:
    """One metric for all candidates.

    Attributes:
        metric: the metric's name.
        means: mean score of each candidate in 0..1, over the records it answered.
        tuned_minus_base: the paired comparison.
        tuned_minus_few_shot: the paired comparison, None without examples.
        few_shot_minus_base: the paired comparison, None without examples.
    """

    metric: str
    means: Mapping[CandidateRole, float]
    tuned_minus_base: "PairedResult"
    tuned_minus_few_shot: "PairedResult | None"
    few_shot_minus_base: "PairedResult | None"

    def mean(self, role: CandidateRole) -> float | None:
        """Return a candidate's mean, None when it answered nothing."""
        return self.means.get(role)


@dataclasses.dataclass(frozen=True, slots=True)
class TokenTable:
    """Tokens a call, and the relative change of the answers' length."""

    output_means: Mapping[CandidateRole, float]
    input_means: Mapping[CandidateRole, float]
    change: "RatioResult"


@dataclasses.dataclass(frozen=True, slots=True)
class CompareResult:
    """Everything the Compare page shows.

    Attributes:
        complete: every candidate answered every record.
        bins: bins shared by all candidates' output tokens.
        counts: records in each bin.
        detectable: smallest differences this number of records can show.
        looks: complete comparisons on this very test part, this one included;
            repeated looks void the p-values.
    """

    comparison: Comparison
    rows: tuple[CompareRow, ...]
    complete: bool
    metrics: tuple[MetricTable, ...]
    tokens: TokenTable
    bins: "Bins"
    counts: Mapping[CandidateRole, tuple[int, ...]]
    detectable: "Range | None"
    looks: int

    @property
    def headline(self) -> MetricTable:
        """The metric that the task card puts first."""
        return self.metrics[0]

    def metric(self, name: str) -> MetricTable | None:
        """Return the table of a metric, None when it was not computed."""
        return next((one for one in self.metrics if one.metric == name), None)


def metrics_of(card: TaskCard) -> tuple[str, ...]:
    """Return the metrics that fit a task; the first is the headline.

    A label is right or wrong, and so is a short answer, while two good summaries never
    are the same: for those the characters they share come first.
    """
    match card.kind:
        case TaskKind.LABEL if card.labels:
            return (ACCURACY, EXACT_MATCH)
        case TaskKind.LABEL | TaskKind.EXTRACT | TaskKind.ANSWER:
            return (EXACT_MATCH, CHARACTER_F1)
        case TaskKind.SUMMARISE | TaskKind.FREE:
            return (CHARACTER_F1, EXACT_MATCH)


def compute(
    comparison: Comparison, rows: Sequence[CompareRow], looks: int, card: TaskCard
) -> CompareResult:
    """Return everything the Compare page shows.

    Args:
        comparison: with its candidates.
        rows: all test records with the answers there are.
        looks: complete comparisons on this very test part.
        card: says which metrics fit.
    """
    from workbench.evaluation.histogram import counts, shared_bins
    from workbench.evaluation.statistics.power import detectable_range

    names = metrics_of(card)
    rows = [_scored(row, names, card) for row in rows]
    roles = [candidate.role for candidate in comparison.candidates]
    lengths = {role: _output_tokens(rows, role) for role in roles}
    bins = shared_bins(lengths.values())
    return CompareResult(
        comparison=comparison,
        rows=tuple(rows),
        complete=comparison.cells == comparison.total,
        metrics=tuple(_metric_table(metric, rows, roles) for metric in names),
        tokens=_token_table(rows, roles),
        bins=bins,
        counts={role: counts(values, bins) for role, values in lengths.items()},
        detectable=detectable_range(len(rows)) if rows else None,
        looks=looks,
    )


def table(result: CompareResult) -> tuple[list[str], list[list[str]]]:
    """Return columns and rows of a table with every record and all answers."""
    roles = [candidate.role for candidate in result.comparison.candidates]
    names = [one.metric for one in result.metrics]
    rows = [_csv_row(row, roles, names) for row in result.rows]
    return _csv_columns(roles, names), rows


def score(answer: str, reference: str, card: TaskCard) -> dict[str, float]:
    """Return the score of an answer by every metric that fits the task, in 0..1."""
    names = metrics_of(card)
    return {name: _scorer(name, card.labels)(answer, reference) for name in names}


@functools.lru_cache(maxsize=32)
def _scorer(name: str, labels: tuple[str, ...]) -> _Metric:
    from workbench.evaluation import metrics
    from workbench.evaluation.classification import label_score

    if name == ACCURACY:
        return lambda answer, reference: label_score(answer, reference, labels)
    metric = metrics.jsquad_em if name == EXACT_MATCH else metrics.jsquad_char_f1
    return lambda answer, reference: metric(answer, [reference])


def _scored(row: CompareRow, names: Sequence[str], card: TaskCard) -> CompareRow:
    """Add scores that are not kept: the card was another when the answer came."""

    def complete(answer: CellAnswer) -> CellAnswer:
        kept = dict(answer.scores)
        missing = [name for name in names if name not in kept]
        if answer.failed or not missing:
            return answer
        for name in missing:
            kept[name] = _scorer(name, card.labels)(answer.output, row.reference)
        return dataclasses.replace(answer, scores=tuple(sorted(kept.items())))

    answers = tuple((role, complete(answer)) for role, answer in row.answers)
    return dataclasses.replace(row, answers=answers)


def _scores(rows: Sequence[CompareRow], role: CandidateRole, metric: str) -> Scores:
    answers = [row.answer(role) for row in rows]
    return [None if a is None or a.failed else a.score(metric) for a in answers]


def _output_tokens(rows: Sequence[CompareRow], role: CandidateRole) -> list[int]:
    answers = [row.answer(role) for row in rows]
    return [a.output_tokens for a in answers if a is not None and not a.failed]


def _tokens(
    rows: Sequence[CompareRow], role: CandidateRole, *, of_input: bool
) -> list[float | None]:
    answers = [row.answer(role) for row in rows]
    return [
        None
        if a is None or a.failed
        else float(a.input_tokens if of_input else a.output_tokens)
        for a in answers
    ]


def _groups(rows: Sequence[CompareRow]) -> list[str | None] | None:
    groups = [row.group or None for row in rows]
    return groups if any(groups) else None


def _mean(values: Sequence[float | None]) -> float | None:
    there = [value for value in values if value is not None]
    return sum(there) / len(there) if there else None


def _means(
    columns: Mapping[CandidateRole, Sequence[float | None]],
) -> dict[CandidateRole, float]:
    means = {role: _mean(values) for role, values in columns.items()}
    return {role: mean for role, mean in means.items() if mean is not None}


def _metric_table(
    metric: str, rows: Sequence[CompareRow], roles: Sequence[CandidateRole]
) -> MetricTable:
    from workbench.evaluation.statistics.paired import compare_paired

    columns = {role: _scores(rows, role, metric) for role in roles}
    groups = _groups(rows)
    base, tuned = columns[CandidateRole.BASE], columns[CandidateRole.TUNED]
    few = columns.get(CandidateRole.FEW_SHOT)
    compare = functools.partial(compare_paired, groups=groups, seed=SEED)
    return MetricTable(
        metric=metric,
        means=_means(columns),
        tuned_minus_base=compare(base, tuned),
        tuned_minus_few_shot=compare(few, tuned) if few is not None else None,
        few_shot_minus_base=compare(base, few) if few is not None else None,
    )


def _token_table(
    rows: Sequence[CompareRow], roles: Sequence[CandidateRole]
) -> TokenTable:
    from workbench.evaluation.statistics.paired import compare_ratio

    sent = {role: _tokens(rows, role, of_input=True) for role in roles}
    answered = {role: _tokens(rows, role, of_input=False) for role in roles}
    change = compare_ratio(
        answered[CandidateRole.BASE],
        answered[CandidateRole.TUNED],
        _groups(rows),
        seed=SEED,
    )
    return TokenTable(_means(answered), _means(sent), change)


def _csv_columns(roles: Sequence[CandidateRole], names: Sequence[str]) -> list[str]:
    scores = [_COLUMNS[name] for name in names]
    of_role = ("answer", "output_tokens", "input_tokens", *scores)
    columns = [f"{role.value}_{name}" for role in roles for name in of_role]
    return ["record", "input", "reference", "group", *columns]


def _csv_row(
    row: CompareRow, roles: Sequence[CandidateRole], names: Sequence[str]
) -> list[str]:
    cells = [str(row.position), row.input_text, row.reference, row.group]
    for role in roles:
        answer = row.answer(role)
        if answer is None:
            cells.extend([""] * (3 + len(names)))
            continue
        cells.extend(
            [answer.output, str(answer.output_tokens), str(answer.input_tokens)]
        )
        cells.extend(str(answer.score(name)) for name in names)
    return cells
