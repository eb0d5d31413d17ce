"""Datasets, their labelled records and the parts these belong to.

That the parts are disjoint is promised by triggers; here their refusal only gets the
numbers that belong into the sentence shown.
"""

import collections
import sqlite3
from collections.abc import Iterable, Mapping, Sequence

from workbench.domain.changes import ChangeSet
from workbench.domain.datasets import (
    Dataset,
    Example,
    ExampleFilter,
    NewExample,
    Snapshot,
    SnapshotRow,
    Split,
    SplitCounts,
)
from workbench.domain.errors import InputError
from workbench.domain.ids import new_ulid
from workbench.domain.prompts import shown_input
from workbench.storage import codec, snapshots, undo
from workbench.storage.codec import dump, integers
from workbench.storage.database import Database
from workbench.storage.search import contains

_ORDERS = {
    "oldest": "id",
    "newest": "id DESC",
    "input": "input_text, id",
    "answer": "answer, id",
}
_LIVE, _BINNED, _TAKEN_BACK = 0, 1, 2
_TYPED = {"trial", "typed"}
_DETAILS = 100


class SqliteDatasets:
    """Implements `DatasetStore`."""

    def __init__(self, database: Database) -> None:
        """Work on this project."""
        self._database = database

    def datasets(self) -> Sequence[Dataset]:
        """Return all datasets, oldest first."""
        with self._database.read() as connection:
            rows = connection.execute("SELECT * FROM dataset ORDER BY id").fetchall()
            counted = connection.execute(
                "SELECT dataset_id, split, count(*) FROM example WHERE state = 0 "
                "GROUP BY dataset_id, split"
            ).fetchall()
        counts: dict[int, dict[str, int]] = collections.defaultdict(dict)
        for dataset_id, split, number in counted:
            counts[dataset_id][split or "none"] = number
        return [
            Dataset(**dict(row), counts=SplitCounts(**counts[row["id"]]))
            for row in rows
        ]

    def ensure(self, name: str) -> int:
        """Return the id of the dataset with this name, made when it is new."""
        with self._database.write() as connection:
            connection.execute(
                "INSERT INTO dataset (ulid, name, created) VALUES (?, ?, ?) "
                "ON CONFLICT (name) DO NOTHING",
                (new_ulid(), name, codec.now()),
            )
            row = connection.execute("SELECT id FROM dataset WHERE name = ?", (name,))
            return int(row.fetchone()["id"])

    def add(self, dataset_id: int, examples: Iterable[NewExample]) -> tuple[int, ...]:
        """Add records as one undo step and return their ids."""
        # Outside the write lane: a generator may still be reading a file.
        rows = [_new_row(dataset_id, example) for example in examples]
        label = "add_example"
        if any(row["source"] not in _TYPED for row in rows):
            label = "import"
        with self._database.write() as connection:
            ids = tuple(_insert(connection, row) for row in rows)
            # The step makes them live, so that undo can take them back under their ids.
            before, after = {"state": _TAKEN_BACK}, {"state": _LIVE}
            undo.record(
                connection,
                label,
                (undo.Change("example", row_id, before, after) for row_id in ids),
            )
        return ids

    def get(self, example_id: int) -> Example:
        """Return one record; InputError ``example.missing`` when there is none."""
        found = self.page([example_id])
        if not found:
            raise _missing(example_id)
        return found[0]

    def ids(self, where: ExampleFilter) -> Sequence[int]:
        """Return the ordered ids of a list."""
        terms: list[tuple[str, object]] = [
            ("dataset_id = ?", where.dataset_id),
            ("state = ?", _BINNED if where.binned else _LIVE),
        ]
        if where.split is not None:
            terms.append(("split = ?", where.split))
        terms += contains("search", where.text)
        with self._database.read() as connection:
            return integers(
                connection,
                f"SELECT id FROM example "
                f"WHERE {' AND '.join(term for term, _ in terms)} "
                f"ORDER BY {_ORDERS[where.order]}",
                [value for _, value in terms],
            )

    def page(self, ids: Sequence[int]) -> Sequence[Example]:
        """Return these records in this order."""
        with self._database.read() as connection:
            rows = connection.execute(
                "SELECT * FROM example "
                "WHERE id IN (SELECT value FROM json_each(?)) AND state <> 2",
                (dump(list(ids)),),
            ).fetchall()
        found = {row["id"]: _example(row) for row in rows}
        return [found[example_id] for example_id in ids if example_id in found]

    def update(
        self, example_id: int, *, answer: str | None = None, group: str | None = None
    ) -> ChangeSet:
        """Change a record; undoable."""
        wanted: dict[str, object] = {}
        if answer is not None:
            wanted["answer"] = answer
        if group is not None:
            wanted["group_name"] = group.strip()
        with self._database.write() as connection:
            rows = _rows(connection, [example_id])
            if not rows:
                raise _missing(example_id)
            change = undo.difference("example", example_id, rows[0], wanted)
            return undo.record(connection, "edit_example", [change])

    def set_binned(self, ids: Sequence[int], *, binned: bool) -> ChangeSet:
        """Move records to the bin or back, as one undo step."""
        wanted = {"state": _BINNED if binned else _LIVE}
        label = "bin" if binned else "unbin"
        with self._database.write() as connection:
            rows = _rows(connection, ids)
            changes = (
                undo.difference("example", row["id"], row, wanted) for row in rows
            )
            return undo.record(connection, label, changes)

    def assign(self, dataset_id: int, splits: Mapping[int, Split]) -> ChangeSet:
        """Set the split of records as one undo step.

        Raises:
            InputError: ``split.leak`` or ``shot.test`` with ``count`` and some ``ids``.
        """
        with self._database.write() as connection:
            rows = [
                row
                for row in _rows(connection, list(splits))
                if row["dataset_id"] == dataset_id
            ]
            changes = [
                undo.difference(
                    "example", row["id"], row, {"split": splits[row["id"]].value}
                )
                for row in rows
            ]
            try:
                return undo.record(connection, "split", changes)
            except sqlite3.IntegrityError as error:
                if str(error) not in {"split.leak", "shot.test"}:
                    raise
                raise _refused(connection, str(error), dataset_id, splits) from error

    def used_as_shots(self, dataset_id: int) -> frozenset[int]:
        """Return the records whose input is an example in any prompt version."""
        with self._database.read() as connection:
            ids = integers(
                connection,
                "SELECT id FROM example WHERE dataset_id = ? AND state <> 2 "
                "AND input_key IN (SELECT input_key FROM prompt_version_shot)",
                (dataset_id,),
            )
        return frozenset(ids)

    def is_test_input(self, input_text: str) -> bool:
        """Tell whether a test record of any dataset has this input."""
        with self._database.read() as connection:
            row = connection.execute(
                "SELECT 1 FROM example "
                "WHERE input_key = ? AND state = 0 AND split = 'test' LIMIT 1",
                (codec.key_of_text(input_text),),
            ).fetchone()
        return row is not None

    def take_snapshot(self, dataset_id: int) -> Snapshot:
        """Freeze the dataset; the same content gives the existing snapshot back."""
        with self._database.write() as connection:
            return snapshots.take(connection, dataset_id)

    def snapshots(self, dataset_id: int | None = None) -> Sequence[Snapshot]:
        """Return snapshots, newest first."""
        with self._database.read() as connection:
            return snapshots.listed(connection, dataset_id)

    def snapshot(self, snapshot_id: int) -> Snapshot:
        """Return one snapshot."""
        with self._database.read() as connection:
            return snapshots.one(connection, snapshot_id)

    def snapshot_rows(
        self, snapshot_id: int, split: Split | None = None
    ) -> Sequence[SnapshotRow]:
        """Return the frozen records in order."""
        with self._database.read() as connection:
            return snapshots.rows(connection, snapshot_id, split)


def _missing(example_id: int) -> InputError:
    return InputError("example.missing", f"There is no record {example_id}.")


def _new_row(dataset_id: int, example: NewExample) -> dict[str, object]:
    return {
        "ulid": new_ulid(),
        "dataset_id": dataset_id,
        "variables": dump(example.variables),
        "input_text": shown_input(dict(example.variables)),
        "input_key": codec.input_key(example.variables),
        "answer": example.answer,
        "group_name": example.group.strip(),
        "source": example.source,
        "origin_trial_ulid": example.origin_trial_ulid,
        "created": codec.now(),
        "state": _TAKEN_BACK,
    }


def _insert(connection: sqlite3.Connection, row: Mapping[str, object]) -> int:
    names = ", ".join(row)
    values = ", ".join(f":{name}" for name in row)
    cursor = connection.execute(
        f"INSERT INTO example ({names}) VALUES ({values})", dict(row)
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def _rows(connection: sqlite3.Connection, ids: Sequence[int]) -> list[sqlite3.Row]:
    return connection.execute(
        "SELECT id, dataset_id, input_key, answer, group_name, split, state "
        "FROM example WHERE id IN (SELECT value FROM json_each(?)) AND state <> 2",
        (dump(list(ids)),),
    ).fetchall()


def _refused(
    connection: sqlite3.Connection,
    code: str,
    dataset_id: int,
    splits: Mapping[int, Split],
) -> InputError:
    """Say which records stand in the way of a split."""
    rows = connection.execute(
        "SELECT id, input_key, group_name, split, EXISTS ("
        "SELECT 1 FROM prompt_version_shot AS shot "
        "WHERE shot.input_key = example.input_key) AS shown "
        "FROM example WHERE dataset_id = ? AND state = 0",
        (dataset_id,),
    ).fetchall()
    if code == "shot.test":
        ids = {
            row["id"]
            for row in rows
            if row["shown"] and splits.get(row["id"], row["split"]) == Split.TEST
        }
        sentence = f"{len(ids)} test records are examples in a prompt."
    else:
        ids = _leaking(rows, splits)
        sentence = f"{len(ids)} records share an input or group across two parts."
    details = {"count": len(ids), "ids": tuple(sorted(ids)[:_DETAILS])}
    return InputError(code, sentence, details)


def _leaking(rows: Iterable[sqlite3.Row], splits: Mapping[int, Split]) -> set[int]:
    members: dict[tuple[str, str], set[int]] = collections.defaultdict(set)
    parts: dict[tuple[str, str], set[str]] = collections.defaultdict(set)
    for row in rows:
        part = str(splits.get(row["id"], row["split"]))
        for kind in ("input_key", "group_name"):
            if row[kind] and part:
                members[kind, row[kind]].add(row["id"])
                parts[kind, row[kind]].add(part)
    leaks = (members[key] for key, found in parts.items() if len(found) > 1)
    return set().union(*leaks)


def _example(row: sqlite3.Row) -> Example:
    return Example(
        id=row["id"],
        ulid=row["ulid"],
        dataset_id=row["dataset_id"],
        variables=codec.load_pairs(row["variables"]),
        input_text=row["input_text"],
        answer=row["answer"],
        group=row["group_name"],
        split=Split(row["split"]),
        source=row["source"],
        origin_trial_ulid=row["origin_trial_ulid"],
        created=row["created"],
        binned=row["state"] == _BINNED,
    )
