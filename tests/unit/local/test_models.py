"""Model folders, checkpoints and hardware, read without torch."""

import json
import struct
from pathlib import Path

import pytest

from tests.unit.local.fake_worker import write_adapter
from workbench.domain.errors import InputError
from workbench.domain.models import ModelKind, adapter_folder
from workbench.local.hardware import cores, parse_gpus
from workbench.local.models import FolderLibrary, read_facts
from workbench.local.run_files import is_whole, newest_checkpoint


def _model(folder: Path, *, template: bool = True) -> Path:
    folder.mkdir(parents=True)
    config = {"architectures": ["LlamaForCausalLM"]}
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
    (folder / "tokenizer_config.json").write_text("{}", encoding="utf-8")
    if template:
        (folder / "chat_template.jinja").write_text("{{ x }}", encoding="utf-8")
    entry = {"dtype": "BF16", "shape": [3, 4], "data_offsets": [0, 24]}
    header = json.dumps({"w": entry, "__metadata__": {"format": "pt"}}).encode("utf-8")
    data = struct.pack("<Q", len(header)) + header + bytes(24)
    (folder / "model.safetensors").write_bytes(data)
    return folder


def test_facts_come_from_the_files(tmp_path: Path) -> None:
    folder = _model(tmp_path / "小さな モデル")
    write_adapter(folder / "lora")
    facts = read_facts(folder)

    assert facts.name == "小さな モデル"
    assert facts.architecture == "LlamaForCausalLM"
    assert facts.parameters == 12
    assert facts.has_template
    library = FolderLibrary(tmp_path / "builtin")
    (tuned,) = library.adapters(library.inspect(folder))
    assert tuned.label == "小さな モデル + lora"
    assert tuned.base == library.inspect(folder)
    assert adapter_folder(tuned.adapter_ulid) == str(folder / "lora")
    assert library.adapters(library.builtin()) == ()


def test_folders_and_those_in_them_are_scanned(tmp_path: Path) -> None:
    _model(tmp_path / "all" / "b")
    _model(tmp_path / "all" / "A")
    (tmp_path / "all" / "empty").mkdir()
    single = _model(tmp_path / "single")
    library = FolderLibrary(tmp_path / "builtin")
    found = library.scan([tmp_path / "all", single, tmp_path / "gone"])

    assert [model.name for model in found] == ["A", "b", "single"]
    assert all(model.kind is ModelKind.LOCAL for model in found)
    assert library.builtin().kind is ModelKind.BUILTIN
    assert library.builtin_folder() == tmp_path / "builtin"


@pytest.mark.parametrize(
    ("missing", "reason"),
    [
        ("config.json", "config.json"),
        ("model.safetensors", "safetensors"),
        ("tokenizer_config.json", "tokenizer"),
        ("chat_template.jinja", "chat template"),
    ],
)
def test_what_is_missing_is_said(tmp_path: Path, missing: str, reason: str) -> None:
    folder = _model(tmp_path / "model")
    (folder / missing).unlink()

    with pytest.raises(InputError) as caught:
        FolderLibrary(tmp_path).inspect(folder)
    assert caught.value.code == "model.not_one"
    assert reason in caught.value.sentence


def test_damaged_weights_are_noticed(tmp_path: Path) -> None:
    folder = _model(tmp_path / "model")
    (folder / "model.safetensors").write_bytes(b"\x08\0\0\0\0\0\0\0{broken}")

    with pytest.raises(InputError, match="damaged"):
        read_facts(folder)


def test_only_complete_checkpoints_count(tmp_path: Path) -> None:
    for step in (5, 20):
        folder = tmp_path / "checkpoints" / f"checkpoint-{step}"
        write_adapter(folder)
        (folder / "optimizer.pt").touch()
        (folder / "trainer_state.json").write_text("{}", encoding="utf-8")
    newest = tmp_path / "checkpoints" / "checkpoint-20"
    assert newest_checkpoint(tmp_path) == newest
    (newest / "checkpoint-is-incomplete.txt").touch()

    found = newest_checkpoint(tmp_path)
    assert found
    assert found.name == "checkpoint-5"
    assert not is_whole(newest / "checkpoint-is-incomplete.txt")


def test_gpus_are_read_from_the_driver() -> None:
    text = "NVIDIA H200, 143771, 143000, 570.1\nodd, [N/A], 1, 2\n\n"
    (gpu,) = parse_gpus(text)

    assert (gpu.name, gpu.driver) == ("NVIDIA H200", "570.1")
    assert gpu.memory == 143771 * 1024**2
    assert cores() >= 1
