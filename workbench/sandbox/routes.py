"""Operations: which request means which, by the service models that botocore ships.

Methods, paths, status codes and error statuses are never typed here: they are
irregular, and a stand-in that has them wrong teaches wrong things.
"""

import dataclasses
import functools
import re
import urllib.parse
from collections.abc import Mapping
from typing import Any

import botocore.session

from workbench.sandbox.errors import STATUS, AwsError

Shape = Any
"""A shape of botocore's service model, which ships no types."""

OFFERED: Mapping[str, tuple[str, ...]] = {
    "bedrock-runtime": (
        "Converse",
        "ConverseStream",
        "CountTokens",
        "InvokeModel",
        "InvokeModelWithResponseStream",
    ),
    "bedrock": (
        "ListFoundationModels",
        "GetFoundationModel",
        "GetFoundationModelAvailability",
        "ListInferenceProfiles",
        "ListCustomModels",
        "ListImportedModels",
        "ListProvisionedModelThroughputs",
        "ListCustomModelDeployments",
    ),
    "sts": ("GetCallerIdentity",),
    "pricing": ("GetProducts",),
}


@dataclasses.dataclass(frozen=True, slots=True)
class Operation:
    """One operation of one service.

    Attributes:
        protocol: ``rest-json``, ``json`` or ``query``.
        path: matches the raw path; its groups are the members in the path.
        target: value of ``X-Amz-Target`` (protocol ``json``).
        namespace: of the XML reply (protocol ``query``).
        status: HTTP status of success.
        errors: HTTP status of each modelled error.
    """

    service: str
    name: str
    protocol: str
    method: str
    path: re.Pattern[str]
    target: str
    namespace: str
    status: int
    input: Shape
    output: Shape
    errors: Mapping[str, int]

    def status_of(self, error: AwsError) -> int:
        """Return the HTTP status of an error."""
        known = error.status or self.errors.get(error.code)
        return known or STATUS.get(error.code, 400)


@dataclasses.dataclass(frozen=True, slots=True)
class Match:
    """An operation and the members that stood in the path."""

    operation: Operation
    path: Mapping[str, str]


@functools.cache
def operations() -> tuple[Operation, ...]:
    """Read the offered operations from the shipped service models, once."""
    session = botocore.session.Session()
    return tuple(
        _operation(service, session.get_service_model(service), name)
        for service, names in OFFERED.items()
        for name in names
    )


def operation(name: str) -> Operation:
    """Return the operation with this name.

    Raises:
        KeyError: for one that is not offered.
    """
    return _by_name()[name]


@functools.cache
def _by_name() -> Mapping[str, Operation]:
    return {each.name: each for each in operations()}


def _operation(service: str, model: Any, name: str) -> Operation:
    found = model.operation_model(name)
    return Operation(
        service=service,
        name=name,
        protocol=model.metadata["protocol"],
        method=found.http["method"],
        path=_path_pattern(found.http["requestUri"]),
        target=f"{model.metadata.get('targetPrefix', '')}.{name}",
        namespace=model.metadata.get("xmlNamespace", ""),
        status=found.http.get("responseCode", 200),
        input=found.input_shape,
        output=found.output_shape,
        errors={
            shape.name: shape.metadata["error"]["httpStatusCode"]
            for shape in model.error_shapes
            if "error" in shape.metadata
        },
    )


def _path_pattern(uri: str) -> re.Pattern[str]:
    """Turn ``/model/{modelId}/converse`` into a pattern over the raw path."""
    parts = re.split(r"\{(\w+)\}", uri)
    # An ARN arrives with its slashes quoted, so a member never spans a slash.
    texts = [
        re.escape(part) if index % 2 == 0 else f"(?P<{part}>[^/]+)"
        for index, part in enumerate(parts)
    ]
    return re.compile("".join(texts))


def find(method: str, path: str, target: str, action: str) -> Match:
    """Return the operation that a request means.

    Args:
        method: of HTTP.
        path: raw, as it was sent, without the query.
        target: header ``X-Amz-Target``, or empty.
        action: field ``Action`` of a form, or empty.

    Raises:
        AwsError: UnknownOperationException when the sandbox does not offer it.
    """
    for each in operations():
        if each.method != method or not (found := each.path.fullmatch(path)):
            continue
        if each.protocol == "json" and each.target != target:
            continue
        if each.protocol == "query" and each.name != action:
            continue
        members = found.groupdict()
        return Match(each, {k: urllib.parse.unquote(v) for k, v in members.items()})
    asked = target or action or f"{method} {path}"
    raise AwsError("UnknownOperationException", f"SANDBOX does not offer {asked}")
