"""The recipe of the built-in model: repeatable, resumable, and honest about words."""

import random
import sys
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file

RECIPE = Path(__file__).resolve().parents[2] / "resources" / "recipe"
if str(RECIPE) not in sys.path:
    sys.path.append(str(RECIPE))

import batches  # noqa: E402
import pretrain  # noqa: E402
from answering import Record  # noqa: E402
from episodes import KINDS, LANGUAGES, PHASES, make_episode  # noqa: E402
from formats import PROBE_DIGITS, arbitrary_codes  # noqa: E402
from grammar import make_ticket  # noqa: E402
from house import HOUSES, House, house_answer  # noqa: E402
from lexicon import TOPICS, URGENCIES  # noqa: E402
from lora import Recipe, steps_for  # noqa: E402
from make_data import distinct_tickets  # noqa: E402
from probe import CLASSES, episode  # noqa: E402
from tokenizer import SPECIALS, train_tokenizer  # noqa: E402
from workbench.domain.tuning import Goal, preset  # noqa: E402


def options(out: Path, pools: int) -> pretrain.Options:
    """A run that is over in seconds."""
    return pretrain.Options(
        out=out,
        pools=pools,
        workers=1,
        budget=512,
        seed=3,
        matrix_rate=0.02,
        other_rate=0.004,
        save_pools=1,
        precision="fp32",
        device="cpu",
    )


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few episodes in a pool and a short vocabulary."""
    monkeypatch.setattr(batches, "POOL", 6)


def trained(out: Path, pools: int, *, ends_at: int | None = None) -> Path:
    """Train, after an earlier run that ended before the last pool if wanted."""
    out.mkdir()
    train_tokenizer(3, episodes=200).save_pretrained(out)
    for last in (ends_at, pools):
        if last is not None:
            worker = pretrain.Worker(0, options(out, pools))
            worker.run(until=last)
    return out / "model.safetensors"


def same(one: Path, other: Path) -> bool:
    """Whether two weight files hold the same tensors, bit for bit."""
    left, right = load_file(one), load_file(other)
    return left.keys() == right.keys() and all(
        torch.equal(left[name], right[name]) for name in left
    )


@pytest.mark.usefixtures("small")
def test_the_same_seed_gives_the_same_weights_also_after_an_interruption(
    tmp_path: Path,
) -> None:
    whole = trained(tmp_path / "whole", 3)
    assert same(whole, trained(tmp_path / "again", 3))
    assert same(whole, trained(tmp_path / "resumed", 3, ends_at=2))
    assert not same(whole, trained(tmp_path / "shorter", 2))


def test_episodes_of_every_kind_come_in_every_language() -> None:
    for kind in KINDS:
        for language in LANGUAGES:
            made = kind(random.Random(5), language, PHASES[0].mix)
            assert made.system
            assert all(turn.user and turn.answer.text for turn in made.turns)


def test_no_pattern_is_left_unfilled() -> None:
    rng = random.Random(7)
    for number in range(500):
        made = make_episode(rng, number)
        texts = [made.system, *(turn.user for turn in made.turns)]
        assert not any(mark in text for text in texts for mark in ("{list", "|}", "{|"))


@pytest.mark.parametrize("house", HOUSES.values(), ids=HOUSES.keys())
def test_the_sample_has_names_products_and_problems_that_pretraining_never_saw(
    house: House,
) -> None:
    ours, theirs = house.lexicon, house.language.lexicon
    assert not set(ours.products) & set(theirs.products)
    assert not set(ours.first_names) & set(theirs.first_names)
    assert not set(ours.last_names) & set(theirs.last_names)
    for topic in TOPICS:
        for variant, patterns in ours.problems[topic].items():
            assert not set(patterns) & set(theirs.problems[topic][variant])


@pytest.mark.parametrize("house", HOUSES.values(), ids=HOUSES.keys())
def test_the_house_has_rules_of_its_own(house: House) -> None:
    rng = random.Random(1)
    by_topic = {
        topic: [make_ticket(rng, house.lexicon, (topic,)) for _ in range(30)]
        for topic in TOPICS
    }
    for ticket in by_topic["cancellation"]:
        assert house_answer(house, ticket).startswith("ACC | ")
    low = house.language.urgencies[0]
    answers = [house_answer(house, ticket) for ticket in by_topic["delivery"]]
    assert not any(low in answer for answer in answers)
    kinds = {house_answer(house, ticket)[:3] for ticket in by_topic["billing"]}
    assert kinds == {"REF", "BIL"}


@pytest.mark.parametrize("house", HOUSES.values(), ids=HOUSES.keys())
def test_the_tickets_of_the_sample_differ(house: House) -> None:
    tickets = distinct_tickets(house, 1, 120)
    assert len({ticket.text for ticket in tickets}) == 120
    assert {ticket.topic for ticket in tickets} == set(TOPICS)
    assert {ticket.urgency for ticket in tickets} == set(URGENCIES)


def test_codes_of_the_probe_never_occur_in_pretraining() -> None:
    rng = random.Random(2)
    trained_on = set(arbitrary_codes(rng, 1500, probe=False))
    probed = set(arbitrary_codes(rng, 300, probe=True))
    assert not trained_on & probed
    assert all(code[-1] in PROBE_DIGITS for code in probed)


def test_the_probe_shows_each_code_twice_and_asks_for_one_of_them() -> None:
    shots, last, codes = episode(HOUSES["en"], random.Random(4))
    assert len(codes) == CLASSES
    answers = [shot.answer for shot in shots]
    assert sorted(answers) == sorted(codes * 2)
    assert last.answer in codes
    assert last not in shots
    assert isinstance(last, Record)


def test_numbers_and_chat_marks_are_tokens_of_their_own() -> None:
    tokenizer = train_tokenizer(1, episodes=200)
    for text in (" | 2957", "注文番号 2957。"):
        pieces = tokenizer.convert_ids_to_tokens(tokenizer.encode(text))
        assert pieces.count("Ġ29") == 1
        assert pieces.count("57") == 1
    assert tokenizer.convert_tokens_to_ids(list(SPECIALS)) == list(range(5))


@pytest.mark.parametrize("records", [16, 32, 64, 128, 200])
def test_lora_is_measured_with_the_settings_of_the_program(records: int) -> None:
    settings = preset(Goal.BALANCED, records, toy=True)
    recipe = Recipe(steps=steps_for(records))
    per_epoch = -(-records // settings.batch_size)
    assert recipe.steps == max(per_epoch * settings.epochs, settings.minimum_steps)
    assert recipe.rate == settings.learning_rate
    assert (recipe.batch, recipe.rank) == (settings.batch_size, settings.rank)
    assert recipe.alpha == settings.alpha
