"""Compare: the same test records answered by base, base with examples, and tuned.

Every cell is a trial like any other; what is missing is asked for, nothing is asked
twice. The three candidates come from one loaded model, in one decoding.
"""

import dataclasses
import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.domain.answers import parted_answer
from workbench.domain.changes import ChangeSet, Kind
from workbench.domain.comparisons import (
    Candidate,
    CandidateRole,
    Comparison,
)
from workbench.domain.datasets import SnapshotRow, Split
from workbench.domain.errors import CancelledError, InputError, WorkbenchError
from workbench.domain.generation import Generation, GenerationRequest
from workbench.domain.jobs import JobKind, JobState
from workbench.domain.ports import ProjectStore, TextGenerator
from workbench.domain.prompts import PromptSpec, Shot, render
from workbench.domain.trials import NewTrial, Purpose, TrialOutcome, TrialStatus
from workbench.services.compare_result import (
    SEED,
    CompareResult,
    compute,
    score,
    table,
)
from workbench.services.events import EventBus
from workbench.services.exports import unwritable
from workbench.services.jobs import Job, JobContext, JobService
from workbench.services.lab import failed_outcome, outcome_of
from workbench.services.projects import ProjectService

if TYPE_CHECKING:
    from workbench.domain.models import ModelRef
    from workbench.evaluation.textdiff import Segment

_CHUNK = 32
_PROOF_PROMPTS = 3


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
        self, adapter_ulid: str, shots: Sequence[Shot] | None = None, k: int = 4
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
        version = run.prompt_version_id
        candidates: list[tuple[CandidateRole, ModelRef, int]] = [
            (CandidateRole.BASE, adapter.base, version)
        ]
        if chosen:
            few = store.prompts.ensure_version(with_shots).id
            candidates.append((CandidateRole.FEW_SHOT, adapter.base, few))
        candidates.append((CandidateRole.TUNED, adapter.model, version))
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
        store = self._projects.store
        comparison = store.comparisons.get(comparison_id)
        rows = store.comparisons.rows(comparison_id)
        return compute(comparison, rows, self._looks(comparison), store.task_card())

    def diff(self, a: str, b: str) -> "tuple[Segment, ...]":
        """Return what changes from a to b."""
        from workbench.evaluation.textdiff import Unit, diff

        return diff(a, b, Unit.CHARACTER)

    def export_csv(self, comparison_id: int, path: Path) -> None:
        """Write every record with all answers, scores and tokens.

        Raises:
            EnvironmentFault: ``file.unwritable``.
        """
        from workbench.formats.csv_io import write_csv

        columns, rows = table(self.result(comparison_id))
        try:
            path.write_bytes(write_csv(columns, rows, excel=True, safe=True))
        except OSError as error:
            raise unwritable(path, error) from error

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
        except Exception:
            # Also a bug: the row must not say for ever that it is being answered.
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
            answer = parted_answer(answer, spec.thinking)
            self._keep(store, comparison, candidate, trial_id, rows[index], answer)
            done = store.comparisons.get(comparison.id)
            context.progress(done.cells, done.total)

        try:
            self._generator.generate_batch(requests, keep, context.stop)
        except WorkbenchError as error:
            self._end_unanswered(store, open_trials.values(), error)
            raise
        self._end_unanswered(store, open_trials.values(), CancelledError())

    def _end_unanswered(
        self, store: ProjectStore, trial_ids: Iterable[int], error: WorkbenchError
    ) -> None:
        """Complete the trials of a chunk that got no answer; stopped is not failed."""
        outcome = failed_outcome(error)
        if isinstance(error, CancelledError):
            outcome = TrialOutcome(TrialStatus.CANCELLED, stop_reason="cancelled")
        for trial_id in trial_ids:
            self._events.changed(store.trials.finish(trial_id, outcome))

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
        scores = score(outcome.output, row.answer, store.task_card())
        store.trials.save_scores({trial_id: scores})
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
    content = f"{SEED}|{row.variables}|{row.answer}"
    return hashlib.sha256(content.encode("utf-8")).hexdigest()


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
