"""What each operation answers: checked request in, checked reply out."""

import contextlib
import dataclasses
from collections.abc import AsyncGenerator, Mapping

from workbench.sandbox import catalogue, frames, invoke, lists, pricing, talk
from workbench.sandbox.answers import Question
from workbench.sandbox.errors import AwsError, validation
from workbench.sandbox.faults import Fault, Frame, Frames, Signal
from workbench.sandbox.prompt import member
from workbench.sandbox.routes import Match, Operation, Shape, operation
from workbench.sandbox.talk import Event, Talk
from workbench.sandbox.validate import check_reply, check_request
from workbench.sandbox.wire import Json, dump, reply_body

Events = AsyncGenerator[Event, None]
_EVENT_STREAM = "application/vnd.amazon.eventstream"
_JSON = "application/json"
_TYPES = {"query": "text/xml", "json": "application/x-amz-json-1.1"}
_STREAM_ERRORS = {"ModelErrorException": "modelStreamErrorException"}


@dataclasses.dataclass(frozen=True, slots=True)
class Whole:
    """A reply in one piece.

    Attributes:
        tokens: of the answer, which the pace makes the client wait for.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes
    tokens: int = 0


@dataclasses.dataclass(frozen=True, slots=True)
class Stream:
    """A reply in frames."""

    headers: Mapping[str, str]
    frames: Frames


class Desk:
    """Answers every operation; used from the server's thread."""

    def __init__(self, talk_: Talk, page_size: int) -> None:
        """Answer with this model, lists in pages of this size."""
        self._talk = talk_
        self.page_size = page_size

    async def answer(
        self, match: Match, value: Json, region: str, request_id: str, fault: Fault
    ) -> Whole | Stream:
        """Answer one request.

        Args:
            match: the operation.
            value: its input, not checked yet.
            region: that the request was signed for.
            request_id: for XML, which repeats it in the body.
            fault: may replace the answer.

        Raises:
            AwsError: when the service would refuse.
            ReplyError: when the reply would break the service model: our bug.
        """
        check_request(match.operation.input, value)
        match match.operation.name:
            case "Converse":
                return await self._converse(match.operation, value, fault)
            case "ConverseStream":
                return self._converse_stream(match.operation, value, fault)
            case "CountTokens":
                return await self._count(match.operation, value)
            case "InvokeModel":
                return await self._invoke(match.operation, value, fault)
            case "InvokeModelWithResponseStream":
                return self._invoke_stream(match.operation, value, fault)
            case _:
                reply = self._look_up(match.operation, value, region)
                return _whole(match.operation, reply, request_id)

    def _look_up(self, asked: Operation, value: Json, region: str) -> Json:
        if asked.service == "sts":
            return {
                "UserId": "SANDBOX",
                "Account": catalogue.ACCOUNT,
                "Arn": f"arn:aws:iam::{catalogue.ACCOUNT}:user/SANDBOX",
            }
        if asked.service == "pricing":
            return pricing.get_products(value, self.page_size)
        return lists.answer(asked.name, value, region, self.page_size)

    async def _converse(self, asked: Operation, value: Json, fault: Fault) -> Whole:
        question = talk.question(asked.name, value)
        made = await self._talk.message(question, fault.answer())
        content = {"role": "assistant", "content": made.answer.content}
        reply: Json = {
            "output": {"message": content},
            "stopReason": made.answer.stop_reason,
            "additionalModelResponseFields": talk.response_fields(
                question, made.answer
            ),
            **talk.metadata(question, made.usage, made.milliseconds),
        }
        return _whole(asked, reply, "", made.answer.output_tokens)

    def _converse_stream(self, asked: Operation, value: Json, fault: Fault) -> Stream:
        question = talk.question(asked.name, value)
        events = self._talk.events(question, fault.answer())
        sent = _frames(events, asked)
        return Stream({"Content-Type": _EVENT_STREAM}, sent)

    async def _count(self, asked: Operation, value: Json) -> Whole:
        model_id = str(value["modelId"])
        if not catalogue.resolve(model_id).counts:
            raise validation("The provided model doesn't support counting tokens.")
        body = member(value, "input", "converse")
        if not isinstance(body, dict):
            native = member(value, "input", "invokeModel", "body")
            body = invoke.converse_body(model_id, native)
        question = talk.question(asked.name, {**body, "modelId": model_id})
        return _whole(asked, {"inputTokens": await self._talk.count(question)}, "")

    def _native_question(self, asked: Operation, value: Json) -> Question:
        body = invoke.converse_body(str(value["modelId"]), value.get("body"))
        check_request(operation("Converse").input, body)
        return talk.question(asked.name, body)

    async def _invoke(self, asked: Operation, value: Json, fault: Fault) -> Whole:
        question = self._native_question(asked, value)
        made = await self._talk.message(question, fault.answer())
        body = dump(invoke.whole(made, question.model))
        headers = {
            "Content-Type": _JSON,
            "X-Amzn-Bedrock-Invocation-Latency": str(made.milliseconds),
            "X-Amzn-Bedrock-Input-Token-Count": str(made.usage["inputTokens"]),
            "X-Amzn-Bedrock-Output-Token-Count": str(made.usage["outputTokens"]),
        }
        check_reply(asked.output, {"body": body, "contentType": _JSON})
        return Whole(asked.status, headers, body, made.answer.output_tokens)

    def _invoke_stream(self, asked: Operation, value: Json, fault: Fault) -> Stream:
        question = self._native_question(asked, value)
        events = self._talk.events(question, fault.answer())
        chunks = _chunks(events, question.model)
        headers = {
            "Content-Type": _EVENT_STREAM,
            "X-Amzn-Bedrock-Content-Type": _JSON,
        }
        return Stream(headers, _frames(chunks, asked))


def _whole(asked: Operation, reply: Json, request_id: str, tokens: int = 0) -> Whole:
    check_reply(asked.output, reply)
    body = reply_body(asked, reply, request_id)
    headers = {"Content-Type": _TYPES.get(asked.protocol, _JSON)}
    return Whole(asked.status, headers, body, tokens)


async def _chunks(events: Events, model: str) -> Events:
    """Turn Converse's events into the ``chunk`` events of InvokeModel."""
    native = invoke.chunks(model)
    async with contextlib.aclosing(events):
        async for event in events:
            for chunk in native(event):
                yield Event("chunk", {"bytes": dump(chunk)}, event.tokens)


def _event_members(asked: Operation) -> Mapping[str, Shape]:
    """Return the members of the operation's event stream."""
    for member_ in asked.output.members.values():
        if member_.serialization.get("eventstream"):
            members: Mapping[str, Shape] = member_.members
            return members
    raise KeyError(asked.name)


def _kind(delta: object) -> tuple[str, ...]:
    return tuple(delta) if isinstance(delta, dict) else ()


async def _frames(events: Events, asked: Operation) -> Frames:
    """Write events as frames; an error half-way becomes an exception frame."""
    members = _event_members(asked)
    is_first = True
    seen: set[tuple[str, ...]] = set()
    try:
        async for event in events:
            # Deltas differ in their text alone: the first of a kind speaks for all.
            kind = (event.member, *_kind(event.payload.get("delta")))
            if kind not in seen:
                check_reply(members[event.member], event.payload)
                seen.add(kind)
            payload = dump(event.payload)
            yield Frame(frames.event(event.member, payload), event.tokens)
            is_first = False
    except AwsError as error:
        if is_first:
            raise
        name = _STREAM_ERRORS.get(error.code, "internalServerException")
        payload = dump({"message": error.message})
        yield Frame(frames.exception(name, payload))
        yield Signal.END
