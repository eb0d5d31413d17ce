import ast
import dataclasses
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.domain import costs as costs_module
from workbench.domain import spending as spending_module
from workbench.domain.costs import (
    JPY,
    CacheLife,
    ExchangeRate,
    Price,
    PriceTable,
    TokenUsage,
    cost_of,
    shown,
    total,
    usage_of,
    worst_case,
)
from workbench.domain.errors import InputError
from workbench.domain.generation import Generation
from workbench.domain.places import resources

TOKENS = st.integers(min_value=0, max_value=10_000_000)


FULL = Price(
    model_id="m",
    input=Decimal(1),
    output=Decimal(5),
    cache_read=Decimal("0.1"),
    cache_write=Decimal("1.25"),
    cache_write_1h=Decimal(2),
    batch_factor=Decimal("0.5"),
    as_of="2026-10",
    source="test",
)


def price(**changed: Any) -> Price:
    return dataclasses.replace(FULL, **changed)


# ------------------------------------------------------------------- costs


def test_a_cost_is_exact() -> None:
    usage = TokenUsage(1234, 567, 89, 10, 11)
    assert cost_of(usage, price()) == Decimal("0.0041124")


def test_the_sum_of_the_parts_is_the_cost() -> None:
    usage = TokenUsage(1_000_000, 1_000_000, 1_000_000, 1_000_000, 1_000_000)
    assert cost_of(usage, price()) == Decimal("9.35")
    assert cost_of(usage, price(), batch=True) == Decimal("4.675")


def test_an_unknown_price_is_never_nothing() -> None:
    usage = TokenUsage(1, 1)
    assert cost_of(usage, None) is None
    assert worst_case(1, 1, None) is None
    assert cost_of(TokenUsage(0, 0), None) is None
    assert cost_of(usage, price(batch_factor=None), batch=True) is None
    assert total([Decimal(1), None]) is None
    assert total([]) == 0


@pytest.mark.parametrize(
    ("usage", "part"),
    [
        (TokenUsage(1, 1, cache_read_tokens=1), "cache_read"),
        (TokenUsage(1, 1, cache_write_tokens=1), "cache_write"),
        (TokenUsage(1, 1, cache_write_1h_tokens=1), "cache_write_1h"),
    ],
)
def test_a_part_without_a_rate_makes_the_cost_unknown(
    usage: TokenUsage, part: str
) -> None:
    assert cost_of(usage, price(**{part: None})) is None
    assert cost_of(TokenUsage(1, 1), price(**{part: None})) is not None


@pytest.mark.parametrize(
    ("caching", "cost"), [("5m", "1.25"), ("1h", "2"), ("", "1.25")]
)
def test_an_answer_is_charged_by_the_lifetime_that_was_asked_for(
    caching: str, cost: str
) -> None:
    answer = Generation(
        text="",
        stop_reason="stop",
        input_tokens=0,
        output_tokens=0,
        prompt_hash="",
        seconds=0,
        first_token_seconds=0,
        adapter_on=False,
        cache_write_tokens=1_000_000,
    )
    usage = usage_of(answer, CacheLife(caching))
    assert cost_of(usage, price()) == Decimal(cost)


def test_tokens_below_nothing_are_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="below 0"):
        TokenUsage(1, -1)


def test_writing_to_the_cache_is_the_worst_case() -> None:
    assert worst_case(1_000_000, 0, price()) == 1
    short = worst_case(1_000_000, 0, price(), caching=CacheLife.FIVE_MINUTES)
    assert short == Decimal("1.25")
    assert worst_case(1_000_000, 0, price(), caching=CacheLife.ONE_HOUR) == 2
    unknown = price(cache_write=None)
    assert worst_case(1, 0, unknown, caching=CacheLife.FIVE_MINUTES) is None


@given(TOKENS, TOKENS, st.data(), st.sampled_from(CacheLife))
def test_no_call_costs_more_than_its_worst_case(
    prompt: int, most: int, data: st.DataObject, caching: CacheLife
) -> None:
    read = data.draw(st.integers(0, prompt)) if caching else 0
    written = data.draw(st.integers(0, prompt - read)) if caching else 0
    is_long = caching is CacheLife.ONE_HOUR
    usage = TokenUsage(
        prompt - read - written,
        data.draw(st.integers(0, most)),
        read,
        0 if is_long else written,
        written if is_long else 0,
    )
    cost = cost_of(usage, price())
    bound = worst_case(prompt, most, price(), caching=caching)
    assert cost is not None
    assert bound is not None
    assert cost <= bound


# ------------------------------------------------------------------- showing


@pytest.mark.parametrize(
    ("amount", "currency", "text"),
    [
        ("0", "USD", "0.00"),
        ("1.005", "USD", "1.01"),
        ("0.004", "USD", "0.0040"),
        ("0.0000123", "USD", "0.000012"),
        ("12.345", "USD", "12.35"),
        ("1234.5", JPY, "1235"),
        ("0.56", JPY, "0.56"),
        ("3.21", JPY, "3.2"),
    ],
)
def test_amounts_are_rounded_only_to_be_shown(
    amount: str, currency: str, text: str
) -> None:
    assert format(shown(Decimal(amount), currency), "f") == text


@given(st.decimals(min_value="0.000000001", max_value="1000000", places=9))
def test_what_costs_something_is_never_shown_as_nothing(amount: Decimal) -> None:
    assert shown(amount) > 0
    assert shown(amount, JPY) > 0


def test_yen_need_a_rate_that_somebody_gave() -> None:
    rate = ExchangeRate(JPY, Decimal("150.25"), "2026-11-20", "edited")
    assert rate.convert(Decimal("0.04")) == Decimal("6.0100")
    assert rate.convert(None) is None
    with pytest.raises(ValueError, match="no rate"):
        ExchangeRate(JPY, Decimal(0), "2026-11-20")


# ------------------------------------------------------------------- tables


def shipped() -> PriceTable:
    path = resources() / "aws" / "prices.json"
    return PriceTable.from_json(path.read_text(encoding="utf-8"))


def test_the_shipped_prices_are_dated_and_sourced() -> None:
    assert len(shipped()) == 8
    for each in shipped().prices():
        assert each.as_of.startswith("2026-")
        assert each.source == "third_party"
        assert each.batch_factor is None


def test_only_the_exact_id_has_a_price() -> None:
    table = shipped()
    worldwide = table.price("global.anthropic.claude-sonnet-5-5", "us-east-1")
    assert worldwide is not None
    assert (worldwide.input, worldwide.output) == (Decimal(2), Decimal(10))
    assert table.price("us.anthropic.claude-sonnet-5-5", "us-east-1") is None
    assert table.price("anthropic.claude-sonnet-5-5") is None
    assert table.rate(JPY) is None


def row(**changed: object) -> dict[str, object]:
    return {
        "models": ["m"],
        "input": "1",
        "output": "5",
        "as_of": "2026-11-20",
        "source": "edited",
        **changed,
    }


def table_of(*rows: dict[str, object], rates: object = ()) -> PriceTable:
    return PriceTable.from_json(json.dumps({"prices": rows, "rates": rates}))


def test_a_price_for_a_region_wins_there_and_only_there() -> None:
    table = table_of(row(), row(region="ap-northeast-1", input="1.2"))
    near, far = table.price("m", "ap-northeast-1"), table.price("m", "us-east-1")
    assert near is not None
    assert far is not None
    assert (near.input, far.input) == (Decimal("1.2"), Decimal(1))


def test_an_edited_table_wins_over_ours() -> None:
    edited = table_of(
        row(models=["amazon.nova-micro-v1:0"], input=1.1),
        rates=[{"currency": "JPY", "per_usd": "150.5", "as_of": "2026-11-20"}],
    )
    table = edited.over(shipped())
    found = table.price("amazon.nova-micro-v1:0", "us-east-1")
    assert found is not None
    assert (found.input, found.source) == (Decimal("1.1"), "edited")
    assert len(table) == 8
    rate = table.rate(JPY)
    assert rate is not None
    assert rate.per_usd == Decimal("150.5")


def test_an_edited_price_without_a_region_holds_in_all_of_them() -> None:
    listed = table_of(row(region="us-east-1", input="3"), row(models=["n"]))
    table = table_of(row(input="2")).over(listed)
    found = table.price("m", "us-east-1")
    assert found is not None
    assert found.input == 2
    assert table.price("n") is not None


@pytest.mark.parametrize(
    "bad",
    [
        row(input="cheap"),
        row(input="-1"),
        row(input="NaN"),
        row(output=None),
        row(as_of="yesterday"),
        row(inptu="1"),
        row(models="m"),
    ],
)
def test_a_mistake_in_the_table_is_named(bad: dict[str, object]) -> None:
    with pytest.raises(InputError) as caught:
        table_of(bad)
    assert caught.value.code == "table.invalid"
    assert str(caught.value.details["place"]).startswith("prices[0].")


def test_a_rate_of_nothing_is_refused() -> None:
    with pytest.raises(InputError):
        table_of(rates=[{"currency": "JPY", "per_usd": "0", "as_of": "2026-11-20"}])


@pytest.mark.parametrize("module", [costs_module, spending_module])
def test_money_is_never_a_float(module: object) -> None:
    source = Path(str(getattr(module, "__file__", ""))).read_text(encoding="utf-8")
    for node in ast.walk(ast.parse(source)):
        assert not (isinstance(node, ast.Constant) and isinstance(node.value, float))
        assert not (isinstance(node, ast.Name) and node.id == "float")
