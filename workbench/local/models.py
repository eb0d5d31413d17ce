"""Model folders on this computer, read without torch.

A model folder holds ``config.json`` and safetensors; the number of parameters
stands in the headers of those files.
"""

import dataclasses
import json
import math
import struct
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from workbench.domain.errors import InputError
from workbench.domain.models import (
    BUILTIN_MODEL,
    ModelKind,
    ModelRef,
    folder_adapter,
)

_ADAPTER_CONFIG = "adapter_config.json"
_ADAPTER_WEIGHTS = "adapter_model.safetensors"
_LARGEST_HEADER = 100_000_000  # bytes; the format's own limit


@dataclasses.dataclass(frozen=True, slots=True)
class ModelFacts:
    """What the files of a model folder say.

    Attributes:
        architecture: class name of transformers, such as ``LlamaForCausalLM``.
        parameters: number of weights in the files.
        bytes: size of the weight files.
        has_template: whether it knows how to be asked as a chat.
    """

    folder: Path
    name: str
    architecture: str
    parameters: int
    bytes: int
    has_template: bool


@dataclasses.dataclass(frozen=True, slots=True)
class FolderLibrary:
    """The built-in model and those in folders; implements `ModelLibrary`.

    Attributes:
        resources: folder of the built-in model.
    """

    resources: Path

    def builtin(self) -> ModelRef:
        """Return the built-in model."""
        return BUILTIN_MODEL

    def builtin_folder(self) -> Path:
        """Return the folder of the built-in model."""
        return self.resources

    def scan(self, folders: Sequence[Path]) -> Sequence[ModelRef]:
        """Return models found in these folders and one level below, by name.

        A folder that is gone or is no model is passed over.
        """
        found: dict[str, ModelRef] = {}
        for folder in _candidates(folders):
            try:
                model = self.inspect(folder)
            except InputError:
                continue
            found.setdefault(model.path, model)
        return sorted(found.values(), key=lambda model: model.name.casefold())

    def adapters(self, model: ModelRef) -> Sequence[ModelRef]:
        """Return the model with each adapter that lies in its folder, or just below."""
        if model.kind is not ModelKind.LOCAL:
            return ()
        found = find_adapters(Path(model.path))
        return tuple(folder_adapter(model.base, str(one)) for one in found)

    def inspect(self, folder: Path) -> ModelRef:
        """Return the model in a folder.

        Raises:
            InputError: ``model.not_one`` with the reason.
        """
        facts = read_facts(folder)
        if not facts.has_template:
            raise _not_one(folder, "it has no chat template")
        return ModelRef(ModelKind.LOCAL, facts.name, str(facts.folder))


def read_facts(folder: Path) -> ModelFacts:
    """Read what the files of a model folder say.

    Raises:
        InputError: ``model.not_one`` with the reason.
    """
    config = _read_json(folder / "config.json")
    if config is None:
        raise _not_one(folder, "there is no readable config.json")
    weights = [
        path
        for path in sorted(folder.glob("*.safetensors"))
        if path.name != _ADAPTER_WEIGHTS
    ]
    if not weights:
        raise _not_one(folder, "there are no safetensors files")
    if not (folder / "tokenizer_config.json").is_file():
        raise _not_one(folder, "there is no tokenizer")
    architectures = config.get("architectures") or [config.get("model_type", "")]
    return ModelFacts(
        folder=folder.absolute(),
        name=folder.absolute().name,
        architecture=str(architectures[0]),
        parameters=sum(count_parameters(path) for path in weights),
        bytes=sum(path.stat().st_size for path in weights),
        has_template=_has_template(folder),
    )


def count_parameters(weights: Path) -> int:
    """Return the number of weights of a safetensors file, from its header.

    Raises:
        InputError: ``model.not_one`` when the file is damaged.
    """
    try:
        with weights.open("rb") as file:
            (size,) = struct.unpack("<Q", file.read(8))
            header = json.loads(file.read(min(size, _LARGEST_HEADER)))
        return sum(
            math.prod(entry["shape"])
            for name, entry in header.items()
            if name != "__metadata__"
        )
    except (OSError, ValueError, struct.error, KeyError, TypeError) as error:
        raise _not_one(weights.parent, f"{weights.name} is damaged") from error


def find_adapters(folder: Path) -> Iterator[Path]:
    """Yield the LoRA adapters in a folder: itself, or folders one level below."""
    for one in (folder, *_subfolders(folder)):
        if (one / _ADAPTER_CONFIG).is_file() and (one / _ADAPTER_WEIGHTS).is_file():
            yield one


def _candidates(folders: Sequence[Path]) -> Iterator[Path]:
    """Yield the folders and those directly in them."""
    for folder in folders:
        yield folder
        yield from _subfolders(folder)


def _subfolders(folder: Path) -> list[Path]:
    """Return the folders directly in a folder, none when it cannot be read."""
    try:
        return sorted(one for one in folder.iterdir() if one.is_dir())
    except OSError:
        return []


def _has_template(folder: Path) -> bool:
    """Look for a template in its own file, else in the tokenizer's configuration."""
    if any((folder / f"chat_template.{end}").is_file() for end in ("jinja", "json")):
        return True
    return bool(
        (_read_json(folder / "tokenizer_config.json") or {}).get("chat_template")
    )


def _read_json(path: Path) -> dict[str, Any] | None:
    """Return a JSON object, None when there is none."""
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return value if isinstance(value, dict) else None


def _not_one(folder: Path, reason: str) -> InputError:
    return InputError(
        "model.not_one",
        f"{folder} is not a model that can be used here: {reason}.",
        {"folder": str(folder), "reason": reason},
    )
