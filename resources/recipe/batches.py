"""Episodes as padded token batches with one loss weight per token."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch

from episodes import Episode, make_episode
from tokenizer import ASSISTANT_ID, END_ID, PAD_ID, SYSTEM_ID, USER_ID

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tokenizers import Tokenizer

    from formats import Answer

POOL = 320


@dataclass(frozen=True)
class Encoded:
    """Token ids and, for each, the weight of predicting it."""

    ids: list[int]
    weights: list[float]


@dataclass(frozen=True)
class Batch:
    """Right-padded inputs, targets and weights; causal attention needs no mask."""

    inputs: torch.Tensor
    targets: torch.Tensor
    weights: torch.Tensor

    def to(self, device: str) -> Batch:
        """The same batch on another device."""
        return Batch(
            self.inputs.to(device), self.targets.to(device), self.weights.to(device)
        )


def encode_answer(answer: Answer, learned: bool, bpe: Tokenizer) -> Encoded:
    """Tokenize an answer as a whole and weight the tokens that touch a label."""
    encoding = bpe.encode(answer.text)
    weights = [1.0] * len(encoding.ids)
    for span in answer.spans:
        for index, (start, end) in enumerate(encoding.offsets):
            if start < span.end and end > span.start:
                weights[index] = span.weight
    scale = 1.0 if learned else 0.0
    return Encoded([*encoding.ids, END_ID], [w * scale for w in (*weights, 1.0)])


def encode_episode(episode: Episode, bpe: Tokenizer) -> Encoded:
    """Lay an episode out exactly as the chat template would."""
    ids = [SYSTEM_ID, *bpe.encode(episode.system).ids, END_ID]
    weights = [0.0] * len(ids)
    for turn in episode.turns:
        user = [USER_ID, *bpe.encode(turn.user).ids, END_ID, ASSISTANT_ID]
        answer = encode_answer(turn.answer, turn.learned, bpe)
        ids += user + answer.ids
        weights += [0.0] * len(user) + answer.weights
    return Encoded(ids, weights)


def collate(rows: list[Encoded]) -> Batch:
    """Pad rows to one length and shift the targets by one."""
    width = max(len(row.ids) for row in rows)
    ids = torch.full((len(rows), width), PAD_ID, dtype=torch.long)
    weights = torch.zeros(len(rows), width)
    for index, row in enumerate(rows):
        ids[index, : len(row.ids)] = torch.tensor(row.ids)
        weights[index, : len(row.ids)] = torch.tensor(row.weights)
    return Batch(ids[:, :-1], ids[:, 1:], weights[:, 1:])


def _groups(rows: list[Encoded], budget: int) -> Iterator[list[Encoded]]:
    """Cut rows, sorted by length, into groups of about ``budget`` padded tokens."""
    group: list[Encoded] = []
    for row in sorted(rows, key=lambda item: len(item.ids)):
        if group and (len(group) + 1) * len(row.ids) > budget:
            yield group
            group = []
        group.append(row)


def batches_of(pool: int, seed: int, bpe: Tokenizer, budget: int) -> list[Batch]:
    """The batches of one pool of fresh episodes, of similar length within a batch.

    A pool depends on its number and the seed alone, so that an interrupted run goes
    on with exactly the episodes that it would have seen.
    """
    rng = random.Random(f"{seed}/{pool}")
    rows = [encode_episode(make_episode(rng, pool), bpe) for _ in range(POOL)]
    groups = list(_groups(rows, budget))
    rng.shuffle(groups)
    return [collate(group) for group in groups]
