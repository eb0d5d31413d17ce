"""Advise: what the project's own numbers already say about moving to fine-tuning."""

import dataclasses
import enum
from collections.abc import Mapping
from typing import TYPE_CHECKING

from workbench.domain.comparisons import CandidateRole
from workbench.services.compare import CompareService
from workbench.services.compare_result import CompareResult, MetricTable
from workbench.services.projects import ProjectService

if TYPE_CHECKING:
    from workbench.evaluation.statistics.paired import PairedResult


class Verdict(enum.StrEnum):
    """What the numbers say; never more than they do."""

    NO_COMPARISON = "no_comparison"
    INCOMPLETE = "incomplete"
    TUNING_PAYS = "tuning_pays"
    EXAMPLES_ENOUGH = "examples_enough"
    NOT_SHOWN = "not_shown"


@dataclasses.dataclass(frozen=True, slots=True)
class Advice:
    """The verdict with the numbers it rests on.

    Attributes:
        metric: name of the metric the verdict rests on.
        scores: mean score of each candidate in 0..1.
        difference: tuned minus base with examples (minus base without examples when
            no examples were compared), or None.
        against_examples: whether `difference` is against the base with examples.
        tokens_a_call: mean input plus output tokens of each candidate.
        training_records: records the tuned model learned from.
        shots: examples in the prompt of the second candidate.
        comparison_id: the comparison it rests on, or None.
    """

    verdict: Verdict
    metric: str = ""
    scores: Mapping[CandidateRole, float] = dataclasses.field(default_factory=dict)
    difference: "PairedResult | None" = None
    against_examples: bool = False
    tokens_a_call: Mapping[CandidateRole, float] = dataclasses.field(
        default_factory=dict
    )
    training_records: int = 0
    shots: int = 0
    comparison_id: int | None = None
    result: CompareResult | None = None


class AdviseService:
    """Reads the newest comparison."""

    def __init__(self, projects: ProjectService, compare: CompareService) -> None:
        """Keep the open project and its comparisons."""
        self._projects = projects
        self._compare = compare

    def advice(self) -> Advice:
        """Return what the newest complete comparison says."""
        comparisons = self._compare.comparisons()
        complete = [c for c in comparisons if c.cells == c.total and c.total]
        if not complete:
            verdict = Verdict.INCOMPLETE if comparisons else Verdict.NO_COMPARISON
            return Advice(verdict)
        return self._read(self._compare.result(complete[0].id))

    def _read(self, result: CompareResult) -> Advice:
        table = result.headline
        difference = table.tuned_minus_few_shot or table.tuned_minus_base
        store = self._projects.store
        counts = store.datasets.snapshot(result.comparison.snapshot_id).counts
        return Advice(
            verdict=_verdict(table),
            metric=table.metric,
            scores=table.means,
            difference=difference,
            against_examples=table.tuned_minus_few_shot is not None,
            tokens_a_call=_tokens_a_call(result),
            training_records=counts.train,
            shots=self._shots(result),
            comparison_id=result.comparison.id,
            result=result,
        )

    def _shots(self, result: CompareResult) -> int:
        prompts = self._projects.store.prompts
        return max(
            len(prompts.version(candidate.prompt_version_id).active_shots)
            for candidate in result.comparison.candidates
        )


def _verdict(table: MetricTable) -> Verdict:
    difference = table.tuned_minus_few_shot or table.tuned_minus_base
    if difference.low is not None and difference.low > 0:
        return Verdict.TUNING_PAYS
    if difference.high is not None and difference.high < 0:
        return Verdict.EXAMPLES_ENOUGH
    return Verdict.NOT_SHOWN


def _tokens_a_call(result: CompareResult) -> dict[CandidateRole, float]:
    tokens = result.tokens
    return {
        role: sent + tokens.output_means.get(role, 0.0)
        for role, sent in tokens.input_means.items()
    }
