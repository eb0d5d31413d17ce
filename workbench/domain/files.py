"""What may go along with a message: formats, and the limits of the Converse API.

Limits as AWS documents them; they are checked before anything is kept or sent.
"""

import dataclasses
from collections.abc import Iterable

from workbench.domain.content import FileKind, FilePart, SendAs
from workbench.domain.errors import InputError
from workbench.domain.prompts import Message

_IMAGES = {"png": "png", "jpg": "jpeg", "jpeg": "jpeg", "gif": "gif", "webp": "webp"}
_DOCUMENTS = {
    **{name: name for name in ("txt", "md", "csv", "pdf", "docx", "xlsx", "html")},
    "htm": "html",
    "markdown": "md",
}
LARGEST_FILE = 50_000_000
"""Bytes of a file of which only the text is sent; the program's own limit."""


@dataclasses.dataclass(frozen=True, slots=True)
class FileLimits:
    """Limits of one request.

    Attributes:
        image_bytes: of one image.
        image_pixels: of an image's longer side.
        document_bytes: of one document that is sent as it is.
    """

    images: int = 20
    image_bytes: int = 3_750_000
    image_pixels: int = 8000
    documents: int = 5
    document_bytes: int = 4_500_000

    def most_bytes(self, kind: FileKind, send_as: SendAs) -> int:
        """Return the bytes one file may have."""
        if send_as is SendAs.TEXT:
            return LARGEST_FILE
        return self.image_bytes if kind is FileKind.IMAGE else self.document_bytes


LIMITS = FileLimits()


def format_of(name: str) -> tuple[FileKind, str]:
    """Return what a file is by the end of its name.

    Raises:
        InputError: ``files.format`` when models take no such file.
    """
    suffix = name.rpartition(".")[2].lower() if "." in name else ""
    if suffix in _IMAGES:
        return FileKind.IMAGE, _IMAGES[suffix]
    if suffix in _DOCUMENTS:
        return FileKind.DOCUMENT, _DOCUMENTS[suffix]
    raise InputError(
        "files.format",
        f"Files like {name} cannot go along with a prompt.",
        {"name": name, "format": suffix},
    )


def check_size(
    name: str, kind: FileKind, size: int, send_as: SendAs, limits: FileLimits = LIMITS
) -> None:
    """Refuse a file by its size in bytes.

    Raises:
        InputError: ``files.empty`` or ``files.too_large`` with ``size`` and ``most``.
    """
    if size == 0:
        raise InputError("files.empty", f"{name} is empty.", {"name": name})
    most = limits.most_bytes(kind, send_as)
    if size > most:
        raise InputError(
            "files.too_large",
            f"{name} has {size:,} bytes: {most:,} at most.",
            {"name": name, "size": size, "most": most},
        )


def check_pixels(
    name: str, width: int, height: int, limits: FileLimits = LIMITS
) -> None:
    """Refuse an image by its sides; InputError ``files.too_many_pixels``."""
    if max(width, height) > limits.image_pixels:
        raise InputError(
            "files.too_many_pixels",
            f"{name} has {width} x {height} pixels: {limits.image_pixels} at most.",
            {"name": name, "pixels": max(width, height), "most": limits.image_pixels},
        )


def check_files(messages: Iterable[Message], limits: FileLimits = LIMITS) -> None:
    """Refuse a request whose files the service would refuse.

    Raises:
        InputError: ``files.too_many`` with ``kind``, ``count`` and ``most``;
            ``files.too_large``; ``files.no_text`` for a file that is to be sent as its
            text and has none; ``files.no_question`` for documents without a text.
    """
    listed = list(messages)
    parts = [part for message in listed for part in message.files]
    for part in parts:
        if part.send_as is SendAs.TEXT:
            _check_text(part)
        check_size(part.name, part.kind, part.size, part.send_as, limits)
    _check_number(parts, FileKind.IMAGE, limits.images)
    _check_number(parts, FileKind.DOCUMENT, limits.documents)
    for message in listed:
        if not message.text.strip() and any(map(_is_document_block, message.files)):
            raise InputError(
                "files.no_question", "Documents need a text: say what to do with them."
            )


def text_alone(message: Message) -> str:
    """Return a message for a model that takes nothing but text.

    The text of its documents stands before its own, under neutral names.

    Raises:
        InputError: ``files.format`` for an image, ``files.no_text`` for a document that
            no text can be read from.
    """
    texts: list[str] = []
    for number, part in enumerate(message.files, start=1):
        if part.kind is FileKind.IMAGE and part.send_as is SendAs.BLOCK:
            raise InputError(
                "files.format",
                "This model takes no images.",
                {"name": part.name, "format": part.format},
            )
        _check_text(part)
        name = f"{part.kind.value}-{number}"
        texts.append(f'<document name="{name}">\n{part.text}\n</document>')
    return "\n\n".join(text for text in (*texts, message.text) if text)


def _check_text(part: FilePart) -> None:
    if not part.text.strip():
        raise InputError(
            "files.no_text",
            f"No text can be read from {part.name}.",
            {"name": part.name},
        )


def _check_number(parts: Iterable[FilePart], kind: FileKind, most: int) -> None:
    count = sum(1 for p in parts if p.kind is kind and p.send_as is SendAs.BLOCK)
    if count > most:
        raise InputError(
            "files.too_many",
            f"{count} files of the kind {kind.value}: {most} at most.",
            {"kind": kind.value, "count": count, "most": most},
        )


def _is_document_block(part: FilePart) -> bool:
    return part.kind is FileKind.DOCUMENT and part.send_as is SendAs.BLOCK
