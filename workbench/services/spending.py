"""Money under control: worst cases are reserved before calls and settled after them.

The ledger lies in the project file, each row in one transaction with its trial, so that
a program that is killed forgets nothing that may have been billed; totals are kept here
while the project is open.
"""

import datetime
import threading
from collections.abc import Callable
from decimal import Decimal

from workbench.domain.costs import Price
from workbench.domain.generation import Generation, GenerationRequest
from workbench.domain.models import ModelRef
from workbench.domain.ports import PriceBook, ProjectStore
from workbench.domain.spending import (
    Caps,
    CapScope,
    Charge,
    Ledger,
    Reservation,
    Spent,
    charge_of,
    is_free,
    worst_of,
)
from workbench.services.projects import ProjectService


class NoPrices:
    """Knows no price: every call that may cost something is of unknown cost."""

    def price(self, model: ModelRef) -> Price | None:
        """Return None."""
        return None


def today() -> str:
    """Return the day of the person's calendar as ISO date."""
    return datetime.datetime.now().astimezone().date().isoformat()


class SpendingService:
    """Caps, what was spent, and what may still be; any thread may ask."""

    def __init__(
        self,
        projects: ProjectService,
        prices: PriceBook | None = None,
        day: Callable[[], str] = today,
    ) -> None:
        """Keep what is asked.

        Args:
            projects: the open project.
            prices: what models cost; None knows nothing.
            day: returns the ISO date that a call made now counts to.
        """
        self._projects = projects
        self._prices: PriceBook = prices or NoPrices()
        self._day = day
        # Guards the totals: two calls must not both take what is left of a cap.
        self._lock = threading.Lock()
        self._store: ProjectStore | None = None
        self._ledger = Ledger()
        self._caps = Caps()

    def price(self, model: ModelRef) -> Price | None:
        """Return the price of a model; None: unknown, or none is needed."""
        return None if is_free(model) else self._prices.price(model)

    def caps(self) -> Caps:
        """Return the caps of the open project."""
        return self._projects.store.spending.caps()

    def set_caps(self, caps: Caps) -> None:
        """Change the caps; calls that are being made are not stopped."""
        store = self._projects.store
        with self._lock:
            store.spending.save_caps(caps)
            self._load(store)
            self._caps = caps

    def spent_today(self) -> Spent:
        """Return what the open project spent today, reservations included."""
        return self._spent(CapScope.DAY, self._day())

    def spent(self) -> Spent:
        """Return what the open project spent altogether, reservations included."""
        return self._spent(CapScope.PROJECT)

    def spent_by(self, run: str) -> Spent:
        """Return what one run spent, reservations included."""
        return self._spent(CapScope.RUN, run)

    def reserve(
        self,
        store: ProjectStore,
        request: GenerationRequest,
        run: str,
        cap: Decimal | None = None,
    ) -> Reservation | None:
        """Set the worst case of a call aside; it lasts once its trial is started.

        Args:
            store: the project it is made for.
            request: the call.
            run: tells the calls of one run.
            cap: of this run; None takes the project's cap per run.

        Returns:
            The reservation, or None when the call costs no money.

        Raises:
            CapReached: the call must not be made.
        """
        if is_free(request.model):
            return None
        price = self._prices.price(request.model)
        made = Reservation(worst_of(request, price), self._day(), run, price)
        with self._lock:
            self._load(store)
            caps = self._caps
            run_cap = caps.run if cap is None else cap
            self._ledger.reserve(made, Caps(run_cap, caps.day, caps.project))
        return made

    def release(self, store: ProjectStore, reservation: Reservation | None) -> None:
        """Give back what was set aside for a call that is not made after all."""
        if reservation is None:
            return
        with self._lock:
            if store is self._store:
                self._ledger.release(reservation)

    def settle(
        self,
        store: ProjectStore,
        reservation: Reservation | None,
        answer: Generation | None,
        *,
        billable: bool,
    ) -> Charge:
        """Put what a call did cost in the place of what was reserved.

        Args:
            store: the project it was made for.
            reservation: as `reserve` gave it.
            answer: what came back, or what had arrived.
            billable: whether the call may be on the bill.

        Returns:
            What the trial keeps of it.
        """
        charge = charge_of(answer, reservation, billable=billable)
        if reservation is not None:
            with self._lock:
                if store is self._store:
                    self._ledger.settle(reservation, charge.cost)
        return charge

    def _spent(self, scope: CapScope, key: str = "") -> Spent:
        store = self._projects.store
        with self._lock:
            self._load(store)
            return self._ledger.spent(scope, key)

    def _load(self, store: ProjectStore) -> None:
        """Read the ledger of a project that was not asked about before."""
        if store is not self._store:
            self._ledger = Ledger(store.spending.entries())
            self._caps = store.spending.caps()
            self._store = store
