"""What stands between a draft and a sensible call, as codes and as sentences."""

import dataclasses
import enum
from collections.abc import Mapping
from typing import assert_never

from PySide6.QtCore import QCoreApplication

from workbench.domain.prompts import (
    PlaceholderIssue,
    PromptSpec,
    names_in,
    placeholder_issues,
)


class IssueKind(enum.Enum):
    """The kinds of thing to look at before running."""

    NO_MESSAGE = "no_message"
    EMPTY = "empty"
    UNUSED = "unused"
    UNKNOWN = "unknown"
    SHOT_LACKS = "shot_lacks"
    SHOT_NO_ANSWER = "shot_no_answer"


@dataclasses.dataclass(frozen=True, slots=True)
class Issue:
    """One thing to look at.

    Attributes:
        name: the placeholder it is about, or empty.
        number: the example in the prompt it is about, counted from 1, or 0.
    """

    kind: IssueKind
    name: str = ""
    number: int = 0

    @property
    def blocks(self) -> bool:
        """True when a call would be senseless."""
        return self.kind in {IssueKind.NO_MESSAGE, IssueKind.SHOT_NO_ANSWER}


_KINDS = {
    PlaceholderIssue.EMPTY: IssueKind.EMPTY,
    PlaceholderIssue.UNUSED: IssueKind.UNUSED,
    PlaceholderIssue.UNKNOWN: IssueKind.UNKNOWN,
}


def _shot_issues(spec: PromptSpec) -> tuple[Issue, ...]:
    """Examples that are on but cannot be sent as they should be."""
    found: list[Issue] = []
    for number, shot in enumerate(spec.shots, start=1):
        if not shot.enabled:
            continue
        values = shot.values
        found += [
            Issue(IssueKind.SHOT_LACKS, name, number)
            for name in names_in(spec.template)
            if not values.get(name, "").strip()
        ]
        if not shot.answer.strip():
            found.append(Issue(IssueKind.SHOT_NO_ANSWER, "", number))
    return tuple(found)


def draft_issues(spec: PromptSpec, variables: Mapping[str, str]) -> tuple[Issue, ...]:
    """Return everything to look at before this draft is run."""
    if not spec.template.strip():
        return (Issue(IssueKind.NO_MESSAGE),)
    names = tuple(
        Issue(_KINDS[kind], name) for kind, name in placeholder_issues(spec, variables)
    )
    return (*names, *_shot_issues(spec))


def phrase_issue(issue: Issue) -> str:
    """Say an issue in one sentence."""
    match issue.kind:
        case IssueKind.NO_MESSAGE:
            return QCoreApplication.translate(
                "LabIssues", "Write or paste a message first."
            )
        case IssueKind.EMPTY:
            text = QCoreApplication.translate("LabIssues", "“{name}” is empty.")
        case IssueKind.UNUSED:
            text = QCoreApplication.translate(
                "LabIssues", "“{name}” is not used in the prompt."
            )
        case IssueKind.UNKNOWN:
            text = QCoreApplication.translate("LabIssues", "“{name}” has no value.")
        case IssueKind.SHOT_LACKS:
            text = QCoreApplication.translate(
                "LabIssues", "Example {number} has no “{name}”."
            )
        case IssueKind.SHOT_NO_ANSWER:
            text = QCoreApplication.translate(
                "LabIssues", "Example {number} has no answer."
            )
        case _:
            assert_never(issue.kind)
    return text.format(name=issue.name, number=issue.number)
