"""An answer as it arrives: text and reasoning kept apart, usage, why it ended."""

import dataclasses
import re
import time
from collections.abc import Mapping
from typing import Any

from workbench.domain.generation import Generation
from workbench.domain.remote import estimate_tokens

STOPPED = "cancelled"
_REASONS = {
    "end_turn": "stop",
    "stop_sequence": "stop",
    "tool_use": "stop",
    "max_tokens": "length",
}
_HALF = re.compile("[\ud800-\udfff]")
_FIRST_HALF = re.compile("[\ud800-\udbff]\\Z")


class BrokenEvent(ValueError):
    """An event that lacks what every event of its kind has: part of the answer."""


@dataclasses.dataclass(frozen=True, slots=True)
class CallFacts:
    """What every answer of one call has in common."""

    prompt_hash: str = ""
    versions: tuple[tuple[str, str], ...] = ()


class Answer:
    """Collects one answer, from the events of a stream or from a whole reply."""

    def __init__(self, facts: CallFacts) -> None:
        """Start the clock."""
        self._facts = facts
        self._started = time.perf_counter()
        self._first: float | None = None
        self._last = self._started
        self._text: list[str] = []
        self._reasoning: list[str] = []
        self._half = ""
        self._reasoned_in = -1
        self._is_redacted = False
        self._usage: Mapping[str, Any] = {}
        self.request_id = ""
        self.reason = ""
        """The service's stop reason; empty until the answer is complete."""
        self.has_all = False
        """True once the last event of a stream has arrived."""

    def take(self, event: Mapping[str, Any]) -> str:
        """Take one event of a stream and return the new text in it, often none.

        What is not known is left aside: services add events and members.

        Raises:
            BrokenEvent: a piece of the answer came without its content.
        """
        if "contentBlockDelta" in event:
            return self._delta(_fields(event["contentBlockDelta"]))
        if "messageStop" in event:
            self.reason = str(_fields(event["messageStop"]).get("stopReason") or "")
            return self._rest()
        if "metadata" in event:
            self._usage = _fields(_fields(event["metadata"]).get("usage"))
            self.has_all = bool(self.reason)
        return ""

    def take_whole(self, reply: Mapping[str, Any]) -> str:
        """Take the reply of Converse and return its text."""
        message = _fields(_fields(reply.get("output")).get("message"))
        content = message.get("content")
        for number, block in enumerate(content if isinstance(content, list) else []):
            self._block(number, _fields(block))
        self._usage = _fields(reply.get("usage"))
        self.reason = str(reply.get("stopReason") or "")
        self.has_all = bool(self.reason)
        self._rest()
        return "".join(self._text)

    @property
    def tokens(self) -> int:
        """Tokens of the answer that arrived; estimated while there is no usage."""
        counted = _whole(self._usage.get("outputTokens"))
        return counted or estimate_tokens("".join([*self._reasoning, *self._text]))

    def generation(self, stop_reason: str = "", attempts: int = 1) -> Generation:
        """Return what has arrived by now."""
        text, reasoning = "".join(self._text), "".join(self._reasoning)
        output = _whole(self._usage.get("outputTokens"))
        reasoned = self._reasoning_tokens(output, text, reasoning)
        estimated = (("reasoning_tokens", "estimated"),) if reasoned else ()
        uncounted = (("usage", "missing"),) if self.reason and not self._usage else ()
        seconds = self._last - self._started
        return Generation(
            text=text,
            stop_reason=stop_reason or _REASONS.get(self.reason, self.reason),
            input_tokens=_whole(self._usage.get("inputTokens")),
            output_tokens=output,
            prompt_hash=self._facts.prompt_hash,
            seconds=seconds,
            first_token_seconds=seconds if self._first is None else self._first,
            adapter_on=False,
            versions=(*self._facts.versions, *estimated, *uncounted),
            reasoning=reasoning,
            reasoning_tokens=reasoned,
            cache_read_tokens=_whole(self._usage.get("cacheReadInputTokens")),
            cache_write_tokens=_whole(self._usage.get("cacheWriteInputTokens")),
            request_id=self.request_id,
            attempts=attempts,
        )

    def _reasoning_tokens(self, output: int, text: str, reasoning: str) -> int:
        """Divide the provider's count: it does not say which part was reasoning."""
        answer = estimate_tokens(text)
        if self._is_redacted:
            return max(0, output - answer)
        thought = estimate_tokens(reasoning)
        return round(output * thought / (thought + answer)) if thought else 0

    def _delta(self, fields: Mapping[str, Any]) -> str:
        delta = _fields(fields.get("delta"))
        text = delta.get("text")
        if isinstance(text, str):
            return self._append(text)
        if not delta:
            raise BrokenEvent("a delta without content")
        number = _whole(fields.get("contentBlockIndex"))
        self._reason(number, _fields(delta.get("reasoningContent")))
        return ""

    def _block(self, number: int, block: Mapping[str, Any]) -> None:
        reasoning = _fields(block.get("reasoningContent"))
        inner = _fields(reasoning.get("reasoningText"))
        self._reason(number, {**reasoning, **inner})
        text = block.get("text")
        if isinstance(text, str):
            self._append(text)

    def _reason(self, number: int, fields: Mapping[str, Any]) -> None:
        self._is_redacted |= bool(fields.get("redactedContent"))
        text = fields.get("text")
        if not isinstance(text, str) or not text:
            return
        if self._reasoning and number != self._reasoned_in:
            self._reasoning.append("\n\n")
        self._reasoned_in = number
        self._reasoning.append(_mended(text))
        self._arrived()

    def _append(self, text: str) -> str:
        """Keep new text; half a character waits for its other half."""
        if self._half:
            text, self._half = self._half + text, ""
        # Asked first because it costs nothing, and most text is of this kind.
        if not text.isascii() and _HALF.search(text):
            if _FIRST_HALF.search(text):
                text, self._half = text[:-1], text[-1]
            text = _mended(text)
        if text:
            self._text.append(text)
            self._arrived()
        return text

    def _rest(self) -> str:
        """Give up waiting for the other half of a character."""
        half, self._half = self._half, ""
        if half:
            self._text.append(_mended(half))
        self._last = time.perf_counter()
        return "\ufffd" if half else ""

    def _arrived(self) -> None:
        self._last = time.perf_counter()
        if self._first is None:
            self._first = self._last - self._started


def _mended(text: str) -> str:
    """Join halves of characters that came apart: no file could be written with them."""
    if not _HALF.search(text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _fields(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _whole(value: Any) -> int:
    return value if isinstance(value, int) and value > 0 else 0
