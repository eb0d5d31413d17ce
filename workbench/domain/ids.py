"""Identifiers: integers inside the project file, ULIDs for the outside.

A ULID (https://github.com/ulid/spec) is 26 characters of Crockford base 32: 48 bits of
milliseconds and 80 random bits, so that sorting by id sorts by time of creation.
"""

import secrets
import time

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_ulid(milliseconds: int | None = None) -> str:
    """Return a new ULID for the given Unix time, or for now."""
    stamp = time.time_ns() // 1_000_000 if milliseconds is None else milliseconds
    value = (stamp << 80) | secrets.randbits(80)
    return "".join(_ALPHABET[(value >> shift) & 31] for shift in range(125, -1, -5))
