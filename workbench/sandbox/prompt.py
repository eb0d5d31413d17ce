"""What a request of Converse says: its texts, its tokens, its cache points.

Tokens are counted over the same segments for Converse, ConverseStream, CountTokens and
InvokeModel, so that the numbers agree. An image counts a fixed number of tokens, a
document of a format that is not text one token per six bytes.
"""

import dataclasses
import json
from collections.abc import Iterator, Mapping, Sequence

from workbench.domain.prompts import Message, Role

Body = Mapping[str, object]

IMAGE_TOKENS = 1600
_BYTES_PER_TOKEN = 6
_TEXT_FORMATS = {"txt", "md", "csv", "html"}


@dataclasses.dataclass(frozen=True, slots=True)
class Segment:
    """A part of the prompt: text to be counted, or a fixed number of tokens."""

    text: str = ""
    tokens: int = 0


@dataclasses.dataclass(frozen=True, slots=True)
class CachePoint:
    """All before this may be kept for `ttl` (``5m`` or ``1h``)."""

    ttl: str


Part = Segment | CachePoint


def objects(value: object) -> Sequence[Body]:
    """Return the objects of a JSON list, none when it is absent."""
    items = value if isinstance(value, list | tuple) else ()
    return [item for item in items if isinstance(item, Mapping)]


def member(value: object, *names: str) -> object:
    """Return what lies under these names, None when there is nothing."""
    for name in names:
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def parts(body: Body) -> list[Part]:
    """List the parts of the prompt in the order they are cached in."""
    tools = objects(member(body, "toolConfig", "tools"))
    found: list[Part] = [part for tool in tools for part in _tool(tool)]
    for block in objects(body.get("system")):
        found.extend(_block(block))
    for message in objects(body.get("messages")):
        for block in objects(message.get("content")):
            found.extend(_block(block))
    return found


def _tool(tool: Body) -> Iterator[Part]:
    if "cachePoint" in tool:
        yield _cache_point(tool)
    else:
        yield Segment(json.dumps(tool, ensure_ascii=False, default=str))


def _cache_point(block: Body) -> CachePoint:
    return CachePoint(str(member(block, "cachePoint", "ttl") or "5m"))


def _block(block: Body) -> Iterator[Part]:
    if "cachePoint" in block:
        yield _cache_point(block)
    elif "image" in block:
        yield Segment(tokens=IMAGE_TOKENS)
    elif "document" in block and not document_text(block):
        data = member(block, "document", "source", "bytes")
        size = len(data) if isinstance(data, bytes) else 0
        yield Segment(tokens=max(1, size // _BYTES_PER_TOKEN))
    else:
        yield Segment(block_text(block))


def block_text(block: Body) -> str:
    """Return the text of a content block, empty when it has none."""
    if "text" in block:
        return str(block["text"])
    if "document" in block:
        return document_text(block)
    if "toolUse" in block:
        wish = member(block, "toolUse", "input")
        return json.dumps(wish, ensure_ascii=False)
    if "toolResult" in block:
        return "\n".join(_result_texts(block))
    found = member(block, "reasoningContent", "reasoningText", "text")
    return str(found or member(block, "guardContent", "text", "text") or "")


def _result_texts(block: Body) -> Iterator[str]:
    for item in objects(member(block, "toolResult", "content")):
        if "json" in item:
            yield json.dumps(item["json"], ensure_ascii=False)
        else:
            yield block_text(item)


def document_text(block: Body) -> str:
    """Return the text of a document, empty when its format is not text."""
    document = block.get("document")
    source = member(document, "source")
    plain = member(source, "text")
    if isinstance(plain, str):
        return plain
    chunks = [str(item.get("text", "")) for item in objects(member(source, "content"))]
    if chunks:
        return "\n".join(chunks)
    data = member(source, "bytes")
    if isinstance(data, bytes) and member(document, "format") in _TEXT_FORMATS:
        return data.decode("utf-8", "replace")
    return ""


def messages(body: Body) -> tuple[Message, ...]:
    """Return the texts as a model is asked them, system text first."""
    system = _joined(objects(body.get("system")))
    found = [Message(Role.SYSTEM, system)] if system else []
    for each in objects(body.get("messages")):
        text = _joined(objects(each.get("content")))
        found.append(Message(Role(str(each["role"])), text))
    return tuple(found)


def _joined(blocks: Sequence[Body]) -> str:
    return "\n\n".join(text for block in blocks if (text := block_text(block)))
