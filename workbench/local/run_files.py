"""What a run left behind: an adapter that is whole, checkpoints that are complete."""

import json
import struct
from pathlib import Path

from workbench.worker.protocol import (
    ADAPTER_FOLDER,
    CHECKPOINTS_FOLDER,
    INCOMPLETE_SENTINEL,
)

_WEIGHTS = "adapter_model.safetensors"
_CONFIG = "adapter_config.json"
_PREFIX = "checkpoint-"
_STATE = "trainer_state.json"


def has_adapter(run: Path) -> bool:
    """Tell whether the run's adapter can be opened."""
    folder = run / ADAPTER_FOLDER
    return (folder / _CONFIG).is_file() and is_whole(folder / _WEIGHTS)


def has_checkpoint(run: Path) -> bool:
    """Tell whether the run can be resumed."""
    return newest_checkpoint(run) is not None


def newest_checkpoint(run: Path) -> Path | None:
    """Return the newest complete checkpoint of a run, None when there is none."""
    found = [
        path
        for path in (run / CHECKPOINTS_FOLDER).glob(_PREFIX + "*")
        if path.name.removeprefix(_PREFIX).isdecimal()
    ]
    found.sort(key=lambda path: int(path.name.removeprefix(_PREFIX)), reverse=True)
    return next((path for path in found if _is_complete(path)), None)


def _is_complete(checkpoint: Path) -> bool:
    """Look for the sentinel of a half-written one, for all files, whole weights."""
    if (checkpoint / INCOMPLETE_SENTINEL).exists():
        return False
    try:
        json.loads((checkpoint / _STATE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return (checkpoint / "optimizer.pt").is_file() and is_whole(checkpoint / _WEIGHTS)


def is_whole(weights: Path) -> bool:
    """Tell whether a safetensors file is as long as its header says."""
    try:
        with weights.open("rb") as file:
            (size,) = struct.unpack("<Q", file.read(8))
            header = json.loads(file.read(size))
        ends = [
            entry["data_offsets"][1]
            for name, entry in header.items()
            if name != "__metadata__"
        ]
        end: int = 8 + size + max(ends, default=0)
        return weights.stat().st_size == end
    except (OSError, ValueError, struct.error, KeyError, TypeError, AttributeError):
        return False
