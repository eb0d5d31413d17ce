"""What the bottom pane reads for one record, in one go; runs on the database lane."""

import dataclasses
from collections.abc import Sequence

from workbench.domain.comparisons import CandidateRole, CompareRow
from workbench.domain.trials import Annotation
from workbench.evaluation.textdiff import Op, Segment
from workbench.services.application import Services


@dataclasses.dataclass(frozen=True, slots=True)
class RecordDetails:
    """Diffs of the answers to the reference, and what was said about the tuned one."""

    row: CompareRow
    diffs: dict[CandidateRole, tuple[Segment, ...]]
    annotation: Annotation


def read_record(services: Services, row: CompareRow) -> RecordDetails:
    """Compare the answers of a record with its reference."""
    diffs = {
        role: readable(
            services.compare.diff(row.reference, answer.output), answer.output
        )
        for role, answer in row.answers
        if not answer.failed
    }
    tuned = row.answer(CandidateRole.TUNED)
    annotation = (
        services.data.trial(tuned.trial_id).annotation if tuned else Annotation()
    )
    return RecordDetails(row, diffs, annotation)


def readable(segments: Sequence[Segment], answer: str) -> tuple[Segment, ...]:
    """Return a diff, or the bare answer where hardly anything is the same.

    Letters that a sentence happens to share with a code say nothing, and marking all
    the others makes it hard to read.
    """
    same = sum(len(segment.text) for segment in segments if segment.op is Op.EQUAL)
    if same * 2 < len(answer):
        return (Segment(Op.EQUAL, answer),)
    return tuple(segments)
