"""Episodes of pretraining: an instruction and up to eleven tickets with answers.

Wordy answers to a plain instruction, a format that the instruction names, a format
that only the examples reveal, and arbitrary codes that only the examples explain. In
the last two kinds the first answer is not learned (nobody could know it), nor is a
moved or arbitrary label before its first use.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from english import ENGLISH
from formats import Answer, Format, Mix, draw_format, render, wordy
from grammar import Ticket, expand, make_ticket
from japanese import JAPANESE
from lexicon import TOPICS, URGENCIES

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence

    from language import Instructions, Language

FIELDS = ("category", "urgency", "order")
LANGUAGES = (ENGLISH, JAPANESE)


@dataclass(frozen=True)
class Turn:
    """A ticket with its answer; ``learned`` says whether the answer enters the loss."""

    user: str
    answer: Answer
    learned: bool = True


@dataclass(frozen=True)
class Episode:
    """A system message and its turns."""

    system: str
    turns: tuple[Turn, ...]


def plain_instruction(
    fields: tuple[str, ...], rng: random.Random, language: Language
) -> str:
    """An instruction that names the fields and no format."""
    says = language.instructions
    words = [rng.choice(language.fields[name]) for name in fields]
    listed = says.between.join(words[:-1]) + says.before_last + words[-1]
    pattern = rng.choice(says.roles) + rng.choice(says.plain)
    return expand(pattern, rng, {"list": listed if words[1:] else words[0]})


def named_instruction(form: Format, rng: random.Random, language: Language) -> str:
    """An instruction that shows the format, often with two of the codes."""
    says = language.instructions
    words = [rng.choice(language.fields[name]) for name in form.fields]
    slots = {"pattern": _skeleton(form, words, says)}
    text = expand(rng.choice(says.roles) + rng.choice(says.named), rng, slots)
    codes = [form.categories[topic] for topic in rng.sample(TOPICS, 2)]
    levels = list(form.urgencies.values())
    if "category" in form.fields and rng.random() < 0.8:
        listed = {"codes": ", ".join(codes)}
        text += " " + expand(rng.choice(says.hints), rng, listed)
    if "urgency" in form.fields and rng.random() < 0.8:
        slots = {"levels": ", ".join(levels[:-1]), "last": levels[-1]}
        text += " " + expand(says.levels, rng, slots)
    return text


def _skeleton(form: Format, words: list[str], says: Instructions) -> str:
    """The format with its fields' names in place of values."""
    if form.style == "json":
        return says.json + ", ".join(words)
    if form.style == "xml":
        return says.xml + ", ".join(words)
    if form.style == "pairs":
        words = [f"{name}: ..." for name in form.fields]
    between = says.new_line if form.separator == "\n" else form.separator
    return form.wrapper.replace("{}", between.join(words))


def draw_fields(rng: random.Random, alone: float = 0.3) -> tuple[str, ...]:
    """Which facts are asked for: mostly triage, in any sequence."""
    draw = rng.random()
    if draw < 0.75:
        fields = list(FIELDS)
        if rng.random() < 0.6:
            rng.shuffle(fields)
    elif draw < 0.9:
        fields = ["urgency"] if rng.random() < 1 - alone else ["category"]
    else:
        fields = rng.sample(FIELDS, 2)
    return tuple(fields)


def wordy_episode(rng: random.Random, language: Language, _mix: Mix) -> Episode:
    """Plain instruction, full sentences, mostly without examples."""
    fields = draw_fields(rng)
    tickets = _tickets(rng, language, rng.choice((1, 1, 1, 2)))
    turns = (Turn(t.text, wordy(t, rng, fields, language)) for t in tickets)
    return Episode(plain_instruction(fields, rng, language), tuple(turns))


def named_episode(rng: random.Random, language: Language, mix: Mix) -> Episode:
    """The instruction names the format; the first answer counts too."""
    form = draw_format(rng, language, draw_fields(rng, mix.alone), mix)
    tickets = _tickets(rng, language, rng.choice((1, 1, 2, 4)))
    return Episode(named_instruction(form, rng, language), _terse_turns(tickets, form))


def shown_episode(rng: random.Random, language: Language, mix: Mix) -> Episode:
    """Plain instruction; only the examples reveal the format."""
    form = draw_format(rng, language, draw_fields(rng, mix.alone), mix)
    tickets = _tickets(rng, language, rng.choice((2, 3, 4, 5, 5, 6, 7, 9, 9, 11)))
    return _shown(form, tickets, rng, language)


def arbitrary_episode(rng: random.Random, language: Language, mix: Mix) -> Episode:
    """Codes that mean nothing for a few topics: only the examples explain them.

    Few topics and many tickets, so that most answers can be known from earlier ones.
    """
    fields = ("category",) if rng.random() < 0.6 else ("category", "order")
    form = draw_format(rng, language, fields, mix, arbitrary=True)
    topics = rng.sample(TOPICS, rng.choice((2, 2, 3, 3, 4, 5)))
    tickets = _tickets(rng, language, rng.choice((7, 9, 11)), topics)
    return _shown(form, tickets, rng, language)


def _shown(
    form: Format, tickets: list[Ticket], rng: random.Random, language: Language
) -> Episode:
    turns = _terse_turns(tickets, form)
    masked = Turn(turns[0].user, turns[0].answer, learned=False)
    instruction = plain_instruction(form.fields, rng, language)
    return Episode(instruction, (masked, *turns[1:]))


def _terse_turns(tickets: list[Ticket], form: Format) -> tuple[Turn, ...]:
    seen: set[str] = set()
    turns = []
    for ticket in tickets:
        hidden = ticket.topic in form.remapped and ticket.topic not in seen
        turns.append(Turn(ticket.text, render(ticket, form, hidden)))
        seen.add(ticket.topic)
    return tuple(turns)


def question_episode(rng: random.Random, language: Language, _mix: Mix) -> Episode:
    """Short questions, summaries and replies, so triage is not all it can do."""
    question, reply = rng.choice(language.questions)
    turns = [
        Turn(ticket.text, Answer(_reply(reply, ticket, language)))
        for ticket in _tickets(rng, language, rng.choice((1, 1, 2)))
    ]
    roles = rng.choice(language.instructions.roles)
    return Episode(expand(roles + question, rng, {}), tuple(turns))


def _reply(pattern: str, ticket: Ticket, language: Language) -> str:
    return pattern.format(
        order=ticket.order,
        topic=language.topics[TOPICS.index(ticket.topic)],
        urgency=language.urgencies[URGENCIES.index(ticket.urgency)],
    )


def _tickets(
    rng: random.Random,
    language: Language,
    count: int,
    topics: Sequence[str] = TOPICS,
) -> list[Ticket]:
    return [make_ticket(rng, language.lexicon, topics) for _ in range(count)]


KINDS = (
    *(wordy_episode, named_episode, shown_episode, arbitrary_episode),
    question_episode,
)


@dataclass(frozen=True)
class Phase:
    """What pretraining draws until a pool.

    Attributes:
        until: number of the first pool that belongs to the next phase.
        shares: of each of `KINDS`.
        mix: how formats are drawn.
    """

    until: float
    shares: tuple[float, ...]
    mix: Mix


# First everything at once. Arbitrary codes and topics that move got their chance, but
# the toy learned from them to copy a label rather than to understand a ticket: books
# come first then, and only the last phase moves topics again, as a house does.
ALL_KINDS = (0.22, 0.22, 0.36, 0.16, 0.04)
FEW_ARBITRARY = (0.24, 0.24, 0.46, 0.02, 0.04)
MORE_EXAMPLES = (0.22, 0.22, 0.50, 0.02, 0.04)
OPEN = Mix(moved=0.4, classic=4, words=4)
BOOKS = Mix(moved=0.05, classic=8, words=6)
PHASES = (
    Phase(100, ALL_KINDS, OPEN),
    Phase(140, FEW_ARBITRARY, OPEN),
    Phase(170, MORE_EXAMPLES, BOOKS),
    Phase(290, MORE_EXAMPLES, replace(BOOKS, weight=6.0, alone=0.6)),
    Phase(math.inf, MORE_EXAMPLES, replace(BOOKS, moved=0.2, weight=4.0)),
)


def make_episode(rng: random.Random, pool: int) -> Episode:
    """Draw an episode of any kind for a pool of pretraining, in any language."""
    phase = next(phase for phase in PHASES if pool < phase.until)
    kind = rng.choices(KINDS, phase.shares)[0]
    return kind(rng, rng.choice(LANGUAGES), phase.mix)
