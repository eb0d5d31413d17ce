"""Adapters on one base: off is the base bit by bit, on is not."""

import shutil
from pathlib import Path

import pytest
import torch

from tests.worker.helpers import make_lora
from workbench.worker.errors import WorkerError
from workbench.worker.models import LoadedModel
from workbench.worker.verify import prove

PROMPTS = [[3, 40, 41, 4], [3, 50, 4], [3, 60, 61, 62, 4]]


def _logits(loaded: LoadedModel, adapter: str | None) -> torch.Tensor:
    with torch.inference_mode(), loaded.using(adapter):
        return loaded.network(input_ids=torch.tensor([PROMPTS[0]])).logits


def test_an_adapter_switched_off_is_the_base(tmp_path: Path, model: Path) -> None:
    loaded = LoadedModel(model, "cpu")
    base = _logits(loaded, None)
    loaded.attach("one", make_lora(tmp_path / "one", model, seed=1))
    loaded.attach("two.with.dots", make_lora(tmp_path / "two", model, seed=2))

    assert torch.equal(_logits(loaded, None), base)
    assert not torch.equal(_logits(loaded, "one"), base)
    assert not torch.equal(_logits(loaded, "two.with.dots"), _logits(loaded, "one"))
    assert torch.equal(_logits(loaded, None), base)
    assert prove(loaded, "one", PROMPTS) == {
        "off_equals_base": True,
        "on_differs": True,
        "prompts": 3,
    }


def test_a_base_that_was_changed_is_found_out(tmp_path: Path, model: Path) -> None:
    loaded = LoadedModel(model, "cpu")
    loaded.attach("one", make_lora(tmp_path / "one", model))
    with torch.no_grad():
        loaded.network.model.norm.weight.mul_(1.01)

    assert not prove(loaded, "one", PROMPTS)["off_equals_base"]


def test_an_adapter_whose_files_changed_is_loaded_again(
    tmp_path: Path, model: Path
) -> None:
    loaded = LoadedModel(model, "cpu")
    folder = make_lora(tmp_path / "one", model, seed=1)
    loaded.attach("one", folder)
    before = _logits(loaded, "one")
    shutil.copytree(
        make_lora(tmp_path / "new", model, seed=2), folder, dirs_exist_ok=True
    )
    loaded.attach("one", folder)

    assert not torch.equal(_logits(loaded, "one"), before)


def test_an_incomplete_adapter_is_named(tmp_path: Path, model: Path) -> None:
    loaded = LoadedModel(model, "cpu")

    with pytest.raises(WorkerError, match="no adapter_config"):
        loaded.attach("one", tmp_path)
    with pytest.raises(WorkerError, match="not loaded"), loaded.using("one"):
        pass


def test_weights_are_float32_on_the_processor(model: Path) -> None:
    assert LoadedModel(model, "cpu").network.dtype is torch.float32
