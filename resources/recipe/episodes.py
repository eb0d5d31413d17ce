"""Episodes of pretraining: an instruction and up to eleven tickets with answers.

Three kinds: wordy answers to a plain instruction, a format that the instruction
names, and a format that only the examples reveal. In the last kind the first answer
is not learned (nobody could know it), nor is a remapped label before its first use.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from formats import Answer, Format, draw_format, render, wordy
from grammar import Ticket, expand, make_ticket
from lexicon import LEXICON, TOPICS

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

FIELDS = ("category", "urgency", "order")
FIELD_WORDS = {
    "category": ("category", "topic", "category code", "type"),
    "urgency": ("urgency", "priority", "urgency level"),
    "order": ("order number", "order", "order ID"),
}
ROLES = (
    "",
    "You {handle|read|sort} {support|customer} tickets. ",
    "You work {in|for} {customer service|support}. ",
    "You are a {support|service} assistant. ",
)
PLAIN = (
    "{Read the ticket and|Please} {give|name|state|tell us} the {list}.",
    "What {is|are} the {list}?",
    "{Find|Report|Note} the {list}{| of the ticket| of each ticket}.",
    "{For each ticket|From the ticket}, {give|name|report} the {list}.",
)
NAMED = (
    "{Answer|Reply} {only |}{with|as} {pattern}.",
    "{Use|Write} the format {pattern}{| and nothing else}.",
    "The {answer|output} {has the form|looks like} {pattern}.",
)
HINTS = ("Codes such as {codes}.", "{Use|Write} codes like {codes}.", "Codes: {codes}.")


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


def words_for(fields: tuple[str, ...], rng: random.Random) -> list[str]:
    """Name the fields in one of their usual words."""
    return [rng.choice(FIELD_WORDS[name]) for name in fields]


def plain_instruction(fields: tuple[str, ...], rng: random.Random) -> str:
    """An instruction that names the fields and no format."""
    words = words_for(fields, rng)
    listed = ", the ".join(words[:-1]) + " and the " + words[-1]
    pattern = rng.choice(ROLES) + rng.choice(PLAIN)
    return expand(pattern, rng, {"list": listed if words[1:] else words[0]})


def named_instruction(form: Format, rng: random.Random) -> str:
    """An instruction that shows the format, often with two of the codes."""
    words = words_for(form.fields, rng)
    slots = {"pattern": _skeleton(form, words)}
    text = expand(rng.choice(ROLES) + rng.choice(NAMED), rng, slots)
    codes = [form.categories[topic] for topic in rng.sample(TOPICS, 2)]
    levels = list(form.urgencies.values())
    if "category" in form.fields and rng.random() < 0.8:
        text += " " + expand(rng.choice(HINTS), rng, {"codes": ", ".join(codes)})
    if "urgency" in form.fields and rng.random() < 0.8:
        text += f" Urgency is {', '.join(levels[:-1])} or {levels[-1]}."
    return text


def _skeleton(form: Format, words: list[str]) -> str:
    """The format with its fields' names in place of values."""
    if form.style == "json":
        return "JSON with " + ", ".join(words)
    if form.style == "xml":
        return "XML tags for " + ", ".join(words)
    if form.style == "pairs":
        words = [f"{name}: ..." for name in form.fields]
    between = " and, on a new line, " if form.separator == "\n" else form.separator
    return form.wrapper.replace("{}", between.join(words))


def draw_fields(rng: random.Random) -> tuple[str, ...]:
    """Which facts are asked for: mostly triage, in any sequence."""
    draw = rng.random()
    if draw < 0.75:
        fields = list(FIELDS)
        if rng.random() < 0.6:
            rng.shuffle(fields)
    elif draw < 0.9:
        fields = ["urgency"] if rng.random() < 0.7 else ["category"]
    else:
        fields = rng.sample(FIELDS, 2)
    return tuple(fields)


def wordy_episode(rng: random.Random) -> Episode:
    """Plain instruction, full sentences, mostly without examples."""
    fields = draw_fields(rng)
    tickets = _tickets(rng, rng.choice((1, 1, 1, 2)))
    turns = (Turn(t.text, wordy(t, rng, fields)) for t in tickets)
    return Episode(plain_instruction(fields, rng), tuple(turns))


def named_episode(rng: random.Random) -> Episode:
    """The instruction names the format; the first answer counts too."""
    form = draw_format(rng, draw_fields(rng))
    tickets = _tickets(rng, rng.choice((1, 1, 2, 4)))
    return Episode(named_instruction(form, rng), _terse_turns(tickets, form))


def shown_episode(rng: random.Random) -> Episode:
    """Plain instruction; only the examples reveal the format."""
    form = draw_format(rng, draw_fields(rng))
    tickets = _tickets(rng, rng.choice((2, 3, 4, 5, 5, 6, 7, 9, 9, 11)))
    turns = _terse_turns(tickets, form)
    masked = Turn(turns[0].user, turns[0].answer, learned=False)
    return Episode(plain_instruction(form.fields, rng), (masked, *turns[1:]))


def _terse_turns(tickets: list[Ticket], form: Format) -> tuple[Turn, ...]:
    seen: set[str] = set()
    turns = []
    for ticket in tickets:
        hidden = ticket.topic in form.remapped and ticket.topic not in seen
        turns.append(Turn(ticket.text, render(ticket, form, hidden)))
        seen.add(ticket.topic)
    return tuple(turns)


QUESTIONS: tuple[tuple[str, Callable[[Ticket], str]], ...] = (
    ("What is the order number?", lambda t: f"The order number is {t.order}."),
    (
        "{Summarise|Summarize} the ticket in one {line|sentence}.",
        lambda t: f"A {t.topic} request, order {t.order}, urgency {t.urgency}.",
    ),
    (
        "Write a {short |}reply to the customer.",
        lambda t: (
            f"Dear customer, thank you for your message about order {t.order}. "
            f"Our {t.topic} team will answer you soon."
        ),
    ),
)


def question_episode(rng: random.Random) -> Episode:
    """Short questions, summaries and replies, so triage is not all it can do."""
    question, reply = rng.choice(QUESTIONS)
    turns = [
        Turn(ticket.text, Answer(reply(ticket)))
        for ticket in _tickets(rng, rng.choice((1, 1, 2)))
    ]
    return Episode(expand(rng.choice(ROLES) + question, rng, {}), tuple(turns))


def _tickets(rng: random.Random, count: int) -> list[Ticket]:
    return [make_ticket(rng, LEXICON) for _ in range(count)]


def make_episode(rng: random.Random) -> Episode:
    """Draw an episode of any kind."""
    kinds = (wordy_episode, named_episode, shown_episode, question_episode)
    return rng.choices(kinds, (0.25, 0.25, 0.45, 0.05))[0](rng)
