"""Rules of Converse that are not in the service model, with Bedrock's sentences."""

import itertools
import json
import re
import struct
from collections.abc import Iterator, Mapping, Sequence

from workbench.sandbox.errors import AwsError, validation
from workbench.sandbox.prompt import Body, member, objects

MOST_IMAGES = 20
MOST_IMAGE_BYTES = 3_750_000
MOST_IMAGE_PIXELS = 8000
MOST_DOCUMENTS = 5
MOST_DOCUMENT_BYTES = 4_500_000
_DOCUMENT_NAME = re.compile(r"(?!.*\s\s)[A-Za-z0-9\s\-()\[\]]+")
_POINTER = re.compile(r"(?:/(?:[^/~]|~[01])*)+")
# C4, C8 and CC stand among them but are tables, not frames.
_JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_EFFORTS = {"low", "medium", "high", "xhigh", "max"}


def check(body: Body) -> None:
    """Refuse a request of Converse that the service would refuse.

    Raises:
        AwsError: ValidationException.
    """
    for error in _problems(body):
        raise error


def _problems(body: Body) -> Iterator[AwsError]:
    messages = objects(body.get("messages"))
    yield from _order(messages)
    for index, message in enumerate(messages):
        yield from _message(message, f"messages.{index}")
    blocks = [b for m in messages for b in objects(m.get("content"))]
    yield from _attachments(blocks)
    yield from _tools(body, blocks)
    yield from _options(body)


def _order(messages: Sequence[Body]) -> Iterator[AwsError]:
    roles = [m["role"] for m in messages if m["role"] != "system"]
    if not roles:
        yield validation("The messages field is empty. Add a message and try again.")
    elif roles[0] != "user":
        yield validation(
            "A conversation must start with a user message. Try again with a "
            "conversation that starts with a user message."
        )
    elif any(one == next_ for one, next_ in itertools.pairwise(roles)):
        yield validation(
            "A conversation must alternate between user and assistant roles. Make "
            "sure the conversation alternates between user and assistant roles and "
            "try again."
        )


def _message(message: Body, path: str) -> Iterator[AwsError]:
    blocks = objects(message.get("content"))
    if not blocks:
        yield validation(
            f"The content field in the Message object at {path} is empty. Add a "
            "ContentBlock object to the content field and try again."
        )
    has_document = any("document" in block for block in blocks)
    if has_document and not any("text" in block for block in blocks):
        yield validation(
            "A text block must be included in the content field when using a "
            f"document block at {path}."
        )
    for index, block in enumerate(blocks):
        yield from _block(block, str(message["role"]), f"{path}.content.{index}")


def _block(block: Body, role: str, path: str) -> Iterator[AwsError]:
    text = block.get("text")
    if isinstance(text, str) and not text.strip():
        yield validation(
            f"The text field in the ContentBlock object at {path} is blank. Add text "
            "to the text field, and try again."
        )
    for name in ("image", "document"):
        if name in block and role != "user":
            yield validation(
                f"The {name} block at {path} is only allowed in user messages."
            )
    if "document" in block:
        yield from _document(block, path)
    if "image" in block:
        yield from _image(block, path)


def _document(block: Body, path: str) -> Iterator[AwsError]:
    name = str(member(block, "document", "name"))
    if not _DOCUMENT_NAME.fullmatch(name):
        yield validation(
            f"The document file name at {path} can only contain alphanumeric "
            "characters, whitespace characters, hyphens, parentheses, and square "
            "brackets. The name can't contain more than one consecutive whitespace "
            "character."
        )
    data = member(block, "document", "source", "bytes")
    if isinstance(data, bytes) and len(data) > MOST_DOCUMENT_BYTES:
        yield validation(f"The document at {path} exceeds the limit of 4.5 MB.")


def _image(block: Body, path: str) -> Iterator[AwsError]:
    data = member(block, "image", "source", "bytes")
    if not isinstance(data, bytes):
        return
    if len(data) > MOST_IMAGE_BYTES:
        yield validation(f"The image at {path} exceeds the limit of 3.75 MB.")
    if max(image_size(data)) > MOST_IMAGE_PIXELS:
        yield validation(
            f"The image at {path} exceeds the limit of 8000 pixels on a side."
        )


def image_size(data: bytes) -> tuple[int, int]:
    """Read width and height of a PNG, GIF or JPEG in pixels; 0 where unreadable."""
    if data.startswith(b"\x89PNG\r\n\x1a\n") and len(data) >= 24:
        width, height = struct.unpack(">II", data[16:24])
        return width, height
    if data.startswith((b"GIF87a", b"GIF89a")) and len(data) >= 10:
        width, height = struct.unpack("<HH", data[6:10])
        return width, height
    return _jpeg_size(data) if data.startswith(b"\xff\xd8") else (0, 0)


def _jpeg_size(data: bytes) -> tuple[int, int]:
    """Walk a JPEG's segments to the frame header, which has the size."""
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:
        if data[at + 1] in _JPEG_FRAMES:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return 0, 0


def _attachments(blocks: Sequence[Body]) -> Iterator[AwsError]:
    images = sum("image" in block for block in blocks)
    documents = sum("document" in block for block in blocks)
    if images > MOST_IMAGES:
        yield validation(f"too many images: {images} > {MOST_IMAGES}")
    if documents > MOST_DOCUMENTS:
        yield validation(f"too many documents: {documents} > {MOST_DOCUMENTS}")


def _tools(body: Body, blocks: Sequence[Body]) -> Iterator[AwsError]:
    uses = any("toolUse" in b or "toolResult" in b for b in blocks)
    if uses and "toolConfig" not in body:
        yield validation(
            "The toolConfig field must be defined when using toolUse and toolResult "
            "content blocks."
        )
    wished = {member(b, "toolUse", "toolUseId") for b in blocks if "toolUse" in b}
    for block in blocks:
        given = member(block, "toolResult", "toolUseId")
        if given is not None and given not in wished:
            yield validation(f"unexpected toolUseId in toolResult blocks: {given}")


def _options(body: Body) -> Iterator[AwsError]:
    paths = body.get("additionalModelResponseFieldPaths")
    for path in paths if isinstance(paths, list) else ():
        if not _POINTER.fullmatch(str(path)) or len(str(path)) > 256:
            yield validation(f"Malformed JSON Pointer: {path}")
    effort = member(body, "outputConfig", "effort")
    if effort is not None and effort not in _EFFORTS:
        yield validation(f"Unknown effort: {effort}")
    structure = member(body, "outputConfig", "textFormat", "structure", "jsonSchema")
    if isinstance(structure, Mapping):
        yield from _schema(str(structure.get("schema")))


def _schema(text: str) -> Iterator[AwsError]:
    try:
        fine = isinstance(json.loads(text), dict)
    except ValueError:
        fine = False
    if not fine:
        yield validation("outputConfig.textFormat: the schema is not a JSON object.")
