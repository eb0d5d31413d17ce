"""Checking a right answer against the rules of the task card.

Rules come as plain values. This is for answers that an expert types or imports, so it
is strict: a label is right only letter by letter. Model answers are read leniently,
by the evaluation package.
"""

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from workbench.formats.fields import parse_fields


class AnswerCode(StrEnum):
    """What is wrong with an answer."""

    EMPTY = "empty"
    UNKNOWN_LABEL = "unknown_label"
    NOT_FIELDS = "not_fields"
    MISSING_FIELD = "missing_field"
    UNKNOWN_FIELD = "unknown_field"
    TOO_LONG = "too_long"
    MUST_CONTAIN = "must_contain"
    NOT_SCHEMA = "not_schema"


@dataclass(frozen=True, slots=True)
class AnswerProblem:
    """One finding about an answer.

    Attributes:
        code: what is wrong.
        detail: the label, the field's name, "length/longest", the text that must
            stand there, or the place in the JSON and what it contradicts.
        suggestion: for an unknown label, the allowed one that differs only in case,
            width or spaces; else empty.
    """

    code: AnswerCode
    detail: str = ""
    suggestion: str = ""


def check_answer(
    answer: str,
    *,
    labels: Sequence[str] = (),
    fields: Sequence[str] = (),
    separator: str = "",
    longest: int | None = None,
    length: Callable[[str], int] = len,
) -> tuple[AnswerProblem, ...]:
    """Check one answer; no problems = an empty tuple.

    Args:
        answer: the right answer as typed.
        labels: the allowed labels; empty when the task is not to choose one.
        fields: the required fields; empty when the task is not extraction.
        separator: between fields on one line; empty for JSON or ``name: value``.
        longest: longest sensible answer in the unit of ``length``, None = no limit.
        length: measures an answer: characters, unless a token counter is given.
    """
    if not answer.strip():
        return (AnswerProblem(AnswerCode.EMPTY),)
    problems: list[AnswerProblem] = []
    if labels and answer not in labels:
        near = _nearest(answer, labels)
        problems.append(AnswerProblem(AnswerCode.UNKNOWN_LABEL, answer, near))
    if fields:
        problems.extend(_field_problems(answer, fields, separator))
    if longest is not None and (size := length(answer)) > longest:
        problems.append(AnswerProblem(AnswerCode.TOO_LONG, f"{size}/{longest}"))
    return tuple(problems)


def _nearest(answer: str, labels: Sequence[str]) -> str:
    folded = _fold(answer)
    return next((label for label in labels if _fold(label) == folded), "")


def _fold(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def _field_problems(
    answer: str, fields: Sequence[str], separator: str
) -> list[AnswerProblem]:
    found = parse_fields(answer, fields, separator=separator)
    if found is None:
        return [AnswerProblem(AnswerCode.NOT_FIELDS)]
    missing = [name for name in fields if name not in found]
    unknown = [name for name in found if name not in fields]
    return [AnswerProblem(AnswerCode.MISSING_FIELD, name) for name in missing] + [
        AnswerProblem(AnswerCode.UNKNOWN_FIELD, name) for name in unknown
    ]
