"""Likely personal data in a text: found by its form, checked where digits allow it.

Numbers with check digits (cards, My Number, IBAN) count only when these are right.
Postcodes count only beside words of an address, because five digits are also a price.
Names are not found: nothing here may be taken for a promise that a text is free of
personal data.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum


class DataKind(StrEnum):
    """What a piece of text likely is."""

    EMAIL = "email"
    IBAN = "iban"
    CARD = "card"
    MY_NUMBER = "my_number"
    PHONE = "phone"
    ADDRESS = "address"


@dataclass(frozen=True, slots=True)
class Finding:
    """One piece of likely personal data: ``text[start:end]``."""

    kind: DataKind
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Masked:
    """A text with placeholders instead of personal data.

    Attributes:
        values: what each placeholder stands for, to put it back; the same data has the
            same placeholder everywhere.
    """

    text: str
    values: tuple[tuple[str, str], ...] = ()


def find(text: str, kinds: Iterable[DataKind] = tuple(DataKind)) -> tuple[Finding, ...]:
    """Return likely personal data in the order of the text, without overlaps."""
    plain = _narrow(text)
    wanted = set(kinds)
    taken: list[tuple[int, int]] = []
    found: list[Finding] = []
    # The surest kind first: a card number is not also a telephone.
    for kind, search in _SEARCHES.items():
        if kind not in wanted:
            continue
        for start, end in search(plain):
            if all(end <= s or e <= start for s, e in taken):
                taken.append((start, end))
                found.append(Finding(kind, start, end, text[start:end]))
    return tuple(sorted(found, key=lambda each: each.start))


def mask(text: str, kinds: Iterable[DataKind] = tuple(DataKind)) -> Masked:
    """Replace likely personal data by ``[EMAIL_1]`` and the like."""
    return mask_all((text,), kinds)[0]


def mask_all(
    texts: Iterable[str], kinds: Iterable[DataKind] = tuple(DataKind)
) -> tuple[Masked, ...]:
    """Mask several texts of one request: the same data, the same placeholder."""
    listed, wanted = list(texts), tuple(kinds)
    names = _Names(listed)
    return tuple(_masked(text, find(text, wanted), names) for text in listed)


def unmask(text: str, values: Iterable[tuple[str, str]]) -> str:
    """Put the data back, in an answer as in the text itself."""
    known = dict(values)
    if not known:
        return text
    pattern = "|".join(map(re.escape, sorted(known, key=len, reverse=True)))
    return re.sub(pattern, lambda match: known[match.group()], text)


class _Names:
    """Gives a placeholder to each piece of data, none that the texts hold already."""

    def __init__(self, texts: list[str]) -> None:
        self._texts = texts
        self._names: dict[tuple[DataKind, str], str] = {}
        self._numbers = dict.fromkeys(DataKind, 0)

    def of(self, finding: Finding) -> str:
        key = finding.kind, finding.text
        if key not in self._names:
            self._names[key] = self._new(finding.kind)
        return self._names[key]

    def _new(self, kind: DataKind) -> str:
        while True:
            self._numbers[kind] += 1
            name = f"[{kind.value.upper()}_{self._numbers[kind]}]"
            if not any(name in text for text in self._texts):
                return name


def _masked(text: str, findings: Iterable[Finding], names: _Names) -> Masked:
    pieces: list[str] = []
    values: dict[str, str] = {}
    place = 0
    for finding in findings:
        name = names.of(finding)
        values[name] = finding.text
        pieces += [text[place : finding.start], name]
        place = finding.end
    return Masked("".join((*pieces, text[place:])), tuple(values.items()))


def _narrow(text: str) -> str:
    """Return text with full-width characters as narrow ones, place by place."""
    if text.isascii():
        return text
    return "".join(map(_narrow_one, text))


def _narrow_one(character: str) -> str:
    if character in "‐‑‒–—―−ー－":
        return "-"
    narrow = unicodedata.normalize("NFKC", character)
    return narrow if len(narrow) == 1 else character


# ------------------------------------------------------------------ by form

Spans = Iterator[tuple[int, int]]
_EMAIL = re.compile(
    r"(?<![\w.+-])[A-Za-z0-9][\w.+%-]{0,63}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,24}(?![\w-])",
    re.ASCII,
)
_DIGITS = re.compile(r"(?<![\d.,-])(?<!\d )\d(?:[ -]?\d){11,18}(?![ -]?\d)(?![.,]\d)")
_MY_NUMBER = re.compile(r"(?<![\d-])\d{4}([ -]?)\d{4}\1\d{4}(?![ -]?\d)")
_IBAN = re.compile(r"(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}")
_PHONE = re.compile(
    r"(?<![A-Za-z0-9_+-])(?:"
    r"\+\d{1,3}[ -]?(?:\(0\)[ -]?)?\(?\d{1,4}\)?(?:[ .-]?\d{2,4}){2,4}"
    r"|0\d{1,4}-\d{1,4}-\d{3,4}"
    r"|\(0\d{1,4}\) ?\d{1,4}-\d{3,4}|0\d{1,4}\(\d{1,4}\)\d{3,4}"
    r"|0[5789]0[ ]?\d{4}[ ]?\d{4}|0120\d{6}"
    r"|\(\d{3}\) ?\d{3}-\d{4}|[2-9]\d{2}-[2-9]\d{2}-\d{4}"
    r")(?![A-Za-z0-9_-])"
)
_PREFECTURE = "東京都|北海道|京都府|大阪府|[一-龥]{2,3}県"
_ADDRESSES = tuple(
    re.compile(pattern)
    for pattern in (
        # A Japanese postcode with its mark or its prefecture, and the street behind.
        rf"〒 ?\d{{3}}-?\d{{4}}(?:\s*(?:{_PREFECTURE})[^\s、。,]{{1,40}})?",
        rf"(?<!\d)\d{{3}}-\d{{4}}(?=\s*(?:{_PREFECTURE}))(?:\s*[^\s、。,]{{1,40}})?",
        rf"(?<=郵便番号)[: はが]*\d{{3}}-?\d{{4}}(?:\s*(?:{_PREFECTURE})[^\s、。,]*)?",
        rf"(?:{_PREFECTURE})[^\s、。,]{{1,20}}?[市区町村郡][^\s、。,\d]{{0,20}}"
        r"\d+(?:丁目|番地?|号|-\d+)(?:\d*(?:丁目|番地?|号|-\d+))*",
        # House number and street, up to a postcode within the same line.
        r"(?<!\d)\d{1,5}[A-Za-z]? (?:[A-Z][\w.']+ ){1,4}"
        r"(?:Street|St\.?|Avenue|Ave\.?|Road|Rd\.?|Lane|Drive|Boulevard|Blvd\.?|Way)"
        r"[^\n;:]{0,60}?[, ]"
        r"(?:[A-Z]{2},? \d{5}(?:-\d{4})?|[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2})(?!\w)",
        r"[A-ZÄÖÜ][\w-]{2,30}(?:straße|strasse|str\.|weg|platz|allee) \d{1,4}[a-z]?,? "
        r"\d{5} [A-ZÄÖÜ]\w+",
    )
)
_IBAN_LENGTHS = {
    **{"AT": 20, "BE": 16, "BG": 22, "CH": 21, "CY": 28, "CZ": 24, "DE": 22},
    **{"DK": 18, "EE": 20, "ES": 24, "FI": 18, "FR": 27, "GB": 22, "GR": 27},
    **{"HR": 21, "HU": 28, "IE": 22, "IS": 26, "IT": 27, "LI": 21, "LT": 20},
    **{"LU": 20, "LV": 21, "MC": 27, "MT": 31, "NL": 18, "NO": 15, "PL": 28},
    **{"PT": 25, "RO": 24, "SE": 24, "SI": 19, "SK": 24, "SM": 27, "AE": 23},
    **{"SA": 24, "TR": 26, "IL": 23, "BR": 29},
}


def _emails(text: str) -> Spans:
    return (match.span() for match in _EMAIL.finditer(text))


def _cards(text: str) -> Spans:
    for match in _DIGITS.finditer(text):
        digits = _digits_of(match.group())
        if 13 <= len(digits) <= 19 and digits[0] in "23456" and is_luhn(digits):
            yield match.span()


def _my_numbers(text: str) -> Spans:
    for match in _MY_NUMBER.finditer(text):
        if is_my_number(_digits_of(match.group())):
            yield match.span()


def _ibans(text: str) -> Spans:
    for match in _IBAN.finditer(text):
        length = _IBAN_LENGTHS.get(match.group()[:2])
        # What follows in capitals is not part of it: the country tells the length.
        end = _after(match.group(), length) if length else None
        if end is not None and is_iban(match.group()[:end]):
            yield match.start(), match.start() + end


def _after(text: str, count: int) -> int | None:
    """Return the place behind so many characters, spaces not counted."""
    places = [i for i, character in enumerate(text, start=1) if character != " "]
    return places[count - 1] if count <= len(places) else None


def _phones(text: str) -> Spans:
    for match in _PHONE.finditer(text):
        digits = _digits_of(match.group())
        most = 11 if digits.startswith("0") else 15
        if (10 if most == 11 else 8) <= len(digits) <= most:
            yield match.span()


def _addresses(text: str) -> Spans:
    spans = sorted(m.span() for pattern in _ADDRESSES for m in pattern.finditer(text))
    # The longest of those that begin alike or lie in each other.
    end = -1
    for start, stop in sorted(spans, key=lambda span: (span[0], -span[1])):
        if start >= end:
            yield start, stop
            end = stop


def _digits_of(text: str) -> str:
    return "".join(filter(str.isdigit, text))


_SEARCHES: dict[DataKind, Callable[[str], Spans]] = {
    DataKind.EMAIL: _emails,
    DataKind.IBAN: _ibans,
    DataKind.CARD: _cards,
    DataKind.MY_NUMBER: _my_numbers,
    DataKind.PHONE: _phones,
    DataKind.ADDRESS: _addresses,
}


# ------------------------------------------------------------------ check digits


def is_luhn(digits: str) -> bool:
    """Tell whether the last digit is right (ISO/IEC 7812-1); one digit alone is no."""
    if len(set(digits)) < 2:
        return False
    doubled = (
        sum(divmod(2 * int(digit), 10)) if place % 2 else int(digit)
        for place, digit in enumerate(reversed(digits))
    )
    return sum(doubled) % 10 == 0


def is_my_number(digits: str) -> bool:
    """Tell whether 12 digits are a Japanese Individual Number by the last of them."""
    if len(digits) != 12 or len(set(digits)) < 2:
        return False
    # Ordinance of the Ministry of Internal Affairs No. 85 of 2014, article 5.
    body = [int(digit) for digit in reversed(digits[:-1])]
    total = sum(
        digit * (n + 1 if n <= 6 else n - 5) for n, digit in enumerate(body, start=1)
    )
    rest = total % 11
    return int(digits[-1]) == (0 if rest <= 1 else 11 - rest)


def is_iban(text: str) -> bool:
    """Tell whether an IBAN has the right check digits (ISO 13616)."""
    joined = text.replace(" ", "")
    moved = joined[4:] + joined[:4]
    return joined.isalnum() and int("".join(str(int(c, 36)) for c in moved)) % 97 == 1
