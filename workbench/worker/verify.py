"""Proof that an adapter is off where it is said to be off, and on where it is on."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypedDict

from workbench.worker.models import LoadedModel, load_network

if TYPE_CHECKING:
    import torch


class Proof(TypedDict):
    """Result over all prompts (REQ-C1)."""

    off_equals_base: bool
    on_differs: bool
    prompts: int


def prove(loaded: LoadedModel, adapter: str, prompts: Sequence[Sequence[int]]) -> Proof:
    """Compare logits of the bare base with those with the adapter off and on.

    The bare base is a second copy, read from the disk and never touched by peft; it is
    let go afterwards.

    Args:
        loaded: the model with the adapter attached.
        adapter: its id.
        prompts: token ids of the prompts.

    Returns:
        Whether *off* equals the base bit by bit on every prompt, and *on* differs on
        at least one.
    """
    import torch

    bare = load_network(loaded.path, loaded.device, loaded.dtype).eval()
    off_equals, on_differs = True, False
    with torch.inference_mode():
        for prompt in prompts:
            ids = torch.tensor([list(prompt)], device=loaded.device)
            base = _logits(bare, ids)
            with loaded.using(None):
                off = _logits(loaded.network, ids)
            with loaded.using(adapter):
                on = _logits(loaded.network, ids)
            off_equals = off_equals and torch.equal(base, off)
            on_differs = on_differs or not torch.equal(base, on)
    return {
        "off_equals_base": off_equals and bool(prompts),
        "on_differs": on_differs,
        "prompts": len(prompts),
    }


def _logits(network: "torch.nn.Module", ids: "torch.Tensor") -> "torch.Tensor":
    """Return the logits of all places."""
    logits: torch.Tensor = network(input_ids=ids, use_cache=False).logits
    return logits
