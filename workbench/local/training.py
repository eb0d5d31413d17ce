"""Prepares, starts and finds training runs again; implements `TrainingLauncher`.

The run directory is all there is between this process and the worker (see
`workbench.worker.protocol`), so a window that was closed or killed finds a run again by
its directory.
"""

import contextlib
import json
import subprocess
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any

from workbench.domain.errors import CancelledError, EnvironmentFault, InputError
from workbench.domain.generation import StopSignal
from workbench.domain.models import ModelKind, ModelRef
from workbench.domain.tuning import Preparation, PreparedRow, TrainingSettings
from workbench.local.faults import crashed, fault
from workbench.local.interpreter import InterpreterFinder, child_environment, detached
from workbench.local.processes import created_at
from workbench.local.run_config import data_file, make_config, read_json, write_json
from workbench.local.run_handle import LAUNCH_FILE, RunHandle
from workbench.worker.protocol import (
    CONFIG_FILE,
    EVENTS_FILE,
    LOG_FILE,
    PREPARATION_FILE,
    PREPARE_FILE,
    PREPARED_FILE,
    SCHEMA,
    DataFile,
)

EXAMPLES = 50
"""Prepared rows that are handed to the window at once."""

_LOOK_SECONDS = 0.05
_END_SECONDS = 5.0


class LocalTrainer:
    """Trains on this computer, one process per run."""

    def __init__(
        self, finder: InterpreterFinder, builtin_folder: Path, *, device: str = "auto"
    ) -> None:
        """Start nothing yet.

        Args:
            finder: of the interpreter with torch.
            builtin_folder: folder of the built-in model.
            device: ``auto``, ``cpu`` or ``cuda``.
        """
        self._finder = finder
        self._builtin = builtin_folder
        self._device = device
        # Held because a Popen that is dropped while its child runs on complains; a run
        # outlives its handle whenever the project is closed.
        self._children: list[subprocess.Popen[bytes]] = []

    def prepare(
        self,
        directory: Path,
        *,
        run_ulid: str,
        base: ModelRef,
        data: Path,
        settings: TrainingSettings,
        stop: StopSignal,
    ) -> Preparation:
        """Run the preparation pass in the worker; blocks the calling thread.

        Raises:
            InputError: DATA or TEMPLATE, with the rows or both tails in the details;
                ``run.started`` when the run was started already.
            EnvironmentFault: ``worker.missing``, DISK, ….
            RemoteError: CRASH.
            CancelledError: `stop` was set.
        """
        _refuse_started(directory)
        directory.mkdir(parents=True, exist_ok=True)
        for name in (PREPARATION_FILE, PREPARED_FILE):
            (directory / name).unlink(missing_ok=True)
        config = make_config(
            run_ulid=run_ulid,
            model=self._folder(base),
            data=data_file(directory, data),
            settings=settings,
            device=self._device,
        )
        write_json(directory / PREPARE_FILE, config.to_json())
        command = self._finder.find().command("prepare", "--run-dir", str(directory))
        try:
            code = _run(command, directory / LOG_FILE, stop)
        except CancelledError:
            # Written before the time is measured, but nobody waited for it.
            (directory / PREPARATION_FILE).unlink(missing_ok=True)
            raise
        report = read_json(directory / PREPARATION_FILE)
        if report is None:
            raise crashed(directory / LOG_FILE, code)
        if report.get("error"):
            dropped = report.get("dropped_rows") or {}
            body = report["error"]
            raise fault(body | {"details": {"dropped_rows": dropped, **_details(body)}})
        return _preparation(directory, report)

    def preparation(self, directory: Path) -> Preparation | None:
        """Read what an earlier preparation pass found, None when there was none."""
        report = read_json(directory / PREPARATION_FILE)
        if report is None or report.get("error") or report.get("v", 0) > SCHEMA:
            return None
        return _preparation(directory, report)

    def rows(self, directory: Path) -> Iterator[PreparedRow]:
        """Yield every prepared row as it will be trained, in the file's order."""
        with (directory / PREPARED_FILE).open(encoding="utf-8") as file:
            for line in file:
                yield _row(json.loads(line))

    def start(
        self,
        directory: Path,
        *,
        run_ulid: str,
        base: ModelRef,
        settings: TrainingSettings,
        preparation: Preparation,
        resume_from: Path | None = None,
    ) -> RunHandle:
        """Write config.json and start the worker.

        Args:
            directory: the run directory, prepared.
            run_ulid: identity of the run.
            base: the model.
            settings: every setting.
            preparation: what was shown; training refuses other rows.
            resume_from: checkpoint, or folder of checkpoints, of an earlier run.

        Raises:
            InputError: ``run.started`` or ``run.not_prepared``.
            EnvironmentFault: ``worker.missing``, ``worker.start``.
        """
        _refuse_started(directory)
        prepared = read_json(directory / PREPARE_FILE)
        if prepared is None:
            raise InputError("run.not_prepared", "Check the rows before the start.")
        config = make_config(
            run_ulid=run_ulid,
            model=self._folder(base),
            data=DataFile(**prepared["data"]),
            settings=settings,
            prepared_sha256=preparation.sha256,
            resume_from=resume_from,
            device=self._device,
        )
        write_json(directory / CONFIG_FILE, config.to_json())
        arguments = ("--run-dir", str(directory), "--run-id", run_ulid)
        command = self._finder.find().command("train", *arguments)
        with (directory / LOG_FILE).open("ab") as log:
            process = _popen(command, log)
        self._children = [one for one in self._children if one.poll() is None]
        self._children.append(process)
        launch = {
            "pid": process.pid,
            "create_time": created_at(process.pid),
            "command": command,
            "t": time.time(),
        }
        # It runs: a disk that is full just now must not make it unknown. The worker
        # writes who it is, too.
        with contextlib.suppress(OSError):
            write_json(directory / LAUNCH_FILE, launch)
        return RunHandle(directory, run_ulid, process)

    def attach(self, directory: Path, *, run_ulid: str) -> RunHandle:
        """Find a started run again by its directory."""
        return RunHandle(directory, run_ulid)

    def _folder(self, base: ModelRef) -> Path:
        return self._builtin if base.kind is ModelKind.BUILTIN else Path(base.path)


def _refuse_started(directory: Path) -> None:
    """A directory belongs to one run and is never used again (REQ-R2)."""
    if (directory / EVENTS_FILE).exists():
        raise InputError("run.started", "This run was started already.")


def _popen(command: list[str], log: IO[bytes]) -> subprocess.Popen[bytes]:
    """Start a process that outlives this one, with all its output in the log.

    Raises:
        EnvironmentFault: ``worker.start``.
    """
    try:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            env=child_environment(),
            close_fds=True,
            **detached(),
        )
    except OSError as error:
        raise EnvironmentFault(
            "worker.start",
            f"The worker cannot be started with {command[0]}: {error.strerror}. "
            "A virus scanner or App Control may block it.",
            {"command": command[0]},
        ) from error


def _run(command: list[str], log_file: Path, stop: StopSignal) -> int:
    """Run a process to its end and return its exit code.

    Raises:
        CancelledError: `stop` was set; the process is gone then.
    """
    with log_file.open("ab") as log:
        process = _popen(command, log)
    while process.poll() is None:
        if stop.wait(_LOOK_SECONDS):
            process.terminate()
            try:
                process.wait(_END_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            raise CancelledError
    return process.returncode


def _details(body: Mapping[str, Any]) -> dict[str, Any]:
    return dict(body.get("details") or {})


def _preparation(directory: Path, report: Mapping[str, Any]) -> Preparation:
    """Return the report with the first rows of the prepared file."""
    return Preparation(
        sha256=report["sha256"],
        rows_in=report["rows_in"],
        trained=report["trained"],
        validation=report["validation"],
        dropped=tuple(sorted(report["dropped"].items())),
        lengths=tuple(report["lengths"]),
        limit=report["limit"],
        stop_token=report["stop_token"],
        stop_learned=report["stop_learned"],
        steps=report["steps"],
        examples=tuple(_first_rows(directory / PREPARED_FILE)),
        seconds=report.get("run_seconds"),
    )


def _first_rows(path: Path) -> Iterator[PreparedRow]:
    """Yield the first prepared rows."""
    with path.open(encoding="utf-8") as file:
        for _, line in zip(range(EXAMPLES), file, strict=False):
            yield _row(json.loads(line))


def _row(line: Mapping[str, Any]) -> PreparedRow:
    """Return a line of the prepared file as the window shows it."""
    return PreparedRow(
        row=line["row"],
        split=line["split"],
        pieces=tuple((span["text"], span["trained"]) for span in line["pieces"]),
        prompt_tokens=line["prompt_tokens"],
        trained_tokens=line["trained_tokens"],
        dropped=line["dropped"],
    )
