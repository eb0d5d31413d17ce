"""Datasets: labelled records, their splits and frozen snapshots."""

import dataclasses
import enum
import unicodedata


class Split(enum.StrEnum):
    """The part of a dataset a record belongs to; empty until it is split."""

    NONE = ""
    TRAIN = "train"
    VALIDATION = "validation"
    TEST = "test"


@dataclasses.dataclass(frozen=True, slots=True)
class NewExample:
    """A labelled record before it is kept.

    Attributes:
        variables: the input, sorted by name.
        answer: the right answer.
        group: records of one group (a document, a customer) stay in one split.
        source: where it came from: ``trial``, ``typed`` or a file's name.
        origin_trial_ulid: the trial it was made from, or empty.
    """

    variables: tuple[tuple[str, str], ...]
    answer: str
    group: str = ""
    source: str = "typed"
    origin_trial_ulid: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Example:
    """A labelled record as it is kept."""

    id: int
    ulid: str
    dataset_id: int
    variables: tuple[tuple[str, str], ...]
    input_text: str
    answer: str
    group: str
    split: Split
    source: str
    origin_trial_ulid: str
    created: str
    binned: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class SplitCounts:
    """Number of records in each part."""

    none: int = 0
    train: int = 0
    validation: int = 0
    test: int = 0

    @property
    def total(self) -> int:
        """All records."""
        return self.none + self.train + self.validation + self.test


@dataclasses.dataclass(frozen=True, slots=True)
class Dataset:
    """A named, growing collection of labelled records."""

    id: int
    ulid: str
    name: str
    created: str
    counts: SplitCounts


@dataclasses.dataclass(frozen=True, slots=True)
class Snapshot:
    """A frozen dataset version; the SHA-256 is over its canonical JSONL."""

    id: int
    ulid: str
    dataset_id: int
    dataset_name: str
    number: int
    created: str
    sha256: str
    counts: SplitCounts


@dataclasses.dataclass(frozen=True, slots=True)
class SnapshotRow:
    """One record of a snapshot, as it was when the snapshot was taken."""

    position: int
    example_id: int
    example_ulid: str
    split: Split
    variables: tuple[tuple[str, str], ...]
    answer: str
    group: str


@dataclasses.dataclass(frozen=True, slots=True)
class ExampleFilter:
    """Which records a list shows.

    Attributes:
        order: ``oldest``, ``newest``, ``input``, ``answer``.
    """

    dataset_id: int
    text: str = ""
    split: Split | None = None
    binned: bool = False
    order: str = "oldest"


def normalised_input(text: str) -> str:
    """Return what makes two inputs "the same": NFKC, case folded, spaces squeezed.

    Splitting ties records together by it and the project file refuses, by the same
    text, one input in two parts.
    """
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
