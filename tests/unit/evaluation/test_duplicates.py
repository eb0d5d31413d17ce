import csv
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.evaluation.duplicates import (
    exact_duplicates,
    find_leaks,
    fold,
    near_duplicates,
)

LONG = "How do I order a new card for my account abroad"


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Where is my card?", "where is my card"),
        ("ＡＢＣ １２３", "abc123"),
        ("東京は、どこ？", "東京はどこ"),
        ("ｶｰﾄﾞ", "カード"),
    ],
)
def test_folding_makes_equal(a: str, b: str) -> None:
    assert fold(a) == fold(b)


def test_punctuation_alone_stays_itself() -> None:
    assert fold("?") != fold("!")


@given(st.lists(st.text(alphabet="aAbB ?!", max_size=4), max_size=12))
def test_every_text_is_in_at_most_one_group(texts: list[str]) -> None:
    groups = exact_duplicates(texts)
    rows = [i for group in groups for i in group]
    assert len(rows) == len(set(rows))
    assert all(len({fold(texts[i]) for i in group}) == 1 for group in groups)
    alone = len(texts) - len(rows)
    assert len({fold(text) for text in texts}) == alone + len(groups)


def test_near_pairs_closest_first_with_both_thresholds() -> None:
    texts = [LONG, LONG + " now", LONG.replace("abroad", "in Japan"), "Something else"]
    report = near_duplicates(texts)
    assert report.checked
    assert [(p.first, p.second) for p in report.pairs] == [(0, 1), (0, 2), (1, 2)]
    assert [p.warn for p in report.pairs] == [True, False, False]
    assert (report.listed, report.warned) == (3, 1)


def test_the_limit_keeps_the_closest_and_counts_all() -> None:
    texts = [LONG + " " + letter for letter in "abcdefgh"] + [LONG + " abcd"]
    full, short = near_duplicates(texts), near_duplicates(texts, limit=3)
    assert short.pairs == full.pairs[:3]
    assert short.listed == full.listed == 36


def test_exact_copies_are_not_near_pairs() -> None:
    assert near_duplicates([LONG, LONG.upper(), LONG + "?"]).pairs == ()


def test_only_pairs_that_cross_splits_leak() -> None:
    texts = [LONG, LONG + " now", LONG + " soon"]
    report = near_duplicates(texts, ["train", "train", "test"])
    assert {(p.first, p.second) for p in report.pairs} == {(0, 2), (1, 2)}


def test_blocks_do_not_change_the_result() -> None:
    texts = [f"question number {i * i} about topic {i % 7}" for i in range(1100)]
    report = near_duplicates(texts, limit=10**6)
    pairs = {(p.first, p.second) for p in report.pairs}
    assert len(pairs) == report.listed
    assert all(i < j for i, j in pairs)
    few = near_duplicates(texts[495:505], limit=10**6)
    inside = {(i - 495, j - 495) for i, j in pairs if i >= 495 and j < 505}
    assert {(p.first, p.second) for p in few.pairs} == inside


def test_too_many_texts_are_not_compared() -> None:
    report = near_duplicates([str(i) for i in range(10_001)])
    assert not report.checked


def test_leaks() -> None:
    report = find_leaks(
        inputs=["Where is it?", "where is it", "a b", "a b", "c"],
        outputs=["x", "x", "y", "z", "w"],
        splits=["train", "test", "train", "train", "test"],
        groups=["d1", None, "d2", "d2", "d1"],
    )
    assert report.same_input == ((0, 1),)
    assert report.same_group == ((0, 4),)
    assert report.label_conflicts == ((2, 3),)
    assert not report.clean


def test_a_clean_dataset() -> None:
    report = find_leaks(["a", "b"], ["x", "y"], ["train", "test"], near=False)
    assert report.clean
    assert not report.near.checked


def test_refuses_unequal_lengths() -> None:
    with pytest.raises(ValueError, match="equal length"):
        find_leaks(["a"], [], ["train"])


@pytest.mark.parametrize(("name", "repeats"), [("pool", 28), ("dev", 4)])
def test_repeated_jsquad_questions(shared_data: Path, name: str, repeats: int) -> None:
    path = shared_data / "data" / "jsquad" / f"{name}.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines()
    groups = exact_duplicates([json.loads(line)["question"] for line in lines])
    assert sum(len(group) - 1 for group in groups) == repeats


def test_banking77_has_neighbours_but_no_copies_across_its_files(
    shared_data: Path,
) -> None:
    inputs, outputs, splits = [], [], []
    for split in ("train", "test"):
        path = shared_data / "data" / "banking77" / f"{split}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                inputs.append(row["text"])
                outputs.append(row["category"])
                splits.append(split)
    report = find_leaks(inputs, outputs, splits)
    assert report.same_input == ()
    close = {p.second for p in report.near.pairs if p.warn}
    assert len(close) == 41  # its README counts 37, normalised otherwise
