"""What the bottom pane reads for one record, in one go; runs on the database lane."""

import dataclasses

from workbench.domain.comparisons import CandidateRole, CompareRow
from workbench.domain.trials import Annotation
from workbench.evaluation.textdiff import Segment
from workbench.services.application import Services
from workbench.ui.widgets.diff_view import readable


@dataclasses.dataclass(frozen=True, slots=True)
class RecordDetails:
    """Diffs from the answers to the reference, and what was said of the tuned one."""

    row: CompareRow
    diffs: dict[CandidateRole, tuple[Segment, ...]]
    annotation: Annotation


def read_record(services: Services, row: CompareRow) -> RecordDetails:
    """Compare the answers of a record with its reference."""
    diffs = {
        role: readable(
            services.compare.diff(answer.output, row.reference), answer.output
        )
        for role, answer in row.answers
        if not answer.failed
    }
    tuned = row.answer(CandidateRole.TUNED)
    annotation = (
        services.data.trial(tuned.trial_id).annotation if tuned else Annotation()
    )
    return RecordDetails(row, diffs, annotation)
