"""Money under control: what a call may cost at most, and caps that are never passed.

Before a call its worst case is reserved, afterwards the real cost is settled. The call
whose worst case would pass a cap is not made. `None` is an unknown amount: without a
cap it is allowed and counted as unknown; with one it is refused, because nobody could
promise that the cap holds.
"""

import dataclasses
import enum
from collections.abc import Iterable, Mapping
from decimal import Decimal

from workbench.domain.content import FileKind, FilePart, SendAs
from workbench.domain.costs import (
    CacheLife,
    Price,
    TokenUsage,
    cost_of,
    usage_of,
    worst_case,
)
from workbench.domain.errors import InputError
from workbench.domain.generation import Generation, GenerationRequest
from workbench.domain.models import ModelKind, ModelRef
from workbench.domain.prompts import Message
from workbench.domain.remote import estimate_tokens

_ZERO = Decimal(0)
_HERE = frozenset({ModelKind.BUILTIN, ModelKind.LOCAL})

_TOKENS_OF_IMAGE = 6_000
_TOKENS_OF_MESSAGE = 16
_TOKENS_OF_DOCUMENT = 6_000
_BYTES_PER_TOKEN = 4
_PAGES_AS_IMAGES = 3


class CapScope(enum.StrEnum):
    """What a cap holds for."""

    RUN = "run"
    DAY = "day"
    PROJECT = "project"


class CostBasis(enum.StrEnum):
    """Where the cost of a trial comes from; empty: it is not known."""

    UNKNOWN = ""
    MEASURED = "measured"
    """From the tokens that the service counted."""
    WORST_CASE = "worst_case"
    """The call may have been billed, and nobody said for how many tokens."""
    NOT_BILLED = "not_billed"
    """It failed before anything could be billed, or runs on this computer."""


@dataclasses.dataclass(frozen=True, slots=True)
class Caps:
    """Most that may be spent, in US dollars; None sets no limit.

    Attributes:
        run: by one run: a call, several models side by side, or a matrix with all
            that was resumed of it.
        day: by this project on one day of the person's calendar.
        project: by this project altogether.
    """

    run: Decimal | None = None
    day: Decimal | None = None
    project: Decimal | None = None

    def of(self, scope: CapScope) -> Decimal | None:
        """Return the cap of a scope."""
        return {
            CapScope.RUN: self.run,
            CapScope.DAY: self.day,
            CapScope.PROJECT: self.project,
        }[scope]


class CapReached(InputError):
    """A call was not made: its worst case would pass a cap, or is not known.

    Attributes:
        scope: the cap.
    """

    def __init__(self, scope: CapScope, details: Mapping[str, object]) -> None:
        """Name the cap; `details` are amounts in US dollars."""
        unknown = details.get("needed") is None
        super().__init__(
            "cap.unknown" if unknown else _CODES[scope],
            _UNKNOWN if unknown else f"The limit per {scope.value} would be passed.",
            {"scope": scope.value, **details},
        )
        self.scope = scope


_CODES = {
    CapScope.RUN: "cap.run",
    CapScope.DAY: "cap.day",
    CapScope.PROJECT: "cap.project",
}
_UNKNOWN = "The price of this model is not known, so the limit cannot be kept."


@dataclasses.dataclass(frozen=True, slots=True)
class Reservation:
    """What is set aside for one call before it is made.

    Attributes:
        worst: the most it can cost in US dollars; None: unknown.
        day: ISO date, in the person's calendar.
        run: tells the calls of one run.
        price: the price it was computed with.
    """

    worst: Decimal | None
    day: str
    run: str = ""
    price: Price | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Charge:
    """What a call did cost.

    Attributes:
        cost: in US dollars, unrounded; None: unknown.
        basis: where the number comes from.
        price_date: date of the price, as exact as its source; empty without one.
        price_source: code of where the price comes from.
    """

    cost: Decimal | None = None
    basis: CostBasis = CostBasis.UNKNOWN
    price_date: str = ""
    price_source: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Entry:
    """A row of the ledger.

    Attributes:
        settled: None while the call is in flight, or when its cost is unknown.
        basis: None while the call is in flight.
    """

    run: str
    day: str
    reserved: Decimal | None
    settled: Decimal | None = None
    basis: CostBasis | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Spent:
    """What counts against a cap.

    Attributes:
        amount: settled and reserved together, in US dollars.
        unknown: calls of unknown cost, which are not in the amount.
    """

    amount: Decimal = _ZERO
    unknown: int = 0


class Ledger:
    """Totals by scope. Not thread-safe: whoever shares it holds a lock."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        """Begin with what was reserved and settled before."""
        self._totals: dict[tuple[CapScope, str], Spent] = {}
        for entry in entries:
            amount = entry.reserved if entry.basis is None else entry.settled
            self._add(entry.run, entry.day, amount, 1)

    def spent(self, scope: CapScope, key: str = "") -> Spent:
        """Return what was spent; `key` is a run or a day."""
        return self._totals.get((scope, key), Spent())

    def check(self, reservation: Reservation, caps: Caps) -> None:
        """Raise `CapReached` when a call may not be made."""
        keys = _keys(reservation.run, reservation.day)
        for scope, key in keys:
            cap = caps.of(scope)
            if cap is None:
                continue
            spent = self.spent(scope, key).amount
            worst = reservation.worst
            if worst is None or spent + worst > cap:
                details = {"cap": cap, "spent": spent, "needed": worst}
                raise CapReached(scope, details)

    def reserve(self, reservation: Reservation, caps: Caps) -> None:
        """Set the worst case aside, or raise `CapReached` and change nothing."""
        self.check(reservation, caps)
        self._add(reservation.run, reservation.day, reservation.worst, 1)

    def settle(self, reservation: Reservation, cost: Decimal | None) -> None:
        """Put the real cost in the place of what was reserved."""
        self.release(reservation)
        self._add(reservation.run, reservation.day, cost, 1)

    def release(self, reservation: Reservation) -> None:
        """Give back what was set aside for a call that is not made."""
        self._add(reservation.run, reservation.day, reservation.worst, -1)

    def _add(self, run: str, day: str, amount: Decimal | None, sign: int) -> None:
        for place in _keys(run, day):
            spent = self._totals.get(place, Spent())
            if amount is None:
                changed = Spent(spent.amount, spent.unknown + sign)
            else:
                changed = Spent(spent.amount + sign * amount, spent.unknown)
            self._totals[place] = changed


def _keys(run: str, day: str) -> tuple[tuple[CapScope, str], ...]:
    return ((CapScope.RUN, run), (CapScope.DAY, day), (CapScope.PROJECT, ""))


def runs_here(model: ModelRef) -> bool:
    """Tell whether a model runs on this computer."""
    return model.kind in _HERE


def is_free(model: ModelRef) -> bool:
    """Tell whether calls cost no money: the model, or a stand-in, runs here."""
    return runs_here(model) or model.is_practice


def worst_of(request: GenerationRequest, price: Price | None) -> Decimal | None:
    """Return the most a call can cost in US dollars; None when that is unknown."""
    if is_free(request.model):
        return _ZERO
    parameters = request.parameters
    output = parameters.max_output_tokens + parameters.reasoning_budget
    caching = CacheLife.FIVE_MINUTES if parameters.prompt_caching else CacheLife.NONE
    tokens = most_input_tokens(request.messages)
    return worst_case(tokens, output, price, caching=caching)


def likely_of(
    request: GenerationRequest, price: Price | None, output_tokens: int | None
) -> Decimal | None:
    """Return what a call will probably cost in US dollars; None when unknown.

    Args:
        request: the call.
        price: of its model.
        output_tokens: of earlier answers; None takes the most that is allowed.
    """
    if is_free(request.model):
        return _ZERO
    most = request.parameters.max_output_tokens + request.parameters.reasoning_budget
    output = most if output_tokens is None else min(output_tokens, most)
    tokens = sum(
        estimate_tokens(message.text)
        + sum(estimate_tokens(part.text) for part in message.files)
        for message in request.messages
    )
    return cost_of(TokenUsage(tokens, output), price)


def most_input_tokens(messages: Iterable[Message]) -> int:
    """Return a generous bound of a prompt's tokens: twice the usual estimate."""
    return sum(
        2 * estimate_tokens(message.text)
        + _TOKENS_OF_MESSAGE
        + sum(_most_of_file(part) for part in message.files)
        for message in messages
    )


def _most_of_file(part: FilePart) -> int:
    read = 2 * estimate_tokens(part.text)
    if part.send_as is SendAs.TEXT:
        return read + _TOKENS_OF_MESSAGE
    if part.kind is FileKind.IMAGE:
        return _TOKENS_OF_IMAGE
    # Pages are sent as images too; a scan has no text to go by, only its size.
    known = _PAGES_AS_IMAGES * read if read else part.size // _BYTES_PER_TOKEN
    return known + _TOKENS_OF_DOCUMENT


def charge_of(
    answer: Generation | None, reservation: Reservation | None, *, billable: bool
) -> Charge:
    """Return what a call did cost.

    Args:
        answer: what came back, with the tokens that were counted; None: nothing.
        reservation: made before the call; None: it costs no money.
        billable: whether it may be on the bill. A call that was stopped may be: the
            service goes on for a while, and says nothing of its tokens.
    """
    if reservation is None:
        return Charge(_ZERO, CostBasis.NOT_BILLED)
    if not billable:
        return Charge(_ZERO, CostBasis.NOT_BILLED)
    price = reservation.price
    dated = (price.as_of, price.source) if price else ("", "")
    if answer is not None and is_counted(answer):
        cost = cost_of(usage_of(answer), price)
        if cost is not None:
            return Charge(cost, CostBasis.MEASURED, *dated)
    if reservation.worst is None:
        return Charge(None, CostBasis.UNKNOWN, *dated)
    return Charge(reservation.worst, CostBasis.WORST_CASE, *dated)


def is_counted(answer: Generation) -> bool:
    """Tell whether the service said how many tokens it charges for."""
    prompt = answer.input_tokens + answer.cache_read_tokens + answer.cache_write_tokens
    return prompt > 0 and ("usage", "missing") not in answer.versions
