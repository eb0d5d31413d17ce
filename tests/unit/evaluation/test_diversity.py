import random

import pytest

from workbench.evaluation.diversity import Why, distance, pick_diverse, shingles

REFUND = ["I want my money back", "Please refund order 7", "返金してください"]
LATE = ["My parcel is late", "Where is my parcel now?", "荷物がまだ届かない"]
INPUTS = [*REFUND, *LATE]
LABELS = ["refund"] * 3 + ["late"] * 3


def test_every_label_before_any_twice() -> None:
    picked = pick_diverse([*INPUTS, "Bye"], [*LABELS, "other"], 4)
    assert [pick.label for pick in picked.picks][:3] == ["late", "refund", "other"]
    assert [pick.why for pick in picked.picks] == [
        Why.TYPICAL,
        Why.NEW_LABEL,
        Why.NEW_LABEL,
        Why.FARTHEST,
    ]
    assert (picked.by_label, picked.labels, picked.covered) == (True, 3, 3)
    assert picked.candidates == 7


def test_the_order_of_candidates_decides_nothing() -> None:
    wanted = [INPUTS[pick.index] for pick in pick_diverse(INPUTS, LABELS, 4).picks]
    rows = list(zip(INPUTS, LABELS, strict=True))
    for seed in range(5):
        random.Random(seed).shuffle(rows)
        inputs, labels = [row[0] for row in rows], [row[1] for row in rows]
        picked = pick_diverse(inputs, labels, 4)
        assert [inputs[pick.index] for pick in picked.picks] == wanted


def test_the_farthest_is_taken() -> None:
    inputs = ["the cat sat down", "the cat sat up", "the cat sat in", "a dog ran off"]
    first, second = pick_diverse(inputs, ["x"] * 4, 2).picks
    assert inputs[second.index] == "a dog ran off"
    assert (first.distance, second.distance) == (1.0, 1.0)


def test_free_answers_are_no_labels() -> None:
    picked = pick_diverse(INPUTS, [f"answer {i}" for i in range(6)], 3)
    assert (picked.by_label, picked.labels, picked.covered) == (False, 0, 0)
    assert {pick.label for pick in picked.picks} == {""}


def test_the_same_input_is_not_taken_twice() -> None:
    picked = pick_diverse(["Same text", "same  TEXT!", "other words"], ["a"] * 3, 3)
    assert len(picked.picks) == 2


@pytest.mark.parametrize(("count", "k"), [(0, 3), (6, 0), (1, 1)])
def test_few(count: int, k: int) -> None:
    picked = pick_diverse(INPUTS[:count], LABELS[:count], k)
    assert len(picked.picks) == min(count, k)


def test_unequal_lengths_are_a_bug() -> None:
    with pytest.raises(ValueError, match="equal length"):
        pick_diverse(["a"], [], 1)


def test_shingles_of_words_and_of_characters() -> None:
    assert shingles("One, two three four") == {"one\0two\0three", "two\0three\0four"}
    assert shingles("返金希望") == {"返\0金\0希", "金\0希\0望"}
    assert shingles("") == {""}
    assert distance(shingles("a"), shingles("A!")) == 0.0
