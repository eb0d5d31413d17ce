"""Which checkpoints can be resumed from.

transformers' own `get_last_checkpoint` returns the newest folder even when it was left
half written; here a checkpoint counts only when it is complete (REQ-R3).
"""

import json
import struct
from pathlib import Path

from workbench.worker.errors import WorkerError
from workbench.worker.protocol import INCOMPLETE_SENTINEL, ErrorClass

_PREFIX = "checkpoint-"
_WEIGHTS = "adapter_model.safetensors"
_STATE = "trainer_state.json"
_NEEDED = (_WEIGHTS, "adapter_config.json", "optimizer.pt", "scheduler.pt", _STATE)


def step_of(checkpoint: Path) -> int:
    """Return the step in a checkpoint's name, -1 when it is no checkpoint."""
    number = checkpoint.name.removeprefix(_PREFIX)
    named = checkpoint.name.startswith(_PREFIX) and number.isdecimal()
    return int(number) if named else -1


def is_complete(checkpoint: Path) -> bool:
    """Tell whether everything is there: no sentinel, all files, whole weights.

    The trainer writes its state file last.
    """
    if (checkpoint / INCOMPLETE_SENTINEL).exists():
        return False
    if not all((checkpoint / name).is_file() for name in _NEEDED):
        return False
    try:
        json.loads((checkpoint / _STATE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return is_whole(checkpoint / _WEIGHTS)


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
    except (OSError, ValueError, struct.error, KeyError, TypeError):
        return False


def newest_complete(folder: Path) -> Path | None:
    """Return the newest complete checkpoint of a folder, None when there is none."""
    found = sorted(folder.glob(_PREFIX + "*"), key=step_of, reverse=True)
    return next((one for one in found if step_of(one) >= 0 and is_complete(one)), None)


def resolve(resume_from: str) -> Path | None:
    """Return the checkpoint to resume from; an empty text means from the start.

    Raises:
        WorkerError: DATA when it was asked for and there is no complete one.
    """
    if not resume_from:
        return None
    asked = Path(resume_from)
    found = asked if step_of(asked) >= 0 else newest_complete(asked)
    if found is None or not is_complete(found):
        raise WorkerError(
            ErrorClass.DATA,
            f"There is no complete checkpoint at {asked}.",
            "Start the run from the beginning.",
        )
    return found
