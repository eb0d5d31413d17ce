"""What is wanted of the toy, and whether the measured figures have it.

The rows are those of the product's specification of the toy; each is judged from
measured figures alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scoring import Score

SHOTS = (2, 4, 8)
SIZES = (16, 32, 64, 128, 200)
MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Row:
    """One wanted property beside what was measured."""

    name: str
    wanted: str
    measured: str
    met: bool


@dataclass(frozen=True)
class Machine:
    """What was measured beside the scores.

    Attributes:
        size: bytes of the model's folder.
        speed: tokens a second on one core, one answer at a time.
        lora_seconds: LoRA on 200 records.
    """

    size: int
    speed: float
    lora_seconds: float


def percent(share: float) -> str:
    """A share as a percentage with one decimal."""
    return f"{100 * share:.1f} %"


def crossing(scores: Mapping[str, Score], level: float) -> str:
    """Between which numbers of records LoRA passes a level, in words."""
    shares = [scores[f"LoRA {size}"].exact for size in SIZES]
    if shares[0] > level:
        return f"below {SIZES[0]}"
    for before, size, share in zip(SIZES, SIZES[1:], shares[1:], strict=False):
        if share > level:
            return f"{before} to {size}"
    return f"above {SIZES[-1]}"


def judge(lines: Sequence[Score], machine: Machine) -> list[Row]:
    """Every wanted property of one language, with what was measured."""
    scores = {line.name: line for line in lines}
    return [*_prompting(scores), *_tuning(scores), *_machine(machine)]


def _prompting(scores: Mapping[str, Score]) -> list[Row]:
    plain, spelled = scores["plain"], scores["format"]
    rows = [
        Row("plain: exact match", "near 0", percent(plain.exact), plain.exact <= 0.05),
        Row(
            "plain: tokens of an answer",
            "40 to 50",
            f"{plain.tokens:.1f}",
            40 <= plain.tokens <= 50,
        ),
        Row(
            "format spelled out",
            "10 to 40 %",
            percent(spelled.exact),
            0.1 <= spelled.exact <= 0.4,
        ),
    ]
    best = max(plain, spelled, key=lambda line: line.exact)
    for count in SHOTS:
        shown = scores[f"{count} shots"]
        gain = shown.exact - best.exact
        clear = gain >= 0.2 and shown.low > best.high
        measured = f"{percent(shown.exact)}, {100 * gain:+.1f} points"
        rows.append(
            Row(f"{count} examples", "20 points above both, clear", measured, clear)
        )
    return rows


def _tuning(scores: Mapping[str, Score]) -> list[Row]:
    shots = max(scores[f"{count} shots"].exact for count in SHOTS)
    shares = [scores[f"LoRA {size}"].exact for size in SIZES]
    where = crossing(scores, shots)
    last = scores[f"LoRA {SIZES[-1]}"]
    fewer = 1 - last.tokens / scores["plain"].tokens
    rising = all(before <= after for before, after in pairwise(shares))
    return [
        Row(
            f"LoRA on {'/'.join(map(str, SIZES))}",
            "rises",
            " / ".join(percent(share) for share in shares),
            rising,
        ),
        Row(
            "LoRA passes the examples",
            "between 16 and 128 records",
            where,
            where in ("16 to 32", "32 to 64", "64 to 128"),
        ),
        Row(
            f"LoRA on {SIZES[-1]}",
            "85 % or more, 10 points above examples",
            f"{percent(last.exact)}, {100 * (last.exact - shots):+.1f} points",
            last.exact >= 0.85 and last.exact - shots >= 0.1,
        ),
        Row("fewer output tokens", "50 % or more", percent(fewer), fewer >= 0.5),
    ]


def _machine(machine: Machine) -> list[Row]:
    return [
        Row(
            "size on disk",
            "12 MB or less",
            f"{machine.size / MEGABYTE:.1f} MB",
            machine.size <= 12 * MEGABYTE,
        ),
        Row(
            "speed on one core",
            "100 tokens/s or more",
            f"{machine.speed:.0f} tokens/s",
            machine.speed >= 100,
        ),
        Row(
            f"time of LoRA on {SIZES[-1]} records",
            "180 s or less",
            f"{machine.lora_seconds:.0f} s",
            machine.lora_seconds <= 180,
        ),
    ]


def as_text(rows: Sequence[Row]) -> str:
    """A table for the terminal: wanted beside measured."""
    cells = [("", "wanted", "measured", "")]
    cells += [(r.name, r.wanted, r.measured, "ok" if r.met else "NO") for r in rows]
    widths = [max(len(row[index]) for row in cells) for index in range(4)]
    lines = (
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        for row in cells
    )
    return "\n".join(line.rstrip() for line in lines)
