"""The event stream that AWS sends: frames with headers and two checksums.

Big-endian: total length, length of the headers, CRC-32 of those eight bytes, headers,
payload, CRC-32 of everything before. A header is its name's length (1 byte), name, type
7 (text), value's length (2 bytes), value.
"""

import functools
import struct
import zlib
from collections.abc import Mapping

_JSON = "application/json"


def encode(headers: Mapping[str, str], payload: bytes) -> bytes:
    """Return one frame with text headers."""
    return _assemble(b"".join(_header(k, v) for k, v in headers.items()), payload)


def event(member: str, payload: bytes) -> bytes:
    """Return an event frame: `member` of the stream's shape, with a JSON payload."""
    return _assemble(_event_headers(member), payload)


def exception(member: str, payload: bytes) -> bytes:
    """Return a modelled exception; readers tell upper from lower case in `member`."""
    headers = {":message-type": "exception", ":exception-type": member}
    return encode({**headers, ":content-type": _JSON}, payload)


def error(code: str, message: str) -> bytes:
    """Return an error that the service model does not know."""
    headers = {":message-type": "error", ":error-code": code}
    return encode({**headers, ":error-message": message}, b"")


def with_bad_crc(frame: bytes) -> bytes:
    """Return the frame with its last checksum wrong."""
    return frame[:-4] + (int.from_bytes(frame[-4:], "big") ^ 1).to_bytes(4, "big")


def with_half_payload(frame: bytes) -> bytes:
    """Return a sound frame with the same headers and half the payload."""
    end = 12 + int.from_bytes(frame[4:8], "big")
    payload = frame[end:-4]
    return _assemble(frame[12:end], payload[: len(payload) // 2])


def http_chunk(data: bytes) -> bytes:
    """Return one chunk of HTTP's chunked transfer encoding."""
    return b"%x\r\n%b\r\n" % (len(data), data)


LAST_CHUNK = b"0\r\n\r\n"


@functools.cache
def _event_headers(member: str) -> bytes:
    headers = {
        ":message-type": "event",
        ":event-type": member,
        ":content-type": _JSON,
    }
    return b"".join(_header(key, value) for key, value in headers.items())


def _header(name: str, value: str) -> bytes:
    key, text = name.encode(), value.encode()
    return b"%c%b\x07%b%b" % (len(key), key, struct.pack(">H", len(text)), text)


def _assemble(headers: bytes, payload: bytes) -> bytes:
    prelude = struct.pack(">II", 16 + len(headers) + len(payload), len(headers))
    crc = zlib.crc32(prelude)
    body = b"%b%b%b%b" % (prelude, struct.pack(">I", crc), headers, payload)
    return body + struct.pack(">I", zlib.crc32(body))
