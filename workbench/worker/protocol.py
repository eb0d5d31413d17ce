"""What crosses between the window and its worker processes. Standard library only.

A *run directory* holds one preparation or training run, each file with one writer:

=====================  ========  ===================================================
``prepare.json``       window    every value of a preparation pass
``config.json``        window    every value, written before the start, never changed
``control.json``       window    what is asked meanwhile: ``{"seq", "command"}``
``worker.json``        worker    pid, creation time, argv, versions, device
``events.jsonl``       worker    what happened, a line each, flushed: the truth
``heartbeat``          worker    touched every five seconds
``prepared.jsonl``     worker    the rows as token ids and labels, as they are trained
``preparation.json``   worker    counts, reasons, limits and the hash of that file
``checkpoints/``       worker    resumable states
``adapter/``           worker    the LoRA adapter with its template
``result.json``        worker    numbers of the finished run
``worker.log``         (both)    standard output and error, text for people
=====================  ========  ===================================================

The *generating worker* reads one JSON request per line on standard input and writes one
JSON event per line on standard output; each event names the request by ``id``. It ends
when its standard input is closed. All text is UTF-8.
"""

import dataclasses
import enum
import hashlib
import struct
from collections.abc import Iterable, Mapping
from typing import Any, NotRequired, Required, TypedDict, get_type_hints

SCHEMA = 1
"""Version of every message and file; a reader refuses a higher one."""

PREPARE_FILE = "prepare.json"
CONFIG_FILE = "config.json"
CONTROL_FILE = "control.json"
WORKER_FILE = "worker.json"
EVENTS_FILE = "events.jsonl"
HEARTBEAT_FILE = "heartbeat"
PREPARED_FILE = "prepared.jsonl"
PREPARATION_FILE = "preparation.json"
CHECKPOINTS_FOLDER = "checkpoints"
ADAPTER_FOLDER = "adapter"
RESULT_FILE = "result.json"
LOG_FILE = "worker.log"
INCOMPLETE_SENTINEL = "checkpoint-is-incomplete.txt"
"""Written by transformers while it saves; its `get_last_checkpoint` ignores it."""

DISK_EXIT_CODE = 74
"""Exit code of a worker that could not even write its last event (EX_IOERR)."""

HEARTBEAT_SECONDS = 5.0
CONTROL_POLL_SECONDS = 0.25
IGNORED_LABEL = -100
"""Label of a token that is not trained."""


class Phase(enum.StrEnum):
    """What a running worker is doing."""

    VALIDATING = "validating"
    TOKENISING = "tokenising"
    LOADING = "loading"
    PROBING = "probing"
    TRAINING = "training"
    EVALUATING = "evaluating"
    SAMPLING = "sampling"
    SAVING = "saving"
    VERIFYING = "verifying"


class EventType(enum.StrEnum):
    """Types of the lines in ``events.jsonl``; a reader ignores those it does not know.

    Each line is ``{"v", "seq", "t", "type", …}`` with `t` in Unix seconds.
    """

    PHASE = "phase"
    PREFLIGHT = "preflight"
    METRIC = "metric"
    SAMPLE = "sample"
    RESOURCE = "resource"
    CHECKPOINT = "checkpoint"
    ACK = "ack"
    WARNING = "warning"
    ERROR = "error"
    END = "end"


class Command(enum.StrEnum):
    """What the window may ask of a run through ``control.json``."""

    STOP_SAVE = "stop_save"
    STOP_NOW = "stop_now"
    EVAL_NOW = "eval_now"
    SAMPLE_NOW = "sample_now"


class Outcome(enum.StrEnum):
    """How a run ended, in its `end` event."""

    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"


class ArtefactKind(enum.StrEnum):
    """What a run left behind, in its `end` event."""

    NONE = "none"
    CHECKPOINT = "checkpoint"
    ADAPTER = "adapter"


class ErrorClass(enum.StrEnum):
    """Causes that can be named; each comes with one sentence and one next action."""

    OOM = "OOM"
    DATA = "DATA"
    TEMPLATE = "TEMPLATE"
    MODEL_ACCESS = "MODEL_ACCESS"
    NETWORK = "NETWORK"
    DISK = "DISK"
    CUDA_DRIVER = "CUDA_DRIVER"
    NO_GPU = "NO_GPU"
    CPU_ONLY_TORCH = "CPU_ONLY_TORCH"
    DEPENDENCY = "DEPENDENCY"
    QUOTA = "QUOTA"
    CRASH = "CRASH"
    UNKNOWN = "UNKNOWN"


class DropReason(enum.StrEnum):
    """Why a row is not trained."""

    NOT_JSON = "not_json"
    NO_PROMPT = "no_prompt"
    NO_ASSISTANT_TURN = "no_assistant_turn"
    EMPTY_COMPLETION = "empty_completion"
    SPECIAL_TOKEN_IN_TEXT = "special_token_in_text"
    NO_STOP_TOKEN = "no_stop_token"
    TOO_LONG = "too_long"


class OverLimit(enum.StrEnum):
    """What happens to rows that are longer than the limit."""

    REFUSE = "refuse"
    DROP = "drop"
    CUT_PROMPT = "cut_prompt"
    CUT_COMPLETION = "cut_completion"


class StopReason(enum.StrEnum):
    """Why an answer ended."""

    STOP = "stop"
    LENGTH = "length"
    CANCELLED = "cancelled"


class Request(enum.StrEnum):
    """What can be asked of the generating worker (field ``op`` of a request)."""

    LOAD = "load"
    GENERATE = "generate"
    GENERATE_BATCH = "generate_batch"
    CANCEL = "cancel"
    COUNT_TOKENS = "count_tokens"
    PROVE_ADAPTER = "prove_adapter"
    UNLOAD = "unload"
    SHUTDOWN = "shutdown"


class Reply(enum.StrEnum):
    """Types of event the generating worker writes (field ``type``)."""

    READY = "ready"
    LOADED = "loaded"
    TOKEN = "token"
    ITEM = "item"
    DONE = "done"
    COUNTED = "counted"
    PROOF = "proof"
    UNLOADED = "unloaded"
    ERROR = "error"


class ChatMessage(TypedDict):
    """One turn, as chat templates want it."""

    role: str
    content: str


class ErrorBody(TypedDict):
    """A failure: its class, what happened, what to do, never a traceback."""

    error_class: str
    sentence: str
    next_action: str
    details: NotRequired[dict[str, Any]]


class Answer(TypedDict):
    """A finished answer: the body of `done`, and of each `item` of a batch.

    `output_tokens` leaves the stop token out, `prompt_hash` is `hash_ids` of the
    prompt, times are in seconds from the request. In a batch they are those of the
    batch up to this answer, and `batch_size` says how many shared it.
    """

    text: str
    stop_reason: str
    input_tokens: int
    output_tokens: int
    prompt_hash: str
    seconds: float
    first_token_seconds: float | None
    batch_size: int
    adapter_on: bool
    adapter: str | None
    versions: dict[str, str]


class GenerateItem(TypedDict, total=False):
    """What `generate` and each item of `generate_batch` hold.

    Null means the same as leaving it out: greedy, no adapter, no stop texts.
    """

    messages: Required[list[ChatMessage]]
    adapter: str | None
    max_new_tokens: Required[int]
    temperature: float
    top_p: float
    seed: int
    stop: list[str]


class Span(TypedDict):
    """A run of tokens of a prepared row with the text they stand for together."""

    text: str
    tokens: int
    trained: bool


class PreparedLine(TypedDict):
    """One line of ``prepared.jsonl``; a dropped row has no ids but its reason."""

    row: int
    id: str
    split: str
    input_ids: list[int]
    labels: list[int]
    prompt_tokens: int
    trained_tokens: int
    pieces: list[Span]
    dropped: str
    detail: str


class PreparationReport(TypedDict):
    """Content of ``preparation.json``.

    `rows_in` = `trained` + `validation` + all of `dropped`. `lengths` are tokens per
    row that fits a row of the file (prompt and answer, also of rows over the limit),
    `steps` the updates of the whole run, `error` the reason why it must not start.
    `seconds` is what reading and tokenising the rows took, `run_seconds` what the run
    will take (see `estimate`) and `peak_bytes` the memory of its largest step; both are
    null when they were not measured.
    """

    v: int
    sha256: str
    rows_in: int
    trained: int
    validation: int
    dropped: dict[str, int]
    dropped_rows: dict[str, list[str]]
    lengths: list[int]
    prompt_lengths: list[int]
    trained_tokens: int
    limit: int
    stop_tokens: list[str]
    stop_token: str
    stop_learned: bool
    template_sha256: str
    updates_per_epoch: int
    steps: int
    seconds: float
    run_seconds: float | None
    peak_bytes: int | None
    warnings: list[str]
    error: ErrorBody | None


@dataclasses.dataclass(frozen=True, slots=True)
class DataFile:
    """A JSONL file with TRL conversational prompt-completion rows, named by its hash.

    A row is ``{"id"?, "split"?, "prompt": [turns], "completion": [assistant turn]}``;
    `split` is ``train`` (also when left out) or ``validation``, which chooses the best
    state. A relative path starts at the run directory.
    """

    path: str
    sha256: str


@dataclasses.dataclass(frozen=True, slots=True)
class Settings:
    """Every number of a run; there are no defaults on this side.

    Attributes:
        minimum_steps: passes are added until there are this many updates.
        warmup_ratio: share of the updates in which the rate rises.
        max_length: limit of a row in tokens; 0 chooses it (`prepare.choose_limit`).
        over_limit: an `OverLimit`.
        max_lost: largest share of rows that may be dropped, 0 to 1.
        evaluations: validation passes over the whole run.
        patience: passes without improvement before stopping early; 0 never stops.
        keep_checkpoints: newest and best kept on disk.
        samples: validation rows answered at each evaluation.
        sample_tokens: longest of these answers in tokens.
        threads: of torch on the CPU; 0 chooses by the size of the model.
    """

    rank: int
    alpha: int
    rs_lora: bool
    dropout: float
    learning_rate: float
    epochs: int
    minimum_steps: int
    batch_size: int
    warmup_ratio: float
    weight_decay: float
    max_grad_norm: float
    max_length: int
    over_limit: str
    max_lost: float
    evaluations: int
    patience: int
    keep_checkpoints: int
    samples: int
    sample_tokens: int
    seed: int
    threads: int


@dataclasses.dataclass(frozen=True, slots=True)
class RunConfig:
    """Content of ``config.json`` and of ``prepare.json``.

    Attributes:
        model_path: folder of the base model.
        template_arguments: handed to the chat template, in training and inference.
        prepared_sha256: hash of ``prepared.jsonl`` that was shown and is to be
            trained; empty when the run prepares by itself.
        resume_from: checkpoint, or folder of checkpoints, of an earlier run; or empty.
        device: ``auto``, ``cpu`` or ``cuda``.
    """

    schema: int
    run_id: str
    model_path: str
    model_revision: str
    data: DataFile
    template_arguments: dict[str, Any]
    settings: Settings
    prepared_sha256: str
    resume_from: str
    device: str

    def to_json(self) -> dict[str, Any]:
        """Return the plain JSON value of this configuration."""
        return dataclasses.asdict(self)

    @classmethod
    def from_json(cls, value: object) -> "RunConfig":
        """Read a configuration strictly.

        Raises:
            ValueError: a key is missing, unknown or of the wrong type, or the schema
                is newer than this program.
        """
        fields = _checked(cls, value, "config")
        if fields["schema"] > SCHEMA:
            raise ValueError(
                f"config: schema {fields['schema']} is newer than {SCHEMA}"
            )
        fields["data"] = DataFile(**_checked(DataFile, fields["data"], "data"))
        fields["settings"] = Settings(
            **_checked(Settings, fields["settings"], "settings")
        )
        return cls(**fields)


def _checked(kind: type, value: object, where: str) -> dict[str, Any]:
    """Return the fields of a dataclass from JSON after checking names and scalars."""
    if not isinstance(value, Mapping):
        raise ValueError(f"{where}: expected an object, found {type(value).__name__}")
    names = {field.name for field in dataclasses.fields(kind)}
    if wrong := names.symmetric_difference(value):
        raise ValueError(f"{where}: missing or unknown: {', '.join(sorted(wrong))}")
    hints = get_type_hints(kind)
    return {
        name: _scalar(hints[name], value[name], f"{where}.{name}") for name in value
    }


def _scalar(hint: object, value: Any, where: str) -> Any:
    """Check a value against int, float, str or bool; let everything else through."""
    if hint is float and type(value) is int:
        return float(value)
    if hint in {int, float, str, bool} and type(value) is not hint:
        raise ValueError(f"{where}: {value!r} is not of type {hint}")
    return value


def hash_ids(ids: Iterable[int]) -> str:
    """Return the SHA-256 (hexadecimal) of token ids as little-endian 32-bit numbers."""
    numbers = list(ids)
    return hashlib.sha256(struct.pack(f"<{len(numbers)}I", *numbers)).hexdigest()
