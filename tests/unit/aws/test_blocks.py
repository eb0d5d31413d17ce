"""The body of a request, without a server."""

import json
from typing import Any

import pytest

from tests.unit.aws.practice import MODEL, asked
from workbench.aws.blocks import converse_request, preview_text, prompt_hash
from workbench.domain.content import FileKind, FilePart, SendAs
from workbench.domain.errors import InputError
from workbench.domain.generation import GenerationRequest
from workbench.domain.parameters import GenerationParameters
from workbench.domain.prompts import Message, Role
from workbench.domain.remote import ReasoningStyle, RequestStyle

SHOTS = (
    Message(Role.SYSTEM, "Be brief."),
    Message(Role.USER, "a"),
    Message(Role.ASSISTANT, "b"),
    Message(Role.USER, "c"),
)
MARK = {"cachePoint": {"type": "default"}}
PDF = FilePart("sha256:1", FileKind.DOCUMENT, "pdf", 4, "the text", name="Plan.pdf")
PNG = FilePart("sha256:2", FileKind.IMAGE, "png", 4)


def body_of(
    *messages: Message, style: RequestStyle | None = None, **parameters: Any
) -> dict[str, Any]:
    request = GenerationRequest(
        MODEL,
        messages or (Message(Role.USER, "Hello"),),
        GenerationParameters(**parameters),
    )
    return converse_request(request, style or RequestStyle(), lambda name: b"data")


def test_only_what_is_set_is_sent() -> None:
    assert body_of() == {
        "modelId": MODEL.path,
        "messages": [{"role": "user", "content": [{"text": "Hello"}]}],
        "inferenceConfig": {"maxTokens": 128, "temperature": 0.0},
    }


def test_a_model_that_refuses_sampling_gets_none() -> None:
    body = body_of(
        style=RequestStyle(sampling=False, stop_sequences=False),
        temperature=0.5,
        top_p=0.9,
        stop_sequences=("END",),
    )
    assert body["inferenceConfig"] == {"maxTokens": 128}


def test_a_model_that_takes_one_kind_of_sampling_gets_the_temperature() -> None:
    both = body_of(temperature=0.5, top_p=0.9)["inferenceConfig"]
    assert (both["temperature"], both["topP"]) == (0.5, 0.9)
    one = RequestStyle(both_sampling=False)
    assert (
        "topP" not in body_of(style=one, temperature=0.5, top_p=0.9)["inferenceConfig"]
    )


def test_marks_for_the_cache_stand_behind_system_text_and_examples() -> None:
    body = body_of(*SHOTS, style=RequestStyle(caching=True), prompt_caching=True)
    assert body["system"] == [{"text": "Be brief."}, MARK]
    assert [turn["content"] for turn in body["messages"]] == [
        [{"text": "a"}],
        [{"text": "b"}, MARK],
        [{"text": "c"}],
    ]


@pytest.mark.parametrize(
    ("caching", "asked_for"), [(False, True), (True, False), (False, False)]
)
def test_there_are_no_marks_where_the_model_or_the_prompt_wants_none(
    caching: bool, asked_for: bool
) -> None:
    style = RequestStyle(caching=caching)
    assert "cachePoint" not in str(
        body_of(*SHOTS, style=style, prompt_caching=asked_for)
    )


def test_marks_for_the_cache_change_no_hash() -> None:
    marked = body_of(*SHOTS, style=RequestStyle(caching=True), prompt_caching=True)
    assert prompt_hash(marked) == prompt_hash(body_of(*SHOTS))
    assert prompt_hash(marked) != prompt_hash(body_of(*SHOTS[1:]))


def test_system_text_comes_first_where_the_model_has_no_place_for_it() -> None:
    body = body_of(*SHOTS, style=RequestStyle(system=False))
    assert "system" not in body
    assert body["messages"][0]["content"] == [{"text": "Be brief.\n\na"}]


def test_turns_of_one_speaker_are_one_turn() -> None:
    body = body_of(Message(Role.USER, "a"), Message(Role.USER, "b"))
    assert body["messages"] == [
        {"role": "user", "content": [{"text": "a"}, {"text": "b"}]}
    ]


@pytest.mark.parametrize(
    ("style", "parameters", "extra", "output", "inference"),
    [
        (
            ReasoningStyle.ANTHROPIC_BUDGET,
            {"reasoning_budget": 2048, "temperature": 0.7, "top_p": 0.5},
            {"thinking": {"type": "enabled", "budget_tokens": 2048}},
            None,
            {"maxTokens": 128 + 2048},
        ),
        (
            ReasoningStyle.ANTHROPIC_ADAPTIVE,
            {"reasoning_effort": "high"},
            {"thinking": {"type": "adaptive"}},
            {"effort": "high"},
            {"maxTokens": 128},
        ),
        (
            ReasoningStyle.EFFORT,
            {"reasoning_effort": "low"},
            None,
            {"effort": "low"},
            {"maxTokens": 128, "temperature": 0.0},
        ),
        (
            ReasoningStyle.EFFORT_FIELD,
            {"reasoning_effort": "low"},
            {"reasoning_effort": "low"},
            None,
            {"maxTokens": 128, "temperature": 0.0},
        ),
        (
            ReasoningStyle.NOVA,
            {"reasoning_effort": "medium"},
            {"reasoningConfig": {"type": "enabled", "maxReasoningEffort": "medium"}},
            None,
            {"maxTokens": 128, "temperature": 0.0},
        ),
        (
            ReasoningStyle.NOVA,
            {"reasoning_effort": "high"},
            {"reasoningConfig": {"type": "enabled", "maxReasoningEffort": "high"}},
            None,
            None,
        ),
        (
            ReasoningStyle.NONE,
            {"reasoning_effort": "high", "reasoning_budget": 9},
            None,
            None,
            {"maxTokens": 128, "temperature": 0.0},
        ),
        (
            ReasoningStyle.ANTHROPIC_ADAPTIVE,
            {},
            None,
            None,
            {"maxTokens": 128, "temperature": 0.0},
        ),
    ],
)
def test_reasoning_is_asked_for_as_the_model_wants_it(
    style: ReasoningStyle,
    parameters: dict[str, Any],
    extra: object,
    output: object,
    inference: object,
) -> None:
    body = body_of(style=RequestStyle(reasoning=style), **parameters)
    assert body.get("additionalModelRequestFields") == extra
    assert body.get("outputConfig") == output
    assert body.get("inferenceConfig") == inference


def test_an_answer_can_be_bound_to_a_schema() -> None:
    schema = '{"type": "object"}'
    body = body_of(style=RequestStyle(json_schema=True), json_schema=schema)
    text_format = body["outputConfig"]["textFormat"]
    assert text_format["type"] == "json_schema"
    assert text_format["structure"]["jsonSchema"]["schema"] == schema
    assert "outputConfig" not in body_of(json_schema=schema)


def test_a_schema_that_is_not_json_is_refused() -> None:
    with pytest.raises(InputError, match="not JSON"):
        body_of(style=RequestStyle(json_schema=True), json_schema="{")


def test_files_are_blocks_before_the_text() -> None:
    body = body_of(Message(Role.USER, "Look", (PDF, PNG)))
    source = {"bytes": b"data"}
    assert body["messages"][0]["content"] == [
        {"document": {"format": "pdf", "name": "document-1", "source": source}},
        {"image": {"format": "png", "source": source}},
        {"text": "Look"},
    ]


@pytest.mark.parametrize(
    ("send_as", "documents"), [(SendAs.TEXT, True), (SendAs.BLOCK, False)]
)
def test_a_document_is_sent_as_text_where_wanted_or_needed(
    send_as: SendAs, documents: bool
) -> None:
    part = FilePart("h", FileKind.DOCUMENT, "pdf", 4, "the text", send_as, "Plan.pdf")
    style = RequestStyle(documents=documents)
    body = body_of(Message(Role.USER, "Look", (part,)), style=style)
    text = body["messages"][0]["content"][0]["text"]
    assert "the text" in text
    assert "document-1" in text
    assert "Plan" not in text


@pytest.mark.parametrize(
    ("message", "style", "code"),
    [
        (Message(Role.USER, " "), RequestStyle(), "prompt.empty"),
        (
            Message(Role.USER, "x", (PNG,) * 21),
            RequestStyle(),
            "files.too_many",
        ),
        (Message(Role.USER, "x", (PDF,) * 6), RequestStyle(), "files.too_many"),
        (
            Message(Role.USER, "x", (FilePart("h", FileKind.IMAGE, "png", 4_000_000),)),
            RequestStyle(),
            "files.too_large",
        ),
        (Message(Role.USER, "x", (PNG,)), RequestStyle(images=False), "files.format"),
        (Message(Role.ASSISTANT, "x", (PNG,)), RequestStyle(), "files.role"),
    ],
)
def test_what_the_service_would_refuse_is_refused_before(
    message: Message, style: RequestStyle, code: str
) -> None:
    with pytest.raises(InputError) as caught:
        body_of(message, style=style)
    assert caught.value.code == code


def test_a_preview_is_readable_and_holds_no_bytes() -> None:
    text = preview_text(body_of(Message(Role.USER, "\u65e5\u672c", (PNG,))))
    assert "<4 bytes>" in text
    assert "\u65e5\u672c" in text
    assert json.loads(text)["modelId"] == MODEL.path


def test_a_preview_needs_no_files() -> None:
    assert converse_request(asked("x"), RequestStyle())["messages"]


def test_two_files_of_one_size_have_two_hashes() -> None:
    request = GenerationRequest(
        MODEL, (Message(Role.USER, "x", (PNG,)),), GenerationParameters()
    )
    style = RequestStyle()
    first = prompt_hash(converse_request(request, style, lambda _: b"aaaa"))
    assert first != prompt_hash(converse_request(request, style, lambda _: b"bbbb"))
