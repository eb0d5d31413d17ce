"""The comparison of two models on the same records.

``compare_paired`` picks the interval and the test by what the data are:

============  ==============  ===============================  ==================
groups        size            interval                         p-value
============  ==============  ===============================  ==================
none          2-29 records    t                                binary: McNemar
none          30 and more     bootstrap over records           mid-p; graded:
                                                               sign flips
documents     10-49           cluster t                        sign flips of
documents     50 and more     bootstrap over documents         whole documents
============  ==============  ===============================  ==================

The limits come from simulated coverage: below them the percentile bootstrap covers
too rarely. Where no number would be honest there is a note instead.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from workbench.evaluation.statistics.intervals import (
    Codes,
    Floats,
    Interval,
    IntervalMethod,
    bootstrap_interval,
    cluster_t_interval,
    t_interval,
)
from workbench.evaluation.statistics.pvalues import PMethod, mcnemar, sign_flip_p

BOOTSTRAP_FROM_RECORDS = 30
BOOTSTRAP_FROM_DOCUMENTS = 50
FEWEST_DOCUMENTS = 10
FEWEST_DISAGREEMENTS = 6
"""Below it the exact two-sided p cannot fall under .05, whatever the answers are."""

_DUST = 1e-12  # Sums such as 0.1 + 0.2 - 0.3 are zero but for rounding.


class Note(StrEnum):
    """Why a number is missing."""

    NO_RECORDS = "no_records"
    TOO_FEW_RECORDS = "too_few_records"
    TOO_FEW_DOCUMENTS = "too_few_documents"
    ALL_EQUAL = "all_equal"
    NOT_ENOUGH_DISAGREEMENT = "not_enough_disagreement"
    ZERO_BASE = "zero_base"


@dataclass(frozen=True, slots=True)
class PairedResult:
    """Difference tuned - base over the records that both answered.

    Attributes:
        n: records compared.
        excluded: records left out because a score was None (the call failed).
        documents: number of groups, None when the records are independent.
        mean_base: mean score, 0..1 for our metrics; the same for ``mean_tuned``.
        difference: mean_tuned - mean_base.
        low: lower end of the 95 % interval; the same for ``high``.
        p: two-sided p-value.
        better: records on which tuned scores higher; ``worse``, ``same`` alike.
        notes: why a number above is None.
    """

    n: int
    excluded: int
    documents: int | None
    mean_base: float | None
    mean_tuned: float | None
    difference: float | None
    low: float | None
    high: float | None
    p: float | None
    method_interval: IntervalMethod | None
    method_p: PMethod | None
    better: int
    worse: int
    same: int
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class RatioResult:
    """Relative change of the mean, tuned / base - 1 (-0.3 = 30 % fewer).

    Attributes as in ``PairedResult``; ``change`` is None without base.
    """

    n: int
    excluded: int
    documents: int | None
    mean_base: float | None
    mean_tuned: float | None
    change: float | None
    low: float | None
    high: float | None
    method_interval: IntervalMethod | None
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class _Pairs:
    base: Floats
    tuned: Floats
    excluded: int
    clusters: Codes | None

    @property
    def documents(self) -> int | None:
        return None if self.clusters is None else int(self.clusters.max()) + 1

    @property
    def mean_base(self) -> float | None:
        return float(self.base.mean()) if len(self.base) else None

    @property
    def mean_tuned(self) -> float | None:
        return float(self.tuned.mean()) if len(self.tuned) else None


def compare_paired(
    base: Sequence[float | None],
    tuned: Sequence[float | None],
    groups: Sequence[Hashable | None] | None = None,
    *,
    seed: int = 0,
) -> PairedResult:
    """Compare the scores of two models, record by record.

    Args:
        base: one score per record; None where the call failed (an unreadable answer
            is a wrong answer, not None).
        tuned: the other model's scores, in the same order.
        groups: document id per record; None for a record of its own.
        seed: of the resampling; the same seed gives the same numbers.

    Raises:
        ValueError: unequal lengths.
    """
    pairs = _pairs(base, tuned, groups)
    d = pairs.tuned - pairs.base
    interval, why_no_interval = _interval(d, pairs, seed)
    p, method_p, why_no_p = _p_value(d, pairs, seed)
    return PairedResult(
        n=len(d),
        excluded=pairs.excluded,
        documents=pairs.documents,
        mean_base=pairs.mean_base,
        mean_tuned=pairs.mean_tuned,
        difference=float(d.mean()) if len(d) else None,
        low=interval.low if interval else None,
        high=interval.high if interval else None,
        p=p,
        method_interval=interval.method if interval else None,
        method_p=method_p,
        better=int((d > _DUST).sum()),
        worse=int((d < -_DUST).sum()),
        same=int((np.abs(d) <= _DUST).sum()),
        notes=_unique(why_no_interval, why_no_p),
    )


def compare_ratio(
    base: Sequence[float | None],
    tuned: Sequence[float | None],
    groups: Sequence[Hashable | None] | None = None,
    *,
    seed: int = 0,
) -> RatioResult:
    """Compare two positive quantities, e.g. output tokens, as a relative change.

    Small samples get a t interval of the linearised ratio (delta method), larger
    ones the paired bootstrap of the ratio itself; arguments as ``compare_paired``.

    Raises:
        ValueError: unequal lengths.
    """
    pairs = _pairs(base, tuned, groups)
    mean_base, mean_tuned = pairs.mean_base, pairs.mean_tuned
    change: float | None = None
    interval: Interval | None = None
    note: Note | None = Note.ZERO_BASE
    if mean_base and mean_tuned is not None:
        change = mean_tuned / mean_base - 1
        interval, note = _ratio_interval(pairs, change, mean_base, seed)
    elif mean_base is None:
        note = Note.NO_RECORDS
    return RatioResult(
        n=len(pairs.base),
        excluded=pairs.excluded,
        documents=pairs.documents,
        mean_base=mean_base,
        mean_tuned=mean_tuned,
        change=change,
        low=interval.low if interval else None,
        high=interval.high if interval else None,
        method_interval=interval.method if interval else None,
        notes=_unique(note),
    )


def _pairs(
    base: Sequence[float | None],
    tuned: Sequence[float | None],
    groups: Sequence[Hashable | None] | None,
) -> _Pairs:
    if len(base) != len(tuned) or (groups is not None and len(groups) != len(base)):
        raise ValueError("base, tuned and groups must be of equal length")
    kept = [
        (i, b, t)
        for i, (b, t) in enumerate(zip(base, tuned, strict=True))
        if b is not None and t is not None
    ]
    ids = None if groups is None else [groups[i] for i, _, _ in kept]
    return _Pairs(
        base=np.array([b for _, b, _ in kept], dtype=np.float64),
        tuned=np.array([t for _, _, t in kept], dtype=np.float64),
        excluded=len(base) - len(kept),
        clusters=None if ids is None else _clusters(ids),
    )


def _clusters(ids: Sequence[Hashable | None]) -> Codes | None:
    """Number the documents from 0, or None if each record is a document."""
    numbers: dict[Hashable, int] = {}
    codes = [
        numbers.setdefault(
            ("alone", i) if name is None else ("group", name), len(numbers)
        )
        for i, name in enumerate(ids)
    ]
    return np.array(codes, dtype=np.int64) if len(numbers) < len(codes) else None


def _too_few(n: int, documents: int | None) -> Note | None:
    if n == 0:
        return Note.NO_RECORDS
    if n == 1:
        return Note.TOO_FEW_RECORDS
    if documents is not None and documents < FEWEST_DOCUMENTS:
        return Note.TOO_FEW_DOCUMENTS
    return None


def _interval(
    d: Floats, pairs: _Pairs, seed: int
) -> tuple[Interval | None, Note | None]:
    note = _too_few(len(d), pairs.documents)
    if note is None and np.ptp(d) <= _DUST:
        note = Note.ALL_EQUAL
    if note is not None:
        return None, note
    if pairs.clusters is None:
        if len(d) < BOOTSTRAP_FROM_RECORDS:
            return t_interval(d), None
        return bootstrap_interval(d, seed=seed), None
    sums, sizes = _by_document(d, pairs.clusters), np.bincount(pairs.clusters)
    if len(sizes) < BOOTSTRAP_FROM_DOCUMENTS:
        return cluster_t_interval(d, pairs.clusters), None
    method = IntervalMethod.CLUSTER_BOOTSTRAP
    return (
        bootstrap_interval(sums, sizes.astype(np.float64), seed=seed, method=method),
        None,
    )


def _ratio_interval(
    pairs: _Pairs, change: float, mean_base: float, seed: int
) -> tuple[Interval | None, Note | None]:
    # Residuals of the ratio line: their mean is 0 and their spread is that of the
    # ratio, to first order.
    residual = (pairs.tuned - (1 + change) * pairs.base) / mean_base
    note = _too_few(len(residual), pairs.documents)
    if note is None and np.ptp(residual) <= _DUST:
        note = Note.ALL_EQUAL
    if note is not None:
        return None, note
    clusters = pairs.clusters
    if clusters is None and len(residual) < BOOTSTRAP_FROM_RECORDS:
        return _shifted(t_interval(residual), change), None
    if clusters is not None and (pairs.documents or 0) < BOOTSTRAP_FROM_DOCUMENTS:
        return _shifted(cluster_t_interval(residual, clusters), change), None
    top, below, method = pairs.tuned, pairs.base, IntervalMethod.BOOTSTRAP
    if clusters is not None:
        top, below = _by_document(top, clusters), _by_document(below, clusters)
        method = IntervalMethod.CLUSTER_BOOTSTRAP
    return _shifted(bootstrap_interval(top, below, seed=seed, method=method), -1), None


def _shifted(interval: Interval, by: float) -> Interval:
    return Interval(interval.low + by, interval.high + by, interval.method)


def _p_value(
    d: Floats, pairs: _Pairs, seed: int
) -> tuple[float | None, PMethod | None, Note | None]:
    note = _too_few(len(d), pairs.documents)
    values = d if pairs.clusters is None else _by_document(d, pairs.clusters)
    values = np.where(np.abs(values) <= _DUST, 0.0, values)
    if note is None and np.count_nonzero(values) < FEWEST_DISAGREEMENTS:
        note = Note.NOT_ENOUGH_DISAGREEMENT
    if note is not None:
        return None, None, note
    binary = _is_binary(pairs.base) and _is_binary(pairs.tuned)
    if pairs.clusters is not None:
        p = sign_flip_p(values, ties_half=binary, seed=seed)
        return p, PMethod.DOCUMENT_SIGN_FLIPS, None
    if binary:
        p = mcnemar(int((d > 0).sum()), int((d < 0).sum())).mid_p
        return p, PMethod.MCNEMAR_MIDP, None
    return sign_flip_p(values, seed=seed), PMethod.SIGN_FLIPS, None


def _by_document(values: Floats, clusters: Codes) -> Floats:
    return np.bincount(clusters, weights=values).astype(np.float64)


def _is_binary(values: NDArray[np.float64]) -> bool:
    return bool(np.isin(values, (0.0, 1.0)).all())


def _unique(*notes: Note | None) -> tuple[Note, ...]:
    return tuple(dict.fromkeys(note for note in notes if note is not None))
