"""Undo as a persisted log of commands with their inverses.

A command is a list of `Change`: a row, some columns, their values before and after.
`record` applies it and writes it down in the same transaction; undoing applies the
values before, redoing those after. Only the few mutable tables take part, and their
rows are never inserted or deleted by a command (a new record is a row that goes from
"taken back" to "live"), so ids stay what they were.

The log is a list with one place in it: steps marked ``undone`` lie ahead and are
dropped by the next command.
"""

import dataclasses
import sqlite3
import time
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from workbench.domain.changes import ChangeSet, Kind
from workbench.domain.errors import InputError
from workbench.domain.undo import UndoState
from workbench.storage.codec import dump, load
from workbench.storage.database import Database

LIMIT = 200
_COALESCE_SECONDS = 1.0
# More changed rows than this are reported as "many": views reload anyway.
_MANY = 1000

# What a command may touch; also the guard against column names out of a foreign file.
_KEYS = {
    "project": "id",
    "draft": "id",
    "annotation": "trial_id",
    "example": "id",
    "version_note": "version_id",
}
_COLUMNS = {
    "project": {"name", "card"},
    "draft": {"spec", "variables"},
    "annotation": {"rating", "correction", "note", "tags", "binned"},
    "example": {"answer", "group_name", "split", "state"},
    "version_note": {"name", "note"},
}
_KINDS = {
    "project": Kind.PROJECT,
    "draft": Kind.DRAFT,
    "annotation": Kind.ANNOTATION,
    "example": Kind.EXAMPLE,
    "version_note": Kind.VERSION,
}

Values = Mapping[str, Any]


@dataclasses.dataclass(frozen=True, slots=True)
class Change:
    """One row of a command: the columns that differ, before and after."""

    table: str
    row_id: int
    before: Values
    after: Values

    @property
    def inverse(self) -> "Change":
        """The change that takes this one back."""
        return Change(self.table, self.row_id, self.after, self.before)


def difference(
    table: str, row_id: int, row: sqlite3.Row, wanted: Values
) -> Change | None:
    """Return the change that makes a row what is wanted, None when it is that."""
    after = {name: value for name, value in wanted.items() if row[name] != value}
    if not after:
        return None
    return Change(table, row_id, {name: row[name] for name in after}, after)


def record(
    connection: sqlite3.Connection,
    label: str,
    changes: Iterable[Change | None],
    *,
    coalesce: bool = False,
) -> ChangeSet:
    """Apply a command and keep its inverse; a command without changes is none.

    Args:
        connection: in a write transaction.
        label: code of the step.
        changes: the rows; None is skipped.
        coalesce: join the newest step when it has this label and is a second old.
    """
    todo = [change for change in changes if change is not None]
    if not todo:
        return ChangeSet()
    apply(connection, todo)
    # After an undo the newest step is an older one, which must stay as it is.
    turned = _drop_undone(connection)
    if turned or not (coalesce and _joined(connection, label, todo)):
        _append(connection, label, todo)
        _drop_oldest(connection)
    return touched(todo)


def apply(connection: sqlite3.Connection, changes: Sequence[Change]) -> None:
    """Write the values after.

    Records that change their part leave the old one first, all of them: moving one by
    one would put two records with the same input into two parts for a moment, which
    the triggers refuse.
    """
    moved = [
        (change.row_id,)
        for change in changes
        if change.table == "example" and "split" in change.after
    ]
    connection.executemany("UPDATE example SET split = '' WHERE id = ?", moved)
    for change in changes:
        names = sorted(change.after)
        if not _COLUMNS[change.table].issuperset(names):
            raise InputError("undo.conflict", "The undo log holds an unknown step.")
        assignments = ", ".join(f"{name} = :{name}" for name in names)
        connection.execute(
            f"UPDATE {change.table} SET {assignments} "
            f"WHERE {_KEYS[change.table]} = :row_id",
            {**change.after, "row_id": change.row_id},
        )


def touched(changes: Iterable[Change]) -> ChangeSet:
    """Return what views see of these changes."""
    rows: dict[Kind, set[int]] = {Kind.UNDO: set()}
    for change in changes:
        rows.setdefault(_KINDS[change.table], set()).add(change.row_id)
        if "binned" in change.after:
            rows.setdefault(Kind.TRIAL, set()).add(change.row_id)
        if {"state", "split"} & set(change.after):
            rows.setdefault(Kind.DATASET, set())
    return ChangeSet(
        tuple(
            (kind, frozenset(ids if len(ids) <= _MANY else ()))
            for kind, ids in rows.items()
        )
    )


def forget(connection: sqlite3.Connection, table: str, ids: Sequence[int]) -> None:
    """Drop rows that were deleted for good from the log, and steps left without any."""
    connection.execute(
        "DELETE FROM undo_row WHERE table_name = ? "
        "AND row_id IN (SELECT value FROM json_each(?))",
        (table, dump(list(ids))),
    )
    connection.execute(
        "DELETE FROM undo_step WHERE id NOT IN (SELECT step_id FROM undo_row)"
    )


def _append(
    connection: sqlite3.Connection, label: str, changes: Sequence[Change]
) -> None:
    step = connection.execute(
        "INSERT INTO undo_step (label, changed) VALUES (?, ?)", (label, time.time())
    ).lastrowid
    connection.executemany(
        "INSERT INTO undo_row VALUES (?, ?, ?, ?, ?)",
        (
            (step, change.table, change.row_id, dump(change.before), dump(change.after))
            for change in changes
        ),
    )


def _joined(
    connection: sqlite3.Connection, label: str, changes: Sequence[Change]
) -> bool:
    """Extend the newest step when it is of this label and recent."""
    newest = connection.execute(
        "SELECT id, label, changed FROM undo_step ORDER BY id DESC LIMIT 1"
    ).fetchone()
    now = time.time()
    # A clock that was set back must not join steps for hours.
    recent = newest is not None and 0 <= now - newest["changed"] <= _COALESCE_SECONDS
    if not recent or newest["label"] != label:
        return False
    merged = _merged([*_changes(connection, newest["id"]), *changes])
    connection.execute("DELETE FROM undo_step WHERE id = ?", (newest["id"],))
    if merged:
        _append(connection, label, merged)
    return True


def _merged(changes: Iterable[Change]) -> list[Change]:
    """Join changes of the same rows: the first "before" and the last "after" count."""
    rows: dict[tuple[str, int], Change] = {}
    for change in changes:
        place = change.table, change.row_id
        old = rows.get(place, change)
        rows[place] = Change(
            *place, {**change.before, **old.before}, {**old.after, **change.after}
        )
    return [change for change in rows.values() if change.before != change.after]


def _drop_undone(connection: sqlite3.Connection) -> bool:
    """Drop what could be redone, with the records that only redo could bring back."""
    connection.execute(
        "DELETE FROM example WHERE state = 2 AND id IN ("
        "SELECT row_id FROM undo_row JOIN undo_step ON undo_step.id = step_id "
        "WHERE undone AND table_name = 'example')"
    )
    return connection.execute("DELETE FROM undo_step WHERE undone").rowcount > 0


def _drop_oldest(connection: sqlite3.Connection) -> None:
    connection.execute(
        "DELETE FROM undo_step WHERE id <= "
        "(SELECT id FROM undo_step ORDER BY id DESC LIMIT 1 OFFSET ?)",
        (LIMIT,),
    )


_UNDO = "SELECT max(id) FROM undo_step WHERE NOT undone"
_REDO = "SELECT min(id) FROM undo_step WHERE undone"


class SqliteUndo:
    """The log as the window sees it."""

    def __init__(self, database: Database) -> None:
        """Work on this project."""
        self._database = database

    def state(self) -> UndoState:
        """Return what can be undone and redone."""
        with self._database.read() as connection:
            undo_label, undo_count = _step(connection, _UNDO)
            redo_label, redo_count = _step(connection, _REDO)
        return UndoState(undo_label, undo_count, redo_label, redo_count)

    def undo(self) -> ChangeSet:
        """Undo the newest command; an empty change set when there is none."""
        return self._move(_UNDO, undone=1)

    def redo(self) -> ChangeSet:
        """Redo the command undone last; an empty change set when there is none."""
        return self._move(_REDO, undone=0)

    def newest(self, labels: Sequence[str]) -> int:
        """Return the number of the newest command with one of these labels, else 0."""
        with self._database.read() as connection:
            row = connection.execute(
                "SELECT max(id) FROM undo_step "
                "WHERE label IN (SELECT value FROM json_each(?))",
                (dump(list(labels)),),
            ).fetchone()
        return int(row[0] or 0)

    def _move(self, which: str, *, undone: int) -> ChangeSet:
        try:
            with self._database.write() as connection:
                step = connection.execute(which).fetchone()[0]
                if step is None:
                    return ChangeSet()
                changes = _changes(connection, step)
                if undone:
                    changes = [change.inverse for change in changes]
                apply(connection, changes)
                connection.execute(
                    "UPDATE undo_step SET undone = ? WHERE id = ?", (undone, step)
                )
                return touched(changes)
        except InputError as error:
            raise InputError(
                "undo.conflict",
                f"This step cannot be taken back any more: {error.sentence}",
                {"reason": error.code, **error.details},
            ) from error


def _step(connection: sqlite3.Connection, which: str) -> tuple[str, int]:
    row = connection.execute(
        "SELECT label, (SELECT count(*) FROM undo_row WHERE step_id = id) AS rows "
        f"FROM undo_step WHERE id = ({which})"
    ).fetchone()
    return (row["label"], row["rows"]) if row else ("", 0)


def _changes(connection: sqlite3.Connection, step: int) -> list[Change]:
    rows = connection.execute(
        "SELECT * FROM undo_row WHERE step_id = ? ORDER BY table_name, row_id", (step,)
    )
    return [
        Change(table, row_id, load(before), load(after))
        for _, table, row_id, before, after in rows
    ]
