"""Choosing a few examples that differ: "pick for me", and how it was picked.

One example of every label first, the most frequent label at the start, then a second
one of each, and so on. Among the examples of a label the one is taken whose input is
farthest from all that were taken so far (farthest-first). The distance is 1 minus the
Jaccard similarity of the inputs' shingles: runs of three words, or of three characters
where a language writes none apart. The first is the one of typical length.

The same examples give the same choice, in whatever order they come.
"""

import collections
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from workbench.evaluation.duplicates import fold
from workbench.evaluation.textdiff import words

MOST_CANDIDATES = 20_000
_SHINGLE = 3


class Why(StrEnum):
    """Why an example was picked."""

    TYPICAL = "typical"
    """The first: of typical length."""
    NEW_LABEL = "new_label"
    """The first with its label, farthest from the others among those that have it."""
    FARTHEST = "farthest"
    """Farthest from all that were taken before, among the labels taken least."""


@dataclass(frozen=True, slots=True)
class Pick:
    """One example that was picked.

    Attributes:
        index: its place among the candidates.
        label: its label; empty when labels played no part.
        distance: from the nearest one taken before, 0 to 1; 1 for the first.
    """

    index: int
    why: Why
    label: str
    distance: float


@dataclass(frozen=True, slots=True)
class Picked:
    """A diverse choice and what there is to say about it.

    Attributes:
        picks: in the order they were taken.
        candidates: how many there were to choose from.
        by_label: whether labels were covered; False when hardly any repeats.
        labels: number of different labels.
        covered: number of labels among the picks.
    """

    picks: tuple[Pick, ...]
    candidates: int
    by_label: bool
    labels: int
    covered: int


def pick_diverse(inputs: Sequence[str], answers: Sequence[str], k: int) -> Picked:
    """Choose up to k examples; fewer when the rest only repeat their inputs.

    Args:
        inputs: the candidates' inputs.
        answers: their right answers, which are labels when they repeat.
        k: how many are wanted.

    Raises:
        ValueError: unequal lengths.
    """
    if len(inputs) != len(answers):
        raise ValueError("inputs and answers must be of equal length")
    names = [" ".join(answer.split()) for answer in answers]
    counts = collections.Counter(names)
    by_label = 1 < len(counts) <= len(names) / 2
    chooser = _Chooser(inputs, names if by_label else [""] * len(names))
    picks = chooser.choose(k)
    covered = len({pick.label for pick in picks}) if by_label else 0
    labels = len(counts) if by_label else 0
    return Picked(picks, len(inputs), by_label, labels, covered)


class _Chooser:
    """Farthest-first over the candidates, with the distances so far."""

    def __init__(self, inputs: Sequence[str], labels: Sequence[str]) -> None:
        # By content, so that the order of the candidates decides nothing.
        order = sorted(range(len(inputs)), key=lambda i: (inputs[i], labels[i], i))
        self._left = order[:MOST_CANDIDATES]
        self._inputs = inputs
        self._labels = labels
        self._shingles = {i: shingles(inputs[i]) for i in self._left}
        self._distance = dict.fromkeys(self._left, 1.0)
        self._sizes = collections.Counter(labels[i] for i in self._left)
        self._taken: collections.Counter[str] = collections.Counter()

    def choose(self, k: int) -> tuple[Pick, ...]:
        picks: list[Pick] = []
        while self._left and len(picks) < k:
            picks.append(self._next())
            self._take(picks[-1])
        return tuple(picks)

    def _next(self) -> Pick:
        group = self._group()
        label = self._labels[group[0]]
        if not self._taken:
            return Pick(self._typical(group), Why.TYPICAL, label, 1.0)
        # The first of equals: the sorted order makes it the same one every time.
        index = max(group, key=lambda i: self._distance[i])
        new = bool(label) and not self._taken[label]
        why = Why.NEW_LABEL if new else Why.FARTHEST
        return Pick(index, why, label, self._distance[index])

    def _group(self) -> list[int]:
        """Return what is left of the label that is next."""
        labels = {self._labels[i] for i in self._left}
        label = min(labels, key=lambda x: (self._taken[x], -self._sizes[x], x))
        return [i for i in self._left if self._labels[i] == label]

    def _typical(self, group: Sequence[int]) -> int:
        by_length = sorted(group, key=lambda i: (len(self._inputs[i]), self._inputs[i]))
        return by_length[(len(by_length) - 1) // 2]

    def _take(self, pick: Pick) -> None:
        self._taken[pick.label] += 1
        near = self._shingles[pick.index]
        for i in self._left:
            away = distance(self._shingles[i], near)
            self._distance[i] = min(self._distance[i], away)
        # Nothing is learned from the same input twice.
        self._left = [i for i in self._left if self._distance[i] > 0]


def shingles(text: str) -> frozenset[str]:
    """Return the runs of three words, or of three characters, that a text is made of.

    `words` cuts Japanese and Chinese into characters, so both fall out of one rule.
    """
    units = [fold(word) for word in words(text) if any(map(str.isalnum, word))]
    units = units or [fold(text)]
    runs = range(max(1, len(units) - _SHINGLE + 1))
    return frozenset("\0".join(units[i : i + _SHINGLE]) for i in runs)


def distance(one: frozenset[str], other: frozenset[str]) -> float:
    """Return 1 minus the Jaccard similarity: 0 for the same, 1 for nothing shared."""
    shared = len(one & other)
    return 1.0 - shared / (len(one) + len(other) - shared)
