"""Rules of single models: what they take, with the sentences they refuse with."""

from collections.abc import Iterator, Mapping

from workbench.sandbox import prompt
from workbench.sandbox.catalogue import Family, Foundation
from workbench.sandbox.errors import AwsError, denied, validation
from workbench.sandbox.prompt import member, objects

Body = Mapping[str, object]
_LEAST_BUDGET = 1024
_RETURNED = "The model returned the following errors: "


def check(body: Body, model: Foundation) -> None:
    """Refuse what the model does not take.

    Raises:
        AwsError: ValidationException, AccessDeniedException for prompt caching.
    """
    for error in _problems(body, model):
        raise error


def asks_to_think(body: Body) -> bool:
    """Tell whether a request asks for reasoning, in any of the ways there are."""
    fields = body.get("additionalModelRequestFields")
    kinds = {
        member(fields, "thinking", "type"),
        member(fields, "reasoningConfig", "type"),
    }
    by_effort = member(fields, "reasoning_effort") or member(
        body, "outputConfig", "effort"
    )
    return bool(kinds & {"enabled", "adaptive"}) or bool(by_effort)


def _problems(body: Body, model: Foundation) -> Iterator[AwsError]:
    if asks_to_think(body):
        yield from _thinking(body, model)
    if not model.both_sampling and _has(body, "temperature") and _has(body, "topP"):
        yield validation(
            f"{_RETURNED}`temperature` and `top_p` cannot both be specified for this "
            "model. Please use only one."
        )
    points = (isinstance(part, prompt.CachePoint) for part in prompt.parts(body))
    if not model.caches and any(points):
        yield denied(
            "You invoked an unsupported model or your request did not allow prompt "
            "caching. See the documentation for more information."
        )
    if not model.images and _has_image(body):
        yield validation(
            "This model doesn't support the image field. Remove the image field and "
            "try again."
        )


def _thinking(body: Body, model: Foundation) -> Iterator[AwsError]:
    if not model.reasons:
        yield validation(f"{_RETURNED}thinking is not supported by this model.")
    fields = body.get("additionalModelRequestFields")
    budget = member(fields, "thinking", "budget_tokens")
    if isinstance(budget, int) and budget < _LEAST_BUDGET:
        yield validation(
            f"{_RETURNED}thinking.enabled.budget_tokens: Input should be greater than "
            f"or equal to {_LEAST_BUDGET}"
        )
    most = member(body, "inferenceConfig", "maxTokens")
    if isinstance(budget, int) and isinstance(most, int) and most <= budget:
        yield validation(
            f"{_RETURNED}`max_tokens` must be greater than `thinking.budget_tokens`."
        )
    heat = member(body, "inferenceConfig", "temperature")
    if model.family is Family.ANTHROPIC and heat not in {None, 1}:
        yield validation(
            f"{_RETURNED}`temperature` may only be set to 1 when thinking is enabled."
        )


def _has(body: Body, name: str) -> bool:
    return member(body, "inferenceConfig", name) is not None


def _has_image(body: Body) -> bool:
    return any(
        "image" in block
        for message in objects(body.get("messages"))
        for block in objects(message.get("content"))
    )
