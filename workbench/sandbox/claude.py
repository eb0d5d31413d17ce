"""Anthropic's messages body, as InvokeModel takes and gives it."""

import base64
from collections.abc import Iterable, Mapping

from workbench.sandbox.answers import Block, Reasoning, Text, ToolUse
from workbench.sandbox.errors import validation
from workbench.sandbox.native import Json, chosen, metrics, require
from workbench.sandbox.prompt import member, objects
from workbench.sandbox.talk import Event, Message


def read(native: Mapping[str, object]) -> Json:
    """Return the body with Converse's members.

    Raises:
        AwsError: ValidationException.
    """
    if require(native, "anthropic_version", str) != "bedrock-2023-05-31":
        raise validation("anthropic_version: Input should be 'bedrock-2023-05-31'")
    require(native, "max_tokens", int)
    require(native, "messages", list)
    body: Json = {
        "messages": [
            {"role": each.get("role"), "content": _content(each.get("content"))}
            for each in objects(native["messages"])
        ],
        "inferenceConfig": chosen(
            native,
            {
                "max_tokens": "maxTokens",
                "temperature": "temperature",
                "top_p": "topP",
                "stop_sequences": "stopSequences",
            },
        ),
    }
    if "system" in native:
        body["system"] = _content(native["system"])
    if native.get("tools"):
        body["toolConfig"] = {
            "tools": [_tool(tool) for tool in objects(native["tools"])]
        }
    if "thinking" in native:
        body["additionalModelRequestFields"] = {"thinking": native["thinking"]}
    return body


def _tool(tool: Mapping[str, object]) -> Json:
    schema = {"json": tool.get("input_schema", {})}
    spec = chosen(tool, {"name": "name", "description": "description"})
    return {"toolSpec": {**spec, "inputSchema": schema}}


def _content(content: object) -> list[Json]:
    if isinstance(content, str):
        return [{"text": content}]
    found = []
    for block in objects(content):
        found.append(_block(block))
        if "cache_control" in block:
            found.append({"cachePoint": _cache_point(block)})
    return found


def _cache_point(block: Mapping[str, object]) -> Json:
    ttl = member(block, "cache_control", "ttl")
    return {"type": "default", **({"ttl": ttl} if ttl else {})}


def _block(block: Mapping[str, object]) -> Json:
    match block.get("type"):
        case "text":
            return {"text": block.get("text")}
        case "image":
            kind = str(member(block, "source", "media_type")).removeprefix("image/")
            data = {"bytes": member(block, "source", "data")}
            return {"image": {"format": kind, "source": data}}
        case "tool_use":
            names = {"id": "toolUseId", "name": "name", "input": "input"}
            return {"toolUse": chosen(block, names)}
        case "tool_result":
            given = _content(block.get("content", []))
            who = block.get("tool_use_id")
            return {"toolResult": {"toolUseId": who, "content": given}}
        case "thinking":
            names = {"thinking": "text", "signature": "signature"}
            return {"reasoningContent": {"reasoningText": chosen(block, names)}}
        case other:
            raise validation(
                f"messages: content type '{other}' is not known to SANDBOX"
            )


def whole(message: Message, model: str) -> Json:
    """Return a whole answer."""
    return {
        "id": "msg_bdrk_sandbox",
        "type": "message",
        "role": "assistant",
        "model": f"{model} (SANDBOX)",
        "content": [_out(block) for block in message.answer.blocks],
        "stop_reason": message.answer.stop_reason,
        "stop_sequence": message.answer.fields.get("stop_sequence"),
        "usage": _usage(message.usage),
    }


def _usage(usage: object) -> Json:
    return {
        "input_tokens": member(usage, "inputTokens"),
        "cache_creation_input_tokens": member(usage, "cacheWriteInputTokens") or 0,
        "cache_read_input_tokens": member(usage, "cacheReadInputTokens") or 0,
        "output_tokens": member(usage, "outputTokens"),
    }


def _out(block: Block) -> Json:
    match block:
        case Text():
            return {"type": "text", "text": block.text}
        case ToolUse():
            return {
                "type": "tool_use",
                "id": block.tool_use_id,
                "name": block.name,
                "input": dict(block.input),
            }
        case Reasoning() if block.redacted:
            data = base64.b64encode(block.redacted).decode("ascii")
            return {"type": "redacted_thinking", "data": data}
        case Reasoning():
            return {
                "type": "thinking",
                "thinking": block.text,
                "signature": block.signature,
            }


class ClaudeChunks:
    """The chunks of one stream."""

    def __init__(self, model: str) -> None:
        self._model = model
        self._open = -1
        self._stop: object = None

    def __call__(self, event: Event) -> Iterable[Json]:
        """Return the chunks that stand for an event."""
        index = event.payload.get("contentBlockIndex")
        match event.member:
            case "messageStart":
                yield {"type": "message_start", "message": self._empty()}
            case "contentBlockStart":
                yield self._start(index, _start(event.payload["start"]))
            case "contentBlockDelta":
                delta = event.payload["delta"]
                if index != self._open:
                    yield self._start(index, _start(delta))
                yield {
                    "type": "content_block_delta",
                    "index": index,
                    "delta": _delta(delta),
                }
            case "contentBlockStop":
                yield {"type": "content_block_stop", "index": index}
            case "messageStop":
                self._stop = event.payload["stopReason"]
            case _:
                yield from self._end(event)

    def _empty(self) -> Json:
        return {
            "id": "msg_bdrk_sandbox",
            "type": "message",
            "role": "assistant",
            "model": f"{self._model} (SANDBOX)",
            "content": [],
            "stop_reason": None,
            "stop_sequence": None,
            "usage": {"input_tokens": 0, "output_tokens": 0},
        }

    def _start(self, index: object, block: Json) -> Json:
        self._open = index if isinstance(index, int) else -1
        return {"type": "content_block_start", "index": index, "content_block": block}

    def _end(self, event: Event) -> Iterable[Json]:
        yield {
            "type": "message_delta",
            "delta": {"stop_reason": self._stop, "stop_sequence": None},
            "usage": _usage(event.payload["usage"]),
        }
        yield {"type": "message_stop", **metrics(event)}


def _start(start: object) -> Json:
    if isinstance(start, dict) and "toolUseId" in (tool := start.get("toolUse", {})):
        who = {"id": tool["toolUseId"], "name": tool["name"]}
        return {"type": "tool_use", **who, "input": {}}
    if isinstance(start, dict) and "reasoningContent" in start:
        return {"type": "thinking", "thinking": "", "signature": ""}
    return {"type": "text", "text": ""}


def _delta(delta: object) -> Json:
    text = member(delta, "text")
    if isinstance(text, str):
        return {"type": "text_delta", "text": text}
    fragment = member(delta, "toolUse", "input")
    if isinstance(fragment, str):
        return {"type": "input_json_delta", "partial_json": fragment}
    signature = member(delta, "reasoningContent", "signature")
    if isinstance(signature, str):
        return {"type": "signature_delta", "signature": signature}
    thought = member(delta, "reasoningContent", "text")
    return {"type": "thinking_delta", "thinking": thought}
