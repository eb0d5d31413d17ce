"""Fine-tuning: settings with the product's only defaults, runs and adapters.

The defaults follow "LoRA without regret" (all linear layers, a rate about ten times
that of full tuning); the built-in toy, a thousand times smaller than the models this
advice is for, has presets of its own.
"""

import dataclasses
import enum

from workbench.domain.jobs import JobState
from workbench.domain.models import ModelRef


class Goal(enum.StrEnum):
    """The three presets."""

    QUICK = "quick"
    BALANCED = "balanced"
    THOROUGH = "thorough"


class Artefact(enum.StrEnum):
    """What a run left behind."""

    NONE = "none"
    CHECKPOINT = "checkpoint"
    ADAPTER = "adapter"


@dataclasses.dataclass(frozen=True, slots=True)
class TrainingSettings:
    """Every value of a LoRA run; the worker has no defaults of its own.

    Attributes:
        rank: inner dimension r of the adapter.
        alpha: scale; the update is multiplied by alpha / rank.
        learning_rate: peak of the schedule.
        epochs: passes over the training part.
        minimum_steps: epochs are added until there are at least this many updates.
        batch_size: records per update.
        warmup_ratio: share of the updates in which the rate rises.
        max_length: longest prompt and answer in tokens; 0 takes the next multiple of 64
            above the longest record.
        evaluations: how often the validation loss is measured in all.
        seed: of weights, order and dropout.
        threads: CPU threads of the worker; 0 lets it choose: one below 100 MB of
            weights, where more would wait for each other, else all physical cores.
        rs_lora: scale by alpha / sqrt(rank) instead (Kalajdzievski 2023).
        weight_decay: of AdamW.
        max_grad_norm: clipping.
        dropout: of the adapter.
    """

    rank: int = 16
    alpha: int = 32
    learning_rate: float = 2e-4
    epochs: int = 3
    minimum_steps: int = 0
    batch_size: int = 8
    warmup_ratio: float = 0.05
    max_length: int = 0
    evaluations: int = 8
    seed: int = 20
    threads: int = 0
    rs_lora: bool = False
    weight_decay: float = 0.0
    max_grad_norm: float = 1.0
    dropout: float = 0.0


def preset(goal: Goal, rows: int, *, toy: bool) -> TrainingSettings:
    """Return the settings of a preset for this many training records."""
    if toy:
        epochs = {Goal.QUICK: 6, Goal.BALANCED: 12, Goal.THOROUGH: 24}[goal]
        return TrainingSettings(
            learning_rate=2e-3, epochs=epochs, minimum_steps=20, batch_size=8
        )
    batch = 4 if rows < 300 else 8 if rows <= 5000 else 16
    if goal is Goal.QUICK:
        return TrainingSettings(epochs=2 if rows < 500 else 1, batch_size=batch)
    epochs = 3 if rows < 500 else 2 if rows < 20_000 else 1
    if goal is Goal.BALANCED:
        return TrainingSettings(rank=32, alpha=64, epochs=epochs, batch_size=batch)
    return TrainingSettings(
        rank=64,
        alpha=64,
        learning_rate=1e-4,
        epochs=3 if rows < 5000 else epochs,
        batch_size=batch,
        rs_lora=True,
    )


@dataclasses.dataclass(frozen=True, slots=True)
class Adapter:
    """A registered LoRA adapter, found again by its ULID.

    Attributes:
        path: folder relative to the project's files folder.
        sha256: hash over the adapter's weights file.
    """

    id: int
    ulid: str
    name: str
    run_ulid: str
    base: ModelRef
    path: str
    sha256: str
    created: str

    @property
    def model(self) -> ModelRef:
        """The base with this adapter switched on."""
        return dataclasses.replace(
            self.base, adapter_ulid=self.ulid, adapter_name=self.name
        )


@dataclasses.dataclass(frozen=True, slots=True)
class Run:
    """One fine-tuning run.

    Attributes:
        directory: run directory relative to the project's files folder.
        result: numbers of the finished run as pairs, from the worker's result file.
    """

    id: int
    ulid: str
    name: str
    snapshot_id: int
    prompt_version_id: int
    base: ModelRef
    settings: TrainingSettings
    state: JobState
    artefact: Artefact
    directory: str
    created: str
    ended: str
    error_code: str
    error_text: str
    adapter_ulid: str
    result: tuple[tuple[str, str], ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class Progress:
    """What the events of a run say so far, for charts and the job strip.

    Attributes:
        train_loss: (step, loss) pairs.
        eval_loss: (step, loss) pairs on the validation part.
        samples: (step, input, tuned answer so far, reference).
        warnings: (code, English sentence) of each.
        responding: False when the heartbeat is old though the process lives.
    """

    phase: str = ""
    step: int = 0
    total_steps: int = 0
    seconds_left: float | None = None
    train_loss: tuple[tuple[int, float], ...] = ()
    eval_loss: tuple[tuple[int, float], ...] = ()
    samples: tuple[tuple[int, str, str, str], ...] = ()
    tokens_per_second: float | None = None
    warnings: tuple[tuple[str, str], ...] = ()
    responding: bool = True


@dataclasses.dataclass(frozen=True, slots=True)
class PreparedRow:
    """One training row as the worker tokenised it.

    Attributes:
        pieces: (text, trained) runs that together are the whole row.
        dropped: code of the reason, or empty when the row is trained.
    """

    row: int
    split: str
    pieces: tuple[tuple[str, bool], ...]
    prompt_tokens: int
    trained_tokens: int
    dropped: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Preparation:
    """What the preparation pass found; the window shows it before the start.

    Attributes:
        sha256: hash of the prepared file that training reads.
        rows_in: rows handed over.
        trained: rows that will be trained.
        dropped: (reason code, count) pairs; trained plus dropped is `rows_in`.
        lengths: tokens of each row (prompt and answer).
        limit: longest row in tokens that is allowed.
        stop_token: the token that ends an answer and is learned.
        stop_learned: True when every trained row ends with it.
        steps: updates the run will make.
        examples: the first rows with their trained parts marked.
        seconds: estimated duration of the run, or None.
    """

    sha256: str
    rows_in: int
    trained: int
    validation: int
    dropped: tuple[tuple[str, int], ...]
    lengths: tuple[int, ...]
    limit: int
    stop_token: str
    stop_learned: bool
    steps: int
    examples: tuple[PreparedRow, ...]
    seconds: float | None = None
