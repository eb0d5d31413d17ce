"""Answers over real HTTP: streamed, whole, and in the shapes that servers send."""

import base64
import json

import pytest

from tests.unit.openai_api.asking import Asking
from tests.unit.openai_api.server import (
    DONE,
    ScriptedServer,
    Turn,
    delta,
    event,
    json_turn,
    stream,
    usage,
    whole,
)
from workbench.domain.content import FileKind, FilePart, SendAs
from workbench.domain.errors import InputError
from workbench.domain.generation import StopSignal
from workbench.domain.prompts import Message, Role, hash_json
from workbench.domain.remote import FailureKind

DOCUMENTS = (
    '<document name="document-2">\nTerms\n</document>\n\n'
    '<document name="image-3">\nRead off\n</document>\n\n'
)
HELLO = (delta("Hel"), delta("lo"), delta(finish="stop"))


def test_a_streamed_answer(asking: Asking, server: ScriptedServer) -> None:
    server.chat(stream(*HELLO, usage(7, 2), DONE, headers={"x-request-id": "req-1"}))
    answer = asking.ask(max_output_tokens=9)
    assert answer.text == "Hello"
    assert asking.tokens == ["Hel", "lo"]
    assert answer.stop_reason == "stop"
    assert (answer.input_tokens, answer.output_tokens) == (7, 2)
    assert (answer.request_id, answer.attempts) == ("req-1", 1)
    assert 0 < answer.first_token_seconds <= answer.seconds
    assert dict(answer.versions) == {
        "endpoint": asking.endpoint.url,
        "served_model": "served",
    }
    assert not answer.adapter_on
    sent = server.bodies[0]
    assert answer.prompt_hash == hash_json(sent["messages"])
    assert sent == {
        "model": "m",
        "messages": [
            {"role": "system", "content": "Be brief."},
            {"role": "user", "content": "こんにちは"},
        ],
        "temperature": 0.0,
        "max_tokens": 9,
        "stream": True,
        "seed": 0,
        "stream_options": {"include_usage": True},
    }


def test_parameters_are_sent(asking: Asking, server: ScriptedServer) -> None:
    server.chat(stream(*HELLO, DONE))
    schema = {"type": "object", "properties": {"a": {"type": "string"}}}
    asking.ask(
        temperature=0.7,
        top_p=0.9,
        seed=5,
        stop_sequences=("END",),
        max_output_tokens=10,
        reasoning_budget=30,
        reasoning_effort="low",
        json_schema=json.dumps(schema),
    )
    sent = server.bodies[0]
    assert (sent["temperature"], sent["top_p"], sent["seed"]) == (0.7, 0.9, 5)
    assert (sent["stop"], sent["max_tokens"]) == (["END"], 40)
    assert sent["reasoning_effort"] == "low"
    assert sent["response_format"]["json_schema"]["schema"] == schema


def test_a_schema_that_is_none_is_refused_before_anything_is_sent(
    asking: Asking, server: ScriptedServer
) -> None:
    with pytest.raises(InputError) as caught:
        asking.ask(json_schema="{")
    assert caught.value.code == "endpoint.schema"
    assert not server.received


@pytest.mark.parametrize("field", ["reasoning_content", "reasoning"])
def test_reasoning_is_kept_apart(
    asking: Asking, server: ScriptedServer, field: str
) -> None:
    details = {"completion_tokens_details": {"reasoning_tokens": 5}}
    server.chat(stream(delta(**{field: "Hm. "}), *HELLO, usage(3, 7, **details), DONE))
    answer = asking.ask()
    assert (answer.text, answer.reasoning) == ("Hello", "Hm. ")
    assert asking.tokens == ["Hel", "lo"]
    assert (answer.output_tokens, answer.reasoning_tokens) == (7, 5)


def test_cached_tokens_are_counted_apart(
    asking: Asking, server: ScriptedServer
) -> None:
    details = {"prompt_tokens_details": {"cached_tokens": 60}}
    server.chat(stream(*HELLO, usage(100, 2, **details), DONE))
    answer = asking.ask()
    assert (answer.input_tokens, answer.cache_read_tokens) == (40, 60)


def test_tokens_that_nobody_counted_are_marked_as_estimated(
    asking: Asking, server: ScriptedServer
) -> None:
    server.chat(stream(*HELLO, DONE))
    answer = asking.ask()
    # Nine Latin characters make three, five Japanese ones five; "Hello" makes two.
    assert (answer.input_tokens, answer.output_tokens) == (8, 2)
    assert ("input_tokens", "estimated") in answer.versions
    assert ("output_tokens", "estimated") in answer.versions


def test_reasoning_that_nobody_counted_is_a_part_of_what_was_counted(
    asking: Asking, server: ScriptedServer
) -> None:
    server.chat(stream(delta(reasoning="x" * 40), *HELLO, usage(3, 24), DONE))
    answer = asking.ask()
    assert (answer.output_tokens, answer.reasoning_tokens) == (24, 20)
    assert ("reasoning_tokens", "estimated") in answer.versions
    assert ("output_tokens", "estimated") not in answer.versions


def test_halves_of_characters_are_joined(
    asking: Asking, server: ScriptedServer
) -> None:
    first, second = (
        b'data: {"choices":[{"delta":{"content":"%b"}}]}\n\n' % half
        for half in (b"a\\ud83d", b"\\ude00b\\ud83d")
    )
    server.chat(stream(first, second, DONE))
    answer = asking.ask()
    assert answer.text == "a😀b�"
    assert asking.tokens == ["a", "😀b"]


@pytest.mark.parametrize("reason", ["length", "content_filter"])
def test_other_ends(asking: Asking, server: ScriptedServer, reason: str) -> None:
    server.chat(stream(delta("Half"), delta(finish=reason), DONE))
    answer = asking.ask()
    assert (answer.text, answer.stop_reason) == ("Half", reason)


@pytest.mark.parametrize(
    "parts",
    [
        (delta("Hello"), DONE),
        (delta("Hello"), delta(finish="stop")),
        (delta("Hello"), b"data: [DONE]"),
        (b": OPENROUTER PROCESSING\n\n", delta("Hello"), DONE),
        (delta("Hello").replace(b"data: ", b"data:").replace(b"\n", b"\r\n"), DONE),
        (delta("Hel").rstrip() + b"\n" + delta("lo"), DONE),
        (event({"choices": [], "prompt_filter_results": []}), delta("Hello"), DONE),
        (event({"choices": [{"delta": {"content": None}}]}), delta("Hello"), DONE),
        (event({"choices": [{"delta": None}]}), delta("Hello"), DONE),
        (
            event(
                {
                    "choices": [
                        {"delta": {"content": [{"type": "text", "text": "Hello"}]}}
                    ]
                }
            ),
            DONE,
        ),
    ],
    ids=[
        "no finish reason",
        "no done",
        "no last line",
        "comments",
        "no blank and CRLF",
        "no empty line between",
        "no choice",
        "no text",
        "no delta",
        "parts",
    ],
)
@pytest.mark.parametrize("chunked", [True, False])
def test_dialects_of_streams(
    asking: Asking, server: ScriptedServer, parts: tuple[bytes, ...], chunked: bool
) -> None:
    server.chat(stream(*parts, chunked=chunked))
    assert asking.ask().text == "Hello"


def test_characters_that_reads_cut(asking: Asking, server: ScriptedServer) -> None:
    content = delta("日本語です") + DONE
    pieces = [content[at : at + 1] for at in range(len(content))]
    server.chat(stream(*pieces, chunked=True))
    assert asking.ask().text == "日本語です"
    assert asking.tokens == ["日本語です"]


def test_nothing_is_read_after_the_end(asking: Asking, server: ScriptedServer) -> None:
    server.chat(stream(*HELLO, DONE, delta("more")))
    assert asking.ask().text == "Hello"


def test_a_whole_answer(asking: Asking, server: ScriptedServer) -> None:
    numbers = {"prompt_tokens": 4, "completion_tokens": 2}
    server.chat(whole("Good day", usage=numbers, system_fingerprint="fp"))
    answer = asking.use(streams=False).ask()
    assert (answer.text, answer.stop_reason) == ("Good day", "stop")
    assert (answer.input_tokens, answer.output_tokens) == (4, 2)
    assert (answer.request_id, dict(answer.versions)["system_fingerprint"]) == (
        "chat-2",
        "fp",
    )
    assert asking.tokens == ["Good day"]
    assert server.bodies[0]["stream"] is False
    assert "stream_options" not in server.bodies[0]


def test_a_server_that_does_not_stream(asking: Asking, server: ScriptedServer) -> None:
    server.chat(whole())
    assert asking.ask().text == "Good day"


def refusal(text: str, status: int = 400) -> Turn:
    return json_turn({"error": {"message": text, "type": "invalid"}}, status)


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("Unknown field: stream_options", "stream_options", ""),
        (
            "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.",
            "max_tokens",
            "max_completion_tokens",
        ),
        ("seed: Extra inputs are not permitted", "seed", ""),
    ],
)
def test_other_spellings_are_tried_once_and_remembered(
    asking: Asking, server: ScriptedServer, text: str, before: str, after: str
) -> None:
    server.chat(refusal(text, 422), stream(*HELLO, DONE))
    answer = asking.ask()
    assert (answer.text, answer.attempts, asking.waits) == ("Hello", 2, [])
    assert asking.ask().attempts == 1
    for sent in server.bodies[1:]:
        assert before not in sent
        assert not after or after in sent
    assert before in server.bodies[0]
    assert ("seed", "not sent") in answer.versions or before != "seed"


def test_spellings_come_to_an_end(asking: Asking, server: ScriptedServer) -> None:
    server.chat(refusal("neither max_tokens nor max_completion_tokens is known"))
    assert asking.fail().attempts == 2
    assert len(server.received) == 2


def test_a_prompt_that_is_too_long_is_no_matter_of_spelling(
    asking: Asking, server: ScriptedServer
) -> None:
    long = "max_tokens or max_completion_tokens is too large: the maximum context is 9"
    server.chat(refusal(long))
    assert asking.fail().kind is FailureKind.TOO_LONG
    assert len(server.received) == 1


def test_a_spelling_that_did_not_work_is_not_remembered(
    asking: Asking, server: ScriptedServer
) -> None:
    server.chat(refusal("use max_completion_tokens"), refusal("no"), stream(DONE))
    asking.fail()
    asking.ask()
    assert "max_tokens" in server.bodies[2]


def test_images_go_as_data_and_documents_as_text(
    asking: Asking, server: ScriptedServer
) -> None:
    server.chat(stream(*HELLO, DONE))
    files = (
        FilePart("sha256:1", FileKind.IMAGE, "jpg", 3, name="secret name"),
        FilePart("sha256:2", FileKind.DOCUMENT, "pdf", 3, text="Terms"),
        FilePart("sha256:3", FileKind.IMAGE, "png", 3, "Read off", SendAs.TEXT),
    )
    contents = {"sha256:1": b"\x01\x02\x03"}
    message = Message(Role.USER, "What is it?", files)
    asking.use(files=lambda content_hash: contents[content_hash])
    asking.generator.generate(
        asking.request((message,)), asking.tokens.append, StopSignal()
    )
    image = base64.b64encode(b"\x01\x02\x03").decode()
    assert server.bodies[0]["messages"][0]["content"] == [
        {"type": "image_url", "image_url": {"url": f"data:image/jpeg;base64,{image}"}},
        {"type": "text", "text": DOCUMENTS + "What is it?"},
    ]
    assert "secret name" not in str(server.bodies)


def test_images_without_their_bytes_are_refused(asking: Asking) -> None:
    part = FilePart("sha256:1", FileKind.IMAGE, "png", 3)
    request = asking.request((Message(Role.USER, "?", (part,)),))
    with pytest.raises(InputError) as caught:
        asking.generator.generate(request, asking.tokens.append, StopSignal())
    assert caught.value.code == "endpoint.files"


def test_files_of_an_example_answer_and_empty_prompts_are_refused(
    asking: Asking, server: ScriptedServer
) -> None:
    part = FilePart("sha256:1", FileKind.DOCUMENT, "pdf", 3, "Terms")
    said = Message(Role.ASSISTANT, "No", (part,))
    for messages, code in (
        ((said, Message(Role.USER, "?")), "files.role"),
        ((Message(Role.USER, " "),), "prompt.empty"),
        ((), "prompt.empty"),
    ):
        with pytest.raises(InputError) as caught:
            asking.generator.generate(
                asking.request(messages), asking.tokens.append, StopSignal()
            )
        assert caught.value.code == code
    assert not server.received
