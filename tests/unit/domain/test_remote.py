"""The one policy for what fails, and the limit that adapts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.domain.generation import Generation
from workbench.domain.parameters import GenerationParameters
from workbench.domain.remote import (
    AdaptiveLimit,
    Explain,
    FailureKind,
    ReasoningStyle,
    RemoteFailure,
    RequestStyle,
    Retry,
    estimate_tokens,
    next_step,
)

KINDS = st.sampled_from(FailureKind)
CHANCE = st.floats(0, 1)
REPEATED = {FailureKind.THROTTLED, FailureKind.INFRASTRUCTURE, FailureKind.OFFLINE}


@given(KINDS, st.integers(1, 99), CHANCE)
def test_what_may_be_on_the_bill_is_never_repeated(
    kind: FailureKind, attempt: int, chance: float
) -> None:
    assert next_step(kind, attempt, True, lambda: chance) == Explain()


@given(KINDS, CHANCE)
def test_only_three_kinds_are_repeated_and_each_comes_to_an_end(
    kind: FailureKind, chance: float
) -> None:
    steps = [
        next_step(kind, attempt, False, lambda: chance) for attempt in range(1, 20)
    ]
    waits = [step.after for step in steps if isinstance(step, Retry)]
    assert bool(waits) is (kind in REPEATED)
    assert waits == sorted(waits)
    assert sum(waits) < 100
    assert isinstance(steps[-1], Explain)


def test_a_wait_doubles_and_is_half_by_chance() -> None:
    first = [next_step(FailureKind.THROTTLED, n, False, lambda: 1.0) for n in (1, 2, 3)]
    assert first == [Retry(1.0), Retry(2.0), Retry(4.0)]
    assert next_step(FailureKind.THROTTLED, 1, False, lambda: 0.0) == Retry(0.5)


def test_a_limit_is_halved_once_for_all_that_began_under_it() -> None:
    limit = AdaptiveLimit()
    for _ in range(50):
        limit.throttled(0)
    assert (limit.value, limit.round) == (25, 1)
    limit.throttled(1)
    assert limit.value == 12


def test_a_limit_grows_by_one_after_as_many_good_calls_as_it_allows() -> None:
    limit = AdaptiveLimit(4, 6)
    for _ in range(4):
        limit.succeeded()
    assert limit.value == 5
    for _ in range(100):
        limit.succeeded()
    assert limit.value == 6


@given(st.lists(st.booleans(), max_size=300), st.integers(-3, 99))
def test_a_limit_stays_between_one_and_fifty(events: list[bool], start: int) -> None:
    limit = AdaptiveLimit(start)
    for went_well in events:
        if went_well:
            limit.succeeded()
        else:
            limit.throttled(limit.round)
        assert 1 <= limit.value <= 50


def test_a_failure_becomes_an_answer_with_what_arrived() -> None:
    partial = Generation("half", "", 3, 2, "h", 1.0, 0.5, False, reasoning="hm")
    failure = RemoteFailure(
        FailureKind.LOST, "Lost.", request_id="R1", billable=True, partial=partial
    )
    made = failure.generation
    assert (made.text, made.reasoning) == ("half", "hm")
    assert (made.error_code, made.error_text) == ("aws.lost", "Lost.")
    assert made.request_id == "R1"
    assert RemoteFailure(FailureKind.DENIED, "No.").generation.text == ""


def test_what_a_model_does_not_take_is_named() -> None:
    asked = GenerationParameters(
        temperature=0.5,
        stop_sequences=("END",),
        reasoning_effort="high",
        json_schema="{}",
        prompt_caching=True,
    )
    bare = RequestStyle(sampling=False, stop_sequences=False)
    assert bare.left_out(asked) == (
        "temperature",
        "stop_sequences",
        "reasoning",
        "json_schema",
        "prompt_caching",
    )
    able = RequestStyle(ReasoningStyle.EFFORT, caching=True, json_schema=True)
    assert able.left_out(asked) == ()
    assert bare.left_out(GenerationParameters()) == ()


@pytest.mark.parametrize(
    ("text", "tokens"), [("", 0), ("abcd", 1), ("abcde", 2), ("\u65e5\u672c\u8a9e", 3)]
)
def test_tokens_are_estimated_by_script(text: str, tokens: int) -> None:
    assert estimate_tokens(text) == tokens
