"""What a call costs: prices per million tokens, in US dollars, as decimals.

`None` means unknown, everywhere. It is never taken for nothing: a sum with an unknown
part is unknown. Numbers are rounded only where they are shown, by `shown`.
"""

import dataclasses
import enum
import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from workbench.domain import tables
from workbench.domain.generation import Generation
from workbench.domain.tables import Fields

MILLION = Decimal(1_000_000)
USD = "USD"
JPY = "JPY"


class CacheLife(enum.StrEnum):
    """How long a cached beginning of a prompt is kept."""

    NONE = ""
    FIVE_MINUTES = "5m"
    ONE_HOUR = "1h"


@dataclasses.dataclass(frozen=True, slots=True)
class TokenUsage:
    """Tokens that a call was charged for, as the service counted them.

    Attributes:
        input_tokens: neither read from the cache nor written to it.
        output_tokens: reasoning included.
        cache_read_tokens: read from the cache.
        cache_write_tokens: written to the cache for five minutes.
        cache_write_1h_tokens: written to the cache for an hour.

    Raises:
        ValueError: a number is below 0.
    """

    input_tokens: int
    output_tokens: int
    cache_read_tokens: int = 0
    cache_write_tokens: int = 0
    cache_write_1h_tokens: int = 0

    def __post_init__(self) -> None:
        if min(dataclasses.astuple(self)) < 0:
            raise ValueError(f"tokens below 0: {self}")


@dataclasses.dataclass(frozen=True, slots=True)
class Price:
    """List price of one model called in one way.

    Attributes:
        model_id: what is sent as ``modelId``: a global profile costs other than a
            geographic one.
        input: US dollars for a million tokens; so are all others.
        cache_write: for five minutes.
        cache_write_1h: for an hour.
        batch_factor: batch costs this part of it, such as ``0.5``.
        region: that the price holds for; empty: the source does not say.
        as_of: ISO 8601, as exact as the source: ``2026-10`` or ``2026-10-31``.
        source: code of where it comes from, such as ``price_list``, ``third_party``.
    """

    model_id: str
    input: Decimal
    output: Decimal
    as_of: str
    source: str
    region: str = ""
    cache_read: Decimal | None = None
    cache_write: Decimal | None = None
    cache_write_1h: Decimal | None = None
    batch_factor: Decimal | None = None
    currency: str = USD


def usage_of(generation: Generation, caching: CacheLife = CacheLife.NONE) -> TokenUsage:
    """Return what an answer was charged for.

    Args:
        generation: the answer; also one that was cut short has its counts.
        caching: lifetime of the cache points that were sent; the answer does not say
            for how long its tokens were written, and an hour costs more.
    """
    written = generation.cache_write_tokens
    is_long = caching is CacheLife.ONE_HOUR
    return TokenUsage(
        input_tokens=generation.input_tokens,
        output_tokens=generation.output_tokens,
        cache_read_tokens=generation.cache_read_tokens,
        cache_write_tokens=0 if is_long else written,
        cache_write_1h_tokens=written if is_long else 0,
    )


def cost_of(
    usage: TokenUsage, price: Price | None, *, batch: bool = False
) -> Decimal | None:
    """Return the cost in US dollars, unrounded; None when a needed rate is unknown."""
    if price is None:
        return None
    parts = (
        (usage.input_tokens, price.input),
        (usage.output_tokens, price.output),
        (usage.cache_read_tokens, price.cache_read),
        (usage.cache_write_tokens, price.cache_write),
        (usage.cache_write_1h_tokens, price.cache_write_1h),
    )
    total = Decimal(0)
    for tokens, rate in parts:
        if tokens and rate is None:
            return None
        total += tokens * (rate or Decimal(0))
    factor = price.batch_factor if batch else Decimal(1)
    return None if factor is None else total * factor / MILLION


def worst_case(
    input_tokens: int,
    max_output_tokens: int,
    price: Price | None,
    *,
    caching: CacheLife = CacheLife.NONE,
    batch: bool = False,
) -> Decimal | None:
    """Return the most that a call can cost in US dollars; None when unknown.

    Args:
        input_tokens: of the whole prompt; an estimate has to be a generous one.
        max_output_tokens: that the request allows, reasoning included.
        price: of the model.
        caching: lifetime of cache points in the request; writing to the cache costs
            more than plain input, and the worst case writes everything.
        batch: as part of a batch job.
    """
    plain = cost_of(TokenUsage(input_tokens, max_output_tokens), price, batch=batch)
    if caching is CacheLife.NONE or plain is None:
        return plain
    short = TokenUsage(0, max_output_tokens, cache_write_tokens=input_tokens)
    long = TokenUsage(0, max_output_tokens, cache_write_1h_tokens=input_tokens)
    writes = short if caching is CacheLife.FIVE_MINUTES else long
    written = cost_of(writes, price, batch=batch)
    return None if written is None else max(plain, written)


def total(costs: Iterable[Decimal | None]) -> Decimal | None:
    """Return the sum; None as soon as one part is unknown."""
    added = Decimal(0)
    for cost in costs:
        if cost is None:
            return None
        added += cost
    return added


@dataclasses.dataclass(frozen=True, slots=True)
class ExchangeRate:
    """How much of a currency one US dollar buys, on a day that somebody wrote down.

    Raises:
        ValueError: the rate is not above 0.
    """

    currency: str
    per_usd: Decimal
    as_of: str
    source: str = ""

    def __post_init__(self) -> None:
        if not self.per_usd.is_finite() or self.per_usd <= 0:
            raise ValueError(f"no rate: {self.per_usd}")

    def convert(self, usd: Decimal | None) -> Decimal | None:
        """Return an amount in this currency, unrounded; None stays unknown."""
        return None if usd is None else usd * self.per_usd


_DECIMALS = {JPY: 0}
_SMALL_DIGITS = 2


def shown(amount: Decimal, currency: str = USD) -> Decimal:
    """Return an amount as it is shown; the only place where money is rounded.

    Small amounts keep two significant digits, so that nothing that costs something is
    shown as nothing.
    """
    places = _DECIMALS.get(currency, 2)
    if amount:
        places = max(places, _SMALL_DIGITS - 1 - amount.adjusted())
    step = Decimal(1).scaleb(-places)
    return amount.quantize(step, rounding=ROUND_HALF_UP)


_DATE = re.compile(r"\d{4}-\d{2}(-\d{2})?")


class PriceTable:
    """Prices by model and region, and exchange rates: ours, edited, or just read."""

    def __init__(
        self, prices: Iterable[Price] = (), rates: Iterable[ExchangeRate] = ()
    ) -> None:
        """Keep these; a later row for the same model and region wins."""
        self._prices = {(each.model_id, each.region): each for each in prices}
        self._rates = {each.currency: each for each in rates}

    @classmethod
    def from_json(cls, text: str, name: str = "prices.json") -> "PriceTable":
        """Read ``resources/aws/prices.json`` or a person's own copy of it.

        Raises:
            InputError: ``table.invalid`` with the place of the mistake.
        """
        table = tables.parse(text, name)
        prices = [price for row in table.each("prices") for price in _prices(row)]
        rates = [_rate(row) for row in table.each("rates")]
        table.done()
        return cls(prices, rates)

    def price(self, model_id: str, region: str = "") -> Price | None:
        """Return the price in a region, else one whose region is not stated.

        Only the exact id counts: what a model costs through another profile is no
        answer. None: unknown.
        """
        found = self._prices.get((model_id, region))
        return found or self._prices.get((model_id, ""))

    def rate(self, currency: str) -> ExchangeRate | None:
        """Return the exchange rate to a currency; None: nobody has given one."""
        return self._rates.get(currency)

    def over(self, other: "PriceTable") -> "PriceTable":
        """Return both tables in one; where both know something, this one wins.

        A price here without a region stands for every region, so that it replaces all
        prices of the model there.
        """
        anywhere = {model_id for model_id, region in self._prices if not region}
        kept = {
            key: row for key, row in other._prices.items() if key[0] not in anywhere
        }
        merged = PriceTable()
        merged._prices = {**kept, **self._prices}
        merged._rates = {**other._rates, **self._rates}
        return merged

    def __len__(self) -> int:
        """Return the number of prices."""
        return len(self._prices)

    def prices(self) -> tuple[Price, ...]:
        """Return all prices, sorted by model and region."""
        return tuple(self._prices[key] for key in sorted(self._prices))


def _prices(row: Fields) -> list[Price]:
    model_ids = row.texts("models")
    price = Price(
        model_id="",
        input=_rate_of(row, "input"),
        output=_rate_of(row, "output"),
        as_of=_as_of(row),
        source=row.text("source"),
        region=row.text("region", ""),
        cache_read=row.decimal("cache_read"),
        cache_write=row.decimal("cache_write"),
        cache_write_1h=row.decimal("cache_write_1h"),
        batch_factor=row.decimal("batch_factor"),
    )
    row.done()
    return [dataclasses.replace(price, model_id=each) for each in model_ids]


def _rate_of(row: Fields, name: str) -> Decimal:
    value = row.decimal(name)
    if value is None:
        row.fail(name, "missing")
    return value


def _rate(row: Fields) -> ExchangeRate:
    value = row.decimal("per_usd")
    if not value:
        row.fail("per_usd", "not above 0")
    rate = ExchangeRate(
        currency=row.text("currency"),
        per_usd=value,
        as_of=_as_of(row),
        source=row.text("source", ""),
    )
    row.done()
    return rate


def _as_of(row: Fields) -> str:
    text = row.text("as_of")
    if not _DATE.fullmatch(text):
        row.fail("as_of", "not a date like 2026-10 or 2026-10-31")
    return text


@dataclasses.dataclass(frozen=True, slots=True)
class PriceRefusal:
    """Why the price list gave no price for a model.

    Attributes:
        code: ``price.unmapped``, ``price.missing``, ``price.ambiguous``,
            ``price.unit``, ``price.unreadable`` or ``price.list_unread``.
        detail: the unit, usage type or error code it is about.
    """

    model_id: str
    code: str
    detail: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class PriceReading:
    """What the price list said: prices to lay over the table, and the gaps."""

    table: PriceTable
    refusals: tuple[PriceRefusal, ...] = ()
