"""Reads list prices from AWS's price list, for the models that a table maps to it.

The price list knows no model ids. ``resources/aws/price_map.json`` says where the
price of a model stands: the service, attributes of the product, the end of its usage
type. Whatever does not fit exactly (no product, two prices, a unit that the table does
not know) gives no price and says so.
"""

import dataclasses
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any, Protocol

from botocore.exceptions import BotoCoreError, ClientError

from workbench.domain import tables
from workbench.domain.costs import (
    MILLION,
    USD,
    Price,
    PriceReading,
    PriceRefusal,
    PriceTable,
)
from workbench.domain.generation import StopSignal
from workbench.domain.tables import Fields

Reply = Mapping[str, Any]
SOURCE = "price_list"
MAX_PAGES = 100
_NEEDED = ("input", "output")
_PARTS = (*_NEEDED, "cache_read", "cache_write", "cache_write_1h")


class PricingClient(Protocol):
    """The operation of a boto3 client for ``pricing`` that is used here."""

    def get_products(self, **request: Any) -> Reply:
        """Call GetProducts."""


@dataclasses.dataclass(frozen=True, slots=True)
class Key:
    """Where the price list has the price of a model.

    Attributes:
        service: service code.
        match: attributes of the product, exactly.
        parts: end of the usage type by part of the price, such as ``input``.
    """

    service: str
    match: tuple[tuple[str, str], ...]
    parts: Mapping[str, str]


class PriceMap:
    """Where the price list has the prices, and how many tokens its units are."""

    def __init__(
        self, keys: Mapping[str, Key], units: Mapping[str, Mapping[str, Decimal]]
    ) -> None:
        """Keep keys by model id, and tokens in a unit by service and unit."""
        self._keys = dict(keys)
        self._units = {service: dict(each) for service, each in units.items()}

    @classmethod
    def from_json(cls, text: str, name: str = "price_map.json") -> "PriceMap":
        """Read ``resources/aws/price_map.json`` or a person's own copy of it.

        Raises:
            InputError: ``table.invalid`` with the place of the mistake.
        """
        table = tables.parse(text, name)
        table.text("as_of")
        units = {
            service: _unit_sizes(row)
            for service, row in table.fields("units").members().items()
        }
        keys = {
            model_id: key
            for row in table.each("models")
            for model_id, key in _keys(row).items()
        }
        table.done()
        return cls(keys, units)

    def key(self, model_id: str) -> Key | None:
        """Return where the price of a model stands, None when nobody has said."""
        return self._keys.get(model_id)

    def tokens(self, service: str, unit: str) -> Decimal | None:
        """Return how many tokens a unit is, None for a unit that is not known."""
        return self._units.get(service, {}).get(unit)

    def model_ids(self) -> tuple[str, ...]:
        """Return the ids of all models in the map, sorted."""
        return tuple(sorted(self._keys))


def _unit_sizes(row: Fields) -> dict[str, Decimal]:
    sizes = {}
    for unit in row.names():
        size = row.decimal(unit)
        if not size:
            row.fail(unit, "not above 0")
        sizes[unit] = size
    return sizes


def _keys(row: Fields) -> dict[str, Key]:
    parts = row.mapping("parts")
    for part in parts:
        if part not in _PARTS:
            row.fail("parts", f"{part} is none of {', '.join(_PARTS)}")
    for part in _NEEDED:
        if not parts.get(part):
            row.fail("parts", f"{part} is missing")
    match = tuple(sorted(row.mapping("match").items()))
    key = Key(row.text("service"), match, parts)
    model_ids = row.texts("models")
    row.done()
    return dict.fromkeys(model_ids, key)


@dataclasses.dataclass(frozen=True, slots=True)
class _Offer:
    """One price of one product."""

    usagetype: str
    unit: str
    usd: Decimal
    published: str


class _GapError(Exception):
    """There is no price; its arguments are code and detail."""


class PriceList:
    """AWS's price list, read with one client."""

    def __init__(self, client: PricingClient, price_map: PriceMap) -> None:
        """Ask with this client; its credentials and time limits hold."""
        self._client = client
        self._map = price_map

    def read(
        self, model_ids: Iterable[str], region: str, stop: StopSignal | None = None
    ) -> PriceReading:
        """Read the prices of these models as they are called from a region.

        Each product is asked for once, also when several models share it.

        Raises:
            CancelledError: somebody asked to stop.
        """
        session = _Session(self._client, region, stop or StopSignal())
        prices: list[Price] = []
        refusals: list[PriceRefusal] = []
        for model_id in dict.fromkeys(model_ids):
            try:
                prices.append(self._price(model_id, region, session))
            except _GapError as gap:
                refusals.append(PriceRefusal(model_id, *gap.args))
        return PriceReading(PriceTable(prices), tuple(refusals))

    def _price(self, model_id: str, region: str, session: "_Session") -> Price:
        key = self._map.key(model_id)
        if key is None:
            raise _GapError("price.unmapped")
        offers = session.offers(key.service, key.match)
        found = {
            part: self._part(key.service, end, offers)
            for part, end in key.parts.items()
        }
        for part in _NEEDED:
            if part not in found or found[part] is None:
                raise _GapError("price.missing", key.parts[part])
        rates = {part: pair[0] for part, pair in found.items() if pair}
        dates = {pair[1] for pair in found.values() if pair}
        return Price(
            model_id=model_id,
            input=rates["input"],
            output=rates["output"],
            cache_read=rates.get("cache_read"),
            cache_write=rates.get("cache_write"),
            cache_write_1h=rates.get("cache_write_1h"),
            region=region,
            # The oldest of them: the price is no fresher than its oldest part.
            as_of=min(dates),
            source=SOURCE,
        )

    def _part(
        self, service: str, end: str, offers: Sequence[_Offer]
    ) -> tuple[Decimal, str] | None:
        fitting = [each for each in offers if each.usagetype.endswith(end)]
        if not fitting:
            return None
        rates = {self._per_million(service, each) for each in fitting}
        if len(rates) > 1:
            raise _GapError("price.ambiguous", end)
        return rates.pop(), min(each.published for each in fitting)

    def _per_million(self, service: str, offer: _Offer) -> Decimal:
        tokens = self._map.tokens(service, offer.unit)
        if tokens is None:
            raise _GapError("price.unit", offer.unit)
        return (offer.usd * MILLION / tokens).normalize()


class _Session:
    """One reading of the list; remembers what was asked already."""

    def __init__(self, client: PricingClient, region: str, stop: StopSignal) -> None:
        self._client = client
        self._region = region
        self._stop = stop
        self._known: dict[object, list[_Offer] | _GapError] = {}

    def offers(
        self, service: str, match: tuple[tuple[str, str], ...]
    ) -> Sequence[_Offer]:
        """Return the offers of a service in the region with these attributes."""
        asked = (service, match)
        if asked not in self._known:
            self._known[asked] = self._ask(service, match)
        answer = self._known[asked]
        if isinstance(answer, _GapError):
            raise answer
        return answer

    def _ask(
        self, service: str, match: tuple[tuple[str, str], ...]
    ) -> "list[_Offer] | _GapError":
        wanted = (("regionCode", self._region), *match)
        filters = [
            {"Type": "TERM_MATCH", "Field": field, "Value": value}
            for field, value in wanted
        ]
        try:
            texts = list(self._texts(ServiceCode=service, Filters=filters))
        except ClientError as error:
            code = error.response.get("Error", {}).get("Code", "")
            return _GapError("price.list_unread", str(code))
        except BotoCoreError as error:
            return _GapError("price.list_unread", type(error).__name__)
        except _GapError as gap:
            return gap
        try:
            return [offer for text in texts for offer in _offers(text, dict(wanted))]
        except (KeyError, TypeError, ValueError, AttributeError, InvalidOperation):
            # Not the shape that AWS documents: no price is better than a wrong one.
            return _GapError("price.unreadable", service)

    def _texts(self, **request: Any) -> Iterator[str]:
        token: dict[str, str] = {}
        for _ in range(MAX_PAGES):
            self._stop.check()
            page = self._client.get_products(MaxResults=100, **request, **token)
            yield from page.get("PriceList", ())
            if not page.get("NextToken"):
                return
            token = {"NextToken": page["NextToken"]}
        raise _GapError("price.list_unread", "TooManyPages")


_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def _offers(text: str, wanted: Mapping[str, str]) -> Iterator[_Offer]:
    """Read one product; every dimension of its price is an offer of its own."""
    item = json.loads(text, parse_float=Decimal)
    attributes = item["product"]["attributes"]
    if any(attributes.get(field) != value for field, value in wanted.items()):
        return
    published = _DAY.match(item["publicationDate"])
    if published is None:
        raise ValueError(item["publicationDate"])
    for term in item["terms"].get("OnDemand", {}).values():
        for dimension in term["priceDimensions"].values():
            amount = dimension["pricePerUnit"].get(USD)
            # China is priced in yuan: not ours to convert.
            if amount is not None:
                yield _Offer(
                    usagetype=attributes["usagetype"],
                    unit=dimension["unit"],
                    usd=Decimal(amount),
                    published=published.group(),
                )
