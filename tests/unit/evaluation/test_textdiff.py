import random
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.evaluation.textdiff import Op, Segment, Unit, characters, diff, words

TEXTS = st.text(alphabet="ab 　\n東京がパ。が゙👩👧\u200d🇯🇵👍🏽", max_size=30)
E, D, N = Op.EQUAL, Op.DELETE, Op.INSERT


def sides(segments: tuple[Segment, ...]) -> tuple[str, str]:
    old = "".join(s.text for s in segments if s.op is not N)
    new = "".join(s.text for s in segments if s.op is not D)
    return old, new


@given(TEXTS, TEXTS, st.sampled_from(Unit))
def test_segments_give_both_texts_back(a: str, b: str, unit: Unit) -> None:
    segments = diff(a, b, unit)
    assert sides(segments) == (a, b)
    assert all(segment.text for segment in segments)
    for first, second in pairwise(segments):
        assert (first.op, second.op) in {(E, D), (E, N), (D, N), (D, E), (N, E)}


@given(st.text(max_size=40), st.sampled_from(Unit))
def test_equal_texts_are_one_segment(text: str, unit: Unit) -> None:
    assert diff(text, text, unit) == ((Segment(E, text),) if text else ())


@given(st.text(max_size=40))
def test_pieces_give_the_text_back(text: str) -> None:
    assert "".join(words(text)) == text
    assert "".join(characters(text)) == text


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("", "東京", [(N, "東京")]),
        ("東京", "", [(D, "東京")]),
        (
            "the cat sat",
            "the dog sat",
            [(E, "the "), (D, "cat"), (N, "dog"), (E, " sat")],
        ),
        ("a red car", "a blue van", [(E, "a "), (D, "red car"), (N, "blue van")]),
        (
            "東京都千代田区",
            "東京都中央区",
            [(E, "東京都"), (D, "千代田"), (N, "中央"), (E, "区")],
        ),
        (
            "価格は100円",
            "価格は120円",
            [(E, "価格は"), (D, "100"), (N, "120"), (E, "円")],
        ),
        ("naïve", "naive", [(D, "naïve"), (N, "naive")]),
    ],
)
def test_words(a: str, b: str, expected: list[tuple[Op, str]]) -> None:
    assert [(s.op, s.text) for s in diff(a, b)] == expected


def test_characters_inside_a_word() -> None:
    segments = diff("colour", "color", Unit.CHARACTER)
    assert [(s.op, s.text) for s in segments] == [(E, "colo"), (D, "u"), (E, "r")]


@pytest.mark.parametrize(
    "cluster",
    ["か\u3099", "e\u0301", "ﾊﾟ", "👩\u200d👩\u200d👧", "👍🏽", "🇯🇵", "葛\U000e0100"],
)
def test_what_a_reader_sees_as_one_stays_together(cluster: str) -> None:
    assert characters(f"x{cluster}y") == ["x", cluster, "y"]


def test_two_flags_are_two() -> None:
    assert characters("🇯🇵🇫🇷") == ["🇯🇵", "🇫🇷"]


def test_long_answers_take_a_blink() -> None:
    rng = random.Random(1)
    vocabulary = ["".join(rng.choices("abcdefghij", k=6)) for _ in range(2000)]
    a = rng.choices(vocabulary, k=2000)
    b = [w if rng.random() > 0.3 else rng.choice(vocabulary) for w in a]
    old, new = " ".join(a), " ".join(b)
    for unit in Unit:
        best = min(_seconds(old, new, unit) for _ in range(5))
        # 7 and 13 ms on an idle core; the goal is 30, the rest is for busy machines.
        assert best < 0.1


def _seconds(a: str, b: str, unit: Unit) -> float:
    start = time.perf_counter()
    diff(a, b, unit)
    return time.perf_counter() - start
