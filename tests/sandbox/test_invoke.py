"""InvokeModel with the bodies of each family."""

import contextlib
import json
from typing import Any

import pytest

from tests.sandbox.clients import HAIKU, LLAMA, NOVA, client_of, read, refused
from tests.sandbox.conftest import Start
from workbench.domain.prompts import Role
from workbench.sandbox import (
    Answer,
    Question,
    Reasoning,
    Sandbox,
    Text,
    ToolUse,
    faults,
)
from workbench.sandbox.faults import Rule

CLAUDE_BODY = {
    "anthropic_version": "bedrock-2023-05-31",
    "max_tokens": 100,
    "messages": [{"role": "user", "content": "Hello there"}],
}
NOVA_BODY = {"messages": [{"role": "user", "content": [{"text": "Hello there"}]}]}
LLAMA_BODY = {"prompt": "Hello there"}
BODIES = [(HAIKU, CLAUDE_BODY), (NOVA, NOVA_BODY), (LLAMA, LLAMA_BODY)]
FULL = Answer(
    (
        Reasoning("Hm, hm.", "sig"),
        Text("Look: 日本"),
        ToolUse("look_up", {"id": 1}, "t1"),
    ),
    "tool_use",
)


def invoke(client: Any, model: str, body: Any) -> Any:
    reply = client.invoke_model(modelId=model, body=json.dumps(body))
    assert reply["contentType"] == "application/json"
    with contextlib.closing(reply["body"]) as whole:
        return json.loads(whole.read())


def chunks(client: Any, model: str, body: Any) -> list[Any]:
    reply = client.invoke_model_with_response_stream(
        modelId=model, body=json.dumps(body)
    )
    assert reply["contentType"] == "application/json"
    return [json.loads(event["chunk"]["bytes"]) for event in read(reply["body"])]


def test_claude_whole_and_streamed(start: Start) -> None:
    with client_of(start(script=lambda _: FULL)) as client:
        whole = invoke(client, HAIKU, CLAUDE_BODY)
        parts = chunks(client, HAIKU, CLAUDE_BODY)
    assert [block["type"] for block in whole["content"]] == [
        "thinking",
        "text",
        "tool_use",
    ]
    assert whole["stop_reason"] == "tool_use"
    assert "SANDBOX" in whole["model"]
    assert parts[0]["type"] == "message_start"
    starts = [p for p in parts if p["type"] == "content_block_start"]
    assert [p["content_block"]["type"] for p in starts] == [
        "thinking",
        "text",
        "tool_use",
    ]
    deltas = [p["delta"] for p in parts if p["type"] == "content_block_delta"]
    assert "".join(d.get("text", "") for d in deltas) == "Look: 日本"
    assert "".join(d.get("thinking", "") for d in deltas) == "Hm, hm."
    fragments = "".join(d.get("partial_json", "") for d in deltas)
    assert json.loads(fragments) == {"id": 1}
    assert parts[-2]["usage"] == whole["usage"]
    metrics = parts[-1]["amazon-bedrock-invocationMetrics"]
    assert metrics["inputTokenCount"] == whole["usage"]["input_tokens"] == 2


def test_nova_whole_and_streamed(runtime: Any) -> None:
    body = {**NOVA_BODY, "inferenceConfig": {"max_new_tokens": 5, "topK": 3}}
    whole = invoke(runtime, NOVA, body)
    assert whole["output"]["message"]["content"] == [{"text": "Hello there"}]
    parts = chunks(runtime, NOVA, body)
    assert [next(iter(part)) for part in parts] == [
        "messageStart",
        "contentBlockDelta",
        "contentBlockDelta",
        "contentBlockStop",
        "messageStop",
        "metadata",
    ]
    assert parts[-1]["metadata"]["usage"] == whole["usage"]


def test_llama_whole_and_streamed(runtime: Any) -> None:
    whole = invoke(runtime, LLAMA, {**LLAMA_BODY, "max_gen_len": 9})
    assert whole == {
        "generation": "Hello there",
        "prompt_token_count": 2,
        "generation_token_count": 2,
        "stop_reason": "stop",
    }
    parts = chunks(runtime, LLAMA, LLAMA_BODY)
    assert "".join(part["generation"] for part in parts) == "Hello there"
    assert [part["stop_reason"] for part in parts] == [None, None, "stop"]


def test_llamas_template_is_understood(start: Start) -> None:
    seen: list[Question] = []

    def script(question: Question) -> Answer:
        seen.append(question)
        return Answer(FULL.blocks[1:2], "max_tokens")

    prompt = (
        "<|begin_of_text|><|start_header_id|>system<|end_header_id|>\n\nBe brief."
        "<|eot_id|><|start_header_id|>user<|end_header_id|>\n\nHi<|eot_id|>"
        "<|start_header_id|>assistant<|end_header_id|>\n\n"
    )
    with client_of(start(script=script)) as client:
        reply = invoke(client, LLAMA, {"prompt": prompt})
    assert [(m.role, m.text) for m in seen[0].messages] == [
        (Role.SYSTEM, "Be brief."),
        (Role.USER, "Hi"),
    ]
    assert reply["stop_reason"] == "length"


def test_claudes_blocks_are_understood(start: Start) -> None:
    seen: list[Question] = []

    def script(question: Question) -> Answer:
        seen.append(question)
        return Answer((Reasoning(redacted=b"x"), Text("ok")))

    image = {"type": "base64", "media_type": "image/png", "data": "eHh4"}
    body = {
        **CLAUDE_BODY,
        "max_tokens": 3000,
        "system": [
            {"type": "text", "text": "Rules", "cache_control": {"type": "ephemeral"}}
        ],
        "tools": [{"name": "look_up", "input_schema": {"type": "object"}}],
        "thinking": {"type": "enabled", "budget_tokens": 2000},
        "messages": [
            {
                "role": "user",
                "content": [
                    {"type": "text", "text": "See"},
                    {"type": "image", "source": image},
                ],
            },
            {
                "role": "assistant",
                "content": [
                    {"type": "thinking", "thinking": "Hm.", "signature": "s"},
                    {"type": "tool_use", "id": "t1", "name": "look_up", "input": {}},
                ],
            },
            {
                "role": "user",
                "content": [
                    {"type": "tool_result", "tool_use_id": "t1", "content": "found"}
                ],
            },
        ],
    }
    with client_of(start(script=script)) as client:
        reply = invoke(client, HAIKU, body)
        parts = chunks(client, HAIKU, body)
    assert seen[0].thinking
    assert seen[0].tools == ("look_up",)
    assert [m.text for m in seen[0].messages] == [
        "Rules",
        "See",
        "Hm.\n\n{}",
        "found",
    ]
    assert reply["usage"]["cache_creation_input_tokens"] > 0
    assert reply["content"][0] == {"type": "redacted_thinking", "data": "eA=="}
    assert parts[-2]["usage"]["cache_read_input_tokens"] > 0


@pytest.mark.parametrize(
    ("model", "body", "part"),
    [
        (HAIKU, {}, "anthropic_version"),
        (HAIKU, {**CLAUDE_BODY, "anthropic_version": "1"}, "anthropic_version"),
        (HAIKU, {**CLAUDE_BODY, "max_tokens": None}, "max_tokens"),
        (HAIKU, {**CLAUDE_BODY, "max_tokens": "9"}, "max_tokens"),
        (HAIKU, {**CLAUDE_BODY, "temperature": 2}, "less than or equal to 1"),
        (
            HAIKU,
            {**CLAUDE_BODY, "messages": [{"role": "user", "content": [{"type": "x"}]}]},
            "content type",
        ),
        (NOVA, {}, "messages"),
        (NOVA, [], "JSONObject"),
        (LLAMA, {}, "prompt"),
        (LLAMA, {"prompt": "x", "max_gen_len": 0}, "maxTokens"),
        ("mistral.mistral-large-2407-v1:0", {"prompt": "x"}, "use Converse"),
    ],
)
def test_bodies_are_checked(runtime: Any, model: str, body: Any, part: str) -> None:
    with refused("ValidationException", part=part):
        invoke(runtime, model, body)


def test_a_body_that_is_no_json(runtime: Any) -> None:
    with refused("ValidationException", part="not valid JSON"):
        runtime.invoke_model(modelId=NOVA, body=b"{")


def test_the_body_counts_as_it_is_charged(runtime: Any) -> None:
    body = json.dumps(LLAMA_BODY).encode()
    counted = runtime.count_tokens(modelId=LLAMA, input={"invokeModel": {"body": body}})
    whole = invoke(runtime, LLAMA, LLAMA_BODY)
    assert counted["inputTokens"] == whole["prompt_token_count"]


@pytest.mark.parametrize(("model", "body"), BODIES)
def test_a_stream_may_end_without_its_end(
    sandbox: Sandbox, runtime: Any, model: str, body: Any
) -> None:
    sandbox.faults.add(
        Rule(faults.CleanEnd(1), operation="InvokeModelWithResponseStream")
    )
    assert len(chunks(runtime, model, body)) == 1
    assert invoke(runtime, model, body)


def test_a_big_answer_fits_into_chunks(sandbox: Sandbox, runtime: Any) -> None:
    sandbox.faults.add(Rule(faults.BigAnswer(), count=0))
    parts = chunks(runtime, LLAMA, LLAMA_BODY)
    assert sum(len(part["generation"]) for part in parts) == 20_000_000
    assert len(invoke(runtime, LLAMA, LLAMA_BODY)["generation"]) == 20_000_000


def test_headers_are_checked_too(runtime: Any) -> None:
    body = json.dumps(LLAMA_BODY)
    reply = runtime.invoke_model(modelId=LLAMA, body=body, trace="ENABLED")
    reply["body"].close()
    with refused("ValidationException", part="enum value set: [ENABLED, DISABLED"):
        runtime.invoke_model(modelId=LLAMA, body=body, trace="MAYBE")
