"""Files that go along with a message: what is known of them without their bytes."""

import dataclasses
import enum
from typing import Protocol


class FileKind(enum.StrEnum):
    """What a model makes of a file."""

    IMAGE = "image"
    DOCUMENT = "document"


class SendAs(enum.StrEnum):
    """Whether a model gets the file itself or the text that was read from it."""

    BLOCK = "block"
    TEXT = "text"


@dataclasses.dataclass(frozen=True, slots=True)
class FilePart:
    """One file of a message.

    Attributes:
        content_hash: names the bytes, which lie in the project's folder.
        format: ``png``, ``pdf`` and so on, in lower case without a dot.
        size: in bytes.
        text: what was read from the file, for `SendAs.TEXT` and for search.
        name: what the person calls it. Never sent: a model would read it as part of
            the prompt, and who names files would write prompts.
    """

    content_hash: str
    kind: FileKind
    format: str
    size: int
    text: str = ""
    send_as: SendAs = SendAs.BLOCK
    name: str = ""


class FileBytes(Protocol):
    """Gives the bytes of a file when it is sent."""

    def __call__(self, content_hash: str) -> bytes:
        """Return the bytes.

        Raises:
            EnvironmentFault: the file is not there any more.
        """
