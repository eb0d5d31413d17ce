"""Unmodified clients of AWS, led to a sandbox."""

import contextlib
import functools
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

from workbench.sandbox import Sandbox

NOVA = "amazon.nova-lite-v1:0"
HAIKU = "us.anthropic.claude-haiku-4-5-20251001-v1:0"
LLAMA = "meta.llama3-3-70b-instruct-v1:0"


@functools.cache
def _session() -> Any:
    """One session: it reads the large service models once."""
    return boto3.Session()


@contextlib.contextmanager
def client_of(
    sandbox: Sandbox,
    service: str = "bedrock-runtime",
    *,
    attempts: int = 1,
    read_timeout: float = 20.0,
    **options: Any,
) -> Iterator[Any]:
    """A client of boto3 with the sandbox's key, closed in the end."""
    retries = {"mode": "standard", "total_max_attempts": attempts}
    config = Config(retries=retries, read_timeout=read_timeout, connect_timeout=5)
    secrets = {
        "aws_access_key_id": sandbox.credentials.access_key_id,
        "aws_secret_access_key": sandbox.credentials.secret_access_key,
    }
    made = _session().client(
        service,
        endpoint_url=sandbox.endpoint,
        config=config,
        **{"region_name": "us-east-1", **secrets, **options},
    )
    with contextlib.closing(made):
        yield made


def user(text: str = "Hello there") -> list[dict[str, Any]]:
    """One message of the user."""
    return [{"role": "user", "content": [{"text": text}]}]


def ask(client: Any, text: str = "Hello there", **options: Any) -> Any:
    return client.converse(
        **{"modelId": NOVA, "messages": user(text), **options},
    )


def stream(client: Any, text: str = "Hello there", **options: Any) -> Any:
    reply = client.converse_stream(
        **{"modelId": NOVA, "messages": user(text), **options}
    )
    return reply["stream"]


def read(events: Any) -> list[Any]:
    """All events; the connection is given back."""
    with contextlib.closing(events):
        return list(events)


def text_of(events: list[Any]) -> str:
    """The text of the deltas."""
    deltas = (e["contentBlockDelta"]["delta"] for e in events if is_delta(e))
    return "".join(delta.get("text", "") for delta in deltas)


def is_delta(event: Any) -> bool:
    return "contentBlockDelta" in event


def members(events: list[Any]) -> list[str]:
    return [next(iter(event)) for event in events]


@contextlib.contextmanager
def refused(code: str, status: int = 400, part: str = "") -> Iterator[Any]:
    """Expect AWS's error with this code and HTTP status."""
    with pytest.raises(ClientError) as caught:
        yield caught
    response = caught.value.response
    assert response["Error"]["Code"] == code
    assert response["ResponseMetadata"]["HTTPStatusCode"] == status
    assert part in response["Error"]["Message"]
