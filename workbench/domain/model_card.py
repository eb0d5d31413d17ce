"""The card of the built-in model: what it is, and how good it was measured to be."""

import dataclasses
import enum
from collections.abc import Mapping
from typing import Any


class Condition(enum.StrEnum):
    """How the model was asked when a score was measured."""

    PLAIN = "plain"
    FORMAT = "format"
    SHOTS = "shots"
    TUNED = "tuned"


@dataclasses.dataclass(frozen=True, slots=True)
class MeasuredScore:
    """Share of answers that were right as a whole, in one condition.

    Attributes:
        count: examples in the prompt, or records trained on; else 0.
        exact, low, high: share from 0 to 1 with its 95 % interval.
        tokens: mean tokens of an answer.
    """

    condition: Condition
    count: int
    exact: float
    low: float
    high: float
    tokens: float


@dataclasses.dataclass(frozen=True, slots=True)
class ModelCard:
    """What is known of the model in one language.

    Attributes:
        size: bytes of the weights.
        tickets: test tickets behind each score.
        seeds: draws of examples and records that a score is the mean of.
        learns_from_examples: whether codes it never saw were learned from examples
            more often than chance; otherwise examples are only recognised.
    """

    parameters: int
    size: int
    tickets: int
    seeds: int
    scores: tuple[MeasuredScore, ...]
    learns_from_examples: bool


def read_card(raw: Mapping[str, Any], language: str) -> ModelCard:
    """Return the card for a language, or for English where it was not measured.

    Raises:
        KeyError, ValueError: when the file is not a card of the recipe.
    """
    measured = raw["measured"]
    found = measured.get(language, measured["en"])
    lines = found["scores"]
    seeds = max(int(line["seeds"]) for line in lines)
    return ModelCard(
        parameters=int(raw["parameters"]),
        size=int(raw["bytes"]),
        tickets=int(lines[0]["answers"]) // int(lines[0]["seeds"]),
        seeds=seeds,
        scores=tuple(_score(line) for line in lines),
        learns_from_examples=bool(found["probe"]["learns"]),
    )


def _score(line: Mapping[str, Any]) -> MeasuredScore:
    condition, count = _condition(str(line["name"]))
    return MeasuredScore(
        condition,
        count,
        float(line["exact"]),
        float(line["low"]),
        float(line["high"]),
        float(line["tokens"]),
    )


def _condition(name: str) -> tuple[Condition, int]:
    """Read the names that the recipe gives: ``plain``, ``4 shots``, ``LoRA 64``."""
    first, _, second = name.partition(" ")
    if first == "LoRA":
        return Condition.TUNED, int(second)
    if second == "shots":
        return Condition.SHOTS, int(first)
    return Condition(name), 0
