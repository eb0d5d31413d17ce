"""Caps on spending: the worst case is reserved before a call and settled after it.

`Ledger` is a value. Each operation returns a new one, so that nothing is half done
when a cap is reached. **The lock is the user's**: whoever shares a ledger between
threads takes one lock around reading it, calling `Ledger.reserve`, `settle` or
`release`, and keeping what came back; and makes the call itself outside that lock.
Two threads that reserve from the same ledger would each believe in the same money.

As long as a call costs no more than was reserved for it, no cap is ever passed, however
calls interleave. A call that costs more all the same (the count of its input was too
small an estimate) is charged as it is: the ledger never hides money that was spent.
"""

import dataclasses
import datetime
import enum
from collections.abc import Mapping
from decimal import Decimal

from workbench.domain.errors import InputError

_NOTHING = Decimal(0)


class Scope(enum.StrEnum):
    """What a cap is for."""

    RUN = "run"
    DAY = "day"
    PROJECT = "project"


@dataclasses.dataclass(frozen=True, slots=True)
class Caps:
    """Caps in US dollars; None: no cap."""

    run: Decimal | None = None
    day: Decimal | None = None
    project: Decimal | None = None

    @property
    def any(self) -> bool:
        """Whether there is a cap at all."""
        return (self.run, self.day, self.project) != (None, None, None)

    def of(self, scope: Scope) -> Decimal | None:
        """Return the cap for a scope."""
        match scope:
            case Scope.RUN:
                return self.run
            case Scope.DAY:
                return self.day
            case Scope.PROJECT:
                return self.project


@dataclasses.dataclass(frozen=True, slots=True)
class Reservation:
    """Money set aside for one call.

    Attributes:
        id: of the call; the ULID of its trial.
        run: what the call belongs to, such as a comparison; empty: to nothing.
        day: on which it was reserved; a call over midnight belongs to its first day.
        amount: US dollars; None: the price is unknown and nobody minded.
    """

    id: str
    run: str
    day: datetime.date
    amount: Decimal | None


class CapReached(InputError):
    """A call would pass a cap; it was not made.

    Attributes:
        scope: whose cap.
        cap: US dollars, as are the others.
        spent: settled in this scope.
        reserved: set aside in this scope for calls that are on their way.
        asked: the worst case of the call.
    """

    def __init__(
        self,
        scope: Scope,
        *,
        cap: Decimal,
        spent: Decimal,
        reserved: Decimal,
        asked: Decimal,
    ) -> None:
        """Keep the numbers."""
        numbers = {"cap": cap, "spent": spent, "reserved": reserved, "asked": asked}
        super().__init__(
            "cap.reached",
            f"The call may cost {asked} USD; {spent} USD are spent and {reserved} USD "
            f"reserved of {cap} USD for this {scope}.",
            {"scope": scope.value, **numbers},
        )
        self.scope = scope
        self.cap = cap
        self.spent = spent
        self.reserved = reserved
        self.asked = asked


class CostUnknown(InputError):
    """There is a cap, and nobody knows what the call may cost; it was not made."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__(
            "cap.unknown_cost",
            "The price is not known, so the cap cannot be kept. Enter a price, or "
            "allow calls whose cost is not known.",
        )


@dataclasses.dataclass(frozen=True, slots=True)
class Ledger:
    """What was spent and what is set aside, in US dollars.

    Attributes:
        by_run: spent by run.
        by_day: spent by day.
        project: spent in the whole project.
        open: reservations by id.
        unknown_calls: calls that were made and whose cost nobody knows; they are in
            no sum.
    """

    caps: Caps = Caps()
    by_run: Mapping[str, Decimal] = dataclasses.field(default_factory=dict)
    by_day: Mapping[datetime.date, Decimal] = dataclasses.field(default_factory=dict)
    project: Decimal = _NOTHING
    open: Mapping[str, Reservation] = dataclasses.field(default_factory=dict)
    unknown_calls: int = 0

    def with_caps(self, caps: Caps) -> "Ledger":
        """Return the ledger with other caps; what is spent stays spent."""
        return dataclasses.replace(self, caps=caps)

    def spent(self, scope: Scope, *, run: str, day: datetime.date) -> Decimal:
        """Return what is settled in a scope."""
        match scope:
            case Scope.RUN:
                return self.by_run.get(run, _NOTHING)
            case Scope.DAY:
                return self.by_day.get(day, _NOTHING)
            case Scope.PROJECT:
                return self.project

    def reserved(self, scope: Scope, *, run: str, day: datetime.date) -> Decimal:
        """Return what is set aside in a scope."""
        amounts = (
            each.amount or _NOTHING
            for each in self.open.values()
            if scope is Scope.PROJECT
            or (scope is Scope.RUN and each.run == run)
            or (scope is Scope.DAY and each.day == day)
        )
        return sum(amounts, _NOTHING)

    def left(self, scope: Scope, *, run: str, day: datetime.date) -> Decimal | None:
        """Return what may still be reserved, from 0; None: no cap."""
        cap = self.caps.of(scope)
        if cap is None or (scope is Scope.RUN and not run):
            return None
        spent = self.spent(scope, run=run, day=day)
        return max(cap - spent - self.reserved(scope, run=run, day=day), _NOTHING)

    def reserve(
        self,
        call: str,
        amount: Decimal | None,
        *,
        run: str,
        day: datetime.date,
        allow_unknown: bool = False,
    ) -> "Ledger":
        """Return the ledger with the worst case of a call set aside.

        Args:
            call: id of the call, new to this ledger.
            amount: worst case in US dollars, None when unknown.
            run: what the call belongs to; empty: to nothing, and no cap per run holds.
            day: today, where the person is.
            allow_unknown: the person said that unknown cost is fine.

        Raises:
            CapReached: the call would pass a cap; the smallest scope is named first.
            CostUnknown: the amount is unknown, there is a cap, and it is not allowed.
            ValueError: the id is taken, or the amount below 0: a mistake of ours.
        """
        if call in self.open:
            raise ValueError(f"{call} is reserved already")
        if amount is None:
            if self.caps.any and not allow_unknown:
                raise CostUnknown
        elif not amount.is_finite() or amount < 0:
            raise ValueError(f"no amount: {amount}")
        else:
            self._check(amount, run, day)
        reservation = Reservation(call, run, day, amount)
        return dataclasses.replace(self, open={**self.open, call: reservation})

    def _check(self, amount: Decimal, run: str, day: datetime.date) -> None:
        for scope in Scope:
            cap, left = self.caps.of(scope), self.left(scope, run=run, day=day)
            if cap is not None and left is not None and amount > left:
                raise CapReached(
                    scope,
                    cap=cap,
                    spent=self.spent(scope, run=run, day=day),
                    reserved=self.reserved(scope, run=run, day=day),
                    asked=amount,
                )

    def settle(self, call: str, actual: Decimal | None) -> "Ledger":
        """Return the ledger with a call charged that was made.

        Args:
            call: id of an open reservation.
            actual: what it cost. None when that will never be known, as after a lost
                connection: the whole reservation counts as spent then, since the
                service may have charged it.

        Raises:
            ValueError: no such reservation, or an amount below 0: a mistake of ours.
        """
        reservation = self._open(call)
        if actual is not None and (not actual.is_finite() or actual < 0):
            raise ValueError(f"no amount: {actual}")
        charged = reservation.amount if actual is None else actual
        released = self.release(call)
        if charged is None:
            return dataclasses.replace(
                released, unknown_calls=released.unknown_calls + 1
            )
        return released.charged(charged, run=reservation.run, day=reservation.day)

    def release(self, call: str) -> "Ledger":
        """Return the ledger without a reservation whose call was never made.

        Raises:
            ValueError: no such reservation.
        """
        self._open(call)
        kept = {key: each for key, each in self.open.items() if key != call}
        return dataclasses.replace(self, open=kept)

    def charged(self, amount: Decimal, *, run: str, day: datetime.date) -> "Ledger":
        """Return the ledger with an amount spent, also one that was never reserved."""
        by_run = self.by_run
        if run:
            by_run = {**by_run, run: by_run.get(run, _NOTHING) + amount}
        by_day = {**self.by_day, day: self.by_day.get(day, _NOTHING) + amount}
        return dataclasses.replace(
            self, by_run=by_run, by_day=by_day, project=self.project + amount
        )

    def _open(self, call: str) -> Reservation:
        found = self.open.get(call)
        if found is None:
            raise ValueError(f"{call} is not reserved")
        return found
