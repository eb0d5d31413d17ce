"""Trials: one call of one model with one prompt version and one set of variables.

A trial is inserted before the call and completed exactly once; after that only its
annotation (rating, correction, note, tags) can change.
"""

import dataclasses
import enum
from decimal import Decimal

from workbench.domain.models import ModelRef
from workbench.domain.parameters import GenerationParameters
from workbench.domain.prompts import Message
from workbench.domain.spending import CostBasis


class TrialStatus(enum.StrEnum):
    """How far a trial got."""

    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"
    INTERRUPTED = "interrupted"


class Purpose(enum.StrEnum):
    """What a trial was made for."""

    LAB = "lab"
    COMPARISON = "comparison"


class Rating(enum.IntEnum):
    """An expert's verdict on an answer."""

    BAD = -1
    NONE = 0
    GOOD = 1


@dataclasses.dataclass(frozen=True, slots=True)
class CallOrigin:
    """What a call is, and why it was made.

    Attributes:
        call_hash: identity of everything that is sent (`matrix.call_hash`), or empty
            for trials of the time before it was kept.
        repeat: number of the repeat, from 0.
        parent_id: the trial this one follows: the failed attempt it repeats, or the
            earlier step of a chain.
        matrix_id: the matrix it was made for.
        cell: its position there.
    """

    call_hash: str = ""
    repeat: int = 0
    parent_id: int | None = None
    matrix_id: int | None = None
    cell: int | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class NewTrial:
    """Everything known before the call."""

    prompt_version_id: int
    model: ModelRef
    variables: tuple[tuple[str, str], ...]
    messages: tuple[Message, ...]
    parameters: GenerationParameters
    purpose: Purpose = Purpose.LAB
    expected: str | None = None
    example_id: int | None = None
    origin: CallOrigin = CallOrigin()


@dataclasses.dataclass(frozen=True, slots=True)
class TrialOutcome:
    """Everything known after the call, also when it failed or was stopped.

    Attributes:
        output: the answer; what had arrived when the call failed or was stopped.
        stop_reason: ``stop``, ``length``, ``cancelled`` or empty.
        input_tokens: tokens of the prompt as the model's tokenizer counted them.
        output_tokens: tokens of the answer, the stop token left out.
        prompt_hash: SHA-256 of the prompt's token ids.
        seconds: from the request to the last token.
        first_token_seconds: from the request to the first token.
        error_code: class of the error, when it failed.
        error_text: one sentence and the next action, when it failed.
        versions: library versions and device, as pairs.
        reasoning: what the model thought aloud, also when it was cut off.
        reasoning_tokens: part of `output_tokens`; None when it is not known.
        cache_read_tokens: of the prompt, from the provider's cache; like
            `cache_write_tokens` not in `input_tokens`. None when not known.
        cache_write_tokens: of the prompt, put into it.
        request_id: what the provider's support asks for, or empty.
        attempts: calls that were made for it.
        cost: US dollars, unrounded; None: unknown.
        cost_basis: where the cost comes from.
        price_date: date of the price, as exact as its source, or empty.
        price_source: code of where the price comes from, or empty.
    """

    status: TrialStatus
    output: str = ""
    stop_reason: str = ""
    input_tokens: int | None = None
    output_tokens: int | None = None
    prompt_hash: str = ""
    seconds: float | None = None
    first_token_seconds: float | None = None
    error_code: str = ""
    error_text: str = ""
    versions: tuple[tuple[str, str], ...] = ()
    reasoning: str = ""
    reasoning_tokens: int | None = None
    cache_read_tokens: int | None = None
    cache_write_tokens: int | None = None
    request_id: str = ""
    attempts: int = 1
    cost: Decimal | None = None
    cost_basis: CostBasis = CostBasis.UNKNOWN
    price_date: str = ""
    price_source: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Annotation:
    """What the expert said about a trial; the mutable part.

    Attributes:
        correction: the answer it should have given; None when not given.
    """

    rating: Rating = Rating.NONE
    correction: str | None = None
    note: str = ""
    tags: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class Trial:
    """A trial as it is kept.

    Attributes:
        created: ISO 8601 in UTC.
        input_text: the variables as one text, for lists and search.
        prompt_number: number of the prompt version, as in "v7".
        binned: True when it lies in the bin.
    """

    id: int
    ulid: str
    created: str
    prompt_version_id: int
    prompt_number: int
    model: ModelRef
    variables: tuple[tuple[str, str], ...]
    input_text: str
    messages: tuple[Message, ...]
    parameters: GenerationParameters
    purpose: Purpose
    expected: str | None
    example_id: int | None
    outcome: TrialOutcome
    annotation: Annotation
    binned: bool = False
    origin: CallOrigin = CallOrigin()

    @property
    def right_answer(self) -> str | None:
        """The correction, else a good-rated output, else the expected answer."""
        if self.annotation.correction is not None:
            return self.annotation.correction
        if self.annotation.rating is Rating.GOOD:
            return self.outcome.output
        return self.expected


@dataclasses.dataclass(frozen=True, slots=True)
class TrialFilter:
    """Which trials a list shows; all conditions together.

    Attributes:
        text: words looked for in input, output, correction and note.
        rating: only trials with this rating.
        waiting: only finished lab trials without rating and without correction.
        corrected: only trials with (True) or without (False) a correction.
        tag: only trials with this tag.
        purpose: only trials made for this.
        binned: show the bin instead.
        order: ``newest``, ``oldest``, ``input``, ``output_tokens``.
    """

    text: str = ""
    rating: Rating | None = None
    waiting: bool = False
    corrected: bool | None = None
    tag: str = ""
    purpose: Purpose | None = Purpose.LAB
    binned: bool = False
    order: str = "newest"


@dataclasses.dataclass(frozen=True, slots=True)
class PromptVersion:
    """An immutable prompt: a draft becomes one when it is first run.

    Attributes:
        name: what the person calls it, or empty; like `note` it can change.
    """

    id: int
    ulid: str
    number: int
    created: str
    content_hash: str
    name: str = ""
    note: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class VersionAnswer:
    """What one trial in the Lab says about its prompt version.

    Attributes:
        output: the answer, without the thinking before it.
        input_tokens: of the whole prompt, None when nobody said.
        output_tokens: None when nobody said.
    """

    trial_id: int
    version_id: int
    status: TrialStatus
    output: str
    expected: str | None
    input_tokens: int | None
    output_tokens: int | None
