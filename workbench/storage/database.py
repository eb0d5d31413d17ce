"""Connections to one project file: a single write lane, and readers beside it.

Writes go through one connection behind a lock, from whichever thread asks. A lock
rather than a thread of its own: a write takes some 0.02 ms, less than handing it over;
an error keeps the caller's traceback; and there is no thread to end. Python's sqlite3
is built in serialised mode, so the connection may change threads (`check_same_thread`
only guards against unserialised use, which the lock excludes).

Every write begins with ``BEGIN IMMEDIATE``: a deferred transaction that reads first
and writes then is refused in WAL mode without waiting (SQLITE_BUSY_SNAPSHOT).

Readers never wait for the writer in WAL mode. A connection belongs to one thread while
that thread reads and goes back to a small stock afterwards, so threads that end leave
no connection behind.
"""

import contextlib
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

from workbench.domain.datasets import normalised_input
from workbench.domain.errors import EnvironmentFault
from workbench.storage import faults

_BUSY_MILLISECONDS = 5000


def connect(path: Path) -> sqlite3.Connection:
    """Open an existing file with the settings every connection has."""
    # mode=rw: a file that vanished must not be made anew as an empty project.
    connection = sqlite3.connect(
        f"{path.resolve().as_uri()}?mode=rw",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=256,
    )
    connection.row_factory = sqlite3.Row
    connection.execute(f"PRAGMA busy_timeout = {_BUSY_MILLISECONDS}")
    connection.execute("PRAGMA foreign_keys = ON")
    # Without it INSERT OR REPLACE deletes rows behind the back of DELETE triggers.
    connection.execute("PRAGMA recursive_triggers = ON")
    connection.create_function("fold", 1, normalised_input, deterministic=True)
    return connection


class Database:
    """The open project file."""

    def __init__(self, path: Path) -> None:
        """Open the write lane; a file that cannot be written is refused here."""
        self.path = path
        # Serialises writers of this process; SQLite would make them poll instead.
        self._lane = threading.RLock()
        # Guards the stock of readers; `close` waits on it for reads to end.
        self._stock = threading.Condition()
        self._idle: list[sqlite3.Connection] = []
        self._busy: set[sqlite3.Connection] = set()
        self._closed = False
        with faults.named():
            self._writer = connect(path)
            try:
                self._writer.execute("PRAGMA journal_mode = WAL")
                self._writer.execute("PRAGMA synchronous = NORMAL")
                self._refuse_read_only()
            except BaseException:
                self._writer.close()
                raise

    def _refuse_read_only(self) -> None:
        """SQLite quietly opens a write-protected file for reading: try to write."""
        with self._transaction():
            self._writer.execute("DELETE FROM job WHERE 0")

    @contextlib.contextmanager
    def write(self, *, durable: bool = False) -> Iterator[sqlite3.Connection]:
        """Run one transaction: all of it is kept, or nothing when the block raises.

        Inside another write of the same thread the block joins that transaction.

        Args:
            durable: survive a power cut too, not only the end of the process. For rows
                that must exist before something outside is started; costs an fsync.
        """
        with self._lane, faults.named():
            if self._closed:
                raise faults.closed()
            if self._writer.in_transaction:
                yield self._writer
                return
            with self._synchronous(durable), self._transaction():
                yield self._writer

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[None]:
        self._writer.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._writer.execute("COMMIT")
        except BaseException:
            # A full disk makes SQLite roll back by itself.
            if self._writer.in_transaction:
                self._writer.execute("ROLLBACK")
            raise

    @contextlib.contextmanager
    def _synchronous(self, durable: bool) -> Iterator[None]:
        """The setting cannot change inside a transaction, so it brackets it."""
        if not durable:
            yield
            return
        self._writer.execute("PRAGMA synchronous = FULL")
        try:
            yield
        finally:
            self._writer.execute("PRAGMA synchronous = NORMAL")

    @contextlib.contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """Lend a reading connection to this thread."""
        with faults.named():
            connection = self._take()
            try:
                yield connection
            finally:
                self._give_back(connection)

    def _take(self) -> sqlite3.Connection:
        with self._stock:
            if self._closed:
                raise faults.closed()
            connection = self._idle.pop() if self._idle else self._new_reader()
            self._busy.add(connection)
            return connection

    def _new_reader(self) -> sqlite3.Connection:
        connection = connect(self.path)
        connection.execute("PRAGMA query_only = ON")
        return connection

    def _give_back(self, connection: sqlite3.Connection) -> None:
        with self._stock:
            self._busy.discard(connection)
            self._idle.append(connection)
            self._stock.notify_all()

    def close(self) -> None:
        """End reads in progress, fold the log into the file, and close everything.

        A read that is interrupted raises EnvironmentFault ``project.closed``.
        """
        with self._lane:
            with self._stock:
                if self._closed:
                    return
                self._closed = True
                for reader in self._busy:
                    reader.interrupt()
                self._stock.wait_for(lambda: not self._busy)
                for reader in self._idle:
                    reader.close()
                self._idle.clear()
            try:
                self._checkpoint()
            finally:
                self._writer.close()

    def _checkpoint(self) -> None:
        """Leave one complete file; a full disk keeps the log, which is as good."""
        with contextlib.suppress(EnvironmentFault), faults.named():
            self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
