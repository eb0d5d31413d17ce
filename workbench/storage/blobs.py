"""Bytes of attached files, each content once, under the hash that prompts name.

They lie in the project's files folder, so a copy of the project takes them along. A
file is complete or not there: it gets its name only when all of it is on the disk.
"""

import contextlib
import hashlib
import os
import re
import tempfile
from collections.abc import Callable
from pathlib import Path

from workbench.domain.errors import EnvironmentFault
from workbench.storage import faults

FOLDER = "attachments"
_HASH = re.compile(r"sha256:([0-9a-f]{64})")


class FolderBlobs:
    """Implements `BlobStore`."""

    def __init__(self, files: Callable[[], Path]) -> None:
        """Keep what gives the project's files folder; it is made when first needed."""
        self._files = files

    def put(self, content: bytes) -> str:
        """Keep bytes and return ``sha256:`` and their hash."""
        digest = hashlib.sha256(content).hexdigest()
        target = self._files() / FOLDER / digest
        with faults.named():
            if not self._is_whole(target, len(content)):
                _write(target, content)
        return f"sha256:{digest}"

    def get(self, content_hash: str) -> bytes:
        """Return the bytes; EnvironmentFault ``files.gone`` when they are not there."""
        match = _HASH.fullmatch(content_hash)
        # A project from elsewhere may name anything: it must not become a path.
        if match is None:
            raise _gone(content_hash)
        try:
            content = (self._files() / FOLDER / match[1]).read_bytes()
        except FileNotFoundError as error:
            raise _gone(content_hash) from error
        except OSError as error:
            raise faults.from_os(error) from error
        if hashlib.sha256(content).hexdigest() != match[1]:
            raise _gone(content_hash)
        return content

    def has(self, content_hash: str) -> bool:
        """Tell whether the bytes are there."""
        match = _HASH.fullmatch(content_hash)
        return match is not None and (self._files() / FOLDER / match[1]).is_file()

    def _is_whole(self, target: Path, size: int) -> bool:
        try:
            return target.stat().st_size == size
        except FileNotFoundError:
            return False


def _write(target: Path, content: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    # A name of its own: two threads may keep the same file at the same time.
    handle, name = tempfile.mkstemp(dir=target.parent, suffix=".part")
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)


def _gone(content_hash: str) -> EnvironmentFault:
    return EnvironmentFault(
        "files.gone",
        "An attached file is missing from the project's folder, or was changed there.",
        {"hash": content_hash},
    )
