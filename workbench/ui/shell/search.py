"""Finding words in either language: case, width and kana do not matter."""

import unicodedata

_KATAKANA = range(0x30A1, 0x30F7)
_TO_HIRAGANA = {code: code - 0x60 for code in _KATAKANA}


def folded(text: str) -> str:
    """Return a text as it is compared."""
    return unicodedata.normalize("NFKC", text).casefold().translate(_TO_HIRAGANA)


def matches(wanted: str, text: str) -> bool:
    """Tell whether every word that is looked for stands somewhere in the text."""
    where = folded(text)
    return all(word in where for word in folded(wanted).split())


def rank(wanted: str, text: str) -> tuple[bool, bool]:
    """Sort key: texts that begin with what is looked for first, then word starts."""
    where, word = folded(text), folded(wanted).strip()
    return not where.startswith(word), f" {word}" not in where
