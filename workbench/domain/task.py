"""The task card: what kind of answer a project is after.

It is written at the start of a project and drives correction, import checks and
metrics everywhere.
"""

import dataclasses
import enum


class TaskKind(enum.StrEnum):
    """The five kinds of task a project can have."""

    LABEL = "label"
    EXTRACT = "extract"
    ANSWER = "answer"
    SUMMARISE = "summarise"
    FREE = "free"


@dataclasses.dataclass(frozen=True, slots=True)
class TaskCard:
    """What a right answer looks like.

    Attributes:
        kind: the kind of task.
        labels: the allowed answers of a `LABEL` task, in the expert's order.
        fields: the names of the fields of an `EXTRACT` task.
        separator: text between the fields of an `EXTRACT` answer written on one line;
            empty when the answer is JSON.
        longest_answer: longest sensible answer in tokens; the default limit of a call.
        description: the task in the expert's own words.
        must_contain: texts every right answer contains; case and width do not count.
        answer_schema: JSON schema that every right answer keeps to, or empty.
    """

    kind: TaskKind = TaskKind.FREE
    labels: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    separator: str = ""
    longest_answer: int = 128
    description: str = ""
    must_contain: tuple[str, ...] = ()
    answer_schema: str = ""
