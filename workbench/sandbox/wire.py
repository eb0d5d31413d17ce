"""Between the wire and Python: members by place, base64, timestamps.

Only what the offered operations need of the protocols rest-json, json and query.
"""

import base64
import binascii
import datetime
import json
import urllib.parse
from collections.abc import Mapping
from xml.sax.saxutils import escape

from workbench.sandbox.errors import AwsError, validation
from workbench.sandbox.routes import Match, Operation, Shape

Json = dict[str, object]


def request_value(
    match: Match, query: str, headers: Mapping[str, str], body: bytes
) -> Json:
    """Gather the input of an operation from path, query, headers and body.

    Raises:
        AwsError: SerializationException when the body is not JSON.
    """
    operation = match.operation
    if operation.protocol == "query":
        return {}
    if operation.protocol == "json":
        return as_object(from_wire(operation.input, _json(body)))
    return _rest(match, query, headers, body)


def _rest(match: Match, query: str, headers: Mapping[str, str], body: bytes) -> Json:
    shape = match.operation.input
    fields = dict(urllib.parse.parse_qsl(query, keep_blank_values=True))
    payload = shape.serialization.get("payload")
    sent = {} if payload or match.operation.method == "GET" else _json(body)
    value: Json = {}
    for name, member in shape.members.items():
        wire_name = member.serialization.get("name", name)
        place = member.serialization.get("location")
        found: object = None
        if name == payload:
            found = body
        elif place == "uri":
            found = match.path.get(wire_name)
        elif place == "querystring":
            found = _from_text(member, fields.get(wire_name))
        elif place == "header":
            found = _from_text(member, headers.get(wire_name.lower()))
        elif isinstance(sent, dict) and wire_name in sent:
            found = from_wire(member, sent[wire_name])
        if found is not None:
            value[name] = found
    return value


def _json(body: bytes) -> object:
    try:
        return json.loads(body or b"{}")
    except ValueError as error:
        raise AwsError("SerializationException", f"Not JSON: {error}") from error


def as_object(value: object) -> Json:
    """Return a JSON object.

    Raises:
        AwsError: ValidationException for anything else.
    """
    if not isinstance(value, dict):
        raise validation("The request body must be a JSON object.")
    return value


def _from_text(shape: Shape, text: str | None) -> object:
    """Read a member of the query or of a header; what does not fit stays text."""
    if text is None:
        return None
    kind = shape.type_name
    if kind in {"integer", "long"} and text.lstrip("-").isdigit():
        return int(text)
    if kind == "boolean" and text in {"true", "false"}:
        return text == "true"
    return _timestamp(text) if kind == "timestamp" else text


def _timestamp(value: object) -> object:
    try:
        if isinstance(value, int | float) and not isinstance(value, bool):
            return datetime.datetime.fromtimestamp(value, datetime.UTC)
        if isinstance(value, str):
            return datetime.datetime.fromisoformat(value.replace("Z", "+00:00"))
    except (ValueError, OverflowError):
        pass
    return value


def from_wire(shape: Shape, value: object) -> object:
    """Turn base64 into bytes and timestamps into datetimes; leave the misfits."""
    kind = shape.type_name
    if kind == "blob" and isinstance(value, str):
        return _blob(value)
    if kind == "timestamp":
        return _timestamp(value)
    if kind == "list" and isinstance(value, list):
        return [from_wire(shape.member, item) for item in value]
    if kind == "map" and isinstance(value, dict):
        return {key: from_wire(shape.value, item) for key, item in value.items()}
    if kind == "structure" and isinstance(value, dict):
        members = {} if getattr(shape, "is_document_type", False) else shape.members
        return {
            key: from_wire(members[key], item) if key in members else item
            for key, item in value.items()
        }
    return value


def _blob(text: str) -> object:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error:
        return text


def to_wire(value: object) -> object:
    """Turn bytes into base64 and datetimes into ISO 8601, all the way down."""
    if isinstance(value, bytes | datetime.datetime):
        return _plain(value)
    if isinstance(value, Mapping):
        return {key: to_wire(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [to_wire(item) for item in value]
    return value


def _plain(value: object) -> object:
    """Turn what JSON does not have into what AWS writes for it."""
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} has no place in JSON")


# Made once: a stream writes a hundred thousand events a second with it.
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_plain)


def dump(value: object) -> bytes:
    """Write JSON as the services do: UTF-8, no spaces, bytes in base64."""
    return _ENCODER.encode(value).encode("utf-8", "replace")


def reply_body(operation: Operation, value: Json, request_id: str) -> bytes:
    """Write the body of a successful reply (JSON or XML)."""
    if operation.protocol != "query":
        return dump(value)
    fields = "".join(
        f"<{name}>{escape(str(item))}</{name}>" for name, item in value.items()
    )
    return (
        f'<{operation.name}Response xmlns="{operation.namespace}">'
        f"<{operation.name}Result>{fields}</{operation.name}Result>"
        f"<ResponseMetadata><RequestId>{request_id}</RequestId></ResponseMetadata>"
        f"</{operation.name}Response>"
    ).encode()


def error_body(protocol: str, error: AwsError, request_id: str) -> bytes:
    """Write the body of an error in the shape of the protocol."""
    if protocol == "query":
        return (
            "<ErrorResponse><Error><Type>Sender</Type>"
            f"<Code>{escape(error.code)}</Code>"
            f"<Message>{escape(error.message)}</Message></Error>"
            f"<RequestId>{request_id}</RequestId></ErrorResponse>"
        ).encode()
    return dump({"__type": error.code, "message": error.message, **error.extra})
