"""Support tickets from a grammar: text together with the facts it states.

Standard library only. A ticket is drawn from a lexicon (pretraining's or the sample
project's) and a random generator, so a seed fixes every ticket.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lexicon import TOPICS, URGENCIES, Lexicon

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence

_INNERMOST = re.compile(r"\{([^{}]*)\}")
_QUESTION = re.compile(r"(How|Where|When|Is|Does|Can|Could|Why|Until|Who|Which|From)\b")
_ONSETS = (
    "x",
    "c",
    "y",
    "q",
    "b",
    "d",
    "f",
    "g",
    "h",
    "j",
    "k",
    "l",
    "m",
    "n",
    "p",
    "r",
    "s",
    "t",
    "v",
    "w",
    "z",
    "ch",
    "sh",
    "br",
    "tr",
    "kl",
    "st",
)
_VOWELS = ("a", "e", "i", "o", "u", "ai", "ee")
_CODAS = ("", "", "n", "r", "s", "l", "ck", "ng", "mann", "ska", "ton")


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
    text = re.sub(r"([.?。！])[.?。]+", r"\1", text)
    text = re.sub(r"([、。！]) +", r"\1", text)
    return re.sub(r" ?\n ?", "\n", text).strip()


def invented_word(rng: random.Random) -> str:
    """A word nobody knows, so that copying is learned rather than recall."""
    syllables = [rng.choice(_ONSETS) + rng.choice(_VOWELS) for _ in range(2)]
    return "".join(syllables) + rng.choice(_CODAS)


def draw_name(rng: random.Random, lexicon: Lexicon) -> str:
    """First and last name, now and then invented."""
    if rng.random() < lexicon.invented:
        return f"{invented_word(rng).title()} {invented_word(rng).title()}"
    return f"{rng.choice(lexicon.first_names)} {rng.choice(lexicon.last_names)}"


def draw_product(rng: random.Random, lexicon: Lexicon) -> str:
    """A product, now and then of an invented brand or kind."""
    product = rng.choice(lexicon.products)
    if rng.random() >= lexicon.invented:
        return product
    word = invented_word(rng)
    return rng.choice((f"{word} {product}", f"{product.split()[0]} {word}", word))


def drop_words(text: str, rng: random.Random, share: float) -> str:
    """Lose some words of some texts, so that no single word can be relied on."""
    if rng.random() >= share:
        return text
    return " ".join(word for word in text.split(" ") if rng.random() > 0.15)


def make_ticket(
    rng: random.Random, lexicon: Lexicon, topics: Sequence[str] = TOPICS
) -> Ticket:
    """Draw one ticket; topic and urgency are uniform and independent."""
    topic, urgency = rng.choice(topics), rng.choice(URGENCIES)
    variant = rng.choice(sorted(lexicon.problems[topic]))
    slots = {
        "product": draw_product(rng, lexicon),
        "name": draw_name(rng, lexicon),
        "order": f"{rng.randrange(1000, 10000)}",
    }
    problem = rng.choice(lexicon.problems[topic][variant])
    sentence = drop_words(expand(problem, rng, slots), rng, lexicon.dropped)
    opener = expand(rng.choice(lexicon.openers), rng, slots)
    closer = expand(rng.choice(lexicon.closers), rng, slots)
    question = _QUESTION.match(sentence) and not closer
    slots["problem"] = opener + sentence + ("?" if question else closer)
    slots["cue"] = expand(rng.choice(lexicon.cues[urgency]), rng, {})
    text = tidy(expand(rng.choice(lexicon.layouts), rng, slots))
    return Ticket(
        text, topic, variant, urgency, slots["product"], slots["name"], slots["order"]
    )
