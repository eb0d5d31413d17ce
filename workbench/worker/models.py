"""One loaded base model, with LoRA adapters that are switched on and off.

The base is loaded once; an adapter is attached beside its layers and only added when it
is on. Off, a LoRA layer returns what its base layer returns, so the logits are those of
the base bit by bit (`prove` checks it against a fresh copy from the disk).
"""

import contextlib
import dataclasses
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.worker.errors import WorkerError
from workbench.worker.protocol import ErrorClass
from workbench.worker.system import (
    choose_device,
    choose_dtype,
    describe_device,
    versions,
)
from workbench.worker.tokens import load_tokenizer, stop_ids

if TYPE_CHECKING:
    import torch
    from peft import PeftModel
    from transformers import PreTrainedModel

_ADAPTER_FILES = ("adapter_config.json", "adapter_model.safetensors")


def load_network(
    path: Path, device: "torch.device", dtype: "torch.dtype"
) -> "PreTrainedModel":
    """Load the weights of a model folder.

    Raises:
        WorkerError: MODEL_ACCESS when the folder is incomplete or of an unknown kind.
    """
    from transformers import AutoModelForCausalLM

    try:
        network = AutoModelForCausalLM.from_pretrained(
            str(path), dtype=dtype, local_files_only=True, use_safetensors=True
        )
    except (OSError, ValueError, KeyError, json.JSONDecodeError) as error:
        raise WorkerError(
            ErrorClass.MODEL_ACCESS, f"The model in {path} cannot be loaded: {error}"
        ) from error
    return network.to(device)


@dataclasses.dataclass(slots=True)
class _Attached:
    """An adapter in memory: its name inside peft, and which files it came from."""

    name: str
    path: Path
    stamp: tuple[int, int]


class LoadedModel:
    """A base model in memory with its tokenizer and any number of adapters.

    Attributes:
        path: folder of the base model.
        tokenizer: its tokenizer, with a chat template.
        stops: ids that end an answer.
        network: the transformers model; adapters live inside its layers.
        device: where it runs.
    """

    def __init__(self, path: Path, device: str) -> None:
        """Load tokenizer and weights.

        Raises:
            WorkerError: from `load_tokenizer`, `choose_device` or `load_network`.
        """
        self.path = path
        self.tokenizer = load_tokenizer(path)
        self.stops = stop_ids(self.tokenizer, path)
        self.device = choose_device(device)
        self.dtype = choose_dtype(self.device)
        self.network = load_network(path, self.device, self.dtype).eval()
        self.versions = versions() | {"device": describe_device(self.device)}
        self._peft: PeftModel | None = None
        self._attached: dict[str, _Attached] = {}

    @property
    def parameters(self) -> int:
        """Weights of the base model, those shared counted once."""
        return int(self.network.num_parameters())

    def attach(self, adapter: str, path: Path) -> None:
        """Load an adapter from its folder, again when its files have changed.

        Raises:
            WorkerError: MODEL_ACCESS when it is incomplete or of another base.
        """
        stamp = _stamp(path)
        known = self._attached.get(adapter)
        if known is not None and known.path == path and known.stamp == stamp:
            return
        # peft puts the name into module paths, where a dot would split it
        name = f"adapter{len(self._attached)}" if known is None else known.name
        try:
            self._load_adapter(name, path, replace=known is not None)
        except (OSError, ValueError, KeyError, RuntimeError) as error:
            raise WorkerError(
                ErrorClass.MODEL_ACCESS,
                f"The adapter in {path} does not fit the model in {self.path}.",
                "Choose the base model that this adapter was trained on.",
            ) from error
        self._attached[adapter] = _Attached(name, path, stamp)

    def _load_adapter(self, name: str, path: Path, *, replace: bool) -> None:
        from peft import PeftModel

        if self._peft is None:
            self._peft = PeftModel.from_pretrained(
                self.network, str(path), adapter_name=name, is_trainable=False
            )
        else:
            if replace:
                self._peft.delete_adapter(name)
            self._peft.load_adapter(str(path), adapter_name=name, is_trainable=False)
        self._peft.eval()

    @contextlib.contextmanager
    def using(self, adapter: str | None) -> Iterator[None]:
        """Switch one adapter on, or all off, while the block runs.

        Raises:
            WorkerError: MODEL_ACCESS when the adapter was not attached.
        """
        if adapter is not None and adapter not in self._attached:
            raise WorkerError(
                ErrorClass.MODEL_ACCESS, f"The adapter {adapter} is not loaded."
            )
        if self._peft is None:
            yield
        elif adapter is None:
            with self._peft.disable_adapter():
                yield
        else:
            self._peft.set_adapter(self._attached[adapter].name)
            yield


def _stamp(path: Path) -> tuple[int, int]:
    """Return size and time of an adapter's weights, to notice new ones.

    Raises:
        WorkerError: MODEL_ACCESS when a file is missing.
    """
    for name in _ADAPTER_FILES:
        if not (path / name).is_file():
            raise WorkerError(ErrorClass.MODEL_ACCESS, f"There is no {name} in {path}.")
    status = (path / _ADAPTER_FILES[1]).stat()
    return status.st_size, status.st_mtime_ns
