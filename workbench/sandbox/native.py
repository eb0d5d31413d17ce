"""What the bodies of all families of models share."""

from collections.abc import Iterable, Mapping
from typing import Protocol

from workbench.sandbox.errors import AwsError, validation
from workbench.sandbox.prompt import member
from workbench.sandbox.talk import Event

Json = dict[str, object]


class Chunks(Protocol):
    """Turns Converse's events into the chunks of one family."""

    def __call__(self, event: Event) -> Iterable[Json]:
        """Return the chunks that stand for an event."""


def malformed(why: str) -> AwsError:
    """Return the error for a body that is not the family's."""
    return validation(f"Malformed input request: {why}, please reformat your input.")


def require(native: Mapping[str, object], name: str, *kinds: type) -> object:
    """Return a member of a body.

    Raises:
        AwsError: ValidationException when it is not there or of another kind.
    """
    value = native.get(name)
    if value is None:
        raise malformed(f"required key [{name}] not found")
    if not isinstance(value, kinds) or isinstance(value, bool):
        raise malformed(f"{name}: wrong type")
    return value


def chosen(native: Mapping[str, object], names: Mapping[str, str]) -> Json:
    """Return the members that are there, under their new names."""
    return {
        new: native[old] for old, new in names.items() if native.get(old) is not None
    }


def metrics(event: Event) -> Json:
    """Return what Bedrock adds to the last chunk of a stream."""
    usage = event.payload["usage"]
    spent = member(event.payload, "metrics", "latencyMs")
    return {
        "amazon-bedrock-invocationMetrics": {
            "inputTokenCount": member(usage, "inputTokens"),
            "outputTokenCount": member(usage, "outputTokens"),
            "invocationLatency": spent,
            "firstByteLatency": spent,
        }
    }
