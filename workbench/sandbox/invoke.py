"""InvokeModel: the bodies that each family of models takes and gives.

A body is turned into Converse's members, checked as such, and the answer turned back.
A family that is not here is refused: its body would be a guess.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping

from workbench.sandbox import catalogue, claude
from workbench.sandbox.catalogue import Family
from workbench.sandbox.errors import validation
from workbench.sandbox.native import Chunks, Json, chosen, malformed, metrics, require
from workbench.sandbox.prompt import member
from workbench.sandbox.routes import operation
from workbench.sandbox.talk import Event, Message
from workbench.sandbox.wire import from_wire, to_wire

_HEADER = re.compile(
    r"<\|start_header_id\|>(system|user|assistant)<\|end_header_id\|>\s*"
    r"(.*?)(?=<\|eot_id\|>|<\|start_header_id\|>|\Z)",
    re.DOTALL,
)


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
        raise malformed("not valid JSON") from error
    if not isinstance(native, dict):
        raise malformed("expected type: JSONObject")
    read = from_wire(operation("Converse").input, _READERS[family](native))
    return {**(read if isinstance(read, dict) else {}), "modelId": model_id}


# ------------------------------------------------------------------ Amazon Nova


def _read_nova(native: Mapping[str, object]) -> Json:
    require(native, "messages", list)
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
    return chosen(config, {**names, **same})


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
            chunk.update(metrics(event))
        yield chunk


# ------------------------------------------------------------------ Meta Llama


def _read_llama(native: Mapping[str, object]) -> Json:
    text = str(require(native, "prompt", str))
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
        "inferenceConfig": chosen(native, names),
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
            yield {**self._chunk("", self._stop), **metrics(event)}

    def _chunk(self, text: str, stop: str | None) -> Json:
        return {
            "generation": text,
            "prompt_token_count": None,
            "generation_token_count": self._count,
            "stop_reason": stop,
        }


# ------------------------------------------------------------------ all


_READERS: Mapping[Family, Callable[[Mapping[str, object]], Json]] = {
    Family.ANTHROPIC: claude.read,
    Family.NOVA: _read_nova,
    Family.LLAMA: _read_llama,
}
_WHOLE: Mapping[Family, Callable[[Message, str], Json]] = {
    Family.ANTHROPIC: claude.whole,
    Family.NOVA: _nova_whole,
    Family.LLAMA: _llama_whole,
}
_CHUNKS: Mapping[Family, Callable[[str], Chunks]] = {
    Family.ANTHROPIC: claude.ClaudeChunks,
    Family.NOVA: _NovaChunks,
    Family.LLAMA: _LlamaChunks,
}


def whole(message: Message, model_id: str) -> Json:
    """Return a whole answer as the model's family writes it."""
    model = catalogue.resolve(model_id)
    return _WHOLE[model.family](message, model.model_id)


def chunks(model_id: str) -> Chunks:
    """Return what turns the events of one stream into the family's chunks."""
    model = catalogue.resolve(model_id)
    return _CHUNKS[model.family](model.model_id)
