"""What a model will not take of a request, said before the request is made."""

import dataclasses

from workbench.domain.capabilities import (
    Capabilities,
    ConverseLimits,
    Reasoning,
    ReasoningStyle,
    Support,
    said,
)


@dataclasses.dataclass(frozen=True, slots=True)
class Wanted:
    """What a request is going to ask for; None and 0 mean: not asked for.

    Attributes:
        reasoning_budget: tokens.
        reasoning_effort: such as ``"high"``.
    """

    temperature: float | None = None
    top_p: float | None = None
    max_output_tokens: int | None = None
    stop_sequences: int = 0
    structured_output: bool = False
    system: bool = False
    images: int = 0
    documents: int = 0
    caching: bool = False
    reasoning_budget: int | None = None
    reasoning_effort: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Objection:
    """Something a model will not take.

    Attributes:
        code: such as ``parameter.too_large``.
        parameter: name of the field in `Wanted`.
        limit: the number that was passed or missed, None where there is none.
        sure: False: the table does not know; the service will tell.
    """

    code: str
    parameter: str
    limit: float | None = None
    sure: bool = True


def objections(
    wanted: Wanted, found: Capabilities, limits: ConverseLimits
) -> tuple[Objection, ...]:
    """Say before a call what the model will not take.

    botocore checks no maximum, so that the service would be the first to object.
    """
    checks = (
        _abilities(wanted, found),
        _ranges(wanted, found),
        _counts(wanted, found, limits),
        _reasoning_objections(wanted, found.reasoning),
    )
    return tuple(each for found_here in checks for each in found_here)


def _lacking(parameter: str, support: Support) -> list[Objection]:
    if support is Support.YES:
        return []
    sure = support is Support.NO
    code = "parameter.unsupported" if sure else "parameter.unknown"
    return [Objection(code, parameter, sure=sure)]


def _abilities(wanted: Wanted, found: Capabilities) -> list[Objection]:
    asked = (
        ("temperature", wanted.temperature is not None, found.temperature.support),
        ("top_p", wanted.top_p is not None, found.top_p.support),
        ("stop_sequences", wanted.stop_sequences > 0, found.stop_sequences),
        ("structured_output", wanted.structured_output, found.structured_output),
        ("system", wanted.system, found.system),
        ("images", wanted.images > 0, found.images),
        ("documents", wanted.documents > 0, found.documents),
        ("caching", wanted.caching, found.caching.support),
    )
    lacking = [_lacking(name, support) for name, is_asked, support in asked if is_asked]
    both = wanted.temperature is not None and wanted.top_p is not None
    if both and found.both_sampling is Support.NO:
        lacking.append([Objection("parameter.one_of_two", "top_p")])
    return [each for some in lacking for each in some]


def _ranges(wanted: Wanted, found: Capabilities) -> list[Objection]:
    asked = (
        ("temperature", wanted.temperature, found.temperature),
        ("top_p", wanted.top_p, found.top_p),
    )
    bounds: list[tuple[str, float | None, float | None, float | None]] = [
        (name, value, sampling.minimum, sampling.maximum)
        for name, value, sampling in asked
    ]
    bounds.append(
        (
            "max_output_tokens",
            wanted.max_output_tokens,
            1,
            found.max_output_tokens or found.context_tokens,
        )
    )
    return [each for bound in bounds for each in _outside(*bound)]


def _outside(
    parameter: str, value: float | None, low: float | None, high: float | None
) -> list[Objection]:
    if value is None:
        return []
    if low is not None and value < low:
        return [Objection("parameter.too_small", parameter, low)]
    if high is not None and value > high:
        return [Objection("parameter.too_large", parameter, high)]
    return []


def _counts(
    wanted: Wanted, found: Capabilities, limits: ConverseLimits
) -> list[Objection]:
    if found.converse is Support.NO:
        return []
    pairs = (
        ("images", wanted.images, limits.images),
        ("documents", wanted.documents, limits.documents),
        ("stop_sequences", wanted.stop_sequences, limits.stop_sequences),
    )
    return [
        each for name, value, top in pairs for each in _outside(name, value, 0, top)
    ]


def _reasoning_objections(wanted: Wanted, known: Reasoning) -> list[Objection]:
    found: list[Objection] = []
    unknown = known.style is ReasoningStyle.UNKNOWN
    if wanted.reasoning_budget is not None:
        fits = (
            Support.UNKNOWN if unknown else said(known.style is ReasoningStyle.BUDGET)
        )
        found += _lacking("reasoning_budget", fits)
        found += _outside(
            "reasoning_budget",
            wanted.reasoning_budget,
            known.min_budget,
            known.max_budget,
        )
        # The budget is part of the answer's maximum and must leave room for it.
        top = wanted.max_output_tokens
        if top is not None and wanted.reasoning_budget >= top:
            found.append(Objection("parameter.too_large", "reasoning_budget", top - 1))
    if wanted.reasoning_effort:
        fits = (
            Support.UNKNOWN
            if unknown
            else said(wanted.reasoning_effort in known.efforts)
        )
        found += _lacking("reasoning_effort", fits)
    return found
