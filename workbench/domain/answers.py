"""What a model said, with the thinking that was asked for told from the answer."""

import dataclasses

from workbench.domain.generation import Generation
from workbench.domain.thinking import Thinking, joined, part
from workbench.domain.trials import TrialOutcome

_FACT = "thinking"
PARSED, UNPARSED = (_FACT, "parsed"), (_FACT, "unparsed")
"""Facts that a trial keeps among its versions, when thinking was asked for."""


def parted_answer(answer: Generation, thinking: Thinking) -> Generation:
    """Move the thinking that a prompt asked for from the answer to its reasoning.

    An answer that is not in the form asked for, or was cut off, stays whole and gets
    the fact `UNPARSED`: nobody guesses where it begins.
    """
    if not thinking.is_prompted:
        return answer
    parted = part(answer.text, thinking)
    if not parted.parsed:
        return dataclasses.replace(answer, versions=(*answer.versions, UNPARSED))
    reasoning = "\n\n".join(filter(None, (answer.reasoning, parted.thinking)))
    return dataclasses.replace(
        answer,
        text=parted.answer,
        reasoning=reasoning,
        versions=(*answer.versions, PARSED),
    )


def is_unparsed(outcome: TrialOutcome) -> bool:
    """Tell whether an answer could not be told from the thinking before it."""
    return UNPARSED in outcome.versions


def said(outcome: TrialOutcome) -> str:
    """Return what the model said in whole, as a thread goes on from it."""
    if PARSED in outcome.versions:
        return joined(outcome.reasoning, outcome.output)
    return outcome.output
