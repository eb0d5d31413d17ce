"""Failures by cause: class, one sentence, one next action.

Only exception types, errno values and a few fixed phrases of torch are looked at; what
is not recognised is UNKNOWN and its traceback goes to the log.
"""

import errno
from typing import Any

from workbench.worker.protocol import ErrorBody, ErrorClass

_DISK = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EFBIG})

_NEXT = {
    ErrorClass.OOM: "Choose a smaller batch or limit, or close other programs.",
    ErrorClass.DATA: "Mend or leave out the rows named, then try again.",
    ErrorClass.TEMPLATE: "Choose an instruction-tuned model that has a chat template.",
    ErrorClass.MODEL_ACCESS: "Check that the model folder is complete and readable.",
    ErrorClass.NETWORK: "Check the connection and try again.",
    ErrorClass.DISK: "Free disk space and resume from the last checkpoint.",
    ErrorClass.CUDA_DRIVER: "Update the NVIDIA driver, or run on the processor.",
    ErrorClass.NO_GPU: "Choose the processor as device, or use a machine with a GPU.",
    ErrorClass.CPU_ONLY_TORCH: "Install the CUDA build of torch in this environment.",
    ErrorClass.DEPENDENCY: "Run the set-up of the worker environment again.",
    ErrorClass.QUOTA: "Ask for a higher quota.",
    ErrorClass.CRASH: "Look into the log and start again.",
    ErrorClass.UNKNOWN: "Look into the log; if it happens again, report it.",
}


class WorkerError(Exception):
    """A failure whose cause is known.

    Attributes:
        body: what is told to the window.
    """

    def __init__(
        self,
        error_class: ErrorClass,
        sentence: str,
        next_action: str = "",
        **details: Any,
    ) -> None:
        """Keep class, sentence and next action (the usual one when left out)."""
        super().__init__(sentence)
        self.body: ErrorBody = {
            "error_class": error_class.value,
            "sentence": sentence,
            "next_action": next_action or _NEXT[error_class],
        }
        if details:
            self.body["details"] = details


class Stopped(Exception):
    """Raised at the next safe place after the person asked to stop."""


def describe(error: BaseException) -> ErrorBody:
    """Return the body for any exception, by its type and not by its language."""
    if isinstance(error, WorkerError):
        return error.body
    found = classify(error)
    return WorkerError(found, _sentence(found, error)).body


def classify(error: BaseException) -> ErrorClass:
    """Return the class of an exception that is not a `WorkerError`."""
    name = type(error).__name__
    text = str(error).lower()
    if isinstance(error, MemoryError) or name == "OutOfMemoryError":
        return ErrorClass.OOM
    if isinstance(error, OSError) and error.errno in _DISK:
        return ErrorClass.DISK
    if isinstance(error, ImportError):
        return ErrorClass.DEPENDENCY
    if isinstance(error, ConnectionError | TimeoutError) or name == "ConnectTimeout":
        return ErrorClass.NETWORK
    if name in {"GatedRepoError", "RepositoryNotFoundError", "SafetensorError"}:
        return ErrorClass.MODEL_ACCESS
    if isinstance(error, RuntimeError):
        return _classify_runtime(text)
    return ErrorClass.UNKNOWN


def _classify_runtime(text: str) -> ErrorClass:
    """Tell torch's untyped errors apart by phrases that stand in its C++ source."""
    if "can't allocate memory" in text or "out of memory" in text:
        return ErrorClass.OOM
    if "no space left" in text or "file write failed" in text:
        return ErrorClass.DISK
    if "not compiled with cuda" in text:
        return ErrorClass.CPU_ONLY_TORCH
    if "no cuda gpus are available" in text:
        return ErrorClass.NO_GPU
    if "cuda" in text and "driver" in text:
        return ErrorClass.CUDA_DRIVER
    return ErrorClass.UNKNOWN


def _sentence(found: ErrorClass, error: BaseException) -> str:
    """One sentence for a library's exception; its own first line only if unknown."""
    fixed = {
        ErrorClass.OOM: "There was not enough memory.",
        ErrorClass.DISK: "The disk is full or cannot be written.",
        ErrorClass.NETWORK: "The connection failed.",
        ErrorClass.MODEL_ACCESS: "The model cannot be read.",
        ErrorClass.NO_GPU: "No GPU was found.",
        ErrorClass.CPU_ONLY_TORCH: "This torch was built without GPU support.",
        ErrorClass.CUDA_DRIVER: "The NVIDIA driver does not fit this torch.",
    }
    if found in fixed:
        return fixed[found]
    first = next(iter(str(error).strip().splitlines()), "")
    if found is ErrorClass.DEPENDENCY:
        return f"A library is missing or does not fit: {first[:200]}"
    return f"Something unexpected happened: {type(error).__name__}: {first[:200]}"
