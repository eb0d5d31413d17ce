"""Answers alone, in a batch, sampled, stopped and cut."""

from pathlib import Path

import pytest

from tests.worker.helpers import JAPANESE
from workbench.worker.decode import Options, RowAnswer, answer
from workbench.worker.models import LoadedModel
from workbench.worker.tokens import render_ids

GREEDY = Options(24)


@pytest.fixture(scope="module")
def loaded(model: Path) -> LoadedModel:
    return LoadedModel(model, "cpu")


def _rows(
    loaded: LoadedModel, count: int, options: Options = GREEDY
) -> list[RowAnswer]:
    texts = [f"ticket {n} " + JAPANESE * (n % 4) for n in range(count)]
    prompts = [
        render_ids(
            loaded.tokenizer, [{"role": "user", "content": text}], {}, open_turn=True
        )
        for text in texts
    ]
    return [RowAnswer(loaded, one, options, lambda _: None) for one in prompts]


def _never() -> bool:
    return False


@pytest.mark.parametrize(
    "options", [Options(24), Options(24, temperature=1.0, top_p=0.9, seed=5)]
)
def test_a_batch_gives_the_answers_of_single_calls(
    loaded: LoadedModel, options: Options
) -> None:
    together, alone = _rows(loaded, 16, options), _rows(loaded, 16, options)
    answer(loaded, together, _never)
    for one in alone:
        answer(loaded, [one], _never)

    assert [one.text for one in together] == [one.text for one in alone]
    assert [one.reason for one in together] == [one.reason for one in alone]
    assert len({one.text for one in alone}) > 1


def test_a_seed_repeats_an_answer_and_another_changes_it(loaded: LoadedModel) -> None:
    texts = []
    for seed in (1, 1, 2):
        (row,) = _rows(loaded, 1, Options(24, temperature=1.5, seed=seed))
        answer(loaded, [row], _never)
        texts.append(row.text)

    assert texts[0] == texts[1] != texts[2]


def test_a_stop_text_ends_the_answer_before_it(loaded: LoadedModel) -> None:
    (whole,) = _rows(loaded, 1)
    answer(loaded, [whole], _never)
    middle = len(whole.text) // 2
    stop = whole.text[middle : middle + 2]
    shown: list[str] = []
    row = RowAnswer(loaded, whole.prompt, Options(24, stop=(stop,)), shown.append)
    answer(loaded, [row], _never)

    assert row.text == whole.text[: whole.text.find(stop)]
    assert row.reason == "stop"
    assert "".join(shown) == row.text


def test_the_longest_answer_is_kept_to(loaded: LoadedModel) -> None:
    rows = _rows(loaded, 4, Options(3))
    answer(loaded, rows, _never)

    assert all(row.tokens <= 3 for row in rows)
    assert "length" in {row.reason for row in rows}


def test_a_wish_to_stop_keeps_what_there_is(loaded: LoadedModel) -> None:
    looks = iter(range(100))
    (row,) = _rows(loaded, 1)
    answer(loaded, [row], lambda: next(looks) >= 4)

    assert row.reason == "cancelled"
    assert row.tokens == 4
