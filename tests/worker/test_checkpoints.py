"""Only complete checkpoints count."""

from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file

from workbench.worker.checkpoints import newest_complete, resolve, step_of
from workbench.worker.errors import WorkerError


def _checkpoint(folder: Path, step: int) -> Path:
    path = folder / f"checkpoint-{step}"
    path.mkdir(parents=True)
    for name in ("adapter_config.json", "optimizer.pt", "scheduler.pt"):
        (path / name).write_text("{}", encoding="utf-8")
    (path / "trainer_state.json").write_text("{}", encoding="utf-8")
    save_file({"w": torch.zeros(8)}, path / "adapter_model.safetensors")
    return path


def test_the_newest_by_number_is_taken(tmp_path: Path) -> None:
    for step in (9, 10, 2):
        _checkpoint(tmp_path, step)
    (tmp_path / "checkpoint-new").mkdir()

    found = newest_complete(tmp_path)
    assert found
    assert step_of(found) == 10


@pytest.mark.parametrize(
    "damage", ["sentinel", "no state", "half a state", "short weights", "no optimizer"]
)
def test_an_incomplete_one_is_passed_over(tmp_path: Path, damage: str) -> None:
    older, newest = _checkpoint(tmp_path, 1), _checkpoint(tmp_path, 2)
    weights = newest / "adapter_model.safetensors"
    match damage:
        case "sentinel":
            (newest / "checkpoint-is-incomplete.txt").touch()
        case "no state":
            (newest / "trainer_state.json").unlink()
        case "half a state":
            (newest / "trainer_state.json").write_text('{"a":', encoding="utf-8")
        case "short weights":
            weights.write_bytes(weights.read_bytes()[:-1])
        case _:
            (newest / "optimizer.pt").unlink()

    assert newest_complete(tmp_path) == older
    with pytest.raises(WorkerError, match="no complete checkpoint"):
        resolve(str(newest))


def test_resuming_is_only_done_when_asked(tmp_path: Path) -> None:
    path = _checkpoint(tmp_path, 3)

    assert resolve("") is None
    assert resolve(str(path)) == resolve(str(tmp_path)) == path
