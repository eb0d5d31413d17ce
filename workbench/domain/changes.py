"""What a write changed, so that views refresh only what they show."""

import dataclasses
import enum


class Kind(enum.StrEnum):
    """Kinds of record a view can depend on."""

    PROJECT = "project"
    DRAFT = "draft"
    VERSION = "version"
    TRIAL = "trial"
    ANNOTATION = "annotation"
    DATASET = "dataset"
    EXAMPLE = "example"
    SNAPSHOT = "snapshot"
    RUN = "run"
    ADAPTER = "adapter"
    COMPARISON = "comparison"
    MATRIX = "matrix"
    JOB = "job"
    UNDO = "undo"


@dataclasses.dataclass(frozen=True, slots=True)
class ChangeSet:
    """Kinds and row ids that a write touched; no ids for a kind means "many"."""

    ids: tuple[tuple[Kind, frozenset[int]], ...] = ()

    @classmethod
    def of(cls, kind: Kind, *ids: int) -> "ChangeSet":
        """Return a change of one kind."""
        return cls(((kind, frozenset(ids)),))

    def __or__(self, other: "ChangeSet") -> "ChangeSet":
        """Return both changes together; "many" swallows single ids."""
        merged: dict[Kind, frozenset[int]] = dict(self.ids)
        for kind, ids in other.ids:
            old = merged.get(kind)
            many = old is not None and not (old and ids)
            merged[kind] = frozenset() if many else ids | (old or frozenset())
        return ChangeSet(tuple(merged.items()))

    def touches(self, *kinds: Kind) -> bool:
        """Tell whether any of these kinds changed."""
        return any(kind in kinds for kind, _ in self.ids)

    def ids_of(self, kind: Kind) -> frozenset[int]:
        """Return the changed ids of a kind; empty when it is "many" or untouched."""
        return dict(self.ids).get(kind, frozenset())
