"""Failures of a worker as errors of the domain."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from workbench.domain.errors import (
    EnvironmentFault,
    InputError,
    RemoteError,
    WorkbenchError,
)
from workbench.worker.protocol import ErrorClass

_ENVIRONMENT = frozenset(
    {
        ErrorClass.OOM,
        ErrorClass.DISK,
        ErrorClass.CUDA_DRIVER,
        ErrorClass.NO_GPU,
        ErrorClass.CPU_ONLY_TORCH,
        ErrorClass.DEPENDENCY,
    }
)
_INPUT = frozenset({ErrorClass.DATA, ErrorClass.TEMPLATE, ErrorClass.MODEL_ACCESS})


def fault(body: Mapping[str, Any]) -> WorkbenchError:
    """Return the error for what a worker told; its code is the class (3.7)."""
    code, sentence = code_and_sentence(body)
    details = {
        **(body.get("details") or {}),
        "next_action": body.get("next_action", ""),
    }
    kind: type[WorkbenchError] = RemoteError
    if code in _ENVIRONMENT:
        kind = EnvironmentFault
    elif code in _INPUT:
        kind = InputError
    return kind(code, sentence, details)


def code_and_sentence(body: Mapping[str, Any]) -> tuple[str, str]:
    """Return the class, and the sentence with the next action behind it."""
    code = str(body.get("error_class") or ErrorClass.UNKNOWN)
    parts = (str(body.get(key) or "") for key in ("sentence", "next_action"))
    return code, " ".join(part for part in parts if part)


def crashed(log: Path, exit_code: int | None = None) -> RemoteError:
    """Return the error for a worker that ended in the middle of its work."""
    ending = "" if exit_code is None else f" (exit code {exit_code})"
    return RemoteError(
        ErrorClass.CRASH.value,
        f"The worker ended unexpectedly{ending}. Look into {log.name} and try again.",
        {"log": str(log), "log_tail": tail(log), "exit_code": exit_code},
    )


def tail(log: Path, lines: int = 40) -> str:
    """Return the last lines of a text file, read from its end."""
    try:
        with log.open("rb") as file:
            size = file.seek(0, 2)
            file.seek(max(0, size - 400 * lines))
            text = file.read().decode("utf-8", errors="replace")
    except OSError:
        return ""
    return "\n".join(text.splitlines()[-lines:])
