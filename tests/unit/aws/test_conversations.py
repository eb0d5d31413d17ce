"""Answers over real HTTP: text, reasoning, usage, the request as it is sent."""

import json
from typing import Any

import pytest

from tests.unit.aws.practice import (
    MODEL,
    NOVA,
    STREAMS,
    WHOLE,
    Practice,
    Start,
    asked,
    never,
    quiet,
)
from workbench.domain.content import FileKind, FilePart
from workbench.domain.errors import InputError
from workbench.domain.generation import GenerationRequest
from workbench.domain.parameters import GenerationParameters
from workbench.domain.prompts import Message, Role
from workbench.domain.remote import FailureKind, RemoteFailure, RequestStyle
from workbench.sandbox import Answer, Pace, Reasoning, Text, Usage, faults
from workbench.sandbox.faults import BigAnswer, Rule

BOTH = pytest.mark.parametrize("style", [STREAMS, WHOLE], ids=["stream", "whole"])


@BOTH
def test_an_answer_comes_with_all_that_a_trial_keeps(
    practice: Practice, style: RequestStyle
) -> None:
    arrived: list[str] = []
    answer = practice.generator(style).generate(
        asked("Hello there, expert"), arrived.append, never()
    )
    assert answer.text == "".join(arrived) == "Hello there, expert"
    assert answer.stop_reason == "stop"
    assert answer.input_tokens > 0
    assert answer.output_tokens == 4
    assert answer.prompt_hash.startswith("sha256:")
    assert 0 < answer.first_token_seconds <= answer.seconds
    assert answer.request_id == practice.sandbox.recorder.calls[0].request_id
    assert ("region", "us-east-1") in answer.versions
    assert ("sandbox", "true") in answer.versions
    assert len(arrived) == (1 if style is WHOLE else 4)


@BOTH
def test_reasoning_stays_apart_and_its_tokens_are_counted_apart(
    start: Start, style: RequestStyle
) -> None:
    blocks = (Reasoning("First I think", "SIGN"), Text("Then I say."))
    practice = start(script=lambda _: Answer(blocks, usage=Usage(9, 40)))
    arrived: list[str] = []
    answer = practice.generator(style).generate(asked(), arrived.append, never())
    assert (answer.text, answer.reasoning) == ("Then I say.", "First I think")
    assert "".join(arrived) == answer.text
    assert answer.output_tokens == 40
    assert 0 < answer.reasoning_tokens < 40
    assert ("reasoning_tokens", "estimated") in answer.versions


@BOTH
def test_redacted_reasoning_counts_though_it_has_no_text(
    start: Start, style: RequestStyle
) -> None:
    blocks = (Reasoning(redacted=b"secret"), Text("Yes."))
    practice = start(script=lambda _: Answer(blocks, usage=Usage(9, 40)))
    answer = practice.generator(style).generate(asked(), quiet, never())
    assert (answer.text, answer.reasoning) == ("Yes.", "")
    assert answer.reasoning_tokens == 39


@BOTH
def test_several_blocks_are_one_answer(start: Start, style: RequestStyle) -> None:
    blocks = (
        Text("one "),
        Reasoning("hm"),
        Text("two"),
        Reasoning("so"),
        Text(""),
    )
    practice = start(script=lambda _: Answer(blocks))
    answer = practice.generator(style).generate(asked(), quiet, never())
    assert (answer.text, answer.reasoning) == ("one two", "hm\n\nso")


@BOTH
def test_an_empty_answer_is_an_answer(start: Start, style: RequestStyle) -> None:
    practice = start(script=lambda _: Answer.of(""))
    answer = practice.generator(style).generate(asked(), quiet, never())
    assert (answer.text, answer.stop_reason, answer.error_code) == ("", "stop", "")


@BOTH
def test_characters_survive_chunks_that_cut_them(
    start: Start, style: RequestStyle
) -> None:
    text = "\u65e5\u672c\u8a9e \U0001f600 caf\u00e9"
    practice = start(script=lambda _: Answer.of(text), pace=Pace(chunk_bytes=7))
    answer = practice.generator(style).generate(asked(), quiet, never())
    assert answer.text == text


@BOTH
def test_a_cut_answer_says_that_its_length_ended_it(
    start: Start, style: RequestStyle
) -> None:
    practice = start(script=lambda _: Answer((Text("half"),), "max_tokens"))
    answer = practice.generator(style).generate(asked(), quiet, never())
    assert answer.stop_reason == "length"


@BOTH
def test_a_big_answer_arrives_whole(practice: Practice, style: RequestStyle) -> None:
    practice.sandbox.faults.add(Rule(BigAnswer(1_000_000)))
    answer = practice.generator(style).generate(asked(), quiet, never())
    assert len(answer.text) == 1_000_000


def test_the_cache_says_what_it_saved(practice: Practice) -> None:
    system = Message(Role.SYSTEM, "Be brief and kind. " * 200)
    request = GenerationRequest(
        MODEL,
        (system, Message(Role.USER, "Hello")),
        GenerationParameters(prompt_caching=True),
    )
    generator = practice.generator(RequestStyle(caching=True))
    first = generator.generate(request, quiet, never())
    second = generator.generate(request, quiet, never())
    assert first.cache_write_tokens > 0
    assert second.cache_read_tokens == first.cache_write_tokens
    assert second.prompt_hash == first.prompt_hash


def test_what_is_sent_is_what_was_asked(practice: Practice) -> None:
    messages = (
        Message(Role.SYSTEM, "Be brief."),
        Message(Role.USER, "a"),
        Message(Role.ASSISTANT, "b"),
        Message(Role.USER, "c"),
    )
    parameters = GenerationParameters(max_output_tokens=64, stop_sequences=("END",))
    request = GenerationRequest(MODEL, messages, parameters)
    practice.generator().generate(request, quiet, never())
    call = practice.sandbox.recorder.calls[0]
    assert call.model == NOVA
    assert json.loads(call.body) == {
        "system": [{"text": "Be brief."}],
        "messages": [
            {"role": "user", "content": [{"text": "a"}]},
            {"role": "assistant", "content": [{"text": "b"}]},
            {"role": "user", "content": [{"text": "c"}]},
        ],
        "inferenceConfig": {
            "maxTokens": 64,
            "temperature": 0.0,
            "stopSequences": ["END"],
        },
    }


def test_files_go_along_under_neutral_names(practice: Practice) -> None:
    part = FilePart("sha256:1", FileKind.DOCUMENT, "pdf", 5, name="Ignore all.pdf")
    request = GenerationRequest(
        MODEL, (Message(Role.USER, "Sum up", (part,)),), GenerationParameters()
    )
    generator = practice.generator(files=lambda _hash: b"%PDF-")
    generator.generate(request, quiet, never())
    sent: Any = json.loads(practice.sandbox.recorder.calls[0].body)
    document = sent["messages"][0]["content"][0]["document"]
    assert document["name"] == "document-1"
    assert b"Ignore" not in practice.sandbox.recorder.calls[0].body


def test_tokens_are_counted_by_the_service(practice: Practice) -> None:
    generator = practice.generator()
    assert not generator.count(asked("one two three")).is_estimate
    assert generator.count_tokens(MODEL, ["one two", "one"])[0] > 0
    assert set(practice.calls) == {"CountTokens"}


def test_a_model_that_cannot_count_is_asked_once_and_then_estimated(
    practice: Practice,
) -> None:
    practice.sandbox.faults.add(Rule(faults.VALIDATION, "CountTokens", count=0))
    generator = practice.generator()
    for _ in range(2):
        count = generator.count(asked("x" * 40))
        assert (count.tokens, count.is_estimate) == (10, True)
    with pytest.raises(RemoteFailure) as caught:
        generator.count_tokens(MODEL, ["x"])
    assert caught.value.code == "aws.count_unsupported"
    assert len(practice.calls) == 1


def test_counting_that_is_denied_says_so(practice: Practice) -> None:
    practice.sandbox.faults.add(Rule(faults.DENIED, "CountTokens"))
    with pytest.raises(RemoteFailure) as caught:
        practice.generator().count(asked())
    assert caught.value.kind is FailureKind.DENIED


def test_there_is_no_adapter_to_prove(practice: Practice) -> None:
    with pytest.raises(InputError):
        practice.generator().prove_adapter(MODEL, [])
    assert practice.generator().is_available()
