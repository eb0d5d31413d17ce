"""Seeded, stratified, group-aware splitting of records into three parts.

Records that share a group or an input travel together. Groups are dealt out in a seeded
order, each to the part that lacks most of its stratum, so that every label stands in
every part about as often as in the whole.
"""

import collections
import dataclasses
import hashlib
from collections.abc import Mapping, Sequence

from workbench.domain.datasets import Split


@dataclasses.dataclass(frozen=True, slots=True)
class SplitItem:
    """A record as the splitter sees it.

    Attributes:
        id: the record.
        keys: texts that tie records together (group, normalised input).
        stratum: label whose shares are kept equal between the parts.
        pinned: part the record must stay in, or `Split.NONE`.
    """

    id: int
    keys: tuple[str, ...]
    stratum: str = ""
    pinned: Split = Split.NONE


def _clusters(items: Sequence[SplitItem]) -> list[list[SplitItem]]:
    """Join records that share a key (union by smallest index)."""
    parent = list(range(len(items)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    first: dict[str, int] = {}
    for index, item in enumerate(items):
        for key in item.keys:
            other = first.setdefault(key, index)
            parent[root(index)] = root(other)
    joined: dict[int, list[SplitItem]] = collections.defaultdict(list)
    for index, item in enumerate(items):
        joined[root(index)].append(item)
    return list(joined.values())


def _order(seed: int, cluster: Sequence[SplitItem]) -> tuple[int, str]:
    """Large clusters first (they fit worst), then by a seeded hash."""
    name = min(key for item in cluster for key in (*item.keys, str(item.id)))
    digest = hashlib.sha256(f"{seed}|{name}".encode()).hexdigest()
    return -len(cluster), digest


def split(
    items: Sequence[SplitItem], wanted: Mapping[Split, int], seed: int
) -> dict[int, Split]:
    """Deal records out to the parts.

    Args:
        items: the records.
        wanted: number of records each part should get; what the numbers leave over goes
            to no part (`Split.NONE`).
        seed: the same seed and records give the same parts.

    Returns:
        The part of every record. Counts are met exactly when no records are tied
        together, and as nearly as the groups allow otherwise.
    """
    total = len(items)
    strata = collections.Counter(item.stratum for item in items)
    left = {part: wanted.get(part, 0) for part in (Split.TEST, Split.VALIDATION)}
    left[Split.TRAIN] = wanted.get(Split.TRAIN, 0)
    left[Split.NONE] = max(0, total - sum(left.values()))
    shares = {
        (part, stratum): left[part] * count / max(1, total)
        for part in left
        for stratum, count in strata.items()
    }
    result: dict[int, Split] = {}

    def place(cluster: Sequence[SplitItem], part: Split) -> None:
        for item in cluster:
            result[item.id] = part
            left[part] -= 1
            shares[part, item.stratum] -= 1

    clusters = sorted(_clusters(items), key=lambda c: _order(seed, c))
    free: list[list[SplitItem]] = []
    for cluster in clusters:
        pins = {item.pinned for item in cluster if item.pinned is not Split.NONE}
        if pins:
            place(cluster, Split.TRAIN if Split.TRAIN in pins else min(pins))
        else:
            free.append(cluster)
    for cluster in free:
        fitting = [part for part in left if left[part] >= len(cluster)]
        candidates = fitting or [max(left, key=lambda part: left[part])]
        stratum = cluster[0].stratum
        place(cluster, max(candidates, key=lambda part: shares[part, stratum]))
    return result
