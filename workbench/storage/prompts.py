"""Drafts and immutable versions of the prompt."""

import sqlite3
from collections.abc import Mapping, Sequence

from workbench.domain.changes import ChangeSet, Kind
from workbench.domain.errors import InputError
from workbench.domain.ids import new_ulid
from workbench.domain.prompts import PromptSpec
from workbench.domain.trials import PromptVersion
from workbench.storage import undo
from workbench.storage.codec import (
    dump,
    dump_value,
    input_key,
    load,
    load_spec,
    now,
)
from workbench.storage.database import Database

_VERSION = "SELECT id, ulid, number, created, content_hash FROM prompt_version"


class SqlitePrompts:
    """Implements `PromptStore`."""

    def __init__(self, database: Database) -> None:
        """Work on this project."""
        self._database = database

    def draft(self) -> PromptSpec:
        """Return the prompt that is being edited."""
        with self._database.read() as connection:
            return load_spec(_draft(connection)["spec"])

    def draft_variables(self) -> dict[str, str]:
        """Return the values that stand beside the draft."""
        with self._database.read() as connection:
            return dict(load(_draft(connection)["variables"]))

    def save_draft(
        self, spec: PromptSpec, variables: Mapping[str, str], *, undoable: bool = True
    ) -> ChangeSet:
        """Keep the draft; edits within a second of each other are one undo step."""
        # Lists of two: in an object, sorting would lose the person's order.
        wanted = {
            "spec": dump_value(spec),
            "variables": dump(list(map(list, variables.items()))),
        }
        with self._database.write() as connection:
            change = undo.difference("draft", 1, _draft(connection), wanted)
            if undoable:
                return undo.record(connection, "edit_prompt", [change], coalesce=True)
            if change is None:
                return ChangeSet()
            undo.apply(connection, [change])
            return ChangeSet.of(Kind.DRAFT, 1)

    def ensure_version(self, spec: PromptSpec) -> PromptVersion:
        """Return the version with this content, made when it is new.

        Raises:
            InputError: ``shot.test`` when a shot is a test record, with their ``ids``.
        """
        with self._database.write() as connection:
            found = _by_hash(connection, spec)
            if found is not None:
                return found
            try:
                _insert(connection, spec)
            except sqlite3.IntegrityError as error:
                if str(error) != "shot.test":
                    raise
                raise _tested(connection, spec) from error
            made = _by_hash(connection, spec)
            assert made is not None
            return made

    def version(self, version_id: int) -> PromptSpec:
        """Return the content of a version."""
        with self._database.read() as connection:
            row = connection.execute(
                "SELECT spec FROM prompt_version WHERE id = ?", (version_id,)
            ).fetchone()
        if row is None:
            raise InputError("version.missing", "There is no such prompt version.")
        return load_spec(row["spec"])

    def versions(self) -> Sequence[PromptVersion]:
        """Return all versions, newest first."""
        with self._database.read() as connection:
            rows = connection.execute(f"{_VERSION} ORDER BY number DESC").fetchall()
        return [PromptVersion(**dict(row)) for row in rows]


def _draft(connection: sqlite3.Connection) -> sqlite3.Row:
    row: sqlite3.Row = connection.execute("SELECT * FROM draft").fetchone()
    return row


def _by_hash(connection: sqlite3.Connection, spec: PromptSpec) -> PromptVersion | None:
    row = connection.execute(
        f"{_VERSION} WHERE content_hash = ?", (spec.content_hash,)
    ).fetchone()
    return None if row is None else PromptVersion(**dict(row))


def _insert(connection: sqlite3.Connection, spec: PromptSpec) -> None:
    version = connection.execute(
        "INSERT INTO prompt_version (ulid, number, created, content_hash, spec) "
        "SELECT ?, coalesce(max(number), 0) + 1, ?, ?, ? FROM prompt_version",
        (new_ulid(), now(), spec.content_hash, dump_value(spec)),
    ).lastrowid
    # Examples that are switched off are not sent, so they bind nothing.
    connection.executemany(
        "INSERT INTO prompt_version_shot VALUES "
        "(?, ?, ?, (SELECT id FROM example WHERE ulid = ?))",
        (
            (version, position, input_key(shot.variables), shot.example_ulid)
            for position, shot in enumerate(spec.active_shots)
        ),
    )


def _tested(connection: sqlite3.Connection, spec: PromptSpec) -> InputError:
    """Name the test records among the examples of a prompt."""
    shots = spec.active_shots
    rows = connection.execute(
        "SELECT id FROM example WHERE state = 0 AND split = 'test' AND ("
        "input_key IN (SELECT value FROM json_each(?)) "
        "OR ulid IN (SELECT value FROM json_each(?)))",
        (
            dump([input_key(shot.variables) for shot in shots]),
            dump([shot.example_ulid for shot in shots]),
        ),
    ).fetchall()
    return InputError(
        "shot.test",
        "A record that is set aside for the test cannot be a prompt example.",
        {"count": len(rows), "ids": tuple(row["id"] for row in rows)},
    )
