"""Jobs that outlive the window."""

from collections.abc import Sequence

from workbench.domain.jobs import JobKind, JobSnapshot, JobState
from workbench.storage import codec
from workbench.storage.database import Database

# LOST has not ended: the outside is asked what became of it.
_ENDED = tuple(state.value for state in JobState if state.is_final)


class SqliteJobs:
    """Implements `JobStore`."""

    def __init__(self, database: Database) -> None:
        """Work on this project."""
        self._database = database

    def save(self, job: JobSnapshot) -> None:
        """Insert or update a job by its ULID."""
        with self._database.write() as connection:
            connection.execute(
                "INSERT INTO job (ulid, created, state, snapshot) VALUES (?, ?, ?, ?) "
                "ON CONFLICT (ulid) DO UPDATE "
                "SET state = excluded.state, snapshot = excluded.snapshot",
                (job.ulid, codec.now(), job.state, codec.dump_value(job)),
            )

    def unfinished(self) -> Sequence[JobSnapshot]:
        """Return jobs that had not ended when the project was closed."""
        with self._database.read() as connection:
            rows = connection.execute(
                "SELECT snapshot FROM job "
                "WHERE state NOT IN (SELECT value FROM json_each(?)) ORDER BY id",
                (codec.dump(_ENDED),),
            ).fetchall()
        return [_job(row["snapshot"]) for row in rows]


def _job(text: str) -> JobSnapshot:
    fields = codec.load(text)
    kind, state = JobKind(fields["kind"]), JobState(fields["state"])
    return codec.build(JobSnapshot, fields, kind=kind, state=state)
