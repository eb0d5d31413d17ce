"""InvokeModel: the bodies that each family of models takes and gives.

A body is turned into Converse's members, checked as such, and the answer turned back.
A family that is not here is refused: its body would be a guess.
"""

import base64
import json
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Protocol

from workbench.sandbox import catalogue
from workbench.sandbox.answers import Block, Reasoning, Text, ToolUse
from workbench.sandbox.catalogue import Family
from workbench.sandbox.errors import AwsError, validation
from workbench.sandbox.prompt import member, objects
from workbench.sandbox.routes import operation
from workbench.sandbox.talk import Event, Message
from workbench.sandbox.wire import from_wire, to_wire

Json = dict[str, object]
_HEADER = re.compile(
    r"<\|start_header_id\|>(system|user|assistant)<\|end_header_id\|>\s*"
    r"(.*?)(?=<\|eot_id\|>|<\|start_header_id\|>|\Z)",
    re.DOTALL,
)


class Native(Protocol):
    """Turns Converse's events into the chunks of one family."""

    def __call__(self, event: Event) -> Iterable[Json]:
        """Return the chunks that stand for an event."""


def converse_body(model_id: str, body: object) -> Json:
    """Return a native body with Converse's members.

    Args:
        model_id: as the client named it.
        body: bytes of the native body.

    Raises:
        AwsError: ValidationException for what is not the family's body.
    """
    family = catalogue.resolve(model_id).family
    if family not in _READERS:
        raise validation(f"SANDBOX does not know the body of {model_id}: use Converse.")
    try:
        native = json.loads(body if isinstance(body, bytes) and body else b"null")
    except ValueError as error:
        raise _malformed("not valid JSON") from error
    if not isinstance(native, dict):
        raise _malformed("expected type: JSONObject")
    read = from_wire(operation("Converse").input, _READERS[family](native))
    return {**(read if isinstance(read, dict) else {}), "modelId": model_id}


def _malformed(why: str) -> AwsError:
    return validation(f"Malformed input request: {why}, please reformat your input.")


def _require(native: Mapping[str, object], name: str, *kinds: type) -> object:
    value = native.get(name)
    if value is None:
        raise _malformed(f"required key [{name}] not found")
    if not isinstance(value, kinds) or isinstance(value, bool):
        raise _malformed(f"{name}: wrong type")
    return value


def _chosen(native: Mapping[str, object], names: Mapping[str, str]) -> Json:
    return {
        new: native[old] for old, new in names.items() if native.get(old) is not None
    }


# ------------------------------------------------------------------ Amazon Nova


def _read_nova(native: Mapping[str, object]) -> Json:
    _require(native, "messages", list)
    body = {
        name: native[name]
        for name in ("messages", "system", "toolConfig", "inferenceConfig")
        if name in native
    }
    config = native.get("inferenceConfig")
    if isinstance(config, dict):
        body["inferenceConfig"] = _nova_config(config)
    if "reasoningConfig" in native:
        body["additionalModelRequestFields"] = {
            "reasoningConfig": native["reasoningConfig"]
        }
    return body


def _nova_config(config: Mapping[str, object]) -> Json:
    names = {"max_new_tokens": "maxTokens", "top_p": "topP"}
    same = {n: n for n in ("maxTokens", "temperature", "topP", "stopSequences")}
    return _chosen(config, {**names, **same})


def _nova_whole(message: Message, model: str) -> Json:
    content = to_wire(message.answer.content)
    return {
        "output": {"message": {"role": "assistant", "content": content}},
        "stopReason": message.answer.stop_reason,
        "usage": message.usage,
        "metrics": {"latencyMs": message.milliseconds},
    }


class _NovaChunks:
    def __init__(self, model: str) -> None:
        pass

    def __call__(self, event: Event) -> Iterable[Json]:
        chunk: Json = {event.member: to_wire(event.payload)}
        if event.member == "metadata":
            chunk.update(_metrics(event))
        yield chunk


# ------------------------------------------------------------------ Meta Llama


def _read_llama(native: Mapping[str, object]) -> Json:
    text = str(_require(native, "prompt", str))
    names = {"max_gen_len": "maxTokens", "temperature": "temperature", "top_p": "topP"}
    turns = [(m[1], m[2].strip()) for m in _HEADER.finditer(text)]
    turns = [turn for turn in turns if turn[1]] or [("user", text)]
    return {
        "system": [{"text": said} for role, said in turns if role == "system"],
        "messages": [
            {"role": role, "content": [{"text": said}]}
            for role, said in turns
            if role != "system"
        ],
        "inferenceConfig": _chosen(native, names),
    }


def _llama_stop(reason: object) -> str:
    return "length" if reason == "max_tokens" else "stop"


def _llama_whole(message: Message, model: str) -> Json:
    return {
        "generation": message.answer.text,
        "prompt_token_count": message.usage["inputTokens"],
        "generation_token_count": message.usage["outputTokens"],
        "stop_reason": _llama_stop(message.answer.stop_reason),
    }


class _LlamaChunks:
    def __init__(self, model: str) -> None:
        self._count = 0
        self._stop = "stop"

    def __call__(self, event: Event) -> Iterable[Json]:
        if event.member == "messageStop":
            self._stop = _llama_stop(event.payload["stopReason"])
        text = member(event.payload, "delta", "text")
        if isinstance(text, str):
            self._count += 1
            yield self._chunk(text, None)
        elif event.member == "metadata":
            usage = event.payload["usage"]
            self._count = int(str(member(usage, "outputTokens")))
            yield {**self._chunk("", self._stop), **_metrics(event)}

    def _chunk(self, text: str, stop: str | None) -> Json:
        return {
            "generation": text,
            "prompt_token_count": None,
            "generation_token_count": self._count,
            "stop_reason": stop,
        }


# ------------------------------------------------------------------ Anthropic Claude


def _read_claude(native: Mapping[str, object]) -> Json:
    if _require(native, "anthropic_version", str) != "bedrock-2023-05-31":
        raise validation("anthropic_version: Input should be 'bedrock-2023-05-31'")
    _require(native, "max_tokens", int)
    _require(native, "messages", list)
    body: Json = {
        "messages": [
            {"role": each.get("role"), "content": _claude_content(each.get("content"))}
            for each in objects(native["messages"])
        ],
        "inferenceConfig": _chosen(
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
        body["system"] = _claude_content(native["system"])
    if native.get("tools"):
        body["toolConfig"] = {
            "tools": [_claude_tool(tool) for tool in objects(native["tools"])]
        }
    if "thinking" in native:
        body["additionalModelRequestFields"] = {"thinking": native["thinking"]}
    return body


def _claude_tool(tool: Mapping[str, object]) -> Json:
    schema = {"json": tool.get("input_schema", {})}
    spec = _chosen(tool, {"name": "name", "description": "description"})
    return {"toolSpec": {**spec, "inputSchema": schema}}


def _claude_content(content: object) -> list[Json]:
    if isinstance(content, str):
        return [{"text": content}]
    found = []
    for block in objects(content):
        found.append(_claude_block(block))
        if "cache_control" in block:
            found.append({"cachePoint": _cache_point(block)})
    return found


def _cache_point(block: Mapping[str, object]) -> Json:
    ttl = member(block, "cache_control", "ttl")
    return {"type": "default", **({"ttl": ttl} if ttl else {})}


def _claude_block(block: Mapping[str, object]) -> Json:
    match block.get("type"):
        case "text":
            return {"text": block.get("text")}
        case "image":
            kind = str(member(block, "source", "media_type")).removeprefix("image/")
            data = {"bytes": member(block, "source", "data")}
            return {"image": {"format": kind, "source": data}}
        case "tool_use":
            names = {"id": "toolUseId", "name": "name", "input": "input"}
            return {"toolUse": _chosen(block, names)}
        case "tool_result":
            given = _claude_content(block.get("content", []))
            who = block.get("tool_use_id")
            return {"toolResult": {"toolUseId": who, "content": given}}
        case "thinking":
            names = {"thinking": "text", "signature": "signature"}
            return {"reasoningContent": {"reasoningText": _chosen(block, names)}}
        case other:
            raise validation(
                f"messages: content type '{other}' is not known to SANDBOX"
            )


def _claude_whole(message: Message, model: str) -> Json:
    return {
        "id": "msg_bdrk_sandbox",
        "type": "message",
        "role": "assistant",
        "model": f"{model} (SANDBOX)",
        "content": [_claude_out(block) for block in message.answer.blocks],
        "stop_reason": message.answer.stop_reason,
        "stop_sequence": message.answer.fields.get("stop_sequence"),
        "usage": _claude_usage(message.usage),
    }


def _claude_usage(usage: object) -> Json:
    return {
        "input_tokens": member(usage, "inputTokens"),
        "cache_creation_input_tokens": member(usage, "cacheWriteInputTokens") or 0,
        "cache_read_input_tokens": member(usage, "cacheReadInputTokens") or 0,
        "output_tokens": member(usage, "outputTokens"),
    }


def _claude_out(block: Block) -> Json:
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


class _ClaudeChunks:
    def __init__(self, model: str) -> None:
        self._model = model
        self._open = -1
        self._stop: object = None

    def __call__(self, event: Event) -> Iterable[Json]:
        index = event.payload.get("contentBlockIndex")
        match event.member:
            case "messageStart":
                yield {"type": "message_start", "message": self._empty()}
            case "contentBlockStart":
                yield self._start(index, _claude_start(event.payload["start"]))
            case "contentBlockDelta":
                delta = event.payload["delta"]
                if index != self._open:
                    yield self._start(index, _claude_start(delta))
                yield {
                    "type": "content_block_delta",
                    "index": index,
                    "delta": _claude_delta(delta),
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
            "usage": _claude_usage(event.payload["usage"]),
        }
        yield {"type": "message_stop", **_metrics(event)}


def _claude_start(start: object) -> Json:
    if isinstance(start, dict) and "toolUseId" in (tool := start.get("toolUse", {})):
        who = {"id": tool["toolUseId"], "name": tool["name"]}
        return {"type": "tool_use", **who, "input": {}}
    if isinstance(start, dict) and "reasoningContent" in start:
        return {"type": "thinking", "thinking": "", "signature": ""}
    return {"type": "text", "text": ""}


def _claude_delta(delta: object) -> Json:
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


# ------------------------------------------------------------------ all


def _metrics(event: Event) -> Json:
    usage = event.payload["usage"]
    spent = member(event.payload, "metrics", "latencyMs")
    return {
        "amazon-bedrock-invocationMetrics": {
            "inputTokenCount": member(usage, "inputTokens"),
            "outputTokenCount": member(usage, "outputTokens"),
            "invocationLatency": spent,
            "firstByteLatency": spent,
        }
    }


_READERS: Mapping[Family, Callable[[Mapping[str, object]], Json]] = {
    Family.ANTHROPIC: _read_claude,
    Family.NOVA: _read_nova,
    Family.LLAMA: _read_llama,
}
_WHOLE: Mapping[Family, Callable[[Message, str], Json]] = {
    Family.ANTHROPIC: _claude_whole,
    Family.NOVA: _nova_whole,
    Family.LLAMA: _llama_whole,
}
_CHUNKS: Mapping[Family, Callable[[str], Native]] = {
    Family.ANTHROPIC: _ClaudeChunks,
    Family.NOVA: _NovaChunks,
    Family.LLAMA: _LlamaChunks,
}


def whole(message: Message, model_id: str) -> Json:
    """Return a whole answer as the model's family writes it."""
    model = catalogue.resolve(model_id)
    return _WHOLE[model.family](message, model.model_id)


def chunks(model_id: str) -> Native:
    """Return what turns the events of one stream into the family's chunks."""
    model = catalogue.resolve(model_id)
    return _CHUNKS[model.family](model.model_id)
