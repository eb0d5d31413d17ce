"""The schema of a blank file, and the way there from the first one."""

import contextlib
import re
import sqlite3
from pathlib import Path

import pytest

from tests.unit.storage.samples import CARD, raw
from workbench.domain.errors import EnvironmentFault
from workbench.domain.ports import ProjectFiles
from workbench.domain.prompts import PromptSpec
from workbench.storage import codec, copies, project, schema
from workbench.storage.database import connect
from workbench.storage.migrations import migrate, migrations, statements

# Append-only: a released name is never changed, moved or taken away.
RELEASED = [
    "m001_project",
    "m002_prompts",
    "m003_trials",
    "m004_datasets",
    "m005_splits_and_snapshots",
    "m006_runs_and_comparisons",
    "m007_jobs",
    "m008_prompt_parts",
    "m009_matrix_and_spending",
]


def names() -> list[str]:
    return [migration.name for migration in migrations._migrations]


def first_schema(path: Path) -> None:
    """A project as the first migration alone left it."""
    path.touch()
    with contextlib.closing(connect(path)) as connection:
        migrate(connection, stop_before="m002_prompts")
        connection.execute(
            "INSERT INTO project VALUES (1, 'ULID', '古い', 'then', ?)",
            (codec.dump_value(CARD),),
        )


def test_migrations_are_append_only() -> None:
    assert names()[: len(RELEASED)] == RELEASED
    assert len(set(names())) == len(names())


def test_version_counts_migrations() -> None:
    assert len(names()) == schema.VERSION % 1000
    assert schema.VERSION // 1000 == schema.MAJOR


def test_blank_file(blank: Path) -> None:
    with contextlib.closing(raw(blank)) as connection:
        tables = connection.execute(
            "SELECT name, strict FROM pragma_table_list "
            "WHERE type = 'table' AND name NOT LIKE '%sqlite%'"
        ).fetchall()
        assert connection.execute("PRAGMA user_version").fetchone() == (schema.VERSION,)
        assert connection.execute("PRAGMA application_id").fetchone() == (0x576B426E,)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert {name for name, _ in tables} == {
        "adapter",
        "annotation",
        "attachment",
        "candidate",
        "cap",
        "comparison",
        "comparison_cell",
        "dataset",
        "draft",
        "example",
        "file_text",
        "job",
        "matrix",
        "matrix_cell",
        "matrix_input",
        "matrix_model",
        "matrix_trial",
        "matrix_version",
        "project",
        "prompt_version",
        "prompt_version_shot",
        "run",
        "snapshot",
        "snapshot_row",
        "spending",
        "trial",
        "trial_list",
        "trial_score",
        "trial_tag",
        "undo_row",
        "undo_step",
        "version_input",
        "version_note",
    }
    assert all(strict for _, strict in tables)


def test_trigger_codes_have_sentences() -> None:
    from workbench.storage import faults, schema_datasets, schema_matrix, schema_prompts

    text = "".join(
        value
        for module in (schema, schema_datasets, schema_matrix, schema_prompts)
        for value in vars(module).values()
        if isinstance(value, str)
    )
    assert set(re.findall(r"raise\(abort, '([^']+)'\)", text)) == set(faults._REFUSALS)


def test_statements_keep_triggers_whole() -> None:
    trigger = "CREATE TRIGGER c AFTER INSERT ON a BEGIN SELECT 1; END;"
    script = f"CREATE TABLE a (b);{trigger}"
    assert list(statements(script)) == ["CREATE TABLE a (b);", trigger]


def test_first_schema_is_migrated(tmp_path: Path, files: ProjectFiles) -> None:
    path = tmp_path / "old.workbench"
    first_schema(path)
    store = files.open(path)
    assert (store.meta.name, store.task_card()) == ("古い", CARD)
    assert store.prompts.draft() == PromptSpec()
    assert store.datasets.datasets() == []
    store.close()
    backups = list((tmp_path / "old.files" / "backups").iterdir())
    assert [re.search(r"-v(\d+)\.", path.name)[1] for path in backups] == ["1001"]  # type: ignore[index]
    with contextlib.closing(raw(backups[0])) as connection:
        assert connection.execute("SELECT name FROM project").fetchone() == ("古い",)
        assert connection.execute("PRAGMA user_version").fetchone() == (1001,)


def test_migrated_is_like_new(tmp_path: Path, blank: Path, files: ProjectFiles) -> None:
    path = tmp_path / "old.workbench"
    first_schema(path)
    files.open(path).close()

    def described(path: Path) -> list[tuple[str]]:
        with contextlib.closing(raw(path)) as connection:
            return connection.execute(
                "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name"
            ).fetchall()

    assert described(path) == described(blank)


def test_up_to_date_file_is_not_backed_up(path: Path, files: ProjectFiles) -> None:
    files.open(path).close()
    assert not (path.with_suffix(".files") / "backups").exists()


def test_newest_backups_are_kept(path: Path) -> None:
    made = [copies.back_up(path, 1001) for _ in range(5)]
    assert sorted(made[0].parent.iterdir()) == sorted(made[2:])


def test_failed_migration_changes_nothing(
    tmp_path: Path, files: ProjectFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "old.workbench"
    first_schema(path)

    def broken(connection: sqlite3.Connection) -> None:
        migrate(connection, stop_before="m004_datasets")
        raise EnvironmentFault("disk.full", "full")

    with monkeypatch.context() as patch:
        patch.setattr(project, "_migrate", broken)
        with pytest.raises(EnvironmentFault, match="full"):
            files.open(path)
    # Half-way is a state like any other: the next opening goes on from there.
    store = files.open(path)
    assert store.meta.name == "古い"
    store.close()
