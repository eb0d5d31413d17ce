"""Data: review trials, grow datasets, split, freeze, import and export them."""

import dataclasses
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.domain.changes import ChangeSet, Kind
from workbench.domain.datasets import (
    Dataset,
    Example,
    ExampleFilter,
    NewExample,
    Snapshot,
    Split,
    SplitCounts,
    normalised_input,
)
from workbench.domain.errors import InputError
from workbench.domain.jobs import JobKind
from workbench.domain.ports import ProjectStore
from workbench.domain.prompts import PromptSpec, shown_input, sorted_items
from workbench.domain.splitting import SplitItem, split
from workbench.domain.task import TaskKind
from workbench.domain.threads import for_training
from workbench.domain.trials import Rating, Trial, TrialFilter
from workbench.services import imports
from workbench.services.checks import check_form
from workbench.services.events import EventBus
from workbench.services.exports import ExportReport, write_dataset
from workbench.services.imports import ImportPreview, RowProblem
from workbench.services.jobs import Job, JobContext, JobService
from workbench.services.projects import ProjectService

if TYPE_CHECKING:
    # Imported for its type only: numpy has no part in the window's start.
    from workbench.evaluation.statistics.power import Range

SEED = 20
_SHARES = {Split.TRAIN: 0.5, Split.VALIDATION: 0.1}


@dataclasses.dataclass(frozen=True, slots=True)
class AddReport:
    """What became of trials that should become records.

    Attributes:
        added: number of new records.
        skipped: (code, trial id) pairs; codes ``no_answer``, ``already_there``.
    """

    added: int
    skipped: tuple[tuple[str, int], ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class SplitReport:
    """The parts after a split, and what the test part can show."""

    counts: SplitCounts
    detectable: "Range | None"


@dataclasses.dataclass(frozen=True, slots=True)
class Findings:
    """What is wrong with a dataset, in numbers.

    Attributes:
        duplicates: records whose input another record has too.
        conflicts: inputs that stand there with different right answers.
        across_splits: inputs that stand in two parts.
        near: near-duplicate inputs (similarity of 90 % and more) in different parts.
        problems: (code, record id) of answers that contradict the task card.
    """

    duplicates: int = 0
    conflicts: int = 0
    across_splits: int = 0
    near: int = 0
    problems: tuple[tuple[str, int], ...] = ()

    @property
    def count(self) -> int:
        """Number of things to look at."""
        return (
            self.duplicates
            + self.conflicts
            + self.across_splits
            + self.near
            + len(self.problems)
        )


@dataclasses.dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of a file's rows."""

    added: int
    skipped: tuple[RowProblem, ...]


class DataService:
    """Trials and records of the open project."""

    def __init__(
        self, projects: ProjectService, jobs: JobService, events: EventBus
    ) -> None:
        """Keep the open project, the lanes and the bus."""
        self._projects = projects
        self._jobs = jobs
        self._events = events

    # Trials

    def trial_ids(self, where: TrialFilter) -> Sequence[int]:
        """Return the ordered ids of a list of trials."""
        return self._projects.store.trials.ids(where)

    def trials(self, ids: Sequence[int]) -> Sequence[Trial]:
        """Return these trials."""
        return self._projects.store.trials.page(ids)

    def trial(self, trial_id: int) -> Trial:
        """Return one trial."""
        return self._projects.store.trials.get(trial_id)

    def waiting_count(self) -> int:
        """Return how many trials wait for review."""
        return self._projects.store.trials.waiting_count()

    def tags(self) -> Sequence[str]:
        """Return the tags in use, most recent first."""
        return self._projects.store.trials.tags()

    def rate(self, ids: Sequence[int], rating: Rating) -> None:
        """Rate trials, as one undo step."""
        self._annotate(ids, "rate", rating=rating)

    def correct(self, trial_id: int, text: str | None) -> None:
        """Type the answer a trial should have given; None takes it away."""
        self._annotate([trial_id], "correct", correction=text)

    def note(self, trial_id: int, text: str) -> None:
        """Write a note on a trial."""
        self._annotate([trial_id], "note", note=text)

    def set_tag(self, ids: Sequence[int], tag: str, on: bool) -> None:
        """Put a tag on trials or take it off, as one undo step."""
        name = tag.strip()
        if not name:
            raise InputError("tag.empty", "A tag needs a name.")
        trials = self._projects.store.trials
        self._events.changed(trials.set_tag(ids, name, on=on))

    def bin_trials(self, ids: Sequence[int]) -> None:
        """Move trials to the bin."""
        self._events.changed(self._projects.store.trials.set_binned(ids, binned=True))

    def restore_trials(self, ids: Sequence[int]) -> None:
        """Take trials out of the bin."""
        self._events.changed(self._projects.store.trials.set_binned(ids, binned=False))

    # Records

    def datasets(self) -> Sequence[Dataset]:
        """Return all datasets."""
        return self._projects.store.datasets.datasets()

    def ensure_dataset(self, name: str) -> int:
        """Return the dataset with this name, made when it is new."""
        if not name.strip():
            raise InputError("dataset.no_name", "A dataset needs a name.")
        dataset_id = self._projects.store.datasets.ensure(name.strip())
        self._events.changed(ChangeSet.of(Kind.DATASET, dataset_id))
        return dataset_id

    def add_from_trials(self, dataset_id: int, trial_ids: Sequence[int]) -> AddReport:
        """Make records of trials whose right answer is known, as one undo step."""
        examples = self.all_examples(dataset_id)
        known = {normalised_input(e.input_text) for e in examples}
        new: list[NewExample] = []
        skipped: list[tuple[str, int]] = []
        for trial in self.trials(trial_ids):
            if trial.right_answer is None:
                skipped.append(("no_answer", trial.id))
            elif (key := normalised_input(trial.input_text)) in known:
                skipped.append(("already_there", trial.id))
            else:
                known.add(key)
                new.append(_from_trial(trial, trial.right_answer))
        self._add(self._projects.store, dataset_id, new)
        return AddReport(len(new), tuple(skipped))

    def add_example(
        self, dataset_id: int, variables: dict[str, str], answer: str, group: str = ""
    ) -> int:
        """Add a typed record.

        Raises:
            InputError: ``example.no_input`` or ``example.no_answer``.
        """
        if not any(value.strip() for value in variables.values()):
            raise InputError("example.no_input", "Type the input first.")
        if not answer.strip():
            raise InputError("example.no_answer", "Type the right answer first.")
        example = NewExample(sorted_items(variables), answer, group=group)
        return self._add(self._projects.store, dataset_id, [example])[0]

    def example_ids(self, where: ExampleFilter) -> Sequence[int]:
        """Return the ordered ids of a list of records."""
        return self._projects.store.datasets.ids(where)

    def examples(self, ids: Sequence[int]) -> Sequence[Example]:
        """Return these records."""
        return self._projects.store.datasets.page(ids)

    def all_examples(self, dataset_id: int) -> Sequence[Example]:
        """Return every record of a dataset that is not in the bin."""
        return self.examples(self.example_ids(ExampleFilter(dataset_id)))

    def update_example(
        self, example_id: int, *, answer: str | None = None, group: str | None = None
    ) -> None:
        """Change a record."""
        if answer is not None and not answer.strip():
            raise InputError("example.no_answer", "Type the right answer first.")
        datasets = self._projects.store.datasets
        self._events.changed(datasets.update(example_id, answer=answer, group=group))

    def bin_examples(self, ids: Sequence[int]) -> None:
        """Move records to the bin."""
        datasets = self._projects.store.datasets
        self._events.changed(datasets.set_binned(ids, binned=True))

    def restore_examples(self, ids: Sequence[int]) -> None:
        """Take records out of the bin."""
        datasets = self._projects.store.datasets
        self._events.changed(datasets.set_binned(ids, binned=False))

    # Splits and snapshots

    def suggest_split(self, dataset_id: int) -> dict[Split, int]:
        """Propose how many records each part gets: half, a tenth, and the rest."""
        total = len(self.example_ids(ExampleFilter(dataset_id)))
        parts = {part: round(total * share) for part, share in _SHARES.items()}
        return parts | {Split.TEST: total - sum(parts.values())}

    def detectable(self, test_records: int) -> "Range | None":
        """Return the differences this many test records can show, in 0..1."""
        from workbench.evaluation.statistics.power import detectable_range

        return detectable_range(test_records) if test_records > 0 else None

    def split(
        self, dataset_id: int, wanted: dict[Split, int], seed: int = SEED
    ) -> SplitReport:
        """Deal the records out to the parts, as one undo step.

        Records with the same input or group stay together; records that stand as
        examples in a prompt go to the training part.

        Raises:
            InputError: ``split.too_many`` when more is wanted than there is.
        """
        examples = self.all_examples(dataset_id)
        if sum(wanted.values()) > len(examples):
            raise InputError(
                "split.too_many",
                "The parts are larger than the dataset.",
                {"wanted": sum(wanted.values()), "records": len(examples)},
            )
        shots = self._used_as_shots(dataset_id, examples)
        items = [self._split_item(example, shots) for example in examples]
        parts = split(items, wanted, seed)
        datasets = self._projects.store.datasets
        self._events.changed(datasets.assign(dataset_id, parts))
        counts = next(d.counts for d in self.datasets() if d.id == dataset_id)
        return SplitReport(counts, self.detectable(counts.test))

    def findings(self, dataset_id: int) -> Findings:
        """Look for duplicates, contradictions and leaks."""
        from workbench.evaluation.duplicates import find_leaks

        examples = self.all_examples(dataset_id)
        if not examples:
            return Findings()
        leaks = find_leaks(
            [e.input_text for e in examples],
            [e.answer for e in examples],
            [e.split.value for e in examples],
        )
        inputs = [normalised_input(e.input_text) for e in examples]
        card = self._projects.card()
        problems = tuple(
            (str(problem.code), e.id)
            for e in examples
            for problem in check_form(e.answer, card)
        )
        return Findings(
            duplicates=len(inputs) - len(set(inputs)),
            conflicts=len(leaks.label_conflicts),
            across_splits=len(leaks.same_input),
            near=leaks.near.warned,
            problems=problems,
        )

    def snapshot(self, dataset_id: int) -> Snapshot:
        """Freeze a dataset."""
        snapshot = self._projects.store.datasets.take_snapshot(dataset_id)
        self._events.changed(ChangeSet.of(Kind.SNAPSHOT, snapshot.id))
        return snapshot

    def snapshots(self, dataset_id: int | None = None) -> Sequence[Snapshot]:
        """Return snapshots, newest first."""
        return self._projects.store.datasets.snapshots(dataset_id)

    # Files

    def preview_file(self, path: Path) -> ImportPreview:
        """Read a file without importing it yet."""
        return imports.preview_file(path, self._projects.card())

    def preview_text(self, text: str) -> ImportPreview:
        """Read pasted cells without importing them yet."""
        return imports.preview_text(text, self._projects.card())

    def check_import(
        self,
        preview: ImportPreview,
        answer_column: str,
        input_columns: Sequence[str],
        group_column: str = "",
    ) -> ImportReport:
        """Tell what an import of these columns would report, without doing it."""
        examples, problems = imports.new_examples(
            preview, answer_column, input_columns, group_column, self._projects.card()
        )
        return ImportReport(len(examples), imports.all_problems(preview, problems))

    def import_records(
        self,
        dataset_id: int,
        preview: ImportPreview,
        answer_column: str,
        input_columns: Sequence[str],
        group_column: str = "",
    ) -> Job[ImportReport]:
        """Import the good rows of a file, as one undo step."""
        # Another project may be open by the time a large file is read.
        store, card = self._projects.store, self._projects.card()

        def work(context: JobContext) -> ImportReport:
            examples, problems = imports.new_examples(
                preview, answer_column, input_columns, group_column, card
            )
            context.stop.check()
            self._add(store, dataset_id, examples)
            return ImportReport(len(examples), imports.all_problems(preview, problems))

        return self._jobs.submit(JobKind.IMPORT, preview.source, work)

    def export(
        self, dataset_id: int, folder: Path, spec: PromptSpec | None = None
    ) -> Job[ExportReport]:
        """Write the training files of a dataset, with a manifest.

        Args:
            dataset_id: a snapshot of it is taken, and the files name it.
            folder: gets one folder of its own per snapshot.
            spec: the prompt; None takes the draft without its examples.
        """
        store = self._projects.store
        snapshot = self.snapshot(dataset_id)
        chosen = spec or for_training(store.prompts.draft())

        def work(context: JobContext) -> ExportReport:
            context.stop.check()
            rows = store.datasets.snapshot_rows(snapshot.id)
            return write_dataset(folder, snapshot, rows, chosen)

        return self._jobs.submit(JobKind.EXPORT, snapshot.dataset_name, work)

    def _annotate(self, ids: Sequence[int], label: str, **fields: object) -> None:
        self._events.changed(self._projects.store.trials.annotate(ids, fields, label))

    def _add(
        self, store: ProjectStore, dataset_id: int, examples: Sequence[NewExample]
    ) -> tuple[int, ...]:
        if not examples:
            return ()
        ids = store.datasets.add(dataset_id, examples)
        self._events.changed(
            ChangeSet.of(Kind.EXAMPLE)
            | ChangeSet.of(Kind.DATASET, dataset_id)
            | ChangeSet.of(Kind.UNDO)
        )
        return ids

    def _used_as_shots(
        self, dataset_id: int, examples: Sequence[Example]
    ) -> frozenset[int]:
        """Return the records that stand in a prompt, also in one not run yet.

        A version lacks the example with the very input it was run on; the draft has it,
        and a comparison takes the draft's.
        """
        store = self._projects.store
        drafted = {
            normalised_input(shown_input(shot.values))
            for shot in store.prompts.draft().shots
        }
        there = (e.id for e in examples if normalised_input(e.input_text) in drafted)
        return store.datasets.used_as_shots(dataset_id) | frozenset(there)

    def _split_item(self, example: Example, shots: frozenset[int]) -> SplitItem:
        key = normalised_input(example.input_text)
        keys = (f"input:{key}", *([f"group:{example.group}"] if example.group else []))
        pinned = Split.TRAIN if example.id in shots else Split.NONE
        return SplitItem(example.id, keys, self._stratum(example.answer), pinned)

    def _stratum(self, answer: str) -> str:
        """The label whose shares should be alike in all parts."""
        card = self._projects.card()
        if card.kind is TaskKind.LABEL:
            return answer
        if card.kind is TaskKind.EXTRACT and card.separator:
            # A separator may be a blank or a tab: then words are what it parts.
            return next(iter(answer.split(card.separator.strip() or None)), "").strip()
        return ""


def _from_trial(trial: Trial, answer: str) -> NewExample:
    return NewExample(
        trial.variables, answer, source="trial", origin_trial_ulid=trial.ulid
    )
