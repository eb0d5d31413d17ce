"""Checks of one answer: against the expected one, and against the task card."""

import dataclasses

from workbench.domain.datasets import normalised_input
from workbench.domain.task import TaskCard, TaskKind
from workbench.formats.json_schema import schema_problems
from workbench.formats.targets import estimated_tokens
from workbench.formats.validation import AnswerCode, AnswerProblem
from workbench.formats.validation import check_answer as check_against_rules


@dataclasses.dataclass(frozen=True, slots=True)
class Check:
    """What can be said about an answer without asking the expert.

    Attributes:
        matches: whether it is the expected answer (JGLUE exact match); None when no
            answer is expected.
        problems: what contradicts the task card.
        by_rules: whether the card has rules that an answer can break by its form.
    """

    matches: bool | None
    problems: tuple[AnswerProblem, ...] = ()
    by_rules: bool = False

    @property
    def ok(self) -> bool | None:
        """Whether the answer is as it should be; None: nothing to tell it by."""
        if self.problems or self.matches is False:
            return False
        return True if self.matches or self.by_rules else None


def check_answer(answer: str, expected: str | None, card: TaskCard) -> Check:
    """Compare an answer with the expected one and with the task card.

    The length is a guess (`estimated_tokens`): good enough to tell that a sentence
    stands where a word was agreed on.
    """
    matches = None if expected is None else _same(answer, expected)
    return Check(matches, _problems(answer, card, card.longest_answer), _rules(card))


def check_form(answer: str, card: TaskCard) -> tuple[AnswerProblem, ...]:
    """Return what in an answer's form contradicts the task card."""
    return _problems(answer, card, longest=None)


def _problems(
    answer: str, card: TaskCard, longest: int | None
) -> tuple[AnswerProblem, ...]:
    found = check_against_rules(
        answer.strip(),
        labels=card.labels if card.kind is TaskKind.LABEL else (),
        fields=card.fields if card.kind is TaskKind.EXTRACT else (),
        separator=card.separator,
        longest=longest,
        length=estimated_tokens,
    )
    return (*found, *_said(answer, card), *_schema(answer, card))


def _said(answer: str, card: TaskCard) -> tuple[AnswerProblem, ...]:
    text = normalised_input(answer)
    return tuple(
        AnswerProblem(AnswerCode.MUST_CONTAIN, wanted)
        for wanted in card.must_contain
        if normalised_input(wanted) not in text
    )


def _schema(answer: str, card: TaskCard) -> tuple[AnswerProblem, ...]:
    if not card.answer_schema:
        return ()
    problems = schema_problems(answer, card.answer_schema)
    return tuple(AnswerProblem(AnswerCode.NOT_SCHEMA, text) for text in problems)


def _rules(card: TaskCard) -> bool:
    """Tell whether a card says more of an answer's form than how long it may be."""
    by_kind = {TaskKind.LABEL: card.labels, TaskKind.EXTRACT: card.fields}
    return bool(by_kind.get(card.kind) or card.must_contain or card.answer_schema)


def _same(answer: str, expected: str) -> bool:
    # Imported here: the metrics bring numpy, which the window's start has no use for.
    from workbench.evaluation.metrics import jsquad_em

    return jsquad_em(answer, [expected]) == 1.0
