"""Matrices: planned whole, written once, and the trials that fill their cells."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence

from workbench.domain.changes import ChangeSet, Kind
from workbench.domain.errors import InputError
from workbench.domain.ids import new_ulid
from workbench.domain.jobs import JobState
from workbench.domain.matrices import CellView, Matrix, NewMatrix, cell_state
from workbench.domain.matrix import Cell, MatrixInput
from workbench.domain.trials import TrialStatus
from workbench.storage import codec
from workbench.storage.codec import dump, dump_value
from workbench.storage.database import Database

# The newest trial of a cell is the one that counts: a cell with an answer gets no more.
_CELLS = """
SELECT cell.position, cell.version, cell.input, cell.model, cell.repeat_number,
    newest.id AS trial_id, newest.status, newest.error_code, newest.attempts,
    newest.matrix_id IS NOT cell.matrix_id OR newest.cell IS NOT cell.position
        AS reused,
    tries
FROM matrix_cell AS cell
LEFT JOIN (
    SELECT position, max(trial_id) AS trial_id, count(*) AS tries
    FROM matrix_trial WHERE matrix_id = :matrix GROUP BY position
) AS made ON made.position = cell.position
LEFT JOIN trial AS newest ON newest.id = made.trial_id
WHERE cell.matrix_id = :matrix ORDER BY cell.position
"""


class SqliteMatrices:
    """Implements `MatrixStore`."""

    def __init__(self, database: Database) -> None:
        """Work on this project."""
        self._database = database

    def add(self, matrix: NewMatrix) -> int:
        """Keep a whole plan as RUNNING, with the earlier answers it takes over.

        Raises:
            InputError: ``shot.own`` when a prompt gives its own input's answer away.
        """
        # Durable: the calls that follow cost money and name it.
        with self._database.write(durable=True) as connection:
            made = int(
                connection.execute(
                    "INSERT INTO matrix (ulid, name, created, repeats, ask_again, cap,"
                    " state) VALUES (?, ?, ?, ?, ?, ?, 'queued') RETURNING id",
                    (
                        new_ulid(),
                        matrix.name,
                        codec.now(),
                        matrix.repeats,
                        int(matrix.ask_again),
                        codec.dump_decimal(matrix.cap),
                    ),
                ).fetchone()["id"]
            )
            _insert_axes(connection, made, matrix)
            _insert_cells(connection, made, matrix)
            _link(
                connection,
                made,
                (
                    (cell.planned.cell.position, cell.planned.answered_by)
                    for cell in matrix.cells
                    if cell.planned.answered_by is not None
                ),
            )
            # From here on the triggers take no further cell.
            connection.execute(
                "UPDATE matrix SET state = 'running' WHERE id = ?", (made,)
            )
            return made

    def get(self, matrix_id: int) -> Matrix:
        """Return one matrix; InputError ``matrix.missing`` when there is none."""
        with self._database.read() as connection:
            row = connection.execute(
                "SELECT * FROM matrix WHERE id = ?", (matrix_id,)
            ).fetchone()
            if row is None:
                raise InputError("matrix.missing", f"There is no matrix {matrix_id}.")
            return _matrix(connection, row)

    def matrices(self) -> Sequence[Matrix]:
        """Return all matrices, newest first."""
        with self._database.read() as connection:
            rows = connection.execute("SELECT * FROM matrix ORDER BY id DESC")
            return [_matrix(connection, row) for row in rows.fetchall()]

    def cells(self, matrix_id: int) -> Sequence[CellView]:
        """Return all cells in order, as they stand."""
        with self._database.read() as connection:
            rows = connection.execute(_CELLS, {"matrix": matrix_id})
            return [_cell(row) for row in rows]

    def sent(self, matrix_id: int) -> Sequence[tuple[int, str]]:
        """Return, in order of the cells, version sent and identity of the call."""
        with self._database.read() as connection:
            rows = connection.execute(
                "SELECT prompt_version_id, call_hash FROM matrix_cell "
                "WHERE matrix_id = ? ORDER BY position",
                (matrix_id,),
            )
            return [(row["prompt_version_id"], row["call_hash"]) for row in rows]

    def link(self, matrix_id: int, trials: Mapping[int, int]) -> None:
        """Answer cells, by position, with trials made for the same call.

        Raises:
            InputError: ``matrix.taken``, or ``matrix.foreign`` for another call.
        """
        with self._database.write() as connection:
            _link(connection, matrix_id, trials.items())

    def set_state(self, matrix_id: int, state: JobState) -> ChangeSet:
        """Move a matrix to a state."""
        with self._database.write() as connection:
            connection.execute(
                "UPDATE matrix SET state = ? WHERE id = ?", (state, matrix_id)
            )
        return ChangeSet.of(Kind.MATRIX, matrix_id)


def _insert_axes(connection: sqlite3.Connection, made: int, matrix: NewMatrix) -> None:
    connection.executemany(
        "INSERT INTO matrix_version VALUES (?, ?, ?)",
        ((made, index, version) for index, version in enumerate(matrix.version_ids)),
    )
    connection.executemany(
        "INSERT INTO matrix_input VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            (
                made,
                index,
                dump(item.variables),
                codec.own_key(item.variables),
                item.expected,
                item.example_id,
                item.example_ulid,
            )
            for index, item in enumerate(matrix.inputs)
        ),
    )
    connection.executemany(
        "INSERT INTO matrix_model VALUES (?, ?, ?)",
        ((made, index, dump_value(model)) for index, model in enumerate(matrix.models)),
    )


def _insert_cells(connection: sqlite3.Connection, made: int, matrix: NewMatrix) -> None:
    def rows() -> Iterator[tuple[object, ...]]:
        for new in matrix.cells:
            cell = new.planned.cell
            yield (
                made,
                cell.position,
                cell.version,
                cell.input,
                cell.model,
                cell.repeat,
                new.version_id,
                new.planned.call_hash,
            )

    connection.executemany(
        "INSERT INTO matrix_cell VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows()
    )


def _link(
    connection: sqlite3.Connection,
    matrix_id: int,
    trials: Iterable[tuple[int, int | None]],
) -> None:
    connection.executemany(
        "INSERT INTO matrix_trial VALUES (?, ?, ?)",
        ((matrix_id, position, trial_id) for position, trial_id in trials),
    )


def _matrix(connection: sqlite3.Connection, row: sqlite3.Row) -> Matrix:
    def axis(table: str) -> list[sqlite3.Row]:
        return connection.execute(
            f"SELECT * FROM {table} WHERE matrix_id = ? ORDER BY position",
            (row["id"],),
        ).fetchall()

    return Matrix(
        id=row["id"],
        ulid=row["ulid"],
        name=row["name"],
        created=row["created"],
        repeats=row["repeats"],
        ask_again=bool(row["ask_again"]),
        cap=codec.load_decimal(row["cap"]),
        state=JobState(row["state"]),
        version_ids=tuple(r["prompt_version_id"] for r in axis("matrix_version")),
        inputs=tuple(
            MatrixInput(
                codec.load_pairs(item["variables"]),
                item["expected"],
                item["example_id"],
                item["example_ulid"],
            )
            for item in axis("matrix_input")
        ),
        models=tuple(codec.load_model(r["model"]) for r in axis("matrix_model")),
    )


def _cell(row: sqlite3.Row) -> CellView:
    cell = Cell(
        row["position"],
        row["version"],
        row["input"],
        row["model"],
        row["repeat_number"],
    )
    if row["trial_id"] is None:
        return CellView(cell, cell_state(None))
    return CellView(
        cell,
        cell_state(TrialStatus(row["status"])),
        trial_id=row["trial_id"],
        tries=row["tries"],
        reused=bool(row["reused"]),
        error_code=row["error_code"],
        attempts=row["attempts"],
    )
