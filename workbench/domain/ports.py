"""Ports: what services ask of storage, of models and of the computer.

Services import only these Protocols; `app.compose` hands them the adapters. Every write
returns the `ChangeSet` that views refresh by. Calls may come from any thread: storage
keeps one write lane and a reading connection per thread.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from workbench.domain.changes import ChangeSet
from workbench.domain.comparisons import (
    AdapterProof,
    CandidateRole,
    CellAnswer,
    CompareRow,
    Comparison,
)
from workbench.domain.costs import Price
from workbench.domain.datasets import (
    Dataset,
    Example,
    ExampleFilter,
    NewExample,
    Snapshot,
    SnapshotRow,
    Split,
)
from workbench.domain.generation import (
    Generation,
    GenerationRequest,
    OnToken,
    StopSignal,
)
from workbench.domain.jobs import JobSnapshot, JobState
from workbench.domain.matrices import CellView, Matrix, NewMatrix
from workbench.domain.matrix import Pace
from workbench.domain.models import ModelRef
from workbench.domain.prompts import Message, PromptSpec
from workbench.domain.spending import Caps, Entry, Reservation
from workbench.domain.task import TaskCard
from workbench.domain.trials import (
    NewTrial,
    PromptVersion,
    Trial,
    TrialFilter,
    TrialOutcome,
    VersionAnswer,
)
from workbench.domain.tuning import (
    Adapter,
    Artefact,
    Preparation,
    Progress,
    Run,
    TrainingSettings,
)
from workbench.domain.undo import UndoState


class ProjectMeta(Protocol):
    """Facts about an open project file."""

    @property
    def ulid(self) -> str:
        """Identity of the project; copies keep it."""

    @property
    def name(self) -> str:
        """Name shown in the title bar."""

    @property
    def path(self) -> Path:
        """The ``.workbench`` file."""

    @property
    def files(self) -> Path:
        """The ``.files`` folder beside it, made when first needed."""


class PromptStore(Protocol):
    """Drafts and immutable versions of the project's prompt."""

    def draft(self) -> PromptSpec:
        """Return the prompt that is being edited."""

    def draft_variables(self) -> dict[str, str]:
        """Return the values that stand beside the draft."""

    def save_draft(
        self, spec: PromptSpec, variables: Mapping[str, str], *, undoable: bool = True
    ) -> ChangeSet:
        """Keep the draft; edits within a second of each other are one undo step."""

    def ensure_version(self, spec: PromptSpec) -> PromptVersion:
        """Return the version with this content, made when it is new.

        Raises:
            InputError: ``shot.test`` when a shot is a test record (by a trigger);
                ``chain.nested``, ``chain.later`` for a chain that cannot be run.
        """

    def version(self, version_id: int) -> PromptSpec:
        """Return the content of a version."""

    def versions(self) -> Sequence[PromptVersion]:
        """Return all versions, newest first."""

    def describe(
        self, version_id: int, *, name: str | None = None, note: str | None = None
    ) -> ChangeSet:
        """Name a version or write a note on it; undoable, typing is one step."""

    def answers(self, version_id: int | None = None) -> Sequence[VersionAnswer]:
        """Return what the Lab's trials of a version gave, of all when it is None."""


class BlobStore(Protocol):
    """Bytes of attached files, each content once."""

    def put(self, content: bytes) -> str:
        """Keep bytes and return ``sha256:`` and their hash; the same bytes, the same.

        Raises:
            EnvironmentFault: ``disk.full``, ``disk.failed``, ``project.read_only``.
        """

    def get(self, content_hash: str) -> bytes:
        """Return the bytes; EnvironmentFault ``files.gone`` when they are not there."""

    def has(self, content_hash: str) -> bool:
        """Tell whether the bytes are there."""


class TrialStore(Protocol):
    """Trials and what the expert said about them."""

    def start(self, trial: NewTrial, reservation: Reservation | None = None) -> int:
        """Insert a trial as RUNNING and return its id (record before acting)."""

    def start_many(
        self, trials: Sequence[tuple[NewTrial, Reservation | None]]
    ) -> Sequence[int]:
        """Insert several trials, all or none, with what is reserved for them.

        Raises:
            InputError: ``matrix.taken`` when a cell has an answer or is being asked,
                ``shot.own`` when a prompt gives its own input's answer away.
        """

    def finish(self, trial_id: int, outcome: TrialOutcome) -> ChangeSet:
        """Complete a trial exactly once, and settle what was reserved for it.

        Raises:
            InputError: ``trial.finished`` the second time.
        """

    def interrupt_running(self) -> ChangeSet:
        """Mark trials left RUNNING by a process that died as INTERRUPTED.

        What was reserved for them is settled at the worst case: they may have been
        billed. Matrices that were running are LOST.
        """

    def answered(self, hashes: Sequence[str]) -> Mapping[str, int]:
        """Return, by identity of the call, the newest trial that answered it.

        Trials in the bin do not count.
        """

    def pace(self, model: ModelRef) -> Pace:
        """Return how a model answered in its latest trials."""

    def get(self, trial_id: int) -> Trial:
        """Return one trial; InputError ``trial.missing`` when there is none."""

    def ids(self, where: TrialFilter) -> Sequence[int]:
        """Return the ordered ids of a list, by one indexed query."""

    def page(self, ids: Sequence[int]) -> Sequence[Trial]:
        """Return these trials in this order; ids that are gone are left out."""

    def earlier(self, input_text: str, limit: int = 50) -> Sequence[Trial]:
        """Return lab trials with this very input, newest first."""

    def annotate(
        self, ids: Sequence[int], annotation: Mapping[str, object], label: str
    ) -> ChangeSet:
        """Set the given annotation fields on all these trials as one undo step.

        Args:
            ids: the trials.
            annotation: any of ``rating``, ``correction``, ``note``, ``tags``.
            label: code of the undo step, such as ``rate``.
        """

    def set_binned(self, ids: Sequence[int], *, binned: bool) -> ChangeSet:
        """Move trials to the bin or back, as one undo step."""

    def set_tag(self, ids: Sequence[int], tag: str, *, on: bool) -> ChangeSet:
        """Put a tag on trials or take it off, as one undo step (label ``tag``)."""

    def tags(self) -> Sequence[str]:
        """Return the tags in use, most recent first."""

    def waiting_count(self) -> int:
        """Return how many trials wait for review."""

    def save_scores(self, scores: Mapping[int, Mapping[str, float]]) -> None:
        """Keep scores by trial and metric; saving them again is harmless."""


class MatrixStore(Protocol):
    """Matrices and their cells."""

    def add(self, matrix: NewMatrix) -> int:
        """Keep a whole plan as RUNNING, with the earlier answers it takes over.

        Raises:
            InputError: ``shot.own`` when a prompt gives its own input's answer away.
        """

    def get(self, matrix_id: int) -> Matrix:
        """Return one matrix; InputError ``matrix.missing`` when there is none."""

    def matrices(self) -> Sequence[Matrix]:
        """Return all matrices, newest first."""

    def cells(self, matrix_id: int) -> Sequence[CellView]:
        """Return all cells in order, as they stand."""

    def sent(self, matrix_id: int) -> Sequence[tuple[int, str]]:
        """Return, in order of the cells, version sent and identity of the call."""

    def link(self, matrix_id: int, trials: Mapping[int, int]) -> None:
        """Answer cells, by position, with trials made for the same call.

        Raises:
            InputError: ``matrix.taken``, or ``matrix.foreign`` for another call.
        """

    def set_state(self, matrix_id: int, state: JobState) -> ChangeSet:
        """Move a matrix to a state."""


class SpendingStore(Protocol):
    """What was reserved and settled, and the caps of the project."""

    def entries(self) -> Sequence[Entry]:
        """Return the ledger; the run of a matrix's call is ``matrix:`` and its id."""

    def caps(self) -> Caps:
        """Return the caps."""

    def save_caps(self, caps: Caps) -> None:
        """Change the caps."""


class PriceBook(Protocol):
    """Knows what models cost."""

    def price(self, model: ModelRef) -> Price | None:
        """Return the price of a model where it is asked; None: unknown.

        Answers at once: what must be fetched was fetched before.
        """


class DatasetStore(Protocol):
    """Datasets, splits and snapshots."""

    def datasets(self) -> Sequence[Dataset]:
        """Return all datasets, oldest first."""

    def ensure(self, name: str) -> int:
        """Return the id of the dataset with this name, made when it is new."""

    def add(self, dataset_id: int, examples: Iterable[NewExample]) -> tuple[int, ...]:
        """Add records as one undo step and return their ids."""

    def get(self, example_id: int) -> Example:
        """Return one record; InputError ``example.missing`` when there is none."""

    def ids(self, where: ExampleFilter) -> Sequence[int]:
        """Return the ordered ids of a list."""

    def page(self, ids: Sequence[int]) -> Sequence[Example]:
        """Return these records in this order."""

    def update(
        self, example_id: int, *, answer: str | None = None, group: str | None = None
    ) -> ChangeSet:
        """Change a record; undoable."""

    def set_binned(self, ids: Sequence[int], *, binned: bool) -> ChangeSet:
        """Move records to the bin or back, as one undo step."""

    def assign(self, dataset_id: int, splits: Mapping[int, Split]) -> ChangeSet:
        """Set the split of records as one undo step.

        Raises:
            InputError: ``split.leak`` when the same input or group would stand in two
                parts, or a record used as an example in a prompt would be set aside for
                the test; nothing is changed then (triggers refuse it).
        """

    def used_as_shots(self, dataset_id: int) -> frozenset[int]:
        """Return the records whose input is an example in any prompt version."""

    def is_test_input(self, input_text: str) -> bool:
        """Tell whether a test record of any dataset has this input."""

    def take_snapshot(self, dataset_id: int) -> Snapshot:
        """Freeze the dataset; the same content gives the existing snapshot back."""

    def snapshots(self, dataset_id: int | None = None) -> Sequence[Snapshot]:
        """Return snapshots, newest first."""

    def snapshot(self, snapshot_id: int) -> Snapshot:
        """Return one snapshot."""

    def snapshot_rows(
        self, snapshot_id: int, split: Split | None = None
    ) -> Sequence[SnapshotRow]:
        """Return the frozen records in order."""


class RunStore(Protocol):
    """Fine-tuning runs and adapters."""

    def add(
        self,
        *,
        ulid: str,
        name: str,
        snapshot_id: int,
        prompt_version_id: int,
        base: ModelRef,
        settings: TrainingSettings,
        directory: str,
    ) -> int:
        """Insert a run as QUEUED before anything is started."""

    def set_state(
        self,
        run_id: int,
        state: JobState,
        *,
        artefact: Artefact | None = None,
        error_code: str = "",
        error_text: str = "",
        result: Mapping[str, str] | None = None,
    ) -> ChangeSet:
        """Move a run to a state; a final state is never left (silently kept)."""

    def get(self, run_id: int) -> Run:
        """Return one run."""

    def runs(self) -> Sequence[Run]:
        """Return all runs, newest first."""

    def add_adapter(
        self,
        *,
        name: str,
        run_id: int,
        base: ModelRef,
        path: str,
        sha256: str,
    ) -> Adapter:
        """Register an adapter; the same run gives its adapter back."""

    def adapters(self) -> Sequence[Adapter]:
        """Return all adapters, newest first."""

    def adapter(self, ulid: str) -> Adapter:
        """Return one adapter; InputError ``adapter.missing`` when there is none."""


class ComparisonStore(Protocol):
    """Comparisons and their cells."""

    def add(
        self,
        *,
        name: str,
        snapshot_id: int,
        candidates: Sequence[tuple[CandidateRole, ModelRef, int]],
    ) -> Comparison:
        """Insert a comparison; each candidate is (role, model, prompt version id)."""

    def get(self, comparison_id: int) -> Comparison:
        """Return one comparison."""

    def comparisons(self) -> Sequence[Comparison]:
        """Return all comparisons, newest first."""

    def set_state(self, comparison_id: int, state: JobState) -> ChangeSet:
        """Move a comparison to a state."""

    def set_proof(self, comparison_id: int, proof: AdapterProof) -> ChangeSet:
        """Keep the proof that the adapter is on and off where it is said to be."""

    def missing(self, comparison_id: int, candidate_id: int) -> Sequence[SnapshotRow]:
        """Return test records this candidate has no finished cell for, in order."""

    def set_cell(self, comparison_id: int, candidate_id: int, trial_id: int) -> None:
        """Connect a finished trial (its example_id names the record) with its cell."""

    def rows(self, comparison_id: int) -> Sequence[CompareRow]:
        """Return all test records with the answers there are, in snapshot order."""

    def answers(self, comparison_id: int, role: CandidateRole) -> Sequence[CellAnswer]:
        """Return the answers of one candidate in snapshot order."""


class JobStore(Protocol):
    """Jobs that outlive the window."""

    def save(self, job: JobSnapshot) -> None:
        """Insert or update a job by its ULID."""

    def unfinished(self) -> Sequence[JobSnapshot]:
        """Return jobs that had not ended when the project was closed."""


class UndoStore(Protocol):
    """The persisted log of commands with their inverses."""

    def state(self) -> UndoState:
        """Return what can be undone and redone."""

    def undo(self) -> ChangeSet:
        """Undo the newest command; an empty change set when there is none.

        Raises:
            InputError: ``undo.conflict`` when the database refuses the inverse.
        """

    def redo(self) -> ChangeSet:
        """Redo the command undone last; an empty change set when there is none."""

    def newest(self, labels: Sequence[str]) -> int:
        """Return the number of the newest command with one of these labels, else 0.

        Numbers only grow, so that a larger one than before means a new command.
        """


class ProjectStore(Protocol):
    """One open project file with all its stores."""

    meta: ProjectMeta
    prompts: PromptStore
    blobs: BlobStore
    trials: TrialStore
    datasets: DatasetStore
    runs: RunStore
    comparisons: ComparisonStore
    jobs: JobStore
    undo: UndoStore
    matrices: MatrixStore
    spending: SpendingStore

    def task_card(self) -> TaskCard:
        """Return the project's task card."""

    def save_task_card(self, card: TaskCard) -> ChangeSet:
        """Change the task card; undoable."""

    def rename(self, name: str) -> ChangeSet:
        """Change the project's name; undoable."""

    def save_copy(
        self, destination: Path, progress: Callable[[int, int], None] | None = None
    ) -> Path:
        """Write one file with everything in it, attachments included (backup API)."""

    def empty_bin(self) -> ChangeSet:
        """Delete what lies in the bin; not undoable."""

    def sizes(self) -> Mapping[str, int]:
        """Return bytes by kind: ``database``, ``runs``, ``adapters``, ``bin`` ..."""

    def close(self) -> None:
        """Checkpoint the database and release the file."""


class ProjectFiles(Protocol):
    """Making and opening project files."""

    def create(self, path: Path, name: str, card: TaskCard) -> ProjectStore:
        """Make a new project; EnvironmentFault ``project.exists`` when there is one."""

    def open(self, path: Path) -> ProjectStore:
        """Open a project, after a backup when it must be migrated.

        Raises:
            InputError: ``project.not_one`` for a file that is none,
                ``project.newer`` for one made by a newer version.
            EnvironmentFault: ``project.locked`` when a second window has it open,
                ``project.missing``, ``project.unreadable``.
        """


class TextGenerator(Protocol):
    """A model that answers; implemented by `local` (and later by `aws`)."""

    def generate(
        self, request: GenerationRequest, on_token: OnToken, stop: StopSignal
    ) -> Generation:
        """Answer one request, streaming; blocks the calling thread.

        Raises:
            RemoteError, EnvironmentFault: with the code of `training.md` §3.7.
        """

    def generate_batch(
        self,
        requests: Sequence[GenerationRequest],
        on_result: Callable[[int, Generation], None],
        stop: StopSignal,
    ) -> None:
        """Answer many requests of one model; `on_result` gets the index and answer."""

    def prove_adapter(
        self, model: ModelRef, prompts: Sequence[Sequence[Message]]
    ) -> AdapterProof:
        """Compare logits with the adapter off, on, and those of the bare base."""

    def count_tokens(self, model: ModelRef, texts: Sequence[str]) -> Sequence[int]:
        """Count tokens of plain texts with the model's own tokenizer."""

    def is_available(self) -> bool:
        """Tell, without starting it, whether an interpreter with torch is there."""

    def close(self) -> None:
        """End the worker process."""


class AdapterLocator(Protocol):
    """Finds the folder of a registered adapter."""

    def __call__(self, adapter_ulid: str) -> Path:
        """Return the adapter's folder."""


class TrainingHandle(Protocol):
    """A run that is being watched; made by `TrainingLauncher`."""

    def poll(self) -> tuple[JobState, Progress]:
        """Read new events and return the state and the progress so far."""

    def stop(self, *, save: bool) -> None:
        """Ask to stop, with or without keeping what was learned so far."""

    def force(self) -> None:
        """Climb the ladder of `training.md` §3.5 when asking did not help."""

    def error(self) -> tuple[str, str]:
        """Return (code, sentence with next action) of a failed run."""

    def artefact(self) -> Artefact:
        """Return what the run left behind."""

    def result(self) -> Mapping[str, str]:
        """Return the numbers of the result file."""

    def log_tail(self, lines: int = 40) -> str:
        """Return the end of the worker's log."""


class TrainingLauncher(Protocol):
    """Prepares, starts and finds again the worker that trains (in `local`)."""

    def prepare(
        self,
        directory: Path,
        *,
        run_ulid: str,
        base: ModelRef,
        data: Path,
        settings: TrainingSettings,
        stop: StopSignal,
    ) -> Preparation:
        """Run the preparation pass in the worker; blocks the calling thread.

        Args:
            directory: the run directory.
            run_ulid: identity of the run.
            base: the model whose tokenizer and template are used.
            data: TRL prompt-completion JSONL with a ``split`` field per row
                (``train`` or ``validation``) and ``id``.
            settings: every setting.
            stop: asks the pass to end.
        """

    def preparation(self, directory: Path) -> Preparation | None:
        """Read what an earlier preparation pass found, None when there was none."""

    def start(
        self,
        directory: Path,
        *,
        run_ulid: str,
        base: ModelRef,
        settings: TrainingSettings,
        preparation: Preparation,
    ) -> TrainingHandle:
        """Write config.json and start the worker."""

    def attach(self, directory: Path, *, run_ulid: str) -> TrainingHandle:
        """Find a started run again by its directory."""


class ModelLibrary(Protocol):
    """Model folders on this computer."""

    def builtin(self) -> ModelRef:
        """Return the built-in model."""

    def builtin_folder(self) -> Path:
        """Return the folder of the built-in model."""

    def scan(self, folders: Sequence[Path]) -> Sequence[ModelRef]:
        """Return models found in these folders, one level deep."""

    def adapters(self, model: ModelRef) -> Sequence[ModelRef]:
        """Return the model with each adapter that lies in its folder."""

    def inspect(self, folder: Path) -> ModelRef:
        """Return the model in a folder; InputError ``model.not_one`` says why not."""
