"""Comparisons and their cells: which trial is a candidate's answer to a record."""

import collections
import sqlite3
from collections.abc import Sequence

from workbench.domain.changes import ChangeSet, Kind
from workbench.domain.comparisons import (
    AdapterProof,
    Candidate,
    CandidateRole,
    CellAnswer,
    CompareRow,
    Comparison,
)
from workbench.domain.datasets import SnapshotRow
from workbench.domain.errors import InputError
from workbench.domain.ids import new_ulid
from workbench.domain.jobs import JobState
from workbench.domain.models import ModelRef
from workbench.storage import codec, snapshots
from workbench.storage.database import Database

# An answer counts when the model gave one; what failed may be asked again.
_COMPARISON = """
SELECT comparison.*,
    (SELECT count(*) FROM comparison_cell AS cell
     JOIN trial ON trial.id = cell.trial_id AND trial.status = 'succeeded'
     WHERE cell.comparison_id = comparison.id) AS cells,
    (SELECT count(*) FROM snapshot_row
     WHERE snapshot_row.snapshot_id = comparison.snapshot_id AND split = 'test')
        AS records
FROM comparison
"""
_ANSWERS = """
SELECT row.position, candidate.role, trial.id, trial.output, trial.status,
    coalesce(trial.input_tokens, 0) AS input_tokens,
    coalesce(trial.output_tokens, 0) AS output_tokens,
    coalesce(trial.seconds, 0.0) AS seconds,
    (SELECT json_group_array(json_array(metric, score)) FROM (
        SELECT metric, score FROM trial_score WHERE trial_id = trial.id ORDER BY metric
    )) AS scores
FROM comparison
JOIN comparison_cell AS cell ON cell.comparison_id = comparison.id
JOIN candidate ON candidate.id = cell.candidate_id
JOIN trial ON trial.id = cell.trial_id
JOIN snapshot_row AS row ON row.snapshot_id = comparison.snapshot_id
    AND row.example_id = cell.example_id
WHERE comparison.id = ?
ORDER BY row.position, candidate.position
"""


class SqliteComparisons:
    """Implements `ComparisonStore`."""

    def __init__(self, database: Database) -> None:
        """Work on this project."""
        self._database = database

    def add(
        self,
        *,
        name: str,
        snapshot_id: int,
        candidates: Sequence[tuple[CandidateRole, ModelRef, int]],
    ) -> Comparison:
        """Insert a comparison; each candidate is (role, model, prompt version id).

        Raises:
            InputError: ``comparison.leak`` when a candidate was made from test records.
        """
        with self._database.write() as connection:
            made = connection.execute(
                "INSERT INTO comparison (ulid, name, snapshot_id, created, state) "
                "VALUES (?, ?, ?, ?, 'queued') RETURNING id",
                (new_ulid(), name, snapshot_id, codec.now()),
            ).fetchone()["id"]
            connection.executemany(
                "INSERT INTO candidate "
                "(comparison_id, position, role, model, prompt_version_id) "
                "VALUES (?, ?, ?, ?, ?)",
                (
                    (made, position, role, codec.dump_value(model), version)
                    for position, (role, model, version) in enumerate(candidates)
                ),
            )
            return _one(connection, made)

    def get(self, comparison_id: int) -> Comparison:
        """Return one comparison."""
        with self._database.read() as connection:
            return _one(connection, comparison_id)

    def comparisons(self) -> Sequence[Comparison]:
        """Return all comparisons, newest first."""
        with self._database.read() as connection:
            rows = connection.execute(f"{_COMPARISON} ORDER BY id DESC").fetchall()
            return _comparisons(connection, rows)

    def set_state(self, comparison_id: int, state: JobState) -> ChangeSet:
        """Move a comparison to a state."""
        return self._set(comparison_id, "state", state)

    def set_proof(self, comparison_id: int, proof: AdapterProof) -> ChangeSet:
        """Keep the proof that the adapter is on and off where it is said to be."""
        return self._set(comparison_id, "proof", codec.dump_value(proof))

    def _set(self, comparison_id: int, column: str, value: str) -> ChangeSet:
        with self._database.write() as connection:
            connection.execute(
                f"UPDATE comparison SET {column} = ? WHERE id = ?",
                (value, comparison_id),
            )
        return ChangeSet.of(Kind.COMPARISON, comparison_id)

    def missing(self, comparison_id: int, candidate_id: int) -> Sequence[SnapshotRow]:
        """Return test records this candidate has no finished cell for, in order."""
        with self._database.read() as connection:
            rows = connection.execute(
                "SELECT row.* FROM comparison JOIN snapshot_row AS row "
                "ON row.snapshot_id = comparison.snapshot_id AND row.split = 'test' "
                "WHERE comparison.id = ? AND NOT EXISTS ("
                "SELECT 1 FROM comparison_cell AS cell "
                "JOIN trial ON trial.id = cell.trial_id "
                "WHERE cell.comparison_id = comparison.id AND cell.candidate_id = ? "
                "AND cell.example_id = row.example_id AND trial.status = 'succeeded'"
                ") ORDER BY row.position",
                (comparison_id, candidate_id),
            ).fetchall()
        return [snapshots.as_row(row) for row in rows]

    def set_cell(self, comparison_id: int, candidate_id: int, trial_id: int) -> None:
        """Connect a finished trial (its example_id names the record) with its cell.

        Raises:
            InputError: ``cell.unfinished``; ``cell.foreign`` for a record outside the
                test part; ``cell.taken`` when it has another answer already.
        """
        with self._database.write() as connection:
            trial = connection.execute(
                "SELECT example_id FROM trial WHERE id = ? AND status <> 'running'",
                (trial_id,),
            ).fetchone()
            if trial is None:
                raise InputError("cell.unfinished", "This trial has not ended.")
            connection.execute(
                "INSERT INTO comparison_cell VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE "
                "SET trial_id = excluded.trial_id WHERE trial_id <> excluded.trial_id",
                (comparison_id, candidate_id, trial["example_id"] or 0, trial_id),
            )

    def rows(self, comparison_id: int) -> Sequence[CompareRow]:
        """Return all test records with the answers there are, in snapshot order."""
        with self._database.read() as connection:
            tested = connection.execute(
                "SELECT row.* FROM comparison JOIN snapshot_row AS row "
                "ON row.snapshot_id = comparison.snapshot_id AND row.split = 'test' "
                "WHERE comparison.id = ? ORDER BY row.position",
                (comparison_id,),
            ).fetchall()
            cells = connection.execute(_ANSWERS, (comparison_id,)).fetchall()
        answers: dict[int, list[tuple[CandidateRole, CellAnswer]]]
        answers = collections.defaultdict(list)
        for cell in cells:
            role = CandidateRole(cell["role"])
            answers[cell["position"]].append((role, _answer(cell)))
        return [_row(row, tuple(answers[row["position"]])) for row in tested]

    def answers(self, comparison_id: int, role: CandidateRole) -> Sequence[CellAnswer]:
        """Return the answers of one candidate in snapshot order."""
        with self._database.read() as connection:
            cells = connection.execute(_ANSWERS, (comparison_id,)).fetchall()
        return [_answer(cell) for cell in cells if cell["role"] == role]


def _one(connection: sqlite3.Connection, comparison_id: int) -> Comparison:
    row = connection.execute(f"{_COMPARISON} WHERE id = ?", (comparison_id,)).fetchone()
    if row is None:
        raise InputError("comparison.missing", "There is no such comparison.")
    return _comparisons(connection, [row])[0]


def _comparisons(
    connection: sqlite3.Connection, rows: Sequence[sqlite3.Row]
) -> list[Comparison]:
    candidates: dict[int, list[Candidate]] = collections.defaultdict(list)
    for row in connection.execute("SELECT * FROM candidate ORDER BY position"):
        candidate = Candidate(
            id=row["id"],
            role=CandidateRole(row["role"]),
            model=codec.load_model(row["model"]),
            prompt_version_id=row["prompt_version_id"],
        )
        candidates[row["comparison_id"]].append(candidate)
    return [_comparison(row, tuple(candidates[row["id"]])) for row in rows]


def _comparison(row: sqlite3.Row, candidates: tuple[Candidate, ...]) -> Comparison:
    proof = row["proof"]
    return codec.build(
        Comparison,
        dict(row),
        state=JobState(row["state"]),
        candidates=candidates,
        total=row["records"] * len(candidates),
        proof=codec.build(AdapterProof, codec.load(proof)) if proof else None,
    )


def _answer(row: sqlite3.Row) -> CellAnswer:
    return CellAnswer(
        trial_id=row["id"],
        output=row["output"],
        failed=row["status"] != "succeeded",
        input_tokens=row["input_tokens"],
        output_tokens=row["output_tokens"],
        seconds=row["seconds"],
        scores=tuple((metric, score) for metric, score in codec.load(row["scores"])),
    )


def _row(
    row: sqlite3.Row, answers: tuple[tuple[CandidateRole, CellAnswer], ...]
) -> CompareRow:
    return CompareRow(
        position=row["position"],
        example_id=row["example_id"],
        input_text=row["input_text"],
        reference=row["answer"],
        group=row["group_name"],
        answers=answers,
    )
