"""Frames of the event stream, by the vector of `aws.md` 20.4 and botocore's decoder."""

import pytest
from botocore.eventstream import ChecksumMismatch, EventStreamBuffer

from workbench.sandbox import frames

VECTOR = bytes.fromhex(
    "00000076" "00000052" "96d5fade" "0d3a6d6573736167652d74797065" "07" "0005"
    "6576656e74" "0b3a6576656e742d74797065" "07" "000c" "6d6573736167655374617274"
    "0d3a636f6e74656e742d74797065" "07" "0010" "6170706c69636174696f6e2f6a736f6e"
    "7b22726f6c65223a22617373697374616e74227d" "1cc6be18"
)  # fmt: skip


def decode(data: bytes) -> list[tuple[dict[str, str], bytes]]:
    buffer = EventStreamBuffer()
    buffer.add_data(data)
    return [(message.headers, message.payload) for message in buffer]


def test_an_event_is_the_vector_byte_for_byte() -> None:
    assert frames.event("messageStart", b'{"role":"assistant"}') == VECTOR


def test_headers_and_payload_survive_botocore() -> None:
    headers = {":message-type": "event", "ü": "日本"}
    sent = frames.encode(headers, b"\0\xff") + frames.encode({}, b"")
    assert decode(sent) == [(headers, b"\0\xff"), ({}, b"")]


def test_exceptions_and_errors_have_their_own_headers() -> None:
    sent = frames.exception("throttlingException", b"{}") + frames.error("A", "b")
    [(exception, payload), (error, nothing)] = decode(sent)
    assert exception[":exception-type"] == "throttlingException"
    assert exception[":message-type"] == "exception"
    assert error == {
        ":message-type": "error",
        ":error-code": "A",
        ":error-message": "b",
    }
    assert (payload, nothing) == (b"{}", b"")


def test_damage_is_only_where_it_is_meant() -> None:
    with pytest.raises(ChecksumMismatch):
        decode(frames.with_bad_crc(VECTOR))
    [(headers, payload)] = decode(frames.with_half_payload(VECTOR))
    assert headers[":event-type"] == "messageStart"
    assert payload == b'{"role":"a'


def test_http_chunks() -> None:
    assert frames.http_chunk(b"x" * 26) == b"1a\r\n" + b"x" * 26 + b"\r\n"
