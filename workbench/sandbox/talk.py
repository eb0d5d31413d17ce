"""One generation: from the checked request to a message or a stream of events.

Converse's events are the one form that all generating operations are made from;
`invoke` turns them into what each family of models sends.
"""

import contextlib
import time
from collections.abc import AsyncGenerator, Iterable, Iterator, Mapping
from typing import NamedTuple

from workbench.domain.parameters import GenerationParameters
from workbench.sandbox import catalogue, features, limits, prompt
from workbench.sandbox.answers import Answer, Block, Question
from workbench.sandbox.cache import CacheUse, PromptCache
from workbench.sandbox.sources import Piece, Source

Json = dict[str, object]
LABEL = {"sandbox": "SANDBOX"}


class Event(NamedTuple):
    """One event of ConverseStream; `tokens` is what it takes of the pace."""

    member: str
    payload: Json
    tokens: int = 0


class Message(NamedTuple):
    """A whole answer with what it cost."""

    answer: Answer
    usage: Json
    milliseconds: int


def question(operation: str, body: Mapping[str, object]) -> Question:
    """Turn a checked request with Converse's members into a question.

    Raises:
        AwsError: when the model may not be called, or the request breaks a rule that
            is not in the service model.
    """
    model_id = str(body["modelId"])
    model = catalogue.resolve(model_id)
    limits.check(body)
    features.check(body, model)
    return Question(
        operation,
        model_id,
        model.model_id,
        prompt.messages(body),
        _parameters(prompt.member(body, "inferenceConfig")),
        features.asks_to_think(body),
        _tool_names(body),
        body,
    )


def _parameters(config: object) -> GenerationParameters:
    defaults = GenerationParameters()
    stops = prompt.member(config, "stopSequences")
    return GenerationParameters(
        temperature=_number(config, "temperature", defaults.temperature),
        top_p=_number(config, "topP", defaults.top_p),
        max_output_tokens=int(_number(config, "maxTokens", defaults.max_output_tokens)),
        stop_sequences=tuple(str(s) for s in stops) if isinstance(stops, list) else (),
    )


def _number(config: object, name: str, default: float) -> float:
    value = prompt.member(config, name)
    return value if isinstance(value, int | float) else default


def _tool_names(body: Mapping[str, object]) -> tuple[str, ...]:
    tools = prompt.objects(prompt.member(body, "toolConfig", "tools"))
    names = (prompt.member(tool, "toolSpec", "name") for tool in tools)
    return tuple(str(name) for name in names if name)


async def count(source: Source, asked: Question) -> list[int]:
    """Count the tokens of each part of the prompt, 0 for cache points."""
    parts = prompt.parts(asked.body)
    texts = [p.text for p in parts if isinstance(p, prompt.Segment) and p.text]
    counted = iter(await source.count(asked, texts))
    return [_tokens_of(part, counted) for part in parts]


def _tokens_of(part: prompt.Part, counted: Iterator[int]) -> int:
    if isinstance(part, prompt.CachePoint):
        return 0
    return next(counted) if part.text else part.tokens


class Talk:
    """Asks the source and keeps account of tokens; used from the server's thread."""

    def __init__(self, source: Source, cache: PromptCache) -> None:
        """Ask this source; remember prompts in this cache."""
        self._source = source
        self._cache = cache

    async def count(self, asked: Question) -> int:
        """Return the input tokens that a request would be charged."""
        return sum(await count(self._source, asked))

    async def message(self, asked: Question, instead: Answer | None) -> Message:
        """Return the whole answer; `instead` replaces the source's."""
        start = time.monotonic()
        use = await self._use(asked)
        answer = instead or await self._whole(asked)
        return Message(answer, _usage(use, answer), _since(start))

    async def _whole(self, asked: Question) -> Answer:
        async with contextlib.aclosing(self._pieces(asked)) as pieces:
            async for piece in pieces:
                if isinstance(piece, Answer):
                    return piece
        raise AssertionError("a source ends with an answer")

    async def events(
        self, asked: Question, instead: Answer | None
    ) -> AsyncGenerator[Event, None]:
        """Give the events of the stream; the first comes with the first piece."""
        start = time.monotonic()
        use = await self._use(asked)
        answer = instead
        index, is_open, is_first = 0, False, True
        async with contextlib.aclosing(self._pieces(asked, instead)) as pieces:
            async for piece in pieces:
                if is_first:
                    is_first = False
                    yield Event("messageStart", {"role": "assistant"})
                if isinstance(piece, str):
                    is_open = True
                    yield _delta(index, {"text": piece})
                elif isinstance(piece, Answer):
                    answer = piece
                else:
                    for event in _block_events(index, piece):
                        yield event
                    index += 1
        if answer is None:
            raise AssertionError("a source ends with an answer")
        if is_open:
            yield Event("contentBlockStop", {"contentBlockIndex": index})
            index += 1
        for event in _rest(answer, index, asked):
            yield event
        usage, spent = _usage(use, answer), _since(start)
        yield Event("metadata", metadata(asked, usage, spent))

    async def _pieces(
        self, asked: Question, instead: Answer | None = None
    ) -> AsyncGenerator[Piece, None]:
        if instead is not None:
            yield instead
            return
        async with contextlib.aclosing(self._source.pieces(asked)) as pieces:
            async for piece in pieces:
                yield piece

    async def _use(self, asked: Question) -> CacheUse:
        parts = prompt.parts(asked.body)
        return self._cache.use(asked.base, parts, await count(self._source, asked))


def _usage(use: CacheUse, answer: Answer) -> Json:
    usage = use.as_usage(answer.output_tokens)
    if answer.usage is not None and answer.usage.input_tokens is not None:
        usage["inputTokens"] = answer.usage.input_tokens
        usage["totalTokens"] = (
            answer.usage.input_tokens + use.read + use.written + answer.output_tokens
        )
    return usage


def _since(start: float) -> int:
    return round((time.monotonic() - start) * 1000)


def _rest(answer: Answer, given: int, asked: Question) -> Iterable[Event]:
    """List the events of the blocks not given yet, and the end of the message."""
    for index, block in enumerate(answer.blocks[given:], start=given):
        yield from _block_events(index, block)
    yield Event(
        "messageStop",
        {
            "stopReason": answer.stop_reason,
            "additionalModelResponseFields": response_fields(asked, answer),
        },
    )


def _block_events(index: int, block: Block) -> Iterable[Event]:
    where = {"contentBlockIndex": index}
    if block.start is not None:
        yield Event("contentBlockStart", {"start": block.start, **where})
    for delta in block.deltas:
        yield _delta(index, delta)
    yield Event("contentBlockStop", dict(where))


def _delta(index: int, delta: Json) -> Event:
    return Event("contentBlockDelta", {"delta": delta, "contentBlockIndex": index}, 1)


def metadata(asked: Question, usage: Json, milliseconds: int) -> Json:
    """Return usage and time, and the options that the service repeats."""
    reply: Json = {"usage": usage, "metrics": {"latencyMs": milliseconds}}
    for name in ("performanceConfig", "serviceTier"):
        if name in asked.body:
            reply[name] = asked.body[name]
    return reply


def response_fields(asked: Question, answer: Answer) -> Json:
    """Return the fields that were asked for by JSON Pointer, and the label."""
    pointers = asked.body.get("additionalModelResponseFieldPaths")
    found: Json = dict(LABEL)
    for pointer in pointers if isinstance(pointers, list) else ():
        keys = [
            key.replace("~1", "/").replace("~0", "~")
            for key in str(pointer).split("/")[1:]
        ]
        value = prompt.member(answer.fields, *keys)
        if value is not None:
            _put(found, keys, value)
    return found


def _put(target: Json, keys: list[str], value: object) -> None:
    for key in keys[:-1]:
        inner = target.setdefault(key, {})
        if not isinstance(inner, dict):
            return
        target = inner
    target[keys[-1]] = value
