"""How an answer is written: code books, terse formats and the wordy default.

Every answer knows which of its characters are labels, because labels carry more
weight in the loss than the punctuation between them.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lexicon import TOPICS, URGENCIES

if TYPE_CHECKING:
    import random

    from grammar import Ticket

CATEGORY_BOOKS: tuple[tuple[str, ...], ...] = (
    TOPICS,
    ("ACC", "BIL", "DEL", "REF", "DMG", "TEC", "CAN", "WAR"),
    ("K1", "K2", "K3", "K4", "K5", "K6", "K7", "K8"),
    ("login", "payment", "shipping", "money", "broken", "bug", "stop", "guarantee"),
    ("Access", "Finance", "Freight", "Returns", "Quality", "IT", "Exit", "Service"),
    ("C10", "C20", "C30", "C40", "C50", "C60", "C70", "C80"),
    ("ac", "bi", "de", "re", "da", "te", "ca", "wa"),
)
URGENCY_BOOKS: tuple[tuple[str, ...], ...] = (
    URGENCIES,
    ("P3", "P2", "P1"),
    ("L", "N", "H"),
    ("later", "soon", "now"),
    ("green", "yellow", "red"),
    ("minor", "medium", "critical"),
    ("U1", "U2", "U3"),
)
SEPARATORS = (" | ", " | ", " | ", ", ", " / ", "; ", " - ", "\n", " : ", " ")
WRAPPERS = ("{}",) * 12 + ("[{}]", "({})", "<{}>", "={}=")
STYLES = ("plain",) * 10 + ("pairs", "json", "xml")
# The classic book and the plain words are met more often than the others.
BOOK_WEIGHTS = (2, 4, 1, 1, 1, 1, 1)
LEVEL_WEIGHTS = (4, 2, 1, 1, 1, 1, 1)
FIELD_WEIGHTS = {
    "category": 2.0,
    "urgency": 4.0,
    "order": 3.0,
}
TOPIC_WORDS = {
    "account": "access to the customer account",
    "billing": "a bill or a payment",
    "delivery": "the delivery of a parcel",
    "refund": "a refund or a return",
    "damage": "a damaged item",
    "technical": "a technical problem",
    "cancellation": "a cancellation",
    "warranty": "the warranty",
}
REASONS = {
    "low": "the customer says that it can wait",
    "normal": "the customer names no special deadline",
    "high": "the customer needs help right away",
}


@dataclass(frozen=True)
class Span:
    """Characters ``start`` to ``end`` of an answer, and their loss weight."""

    start: int
    end: int
    weight: float


@dataclass
class Answer:
    """An answer's text and the spans of its labels."""

    text: str = ""
    spans: list[Span] = field(default_factory=list)

    def add(self, text: str, weight: float = 1.0) -> None:
        """Append text; anything but weight 1 becomes a span."""
        start = len(self.text)
        self.text += text
        if weight != 1.0:
            self.spans.append(Span(start, len(self.text), weight))


@dataclass(frozen=True)
class Format:
    """A terse format: which fields, in which words, between which marks."""

    fields: tuple[str, ...]
    categories: dict[str, str]
    urgencies: dict[str, str]
    separator: str
    wrapper: str
    style: str
    remapped: frozenset[str] = frozenset()


def value_of(ticket: Ticket, name: str, form: Format) -> str:
    """The text that stands for one field in this format."""
    if name == "category":
        return form.categories[ticket.topic]
    if name == "urgency":
        return form.urgencies[ticket.urgency]
    return ticket.order


def render(ticket: Ticket, form: Format, hidden: bool = False) -> Answer:
    """Write the ticket's fields; a hidden label gets no weight in the loss."""
    answer = Answer()
    opening, closing = form.wrapper.split("{}")
    answer.add(opening)
    for index, name in enumerate(form.fields):
        before, after = _marks(form, name, index)
        answer.add(before)
        masked = hidden and name == "category"
        value = value_of(ticket, name, form)
        answer.add(value, 0.0 if masked else FIELD_WEIGHTS[name])
        answer.add(after)
    answer.add(closing)
    return answer


def _marks(form: Format, name: str, index: int) -> tuple[str, str]:
    """What stands before and after a field's value."""
    last = index == len(form.fields) - 1
    if form.style == "json":
        before = (
            ("{" if index == 0 else ", ") + json.dumps(name, ensure_ascii=False) + ': "'
        )
        return before, '"' + ("}" if last else "")
    if form.style == "xml":
        return f"<{name}>", f"</{name}>"
    between = "" if index == 0 else form.separator
    return (f"{between}{name}: " if form.style == "pairs" else between), ""


def draw_format(rng: random.Random, fields: tuple[str, ...]) -> Format:
    """Draw a format of a known book; four in ten move some topics, as a house may."""
    codes = rng.choices(CATEGORY_BOOKS, BOOK_WEIGHTS)[0]
    book = dict(zip(TOPICS, codes, strict=True))
    remapped: list[str] = []
    if rng.random() < 0.4:
        remapped = rng.sample(TOPICS, rng.randint(1, 4))
        book |= {topic: book[rng.choice(TOPICS)] for topic in remapped}
    levels = rng.choices(URGENCY_BOOKS, LEVEL_WEIGHTS)[0]
    urgencies = dict(zip(URGENCIES, levels, strict=True))
    style = rng.choice(STYLES)
    wrapper = rng.choice(WRAPPERS) if style == "plain" else "{}"
    return Format(
        fields=fields,
        categories=book,
        urgencies=urgencies,
        separator=rng.choice(SEPARATORS),
        wrapper=wrapper,
        style=style,
        remapped=frozenset(remapped),
    )


def wordy(ticket: Ticket, rng: random.Random, fields: tuple[str, ...]) -> Answer:
    """The default: full sentences, about 45 tokens for a triage."""
    answer = Answer()
    answer.add(rng.choice(("This ticket is about ", "The customer writes about ")))
    answer.add(TOPIC_WORDS[ticket.topic] if "category" in fields else "an order", 2.0)
    answer.add(". The order number is ")
    answer.add(ticket.order, 3.0)
    answer.add(".")
    if "urgency" in fields:
        answer.add(" The urgency is ")
        answer.add(ticket.urgency, 3.0)
        answer.add(f", because {REASONS[ticket.urgency]}.")
    answer.add(" I would pass it on.")
    return answer
