"""The way from any released schema to the current one; append-only.

A module of its own because of sqlite-utils' import time: it is loaded only when a file
is made or migrated, never when an up-to-date project is opened.
"""

import sqlite3
from collections.abc import Callable, Iterator

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from workbench.storage import schema, schema_datasets, schema_matrix, schema_prompts

migrations = Migrations("workbench")


def statements(script: str) -> Iterator[str]:
    """Split a script; `executescript` would commit the migration's transaction."""
    pending = ""
    for piece in script.rstrip(";\n ").split(";"):
        pending += piece + ";"
        if sqlite3.complete_statement(pending):
            yield pending
            pending = ""


def _runs(script: str) -> Callable[[Database], None]:
    def migrate(db: Database) -> None:
        for statement in statements(script):
            db.execute(statement)

    return migrate


def _add(name: str, script: str) -> None:
    migrations(name=name)(_runs(script))


_add("m001_project", schema.PROJECT)
_add("m002_prompts", schema.PROMPTS)
_add("m003_trials", schema.TRIALS)
_add("m004_datasets", schema_datasets.DATASETS)
_add("m005_splits_and_snapshots", schema_datasets.SPLITS)
_add("m006_runs_and_comparisons", schema_datasets.RUNS + schema_datasets.COMPARISONS)
_add("m007_jobs", schema.JOBS)
_add("m008_prompt_parts", schema_prompts.PROMPT_PARTS)
_add("m009_matrix_and_spending", schema_matrix.MATRIX)


def migrate(connection: sqlite3.Connection, *, stop_before: str | None = None) -> None:
    """Bring a file to the current schema, or to an older one for tests."""
    migrations.apply(Database(connection), stop_before=stop_before)
    applied = sum(1 for _ in connection.execute("SELECT 1 FROM _sqlite_migrations"))
    connection.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {schema.MAJOR * 1000 + applied}")
