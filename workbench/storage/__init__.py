"""The project file: one SQLite file with a folder beside it, and the only SQL.

`project` opens, creates and copies files; `database` has the connections; one module
per kind of record implements the ports of `workbench.domain.ports`. Rules that must
never break (trials are append-only, splits are disjoint, snapshots are immutable) are
triggers in `schema`, so that no code path, here or elsewhere, can go round them.
"""

from workbench.storage.project import SqliteProjectFiles

__all__ = ["SqliteProjectFiles"]
