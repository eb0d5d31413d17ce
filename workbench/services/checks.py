"""Checks of one answer: against the expected one, and against the task card."""

import dataclasses

from workbench.domain.task import TaskCard, TaskKind
from workbench.formats.targets import estimated_tokens
from workbench.formats.validation import AnswerProblem
from workbench.formats.validation import check_answer as check_against_rules


@dataclasses.dataclass(frozen=True, slots=True)
class Check:
    """What can be said about an answer without asking the expert.

    Attributes:
        matches: whether it is the expected answer (JGLUE exact match); None when no
            answer is expected.
        problems: what contradicts the task card.
    """

    matches: bool | None
    problems: tuple[AnswerProblem, ...] = ()


def check_answer(answer: str, expected: str | None, card: TaskCard) -> Check:
    """Compare an answer with the expected one and with the task card.

    The length is a guess (`estimated_tokens`): good enough to tell that a sentence
    stands where a word was agreed on.
    """
    matches = None if expected is None else _same(answer, expected)
    return Check(matches, _problems(answer, card, card.longest_answer))


def check_form(answer: str, card: TaskCard) -> tuple[AnswerProblem, ...]:
    """Return what in an answer's form contradicts the task card."""
    return _problems(answer, card, longest=None)


def _problems(
    answer: str, card: TaskCard, longest: int | None
) -> tuple[AnswerProblem, ...]:
    return check_against_rules(
        answer.strip(),
        labels=card.labels if card.kind is TaskKind.LABEL else (),
        fields=card.fields if card.kind is TaskKind.EXTRACT else (),
        separator=card.separator,
        longest=longest,
        length=estimated_tokens,
    )


def _same(answer: str, expected: str) -> bool:
    # Imported here: the metrics bring numpy, which the window's start has no use for.
    from workbench.evaluation.metrics import jsquad_em

    return jsquad_em(answer, [expected]) == 1.0
