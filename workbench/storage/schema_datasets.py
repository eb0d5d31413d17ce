"""The tables of datasets, snapshots, runs and comparisons; see `schema`.

Two rules stand behind most triggers here. Within a dataset the same input or the same
group never stands in two parts. And what is tested was never seen before: not as an
example in a prompt, not as a row an adapter was trained on.
"""

DATASETS = """
CREATE TABLE dataset (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    ulid TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL UNIQUE,
    created TEXT NOT NULL
) STRICT;

-- state: 0 live, 1 in the bin, 2 taken back by undo (redo gives the same id again).
CREATE TABLE example (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    ulid TEXT NOT NULL UNIQUE,
    dataset_id INTEGER NOT NULL REFERENCES dataset (id),
    variables TEXT NOT NULL CHECK (json_valid(variables)),
    input_text TEXT NOT NULL,
    input_key TEXT NOT NULL,
    answer TEXT NOT NULL,
    group_name TEXT NOT NULL DEFAULT '',
    split TEXT NOT NULL DEFAULT '' CHECK (split IN ('', 'train', 'validation', 'test')),
    source TEXT NOT NULL,
    origin_trial_ulid TEXT NOT NULL DEFAULT '',
    created TEXT NOT NULL,
    state INTEGER NOT NULL DEFAULT 0 CHECK (state IN (0, 1, 2)),
    search TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX example_oldest ON example (dataset_id, state, id);
CREATE INDEX example_split ON example (dataset_id, state, split, id);
CREATE INDEX example_key ON example (input_key, dataset_id, state, split);
CREATE INDEX example_group ON example (dataset_id, group_name, state, split)
    WHERE group_name <> '';

CREATE TRIGGER example_fixed BEFORE UPDATE OF
    id, ulid, dataset_id, variables, input_text, input_key, source, origin_trial_ulid,
    created
ON example
BEGIN SELECT raise(abort, 'example.fixed'); END;
CREATE TRIGGER example_delete BEFORE DELETE ON example WHEN OLD.state = 0
BEGIN SELECT raise(abort, 'example.kept'); END;
CREATE TRIGGER example_search_new AFTER INSERT ON example
BEGIN
    UPDATE example
    SET search = fold(NEW.input_text || ' ' || NEW.answer || ' ' || NEW.group_name)
    WHERE id = NEW.id;
END;
CREATE TRIGGER example_search AFTER UPDATE OF answer, group_name ON example
BEGIN
    UPDATE example
    SET search = fold(NEW.input_text || ' ' || NEW.answer || ' ' || NEW.group_name)
    WHERE id = NEW.id;
END;
"""

# The same two rules guard inserting and updating of records.
_PLACED = "NEW.state = 0 AND NEW.split <> ''"
_LEAK = f"""
WHEN {_PLACED} AND (
    EXISTS (
        SELECT 1 FROM example WHERE input_key = NEW.input_key
            AND dataset_id = NEW.dataset_id AND state = 0 AND id <> NEW.id
            AND split NOT IN ('', NEW.split)
    ) OR NEW.group_name <> '' AND EXISTS (
        SELECT 1 FROM example WHERE dataset_id = NEW.dataset_id
            AND group_name = NEW.group_name AND group_name <> '' AND state = 0
            AND id <> NEW.id AND split NOT IN ('', NEW.split)
    )
)
BEGIN SELECT raise(abort, 'split.leak'); END;
"""
_TESTED = """
WHEN NEW.state = 0 AND NEW.split = 'test' AND EXISTS (
    SELECT 1 FROM prompt_version_shot WHERE input_key = NEW.input_key
)
BEGIN SELECT raise(abort, 'shot.test'); END;
"""

# Triggers check after the row is in place, when its id is known.
SPLITS = f"""
CREATE TRIGGER split_new AFTER INSERT ON example {_LEAK}
CREATE TRIGGER split_moved AFTER UPDATE OF split, state, group_name ON example {_LEAK}
CREATE TRIGGER test_new AFTER INSERT ON example {_TESTED}
CREATE TRIGGER test_moved AFTER UPDATE OF split, state ON example {_TESTED}
CREATE TRIGGER shot_new BEFORE INSERT ON prompt_version_shot
WHEN EXISTS (
    SELECT 1 FROM example WHERE state = 0 AND split = 'test'
        AND (input_key = NEW.input_key OR id = NEW.example_id)
)
BEGIN SELECT raise(abort, 'shot.test'); END;

CREATE TABLE snapshot (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    ulid TEXT NOT NULL UNIQUE,
    dataset_id INTEGER NOT NULL REFERENCES dataset (id),
    number INTEGER NOT NULL,
    created TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    records INTEGER NOT NULL,
    UNIQUE (dataset_id, number),
    UNIQUE (dataset_id, sha256)
) STRICT;
CREATE TABLE snapshot_row (
    snapshot_id INTEGER NOT NULL REFERENCES snapshot (id),
    position INTEGER NOT NULL,
    example_id INTEGER NOT NULL,
    example_ulid TEXT NOT NULL,
    split TEXT NOT NULL,
    variables TEXT NOT NULL,
    input_text TEXT NOT NULL,
    input_key TEXT NOT NULL,
    answer TEXT NOT NULL,
    group_name TEXT NOT NULL,
    PRIMARY KEY (snapshot_id, position),
    UNIQUE (snapshot_id, example_id)
) STRICT;
CREATE INDEX snapshot_row_split ON snapshot_row (snapshot_id, split, position);
CREATE INDEX snapshot_row_key ON snapshot_row (snapshot_id, input_key, split);

CREATE TRIGGER snapshot_update BEFORE UPDATE ON snapshot
BEGIN SELECT raise(abort, 'snapshot.fixed'); END;
CREATE TRIGGER snapshot_delete BEFORE DELETE ON snapshot
BEGIN SELECT raise(abort, 'snapshot.fixed'); END;
CREATE TRIGGER snapshot_row_update BEFORE UPDATE ON snapshot_row
BEGIN SELECT raise(abort, 'snapshot.fixed'); END;
CREATE TRIGGER snapshot_row_delete BEFORE DELETE ON snapshot_row
BEGIN SELECT raise(abort, 'snapshot.fixed'); END;
-- All places 0 … records-1 are taken when the snapshot is made: nothing fits in later.
CREATE TRIGGER snapshot_row_insert BEFORE INSERT ON snapshot_row
WHEN NEW.position NOT BETWEEN 0 AND (
    SELECT records - 1 FROM snapshot WHERE id = NEW.snapshot_id
) OR EXISTS (
    SELECT 1 FROM snapshot_row
    WHERE snapshot_id = NEW.snapshot_id AND position = NEW.position
)
BEGIN SELECT raise(abort, 'snapshot.fixed'); END;
"""

RUNS = """
CREATE TABLE run (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    ulid TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    snapshot_id INTEGER NOT NULL REFERENCES snapshot (id),
    prompt_version_id INTEGER NOT NULL REFERENCES prompt_version (id),
    base TEXT NOT NULL CHECK (json_valid(base)),
    settings TEXT NOT NULL CHECK (json_valid(settings)),
    state TEXT NOT NULL,
    artefact TEXT NOT NULL DEFAULT 'none',
    directory TEXT NOT NULL,
    created TEXT NOT NULL,
    ended TEXT NOT NULL DEFAULT '',
    error_code TEXT NOT NULL DEFAULT '',
    error_text TEXT NOT NULL DEFAULT '',
    result TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(result))
) STRICT;
CREATE TRIGGER run_final BEFORE UPDATE ON run
WHEN OLD.state IN ('succeeded', 'failed', 'cancelled')
BEGIN SELECT raise(abort, 'run.final'); END;
CREATE TRIGGER run_delete BEFORE DELETE ON run
BEGIN SELECT raise(abort, 'run.final'); END;

CREATE TABLE adapter (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    ulid TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    run_id INTEGER NOT NULL UNIQUE REFERENCES run (id),
    base TEXT NOT NULL CHECK (json_valid(base)),
    path TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    created TEXT NOT NULL
) STRICT;
"""

COMPARISONS = """
CREATE TABLE comparison (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    ulid TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    snapshot_id INTEGER NOT NULL REFERENCES snapshot (id),
    created TEXT NOT NULL,
    state TEXT NOT NULL,
    proof TEXT CHECK (proof IS NULL OR json_valid(proof))
) STRICT;
CREATE TABLE candidate (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    comparison_id INTEGER NOT NULL REFERENCES comparison (id),
    position INTEGER NOT NULL,
    role TEXT NOT NULL,
    model TEXT NOT NULL CHECK (json_valid(model)),
    prompt_version_id INTEGER NOT NULL REFERENCES prompt_version (id),
    UNIQUE (comparison_id, role)
) STRICT;
CREATE TABLE comparison_cell (
    comparison_id INTEGER NOT NULL REFERENCES comparison (id),
    candidate_id INTEGER NOT NULL REFERENCES candidate (id),
    example_id INTEGER NOT NULL,
    trial_id INTEGER NOT NULL REFERENCES trial (id),
    PRIMARY KEY (comparison_id, candidate_id, example_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX cell_by_trial ON comparison_cell (trial_id);

-- Splits of today say nothing about an older snapshot, so candidates are checked anew:
-- neither an example of the prompt nor a row the adapter was trained on may be tested.
CREATE TRIGGER candidate_clean BEFORE INSERT ON candidate
WHEN EXISTS (
    SELECT 1 FROM comparison
    JOIN prompt_version_shot AS shot ON shot.version_id = NEW.prompt_version_id
    JOIN snapshot_row AS tested ON tested.snapshot_id = comparison.snapshot_id
        AND tested.input_key = shot.input_key AND tested.split = 'test'
    WHERE comparison.id = NEW.comparison_id
) OR EXISTS (
    SELECT 1 FROM comparison
    JOIN adapter ON adapter.ulid = json_extract(NEW.model, '$.adapter_ulid')
    JOIN run ON run.id = adapter.run_id
    JOIN snapshot_row AS trained ON trained.snapshot_id = run.snapshot_id
        AND trained.split IN ('train', 'validation')
    JOIN snapshot_row AS tested ON tested.snapshot_id = comparison.snapshot_id
        AND tested.input_key = trained.input_key AND tested.split = 'test'
    WHERE comparison.id = NEW.comparison_id
)
BEGIN SELECT raise(abort, 'comparison.leak'); END;
CREATE TRIGGER candidate_update BEFORE UPDATE ON candidate
BEGIN SELECT raise(abort, 'cell.taken'); END;

CREATE TRIGGER cell_known BEFORE INSERT ON comparison_cell
WHEN NOT EXISTS (
    SELECT 1 FROM comparison
    JOIN candidate ON candidate.comparison_id = comparison.id
    JOIN snapshot_row ON snapshot_row.snapshot_id = comparison.snapshot_id
        AND snapshot_row.example_id = NEW.example_id AND snapshot_row.split = 'test'
    WHERE comparison.id = NEW.comparison_id AND candidate.id = NEW.candidate_id
)
BEGIN SELECT raise(abort, 'cell.foreign'); END;
-- A failed answer may be asked again, a given one is never replaced.
CREATE TRIGGER cell_kept BEFORE UPDATE ON comparison_cell
WHEN EXISTS (
    SELECT 1 FROM trial WHERE id = OLD.trial_id AND status = 'succeeded'
)
BEGIN SELECT raise(abort, 'cell.taken'); END;
CREATE TRIGGER cell_delete BEFORE DELETE ON comparison_cell
BEGIN SELECT raise(abort, 'cell.taken'); END;
"""
