"""Compare: the same test records answered by base, base with examples, and tuned.

Every cell is a trial like any other; what is missing is asked for, nothing is asked
twice. The three candidates come from one loaded model, in one decoding.
"""

import dataclasses
import functools
import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.domain.changes import ChangeSet, Kind
from workbench.domain.comparisons import (
    Candidate,
    CandidateRole,
    CompareRow,
    Comparison,
)
from workbench.domain.datasets import SnapshotRow, Split
from workbench.domain.errors import CancelledError, InputError, WorkbenchError
from workbench.domain.generation import Generation, GenerationRequest
from workbench.domain.jobs import JobKind, JobState
from workbench.domain.ports import ProjectStore, TextGenerator
from workbench.domain.prompts import PromptSpec, Shot, render
from workbench.domain.trials import NewTrial, Purpose, TrialStatus
from workbench.services.events import EventBus
from workbench.services.jobs import Job, JobContext, JobService
from workbench.services.lab import failed_outcome, outcome_of
from workbench.services.projects import ProjectService

# The statistics bring numpy and scipy, which would cost the window's start half a
# second: they are imported where a number is computed.
if TYPE_CHECKING:
    from workbench.domain.models import ModelRef
    from workbench.evaluation.histogram import Bins
    from workbench.evaluation.statistics.paired import PairedResult, RatioResult
    from workbench.evaluation.statistics.power import Range
    from workbench.evaluation.textdiff import Segment

METRICS = ("jsquad_em", "jsquad_char_f1")
_CHUNK = 32
_PROOF_PROMPTS = 3
_SEED = 20

Scores = Sequence[float | None]


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
        """The metric chosen before the run."""
        return self.metrics[0]


class CompareService:
    """Makes, runs and reads comparisons."""

    def __init__(
        self,
        projects: ProjectService,
        generator: TextGenerator,
        jobs: JobService,
        events: EventBus,
    ) -> None:
        """Keep the open project, the models, the lanes and the bus."""
        self._projects = projects
        self._generator = generator
        self._jobs = jobs
        self._events = events

    def create(
        self, adapter_ulid: str, shots: Sequence[Shot] | None = None, k: int = 8
    ) -> Comparison:
        """Make a comparison over the test part the adapter's run never saw.

        Args:
            adapter_ulid: the tuned candidate.
            shots: examples of the second candidate; None takes the draft's, or, when it
                has none, `k` training records of different answers.
            k: number of examples that are picked.

        Raises:
            InputError: ``compare.no_test`` when nothing is set aside for the test.
        """
        store = self._projects.store
        adapter = store.runs.adapter(adapter_ulid)
        run = next(r for r in store.runs.runs() if r.ulid == adapter.run_ulid)
        if not store.datasets.snapshot(run.snapshot_id).counts.test:
            raise InputError(
                "compare.no_test",
                "No record of this dataset is set aside for the test.",
            )
        spec = store.prompts.version(run.prompt_version_id)
        chosen = (
            tuple(shots)
            if shots is not None
            else self._shots(store, run.snapshot_id, k)
        )
        with_shots = dataclasses.replace(spec, shots=chosen)
        tuned = dataclasses.replace(
            adapter.base, adapter_ulid=adapter.ulid, adapter_name=adapter.name
        )
        version = run.prompt_version_id
        candidates: list[tuple[CandidateRole, ModelRef, int]] = [
            (CandidateRole.BASE, adapter.base, version)
        ]
        if chosen:
            few = store.prompts.ensure_version(with_shots).id
            candidates.append((CandidateRole.FEW_SHOT, adapter.base, few))
        candidates.append((CandidateRole.TUNED, tuned, version))
        comparison = store.comparisons.add(
            name=adapter.name, snapshot_id=run.snapshot_id, candidates=candidates
        )
        self._events.changed(ChangeSet.of(Kind.COMPARISON, comparison.id))
        return comparison

    def start(self, comparison_id: int) -> Job[None]:
        """Ask for every answer that is missing."""
        store = self._projects.store
        comparison = store.comparisons.get(comparison_id)

        def work(context: JobContext) -> None:
            self._run(store, comparison, context)

        return self._jobs.submit(
            JobKind.COMPARE, comparison.name, work, subject=comparison.ulid
        )

    def stop(self, comparison_id: int) -> None:
        """Stop asking; answers that are there are kept."""
        self._jobs.cancel_subject(self.comparison(comparison_id).ulid)

    def comparisons(self) -> Sequence[Comparison]:
        """Return all comparisons, newest first."""
        return self._projects.store.comparisons.comparisons()

    def comparison(self, comparison_id: int) -> Comparison:
        """Return one comparison."""
        return self._projects.store.comparisons.get(comparison_id)

    def result(self, comparison_id: int) -> CompareResult:
        """Compute everything the page shows from the answers there are."""
        from workbench.evaluation.histogram import counts, shared_bins
        from workbench.evaluation.statistics.power import detectable_range

        store = self._projects.store
        comparison = store.comparisons.get(comparison_id)
        rows = tuple(store.comparisons.rows(comparison_id))
        roles = [candidate.role for candidate in comparison.candidates]
        lengths = {role: _output_tokens(rows, role) for role in roles}
        bins = shared_bins(lengths.values())
        return CompareResult(
            comparison=comparison,
            rows=rows,
            complete=comparison.cells == comparison.total,
            metrics=tuple(_metric_table(metric, rows, roles) for metric in METRICS),
            tokens=_token_table(rows, roles),
            bins=bins,
            counts={role: counts(values, bins) for role, values in lengths.items()},
            detectable=detectable_range(len(rows)) if rows else None,
            looks=self._looks(comparison),
        )

    def diff(self, a: str, b: str) -> "tuple[Segment, ...]":
        """Return what changes from a to b."""
        from workbench.evaluation.textdiff import Unit, diff

        return diff(a, b, Unit.CHARACTER)

    def export_csv(self, comparison_id: int, path: Path) -> None:
        """Write every record with all answers, scores and tokens."""
        from workbench.formats.csv_io import write_csv

        result = self.result(comparison_id)
        roles = [candidate.role for candidate in result.comparison.candidates]
        rows = [_csv_row(row, roles) for row in result.rows]
        path.write_bytes(write_csv(_csv_columns(roles), rows, excel=True, safe=True))

    def _looks(self, comparison: Comparison) -> int:
        return sum(
            other.snapshot_id == comparison.snapshot_id and other.cells == other.total
            for other in self.comparisons()
        )

    def _shots(self, store: ProjectStore, snapshot_id: int, k: int) -> tuple[Shot, ...]:
        drafted = store.prompts.draft().active_shots
        if drafted:
            return drafted
        return pick_diverse(store.datasets.snapshot_rows(snapshot_id, Split.TRAIN), k)

    def _run(
        self, store: ProjectStore, comparison: Comparison, context: JobContext
    ) -> None:
        self._set_state(store, comparison.id, JobState.RUNNING)
        try:
            for candidate in comparison.candidates:
                self._ask(store, comparison, candidate, context)
            self._prove(store, comparison)
        except CancelledError:
            self._set_state(store, comparison.id, JobState.CANCELLED)
            raise
        except WorkbenchError:
            self._set_state(store, comparison.id, JobState.FAILED)
            raise
        self._set_state(store, comparison.id, JobState.SUCCEEDED)

    def _ask(
        self,
        store: ProjectStore,
        comparison: Comparison,
        candidate: Candidate,
        context: JobContext,
    ) -> None:
        spec = store.prompts.version(candidate.prompt_version_id)
        missing = store.comparisons.missing(comparison.id, candidate.id)
        for first in range(0, len(missing), _CHUNK):
            context.stop.check()
            chunk = missing[first : first + _CHUNK]
            self._ask_chunk(store, comparison, candidate, spec, chunk, context)
            context.stop.check()

    def _ask_chunk(
        self,
        store: ProjectStore,
        comparison: Comparison,
        candidate: Candidate,
        spec: PromptSpec,
        rows: Sequence[SnapshotRow],
        context: JobContext,
    ) -> None:
        trials = [_new_trial(candidate, spec, row) for row in rows]
        ids = [store.trials.start(trial) for trial in trials]
        requests = [
            GenerationRequest(candidate.model, trial.messages, trial.parameters)
            for trial in trials
        ]
        open_trials = dict(enumerate(ids))

        def keep(index: int, answer: Generation) -> None:
            trial_id = open_trials.pop(index)
            self._keep(store, comparison, candidate, trial_id, rows[index], answer)
            done = store.comparisons.get(comparison.id)
            context.progress(done.cells, done.total)

        try:
            self._generator.generate_batch(requests, keep, context.stop)
        except WorkbenchError as error:
            for trial_id in open_trials.values():
                store.trials.finish(trial_id, failed_outcome(error))
            open_trials.clear()
            raise
        for trial_id in open_trials.values():
            store.trials.finish(trial_id, failed_outcome(CancelledError()))

    def _keep(
        self,
        store: ProjectStore,
        comparison: Comparison,
        candidate: Candidate,
        trial_id: int,
        row: SnapshotRow,
        answer: Generation,
    ) -> None:
        outcome = outcome_of(answer)
        changes = store.trials.finish(trial_id, outcome)
        if outcome.status is TrialStatus.CANCELLED:
            return
        store.trials.save_scores({trial_id: score(outcome.output, row.answer)})
        store.comparisons.set_cell(comparison.id, candidate.id, trial_id)
        self._events.changed(changes | ChangeSet.of(Kind.COMPARISON, comparison.id))

    def _prove(self, store: ProjectStore, comparison: Comparison) -> None:
        tuned = next(c for c in comparison.candidates if c.role is CandidateRole.TUNED)
        spec = store.prompts.version(tuned.prompt_version_id)
        rows = store.datasets.snapshot_rows(comparison.snapshot_id, Split.TEST)
        prompts = [render(spec, dict(row.variables)) for row in rows[:_PROOF_PROMPTS]]
        proof = self._generator.prove_adapter(tuned.model, prompts)
        self._events.changed(store.comparisons.set_proof(comparison.id, proof))

    def _set_state(
        self, store: ProjectStore, comparison_id: int, state: JobState
    ) -> None:
        self._events.changed(store.comparisons.set_state(comparison_id, state))


def pick_diverse(rows: Sequence[SnapshotRow], k: int) -> tuple[Shot, ...]:
    """Pick k records with as many different answers as possible, always the same ones.

    Records are dealt in the order of a seeded hash; one record of every answer comes
    first, then a second one of every answer, and so on.
    """
    seen: dict[str, int] = {}
    ranked: list[tuple[int, str, SnapshotRow]] = []
    for row in sorted(rows, key=_hash_of):
        first_word = row.answer.split()[0] if row.answer.split() else ""
        seen[first_word] = seen.get(first_word, 0) + 1
        ranked.append((seen[first_word], _hash_of(row), row))
    ranked.sort(key=lambda item: item[:2])
    return tuple(
        Shot(row.variables, row.answer, example_ulid=row.example_ulid)
        for _, _, row in ranked[:k]
    )


def _hash_of(row: SnapshotRow) -> str:
    # Not the ULID: the same records must be picked in every project they stand in.
    content = f"{_SEED}|{row.variables}|{row.answer}"
    return hashlib.sha256(content.encode("utf-8")).hexdigest()


def score(answer: str, reference: str) -> dict[str, float]:
    """Return the score of an answer by every metric of a comparison, in 0..1."""
    return {name: metric(answer, [reference]) for name, metric in _metrics().items()}


@functools.cache
def _metrics() -> "Mapping[str, _Metric]":
    from workbench.evaluation import metrics

    return {name: getattr(metrics, name) for name in METRICS}


if TYPE_CHECKING:
    from collections.abc import Callable

    _Metric = Callable[[str, Sequence[str]], float]


def _new_trial(candidate: Candidate, spec: PromptSpec, row: SnapshotRow) -> NewTrial:
    return NewTrial(
        prompt_version_id=candidate.prompt_version_id,
        model=candidate.model,
        variables=row.variables,
        messages=render(spec, dict(row.variables)),
        parameters=spec.parameters,
        purpose=Purpose.COMPARISON,
        expected=row.answer,
        example_id=row.example_id,
    )


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
    compare = functools.partial(compare_paired, groups=groups, seed=_SEED)
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
        seed=_SEED,
    )
    return TokenTable(_means(answered), _means(sent), change)


def _csv_columns(roles: Sequence[CandidateRole]) -> list[str]:
    of_role = ("answer", "output_tokens", "input_tokens", *METRICS)
    columns = [f"{role.value}_{name}" for role in roles for name in of_role]
    return ["record", "input", "reference", "group", *columns]


def _csv_row(row: CompareRow, roles: Sequence[CandidateRole]) -> list[str]:
    cells = [str(row.position), row.input_text, row.reference, row.group]
    for role in roles:
        answer = row.answer(role)
        if answer is None:
            cells.extend([""] * (3 + len(METRICS)))
            continue
        cells.extend(
            [answer.output, str(answer.output_tokens), str(answer.input_tokens)]
        )
        cells.extend(str(answer.score(metric)) for metric in METRICS)
    return cells
