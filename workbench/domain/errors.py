"""Errors that are somebody's to mend, named by whose.

Everything that is not a `WorkbenchError` is a bug and reaches the crash handler. A
`code` is stable and never shown; the window phrases it (`ui/shell/phrases.py`), the
command line prints the English sentence that stands in `args`.
"""

import errno
from collections.abc import Mapping
from pathlib import Path


class WorkbenchError(Exception):
    """A failure with a cause that can be named.

    Attributes:
        code: stable dotted name, such as ``"project.newer"``.
        details: values that belong into the sentence shown.
    """

    def __init__(
        self, code: str, sentence: str, details: Mapping[str, object] | None = None
    ) -> None:
        """Keep the stable code, the English sentence and the values in it."""
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence
        self.details = dict(details or {})


class InputError(WorkbenchError):
    """What was typed, chosen or read from a file cannot be used as it is."""


class EnvironmentFault(WorkbenchError):
    """The computer cannot do it: disk full, interpreter missing, file locked."""


class RemoteError(WorkbenchError):
    """A model, worker or service answered with a failure."""


class CancelledError(WorkbenchError):
    """The person asked to stop; never shown as a failure."""

    def __init__(self) -> None:
        """A cancellation needs no explanation."""
        super().__init__("cancelled", "Stopped as asked.")


DISK_FULL = "The disk is full; nothing was changed."


def from_os(error: OSError, path: Path) -> EnvironmentFault:
    """Return the named error behind a failure to write a file or a folder."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return EnvironmentFault("disk.full", DISK_FULL, {"path": str(path)})
    reason = error.strerror or type(error).__name__
    return EnvironmentFault(
        "file.unwritable",
        f"{path} cannot be written: {reason}",
        {"path": str(path), "reason": reason},
    )
