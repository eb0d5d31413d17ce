"""Find what looks like a secret in every file of a folder.

    python packaging/secret_scan.py FOLDER

Binary files are read too: a project is an SQLite file, and text lies in it as it is.
"""

import math
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PATTERNS: dict[str, re.Pattern[bytes]] = {
    "AWS access key": re.compile(rb"\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}\b"),
    "AWS secret key": re.compile(
        rb"(?i)(?:secret_?access_?key|aws_?secret)\W{1,8}([A-Za-z0-9/+]{40})\b"
    ),
    "AWS session token": re.compile(
        rb"(?i)(?:session|security)_?token\W{1,8}([A-Za-z0-9/+=]{64,})"
    ),
    "private key": re.compile(rb"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----"),
    "GitHub token": re.compile(rb"\bgh[pousr]_[A-Za-z0-9]{36,}\b"),
    "Hugging Face token": re.compile(rb"\bhf_[A-Za-z]{30,}\b"),
    "API key": re.compile(rb"\bsk-[A-Za-z0-9_-]{20,}\b"),
    "bearer token": re.compile(rb"(?i)\bbearer\s+([A-Za-z0-9._~+/-]{20,}=*)"),
    "JSON web token": re.compile(
        rb"\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}"
    ),
    "password in an address": re.compile(rb"\b[a-z]{2,10}://[^\s/:@]+:[^\s/@]+@"),
    "secret": re.compile(
        rb"(?i)\b(?:api_?key|client_?secret|password|passwd)[\"']?\s*[:=]\s*"
        rb"[\"']([^\"'\s]{12,})[\"']"
    ),
}
# Words repeat letters; random strings of this length hardly do.
BITS_PER_LETTER = 3.0
NEEDS_RANDOMNESS = frozenset({"AWS secret key", "bearer token", "secret"})


@dataclass(frozen=True)
class Secret:
    """A place that looks like a secret; the secret itself is not repeated."""

    path: Path
    offset: int
    kind: str

    def __str__(self) -> str:
        """Say where, without quoting it into a log."""
        return f"{self.path}: byte {self.offset}: looks like: {self.kind}"


def scan(folder: Path) -> list[Secret]:
    """Look through every file below a folder."""
    return [
        secret
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.is_symlink()
        for secret in scan_bytes(path.read_bytes(), path)
    ]


def scan_bytes(content: bytes, path: Path) -> Iterator[Secret]:
    """Look through one file's content."""
    for kind, pattern in PATTERNS.items():
        for match in pattern.finditer(content):
            value = match.group(match.lastindex or 0)
            if kind in NEEDS_RANDOMNESS and randomness(value) < BITS_PER_LETTER:
                continue
            yield Secret(path, match.start(), kind)


def randomness(value: bytes) -> float:
    """Measure the Shannon entropy, in bits per letter."""
    total = len(value)
    return -sum(n / total * math.log2(n / total) for n in Counter(value).values())


def main() -> int:
    """Scan the folders named on the command line."""
    found = [secret for name in sys.argv[1:] for secret in scan(Path(name))]
    for secret in found:
        print(secret)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
