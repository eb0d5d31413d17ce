import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from tests.unit.aws.http_stub import (
    Asked,
    Reply,
    Stub,
    no_credentials,
    refused,
    serving,
)
from workbench.aws.prices import MAX_PAGES, PriceList, PriceMap
from workbench.domain.costs import Price, PriceReading, PriceRefusal, PriceTable
from workbench.domain.errors import CancelledError, InputError
from workbench.domain.generation import StopSignal
from workbench.domain.places import resources

TABLES = resources() / "aws"
MICRO = "amazon.nova-micro-v1:0"
HAIKU = "anthropic.claude-haiku-4-5-20251001-v1:0"
EDITION = "Claude Haiku 4.5 (Amazon Bedrock Edition)"
BEDROCK = "AmazonBedrock"
MARKET = "AmazonBedrockFoundationModels"


def product(
    usagetype: str, unit: str, usd: str, *, region: str = "us-east-1", **attributes: str
) -> dict[str, Any]:
    return {
        "product": {
            "sku": usagetype,
            "attributes": {
                "regionCode": region,
                "usagetype": usagetype,
                **attributes,
            },
        },
        "serviceCode": "any",
        "publicationDate": "2026-11-03T10:00:00Z",
        "terms": {
            "OnDemand": {
                "A.B": {
                    "priceDimensions": {
                        "A.B.C": {"unit": unit, "pricePerUnit": {"USD": usd}}
                    }
                }
            }
        },
    }


def micro(kind: str, usd: str, unit: str = "1K tokens", **more: str) -> dict[str, Any]:
    return product(f"USE1-NovaMicro-{kind}", unit, usd, model="Nova Micro", **more)


def haiku(kind: str, usd: str) -> dict[str, Any]:
    name = f"USE1-MP:USE1_{kind}-Units"
    return product(name, "Units", usd, servicename=EDITION)


NOVA = [
    micro("input-tokens", "0.0000350000"),
    micro("output-tokens", "0.0001400000"),
    micro("input-tokens-batch", "0.0000175000"),
    micro("cache-read-input-token-count", "0.0000087500"),
]
CLAUDE = [
    haiku("InputTokenCount", "1.1000000000"),
    haiku("OutputTokenCount", "5.5000000000"),
    haiku("InputTokenCount_Global", "1.0000000000"),
    haiku("OutputTokenCount_Global", "5.0000000000"),
    haiku("CacheReadInputTokenCount_Global", "0.1000000000"),
    haiku("CacheWrite1hInputTokenCount_Global", "2.0000000000"),
]


def listing(products: dict[str, list[dict[str, Any]]]) -> Any:
    """Answer GetProducts two on a page, as AWS filters them."""

    def answer(asked: Asked) -> Reply:
        assert asked.target == "AWSPriceListService.GetProducts"
        wanted = {each["Field"]: each["Value"] for each in asked.body["Filters"]}
        fitting = [
            each
            for each in products[asked.body["ServiceCode"]]
            if wanted.items() <= each["product"]["attributes"].items()
        ]
        start = int(asked.body.get("NextToken", 0))
        reply: dict[str, Any] = {
            "FormatVersion": "aws_v1",
            "PriceList": [json.dumps(each) for each in fitting[start : start + 2]],
        }
        if start + 2 < len(fitting):
            reply["NextToken"] = str(start + 2)
        return Reply(reply)

    return answer


@pytest.fixture
def stub(monkeypatch: pytest.MonkeyPatch) -> Iterator[Stub]:
    no_credentials(monkeypatch)
    with serving() as server:
        server.answer = listing({BEDROCK: NOVA, MARKET: CLAUDE})
        yield server


def price_map() -> PriceMap:
    text = (TABLES / "price_map.json").read_text(encoding="utf-8")
    return PriceMap.from_json(text)


def read(stub: Stub, *model_ids: str, region: str = "us-east-1") -> PriceReading:
    return PriceList(stub.client("pricing"), price_map()).read(model_ids, region)


def refusals(reading: PriceReading) -> list[tuple[str, str]]:
    assert len(reading.table) == 0
    return [(each.code, each.detail) for each in reading.refusals]


def test_a_price_per_thousand_tokens_becomes_one_per_million(stub: Stub) -> None:
    reading = read(stub, MICRO)
    assert reading.refusals == ()
    assert reading.table.prices() == (
        Price(
            model_id=MICRO,
            input=Decimal("0.035"),
            output=Decimal("0.14"),
            cache_read=Decimal("0.00875"),
            as_of="2026-11-03",
            source="price_list",
            region="us-east-1",
        ),
    )


def test_global_and_geographic_profiles_have_prices_of_their_own(stub: Stub) -> None:
    reading = read(stub, f"global.{HAIKU}", f"us.{HAIKU}")
    assert reading.refusals == ()
    worldwide = reading.table.price(f"global.{HAIKU}", "us-east-1")
    near = reading.table.price(f"us.{HAIKU}", "us-east-1")
    assert worldwide is not None
    assert near is not None
    assert (worldwide.input, worldwide.output) == (Decimal(1), Decimal(5))
    assert worldwide.cache_read == Decimal("0.1")
    assert worldwide.cache_write_1h == 2
    assert worldwide.cache_write is None
    assert (near.input, near.output) == (Decimal("1.1"), Decimal("5.5"))


def test_a_geographic_profile_of_nova_costs_what_its_region_does(stub: Stub) -> None:
    found = read(stub, f"us.{MICRO}").table.price(f"us.{MICRO}", "us-east-1")
    assert found is not None
    assert found.input == Decimal("0.035")


def test_models_that_share_a_product_are_asked_for_once(stub: Stub) -> None:
    read(stub, f"global.{HAIKU}", f"us.{HAIKU}", f"us.{HAIKU}")
    pages = [asked.body.get("NextToken") for asked in stub.asked]
    assert pages == [None, "2", "4"]


def test_a_model_that_the_map_does_not_know_has_no_price(stub: Stub) -> None:
    reading = read(stub, "some.model")
    assert reading.refusals == (PriceRefusal("some.model", "price.unmapped"),)
    assert stub.asked == []


def test_another_region_has_no_price_of_this_one(stub: Stub) -> None:
    missing = [("price.missing", "-NovaMicro-input-tokens")]
    assert refusals(read(stub, MICRO, region="eu-west-1")) == missing


def test_a_server_that_ignores_the_filters_is_not_believed(stub: Stub) -> None:
    text = json.dumps(micro("input-tokens", "9", region="eu-west-1"))
    stub.answer = lambda _: Reply({"FormatVersion": "aws_v1", "PriceList": [text]})
    assert refusals(read(stub, MICRO))[0][0] == "price.missing"


def test_a_unit_that_nobody_knows_is_refused(stub: Stub) -> None:
    odd = [micro("input-tokens", "1", "10K tokens"), *NOVA[1:]]
    stub.answer = listing({BEDROCK: odd})
    assert refusals(read(stub, MICRO)) == [("price.unit", "10K tokens")]


def test_two_prices_for_one_thing_are_no_price(stub: Stub) -> None:
    tiered = [*NOVA, micro("input-tokens", "0.0000300000")]
    stub.answer = listing({BEDROCK: tiered})
    assert refusals(read(stub, MICRO)) == [
        ("price.ambiguous", "-NovaMicro-input-tokens")
    ]


def test_the_same_price_twice_is_one(stub: Stub) -> None:
    stub.answer = listing({BEDROCK: [*NOVA, NOVA[0]]})
    assert len(read(stub, MICRO).table) == 1


def test_yuan_are_not_dollars(stub: Stub) -> None:
    yuan = micro("input-tokens", "1")
    term = yuan["terms"]["OnDemand"]["A.B"]["priceDimensions"]["A.B.C"]
    term["pricePerUnit"] = {"CNY": "1"}
    stub.answer = listing({BEDROCK: [yuan, *NOVA[1:]]})
    assert refusals(read(stub, MICRO))[0][0] == "price.missing"


@pytest.mark.parametrize(
    "text", ["{", "[]", "{}", '{"product":{"attributes":{"usagetype":3}}}']
)
def test_a_product_of_another_shape_is_refused(stub: Stub, text: str) -> None:
    stub.answer = lambda _: Reply({"FormatVersion": "aws_v1", "PriceList": [text]})
    code, detail = refusals(read(stub, MICRO))[0]
    assert code in {"price.unreadable", "price.missing"}
    assert detail


def test_without_permission_the_reason_is_kept(stub: Stub) -> None:
    stub.answer = lambda _: refused("AccessDeniedException", status=400)
    reading = read(stub, f"global.{HAIKU}", f"us.{HAIKU}")
    assert refusals(reading) == [("price.list_unread", "AccessDeniedException")] * 2
    assert len(stub.asked) == 1


def test_without_a_connection_the_reason_is_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    no_credentials(monkeypatch)
    with serving() as stub:
        client = stub.client("pricing")
    reading = PriceList(client, price_map()).read([MICRO], "us-east-1")
    assert refusals(reading) == [("price.list_unread", "EndpointConnectionError")]


def test_a_list_without_end_is_left(stub: Stub) -> None:
    stub.answer = lambda _: Reply({"PriceList": [], "NextToken": "again"})
    assert refusals(read(stub, MICRO)) == [("price.list_unread", "TooManyPages")]
    assert len(stub.asked) == MAX_PAGES


def test_reading_can_be_stopped(stub: Stub) -> None:
    stop = StopSignal()
    stop.set()
    with pytest.raises(CancelledError):
        PriceList(stub.client("pricing"), price_map()).read([MICRO], "us-east-1", stop)


def test_what_was_read_wins_over_the_table(stub: Stub) -> None:
    text = (TABLES / "prices.json").read_text(encoding="utf-8")
    table = read(stub, f"global.{HAIKU}").table.over(PriceTable.from_json(text))
    fresh = table.price(f"global.{HAIKU}", "us-east-1")
    assert fresh is not None
    assert fresh.source == "price_list"
    old = table.price(f"global.{HAIKU}", "eu-west-1")
    assert old is not None
    assert (old.source, old.as_of) == ("third_party", "2026-10")


@pytest.mark.parametrize(
    "row",
    [
        {"models": ["m"], "service": "s", "parts": {"input": "-i"}},
        {"models": ["m"], "parts": {"input": "-i", "output": "-o"}},
        {"models": ["m"], "service": "s", "parts": {"input": "-i", "outptu": "-o"}},
        {"models": ["m"], "service": "s", "parts": {"input": "", "output": "-o"}},
    ],
)
def test_a_mistake_in_the_map_is_named(row: dict[str, Any]) -> None:
    text = json.dumps({"as_of": "2026-11-20", "units": {}, "models": [row]})
    with pytest.raises(InputError) as caught:
        PriceMap.from_json(text)
    assert caught.value.code == "table.invalid"
    assert "models[0]" in str(caught.value.details["place"])


def test_a_unit_of_no_tokens_is_refused() -> None:
    text = '{"as_of": "2026-11-20", "units": {"s": {"u": "0"}}}'
    with pytest.raises(InputError):
        PriceMap.from_json(text)
