"""Give a trained toy tokens for a blank with two digits, without starting over.

With " 2957" as blank, 29, 57 the model could not tell which pair comes first when it
copied an order number (measured: right half of the time, whatever the training).
With " 29", 57 the first pair has a token of its own. The hundred latest, hence
rarest, merges make room, so the vocabulary keeps its size; each new embedding starts
between those of its parts.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from safetensors.torch import load_file, save_file

from tokenizer import dress, new_bpe

if TYPE_CHECKING:
    import torch
    from transformers import PreTrainedTokenizerFast

PAIRS = tuple(f"{number:02d}" for number in range(100))
EMBEDDING = "model.embed_tokens.weight"


def renumbered(state: dict[str, Any]) -> dict[str, Any]:
    """Exchange the last hundred merges of a tokenizer's state."""
    model = state["model"]
    gone = {"".join(pair) for pair in model["merges"][-len(PAIRS) :]}
    if gone & set(PAIRS):
        raise ValueError("a pair of digits is among the latest merges")
    free = sorted(model["vocab"].pop(token) for token in gone)
    model["merges"] = model["merges"][: -len(PAIRS)]
    model["merges"] += [["Ġ", pair] for pair in PAIRS]
    model["vocab"] |= {f"Ġ{p}": i for p, i in zip(PAIRS, free, strict=True)}
    state["pre_tokenizer"] = json.loads(new_bpe().to_str())["pre_tokenizer"]
    return state


def place_embeddings(weights: dict[str, torch.Tensor], vocab: dict[str, int]) -> None:
    """Start each new token between the blank and its pair."""
    table = weights[EMBEDDING]
    for pair in PAIRS:
        parts = 0.8 * table[vocab[pair]] + 0.4 * table[vocab["Ġ"]]
        table[vocab[f"Ġ{pair}"]] = parts


def main() -> None:
    """Write the start of a further run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    state = json.loads((args.run / "tokenizer.json").read_text("utf-8"))
    bpe = new_bpe().from_str(json.dumps(renumbered(state), ensure_ascii=False))
    tokenizer: PreTrainedTokenizerFast = dress(bpe)
    tokenizer.save_pretrained(args.out)
    weights = load_file(args.run / "model.safetensors")
    place_embeddings(weights, tokenizer.get_vocab())
    save_file(weights, args.out / "model.safetensors", {"format": "pt"})


if __name__ == "__main__":
    main()
