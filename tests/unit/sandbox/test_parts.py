"""Counter, cache, prompt, wire and recorder, each by itself."""

import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.domain.prompts import Role
from workbench.sandbox import limits, prompt, wire
from workbench.sandbox.answers import Answer, Text, count_tokens, in_turn, split_tokens
from workbench.sandbox.cache import PromptCache
from workbench.sandbox.errors import AwsError
from workbench.sandbox.prompt import CachePoint, Segment
from workbench.sandbox.recorder import Outcome, Recorder
from workbench.sandbox.routes import operation


@given(st.text())
def test_tokens_joined_are_the_text(text: str) -> None:
    tokens = split_tokens(text)
    assert "".join(tokens) == text
    assert count_tokens(text) == len(tokens)
    assert all(tokens)


@pytest.mark.parametrize(
    ("text", "count"),
    [("", 0), ("word", 1), ("two words.", 3), ("日本語", 3), ("international", 3)],
)
def test_the_counter(text: str, count: int) -> None:
    assert count_tokens(text) == count


def test_a_script_in_turn_repeats_its_last_answer() -> None:
    script = in_turn([Answer.of("a"), Answer.of("b")])
    asked: Any = None
    assert [script(asked).text for _ in range(3)] == ["a", "b", "b"]
    with pytest.raises(ValueError, match="needs an answer"):
        in_turn([])


def parts(*texts: str) -> list[prompt.Part]:
    """Texts as segments; ``|`` and ``||`` are cache points of 5 minutes and an hour."""
    ttls = {"|": "5m", "||": "1h"}
    return [CachePoint(ttls[t]) if t in ttls else Segment(t) for t in texts]


def use(cache: PromptCache, *texts: str, model: str = "m") -> tuple[int, int, int]:
    counts = [0 if "|" in text else len(text) for text in texts]
    found = cache.use(model, parts(*texts), counts)
    return found.fresh, found.read, found.written


def test_the_cache_knows_beginnings() -> None:
    now = [0.0]
    cache = PromptCache(lambda: now[0])
    assert use(cache, "aaa", "|", "bb") == (2, 0, 3)
    assert use(cache, "aaa", "|", "ccccc") == (5, 3, 0)
    assert use(cache, "aaa", "|", "bb", "||", "c") == (1, 3, 2)
    assert use(cache, "aab", "|", "bb") == (2, 0, 3)
    assert use(cache, "aaa", "|", model="other") == (0, 0, 3)
    now[0] = 299.0
    assert use(cache, "aaa", "|", "bb") == (2, 3, 0)
    now[0] = 500.0
    assert use(cache, "aaa", "|", "bb") == (2, 3, 0)
    now[0] = 900.0
    assert use(cache, "aaa", "|", "bb", "||") == (0, 5, 0)
    now[0] = 4600.0
    assert use(cache, "aaa", "|", "bb", "||") == (0, 0, 5)


def test_short_beginnings_are_not_cached() -> None:
    cache = PromptCache(least=4)
    assert use(cache, "aaa", "|", "b") == (4, 0, 0)
    assert use(cache, "|", "b") == (1, 0, 0)


def test_usage_names_the_cache_only_when_asked() -> None:
    cache = PromptCache()
    plain = cache.use("m", parts("aa"), [2]).as_usage(3)
    assert plain == {"inputTokens": 2, "outputTokens": 3, "totalTokens": 5}
    asked = cache.use("m", parts("aa", "||"), [2, 0]).as_usage(3)
    assert asked["cacheDetails"] == [{"ttl": "1h", "inputTokens": 2}]
    assert asked["totalTokens"] == 5


def test_a_prompt_as_parts_and_as_messages() -> None:
    document = {"format": "pdf", "name": "d", "source": {"bytes": b"x" * 60}}
    chunks = {"name": "e", "source": {"content": [{"text": "one"}, {"text": "two"}]}}
    body = {
        "system": [{"text": "Rules"}, {"cachePoint": {"type": "default"}}],
        "messages": [
            {
                "role": "user",
                "content": [
                    {"text": "Hi"},
                    {"document": document},
                    {"document": chunks},
                    {"guardContent": {"text": {"text": "guarded"}}},
                ],
            }
        ],
    }
    assert prompt.parts(body) == [
        Segment("Rules"),
        CachePoint("5m"),
        Segment("Hi"),
        Segment(tokens=10),
        Segment("one\ntwo"),
        Segment("guarded"),
    ]
    assert [(m.role, m.text) for m in prompt.messages(body)] == [
        (Role.SYSTEM, "Rules"),
        (Role.USER, "Hi\n\none\ntwo\n\nguarded"),
    ]


def test_sizes_of_images() -> None:
    png = b"\x89PNG\r\n\x1a\n" + bytes(8) + b"\0\0\0\x20\0\0\0\x10"
    assert limits.image_size(png) == (32, 16)
    assert limits.image_size(b"GIF89a\x20\0\x10\0") == (32, 16)
    jpeg = b"\xff\xd8\xff\xe0\0\x04ab\xff\xc2\0\x0b\x08\0\x10\0\x20"
    assert limits.image_size(jpeg) == (32, 16)
    assert limits.image_size(b"\xff\xd8") == (0, 0)
    assert limits.image_size(b"RIFF") == (0, 0)


def test_blobs_and_times_on_the_wire() -> None:
    shape = operation("ListCustomModels").output
    sent = {"modelSummaries": [{"creationTime": "2026-01-02T03:04:05Z"}]}
    read: Any = wire.from_wire(shape, sent)
    moment = datetime.datetime(2026, 1, 2, 3, 4, 5, tzinfo=datetime.UTC)
    assert read["modelSummaries"][0]["creationTime"] == moment
    assert wire.to_wire(read) == sent
    body = operation("CountTokens").input
    found: Any = wire.from_wire(body, {"input": {"invokeModel": {"body": "eA=="}}})
    assert found["input"]["invokeModel"]["body"] == b"x"
    wrong: Any = wire.from_wire(body, {"input": {"invokeModel": {"body": "?"}}})
    assert wrong["input"]["invokeModel"]["body"] == "?"


def test_errors_in_xml_are_escaped() -> None:
    sent = wire.error_body("query", AwsError("A", "<b> & c"), "id")
    assert b"&lt;b&gt; &amp; c" in sent


def record(recorder: Recorder, body: bytes = b"") -> int:
    headers = {"authorization": "secret", "x": "y"}
    return recorder.begin("id", "s", "Converse", "m", headers, body)


def test_the_recorder_forgets_the_oldest() -> None:
    recorder = Recorder(most=2)
    numbers = [record(recorder) for _ in range(3)]
    recorder.end(numbers[0], Outcome.ANSWERED)
    assert [call.number for call in recorder.calls] == [2, 3]
    assert recorder.count == 3
    big = record(recorder, bytes(65 * 1024 * 1024))
    assert [call.number for call in recorder.calls] == [big]
    assert recorder.calls[0].headers == {"x": "y"}


def test_waiting_for_an_end_has_an_end() -> None:
    recorder = Recorder()
    number = record(recorder)
    with pytest.raises(TimeoutError):
        recorder.wait_for_end(number, 0.01)
    recorder.end(number, Outcome.ANSWERED, status=200)
    assert recorder.wait_for_end(number).status == 200


def test_text_has_its_own_pieces() -> None:
    assert [d["text"] for d in Text("ab", ("a", "", "b")).deltas] == ["a", "", "b"]
