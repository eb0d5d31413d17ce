"""The one shape that all JSONL dialects are read into and written from."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from workbench.formats.problems import ProblemCode

USER, ASSISTANT, SYSTEM = "user", "assistant", "system"
INPUT = "input"
"""Name of the only variable of a record that comes from a conversation."""


class Dialect(StrEnum):
    """How a line of JSON holds a record."""

    BEDROCK_CONVERSATION = "bedrock_conversation"
    OPENAI_CHAT = "openai_chat"
    TRL_PROMPT_COMPLETION = "trl_prompt_completion"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Turn:
    """One message: ``role`` is ``user`` or ``assistant``."""

    role: str
    text: str


@dataclass(frozen=True, slots=True)
class Record:
    """A labelled record, wherever it came from.

    Attributes:
        inputs: variables by name; a conversation has one, ``input``, its last user
            message.
        answer: the right answer, empty when the file has none.
        system: system text, empty when there is none.
        turns: earlier turns (few-shot examples), user and assistant alternating.
        tags: from a ``tags`` key.
        group: document the record belongs to, from a ``group`` key.
        row: row or line of the file it came from, 0 = none.
    """

    inputs: Mapping[str, str] = field(hash=False)
    answer: str = ""
    system: str = ""
    turns: tuple[Turn, ...] = ()
    tags: tuple[str, ...] = ()
    group: str = ""
    row: int = 0


@dataclass(frozen=True, slots=True)
class ConversationProblem:
    """What is wrong with a conversation; ``detail`` is a position or a name."""

    code: ProblemCode
    detail: str = ""


def conversation_problem(turns: Sequence[Turn]) -> ConversationProblem | None:
    """Check that roles alternate from user to assistant and no text is blank."""
    if not any(turn.role == USER for turn in turns):
        return ConversationProblem(ProblemCode.NO_INPUT)
    if turns[-1].role != ASSISTANT:
        return ConversationProblem(ProblemCode.NO_ANSWER)
    for i, turn in enumerate(turns):
        if turn.role not in (USER, ASSISTANT):
            return ConversationProblem(ProblemCode.UNKNOWN_ROLE, turn.role)
        if turn.role != (USER, ASSISTANT)[i % 2]:
            return ConversationProblem(ProblemCode.ROLES_DO_NOT_ALTERNATE, str(i + 1))
        if not turn.text.strip():
            return ConversationProblem(ProblemCode.EMPTY_MESSAGE, str(i + 1))
    return None


def record_from_turns(
    system: str, turns: Sequence[Turn], *, tags: Iterable[str] = (), row: int = 0
) -> Record:
    """Build the record of a checked conversation: the last pair is the record."""
    return Record(
        inputs={INPUT: turns[-2].text},
        answer=turns[-1].text,
        system=system,
        turns=tuple(turns[:-2]),
        tags=tuple(tags),
        row=row,
    )
