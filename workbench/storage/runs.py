"""Fine-tuning runs and the adapters they left behind."""

import sqlite3
from collections.abc import Mapping, Sequence

from workbench.domain.changes import ChangeSet, Kind
from workbench.domain.errors import InputError
from workbench.domain.ids import new_ulid
from workbench.domain.jobs import JobState
from workbench.domain.models import ModelRef
from workbench.domain.tuning import Adapter, Artefact, Run, TrainingSettings
from workbench.storage import codec
from workbench.storage.codec import dump, dump_value
from workbench.storage.database import Database

_RUN = """
SELECT run.*, coalesce(adapter.ulid, '') AS adapter_ulid
FROM run LEFT JOIN adapter ON adapter.run_id = run.id
"""
_ADAPTER = """
SELECT adapter.*, run.ulid AS run_ulid FROM adapter JOIN run ON run.id = adapter.run_id
"""


class SqliteRuns:
    """Implements `RunStore`."""

    def __init__(self, database: Database) -> None:
        """Work on this project."""
        self._database = database

    def add(
        self,
        *,
        ulid: str,
        name: str,
        snapshot_id: int,
        prompt_version_id: int,
        base: ModelRef,
        settings: TrainingSettings,
        directory: str,
    ) -> int:
        """Insert a run as QUEUED before anything is started."""
        # Durable: a run that is started must be found again, even after a power cut.
        with self._database.write(durable=True) as connection:
            row = connection.execute(
                "INSERT INTO run (ulid, name, snapshot_id, prompt_version_id, base,"
                " settings, state, directory, created) "
                "VALUES (?, ?, ?, ?, ?, ?, 'queued', ?, ?) RETURNING id",
                (
                    ulid,
                    name,
                    snapshot_id,
                    prompt_version_id,
                    dump_value(base),
                    dump_value(settings),
                    directory,
                    codec.now(),
                ),
            ).fetchone()
            return int(row["id"])

    def set_state(
        self,
        run_id: int,
        state: JobState,
        *,
        artefact: Artefact | None = None,
        error_code: str = "",
        error_text: str = "",
        result: Mapping[str, str] | None = None,
    ) -> ChangeSet:
        """Move a run to a state; a final state is never left (silently kept)."""
        with self._database.write() as connection:
            row = connection.execute(
                "SELECT state FROM run WHERE id = ?", (run_id,)
            ).fetchone()
            if row is None:
                raise _missing_run(run_id)
            if JobState(row["state"]).is_final:
                return ChangeSet()
            connection.execute(
                "UPDATE run SET state = ?, artefact = coalesce(?, artefact), ended = ?,"
                " error_code = ?, error_text = ?, result = coalesce(?, result) "
                "WHERE id = ?",
                (
                    state,
                    artefact,
                    codec.now() if state.is_final else "",
                    error_code,
                    error_text,
                    None if result is None else dump(dict(result)),
                    run_id,
                ),
            )
        return ChangeSet.of(Kind.RUN, run_id)

    def get(self, run_id: int) -> Run:
        """Return one run."""
        with self._database.read() as connection:
            row = connection.execute(f"{_RUN} WHERE run.id = ?", (run_id,)).fetchone()
        if row is None:
            raise _missing_run(run_id)
        return _run(row)

    def runs(self) -> Sequence[Run]:
        """Return all runs, newest first."""
        with self._database.read() as connection:
            rows = connection.execute(f"{_RUN} ORDER BY run.id DESC").fetchall()
        return [_run(row) for row in rows]

    def add_adapter(
        self, *, name: str, run_id: int, base: ModelRef, path: str, sha256: str
    ) -> Adapter:
        """Register an adapter; the same run gives its adapter back."""
        with self._database.write() as connection:
            connection.execute(
                "INSERT INTO adapter (ulid, name, run_id, base, path, sha256, created) "
                "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (run_id) DO NOTHING",
                (new_ulid(), name, run_id, dump_value(base), path, sha256, codec.now()),
            )
            row = connection.execute(
                f"{_ADAPTER} WHERE run_id = ?", (run_id,)
            ).fetchone()
            return _adapter(row)

    def adapters(self) -> Sequence[Adapter]:
        """Return all adapters, newest first."""
        with self._database.read() as connection:
            rows = connection.execute(f"{_ADAPTER} ORDER BY adapter.id DESC").fetchall()
        return [_adapter(row) for row in rows]

    def adapter(self, ulid: str) -> Adapter:
        """Return one adapter; InputError ``adapter.missing`` when there is none."""
        with self._database.read() as connection:
            row = connection.execute(
                f"{_ADAPTER} WHERE adapter.ulid = ?", (ulid,)
            ).fetchone()
        if row is None:
            raise InputError("adapter.missing", "The project has no such adapter.")
        return _adapter(row)


def _missing_run(run_id: int) -> InputError:
    return InputError("run.missing", f"There is no run {run_id}.")


def _run(row: sqlite3.Row) -> Run:
    return codec.build(
        Run,
        dict(row),
        base=codec.load_model(row["base"]),
        settings=codec.build(TrainingSettings, codec.load(row["settings"])),
        state=JobState(row["state"]),
        artefact=Artefact(row["artefact"]),
        result=tuple(codec.load(row["result"]).items()),
    )


def _adapter(row: sqlite3.Row) -> Adapter:
    return codec.build(Adapter, dict(row), base=codec.load_model(row["base"]))
