"""What was spent: one row per call that costs money, kept for good, and the caps."""

import sqlite3
from collections.abc import Sequence
from decimal import Decimal

from workbench.domain.spending import Caps, CapScope, CostBasis, Entry, Reservation
from workbench.domain.trials import CallOrigin, TrialOutcome
from workbench.storage import codec
from workbench.storage.database import Database


class SqliteSpending:
    """Implements `SpendingStore`."""

    def __init__(self, database: Database) -> None:
        """Work on this project."""
        self._database = database

    def entries(self) -> Sequence[Entry]:
        """Return the ledger; the run of a matrix's call is ``matrix:`` and its id."""
        with self._database.read() as connection:
            rows = connection.execute("SELECT * FROM spending").fetchall()
        return [_entry(row) for row in rows]

    def caps(self) -> Caps:
        """Return the caps."""
        with self._database.read() as connection:
            rows = connection.execute("SELECT scope, amount FROM cap").fetchall()
        return Caps(**{row["scope"]: Decimal(row["amount"]) for row in rows})

    def save_caps(self, caps: Caps) -> None:
        """Change the caps."""
        given = [(scope, codec.dump_decimal(caps.of(scope))) for scope in CapScope]
        with self._database.write(durable=True) as connection:
            connection.execute("DELETE FROM cap")
            connection.executemany(
                "INSERT INTO cap VALUES (?, ?)",
                [(scope, amount) for scope, amount in given if amount is not None],
            )


def reserve(
    connection: sqlite3.Connection,
    trial_id: int,
    origin: CallOrigin,
    reservation: Reservation,
) -> None:
    """Write down what is set aside for a trial, in its own transaction."""
    connection.execute(
        "INSERT INTO spending (trial_id, matrix_id, day, reserved) VALUES (?, ?, ?, ?)",
        (
            trial_id,
            origin.matrix_id,
            reservation.day,
            codec.dump_decimal(reservation.worst),
        ),
    )


def settle(
    connection: sqlite3.Connection, trial_id: int, outcome: TrialOutcome
) -> None:
    """Write down what a trial did cost; nothing when nothing was reserved."""
    # An unknown cost is settled too: as unknown.
    basis = outcome.cost_basis or _UNKNOWN
    connection.execute(
        "UPDATE spending SET settled = ?, basis = ? WHERE trial_id = ?",
        (codec.dump_decimal(outcome.cost), basis, trial_id),
    )


def settle_interrupted(connection: sqlite3.Connection) -> None:
    """Take the worst case for calls nobody knows the end of, in ledger and trials."""
    connection.execute(
        "UPDATE trial SET cost = reserved,"
        " cost_basis = CASE WHEN reserved IS NULL THEN '' ELSE 'worst_case' END"
        " FROM spending WHERE spending.trial_id = trial.id AND spending.basis = ''"
        " AND trial.status = 'running'"
    )
    connection.execute(
        "UPDATE spending SET settled = reserved,"
        " basis = CASE WHEN reserved IS NULL THEN ? ELSE 'worst_case' END"
        " WHERE basis = ''",
        (_UNKNOWN,),
    )


_UNKNOWN = "unknown"


def _entry(row: sqlite3.Row) -> Entry:
    basis = row["basis"]
    return Entry(
        run=f"matrix:{row['matrix_id']}" if row["matrix_id"] else "",
        day=row["day"],
        reserved=codec.load_decimal(row["reserved"]),
        settled=codec.load_decimal(row["settled"]),
        basis=None
        if not basis
        else CostBasis.UNKNOWN
        if basis == _UNKNOWN
        else CostBasis(basis),
    )
