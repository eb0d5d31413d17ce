"""An answer from events that a server would hardly send twice."""

from typing import Any

import pytest

from workbench.aws.answer import Answer, BrokenEvent, CallFacts


def delta(text: Any, number: int = 0) -> dict[str, Any]:
    return {"contentBlockDelta": {"delta": {"text": text}, "contentBlockIndex": number}}


STOP = {"messageStop": {"stopReason": "end_turn"}}


def test_halves_of_a_character_in_two_pieces_are_joined() -> None:
    answer = Answer(CallFacts())
    assert answer.take(delta("a\ud83d")) == "a"
    assert answer.take(delta("\ude00b")) == "\U0001f600b"
    assert answer.generation().text == "a\U0001f600b"


def test_half_a_character_at_the_end_can_still_be_written() -> None:
    answer = Answer(CallFacts())
    answer.take(delta("a\ud83d"))
    assert answer.take(STOP) == "\ufffd"
    assert answer.generation().text.encode() == "a\ufffd".encode()


def test_a_stray_half_can_be_written() -> None:
    answer = Answer(CallFacts())
    answer.take(delta("\ude00b"))
    assert answer.generation().text == "\ufffdb"


def test_what_is_not_known_is_left_aside() -> None:
    answer = Answer(CallFacts())
    events: tuple[dict[str, Any], ...] = (
        {"somethingNew": {}},
        {"contentBlockDelta": {"delta": {"SDK_UNKNOWN_MEMBER": {"name": "x"}}}},
        delta(5),
        {"messageStart": {"role": "assistant", "p": "abc"}},
        {"metadata": {"usage": {"inputTokens": "many", "outputTokens": None}}},
    )
    for event in events:
        assert answer.take(event) == ""
    assert answer.generation().text == ""


@pytest.mark.parametrize("event", [{}, {"delta": {}}, {"delta": "text"}, "x"])
def test_a_piece_without_content_is_not_passed_over(event: object) -> None:
    with pytest.raises(BrokenEvent):
        Answer(CallFacts()).take({"contentBlockDelta": event})


@pytest.mark.parametrize(
    "reply", [{}, {"output": None}, {"output": {"message": {"content": ["x", None]}}}]
)
def test_a_reply_without_a_stop_reason_is_no_answer(reply: dict[str, Any]) -> None:
    answer = Answer(CallFacts())
    assert answer.take_whole(reply) == ""
    assert not answer.reason


def test_tokens_that_arrived_are_estimated_until_they_are_counted() -> None:
    answer = Answer(CallFacts())
    answer.take(delta("twelve chars"))
    assert answer.tokens == 3
    answer.take({"metadata": {"usage": {"outputTokens": 7}}})
    assert answer.tokens == 7
