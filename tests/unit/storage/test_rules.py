"""Rules the database keeps by itself, tried with SQL from outside of the product."""

import contextlib
import sqlite3
from collections.abc import Iterator

import pytest

from tests.unit.storage.samples import (
    SPEC,
    add_examples,
    add_run,
    add_trial,
    new_trial,
    raw,
    spec_with_shots,
)
from workbench.domain.comparisons import CandidateRole
from workbench.domain.datasets import Split
from workbench.domain.jobs import JobState
from workbench.domain.models import BUILTIN_MODEL
from workbench.domain.ports import ProjectStore

COLUMNS = "ulid, dataset_id, variables, input_text, input_key, answer, source, created"


@pytest.fixture
def sql(project: ProjectStore) -> Iterator[sqlite3.Connection]:
    """Records 1 train, 2 test, 3 train in a group, 4 none and an example in a prompt.

    Trial 1 has ended, trial 2 is in the bin, trial 3 answers record 2.
    """
    dataset_id, ids = add_examples(project, 4)
    project.datasets.update(ids[2], group="g")
    project.datasets.assign(
        dataset_id, {ids[0]: Split.TRAIN, ids[1]: Split.TEST, ids[2]: Split.TRAIN}
    )
    project.prompts.ensure_version(spec_with_shots("入力 3"))
    add_trial(project)
    project.trials.set_binned([add_trial(project)], binned=True)
    snapshot = project.datasets.take_snapshot(dataset_id)
    version = project.prompts.ensure_version(SPEC).id
    comparison = project.comparisons.add(
        name="c",
        snapshot_id=snapshot.id,
        candidates=[(CandidateRole.BASE, BUILTIN_MODEL, version)],
    )
    cell = add_trial(project, example_id=ids[1])
    project.comparisons.set_cell(comparison.id, comparison.candidates[0].id, cell)
    project.runs.set_state(add_run(project, snapshot.id), JobState.SUCCEEDED)
    with contextlib.closing(raw_with_keys(project)) as connection:
        yield connection


def raw_with_keys(project: ProjectStore) -> sqlite3.Connection:
    connection = raw(project.meta.path)
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE trial SET output = 'x' WHERE id = 1", "trial.finished"),
        ("UPDATE trial SET status = 'running' WHERE id = 1", "trial.finished"),
        ("UPDATE trial SET status = 'failed' WHERE id = 2", "trial.finished"),
        ("DELETE FROM trial WHERE id = 1", "trial.kept"),
        ("DELETE FROM trial", "trial.kept"),
        ("REPLACE INTO trial SELECT * FROM trial WHERE id = 1", "trial.fixed"),
        ("DELETE FROM example WHERE id = 1", "example.kept"),
        ("UPDATE example SET input_key = 'x' WHERE id = 1", "example.fixed"),
        ("UPDATE example SET variables = '[]' WHERE id = 1", "example.fixed"),
        ("UPDATE example SET dataset_id = 2 WHERE id = 1", "example.fixed"),
        (
            f"INSERT INTO example ({COLUMNS}, split) SELECT 'new', dataset_id, "
            "variables, input_text, input_key, answer, source, created, 'test' "
            "FROM example WHERE id = 1",
            "split.leak",
        ),
        (
            f"INSERT INTO example ({COLUMNS}, split, group_name) SELECT 'new', "
            "dataset_id, '[]', '', 'other', answer, source, created, 'test', 'g' "
            "FROM example WHERE id = 1",
            "split.leak",
        ),
        ("UPDATE example SET group_name = 'g' WHERE id = 2", "split.leak"),
        ("UPDATE example SET split = 'test' WHERE id = 4", "shot.test"),
        (
            f"INSERT INTO example ({COLUMNS}, split) SELECT 'new', dataset_id, "
            "variables, input_text, input_key, answer, source, created, 'test' "
            "FROM example WHERE id = 4",
            "shot.test",
        ),
        (
            "INSERT INTO prompt_version_shot "
            "SELECT 2, 0, input_key, NULL FROM example WHERE id = 2",
            "shot.test",
        ),
        ("INSERT INTO prompt_version_shot VALUES (2, 0, 'x', 2)", "shot.test"),
        ("UPDATE prompt_version_shot SET input_key = 'x'", "version.fixed"),
        ("DELETE FROM prompt_version_shot", "version.fixed"),
        ("UPDATE prompt_version SET spec = '{}'", "version.fixed"),
        ("DELETE FROM prompt_version", "version.fixed"),
        ("UPDATE snapshot SET sha256 = 'x'", "snapshot.fixed"),
        ("DELETE FROM snapshot", "snapshot.fixed"),
        ("UPDATE snapshot_row SET answer = 'x'", "snapshot.fixed"),
        ("DELETE FROM snapshot_row", "snapshot.fixed"),
        (
            "REPLACE INTO snapshot_row SELECT snapshot_id, position, example_id, "
            "example_ulid, 'test', variables, input_text, input_key, 'x', group_name "
            "FROM snapshot_row WHERE position = 0",
            "snapshot.fixed",
        ),
        (
            "INSERT INTO snapshot_row SELECT snapshot_id, 4, 99, example_ulid, 'test', "
            "variables, input_text, input_key, answer, group_name "
            "FROM snapshot_row WHERE position = 0",
            "snapshot.fixed",
        ),
        ("UPDATE run SET state = 'running'", "run.final"),
        ("DELETE FROM run", "run.final"),
        ("UPDATE comparison_cell SET trial_id = 1", "cell.taken"),
        ("DELETE FROM comparison_cell", "cell.taken"),
        ("INSERT INTO comparison_cell VALUES (1, 1, 1, 1)", "cell.foreign"),
        ("UPDATE candidate SET model = '{}'", "cell.taken"),
    ],
)
def test_refused(sql: sqlite3.Connection, statement: str, code: str) -> None:
    before = list(sql.iterdump())
    with pytest.raises(sqlite3.IntegrityError) as caught:
        sql.execute(statement)
    assert str(caught.value) == code
    assert list(sql.iterdump()) == before


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM trial WHERE id = 3",
        "UPDATE example SET split = 'nonsense' WHERE id = 1",
        "UPDATE annotation SET rating = 2",
        "UPDATE annotation SET tags = 'no json'",
        "INSERT INTO trial_score VALUES (99, 'x', 1.0)",
        "INSERT INTO project SELECT 2, ulid, name, created, card FROM project",
    ],
)
def test_refused_by_constraints(sql: sqlite3.Connection, statement: str) -> None:
    sql.execute("UPDATE annotation SET binned = 1 WHERE trial_id = 3")
    with pytest.raises(sqlite3.IntegrityError):
        sql.execute(statement)


def test_what_a_running_trial_sent_is_fixed(
    project: ProjectStore, sql: sqlite3.Connection
) -> None:
    project.trials.start(new_trial(project))
    with pytest.raises(sqlite3.IntegrityError, match=r"trial\.fixed"):
        sql.execute("UPDATE trial SET messages = '[]' WHERE status = 'running'")


def test_a_trial_in_the_bin_can_go(sql: sqlite3.Connection) -> None:
    sql.execute("DELETE FROM trial WHERE id = 2")
    for table in ("annotation", "trial_list", "trial_tag", "trial_score"):
        left = sql.execute(f"SELECT count(*) FROM {table} WHERE trial_id = 2")
        assert left.fetchone() == (0,)
