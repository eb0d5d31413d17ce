"""Drafts and immutable versions of the prompt."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from workbench.domain.chains import check_chain, steps_of
from workbench.domain.changes import ChangeSet, Kind
from workbench.domain.datasets import normalised_input
from workbench.domain.errors import InputError
from workbench.domain.ids import new_ulid
from workbench.domain.prompts import PromptSpec, answered
from workbench.domain.trials import PromptVersion, TrialStatus, VersionAnswer
from workbench.storage import undo
from workbench.storage.codec import dump, key_of_text, load, now
from workbench.storage.database import Database
from workbench.storage.file_texts import dump_spec, load_spec

_VERSION = (
    "SELECT id, ulid, number, created, content_hash, name, note FROM prompt_version "
    "JOIN version_note ON version_id = id"
)


class SqlitePrompts:
    """Implements `PromptStore`."""

    def __init__(self, database: Database) -> None:
        """Work on this project."""
        self._database = database

    def draft(self) -> PromptSpec:
        """Return the prompt that is being edited."""
        with self._database.read() as connection:
            return load_spec(connection, _draft(connection)["spec"])

    def draft_variables(self) -> dict[str, str]:
        """Return the values that stand beside the draft."""
        with self._database.read() as connection:
            return dict(load(_draft(connection)["variables"]))

    def save_draft(
        self, spec: PromptSpec, variables: Mapping[str, str], *, undoable: bool = True
    ) -> ChangeSet:
        """Keep the draft; edits within a second of each other are one undo step."""
        # Lists of two: in an object, sorting would lose the person's order.
        values = dump(list(map(list, variables.items())))
        with self._database.write() as connection:
            wanted = {"spec": dump_spec(connection, spec), "variables": values}
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
            InputError: ``shot.test`` when a shot is a test record, with their ``ids``;
                ``chain.nested``, ``chain.later``.
        """
        check_chain(spec)
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
                raise _missing()
            return load_spec(connection, row["spec"])

    def versions(self) -> Sequence[PromptVersion]:
        """Return all versions, newest first."""
        with self._database.read() as connection:
            rows = connection.execute(f"{_VERSION} ORDER BY number DESC").fetchall()
        return [PromptVersion(**dict(row)) for row in rows]

    def describe(
        self, version_id: int, *, name: str | None = None, note: str | None = None
    ) -> ChangeSet:
        """Name a version or write a note on it; undoable, typing is one step."""
        given = {"name": name, "note": note}
        wanted = {key: value for key, value in given.items() if value is not None}
        with self._database.write() as connection:
            row = connection.execute(
                "SELECT name, note FROM version_note WHERE version_id = ?",
                (version_id,),
            ).fetchone()
            if row is None:
                raise _missing()
            change = undo.difference("version_note", version_id, row, wanted)
            return undo.record(connection, "edit_version", [change], coalesce=True)

    def answers(self, version_id: int | None = None) -> Sequence[VersionAnswer]:
        """Return what the Lab's trials of a version gave, of all when it is None."""
        where = "" if version_id is None else "AND prompt_version_id = :version"
        with self._database.read() as connection:
            rows = connection.execute(
                "SELECT trial.id AS trial_id, prompt_version_id AS version_id, status,"
                " output, expected, input_tokens, output_tokens FROM trial"
                " JOIN annotation ON trial_id = trial.id"
                f" WHERE purpose = 'lab' AND NOT binned {where} ORDER BY trial.id",
                {"version": version_id},
            ).fetchall()
        return [_answer(row) for row in rows]


def _draft(connection: sqlite3.Connection) -> sqlite3.Row:
    row: sqlite3.Row = connection.execute("SELECT * FROM draft").fetchone()
    return row


def _by_hash(connection: sqlite3.Connection, spec: PromptSpec) -> PromptVersion | None:
    row = connection.execute(
        f"{_VERSION} WHERE content_hash = ?", (spec.content_hash,)
    ).fetchone()
    return None if row is None else PromptVersion(**dict(row))


def _missing() -> InputError:
    return InputError("version.missing", "There is no such prompt version.")


def _answer(row: sqlite3.Row) -> VersionAnswer:
    fields = dict(row)
    return VersionAnswer(**fields | {"status": TrialStatus(fields["status"])})


class _Shown(NamedTuple):
    """An input that a prompt gives an answer to."""

    text: str
    example_ulid: str = ""

    @property
    def key(self) -> str:
        return key_of_text(self.text)


def _shown(spec: PromptSpec) -> Iterator[_Shown]:
    """Yield what is shown with its answer, in every step of a chain.

    Examples that are switched off are not sent, so they bind nothing.
    """
    for step in steps_of(spec):
        for shot in step.spec.active_shots:
            first, *later = shot.inputs
            yield _Shown(first, shot.example_ulid)
            yield from map(_Shown, later)
        yield from map(_Shown, answered(step.spec.conversation))


def _insert(connection: sqlite3.Connection, spec: PromptSpec) -> None:
    version = connection.execute(
        "INSERT INTO prompt_version (ulid, number, created, content_hash, spec) "
        "SELECT ?, coalesce(max(number), 0) + 1, ?, ?, ? FROM prompt_version",
        (new_ulid(), now(), spec.content_hash, dump_spec(connection, spec)),
    ).lastrowid
    shown = list(enumerate(_shown(spec)))
    connection.executemany(
        "INSERT INTO prompt_version_shot VALUES "
        "(?, ?, ?, (SELECT id FROM example WHERE ulid = ?))",
        ((version, position, item.key, item.example_ulid) for position, item in shown),
    )
    folded = ((position, normalised_input(item.text)) for position, item in shown)
    # Without an input, an example gives none away.
    connection.executemany(
        "INSERT INTO version_input VALUES (?, ?, ?)",
        ((version, position, text) for position, text in folded if text),
    )


def _tested(connection: sqlite3.Connection, spec: PromptSpec) -> InputError:
    """Name the test records among the examples of a prompt."""
    shown = list(_shown(spec))
    rows = connection.execute(
        "SELECT id FROM example WHERE state = 0 AND split = 'test' AND ("
        "input_key IN (SELECT value FROM json_each(?)) "
        "OR ulid IN (SELECT value FROM json_each(?)))",
        (
            dump([item.key for item in shown]),
            dump([item.example_ulid for item in shown]),
        ),
    ).fetchall()
    return InputError(
        "shot.test",
        "A record that is set aside for the test cannot be a prompt example.",
        {"count": len(rows), "ids": tuple(row["id"] for row in rows)},
    )
