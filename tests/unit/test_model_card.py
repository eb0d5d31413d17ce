"""The built-in model's card, as the recipe writes it and the window reads it."""

import pytest

from workbench.domain.model_card import Condition, read_card


def line(name: str, exact: float, seeds: int = 1) -> dict[str, object]:
    return {
        "name": name,
        "exact": exact,
        "low": exact - 0.01,
        "high": exact + 0.01,
        "tokens": 9.5,
        "seeds": seeds,
        "answers": 160 * seeds,
    }


CARD = {
    "parameters": 4_000_000,
    "bytes": 8_000_000,
    "measured": {
        "lora": {"rank": 16},
        "en": {
            "scores": [line("plain", 0.02), line("4 shots", 0.5, 3)],
            "probe": {"learns": False},
        },
        "ja": {"scores": [line("LoRA 64", 0.7, 3)], "probe": {"learns": True}},
    },
}


def test_each_language_has_its_own_scores() -> None:
    english, japanese = read_card(CARD, "en"), read_card(CARD, "ja")
    assert [(s.condition, s.count) for s in english.scores] == [
        (Condition.PLAIN, 0),
        (Condition.SHOTS, 4),
    ]
    assert (english.tickets, english.seeds) == (160, 3)
    assert not english.learns_from_examples
    assert japanese.scores[0].condition is Condition.TUNED
    assert japanese.scores[0].count == 64
    assert japanese.learns_from_examples


def test_a_language_that_was_not_measured_shows_english() -> None:
    assert read_card(CARD, "fr") == read_card(CARD, "en")


def test_a_file_that_is_no_card_is_refused() -> None:
    with pytest.raises(KeyError):
        read_card({"measured": {}}, "en")
    odd = {**CARD, "measured": {"en": {"scores": [line("odd", 1)], "probe": {}}}}
    with pytest.raises(ValueError, match="odd"):
        read_card(odd, "en")
