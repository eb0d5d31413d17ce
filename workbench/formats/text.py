"""Bytes to text: which encoding a file is in, without ever failing."""

import codecs
from dataclasses import dataclass

REPLACEMENT = "\ufffd"

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # begins like UTF-16's, so it is asked first
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text.

    Attributes:
        text: the text, without byte order mark.
        encoding: Python's name of the encoding.
        damaged: True when some bytes did not fit; they became U+FFFD.
    """

    text: str
    encoding: str
    damaged: bool


def decode(data: bytes, encoding: str | None = None) -> Decoded:
    """Decode ``data``, guessing between UTF-8, UTF-16, UTF-32 and cp932.

    Args:
        data: the file.
        encoding: what the user says it is; not guessed then.

    Raises:
        LookupError: an ``encoding`` that Python does not know.
    """
    # Decoding no bytes would accept any name.
    encoding = codecs.lookup(encoding).name if encoding else _guess(data)
    try:
        return Decoded(data.decode(encoding), encoding, damaged=False)
    except UnicodeDecodeError:
        return Decoded(data.decode(encoding, "replace"), encoding, damaged=True)


def is_unicode(text: str) -> bool:
    """Whether ``text`` can be written as UTF-8: it has no half of a surrogate pair.

    Python holds such halves (``json.loads`` makes them from an escape), files and
    databases refuse them.
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _guess(data: bytes) -> str:
    for bom, name in _BOMS:
        if data.startswith(bom):
            return name
    sample = data[:4096]
    if sample.count(0) * 4 > len(sample):
        # ASCII characters in UTF-16 without a mark have a zero as every second byte.
        return (
            "utf-16-be"
            if sample[0::2].count(0) > sample[1::2].count(0)
            else ("utf-16-le")
        )
    if _fits(data, "utf-8"):
        return "utf-8"
    return "utf-8" if _is_damaged_utf8(data) else "cp932"


def _fits(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _is_damaged_utf8(data: bytes) -> bool:
    """Whether more is readable as UTF-8 than not, or less is as cp932.

    Damaged UTF-8 often passes as cp932, which then reads as mojibake; text that is
    cp932 hardly ever has valid UTF-8 sequences.
    """
    utf8, cp932 = (data.decode(name, "replace") for name in ("utf-8", "cp932"))
    broken = utf8.count(REPLACEMENT)
    readable = sum(not c.isascii() for c in utf8) - broken
    return readable > broken or broken <= cp932.count(REPLACEMENT)
