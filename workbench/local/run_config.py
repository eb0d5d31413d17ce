"""Writes what a worker reads: configuration and commands, whole or not at all."""

import dataclasses
import hashlib
import json
import os
from pathlib import Path
from typing import Any

from workbench.domain.tuning import TrainingSettings
from workbench.worker.protocol import (
    CONTROL_FILE,
    SCHEMA,
    Command,
    DataFile,
    OverLimit,
    RunConfig,
    Settings,
)

# Not offered to the person yet; they move to `TrainingSettings` when they are.
_OVER_LIMIT = OverLimit.REFUSE
_MAX_LOST = 0.05
_PATIENCE = 0
_KEPT_CHECKPOINTS = 3
_SAMPLES = 3
_SAMPLE_TOKENS = 64


def make_config(
    *,
    run_ulid: str,
    model: Path,
    data: DataFile,
    settings: TrainingSettings,
    prepared_sha256: str = "",
    resume_from: Path | None = None,
    device: str = "auto",
) -> RunConfig:
    """Return the configuration of a run; every value the worker needs is in it."""
    return RunConfig(
        schema=SCHEMA,
        run_id=run_ulid,
        model_path=str(model),
        model_revision="",
        data=data,
        template_arguments={},
        settings=_settings(settings),
        prepared_sha256=prepared_sha256,
        resume_from=str(resume_from) if resume_from else "",
        device=device,
    )


def _settings(settings: TrainingSettings) -> Settings:
    """Return the person's settings with those nobody is asked for."""
    return Settings(
        **dataclasses.asdict(settings),
        over_limit=_OVER_LIMIT.value,
        max_lost=_MAX_LOST,
        patience=_PATIENCE,
        keep_checkpoints=_KEPT_CHECKPOINTS,
        samples=_SAMPLES,
        sample_tokens=_SAMPLE_TOKENS,
    )


def data_file(directory: Path, data: Path) -> DataFile:
    """Name a data file by its hash, relative when it lies in the run directory."""
    with data.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    inside = data.absolute().is_relative_to(directory.absolute())
    path = (
        data.absolute().relative_to(directory.absolute()) if inside else data.absolute()
    )
    return DataFile(path.as_posix() if inside else str(path), sha256)


def write_json(path: Path, value: Any) -> None:
    """Write JSON such that a reader sees the old or the new file, never half of it."""
    partial = path.with_name(path.name + ".part")
    with partial.open("w", encoding="utf-8", newline="\n") as file:
        json.dump(value, file, ensure_ascii=False, indent=1)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)


def read_json(path: Path) -> dict[str, Any] | None:
    """Return a JSON object, None when there is no readable one."""
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return value if isinstance(value, dict) else None


def ask(directory: Path, command: Command) -> None:
    """Ask a run for something; a newer command replaces an older one."""
    last = read_json(directory / CONTROL_FILE) or {}
    seq = int(last.get("seq") or 0) + 1
    write_json(directory / CONTROL_FILE, {"seq": seq, "command": command.value})


def asked_to_stop(directory: Path) -> bool:
    """Tell whether the person asked this run to stop, in this window or an earlier."""
    value = read_json(directory / CONTROL_FILE) or {}
    return str(value.get("command", "")).startswith("stop")
