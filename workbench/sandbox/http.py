"""As much of HTTP/1.1 as clients of AWS use."""

import asyncio
import dataclasses
import email.utils
import http
from collections.abc import Mapping

MOST_BODY = 40_000_000
"""Bytes: InvokeModel's limit of 25 MB, in base64 and with some room."""

_MOST_HEAD = 65_536
SMALL = 65_536
"""Bytes of a body that is with the network as soon as it is written."""

LABEL = ("x-workbench-sandbox", "SANDBOX")


class BadRequest(Exception):
    """What arrived is not HTTP as it is spoken here; the connection is closed.

    Attributes:
        status: HTTP status to answer with.
    """

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


@dataclasses.dataclass(frozen=True, slots=True)
class Request:
    """One request; names of headers are in lower case."""

    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def url(self) -> str:
        """The URL as the client signed it."""
        query = f"?{self.query}" if self.query else ""
        return f"http://{self.headers.get('host', '')}{self.path}{query}"

    @property
    def is_last(self) -> bool:
        """Whether the client wants the connection closed."""
        return self.headers.get("connection", "").lower() == "close"


def new_reader() -> asyncio.StreamReader:
    """Return a reader with the limit of a head."""
    return asyncio.StreamReader(limit=_MOST_HEAD)


async def read_request(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> Request | None:
    """Read one request, None when the client has closed the connection.

    Raises:
        BadRequest: for what is no HTTP, too long, or without a length.
    """
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except (asyncio.IncompleteReadError, ConnectionError):
        return None
    except asyncio.LimitOverrunError as error:
        raise BadRequest(http.HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE) from error
    method, target, headers = _head(head)
    if headers.get("expect", "").lower() == "100-continue":
        writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
    length = _length(headers)
    try:
        body = await reader.readexactly(length) if length else b""
    except (asyncio.IncompleteReadError, ConnectionError):
        return None
    path, _, query = target.partition("?")
    return Request(method, path, query, headers, body)


def _head(head: bytes) -> tuple[str, str, Mapping[str, str]]:
    lines = head.decode("latin-1").split("\r\n")
    parts = lines[0].split(" ")
    if len(parts) != 3 or not parts[2].startswith("HTTP/1."):
        raise BadRequest(http.HTTPStatus.BAD_REQUEST)
    headers = {}
    for line in lines[1:]:
        name, colon, value = line.partition(":")
        if colon:
            headers[name.strip().lower()] = value.strip()
    return parts[0], parts[1], headers


def _length(headers: Mapping[str, str]) -> int:
    if "transfer-encoding" in headers:
        raise BadRequest(http.HTTPStatus.LENGTH_REQUIRED)
    text = headers.get("content-length", "0")
    if not text.isdigit():
        raise BadRequest(http.HTTPStatus.BAD_REQUEST)
    if int(text) > MOST_BODY:
        raise BadRequest(http.HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    return int(text)


def reply_head(status: int, headers: Mapping[str, str], length: int | None) -> bytes:
    """Write status line and headers; without a length the body comes in chunks."""
    try:
        phrase = http.HTTPStatus(status).phrase
    except ValueError:
        phrase = "Unknown"
    size = ("Content-Length", str(length))
    lines = [
        LABEL,
        ("Date", email.utils.formatdate(usegmt=True)),
        *headers.items(),
        ("Transfer-Encoding", "chunked") if length is None else size,
    ]
    text = "".join(f"{name}: {value}\r\n" for name, value in lines)
    return f"HTTP/1.1 {status} {phrase}\r\n{text}\r\n".encode("latin-1", "replace")
