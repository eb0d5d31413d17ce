"""Fifty streams at once: at their own pace, and as fast as it goes.

Read from bare sockets, so that the test measures the sandbox and not its client.
"""

import asyncio
import json
import time

import pytest

from tests.sandbox.clients import NOVA, user
from tests.sandbox.conftest import Start
from workbench.sandbox import Answer, Pace, Sandbox

STREAMS = 50
TOKENS = 400
RATE = 200.0
PATIENCE = 20.0
"""Seconds that a busy machine may take."""


async def _read_all(sandbox: Sandbox) -> list[bytes]:
    return await asyncio.gather(*(_read_one(sandbox) for _ in range(STREAMS)))


async def _read_one(sandbox: Sandbox) -> bytes:
    port = int(sandbox.endpoint.rpartition(":")[2])
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    body = json.dumps({"messages": user()}).encode()
    head = (
        f"POST /model/{NOVA}/converse-stream HTTP/1.1\r\nConnection: close\r\n"
        f"Authorization: Bearer {sandbox.credentials.bearer_token}\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    writer.write(head.encode() + body)
    answer = await reader.read()
    writer.close()
    await writer.wait_closed()
    return answer


@pytest.mark.parametrize("rate", [RATE, 0.0])
def test_fifty_streams_of_four_hundred_tokens(start: Start, rate: float) -> None:
    answer = Answer.of(" word" * TOKENS)
    sandbox = start(script=lambda _: answer, pace=Pace(tokens_per_second=rate))
    began = time.monotonic()
    answers = asyncio.run(_read_all(sandbox))
    seconds = time.monotonic() - began
    assert all(each.endswith(b"0\r\n\r\n") for each in answers)
    assert all(each.count(b"contentBlockDelta") == TOKENS for each in answers)
    assert (TOKENS / rate if rate else 0.0) <= seconds < PATIENCE
