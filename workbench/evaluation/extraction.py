"""Extracting fields: one answer's fields against the reference's, and the table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workbench.evaluation.metrics import normalize


@dataclass(frozen=True, slots=True)
class FieldScore:
    """One answer, field by field.

    Attributes:
        correct: for every field of the task card, whether its value is right.
        parsed: False when the answer could not be read as fields at all.
    """

    correct: Mapping[str, bool]
    parsed: bool

    @property
    def accuracy(self) -> float:
        """Share of right fields, 0..1."""
        return sum(self.correct.values()) / len(self.correct)

    @property
    def all_correct(self) -> bool:
        """Whether every field is right."""
        return all(self.correct.values())


@dataclass(frozen=True, slots=True)
class FieldReport:
    """A table of answers: shares between 0 and 1 over ``n`` records."""

    n: int
    parsed_rate: float
    accuracy: float
    all_correct_rate: float
    per_field: Mapping[str, float]


def field_score(
    reference: Mapping[str, str],
    answer: Mapping[str, str] | None,
    fields: Sequence[str],
) -> FieldScore:
    """Compare field values after JSQuAD normalisation.

    A field that both sides leave out counts as right: the reference says that the
    text has no such thing. ``answer`` None (unreadable) is wrong in every field.

    Raises:
        ValueError: no fields.
    """
    if not fields:
        raise ValueError("a task card for extraction names at least one field")
    if answer is None:
        return FieldScore(dict.fromkeys(fields, False), parsed=False)
    return FieldScore(
        {
            name: normalize(answer.get(name, "")) == normalize(reference.get(name, ""))
            for name in fields
        },
        parsed=True,
    )


def field_report(scores: Sequence[FieldScore]) -> FieldReport:
    """Average the scores of a table.

    Raises:
        ValueError: no scores.
    """
    if not scores:
        raise ValueError("no scores")
    n = len(scores)
    return FieldReport(
        n=n,
        parsed_rate=sum(s.parsed for s in scores) / n,
        accuracy=sum(s.accuracy for s in scores) / n,
        all_correct_rate=sum(s.all_correct for s in scores) / n,
        per_field={
            name: sum(s.correct[name] for s in scores) / n for name in scores[0].correct
        },
    )
