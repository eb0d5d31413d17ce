"""Thinking: how it is asked for, and how the answer is told from it."""

import pytest

from workbench.domain.thinking import (
    Parted,
    Thinking,
    ThinkingStyle,
    joined,
    part,
    so_far,
    thinking_of,
)

STEPS = thinking_of(ThinkingStyle.STEP_BY_STEP)


def test_the_words_are_part_of_the_value() -> None:
    assert STEPS.instruction == (
        "Think step by step before you answer.\n"
        "Then write nothing but the answer between <answer> and </answer>."
    )
    japanese = thinking_of(ThinkingStyle.GUIDED, ["読む"], "ja")
    assert "1. 読む" in japanese.instruction
    assert "<answer>" in japanese.instruction
    assert thinking_of(ThinkingStyle.STEP_BY_STEP, language="fr") == STEPS


def test_guided_without_steps_is_step_by_step() -> None:
    assert thinking_of(ThinkingStyle.GUIDED, [" "]) == STEPS


@pytest.mark.parametrize("style", [ThinkingStyle.OFF, ThinkingStyle.NATIVE])
def test_nothing_is_asked_for(style: ThinkingStyle) -> None:
    assert thinking_of(style, ["kept out"]) == Thinking(style)
    text = "a <answer>b</answer>"
    assert part(text, Thinking(style)) == Parted("", text)


@pytest.mark.parametrize(
    ("text", "thinking", "answer"),
    [
        ("why\n<answer>\nyes\n</answer>\n", "why", "yes"),
        ("<answer>yes</answer>", "", "yes"),
        ("a < b\n<answer>two\nlines</answer> ", "a < b", "two\nlines"),
        ("w<answer></answer>", "w", ""),
    ],
)
def test_the_answer_is_told_apart(text: str, thinking: str, answer: str) -> None:
    assert part(text, STEPS) == Parted(thinking, answer)


@pytest.mark.parametrize(
    "text",
    [
        "yes",
        "",
        "why <answer>cut off",
        "yes</answer>",
        "<answer>a</answer> and more",
        "<answer>a</answer><answer>b</answer>",
        "<answer>a<answer>b</answer>",
        "</answer><answer>a</answer>",
        "<ANSWER>a</ANSWER>",
    ],
)
def test_what_is_not_as_asked_for_is_said(text: str) -> None:
    assert part(text, STEPS) == Parted("", text, parsed=False)


@pytest.mark.parametrize("thinking", ["", "because\nof it"])
def test_joined_is_parted_again(thinking: str) -> None:
    assert part(joined(thinking, "はい\n1"), STEPS) == Parted(thinking, "はい\n1")


def test_a_text_that_is_arriving_is_told_apart_at_every_length() -> None:
    asked = thinking_of(ThinkingStyle.STEP_BY_STEP)
    text = "I think < 3.\n<answer>\nA </b> C\n</answer>"
    before = ""
    for length in range(len(text) + 1):
        now = so_far(text[:length], asked)
        assert now.answer.startswith(before), "nothing that was shown is taken back"
        assert "answer" not in now.thinking
        before = now.answer
    assert part(text, asked).answer == so_far(text, asked).answer.strip() == "A </b> C"
    assert so_far("plain", Thinking()).answer == "plain"
