"""Support tickets from a grammar: text together with the facts it states.

Standard library only. A ticket is drawn from a lexicon (pretraining's or the sample
project's) and a random generator, so a seed fixes every ticket.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass

from lexicon import TOPICS, URGENCIES, Lexicon

_INNERMOST = re.compile(r"\{([^{}]*)\}")
_QUESTION = re.compile(r"(How|Where|When|Is|Does|Can|Could|Why|Until|Who|Which|From)\b")


@dataclass(frozen=True)
class Ticket:
    """A ticket's text and what a reader can find in it."""

    text: str
    topic: str
    variant: str
    urgency: str
    product: str
    name: str
    order: str


def expand(pattern: str, rng: random.Random, slots: dict[str, str]) -> str:
    """Fill slots and choose alternatives, innermost braces first."""

    def choose(match: re.Match[str]) -> str:
        inner = match.group(1)
        return slots[inner] if inner in slots else rng.choice(inner.split("|"))

    while _INNERMOST.search(pattern):
        pattern = _INNERMOST.sub(choose, pattern)
    return pattern


def tidy(text: str) -> str:
    """Remove the doubled blanks and dots that empty alternatives leave behind."""
    text = re.sub(r" +", " ", text)
    text = re.sub(r" ([.,!?])", r"\1", text)
    text = re.sub(r"([.?])[.?]+", r"\1", text)
    return re.sub(r" ?\n ?", "\n", text).strip()


def make_ticket(rng: random.Random, lexicon: Lexicon) -> Ticket:
    """Draw one ticket; topic and urgency are uniform and independent."""
    topic, urgency = rng.choice(TOPICS), rng.choice(URGENCIES)
    variant = rng.choice(sorted(lexicon.problems[topic]))
    slots = {
        "product": rng.choice(lexicon.products),
        "name": f"{rng.choice(lexicon.first_names)} {rng.choice(lexicon.last_names)}",
        "order": f"{rng.randrange(1000, 10000)}",
    }
    problem = rng.choice(lexicon.problems[topic][variant])
    sentence = expand(problem, rng, slots)
    slots["problem"] = sentence + "?" if _QUESTION.match(sentence) else sentence
    slots["cue"] = expand(rng.choice(lexicon.cues[urgency]), rng, {})
    text = tidy(expand(rng.choice(lexicon.layouts), rng, slots))
    return Ticket(
        text, topic, variant, urgency, slots["product"], slots["name"], slots["order"]
    )
