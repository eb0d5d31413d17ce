"""Trials, append-only, and what the expert said about them."""

import sqlite3
import statistics
from collections.abc import Callable, Mapping, Sequence

from workbench.domain.changes import ChangeSet, Kind
from workbench.domain.errors import InputError
from workbench.domain.matrix import Pace
from workbench.domain.models import ModelRef
from workbench.domain.spending import Reservation
from workbench.domain.trials import (
    Annotation,
    NewTrial,
    Trial,
    TrialFilter,
    TrialOutcome,
    TrialStatus,
)
from workbench.storage import codec, spending, trial_rows, undo
from workbench.storage.codec import dump, integers
from workbench.storage.database import Database
from workbench.storage.search import contains

_TRIAL = """
SELECT trial.*, rating, correction, note, tags, binned, number
FROM trial
JOIN annotation ON annotation.trial_id = trial.id
JOIN prompt_version ON prompt_version.id = trial.prompt_version_id
"""
_PACE_OF = 50
_ORDERS = {
    "newest": "trial_id DESC",
    "oldest": "trial_id",
    "input": "input_head, trial_id",
    "output_tokens": "output_tokens DESC, trial_id DESC",
}


class SqliteTrials:
    """Implements `TrialStore`."""

    def __init__(self, database: Database) -> None:
        """Work on this project."""
        self._database = database

    def start(self, trial: NewTrial, reservation: Reservation | None = None) -> int:
        """Insert a trial as RUNNING and return its id (record before acting)."""
        return self.start_many([(trial, reservation)])[0]

    def start_many(
        self, trials: Sequence[tuple[NewTrial, Reservation | None]]
    ) -> Sequence[int]:
        """Insert several trials, all or none, with what is reserved for them."""
        # Durable: the calls that follow may cost money, so a power cut must not leave
        # one without a record. One fsync is nothing beside a model's answer.
        with self._database.write(durable=True) as connection:
            return [_start(connection, *each) for each in trials]

    def finish(self, trial_id: int, outcome: TrialOutcome) -> ChangeSet:
        """Complete a trial exactly once, and settle what was reserved for it."""
        if outcome.status is TrialStatus.RUNNING:
            raise ValueError("an outcome is never RUNNING")
        columns = trial_rows.of_outcome(outcome)
        with self._database.write() as connection:
            # The trigger refuses a trial that has ended.
            done = connection.execute(
                f"UPDATE trial SET {', '.join(f'{name} = ?' for name in columns)}"
                " WHERE id = ?",
                (*columns.values(), trial_id),
            )
            if done.rowcount == 0:
                raise _missing(trial_id)
            spending.settle(connection, trial_id, outcome)
        return ChangeSet.of(Kind.TRIAL, trial_id)

    def interrupt_running(self) -> ChangeSet:
        """Mark trials left RUNNING by a process that died as INTERRUPTED."""
        with self._database.write() as connection:
            ids = integers(connection, "SELECT id FROM trial WHERE status = 'running'")
            spending.settle_interrupted(connection)
            connection.execute(
                "UPDATE trial SET status = 'interrupted' WHERE status = 'running'"
            )
            connection.execute(
                "UPDATE matrix SET state = 'lost' "
                "WHERE state IN ('queued', 'running', 'cancelling')"
            )
        return ChangeSet.of(Kind.TRIAL, *ids) if ids else ChangeSet()

    def answered(self, hashes: Sequence[str]) -> Mapping[str, int]:
        """Return, by identity of the call, the newest trial that answered it."""
        with self._database.read() as connection:
            rows = connection.execute(
                "SELECT call_hash, max(trial.id) AS id FROM trial "
                "JOIN annotation ON trial_id = trial.id "
                "WHERE call_hash IN (SELECT value FROM json_each(?)) "
                "AND call_hash <> '' AND status = 'succeeded' AND NOT binned "
                "GROUP BY call_hash",
                (dump(list(set(hashes))),),
            ).fetchall()
        return {row["call_hash"]: row["id"] for row in rows}

    def pace(self, model: ModelRef) -> Pace:
        """Return how a model answered in its latest trials."""
        with self._database.read() as connection:
            rows = connection.execute(
                "SELECT seconds, output_tokens FROM trial WHERE model_key = ? "
                "AND model_key <> '' AND status = 'succeeded' "
                f"ORDER BY id DESC LIMIT {_PACE_OF}",
                (model.key,),
            ).fetchall()
        seconds = [row["seconds"] for row in rows if row["seconds"] is not None]
        tokens = [row["output_tokens"] for row in rows if row["output_tokens"]]
        return Pace(
            len(rows),
            statistics.median(seconds) if seconds else None,
            round(statistics.median(tokens)) if tokens else None,
        )

    def get(self, trial_id: int) -> Trial:
        """Return one trial; InputError ``trial.missing`` when there is none."""
        found = self.page([trial_id])
        if not found:
            raise _missing(trial_id)
        return found[0]

    def ids(self, where: TrialFilter) -> Sequence[int]:
        """Return the ordered ids of a list, by one indexed query."""
        conditions, values = _conditions(where)
        with self._database.read() as connection:
            return integers(
                connection,
                "SELECT trial_id AS id FROM trial_list "
                f"WHERE {' AND '.join(conditions)} ORDER BY {_ORDERS[where.order]}",
                values,
            )

    def page(self, ids: Sequence[int]) -> Sequence[Trial]:
        """Return these trials in this order; ids that are gone are left out."""
        with self._database.read() as connection:
            rows = connection.execute(
                f"{_TRIAL} WHERE trial.id IN (SELECT value FROM json_each(?))",
                (dump(list(ids)),),
            ).fetchall()
            found = {row["id"]: trial_rows.trial(connection, row) for row in rows}
        return [found[trial_id] for trial_id in ids if trial_id in found]

    def earlier(self, input_text: str, limit: int = 50) -> Sequence[Trial]:
        """Return lab trials with this very input, newest first."""
        with self._database.read() as connection:
            rows = connection.execute(
                f"{_TRIAL} WHERE input_hash = ? AND input_text = ? AND purpose = 'lab' "
                "AND NOT binned ORDER BY trial.id DESC LIMIT ?",
                (codec.text_hash(input_text), input_text, limit),
            ).fetchall()
            return [trial_rows.trial(connection, row) for row in rows]

    def annotate(
        self, ids: Sequence[int], annotation: Mapping[str, object], label: str
    ) -> ChangeSet:
        """Set the given annotation fields on all these trials as one undo step."""
        wanted = _annotation_columns(annotation)
        return self._change(ids, label, lambda _row: wanted)

    def set_tag(self, ids: Sequence[int], tag: str, *, on: bool) -> ChangeSet:
        """Put a tag on trials or take it off, as one undo step (label ``tag``)."""

        def wanted(row: sqlite3.Row) -> Mapping[str, object]:
            tags = codec.load(row["tags"])
            if on and tag not in tags:
                return {"tags": dump([*tags, tag])}
            return {"tags": dump([kept for kept in tags if on or kept != tag])}

        return self._change(ids, "tag", wanted)

    def set_binned(self, ids: Sequence[int], *, binned: bool) -> ChangeSet:
        """Move trials to the bin or back, as one undo step."""
        wanted = {"binned": int(binned)}
        return self._change(ids, "bin" if binned else "unbin", lambda _row: wanted)

    def _change(
        self,
        ids: Sequence[int],
        label: str,
        wanted: Callable[[sqlite3.Row], Mapping[str, object]],
    ) -> ChangeSet:
        with self._database.write() as connection:
            rows = connection.execute(
                "SELECT * FROM annotation "
                "WHERE trial_id IN (SELECT value FROM json_each(?))",
                (dump(list(ids)),),
            ).fetchall()
            changes = (
                undo.difference("annotation", row["trial_id"], row, wanted(row))
                for row in rows
            )
            return undo.record(connection, label, changes)

    def tags(self) -> Sequence[str]:
        """Return the tags in use, most recent first."""
        with self._database.read() as connection:
            rows = connection.execute(
                "SELECT tag FROM trial_tag GROUP BY tag ORDER BY max(id) DESC"
            ).fetchall()
        return [row["tag"] for row in rows]

    def waiting_count(self) -> int:
        """Return how many trials wait for review."""
        with self._database.read() as connection:
            row = connection.execute(
                "SELECT count(*) FROM trial_list WHERE waiting"
            ).fetchone()
        return int(row[0])

    def save_scores(self, scores: Mapping[int, Mapping[str, float]]) -> None:
        """Keep scores of trials by the metric's full name; repeating is harmless."""
        rows = (
            (trial_id, metric, score)
            for trial_id, by_metric in scores.items()
            for metric, score in by_metric.items()
        )
        with self._database.write() as connection:
            connection.executemany(
                "INSERT INTO trial_score VALUES (?, ?, ?) "
                "ON CONFLICT DO UPDATE SET score = excluded.score",
                rows,
            )


def _missing(trial_id: int) -> InputError:
    return InputError("trial.missing", f"There is no trial {trial_id}.")


def _conditions(where: TrialFilter) -> tuple[list[str], list[object]]:
    """Return the WHERE terms of a list with their values."""
    # What waits is a short index of its own; the plus keeps SQLite from the others.
    plus = "+" if where.waiting else ""
    terms: list[tuple[str, object]] = [(f"{plus}binned = ?", int(where.binned))]
    if where.purpose is not None:
        terms.append((f"{plus}purpose = ?", where.purpose))
    if where.rating is not None:
        terms.append(("rating = ?", int(where.rating)))
    if where.corrected is not None:
        terms.append(("corrected = ?", int(where.corrected)))
    if where.tag:
        by_tag = "trial_id IN (SELECT trial_id FROM trial_tag WHERE tag = ?)"
        terms.append((by_tag, where.tag))
    terms += contains("search", where.text)
    conditions = [term for term, _ in terms] + ["waiting"] * where.waiting
    return conditions, [value for _, value in terms]


def _annotation_columns(annotation: Mapping[str, object]) -> dict[str, object]:
    """Return the columns of the fields that are set; an unknown field is a bug."""
    fields = Annotation(**dict(annotation))  # type: ignore[arg-type]
    columns = {
        "rating": int(fields.rating),
        "correction": fields.correction,
        "note": fields.note,
        "tags": dump(fields.tags),
    }
    return {name: columns[name] for name in annotation}


def _start(
    connection: sqlite3.Connection, trial: NewTrial, reservation: Reservation | None
) -> int:
    columns = trial_rows.of_new(connection, trial)
    row = connection.execute(
        f"INSERT INTO trial ({', '.join(columns)}) "
        f"VALUES ({', '.join('?' for _ in columns)}) RETURNING id",
        tuple(columns.values()),
    ).fetchone()
    trial_id = int(row["id"])
    if trial.origin.matrix_id is not None:
        connection.execute(
            "INSERT INTO matrix_trial VALUES (?, ?, ?)",
            (trial.origin.matrix_id, trial.origin.cell, trial_id),
        )
    if reservation is not None:
        spending.reserve(connection, trial_id, trial.origin, reservation)
    return trial_id
