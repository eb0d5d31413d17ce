"""Chains: linear steps, of which a later one uses the answers of earlier ones.

The first step is the prompt itself, numbered 1. Every step is run as a prompt of its
own, so that every answer is a trial with a version.
"""

import dataclasses
from collections.abc import Mapping, Sequence

from workbench.domain.errors import InputError
from workbench.domain.prompts import ChainStep, PromptSpec, own_variables


def steps_of(spec: PromptSpec) -> tuple[ChainStep, ...]:
    """Return every step in order, the first one too; each a prompt without a chain."""
    return (ChainStep(dataclasses.replace(spec, chain=())), *spec.chain)


def answer_name(step: int) -> str:
    """Return the placeholder's name of a step's answer; steps count from 1."""
    return f"step{step}.answer"


def step_variables(
    variables: Mapping[str, str], answers: Sequence[str]
) -> dict[str, str]:
    """Return the values the next step is run with: the input and all answers so far."""
    earlier = {answer_name(i): text for i, text in enumerate(answers, start=1)}
    return own_variables(variables) | earlier


def unreachable_answers(spec: PromptSpec) -> tuple[tuple[int, str], ...]:
    """Return (step, placeholder) of answers that are not there yet when it is run."""
    return tuple(
        (number, name)
        for number, step in enumerate(steps_of(spec), start=1)
        for name in step.spec.placeholders
        if not own_variables({name: ""})
        and name not in {answer_name(earlier) for earlier in range(1, number)}
    )


def check_chain(spec: PromptSpec) -> None:
    """Refuse a chain that cannot be run.

    Raises:
        InputError: ``chain.nested`` for a step with steps of its own, ``chain.later``
            for one that uses its own answer or a later one, with ``step`` and ``name``.
    """
    for number, step in enumerate(spec.chain, start=2):
        if step.spec.chain:
            raise InputError(
                "chain.nested",
                f"Step {number} has steps of its own.",
                {"step": number},
            )
    for number, name in unreachable_answers(spec):
        if number == 1:
            # Steps are run as prompts of their own: this may well be a later one.
            continue
        raise InputError(
            "chain.later",
            f"Step {number} uses {name}, which is not there yet.",
            {"step": number, "name": name},
        )
