import dataclasses

import pytest

from workbench.domain.content import FileKind, FilePart, SendAs
from workbench.domain.hints import (
    Hint,
    HintCode,
    LengthUnit,
    counted,
    hints,
    length_rules,
)
from workbench.domain.parameters import GenerationParameters
from workbench.domain.prompts import ChainStep, Message, PromptSpec, Role, Shot
from workbench.domain.thinking import Thinking, ThinkingStyle, thinking_of

ASK = PromptSpec("Sort.", "{{ticket}}")
INPUT = {"ticket": "now"}


def codes(spec: PromptSpec, **values: str) -> list[HintCode]:
    return [hint.code for hint in hints(spec, INPUT | values)]


def test_a_good_prompt_has_none() -> None:
    shots = (Shot((("ticket", "a"),), "x"),)
    assert hints(dataclasses.replace(ASK, shots=shots), INPUT) == ()


def test_placeholders() -> None:
    found = hints(PromptSpec("{{a}}", "{{b}}"), {"b": " ", "c": "1"})
    assert found == (
        Hint(HintCode.UNFILLED, (("name", "a"),)),
        Hint(HintCode.UNFILLED, (("name", "b"),)),
        Hint(HintCode.UNUSED, (("name", "c"),)),
    )


def test_a_value_that_a_later_step_uses_is_used() -> None:
    step = ChainStep(PromptSpec(template="{{tone}} {{step1.answer}}"))
    assert codes(dataclasses.replace(ASK, chain=(step,)), tone="kind") == []


@pytest.mark.parametrize(
    ("text", "unit", "least", "most"),
    [
        ("Write at least 300 words.", LengthUnit.WORD, 300, None),
        ("no more than 1,000 characters", LengthUnit.CHARACTER, None, 1000),
        ("in one sentence", LengthUnit.SENTENCE, 1, 1),
        ("fewer than five words", LengthUnit.WORD, None, 4),
        ("more than 3 sentences", LengthUnit.SENTENCE, 4, None),
        ("Use 3 sentences or fewer", LengthUnit.SENTENCE, None, 3),
        ("write two words or more", LengthUnit.WORD, 2, None),
        ("within 50 characters", LengthUnit.CHARACTER, None, 50),
        ("２００文字以内で", LengthUnit.CHARACTER, None, 200),
        ("300字以上", LengthUnit.CHARACTER, 300, None),
        ("50字未満", LengthUnit.CHARACTER, None, 49),
        ("50語を超える", LengthUnit.WORD, 51, None),
        ("一文でまとめる", LengthUnit.SENTENCE, 1, 1),
    ],
)
def test_rules_of_length(
    text: str, unit: LengthUnit, least: int | None, most: int | None
) -> None:
    (rule,) = length_rules(text)
    assert (rule.unit, rule.least, rule.most) == (unit, least, most)


@pytest.mark.parametrize("text", ["ten words", "at least 3 items", "1文字", "文で"])
def test_no_rules_of_length(text: str) -> None:
    assert length_rules(text) == ()


def test_counting() -> None:
    assert counted("one two\nthree", LengthUnit.WORD) == 3
    assert counted("一 二", LengthUnit.CHARACTER) == 2
    assert counted("One. Two 3.5! 三。四", LengthUnit.SENTENCE) == 4


def test_lengths_that_contradict() -> None:
    spec = PromptSpec("At least 300 words.", "In at most 200 words, in one sentence.")
    assert hints(spec, {})[0] == Hint(
        HintCode.LENGTHS_CONTRADICT,
        (("first", "At least 300 words"), ("second", "at most 200 words")),
    )
    assert HintCode.LENGTHS_CONTRADICT not in codes(
        PromptSpec("At least 3 words, at most 5 words.", "{{ticket}}")
    )


def test_more_than_the_limit_allows() -> None:
    limit = GenerationParameters(max_output_tokens=100)
    spec = PromptSpec("At least 300 words.", "{{ticket}}", parameters=limit)
    (hint,) = hints(spec, INPUT)
    assert hint.code is HintCode.LENGTH_ABOVE_LIMIT
    assert dict(hint.values)["limit"] == "100"


def test_examples_that_break_their_own_format() -> None:
    shots = (
        Shot((("ticket", ""),), "too many words here"),
        Shot((("ticket", "b"),), " "),
        Shot((), "fine", output_only=True),
        Shot((), "", enabled=False),
    )
    spec = PromptSpec("At most 2 words.", "{{ticket}}", shots)
    found = hints(spec, INPUT, lambda answer: ["unknown_label"] * (answer == "fine"))
    assert found == (
        Hint(HintCode.EXAMPLE_LACKS, (("example", "1"), ("name", "ticket"))),
        Hint(
            HintCode.EXAMPLE_LENGTH,
            (("example", "1"), ("rule", "At most 2 words"), ("count", "4")),
        ),
        Hint(HintCode.EXAMPLE_EMPTY, (("example", "2"),)),
        Hint(HintCode.EXAMPLE_FORMAT, (("example", "3"), ("problem", "unknown_label"))),
    )


def test_thinking() -> None:
    aloud = dataclasses.replace(ASK, thinking=thinking_of(ThinkingStyle.STEP_BY_STEP))
    assert codes(aloud) == [HintCode.NO_ROOM_TO_THINK]
    room = GenerationParameters(max_output_tokens=2000, json_schema="{}")
    assert codes(dataclasses.replace(aloud, parameters=room)) == [
        HintCode.THINKING_AND_SCHEMA
    ]
    own = dataclasses.replace(ASK, thinking=Thinking(ThinkingStyle.NATIVE))
    assert codes(own) == [HintCode.REASONING_UNSET]
    effort = GenerationParameters(reasoning_effort="low")
    assert codes(dataclasses.replace(own, parameters=effort)) == []


def test_parts() -> None:
    file = FilePart("h", FileKind.DOCUMENT, "pdf", 1, "", SendAs.TEXT, "a.pdf")
    spec = dataclasses.replace(
        ASK,
        files=(file,),
        conversation=(Message(Role.ASSISTANT, "a"),),
        chain=(ChainStep(PromptSpec(template="{{step2.answer}}")),),
    )
    assert codes(spec) == [
        HintCode.FILE_WITHOUT_TEXT,
        HintCode.ANSWER_NOT_YET,
        HintCode.THREAD_ORDER,
    ]
