"""The body of a Converse request: a pure function of what is asked and of the style.

The same function feeds the preview, so what is shown is what is sent.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from workbench.domain.content import FileBytes, FileKind, FilePart, SendAs
from workbench.domain.errors import InputError
from workbench.domain.generation import GenerationRequest
from workbench.domain.parameters import GenerationParameters
from workbench.domain.prompts import Message, Role, hash_json
from workbench.domain.remote import ReasoningStyle, RequestStyle

Json = dict[str, Any]

MOST_IMAGES, IMAGE_BYTES = 20, 3_750_000
MOST_DOCUMENTS, DOCUMENT_BYTES = 5, 4_500_000
_CACHE_POINT: Json = {"cachePoint": {"type": "default"}}


def no_bytes(content_hash: str) -> bytes:
    """Stand in for the bytes of a file where they are not needed: a preview."""
    return b""


def converse_request(
    request: GenerationRequest,
    style: RequestStyle,
    files: FileBytes = no_bytes,
) -> Json:
    """Return the arguments of Converse and ConverseStream.

    Args:
        request: the system text and the turns, with files and parameters.
        style: what the model takes; what it does not take is left out
            (`RequestStyle.left_out` names it).
        files: gives the bytes of files.

    Raises:
        InputError: ``files.too_many``, ``files.too_large``, ``files.role``,
            ``files.format``, ``schema.json``, ``prompt.empty``.
    """
    system, turns = _divided(request.messages, style)
    caching = style.caching and request.parameters.prompt_caching
    body: Json = {
        "modelId": request.model.path,
        "messages": _turns(turns, style, files, caching=caching),
    }
    if system:
        body["system"] = [{"text": system}, *([_CACHE_POINT] if caching else [])]
    body |= {
        "inferenceConfig": _inference(request.parameters, style),
        "additionalModelRequestFields": _reasoning(request.parameters, style),
        "outputConfig": _output(request.parameters, style),
    }
    return {key: value for key, value in body.items() if value != {}}


def prompt_hash(body: Mapping[str, Any]) -> str:
    """Return the hash of the prompt alone: system and messages, byte for byte.

    Marks for caching change no answer and stand in no hash.
    """
    return hash_json(_hashed({key: body.get(key) for key in ("system", "messages")}))


def _hashed(value: Any) -> Any:
    if isinstance(value, bytes):
        return hashlib.sha256(value).hexdigest()
    if isinstance(value, Mapping):
        return {key: _hashed(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_hashed(item) for item in value if item != _CACHE_POINT]
    return value


def preview_text(body: Mapping[str, Any]) -> str:
    """Return a request as indented JSON to read; bytes are named by their number."""
    return json.dumps(printable(body), ensure_ascii=False, indent=2)


def printable(value: Any) -> Any:
    """Return a value with bytes replaced by what can be shown."""
    if isinstance(value, bytes):
        return f"<{len(value)} bytes>"
    if isinstance(value, Mapping):
        return {key: printable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [printable(item) for item in value]
    return value


def _divided(
    messages: Iterable[Message], style: RequestStyle
) -> tuple[str, list[Message]]:
    """Return the system text and the turns; one without the other where need be."""
    messages = list(messages)
    system = "\n\n".join(m.text for m in messages if m.role is Role.SYSTEM)
    turns = [m for m in messages if m.role is not Role.SYSTEM]
    if not turns or not (turns[-1].text.strip() or turns[-1].files):
        raise InputError(
            "prompt.empty", "There is nothing to send: the input is empty."
        )
    if system and not style.system:
        first = turns[0]
        turns[0] = Message(first.role, f"{system}\n\n{first.text}", first.files)
        system = ""
    return system, turns


def _turns(
    turns: Sequence[Message], style: RequestStyle, files: FileBytes, *, caching: bool
) -> list[Json]:
    """Return the turns; the cache mark stands behind the last example."""
    made = [_Turn(style, files).made(turn) for turn in turns]
    _check_numbers(turns)
    merged: list[Json] = []
    for number, turn in enumerate(made):
        if caching and 0 < number == len(made) - 1:
            merged[-1]["content"].append(_CACHE_POINT)
        # Two turns of one speaker in a row are refused: they are one turn.
        if merged and merged[-1]["role"] == turn["role"]:
            merged[-1]["content"].extend(turn["content"])
        else:
            merged.append(turn)
    return merged


class _Turn:
    """Makes the content of one turn; files are numbered within it."""

    def __init__(self, style: RequestStyle, files: FileBytes) -> None:
        self._style = style
        self._files = files

    def made(self, turn: Message) -> Json:
        if turn.files and turn.role is not Role.USER:
            raise InputError("files.role", "Files can only go along with a question.")
        numbered = list(enumerate(turn.files, start=1))
        content = [self._block(part, number) for number, part in numbered]
        if turn.text.strip() or not content:
            content.append({"text": turn.text})
        return {"role": turn.role.value, "content": content}

    def _block(self, part: FilePart, number: int) -> Json:
        name = f"{part.kind.value}-{number}"
        is_document = part.kind is FileKind.DOCUMENT
        takes = self._style.documents if is_document else self._style.images
        if part.send_as is SendAs.TEXT or (is_document and not takes):
            return {"text": f'<document name="{name}">\n{part.text}\n</document>'}
        if not takes:
            raise InputError(
                "files.format",
                "This model takes no images.",
                {"name": part.name, "format": part.format},
            )
        _check_size(part)
        source = {"bytes": self._files(part.content_hash)}
        if is_document:
            document = {"format": part.format, "name": name, "source": source}
            return {"document": document}
        return {"image": {"format": part.format, "source": source}}


def _check_size(part: FilePart) -> None:
    most = IMAGE_BYTES if part.kind is FileKind.IMAGE else DOCUMENT_BYTES
    if part.size > most:
        raise InputError(
            "files.too_large",
            f"A file of {part.size:,} bytes is too large: {most:,} at most.",
            {"name": part.name, "size": part.size, "most": most},
        )


def _check_numbers(turns: Iterable[Message]) -> None:
    sent = [p for t in turns for p in t.files if p.send_as is SendAs.BLOCK]
    for kind, most in (
        (FileKind.IMAGE, MOST_IMAGES),
        (FileKind.DOCUMENT, MOST_DOCUMENTS),
    ):
        count = sum(1 for part in sent if part.kind is kind)
        if count > most:
            raise InputError(
                "files.too_many",
                f"{count} files of the kind {kind.value}: {most} at most.",
                {"kind": kind.value, "count": count, "most": most},
            )


def _inference(parameters: GenerationParameters, style: RequestStyle) -> Json:
    """Only what is set and taken: some models refuse what others ask for."""
    made: Json = {"maxTokens": parameters.max_output_tokens}
    if _reasons_by_budget(parameters, style):
        # The service counts reasoning into the maximum; here they are kept apart.
        made["maxTokens"] += parameters.reasoning_budget
    if _is_nova_at_most(parameters, style):
        return {}
    if style.sampling and not _reasons(parameters, style):
        made["temperature"] = parameters.temperature
        if parameters.top_p < 1 and parameters.temperature > 0 and style.both_sampling:
            made["topP"] = parameters.top_p
    if style.stop_sequences and parameters.stop_sequences:
        made["stopSequences"] = list(parameters.stop_sequences)
    return made


def _reasons(parameters: GenerationParameters, style: RequestStyle) -> bool:
    """Tell whether sampling is fixed by the model: Claude refuses it then."""
    by_effort = style.reasoning is ReasoningStyle.ANTHROPIC_ADAPTIVE and bool(
        parameters.reasoning_effort
    )
    return by_effort or _reasons_by_budget(parameters, style)


def _reasons_by_budget(parameters: GenerationParameters, style: RequestStyle) -> bool:
    return (
        style.reasoning is ReasoningStyle.ANTHROPIC_BUDGET
        and parameters.reasoning_budget > 0
    )


def _is_nova_at_most(parameters: GenerationParameters, style: RequestStyle) -> bool:
    """Nova refuses every limit and all sampling at its highest effort."""
    return (
        style.reasoning is ReasoningStyle.NOVA and parameters.reasoning_effort == "high"
    )


def _reasoning(parameters: GenerationParameters, style: RequestStyle) -> Json:
    effort = parameters.reasoning_effort
    if _reasons_by_budget(parameters, style):
        budget = parameters.reasoning_budget
        return {"thinking": {"type": "enabled", "budget_tokens": budget}}
    if not effort:
        return {}
    if style.reasoning is ReasoningStyle.ANTHROPIC_ADAPTIVE:
        return {"thinking": {"type": "adaptive"}}
    if style.reasoning is ReasoningStyle.EFFORT_FIELD:
        return {"reasoning_effort": effort}
    if style.reasoning is ReasoningStyle.NOVA:
        return {"reasoningConfig": {"type": "enabled", "maxReasoningEffort": effort}}
    return {}


def _output(parameters: GenerationParameters, style: RequestStyle) -> Json:
    made: Json = {}
    if style.json_schema and parameters.json_schema:
        schema = {"schema": _checked(parameters.json_schema), "name": "answer"}
        made["textFormat"] = {
            "type": "json_schema",
            "structure": {"jsonSchema": schema},
        }
    by_effort = {ReasoningStyle.EFFORT, ReasoningStyle.ANTHROPIC_ADAPTIVE}
    if style.reasoning in by_effort and parameters.reasoning_effort:
        made["effort"] = parameters.reasoning_effort
    return made


def _checked(schema: str) -> str:
    try:
        json.loads(schema)
    except ValueError as error:
        raise InputError(
            "schema.json", f"The schema is not JSON: {error}.", {"reason": str(error)}
        ) from error
    return schema
