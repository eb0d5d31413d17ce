"""Files that go along with a prompt: read, checked and kept, once by their content.

Everything is checked before anything is kept. The name stays here: what is sent is
called ``document-1``.
"""

import dataclasses
from pathlib import Path

from workbench.domain.content import FileKind, FilePart, SendAs
from workbench.domain.errors import EnvironmentFault, InputError
from workbench.domain.files import LIMITS, check_pixels, check_size, format_of
from workbench.formats.documents import document_text
from workbench.formats.images import image_info
from workbench.services.projects import ProjectService


class AttachmentService:
    """Takes files into the open project and gives them back."""

    def __init__(self, projects: ProjectService) -> None:
        """Keep the open project."""
        self._projects = projects

    def add(self, path: Path, send_as: SendAs = SendAs.BLOCK) -> FilePart:
        """Take a file into the project; reads the disk, so not on the Qt thread.

        Args:
            path: the file.
            send_as: whether models get the file or the text that is read from it. A
                document above the API's limit can still be sent as its text.

        Raises:
            InputError: ``files.format``, ``files.empty``, ``files.too_large``,
                ``files.too_many_pixels``, ``files.not_an_image``, ``files.damaged``,
                ``files.protected``, ``files.too_much_text``, ``files.no_text``.
            EnvironmentFault: ``file.unreadable``, ``disk.full``.
        """
        kind, _ = format_of(path.name)
        try:
            # Before it is read: a film that was dropped here must not fill the memory.
            check_size(path.name, kind, path.stat().st_size, send_as)
            content = path.read_bytes()
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise EnvironmentFault(
                "file.unreadable",
                f"{path.name} cannot be read: {reason}",
                {"path": str(path), "reason": reason},
            ) from error
        return self.add_bytes(path.name, content, send_as)

    def add_bytes(
        self, name: str, content: bytes, send_as: SendAs = SendAs.BLOCK
    ) -> FilePart:
        """Take a file into the project that was pasted or dropped; see `add`."""
        kind, form = format_of(name)
        check_size(name, kind, len(content), send_as)
        text = ""
        if kind is FileKind.IMAGE:
            form = _checked_image(name, content)
        else:
            text = _text(content, form, send_as)
        part = FilePart("", kind, form, len(content), text, send_as, name)
        _check_text(part)
        digest = self._projects.store.blobs.put(content)
        return dataclasses.replace(part, content_hash=digest)

    def sent_as(self, part: FilePart, send_as: SendAs) -> FilePart:
        """Return a file that is sent otherwise.

        Raises:
            InputError: ``files.no_text``, ``files.too_large``.
        """
        changed = dataclasses.replace(part, send_as=send_as)
        check_size(part.name, part.kind, part.size, send_as, LIMITS)
        _check_text(changed)
        return changed

    def read(self, content_hash: str) -> bytes:
        """Return a file's bytes: `FileBytes` for whoever sends requests.

        Raises:
            EnvironmentFault: ``files.gone``.
        """
        return self._projects.store.blobs.get(content_hash)


def _text(content: bytes, form: str, send_as: SendAs) -> str:
    """Read a document; as a block it may go without a text of ours."""
    try:
        return document_text(content, form)
    except InputError as error:
        # A model may well read what our readers cannot; what is locked nobody reads.
        if send_as is SendAs.TEXT or error.code == "files.protected":
            raise
        return ""


def _checked_image(name: str, content: bytes) -> str:
    """Return the format that the content has, whatever the name says."""
    info = image_info(content)
    if info is None:
        raise InputError(
            "files.not_an_image",
            f"{name} is none of PNG, JPEG, GIF and WebP.",
            {"name": name},
        )
    check_pixels(name, info.width, info.height)
    return info.format


def _check_text(part: FilePart) -> None:
    if part.send_as is SendAs.TEXT and not part.text.strip():
        raise InputError(
            "files.no_text",
            f"No text can be read from {part.name}.",
            {"name": part.name},
        )
