"""Greedy answers of a model to chat prompts, in left-padded batches."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import torch

from tokenizer import END_ID, PAD_ID

if TYPE_CHECKING:
    from pathlib import Path

    from peft import PeftModel
    from transformers import PreTrainedModel, PreTrainedTokenizerBase

Message = dict[str, str]
Model: TypeAlias = "PreTrainedModel | PeftModel"


@dataclass(frozen=True)
class Record:
    """A ticket with its right answer."""

    ticket: str
    answer: str


@dataclass(frozen=True)
class Reply:
    """What a model answered, and with how many tokens (the end token included)."""

    text: str
    tokens: int


def read_records(path: Path, ticket: str, answer: str) -> list[Record]:
    """Read a CSV file; the last two arguments name its columns."""
    with path.open(encoding="utf-8", newline="") as stream:
        return [Record(row[ticket], row[answer]) for row in csv.DictReader(stream)]


def chat(system: str, shots: list[Record], ticket: str) -> list[Message]:
    """A conversation with the examples as earlier turns."""
    messages = [{"role": "system", "content": system}]
    for shot in shots:
        messages.append({"role": "user", "content": shot.ticket})
        messages.append({"role": "assistant", "content": shot.answer})
    return [*messages, {"role": "user", "content": ticket}]


def prompt_ids(
    tokenizer: PreTrainedTokenizerBase, messages: list[Message]
) -> list[int]:
    """Token ids of a conversation, ready for the assistant's turn."""
    text = tokenizer.apply_chat_template(
        messages, add_generation_prompt=True, tokenize=False
    )
    return list(tokenizer.encode(str(text), add_special_tokens=False))


def generate(
    model: Model, prompts: list[list[int]], limit: int = 96
) -> list[list[int]]:
    """Continue a left-padded batch greedily; the ids up to the end token."""
    width = max(map(len, prompts))
    ids = torch.tensor([[PAD_ID] * (width - len(p)) + p for p in prompts])
    mask = torch.tensor([[0] * (width - len(p)) + [1] * len(p) for p in prompts])
    with torch.inference_mode():
        out = model.generate(
            input_ids=ids, attention_mask=mask, max_new_tokens=limit, do_sample=False
        )
    return [_until_end(row[width:].tolist()) for row in out]


def _until_end(ids: list[int]) -> list[int]:
    return ids[: ids.index(END_ID) + 1] if END_ID in ids else ids


def answer_all(
    model: Model,
    tokenizer: PreTrainedTokenizerBase,
    chats: list[list[Message]],
    batch: int = 16,
) -> list[Reply]:
    """Answer every conversation."""
    replies: list[Reply] = []
    prompts = [prompt_ids(tokenizer, messages) for messages in chats]
    for start in range(0, len(prompts), batch):
        for ids in generate(model, prompts[start : start + batch]):
            text = tokenizer.decode(ids, skip_special_tokens=True)
            replies.append(Reply(str(text), len(ids)))
    return replies
