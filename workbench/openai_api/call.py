"""One call for one answer: sent, read while it arrives, and told as a `Generation`.

Nothing is repeated here; who may ask again is decided in `generator.py`. What had
arrived is never lost: a stop returns it, a failure carries it.
"""

import dataclasses
import json
import time
from collections.abc import Iterator, Mapping
from typing import Any

from workbench.domain.errors import CancelledError
from workbench.domain.generation import Generation, OnToken, StopSignal
from workbench.domain.prompts import hash_json
from workbench.domain.remote import estimate_tokens
from workbench.openai_api import faults
from workbench.openai_api.chat import (
    Piece,
    Reply,
    StreamedError,
    UnreadableError,
    Usage,
)
from workbench.openai_api.faults import Asked
from workbench.openai_api.sse import events
from workbench.openai_api.wire import Answer, Timeouts, WireError, exchange

CANCELLED = "cancelled"
_OK = 200


def headers(key: str, accept: str = "application/json") -> dict[str, str]:
    """Return the headers of a request; only they ever hold the key."""
    found = {"Accept": accept, "Content-Type": "application/json"}
    return found | {"Authorization": f"Bearer {key}"} if key else found


class Call:
    """A call that is made once; may be asked for its partial answer at any time."""

    def __init__(self, asked: Asked, body: Mapping[str, Any]) -> None:
        """Keep what is asked; nothing is sent yet.

        Args:
            asked: of whom, with which key.
            body: of the request.
        """
        self._asked = asked
        self._body = body
        self._reply = Reply()
        self._began = time.perf_counter()
        self._first = 0.0
        self._request_id = ""

    def run(
        self, on_token: OnToken, stop: StopSignal, timeouts: Timeouts
    ) -> Generation:
        """Send it and return the answer, or what had arrived when it was stopped.

        Raises:
            RemoteFailure: with what had arrived in `partial`.
        """
        try:
            for piece in self._pieces(stop, timeouts):
                self._notice(piece)
                if piece.text:
                    on_token(piece.text)
        except CancelledError:
            return self._generation(CANCELLED)
        except WireError as error:
            # Only the goodbye is missing when the last word has been said.
            if not self._reply.is_complete:
                raise faults.of_wire(self._asked, error, self._partial) from error
        except StreamedError as error:
            partial = self._generation("")
            raise faults.of_stream(self._asked, error.error, partial) from error
        except UnreadableError as error:
            if self._partial is None:
                raise faults.stranger(self._asked, billable=True) from error
            raise faults.lost(self._asked, self._partial) from error
        if not self._reply.is_complete:
            raise faults.lost(self._asked, self._partial)
        return self._generation(self._reply.finish_reason or "stop")

    def _pieces(self, stop: StopSignal, timeouts: Timeouts) -> Iterator[Piece]:
        streams = bool(self._body["stream"])
        accept = "text/event-stream" if streams else "application/json"
        with exchange(
            "POST",
            f"{self._asked.endpoint.url}/chat/completions",
            headers=headers(self._asked.key, accept),
            body=json.dumps(self._body, ensure_ascii=False).encode("utf-8"),
            stop=stop,
            timeouts=timeouts,
        ) as answer:
            self._request_id = answer.header("x-request-id")
            if answer.status != _OK:
                raise faults.of_status(
                    self._asked,
                    answer.status,
                    answer.refusal(),
                    request_id=self._request_id,
                    retry_after=answer.header("retry-after"),
                )
            # Some servers send the answer whole although a stream was asked for.
            yield from (
                self._streamed(answer) if answer.is_stream else self._whole(answer)
            )

    def _streamed(self, answer: Answer) -> Iterator[Piece]:
        for data in events(answer.chunks()):
            yield from self._reply.feed(data)
            if self._reply.is_done:
                return

    def _whole(self, answer: Answer) -> Iterator[Piece]:
        try:
            document = json.loads(answer.body())
        except ValueError as error:
            raise UnreadableError from error
        yield self._reply.take(document)
        self._reply.is_done = self._reply.has_choice

    def _notice(self, piece: Piece) -> None:
        if not self._first and (piece.text or piece.reasoning):
            self._first = time.perf_counter() - self._began

    @property
    def _partial(self) -> Generation | None:
        """What had arrived, None when nothing had."""
        has_any = self._reply.text or self._reply.reasoning
        return self._generation("") if has_any else None

    def _generation(self, stop_reason: str) -> Generation:
        reply = self._reply
        usage, estimated = _counted(self._body["messages"], reply)
        seconds = time.perf_counter() - self._began
        return Generation(
            text=reply.text,
            stop_reason=stop_reason,
            # The provider counts cached tokens as part of the prompt, we do not.
            input_tokens=max(0, usage.input_tokens - usage.cache_read_tokens),
            output_tokens=usage.output_tokens,
            prompt_hash=hash_json(self._body["messages"]),
            seconds=seconds,
            first_token_seconds=self._first or seconds,
            adapter_on=False,
            versions=self._versions(estimated),
            reasoning=reply.reasoning,
            reasoning_tokens=usage.reasoning_tokens,
            cache_read_tokens=usage.cache_read_tokens,
            request_id=self._request_id or reply.request_id,
        )

    def _versions(self, estimated: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
        """Return what else is known of the answer, as pairs."""
        found = {
            "endpoint": self._asked.endpoint.url,
            "served_model": self._reply.model,
            "system_fingerprint": self._reply.fingerprint,
            "seed": "" if "seed" in self._body else "not sent",
        } | dict.fromkeys(estimated, "estimated")
        return tuple(sorted((name, value) for name, value in found.items() if value))


def _counted(messages: object, reply: Reply) -> tuple[Usage, tuple[str, ...]]:
    """Return the numbers of tokens, and the names of those that are estimated."""
    thought = estimate_tokens(reply.reasoning)
    answered = estimate_tokens(reply.text)
    usage = reply.usage
    if usage is None:
        read = sum(estimate_tokens(text) for text in _texts(messages))
        names = ("input_tokens", "output_tokens", "reasoning_tokens")
        usage = Usage(read, answered + thought, thought)
        return usage, names if thought else names[:2]
    if thought and not usage.reasoning_tokens:
        # Few servers say which part of the answer was reasoning.
        part = round(usage.output_tokens * thought / (thought + answered))
        usage = dataclasses.replace(usage, reasoning_tokens=part)
        return usage, ("reasoning_tokens",)
    return usage, ()


def _texts(value: object) -> Iterator[str]:
    """Yield the texts of sent messages; images have no length in tokens."""
    if isinstance(value, list):
        for one in value:
            yield from _texts(one)
    elif isinstance(value, Mapping):
        content = value.get("content", value.get("text", ""))
        yield from (content,) if isinstance(content, str) else _texts(content)


def empty_answer(stop_reason: str) -> Generation:
    """Return an answer that was never begun."""
    return Generation("", stop_reason, 0, 0, "", 0.0, 0.0, False)


def with_attempts(answer: Generation, attempts: int) -> Generation:
    """Return an answer with the number of calls that were made for it."""
    return dataclasses.replace(answer, attempts=attempts)
