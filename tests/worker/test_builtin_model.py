"""The shipped model: a batch answers exactly as single calls do."""

from pathlib import Path

import pytest

from workbench.worker.decode import Options, RowAnswer, answer
from workbench.worker.models import LoadedModel
from workbench.worker.system import cpu_threads
from workbench.worker.tokens import render_ids

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "model"
TEXTS = [
    f"{greeting}, my {thing} from order {2000 + 37 * number} {trouble}."
    for number, (greeting, thing, trouble) in enumerate(
        (greeting, thing, trouble)
        for greeting in ("Hello", "Hi there", "Good morning to all of you")
        for thing in ("bike helmet", "phone charger", "desk lamp")
        for trouble in ("is late", "came broken and I want my money back", "is blue")
    )
]

RULES = "Read the ticket and give the category, the urgency and the order number."

pytestmark = pytest.mark.skipif(
    not (FOLDER / "model.safetensors").is_file(),
    reason="the built-in model is not made",
)


def test_a_batch_answers_as_single_calls_do() -> None:
    loaded = LoadedModel(FOLDER, "cpu")

    def rows() -> list[RowAnswer]:
        prompts = [
            render_ids(
                loaded.tokenizer,
                [
                    {"role": "system", "content": RULES},
                    {"role": "user", "content": text},
                ],
                {},
                open_turn=True,
            )
            for text in TEXTS
        ]
        return [RowAnswer(loaded, one, Options(48), lambda _: None) for one in prompts]

    together, alone = rows(), rows()
    answer(loaded, together, lambda: False)
    for one in alone:
        answer(loaded, [one], lambda: False)

    assert [one.text for one in together] == [one.text for one in alone]
    assert all(one.text for one in alone)


def test_a_small_model_gets_one_thread() -> None:
    assert cpu_threads(0, FOLDER) == 1
    assert cpu_threads(3, FOLDER) == 3
    assert cpu_threads(0) >= 1
