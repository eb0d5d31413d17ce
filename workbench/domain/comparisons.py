"""Comparisons: candidates answer the same test records; each cell is a trial."""

import dataclasses
import enum

from workbench.domain.jobs import JobState
from workbench.domain.models import ModelRef


class CandidateRole(enum.StrEnum):
    """What a candidate stands for; colours and words follow it."""

    BASE = "base"
    FEW_SHOT = "few_shot"
    TUNED = "tuned"


@dataclasses.dataclass(frozen=True, slots=True)
class Candidate:
    """A model with a prompt version in a comparison."""

    id: int
    role: CandidateRole
    model: ModelRef
    prompt_version_id: int


@dataclasses.dataclass(frozen=True, slots=True)
class AdapterProof:
    """Proof that base and tuned differ only by the adapter (REQ-C1).

    Attributes:
        off_equals_base: adapter switched off gave the base logits exactly.
        on_differs: adapter switched on gave other logits.
        prompts: number of prompts it was tried on.
    """

    off_equals_base: bool
    on_differs: bool
    prompts: int


@dataclasses.dataclass(frozen=True, slots=True)
class Comparison:
    """Candidates over the test part of one snapshot.

    Attributes:
        cells: answered cells.
        total: cells in all (candidates times test records).
    """

    id: int
    ulid: str
    name: str
    snapshot_id: int
    created: str
    state: JobState
    candidates: tuple[Candidate, ...]
    cells: int
    total: int
    proof: AdapterProof | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class CellAnswer:
    """One candidate's answer to one record.

    Attributes:
        scores: metric's full name to score in 0..1.
    """

    trial_id: int
    output: str
    failed: bool
    input_tokens: int
    output_tokens: int
    seconds: float
    scores: tuple[tuple[str, float], ...]

    def score(self, metric: str) -> float:
        """Return the score of a metric, 0 when it was not scored."""
        return dict(self.scores).get(metric, 0.0)


@dataclasses.dataclass(frozen=True, slots=True)
class CompareRow:
    """One test record with the answers of all candidates."""

    position: int
    example_id: int
    input_text: str
    reference: str
    group: str
    answers: tuple[tuple[CandidateRole, CellAnswer], ...]

    def answer(self, role: CandidateRole) -> CellAnswer | None:
        """Return the answer of a candidate, None when it is missing."""
        return dict(self.answers).get(role)
