"""The write lane, the readers, and errors that get a name."""

import contextlib
import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.unit.storage.samples import SPEC
from workbench.domain.errors import EnvironmentFault, InputError
from workbench.domain.ports import ProjectFiles, ProjectStore
from workbench.storage import faults
from workbench.storage.database import Database, connect


@pytest.fixture
def database(path: Path) -> Iterator[Database]:
    database = Database(path)
    database._writer.execute("CREATE TABLE counter (id INTEGER PRIMARY KEY, n INTEGER)")
    database._writer.execute("INSERT INTO counter VALUES (1, 0)")
    yield database
    database.close()


def counted(database: Database) -> int:
    with database.read() as connection:
        return int(connection.execute("SELECT n FROM counter").fetchone()[0])


def in_threads(count: int, work: Callable[[], object]) -> None:
    threads = [threading.Thread(target=work) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def add_one(connection: sqlite3.Connection) -> None:
    # Read first, then write: what a deferred transaction is refused for.
    number = connection.execute("SELECT n FROM counter").fetchone()[0]
    connection.execute("UPDATE counter SET n = ?", (number + 1,))


def test_two_threads_never_collide(database: Database) -> None:
    def work() -> None:
        for _ in range(200):
            with database.write() as connection:
                add_one(connection)

    in_threads(2, work)
    assert counted(database) == 400


def test_another_process_is_waited_for(path: Path, database: Database) -> None:
    """A second connection stands for another program on the same file."""

    def foreign() -> None:
        with contextlib.closing(connect(path)) as connection:
            for _ in range(200):
                connection.execute("BEGIN IMMEDIATE")
                add_one(connection)
                connection.execute("COMMIT")

    thread = threading.Thread(target=foreign)
    thread.start()
    for _ in range(200):
        with database.write(durable=True) as connection:
            add_one(connection)
    thread.join()
    assert counted(database) == 400


def test_a_write_is_all_or_nothing(database: Database) -> None:
    def fail() -> None:
        with database.write() as connection:
            add_one(connection)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert counted(database) == 0


def test_inner_write_joins(database: Database) -> None:
    def fail() -> None:
        with database.write() as connection:
            with database.write() as inner:
                add_one(inner)
            assert inner is connection
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert counted(database) == 0


def test_readers_see_one_state_while_writing(database: Database) -> None:
    with database.write() as connection:
        add_one(connection)
        assert counted(database) == 0
    assert counted(database) == 1


def test_readers_cannot_write(database: Database) -> None:
    with database.read() as connection, pytest.raises(sqlite3.OperationalError):
        connection.execute("UPDATE counter SET n = 5")


def test_threads_that_end_leave_no_connection(database: Database) -> None:
    for _ in range(20):
        in_threads(1, lambda: counted(database))
    assert len(database._idle) == 1


def test_settings(database: Database) -> None:
    def pragma(connection: sqlite3.Connection, name: str) -> object:
        return connection.execute(f"PRAGMA {name}").fetchone()[0]

    normal, full = 1, 2
    with database.write() as connection:
        assert pragma(connection, "synchronous") == normal
        assert pragma(connection, "foreign_keys") == 1
        assert pragma(connection, "busy_timeout") == 5000
        assert pragma(connection, "journal_mode") == "wal"
        assert pragma(connection, "recursive_triggers") == 1
    with database.write(durable=True) as connection:
        assert pragma(connection, "synchronous") == full
    with database.write() as connection:
        assert pragma(connection, "synchronous") == normal


def test_closing_leaves_one_file(path: Path, database: Database) -> None:
    with database.write() as connection:
        add_one(connection)
    assert path.with_name("p.workbench-wal").exists()
    database.close()
    database.close()
    assert [entry.name for entry in path.parent.iterdir()] == ["p.workbench"]


def test_closed_database_says_so(database: Database) -> None:
    database.close()
    with pytest.raises(EnvironmentFault) as caught, database.read():
        pass
    assert caught.value.code == "project.closed"
    with pytest.raises(EnvironmentFault), database.write():
        pass


def test_closing_interrupts_a_long_read(database: Database) -> None:
    started, codes = threading.Event(), []

    def mark() -> int:
        started.set()
        return 1

    def long_read() -> None:
        try:
            with database.read() as connection:
                connection.create_function("mark", 0, mark)
                connection.execute(
                    "WITH RECURSIVE n(i) AS (SELECT mark() UNION ALL SELECT i + 1 "
                    "FROM n WHERE i < 1e12) SELECT sum(i) FROM n"
                ).fetchall()
        except EnvironmentFault as fault:
            codes.append(fault.code)

    thread = threading.Thread(target=long_read)
    thread.start()
    assert started.wait(10)
    database.close()
    thread.join(10)
    assert codes == ["project.closed"]


def test_full_disk(database: Database) -> None:
    pages = database._writer.execute("PRAGMA page_count").fetchone()[0]
    database._writer.execute(f"PRAGMA max_page_count = {pages}")

    def fill() -> None:
        with database.write() as connection:
            add_one(connection)
            connection.execute("CREATE TABLE big AS SELECT randomblob(1000000) AS b")

    with pytest.raises(EnvironmentFault) as caught:
        fill()
    assert caught.value.code == "disk.full"
    assert counted(database) == 0
    with database.write() as connection:
        add_one(connection)
    assert counted(database) == 1


def test_full_disk_of_the_file_system() -> None:
    with pytest.raises(EnvironmentFault) as caught, faults.named():
        raise OSError(28, "No space left on device")
    assert caught.value.code == "disk.full"


def test_read_only_connection(path: Path) -> None:
    with (
        contextlib.closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as db,
        pytest.raises(EnvironmentFault) as caught,
        faults.named(),
    ):
        db.execute("DELETE FROM job WHERE 0")
    assert caught.value.code == "project.read_only"


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0,
    reason="the administrator may write everywhere",
)
def test_read_only_file(path: Path, files: ProjectFiles) -> None:
    path.chmod(0o444)
    with pytest.raises(EnvironmentFault) as caught:
        files.open(path)
    assert caught.value.code == "project.read_only"


def test_vanished_file_is_not_made_anew(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault) as caught:
        Database(tmp_path / "gone.workbench")
    assert caught.value.code == "project.unreadable"
    assert list(tmp_path.iterdir()) == []


def test_bugs_are_not_dressed_up(database: Database) -> None:
    with pytest.raises(sqlite3.OperationalError), database.write() as connection:
        connection.execute("SELECT nonsense FROM nowhere")


def test_refusals_get_their_code(project: ProjectStore) -> None:
    version = project.prompts.ensure_version(SPEC)
    database = Database(project.meta.path)
    with pytest.raises(InputError) as caught, database.write() as connection:
        connection.execute("DELETE FROM prompt_version WHERE id = ?", (version.id,))
    assert caught.value.code == "version.fixed"
    database.close()
