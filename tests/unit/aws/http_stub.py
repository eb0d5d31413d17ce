"""A server of replies that a test writes down, for unmodified clients of boto3."""

import contextlib
import dataclasses
import functools
import http.server
import json
import threading
import urllib.parse
from collections.abc import Callable, Iterator
from typing import Any

import boto3
import botocore.config
import pytest


@dataclasses.dataclass(frozen=True)
class Asked:
    """One request as it came over the wire."""

    path: str
    query: dict[str, str]
    body: dict[str, Any]
    target: str = ""


@dataclasses.dataclass(frozen=True)
class Reply:
    """One reply; a code makes it an error of AWS."""

    body: dict[str, Any]
    status: int = 200
    code: str = ""


def refused(code: str, message: str = "no", status: int = 400) -> Reply:
    return Reply({"message": message, "__type": code}, status, code)


@dataclasses.dataclass
class Stub:
    """The server as a test sees it: what it answers, and what it was asked."""

    url: str
    answer: Callable[[Asked], Reply] = lambda _: Reply({})
    asked: list[Asked] = dataclasses.field(default_factory=list)

    def client(self, service: str, region: str = "us-east-1") -> Any:
        config = botocore.config.Config(
            retries={"mode": "standard", "total_max_attempts": 1},
            connect_timeout=5,
            read_timeout=5,
        )
        return _session(region).client(service, endpoint_url=self.url, config=config)


@functools.cache
def _session(region: str) -> Any:
    # Service models take most of the time of a test; a session reads them once.
    return boto3.session.Session(
        aws_access_key_id="AKIDEXAMPLE",
        aws_secret_access_key="example",
        region_name=region,
    )


def no_credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take everything away by which boto3 would find an account of this computer."""
    for name in (
        "AWS_ACCESS_KEY_ID",
        "AWS_SECRET_ACCESS_KEY",
        "AWS_SESSION_TOKEN",
        "AWS_PROFILE",
        "AWS_DEFAULT_PROFILE",
        "AWS_DEFAULT_REGION",
        "AWS_REGION",
        "AWS_BEARER_TOKEN_BEDROCK",
        "AWS_ENDPOINT_URL",
        "AWS_ENDPOINT_URL_BEDROCK",
        "AWS_ENDPOINT_URL_PRICING",
    ):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_CONFIG_FILE", "")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", "")


@contextlib.contextmanager
def serving() -> Iterator[Stub]:
    """Serve on a free port of this computer until the block ends."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    stub = Stub(f"http://127.0.0.1:{server.server_address[1]}")
    server.RequestHandlerClass = type("Bound", (_Handler,), {"stub": stub})
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), name="stub")
    thread.start()
    try:
        yield stub
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Handler(http.server.BaseHTTPRequestHandler):
    stub: Stub

    def do_GET(self) -> None:
        self._answer({})

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self._answer(json.loads(raw) if raw else {})

    def _answer(self, body: dict[str, Any]) -> None:
        parts = urllib.parse.urlsplit(self.path)
        query = dict(urllib.parse.parse_qsl(parts.query))
        target = self.headers.get("X-Amz-Target", "")
        path = urllib.parse.unquote(parts.path)
        asked = Asked(path, query, body, target)
        self.stub.asked.append(asked)
        reply = self.stub.answer(asked)
        data = json.dumps(reply.body).encode()
        self.send_response(reply.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("x-amzn-RequestId", "00000000-0000-4000-8000-000000000001")
        if reply.code:
            self.send_header("x-amzn-errortype", reply.code)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *args: object) -> None:
        """Say nothing."""
