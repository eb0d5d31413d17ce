"""What is refused: requests that break the service model or Bedrock's own rules."""

import json
import socket
import urllib.error
import urllib.request
from typing import Any

import pytest
from botocore.exceptions import InvalidEndpointConfigurationError

from tests.sandbox.clients import NOVA, ask, client_of, refused, stream, user
from workbench.sandbox import Sandbox
from workbench.sandbox.routes import OFFERED, operations

BIG_PNG = b"\x89PNG\r\n\x1a\n" + bytes(8) + b"\0\0\x1f\x41\0\0\0\x10"


def image(data: bytes = b"x", kind: str = "png") -> dict[str, Any]:
    return {"image": {"format": kind, "source": {"bytes": data}}}


def document(name: str = "document-1", data: bytes = b"x") -> dict[str, Any]:
    source = {"bytes": data}
    return {"document": {"format": "txt", "name": name, "source": source}}


@pytest.mark.parametrize(
    ("options", "part"),
    [
        (
            {"inferenceConfig": {"temperature": 5}},
            "1 validation error detected: Value '5' at 'inferenceConfig.temperature' "
            "failed to satisfy constraint: Member must have value less than or equal "
            "to 1",
        ),
        ({"inferenceConfig": {"stopSequences": ["x"] * 2501}}, "2500"),
        ({"requestMetadata": {"bad~key": "x"}}, "regular expression pattern"),
        ({"performanceConfig": {"latency": "fast"}}, "enum value set: [standard"),
        ({"additionalModelResponseFieldPaths": ["no-slash"]}, "JSON Pointer"),
        ({"outputConfig": {"effort": "heroic"}}, "effort"),
        (
            {
                "outputConfig": {
                    "textFormat": {
                        "type": "json_schema",
                        "structure": {"jsonSchema": {"schema": "{"}},
                    }
                }
            },
            "schema",
        ),
        ({"modelId": "no such model!"}, "modelId"),
        ({"modelId": "amazon.nova-nano-v1:0"}, "model identifier is invalid"),
        ({"modelId": "amazon.nova-2-lite-v1:0"}, "on-demand throughput"),
        ({"modelId": "amazon.titan-embed-text-v2:0"}, "doesn't support the model"),
    ],
)
@pytest.mark.parametrize("call", [ask, stream])
def test_what_boto3_sends_and_the_service_refuses(
    runtime: Any, call: Any, options: Any, part: str
) -> None:
    with refused("ValidationException", part=part):
        call(runtime, **options)


@pytest.mark.parametrize(
    ("content", "part"),
    [
        ([], "is empty"),
        ([{"text": "  "}], "is blank"),
        ([{"text": "x"}, image(kind="bmp")], "enum value set"),
        ([image()] * 21, "too many images"),
        ([image(bytes(3_750_001))], "3.75 MB"),
        ([image(BIG_PNG)], "8000"),
        ([{"text": "x"}, *[document()] * 6], "too many documents"),
        ([{"text": "x"}, document(data=bytes(4_500_001))], "4.5 MB"),
        ([{"text": "x"}, document("a  b")], "file name"),
        ([{"text": "x"}, document("a.b")], "file name"),
        ([document()], "A text block must be included"),
    ],
)
def test_content_has_limits(runtime: Any, content: Any, part: str) -> None:
    with refused("ValidationException", part=part):
        runtime.converse(modelId=NOVA, messages=[{"role": "user", "content": content}])


@pytest.mark.parametrize(
    ("roles", "part"),
    [
        ((), "empty"),
        (("assistant",), "must start with a user message"),
        (("user", "user"), "must alternate"),
        (("user", "narrator"), "enum value set"),
    ],
)
def test_conversations_have_an_order(runtime: Any, roles: Any, part: str) -> None:
    messages = [{"role": role, "content": [{"text": "x"}]} for role in roles]
    with refused("ValidationException", part=part):
        runtime.converse(modelId=NOVA, messages=messages)


def test_images_are_for_users_and_for_models_that_see(runtime: Any) -> None:
    messages = [*user(), {"role": "assistant", "content": [image()]}]
    with refused("ValidationException", part="only allowed in user messages"):
        runtime.converse(modelId=NOVA, messages=messages)
    blind = "amazon.nova-micro-v1:0"
    with refused("ValidationException", part="image field"):
        runtime.converse(
            modelId=blind, messages=[{"role": "user", "content": [image()]}]
        )


def test_a_model_without_access_and_one_past_its_end(runtime: Any) -> None:
    opus = "us.anthropic.claude-opus-4-1-20250805-v1:0"
    with refused("AccessDeniedException", 403, "don't have access"):
        ask(runtime, modelId=opus)
    with refused("ResourceNotFoundException", 404, "end of its life"):
        ask(runtime, modelId="anthropic.claude-3-haiku-20240307-v1:0")


@pytest.mark.parametrize(
    ("secrets", "code"),
    [
        ({"aws_access_key_id": "SOMEBODYELSE"}, "UnrecognizedClientException"),
        ({"aws_secret_access_key": "wrong"}, "InvalidSignatureException"),
    ],
)
def test_another_key_does_not_open(sandbox: Sandbox, secrets: Any, code: str) -> None:
    with client_of(sandbox, **secrets) as client, refused(code, 403):
        ask(client)
    sts_codes = {"UnrecognizedClientException": "InvalidClientTokenId"}
    sts_code = sts_codes.get(code, "SignatureDoesNotMatch")
    with client_of(sandbox, "sts", **secrets) as client, refused(sts_code, 403):
        client.get_caller_identity()


def test_a_session_token_and_another_region_are_fine(sandbox: Sandbox) -> None:
    with client_of(
        sandbox, "bedrock", aws_session_token="token", region_name="us-west-2"
    ) as client:
        found = client.get_foundation_model(modelIdentifier=NOVA)
    assert ":us-west-2::" in found["modelDetails"]["modelArn"]
    [call] = sandbox.recorder.calls
    assert "x-amz-security-token" not in call.headers


def _raw(
    sandbox: Sandbox, path: str, headers: dict[str, str], body: bytes = b"{}"
) -> tuple[int, Any]:
    request = urllib.request.Request(sandbox.endpoint + path, body, headers)
    try:
        reply = urllib.request.urlopen(request, timeout=10)
    except urllib.error.HTTPError as error:
        reply = error
    with reply:
        assert reply.headers["x-workbench-sandbox"] == "SANDBOX"
        return reply.status, json.load(reply)


def test_bearer_tokens_open_too(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = f"/model/{NOVA}/converse"
    body = json.dumps({"messages": user()}).encode()
    token = {"Authorization": f"Bearer {sandbox.credentials.bearer_token}"}
    status, reply = _raw(sandbox, path, token, body)
    assert (status, reply["stopReason"]) == (200, "end_turn")
    status, reply = _raw(sandbox, path, {"Authorization": "Bearer x"}, body)
    assert (status, reply["__type"]) == (403, "UnrecognizedClientException")
    monkeypatch.setenv("AWS_BEARER_TOKEN_BEDROCK", sandbox.credentials.bearer_token)
    with (
        client_of(sandbox) as client,
        # boto3 sends bearer tokens over TLS only, even to loopback.
        pytest.raises(InvalidEndpointConfigurationError),
    ):
        ask(client)


@pytest.mark.parametrize(
    ("path", "body", "status", "code"),
    [
        ("/nowhere", b"{}", 404, "UnknownOperationException"),
        (f"/model/{NOVA}/converse", b"{", 400, "SerializationException"),
        (f"/model/{NOVA}/converse", b'{"messages": 1}', 400, "ValidationException"),
        (f"/model/{NOVA}/converse", b'{"messages": [{}]}', 400, "ValidationException"),
        (f"/model/{NOVA}/converse", b"[]", 400, "ValidationException"),
    ],
)
def test_what_boto3_never_sends(
    sandbox: Sandbox, path: str, body: bytes, status: int, code: str
) -> None:
    token = {"Authorization": f"Bearer {sandbox.credentials.bearer_token}"}
    got, reply = _raw(sandbox, path, token, body)
    assert (got, reply["__type"]) == (status, code)


def test_without_a_signature_nothing_is_answered(sandbox: Sandbox) -> None:
    status, reply = _raw(sandbox, f"/model/{NOVA}/converse", {})
    assert (status, reply["__type"]) == (403, "MissingAuthenticationTokenException")


def test_what_a_newer_client_adds_is_ignored(sandbox: Sandbox) -> None:
    token = {"Authorization": f"Bearer {sandbox.credentials.bearer_token}"}
    body = json.dumps({"messages": user(), "moodConfig": {}}).encode()
    assert _raw(sandbox, f"/model/{NOVA}/converse", token, body)[0] == 200


@pytest.mark.parametrize(
    ("head", "status"),
    [
        (b"NONSENSE\r\n\r\n", b"400"),
        (b"POST / HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n", b"413"),
        (b"POST / HTTP/1.1\r\nContent-Length: x\r\n\r\n", b"400"),
        (b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n", b"411"),
        (b"POST / HTTP/1.1\r\nx: " + b"y" * 70_000 + b"\r\n\r\n", b"431"),
    ],
)
def test_bad_http_is_answered_and_closed(
    sandbox: Sandbox, head: bytes, status: bytes
) -> None:
    port = int(sandbox.endpoint.rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port), 10) as connection:
        connection.sendall(head)
        answer = b""
        while got := connection.recv(65_536):
            answer += got
    assert answer.startswith(b"HTTP/1.1 " + status)
    assert b"x-workbench-sandbox: SANDBOX" in answer


def test_every_offered_operation_is_in_the_service_models() -> None:
    offered = [name for names in OFFERED.values() for name in names]
    assert [operation.name for operation in operations()] == offered
    assert len(offered) == 15


def test_a_client_may_wait_to_be_told_to_continue(sandbox: Sandbox) -> None:
    port = int(sandbox.endpoint.rpartition(":")[2])
    body = json.dumps({"messages": user()}).encode()
    head = (
        f"POST /model/{NOVA}/converse HTTP/1.1\r\nConnection: close\r\n"
        f"Authorization: Bearer {sandbox.credentials.bearer_token}\r\n"
        f"Expect: 100-continue\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", port), 10) as connection:
        connection.sendall(head.encode())
        assert connection.recv(65_536) == b"HTTP/1.1 100 Continue\r\n\r\n"
        connection.sendall(body)
        assert connection.recv(65_536).startswith(b"HTTP/1.1 200 OK\r\n")
