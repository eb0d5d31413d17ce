"""How an answer is written: code books, terse formats and the wordy default.

Every answer knows which of its characters are labels, because labels carry more
weight in the loss than the punctuation between them.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from grammar import expand
from lexicon import TOPICS, URGENCIES

if TYPE_CHECKING:
    import random

    from grammar import Ticket
    from language import Language

# The first book of each kind is left open: it holds the language's plain words.
CATEGORY_BOOKS: tuple[tuple[str, ...], ...] = (
    (),
    ("ACC", "BIL", "DEL", "REF", "DMG", "TEC", "CAN", "WAR"),
    ("K1", "K2", "K3", "K4", "K5", "K6", "K7", "K8"),
    ("login", "payment", "shipping", "money", "broken", "bug", "stop", "guarantee"),
    ("Access", "Finance", "Freight", "Returns", "Quality", "IT", "Exit", "Service"),
    ("C10", "C20", "C30", "C40", "C50", "C60", "C70", "C80"),
    ("ac", "bi", "de", "re", "da", "te", "ca", "wa"),
)
URGENCY_BOOKS: tuple[tuple[str, ...], ...] = (
    (),
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
FIELD_WEIGHTS = {"urgency": 4.0, "order": 3.0}
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
# Codes on numbers that end in these digits never occur in an arbitrary book of
# pretraining: the probe for in-context learning is made of them alone.
PROBE_DIGITS = "05"


@dataclass(frozen=True)
class Mix:
    """How formats are drawn.

    Attributes:
        moved: share of formats that move some topics to other codes, as a house may.
        classic, words: weight of the three-letter codes among the category books, and
            of the plain words among the urgency books; the sample project uses both.
        weight: of the tokens of a category in the loss.
        alone: share of the category among the answers of one field or the other.
    """

    moved: float
    classic: int
    words: int
    weight: float = 2.0
    alone: float = 0.3


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
    category_weight: float = 2.0


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
        weight = FIELD_WEIGHTS.get(name, form.category_weight)
        answer.add(value, 0.0 if masked else weight)
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


def arbitrary_codes(rng: random.Random, count: int, *, probe: bool) -> list[str]:
    """Draw codes that mean nothing: a letter and two digits, such as Q47."""
    codes: dict[str, None] = {}
    while len(codes) < count:
        number = f"{rng.randrange(100):02d}"
        if (number[1] in PROBE_DIGITS) == probe:
            codes[rng.choice(LETTERS) + number] = None
    return list(codes)


def draw_book(
    rng: random.Random, language: Language, mix: Mix
) -> tuple[dict[str, str], set[str]]:
    """Draw a known code book, perhaps with some topics moved.

    Returns:
        The code of each topic, and the topics that were moved.
    """
    weights = (2, mix.classic, 1, 1, 1, 1, 1)
    codes = rng.choices(CATEGORY_BOOKS, weights)[0] or language.topics
    book = dict(zip(TOPICS, codes, strict=True))
    moved: list[str] = []
    if rng.random() < mix.moved:
        moved = rng.sample(TOPICS, rng.randint(1, 4))
        book |= {topic: book[rng.choice(TOPICS)] for topic in moved}
    return book, set(moved)


def draw_format(
    rng: random.Random,
    language: Language,
    fields: tuple[str, ...],
    mix: Mix,
    *,
    arbitrary: bool = False,
) -> Format:
    """Draw a format of a known book, or of codes that only examples can explain."""
    if arbitrary:
        codes = arbitrary_codes(rng, len(TOPICS), probe=False)
        book, moved = dict(zip(TOPICS, codes, strict=True)), set(TOPICS)
    else:
        book, moved = draw_book(rng, language, mix)
    levels = (
        rng.choices(URGENCY_BOOKS, (mix.words, 2, 1, 1, 1, 1, 1))[0]
        or language.urgencies
    )
    style = rng.choice(STYLES)
    return Format(
        fields=fields,
        categories=book,
        urgencies=dict(zip(URGENCIES, levels, strict=True)),
        separator=rng.choice(SEPARATORS),
        wrapper=rng.choice(WRAPPERS) if style == "plain" else "{}",
        style=style,
        remapped=frozenset(moved),
        category_weight=mix.weight,
    )


def wordy(
    ticket: Ticket, rng: random.Random, fields: tuple[str, ...], language: Language
) -> Answer:
    """The default: full sentences, about 45 tokens for a triage."""
    words = language.wordy
    answer = Answer()
    topic = rng.choice(words.category) if "category" in fields else words.no_category
    _add(answer, topic, {"topic": (words.topics[ticket.topic], 2.0)})
    _add(answer, words.order, {"order": (ticket.order, 3.0)})
    if "urgency" in fields:
        level = language.urgencies[URGENCIES.index(ticket.urgency)]
        reason = words.reasons[ticket.urgency]
        slots = {"urgency": (level, 3.0), "reason": (reason, 1.0)}
        _add(answer, words.urgency, slots)
    answer.add(expand(rng.choice(words.end), rng, {}))
    return answer


def _add(answer: Answer, pattern: str, slots: dict[str, tuple[str, float]]) -> None:
    """Append a pattern; what fills a slot carries the slot's weight."""
    for part in re.split(r"\{(\w+)\}", pattern):
        answer.add(*slots.get(part, (part, 1.0)))
