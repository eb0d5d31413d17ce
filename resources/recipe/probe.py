"""Does the toy learn from examples alone? Codes that pretraining never showed.

Four topics get arbitrary codes (a letter and two digits, with digits that no
arbitrary code of pretraining ends in) in every episode anew; eight examples, two of
each topic, precede a ninth ticket of one of them. Tickets come from the words of the
sample project. A model that only recognises known books is right by chance: one time
in four, if it has at least understood that one of the shown codes is wanted.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

from answering import Record, answer_all, chat
from episodes import plain_instruction
from formats import arbitrary_codes
from grammar import make_ticket
from lexicon import TOPICS
from scoring import wilson

if TYPE_CHECKING:
    from transformers import PreTrainedModel, PreTrainedTokenizerBase

    from house import House

CLASSES = 4


@dataclass(frozen=True)
class Probe:
    """The result: how often the right code, and how often any of the shown ones."""

    episodes: int
    right: float
    low: float
    high: float
    among_shown: float
    chance: float

    @property
    def learns(self) -> bool:
        """Whether the interval lies above chance."""
        return self.low > self.chance


def episode(house: House, rng: random.Random) -> tuple[list[Record], Record, list[str]]:
    """Eight examples, the ticket in question with its code, and all four codes."""
    topics = rng.sample(TOPICS, CLASSES)
    codes = arbitrary_codes(rng, CLASSES, probe=True)
    book = dict(zip(topics, codes, strict=True))
    order = topics * 2
    rng.shuffle(order)
    drawn = [make_ticket(rng, house.lexicon, (topic,)) for topic in order]
    asked = make_ticket(rng, house.lexicon, (rng.choice(topics),))
    shots = [Record(ticket.text, book[ticket.topic]) for ticket in drawn]
    return shots, Record(asked.text, book[asked.topic]), codes


def run_probe(
    house: House,
    model: PreTrainedModel,
    tokenizer: PreTrainedTokenizerBase,
    episodes: int = 300,
) -> Probe:
    """Ask for the ninth code of many episodes."""
    rng = random.Random(9)
    asked = [episode(house, rng) for _ in range(episodes)]
    chats = [
        chat(plain_instruction(("category",), rng, house.language), shots, last.ticket)
        for shots, last, _ in asked
    ]
    replies = answer_all(model, tokenizer, chats)
    pairs = list(zip(replies, asked, strict=True))
    right = sum(r.text.strip() == last.answer for r, (_, last, _) in pairs) / episodes
    shown = sum(r.text.strip() in codes for r, (_, _, codes) in pairs) / episodes
    return Probe(episodes, right, *wilson(right, episodes), shown, 1 / CLASSES)
