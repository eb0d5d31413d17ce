"""Frozen dataset versions: what was trained on and tested with, word for word.

The SHA-256 is over the canonical JSONL: one record a line in order of id, keys sorted,
UTF-8, no spaces. Records in the bin are left out.
"""

import collections
import hashlib
import sqlite3
from collections.abc import Sequence

from workbench.domain.datasets import Snapshot, SnapshotRow, Split, SplitCounts
from workbench.domain.errors import InputError
from workbench.domain.ids import new_ulid
from workbench.storage import codec

_SNAPSHOT = """
SELECT snapshot.*, dataset.name AS dataset_name
FROM snapshot JOIN dataset ON dataset.id = snapshot.dataset_id
"""


def take(connection: sqlite3.Connection, dataset_id: int) -> Snapshot:
    """Freeze a dataset; the same content gives the existing snapshot back."""
    live = connection.execute(
        "SELECT * FROM example WHERE dataset_id = ? AND state = 0 ORDER BY id",
        (dataset_id,),
    ).fetchall()
    if not live:
        raise InputError("snapshot.empty", "There are no records to freeze.")
    digest = hashlib.sha256("".join(map(_line, live)).encode()).hexdigest()
    found = connection.execute(
        "SELECT id FROM snapshot WHERE dataset_id = ? AND sha256 = ?",
        (dataset_id, digest),
    ).fetchone()
    return one(connection, found["id"] if found else _freeze(connection, live, digest))


def _line(row: sqlite3.Row) -> str:
    """Return one record as a line of the canonical JSONL."""
    record = {
        "answer": row["answer"],
        "group": row["group_name"],
        "id": row["ulid"],
        "split": row["split"],
        "variables": dict(codec.load_pairs(row["variables"])),
    }
    return codec.dump(record) + "\n"


def _freeze(
    connection: sqlite3.Connection, live: Sequence[sqlite3.Row], digest: str
) -> int:
    dataset_id = live[0]["dataset_id"]
    made = connection.execute(
        "INSERT INTO snapshot (ulid, dataset_id, number, created, sha256, records) "
        "SELECT ?, ?, coalesce(max(number), 0) + 1, ?, ?, ? FROM snapshot "
        "WHERE dataset_id = ?",
        (new_ulid(), dataset_id, codec.now(), digest, len(live), dataset_id),
    ).lastrowid
    assert made is not None
    connection.execute(
        "INSERT INTO snapshot_row SELECT ?, row_number() OVER (ORDER BY id) - 1, id,"
        " ulid, split, variables, input_text, input_key, answer, group_name "
        "FROM example WHERE dataset_id = ? AND state = 0 ORDER BY id",
        (made, dataset_id),
    )
    return made


def one(connection: sqlite3.Connection, snapshot_id: int) -> Snapshot:
    """Return one snapshot; InputError ``snapshot.missing`` when there is none."""
    row = connection.execute(
        f"{_SNAPSHOT} WHERE snapshot.id = ?", (snapshot_id,)
    ).fetchone()
    if row is None:
        raise InputError("snapshot.missing", f"There is no snapshot {snapshot_id}.")
    return _snapshots(connection, [row])[0]


def listed(connection: sqlite3.Connection, dataset_id: int | None) -> list[Snapshot]:
    """Return the snapshots of one dataset, or of all, newest first."""
    rows = connection.execute(
        f"{_SNAPSHOT} WHERE ? IS NULL OR dataset_id = ? ORDER BY snapshot.id DESC",
        (dataset_id, dataset_id),
    ).fetchall()
    return _snapshots(connection, rows)


def rows(
    connection: sqlite3.Connection, snapshot_id: int, split: Split | None
) -> list[SnapshotRow]:
    """Return the frozen records of a snapshot, or of one of its parts, in order."""
    found = connection.execute(
        "SELECT * FROM snapshot_row WHERE snapshot_id = ? AND (? IS NULL OR split = ?) "
        "ORDER BY position",
        (snapshot_id, split, split),
    ).fetchall()
    return [as_row(row) for row in found]


def as_row(row: sqlite3.Row) -> SnapshotRow:
    """Return a frozen record."""
    return SnapshotRow(
        position=row["position"],
        example_id=row["example_id"],
        example_ulid=row["example_ulid"],
        split=Split(row["split"]),
        variables=codec.load_pairs(row["variables"]),
        answer=row["answer"],
        group=row["group_name"],
    )


def _snapshots(
    connection: sqlite3.Connection, rows: Sequence[sqlite3.Row]
) -> list[Snapshot]:
    counted = connection.execute(
        "SELECT snapshot_id, split, count(*) FROM snapshot_row "
        "WHERE snapshot_id IN (SELECT value FROM json_each(?)) "
        "GROUP BY snapshot_id, split",
        (codec.dump([row["id"] for row in rows]),),
    ).fetchall()
    counts: dict[int, dict[str, int]] = collections.defaultdict(dict)
    for snapshot_id, split, number in counted:
        counts[snapshot_id][split or "none"] = number
    return [
        codec.build(Snapshot, dict(row), counts=SplitCounts(**counts[row["id"]]))
        for row in rows
    ]
