"""LoRA on a few records of the sample project, in plain PyTorch."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
from peft import LoraConfig, PeftModel, get_peft_model
from torch.nn import functional

from answering import Record, chat, prompt_ids
from tokenizer import END_ID, PAD_ID

if TYPE_CHECKING:
    from transformers import PreTrainedModel, PreTrainedTokenizerBase


EPOCHS, BATCH, LEAST_STEPS = 12, 8, 20


def steps_for(records: int) -> int:
    """Updates of a run: twelve epochs, as the program's balanced preset has them."""
    return max(LEAST_STEPS, EPOCHS * math.ceil(records / BATCH))


@dataclass(frozen=True)
class Recipe:
    """Settings of one LoRA run, but for the steps those of the balanced preset.

    ``steps_for`` gives the steps.
    """

    steps: int = 300
    batch: int = BATCH
    rate: float = 0.002
    rank: int = 16
    alpha: int = 32
    seed: int = 0


@dataclass(frozen=True)
class Row:
    """Prompt and completion ids, and where the completion starts."""

    ids: list[int]
    start: int


def make_rows(
    tokenizer: PreTrainedTokenizerBase, system: str, records: list[Record]
) -> list[Row]:
    """Tokenize records with the short prompt; the end token is learned."""
    rows = []
    for record in records:
        prompt = prompt_ids(tokenizer, chat(system, [], record.ticket))
        answer = tokenizer.encode(record.answer, add_special_tokens=False)
        rows.append(Row([*prompt, *answer, END_ID], len(prompt)))
    return rows


def completion_loss(model: PeftModel, rows: list[Row]) -> torch.Tensor:
    """Mean cross-entropy over the completions of right-padded rows."""
    width = max(len(row.ids) for row in rows)
    ids = torch.tensor([r.ids + [PAD_ID] * (width - len(r.ids)) for r in rows])
    labels = torch.full_like(ids, -100)
    for index, row in enumerate(rows):
        labels[index, row.start : len(row.ids)] = ids[index, row.start : len(row.ids)]
    logits = model(input_ids=ids).logits[:, :-1]
    return functional.cross_entropy(
        logits.reshape(-1, logits.shape[-1]), labels[:, 1:].reshape(-1)
    )


def tune(
    base: PreTrainedModel,
    tokenizer: PreTrainedTokenizerBase,
    system: str,
    records: list[Record],
    recipe: Recipe,
) -> PeftModel:
    """Train an adapter on the records; the base's own weights stay as they are."""
    torch.manual_seed(recipe.seed)
    rng = random.Random(recipe.seed)
    config = LoraConfig(
        r=recipe.rank,
        lora_alpha=recipe.alpha,
        target_modules="all-linear",
        task_type="CAUSAL_LM",
    )
    model = get_peft_model(base, config)
    rows = make_rows(tokenizer, system, records)
    trained = [p for p in model.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(trained, lr=recipe.rate, weight_decay=0.0)
    queue: list[Row] = []
    for step in range(recipe.steps):
        if len(queue) < recipe.batch:
            queue += rng.sample(rows, len(rows))
        chosen, queue = queue[: recipe.batch], queue[recipe.batch :]
        optimizer.param_groups[0]["lr"] = recipe.rate * _factor(step, recipe.steps)
        optimizer.zero_grad()
        completion_loss(model, chosen).backward()
        torch.nn.utils.clip_grad_norm_(trained, 1.0)
        optimizer.step()
    return model


def _factor(step: int, steps: int) -> float:
    warm = min(1.0, (step + 1) / max(5, math.ceil(0.05 * steps)))
    return warm * 0.5 * (1 + math.cos(math.pi * step / steps))
