"""Repeated inputs: exact ones, near ones, and those that leak between splits.

Level 1 compares texts after NFKC, case folding and without punctuation, symbols and
spaces. Level 2 compares pairwise with rapidfuzz's ratio, up to 10,000 different
texts, and keeps the spaces, without which fewer pairs of English texts are found.
Neither finds paraphrases, and pairs above the threshold can be different questions:
findings are for review, nothing is ever deleted by them.
"""

import heapq
import unicodedata
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz.fuzz import ratio
from rapidfuzz.process import cdist

WARN_FROM = 90.0
LIST_FROM = 80.0
MOST_TEXTS = 10_000
_BLOCK = 500


@dataclass(frozen=True, slots=True)
class NearPair:
    """Two rows whose texts are similar: ``score`` is rapidfuzz's ratio, 80 to 100."""

    first: int
    second: int
    score: float

    @property
    def warn(self) -> bool:
        """Whether the pair is close enough to be warned about (90)."""
        return self.score >= WARN_FROM


@dataclass(frozen=True, slots=True)
class NearReport:
    """Near-duplicates, closest first.

    Attributes:
        pairs: at most ``limit`` pairs; each text stands for all its exact copies.
        listed: number of pairs found from 80 on, also beyond the limit.
        warned: number of pairs found from 90 on.
        checked: False when there were more than 10,000 different texts: then nothing
            was compared.
    """

    pairs: tuple[NearPair, ...]
    listed: int
    warned: int
    checked: bool


_NOT_CHECKED = NearReport((), 0, 0, checked=False)


@dataclass(frozen=True, slots=True)
class LeakReport:
    """What crosses splits; every entry holds row positions in rising order.

    Attributes:
        same_input: rows with the same input in two or more splits.
        same_group: rows of one group (document) in two or more splits.
        label_conflicts: rows with the same input but different outputs, anywhere.
        near: similar inputs in different splits.
    """

    same_input: tuple[tuple[int, ...], ...]
    same_group: tuple[tuple[int, ...], ...]
    label_conflicts: tuple[tuple[int, ...], ...]
    near: NearReport

    @property
    def clean(self) -> bool:
        """Whether no input and no group crosses splits and no labels conflict."""
        return not (self.same_input or self.same_group or self.label_conflicts)


def fold(text: str) -> str:
    """Return the form in which two inputs count as the same.

    A text of nothing but punctuation keeps it: "?" and "!" are not the same input.
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    kept = "".join(c for c in folded if unicodedata.category(c)[0] not in "PSZC")
    return kept or folded.strip()


def _spaced(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    kept = "".join(c for c in folded if unicodedata.category(c)[0] != "P")
    return " ".join(kept.split())


def exact_duplicates(texts: Sequence[str]) -> tuple[tuple[int, ...], ...]:
    """Positions of the texts that are the same after ``fold``, group by group."""
    return _repeated(fold(text) for text in texts)


def near_duplicates(
    texts: Sequence[str],
    splits: Sequence[Hashable] | None = None,
    *,
    limit: int = 1000,
) -> NearReport:
    """Find similar texts; with ``splits``, only pairs from different splits.

    Exact copies (after ``fold``) inside one split count once and are not reported
    here; see ``exact_duplicates``.
    """
    where: Sequence[Hashable] = splits if splits is not None else [None] * len(texts)
    first: dict[tuple[str, Hashable], int] = {}
    for i, text in enumerate(texts):
        first.setdefault((fold(text), where[i]), i)
    if len(first) > MOST_TEXTS:
        return _NOT_CHECKED
    rows = list(first.values())
    numbers: dict[Hashable, int] = {}
    parts = [numbers.setdefault(key[1], len(numbers)) for key in first]
    closest: list[tuple[float, int, int]] = []
    listed = warned = 0
    for i, j, score in _similar(
        [_spaced(texts[i]) for i in rows], parts, across=splits is not None
    ):
        listed += 1
        warned += score >= WARN_FROM
        entry = (score, -rows[i], -rows[j])
        if len(closest) < limit:
            heapq.heappush(closest, entry)
        elif limit:
            heapq.heappushpop(closest, entry)
    pairs = tuple(NearPair(-i, -j, s) for s, i, j in sorted(closest, reverse=True))
    return NearReport(pairs, listed, warned, checked=True)


def find_leaks(
    inputs: Sequence[str],
    outputs: Sequence[str],
    splits: Sequence[Hashable],
    groups: Sequence[Hashable | None] | None = None,
    *,
    near: bool = True,
) -> LeakReport:
    """Check a dataset whose rows are given as parallel sequences.

    Outputs count as different when they still differ after white space is squeezed.
    ``near=False`` leaves out the slow part.

    Raises:
        ValueError: unequal lengths.
    """
    if not len(inputs) == len(outputs) == len(splits) == len(groups or inputs):
        raise ValueError("inputs, outputs, splits and groups must be of equal length")
    same = exact_duplicates(inputs)
    answers = [" ".join(output.split()) for output in outputs]
    return LeakReport(
        same_input=tuple(rows for rows in same if _differ(rows, splits)),
        same_group=tuple(
            rows for rows in _repeated(groups or ()) if _differ(rows, splits)
        ),
        label_conflicts=tuple(rows for rows in same if _differ(rows, answers)),
        near=near_duplicates(inputs, splits) if near else _NOT_CHECKED,
    )


def _repeated(keys: Iterable[Hashable | None]) -> tuple[tuple[int, ...], ...]:
    rows: defaultdict[Hashable, list[int]] = defaultdict(list)
    for i, key in enumerate(keys):
        if key is not None:
            rows[key].append(i)
    return tuple(tuple(found) for found in rows.values() if len(found) > 1)


def _differ(rows: Sequence[int], values: Sequence[Hashable]) -> bool:
    return len({values[i] for i in rows}) > 1


def _similar(
    texts: Sequence[str], parts: Sequence[int], *, across: bool
) -> Iterator[tuple[int, int, float]]:
    """Pairs i < j of ``texts`` from 80 on, block by block to bound the memory."""
    where = np.array(parts)
    for start in range(0, len(texts), _BLOCK):
        block = texts[start : start + _BLOCK]
        scores = cdist(
            block,
            texts[start:],
            scorer=ratio,
            score_cutoff=LIST_FROM,
            dtype=np.float32,
            workers=1,
        )
        keep = np.triu(scores >= LIST_FROM, k=1)
        if across:
            keep &= where[start : start + len(block), None] != where[None, start:]
        for i, j in np.argwhere(keep):
            yield start + int(i), start + int(j), float(scores[i, j])
