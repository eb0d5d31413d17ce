"""Asking a model that runs elsewhere: failures by kind, one policy, adaptive limits.

The rule above all others: a call that may have been billed is never repeated unasked. A
call counts as billable once the header of a success arrived, or once it timed out.
"""

import dataclasses
import enum
import random
import re
from collections.abc import Callable, Mapping

from workbench.domain.errors import RemoteError
from workbench.domain.generation import Generation
from workbench.domain.parameters import GenerationParameters


class FailureKind(enum.StrEnum):
    """What a failure means for the person and for the next attempt."""

    SIGNED_OUT = "signed_out"
    INCOMPLETE = "incomplete"
    DENIED = "denied"
    INVALID = "invalid"
    TOO_LONG = "too_long"
    FILTERED = "filtered"
    NOT_FOUND = "not_found"
    NOT_READY = "not_ready"
    THROTTLED = "throttled"
    QUOTA = "quota"
    CONFLICT = "conflict"
    INFRASTRUCTURE = "infrastructure"
    OFFLINE = "offline"
    MODEL = "model"
    LOST = "lost"
    STRANGER = "stranger"
    BUG = "bug"
    UNKNOWN = "unknown"

    @property
    def is_for_all(self) -> bool:
        """True when every further call of this model would fail in the same way."""
        return self in _FOR_ALL


_FOR_ALL = frozenset(
    {
        FailureKind.SIGNED_OUT,
        FailureKind.INCOMPLETE,
        FailureKind.DENIED,
        FailureKind.NOT_FOUND,
        FailureKind.NOT_READY,
        FailureKind.QUOTA,
        FailureKind.OFFLINE,
        FailureKind.STRANGER,
    }
)


class RemoteFailure(RemoteError):
    """A model that runs elsewhere did not answer as asked.

    Attributes:
        kind: what it means.
        aws_code: the service's own name of the error, or empty.
        status: HTTP status, 0 when none came.
        request_id: what the provider's support asks for, or empty.
        billable: whether the call may be on the bill.
        partial: what had arrived, or None when nothing had.
        attempts: calls that were made, this one included.
    """

    def __init__(
        self,
        kind: FailureKind,
        sentence: str,
        details: Mapping[str, object] | None = None,
        *,
        code: str = "",
        aws_code: str = "",
        status: int = 0,
        request_id: str = "",
        billable: bool = False,
        partial: Generation | None = None,
    ) -> None:
        """Keep what is known; `code` is ``aws.`` and the kind unless given."""
        super().__init__(code or f"aws.{kind.value}", sentence, details)
        self.kind = kind
        self.aws_code = aws_code
        self.status = status
        self.request_id = request_id
        self.billable = billable
        self.partial = partial
        self.attempts = 1

    @property
    def generation(self) -> Generation:
        """What had arrived, marked as failed: one item of a batch."""
        arrived = self.partial or Generation("", "", 0, 0, "", 0.0, 0.0, False)
        return dataclasses.replace(
            arrived,
            request_id=self.request_id or arrived.request_id,
            attempts=self.attempts,
            error_code=self.code,
            error_text=self.sentence,
        )


@dataclasses.dataclass(frozen=True, slots=True)
class Retry:
    """Ask again after this many seconds."""

    after: float


@dataclasses.dataclass(frozen=True, slots=True)
class Explain:
    """Do not ask again; tell the person."""


Step = Retry | Explain


@dataclasses.dataclass(frozen=True, slots=True)
class _Plan:
    """How often a kind is asked in all, and the waits in seconds."""

    attempts: int
    base: float
    most: float


_PLANS = {
    FailureKind.THROTTLED: _Plan(8, 1.0, 20.0),
    FailureKind.INFRASTRUCTURE: _Plan(4, 0.5, 8.0),
    FailureKind.OFFLINE: _Plan(2, 0.25, 1.0),
}


def next_step(
    kind: FailureKind,
    attempt: int,
    billable: bool,
    chance: Callable[[], float] = random.random,
) -> Step:
    """Decide what follows a failure; the only place that does.

    Args:
        kind: of the failure.
        attempt: calls made so far, from 1.
        billable: whether the failed call may be on the bill.
        chance: gives a number from 0 to 1, so that many clients do not come back in
            step; a wait is half fixed and half by chance.
    """
    plan = _PLANS.get(kind)
    if billable or plan is None or attempt >= plan.attempts:
        return Explain()
    wait = min(plan.base * 2.0 ** (attempt - 1), plan.most)
    return Retry(wait * (0.5 + 0.5 * chance()))


MOST_AT_ONCE = 50


class AdaptiveLimit:
    """How many calls of one model run at once: one more when it goes well, else half.

    Not thread-safe: whoever shares it holds a lock.
    """

    def __init__(self, start: int = MOST_AT_ONCE, most: int = MOST_AT_ONCE) -> None:
        """Begin with `start` calls and never allow more than `most`."""
        self._most = max(1, most)
        self._value = min(max(1, start), self._most)
        self._round = 0
        self._went_well = 0

    @property
    def value(self) -> int:
        """Calls that may run at once, from 1."""
        return self._value

    @property
    def round(self) -> int:
        """Number of the present limit; a call remembers the one it began in."""
        return self._round

    def succeeded(self) -> None:
        """Raise the limit by one after as many good calls as it allows."""
        self._went_well += 1
        if self._went_well >= self._value:
            self._went_well = 0
            self._value = min(self._value + 1, self._most)

    def throttled(self, began_in: int) -> None:
        """Halve the limit, once for all the calls that began under it.

        Args:
            began_in: the `round` when the call began; calls of an earlier round say
                nothing about the present limit.
        """
        if began_in == self._round:
            self._value = max(1, self._value // 2)
            self._round += 1
            self._went_well = 0


class ReasoningStyle(enum.StrEnum):
    """How a model is asked to reason."""

    NONE = "none"
    ANTHROPIC_BUDGET = "anthropic_budget"
    ANTHROPIC_ADAPTIVE = "anthropic_adaptive"
    EFFORT = "effort"
    EFFORT_FIELD = "effort_field"
    NOVA = "nova"


@dataclasses.dataclass(frozen=True, slots=True)
class RequestStyle:
    """What a model takes, from the table of capabilities; never from its name.

    Attributes:
        streams: False asks for the whole answer in one reply.
        system: False puts the system text before the first message.
        sampling: False leaves out temperature and top_p.
        both_sampling: False leaves out top_p where a temperature is sent.
        stop_sequences: whether it takes texts that end the answer.
        caching: whether it takes marks for prompt caching.
        json_schema: whether it keeps to a JSON schema.
        images: whether it takes images.
        documents: whether it takes documents as blocks; else their text is sent.
    """

    reasoning: ReasoningStyle = ReasoningStyle.NONE
    streams: bool = True
    system: bool = True
    sampling: bool = True
    both_sampling: bool = True
    stop_sequences: bool = True
    caching: bool = False
    json_schema: bool = False
    images: bool = True
    documents: bool = True

    def left_out(self, parameters: GenerationParameters) -> tuple[str, ...]:
        """Return the names of parameters that are set and this model does not take."""
        sampled = parameters.temperature > 0 or parameters.top_p < 1
        reasons = bool(parameters.reasoning_effort or parameters.reasoning_budget)
        asked = {
            "temperature": not self.sampling and sampled,
            "stop_sequences": not self.stop_sequences
            and bool(parameters.stop_sequences),
            "reasoning": self.reasoning is ReasoningStyle.NONE and reasons,
            "json_schema": not self.json_schema and bool(parameters.json_schema),
            "prompt_caching": not self.caching and parameters.prompt_caching,
        }
        return tuple(name for name, is_lost in asked.items() if is_lost)


@dataclasses.dataclass(frozen=True, slots=True)
class TokenCount:
    """Tokens of a prompt; an estimate is shown as one."""

    tokens: int
    is_estimate: bool = False


_WIDE = re.compile(
    r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uff66-\uff9f]"
)


def estimate_tokens(text: str) -> int:
    """Estimate tokens: one per CJK character, one per four others."""
    wide = len(_WIDE.findall(text))
    return wide + -(-(len(text) - wide) // 4)
