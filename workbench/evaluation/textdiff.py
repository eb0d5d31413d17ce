"""What changed between two texts, as segments to show side by side or inline.

The units are what a reader sees: in words, a run of Latin (or other spaced) letters
and digits is one unit and each CJK character another; in characters, a letter stays
together with its combining marks, an emoji with its joiners. Alignment is rapidfuzz's
Levenshtein, which holds its memory down on long texts.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz.distance import Levenshtein

_JOINER = "\u200d"


class Op(StrEnum):
    """Where the text of a segment is found."""

    EQUAL = "equal"
    DELETE = "delete"
    INSERT = "insert"


class Unit(StrEnum):
    """Smallest piece that is shown as changed."""

    WORD = "word"
    CHARACTER = "character"


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of text in both (equal), only in the first (delete), or the second."""

    op: Op
    text: str


_Piece = tuple[Op, str]  # Plain inside, where there can be ten thousand of them.


def diff(a: str, b: str, unit: Unit = Unit.WORD) -> tuple[Segment, ...]:
    """Compare two texts.

    The equal and deleted segments joined give ``a``, the equal and inserted ones
    ``b``; neighbours have different ops, and a deletion comes before its insertion.
    White space between two changes counts as changed, so that a rewritten phrase is
    one change.
    """
    split = words if unit is Unit.WORD else characters
    left, right = split(a), split(b)
    return tuple(_merged(_bridged(_aligned(left, right))))


def words(text: str) -> list[str]:
    """Cut into words, runs of white space, and single other characters."""
    pieces: list[str] = []
    previous = ""
    for piece in characters(text):
        kind = _kind(piece)
        if pieces and kind and kind == previous:
            pieces[-1] += piece
        else:
            pieces.append(piece)
        previous = kind
    return pieces


def characters(text: str) -> list[str]:
    """Cut into characters as a reader sees them (a short form of UAX #29)."""
    if text.isascii():
        return list(text)
    pieces: list[str] = []
    for character in text:
        if pieces and _continues(pieces[-1], character):
            pieces[-1] += character
        else:
            pieces.append(character)
    return pieces


def _kind(piece: str) -> str:
    """The sort of run a piece belongs to; empty for those that stand alone."""
    first = piece[0]
    if first.isspace():
        return "space"
    if first.isascii():
        return "word" if first.isalnum() or first == "_" else ""
    return "word" if first.isalnum() and not _is_cjk(first) else ""


def _is_cjk(character: str) -> bool:
    code = ord(character)
    return (
        0x2E80 <= code <= 0x9FFF  # radicals, kana, ideographs
        or 0xF900 <= code <= 0xFAFF  # compatibility ideographs
        or 0xFF66 <= code <= 0xFF9D  # half-width katakana
        or 0x20000 <= code <= 0x3FFFF  # ideographs beyond the first plane
    )


def _continues(cluster: str, character: str) -> bool:
    code = ord(character)
    if code < 0x300:
        return False
    if cluster[-1] == _JOINER:
        return unicodedata.category(character) == "So"
    if 0x1F1E6 <= code <= 0x1F1FF:  # two regional indicators make a flag
        return len(cluster) == 1 and 0x1F1E6 <= ord(cluster) <= 0x1F1FF
    if 0x1F3FB <= code <= 0x1F3FF:  # skin tones
        return unicodedata.category(cluster[-1]) == "So"
    if character == _JOINER or 0xFF9E <= code <= 0xFF9F:  # joiner, ﾞ ﾟ
        return not cluster[0].isspace()
    return unicodedata.category(character)[0] == "M" and not cluster[0].isspace()


def _aligned(left: Sequence[str], right: Sequence[str]) -> Iterator[_Piece]:
    for code in Levenshtein.opcodes(*_encoded(left, right)):
        old = "".join(left[code.src_start : code.src_end])
        if code.tag == "equal":
            yield Op.EQUAL, old
            continue
        if old:
            yield Op.DELETE, old
        if code.dest_start < code.dest_end:
            yield Op.INSERT, "".join(right[code.dest_start : code.dest_end])


def _encoded(*sides: Sequence[str]) -> list[str]:
    """Write each distinct piece as one character: rapidfuzz is fastest on strings."""
    numbers: dict[str, str] = {}
    return [
        "".join(numbers.setdefault(piece, chr(len(numbers))) for piece in side)
        for side in sides
    ]


def _bridged(pieces: Iterator[_Piece]) -> Iterator[_Piece]:
    """Turn equal white space between two changes into a change."""
    items = list(pieces)
    last = len(items) - 1
    for i, piece in enumerate(items):
        op, text = piece
        if op is Op.EQUAL and 0 < i < last and text.isspace():
            yield Op.DELETE, text
            yield Op.INSERT, text
        else:
            yield piece


def _merged(pieces: Iterator[_Piece]) -> Iterator[Segment]:
    """Join the changes between two equal segments: one deletion, one insertion."""
    old: list[str] = []
    new: list[str] = []
    for op, text in pieces:
        if op is Op.DELETE:
            old.append(text)
        elif op is Op.INSERT:
            new.append(text)
        else:
            yield from _change(old, new)
            old, new = [], []
            yield Segment(op, text)
    yield from _change(old, new)


def _change(old: Sequence[str], new: Sequence[str]) -> Iterator[Segment]:
    if old:
        yield Segment(Op.DELETE, "".join(old))
    if new:
        yield Segment(Op.INSERT, "".join(new))
