"""What a language brings to the toy: its tickets and the words around them.

Code books, separators and layouts of answers are the same in every language
(``formats.py``); only what a person reads differs. Patterns use the notation of
``lexicon.py``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lexicon import Lexicon


@dataclass(frozen=True)
class Instructions:
    """Patterns of system messages.

    Attributes:
        roles: what may stand in front.
        plain: asks for ``{list}`` and names no format.
        named: shows the format as ``{pattern}``.
        hints: gives two of the category ``{codes}``.
        levels: gives the urgency words, as ``{levels}`` and ``{last}``.
        between, before_last: what joins the items of a list.
        json, xml, new_line: words for three layouts.
    """

    roles: tuple[str, ...]
    plain: tuple[str, ...]
    named: tuple[str, ...]
    hints: tuple[str, ...]
    levels: str
    between: str
    before_last: str
    json: str
    xml: str
    new_line: str


@dataclass(frozen=True)
class Wordy:
    """Patterns of the sentences that answer a plain instruction.

    Each fact stands in one sentence: ``{topic}``, ``{order}``, ``{urgency}`` and
    ``{reason}`` are filled in by ``formats.wordy``.
    """

    category: tuple[str, ...]
    no_category: str
    order: str
    urgency: str
    end: tuple[str, ...]
    topics: dict[str, str]
    reasons: dict[str, str]


@dataclass(frozen=True)
class Language:
    """A language of the toy.

    Attributes:
        code: two letters (ISO 639-1).
        lexicon: what its tickets are made of.
        topics, urgencies: the plain words for categories and urgencies, in the
            sequence of ``lexicon.TOPICS`` and ``lexicon.URGENCIES``.
        fields: the usual words for each field, as an instruction names it.
        questions: other instructions, each with the pattern of its answer.
    """

    code: str
    lexicon: Lexicon
    topics: tuple[str, ...]
    urgencies: tuple[str, ...]
    fields: dict[str, tuple[str, ...]]
    instructions: Instructions
    wordy: Wordy
    questions: tuple[tuple[str, str], ...]
