"""Answering back: a thread is one prompt that grows, and can become one example."""

import dataclasses

from workbench.domain.prompts import Message, PromptSpec, Role, Shot
from workbench.domain.thinking import joined, part


def follow_up(spec: PromptSpec, said: str, text: str) -> PromptSpec:
    """Return the prompt that answers back to an answer.

    Args:
        spec: what was sent; its conversation so far is kept.
        said: what came back, in whole (`answers.said`).
        text: what the person says to it, such as "a little more polite".
    """
    turns = (Message(Role.ASSISTANT, said), Message(Role.USER, text))
    return dataclasses.replace(spec, conversation=(*spec.conversation, *turns))


def is_open(spec: PromptSpec) -> bool:
    """Tell whether the turns are in order: answer and follow-up, one after the other.

    Only then is the last word the person's, and there is something to answer.
    """
    expected = (Role.ASSISTANT, Role.USER)
    turns = spec.conversation
    in_order = all(t.role is expected[i % 2] for i, t in enumerate(turns))
    return in_order and len(turns) % 2 == 0


def thread_shot(
    spec: PromptSpec,
    variables: tuple[tuple[str, str], ...],
    answer: str,
    trial_ulid: str = "",
) -> Shot:
    """Return a whole thread as one example: every turn, `answer` the last.

    The answers before the last stay as they were given: the example shows how an
    answer is bettered.
    """
    if not spec.conversation:
        return Shot(variables, answer, trial_ulid=trial_ulid)
    first, *rest = spec.conversation
    last = joined("", answer) if spec.thinking.is_prompted else answer
    turns = (*rest, Message(Role.ASSISTANT, last))
    # Sending the example puts the marks around its answer again.
    parted = part(first.text, spec.thinking)
    return Shot(
        variables,
        parted.answer,
        trial_ulid=trial_ulid,
        thinking=parted.thinking,
        turns=turns,
    )


def without_thread(spec: PromptSpec) -> PromptSpec:
    """Return the prompt as it was before anybody answered back."""
    return dataclasses.replace(spec, conversation=())


def for_training(spec: PromptSpec) -> PromptSpec:
    """Return the prompt that records are trained with: one question, one answer.

    Examples are left out, because the records take their place, and so are what was
    said after the input and the steps after the first.
    """
    return dataclasses.replace(spec, shots=(), conversation=(), chain=())


def completion(spec: PromptSpec, answer: str) -> str:
    """Return a right answer in the form that the prompt asks for."""
    return joined("", answer) if spec.thinking.is_prompted else answer
