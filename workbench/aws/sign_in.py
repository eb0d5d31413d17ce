"""The browser sign-in, which only the AWS CLI can do: a child process, stoppable."""

import contextlib
import os
import shutil
import subprocess
import threading
from collections.abc import Callable
from typing import IO

from workbench.aws import profiles
from workbench.aws.errors import without_secrets
from workbench.aws.session import Sessions
from workbench.domain.connections import AwsConnection
from workbench.domain.errors import EnvironmentFault, RemoteError
from workbench.domain.generation import StopSignal

_LOOK_SECONDS = 0.1
_END_SECONDS = 3.0
_CLI = "aws"


def sign_in(
    sessions: Sessions,
    connection: AwsConnection,
    on_line: Callable[[str], None],
    stop: StopSignal,
) -> None:
    """Run ``aws sso login`` (or what the profile needs); blocks until it has ended.

    Args:
        sessions: read the profile again afterwards.
        connection: whose profile.
        on_line: is told what the CLI says: the address and the code to type there.
        stop: ends the CLI.

    Raises:
        EnvironmentFault: ``aws.cli_missing``, with the command to run elsewhere.
        RemoteError: ``aws.sign_in_failed``.
        CancelledError: somebody asked to stop.
    """
    words = profiles.sign_in_words(connection.profile)
    command = profiles.sign_in_command(connection.profile)
    program = shutil.which(_CLI)
    # Questions cannot be answered here: a profile is set up in a terminal.
    if program is None or "configure" in words:
        raise EnvironmentFault(
            "aws.cli_missing" if program is None else "aws.sign_in_elsewhere",
            f"Sign in with: {command}",
            {"command": command},
        )
    last = _run([program, *words[1:]], on_line, stop)
    sessions.forget(connection)
    if last is not None:
        raise RemoteError(
            "aws.sign_in_failed",
            f"The sign-in did not succeed: {last}",
            {"command": command, "reason": last},
        )


def _run(
    words: list[str], on_line: Callable[[str], None], stop: StopSignal
) -> str | None:
    """Return None when the child succeeded, else its last words."""
    stop.check()
    process = subprocess.Popen(
        words,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        start_new_session=os.name != "nt",
    )
    said: list[str] = []
    reader = threading.Thread(
        target=_read, args=(process.stdout, said, on_line), name="aws-sign-in"
    )
    reader.daemon = True
    reader.start()
    try:
        while process.poll() is None and not stop.wait(_LOOK_SECONDS):
            pass
    finally:
        _end(process)
        reader.join(_END_SECONDS)
    stop.check()
    return None if process.returncode == 0 else (said[-1] if said else "")


def _read(
    stdout: IO[str] | None, said: list[str], on_line: Callable[[str], None]
) -> None:
    if stdout is None:
        return
    with stdout:
        for line in stdout:
            text = without_secrets(line.strip())
            if text:
                said.append(text)
                on_line(text)


def _end(process: "subprocess.Popen[str]") -> None:
    if process.poll() is not None:
        return
    process.terminate()
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(_END_SECONDS)
    if process.poll() is None:
        process.kill()
        process.wait()
