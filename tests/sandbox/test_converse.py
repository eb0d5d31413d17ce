"""Converse, ConverseStream and CountTokens as an unmodified boto3 sees them."""

import contextlib
import json
from collections.abc import Mapping
from typing import Any

import pytest
from urllib3.exceptions import ProtocolError

from tests.sandbox.clients import (
    HAIKU,
    NOVA,
    ask,
    client_of,
    is_delta,
    members,
    read,
    refused,
    stream,
    text_of,
    user,
)
from tests.sandbox.conftest import Start
from workbench.domain.prompts import Role
from workbench.sandbox import (
    Answer,
    Pace,
    Question,
    Reasoning,
    Sandbox,
    Text,
    ToolUse,
    Usage,
)

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 8 + bytes(4) + b"\0\0\0\x10\0\0\0\x10"
TOOLS = {
    "tools": [
        {"toolSpec": {"name": "look_up", "inputSchema": {"json": {"type": "object"}}}}
    ]
}
MANY = Answer(
    (
        Reasoning("Let me think.", "c2lnbmVk"),
        Reasoning(redacted=b"\0secret\xff"),
        Text("First. 日本語と한국어 😀"),
        Text(""),
        ToolUse("look_up", {"id": 7, "name": "ü"}, "tool-1"),
    ),
    "tool_use",
    Usage(11, 22),
    {"stop_sequence": None, "trace": {"id": 3}},
)


def test_a_whole_answer(runtime: Any) -> None:
    reply = ask(runtime, "One two.")
    assert reply["output"]["message"] == {
        "role": "assistant",
        "content": [{"text": "One two."}],
    }
    assert reply["stopReason"] == "end_turn"
    assert reply["usage"] == {"inputTokens": 3, "outputTokens": 3, "totalTokens": 6}
    headers = reply["ResponseMetadata"]["HTTPHeaders"]
    assert headers["x-workbench-sandbox"] == "SANDBOX"
    assert reply["ResponseMetadata"]["RequestId"]


def test_a_stream_has_all_events_in_order(runtime: Any) -> None:
    events = read(stream(runtime, "One two."))
    assert members(events) == [
        "messageStart",
        *["contentBlockDelta"] * 3,
        "contentBlockStop",
        "messageStop",
        "metadata",
    ]
    assert text_of(events) == "One two."


def test_all_kinds_of_blocks_come_whole_and_streamed(start: Start) -> None:
    with client_of(start(script=lambda _: MANY)) as client:
        reply = ask(client, toolConfig=TOOLS, modelId=HAIKU)
        events = read(stream(client, toolConfig=TOOLS, modelId=HAIKU))
    content = reply["output"]["message"]["content"]
    assert content == MANY.content
    assert _joined(events) == content
    assert reply["usage"]["totalTokens"] == 33
    assert events[-1]["metadata"]["usage"] == reply["usage"]
    assert events[-2]["messageStop"]["stopReason"] == reply["stopReason"] == "tool_use"


def _joined(events: list[Any]) -> list[Any]:
    """Put the blocks together again, as a client must."""
    blocks: dict[int, dict[str, Any]] = {}
    for event in events:
        if "contentBlockStart" in event:
            began = event["contentBlockStart"]
            tool = began["start"]["toolUse"]
            blocks[began["contentBlockIndex"]] = {"toolUse": {**tool, "input": ""}}
        if not is_delta(event):
            continue
        delta = event["contentBlockDelta"]["delta"]
        index = event["contentBlockDelta"]["contentBlockIndex"]
        if "text" in delta:
            block = blocks.setdefault(index, {"text": ""})
            block["text"] += delta["text"]
        elif "toolUse" in delta:
            blocks[index]["toolUse"]["input"] += delta["toolUse"]["input"]
        else:
            _reason(blocks, index, delta["reasoningContent"])
    for block in blocks.values():
        if "toolUse" in block:
            block["toolUse"]["input"] = json.loads(block["toolUse"]["input"])
    return [blocks[index] for index in sorted(blocks)]


def _reason(
    blocks: dict[int, dict[str, Any]], index: int, delta: Mapping[str, Any]
) -> None:
    if "redactedContent" in delta:
        blocks[index] = {"reasoningContent": dict(delta)}
        return
    empty: dict[str, Any] = {"reasoningContent": {"reasoningText": {"text": ""}}}
    inner = blocks.setdefault(index, empty)["reasoningContent"]["reasoningText"]
    inner["text"] += delta.get("text", "")
    if "signature" in delta:
        inner["signature"] = delta["signature"]


@pytest.mark.parametrize("size", [1, 7, 1000])
def test_frames_and_letters_may_be_split_anywhere(start: Start, size: int) -> None:
    text = "Ünïcödé 日本語 😀 end"
    with client_of(start(pace=Pace(chunk_bytes=size))) as client:
        assert text_of(read(stream(client, text))) == text


def test_frames_may_be_written_together(start: Start) -> None:
    with client_of(start(pace=Pace(frames_per_write=16))) as client:
        assert text_of(read(stream(client, "word " * 40))) == "word " * 40


def test_the_script_sees_the_question(start: Start) -> None:
    seen: list[Question] = []

    def script(question: Question) -> Answer:
        seen.append(question)
        return Answer.of("ok")

    with client_of(start(script=script)) as client:
        ask(
            client,
            system=[{"text": "Be brief."}],
            inferenceConfig={
                "temperature": 0.5,
                "topP": 0.9,
                "maxTokens": 9,
                "stopSequences": ["X"],
            },
            toolConfig=TOOLS,
        )
    [question] = seen
    assert [(m.role, m.text) for m in question.messages] == [
        (Role.SYSTEM, "Be brief."),
        (Role.USER, "Hello there"),
    ]
    assert question.parameters.temperature == 0.5
    assert question.parameters.max_output_tokens == 9
    assert question.parameters.stop_sequences == ("X",)
    assert question.tools == ("look_up",)
    assert not question.thinking


def test_the_three_counts_of_tokens_agree(runtime: Any) -> None:
    asked = {
        "messages": user("Count these words, 三つ."),
        "system": [{"text": "You count."}],
        "toolConfig": TOOLS,
    }
    whole = runtime.converse(modelId=NOVA, **asked)["usage"]["inputTokens"]
    events = read(runtime.converse_stream(modelId=NOVA, **asked)["stream"])
    streamed = events[-1]["metadata"]["usage"]["inputTokens"]
    counted = runtime.count_tokens(modelId=NOVA, input={"converse": asked})
    assert whole == streamed == counted["inputTokens"] > 10


def test_a_model_behind_a_profile_cannot_count(runtime: Any) -> None:
    with refused("ValidationException", part="counting tokens"):
        runtime.count_tokens(modelId=HAIKU, input={"converse": {"messages": user()}})


def test_the_beginning_of_a_prompt_is_cached_until_its_time_is_up(
    start: Start,
) -> None:
    now = [0.0]
    sandbox = start(clock=lambda: now[0])
    system = [{"text": "Long" + " rules" * 39}, {"cachePoint": {"type": "default"}}]
    with client_of(sandbox) as client:
        first = ask(client, system=system)["usage"]
        events = read(stream(client, system=system))
        now[0] = 301.0
        later = ask(client, system=system)["usage"]
    again = events[-1]["metadata"]["usage"]
    assert (first["cacheWriteInputTokens"], first["cacheReadInputTokens"]) == (40, 0)
    assert first["cacheDetails"] == [{"ttl": "5m", "inputTokens": 40}]
    assert (again["cacheWriteInputTokens"], again["cacheReadInputTokens"]) == (0, 40)
    assert first["inputTokens"] == again["inputTokens"] == 2
    assert first["totalTokens"] == 44
    assert later["cacheWriteInputTokens"] == 40


def test_caching_is_refused_by_a_model_without_it(runtime: Any) -> None:
    system = [{"text": "Rules"}, {"cachePoint": {"type": "default"}}]
    with refused("AccessDeniedException", 403, "prompt caching"):
        ask(runtime, system=system, modelId="mistral.mistral-large-2407-v1:0")


@pytest.mark.parametrize(
    "fields",
    [
        {"thinking": {"type": "enabled", "budget_tokens": 2048}},
        {"thinking": {"type": "adaptive"}},
    ],
)
def test_reasoning_is_asked_for_by_fields(
    start: Start, fields: Mapping[str, Any]
) -> None:
    def script(question: Question) -> Answer:
        assert question.thinking
        return Answer((Reasoning("Hm.", "sig"), Text("Yes.")))

    with client_of(start(script=script)) as client:
        reply = ask(client, modelId=HAIKU, additionalModelRequestFields=fields)
    assert "reasoningContent" in reply["output"]["message"]["content"][0]


@pytest.mark.parametrize(
    ("model", "config", "fields", "part"),
    [
        (NOVA, {}, {"thinking": {"type": "enabled"}}, "not supported"),
        (HAIKU, {}, {"thinking": {"type": "enabled", "budget_tokens": 9}}, "1024"),
        (
            HAIKU,
            {"maxTokens": 2000},
            {"thinking": {"type": "enabled", "budget_tokens": 2000}},
            "max_tokens",
        ),
        (HAIKU, {"temperature": 0}, {"thinking": {"type": "adaptive"}}, "set to 1"),
        (HAIKU, {"temperature": 0, "topP": 0.5}, {}, "cannot both"),
    ],
)
def test_a_model_refuses_what_it_does_not_take(
    runtime: Any, model: str, config: Any, fields: Any, part: str
) -> None:
    with refused("ValidationException", part=part):
        ask(
            runtime,
            modelId=model,
            inferenceConfig=config,
            additionalModelRequestFields=fields,
        )


def test_documents_images_and_a_schema_are_accepted(runtime: Any) -> None:
    content = [
        {"text": "Look."},
        {"image": {"format": "png", "source": {"bytes": PNG}}},
        {
            "document": {
                "format": "txt",
                "name": "document-1",
                "source": {"bytes": "Zwölf".encode()},
            }
        },
    ]
    reply = runtime.converse(
        modelId=NOVA,
        messages=[{"role": "user", "content": content}],
        outputConfig={
            "textFormat": {
                "type": "json_schema",
                "structure": {"jsonSchema": {"schema": "{}", "name": "answer"}},
            }
        },
        requestMetadata={"project": "wb"},
        performanceConfig={"latency": "standard"},
        serviceTier={"type": "flex"},
    )
    assert reply["output"]["message"]["content"] == [{"text": "Look.\n\nZwölf"}]
    assert reply["usage"]["inputTokens"] == 2 + 1600 + 1
    assert reply["serviceTier"] == {"type": "flex"}


def test_a_conversation_with_a_tool(runtime: Any) -> None:
    use = {"toolUse": {"toolUseId": "t1", "name": "look_up", "input": {"id": 1}}}
    result = {"toolResult": {"toolUseId": "t1", "content": [{"json": {"found": 2}}]}}
    messages = [
        *user("Look it up"),
        {"role": "assistant", "content": [use]},
        {"role": "user", "content": [result]},
    ]
    reply = runtime.converse(modelId=NOVA, messages=messages, toolConfig=TOOLS)
    assert reply["output"]["message"]["content"] == [{"text": '{"found": 2}'}]
    with refused("ValidationException", part="toolConfig"):
        runtime.converse(modelId=NOVA, messages=messages)


def test_further_fields_come_by_json_pointer(start: Start) -> None:
    with client_of(start(script=lambda _: MANY)) as client:
        paths = ["/trace/id", "/absent"]
        reply = ask(client, additionalModelResponseFieldPaths=paths)
    assert reply["additionalModelResponseFields"] == {
        "sandbox": "SANDBOX",
        "trace": {"id": 3},
    }


def test_the_pace_sets_latency_and_rate(start: Start) -> None:
    sandbox = start(pace=Pace(latency=0.05, tokens_per_second=200))
    with client_of(sandbox) as client:
        events = read(stream(client, "word " * 20))
        spent = events[-1]["metadata"]["metrics"]["latencyMs"]
        assert spent >= 90
        sandbox.pace = Pace()
        assert text_of(read(stream(client, "word " * 20))) == "word " * 20


def test_a_hundred_conversations_come_back_as_scripted(start: Start) -> None:
    reasons = ("end_turn", "max_tokens", "stop_sequence", "content_filtered")
    answers = {
        f"question {number}": Answer(
            (Text(f"Antwort {number}: " + "äöü 漢字 😀 " * (number % 7)),),
            reasons[number % 4],
            Usage(number + 1, 2 * number),
        )
        for number in range(100)
    }
    sandbox = start(script=lambda question: answers[question.messages[-1].text])
    with client_of(sandbox) as client:
        for number, (text, answer) in enumerate(answers.items()):
            if number % 2:
                got = _whole(ask(client, text))
            else:
                got = _streamed(read(stream(client, text)))
            usage = {"inputTokens": number + 1, "outputTokens": 2 * number}
            total = {"totalTokens": 3 * number + 1}
            assert got == (answer.text, answer.stop_reason, usage | total)
    assert sandbox.recorder.count == 100


def _whole(reply: Any) -> tuple[str, str, Any]:
    [block] = reply["output"]["message"]["content"]
    return block["text"], reply["stopReason"], reply["usage"]


def _streamed(events: list[Any]) -> tuple[str, str, Any]:
    reason = events[-2]["messageStop"]["stopReason"]
    return text_of(events), reason, events[-1]["metadata"]["usage"]


def test_every_request_is_recorded_without_its_secrets(
    sandbox: Sandbox, runtime: Any
) -> None:
    reply = ask(runtime, "Remember this")
    [call] = sandbox.recorder.calls
    assert (call.operation, call.service, call.model) == (
        "Converse",
        "bedrock-runtime",
        NOVA,
    )
    assert (call.outcome, call.status, call.fault) == ("answered", 200, "")
    assert call.request_id == reply["ResponseMetadata"]["RequestId"]
    assert b"Remember this" in call.body
    assert "authorization" not in call.headers
    assert "x-amz-date" in call.headers
    assert sandbox.credentials.secret_access_key not in repr(sandbox.credentials)


def test_a_client_that_leaves_is_recorded(start: Start) -> None:
    sandbox = start(pace=Pace(tokens_per_second=50))
    with client_of(sandbox) as client:
        events = stream(client, "word " * 500)
        with contextlib.closing(events):
            for event in events:
                if is_delta(event):
                    break
        call = sandbox.recorder.wait_for_end(1)
    assert call.outcome == "client aborted"
    assert 1 <= call.frames < 500


def test_closing_ends_a_stream_that_is_being_read(start: Start) -> None:
    sandbox = start(pace=Pace(tokens_per_second=5))
    with client_of(sandbox) as client:
        events = stream(client, "word " * 500)
        with contextlib.closing(events):
            next(iter(events))
            sandbox.close()
            with pytest.raises(ProtocolError):
                list(events)
    assert sandbox.recorder.calls[0].outcome == "sandbox closed"
