"""Choosing a label: reading the label out of an answer, and the scores of a table.

An answer that names no known label is an outcome of its own: it counts as wrong, is
shown as a rate, and never becomes a class (that would lower macro-F1).
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

_EDGES = " \t\r\n\u3000\"'`“”‘’「」『』【】<>()（）[]*.,;:!?。、．，：；！？"


class LabelMatch(StrEnum):
    """How a label was recognised in an answer."""

    EXACT = "exact"
    NORMALIZED = "normalized"
    FOUND = "found"
    UNPARSED = "unparsed"


@dataclass(frozen=True, slots=True)
class LabelOutcome:
    """The label an answer names, or None when it names none or several."""

    label: str | None
    match: LabelMatch


def label_outcome(answer: str, labels: Sequence[str]) -> LabelOutcome:
    """Read the label out of ``answer``.

    First the answer as it is, then without case, width, quotes and end punctuation,
    then a label standing alone in a longer answer, if it is the only one there.
    """
    if answer in labels:
        return LabelOutcome(answer, LabelMatch.EXACT)
    folded = {_fold(label): label for label in reversed(labels)}
    whole = folded.get(_fold(answer))
    if whole is not None:
        return LabelOutcome(whole, LabelMatch.NORMALIZED)
    found = _named_in(_squeeze(answer), folded)
    if len(found) == 1:
        return LabelOutcome(folded[found.pop()], LabelMatch.FOUND)
    return LabelOutcome(None, LabelMatch.UNPARSED)


def label_score(answer: str, reference: str, labels: Sequence[str]) -> float:
    """1.0 if ``answer`` names the label ``reference``, else 0.0: accuracy of one."""
    return float(label_outcome(answer, labels).label == reference)


def _squeeze(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _fold(text: str) -> str:
    return _squeeze(text).strip(_EDGES)


def _named_in(text: str, folded: Iterable[str]) -> set[str]:
    """Labels in ``text``, longest first, each place of the text used once."""
    found: set[str] = set()
    for label in sorted((f for f in folded if f), key=len, reverse=True):
        text, times = re.subn(_bounded(label), "\0", text)
        if times:
            found.add(label)
    return found


def _bounded(label: str) -> str:
    # Japanese has no word boundaries, so only the ASCII ends of a label need one.
    before = r"(?<![a-z0-9_-])" if label[0].isascii() else ""
    after = r"(?![a-z0-9_-])" if label[-1].isascii() else ""
    return before + re.escape(label) + after


@dataclass(frozen=True, slots=True)
class ClassScore:
    """Precision, recall and F1 (0..1) of one label; ``support`` = its references."""

    label: str
    precision: float
    recall: float
    f1: float
    support: int


@dataclass(frozen=True, slots=True)
class ClassificationReport:
    """Scores of a table of labels.

    Attributes:
        n: records.
        parsed_rate: share of answers that name a known label.
        accuracy: share of right answers among all records, unparsed ones included.
        macro_precision: unweighted mean over the known labels; the same for
            ``macro_recall`` and ``macro_f1``.
        micro_f1: F1 of the pooled counts; equals accuracy only if all are parsed.
        weighted_f1: mean of F1 weighted by support.
        kappa: Cohen's kappa, None when undefined.
        mcc: Matthews correlation (Gorodkin 2004), 0 when a side is constant.
        per_class: one entry per known label, in the order given.
        confusion: counts, rows = reference, columns = answer, in the order of
            ``labels`` plus one last row and column for "none of them".
    """

    n: int
    parsed_rate: float
    accuracy: float
    macro_precision: float
    macro_recall: float
    macro_f1: float
    micro_f1: float
    weighted_f1: float
    kappa: float | None
    mcc: float
    per_class: tuple[ClassScore, ...]
    confusion: tuple[tuple[int, ...], ...]


def classification_report(
    references: Sequence[str], answers: Sequence[str | None], labels: Sequence[str]
) -> ClassificationReport:
    """Score labels that were already read with ``label_outcome``.

    Args:
        references: the right labels.
        answers: the labels answered, None (or anything unknown) = unparsed.
        labels: the known label set.

    Raises:
        ValueError: no records, unequal lengths, or no or repeated labels.
    """
    _check(references, answers, labels)
    matrix = _confusion(references, answers, labels)
    per_class = tuple(_class_scores(matrix, labels))
    n, right = int(matrix.sum()), int(np.trace(matrix[:-1, :-1]))
    parsed, known = int(matrix[:, :-1].sum()), int(matrix[:-1].sum())
    return ClassificationReport(
        n=n,
        parsed_rate=parsed / n,
        accuracy=right / n,
        macro_precision=_mean(c.precision for c in per_class),
        macro_recall=_mean(c.recall for c in per_class),
        macro_f1=_mean(c.f1 for c in per_class),
        micro_f1=_ratio(2 * right, parsed + known),
        weighted_f1=_ratio(sum(c.f1 * c.support for c in per_class), known),
        kappa=_kappa(matrix),
        mcc=_mcc(matrix),
        per_class=per_class,
        confusion=tuple(tuple(int(cell) for cell in row) for row in matrix),
    )


def _check(
    references: Sequence[str], answers: Sequence[str | None], labels: Sequence[str]
) -> None:
    if not references or len(references) != len(answers):
        raise ValueError("references and answers must be non-empty and of equal length")
    if not labels or len(set(labels)) != len(labels):
        raise ValueError("labels must be non-empty and all different")


def _confusion(
    references: Sequence[str], answers: Sequence[str | None], labels: Sequence[str]
) -> NDArray[np.int64]:
    position: dict[str | None, int] = {label: i for i, label in enumerate(labels)}
    none = len(labels)
    matrix = np.zeros((none + 1, none + 1), dtype=np.int64)
    for reference, answer in zip(references, answers, strict=True):
        matrix[position.get(reference, none), position.get(answer, none)] += 1
    return matrix


def _class_scores(
    matrix: NDArray[np.int64], labels: Sequence[str]
) -> Iterable[ClassScore]:
    for i, label in enumerate(labels):
        hit, said = int(matrix[i, i]), int(matrix[:, i].sum())
        support = int(matrix[i].sum())
        yield ClassScore(
            label,
            _ratio(hit, said),
            _ratio(hit, support),
            _ratio(2 * hit, said + support),
            support,
        )


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def _mean(values: Iterable[float]) -> float:
    items = list(values)
    return sum(items) / len(items)


def _kappa(matrix: NDArray[np.int64]) -> float | None:
    n = float(matrix.sum())
    expected = float(matrix.sum(axis=0) @ matrix.sum(axis=1)) / n**2
    if expected == 1.0:
        return None
    return (float(np.trace(matrix)) / n - expected) / (1 - expected)


def _mcc(matrix: NDArray[np.int64]) -> float:
    n = float(matrix.sum())
    said, true = (matrix.sum(axis=axis).astype(float) for axis in (0, 1))
    top = float(np.trace(matrix)) * n - float(said @ true)
    square = (n**2 - float(said @ said)) * (n**2 - float(true @ true))
    return top / square**0.5 if square else 0.0
