"""The tables, and the rules that only the database can promise.

Each constant is one migration of `migrations`: once released it is never edited, a
change is a new constant at the end. Names in `raise(abort, …)` are error codes.

Mutable are only ``project``, ``draft``, ``annotation`` and ``example`` (through the
undo log), and the states of runs, comparisons and jobs; all else is written once.
``trial_list`` is derived: what lists filter and sort by, apart from the wide trials, so
that a list of ids reads a narrow index only. ``fold`` is registered by `database`.
"""

# "WkBn": tells a project from every other SQLite file, without opening it.
APPLICATION_ID = 0x576B426E
MAJOR = 1
# Major times 1000 plus the number of migrations; a test keeps it right. Written here
# because counting them means importing sqlite-utils: 0.13 s that opening saves.
VERSION = MAJOR * 1000 + 7

PROJECT = """
CREATE TABLE project (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    ulid TEXT NOT NULL,
    name TEXT NOT NULL,
    created TEXT NOT NULL,
    card TEXT NOT NULL CHECK (json_valid(card))
) STRICT;

CREATE TABLE undo_step (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    label TEXT NOT NULL,
    changed REAL NOT NULL,
    undone INTEGER NOT NULL DEFAULT 0 CHECK (undone IN (0, 1))
) STRICT;
CREATE TABLE undo_row (
    step_id INTEGER NOT NULL REFERENCES undo_step (id) ON DELETE CASCADE,
    table_name TEXT NOT NULL,
    row_id INTEGER NOT NULL,
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    PRIMARY KEY (step_id, table_name, row_id)
) STRICT, WITHOUT ROWID;

-- Files of a mailed copy travel in the database, in parts of bounded size.
CREATE TABLE attachment (
    path TEXT NOT NULL,
    part INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (path, part)
) STRICT;
"""

PROMPTS = """
CREATE TABLE draft (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    spec TEXT NOT NULL CHECK (json_valid(spec)),
    variables TEXT NOT NULL CHECK (json_valid(variables))
) STRICT;

CREATE TABLE prompt_version (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    ulid TEXT NOT NULL UNIQUE,
    number INTEGER NOT NULL UNIQUE,
    created TEXT NOT NULL,
    content_hash TEXT NOT NULL UNIQUE,
    spec TEXT NOT NULL CHECK (json_valid(spec))
) STRICT;
CREATE TRIGGER version_update BEFORE UPDATE ON prompt_version
BEGIN SELECT raise(abort, 'version.fixed'); END;
CREATE TRIGGER version_delete BEFORE DELETE ON prompt_version
BEGIN SELECT raise(abort, 'version.fixed'); END;

CREATE TABLE prompt_version_shot (
    version_id INTEGER NOT NULL REFERENCES prompt_version (id),
    position INTEGER NOT NULL,
    input_key TEXT NOT NULL,
    example_id INTEGER,
    PRIMARY KEY (version_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX shot_by_key ON prompt_version_shot (input_key);
CREATE INDEX shot_by_example ON prompt_version_shot (example_id)
    WHERE example_id IS NOT NULL;
CREATE TRIGGER shot_update BEFORE UPDATE ON prompt_version_shot
BEGIN SELECT raise(abort, 'version.fixed'); END;
CREATE TRIGGER shot_delete BEFORE DELETE ON prompt_version_shot
BEGIN SELECT raise(abort, 'version.fixed'); END;
"""

TRIALS = """
CREATE TABLE trial (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    ulid TEXT NOT NULL UNIQUE,
    created TEXT NOT NULL,
    prompt_version_id INTEGER NOT NULL REFERENCES prompt_version (id),
    model TEXT NOT NULL CHECK (json_valid(model)),
    variables TEXT NOT NULL CHECK (json_valid(variables)),
    input_text TEXT NOT NULL,
    input_hash TEXT NOT NULL,
    messages TEXT NOT NULL CHECK (json_valid(messages)),
    parameters TEXT NOT NULL CHECK (json_valid(parameters)),
    purpose TEXT NOT NULL,
    expected TEXT,
    example_id INTEGER,
    status TEXT NOT NULL DEFAULT 'running',
    output TEXT NOT NULL DEFAULT '',
    stop_reason TEXT NOT NULL DEFAULT '',
    input_tokens INTEGER,
    output_tokens INTEGER,
    prompt_hash TEXT NOT NULL DEFAULT '',
    seconds REAL,
    first_token_seconds REAL,
    error_code TEXT NOT NULL DEFAULT '',
    error_text TEXT NOT NULL DEFAULT '',
    versions TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(versions))
) STRICT;
CREATE INDEX trial_by_input ON trial (input_hash);
CREATE INDEX trial_by_version ON trial (prompt_version_id);
CREATE INDEX trial_running ON trial (id) WHERE status = 'running';

CREATE TABLE annotation (
    trial_id INTEGER PRIMARY KEY REFERENCES trial (id) ON DELETE CASCADE,
    rating INTEGER NOT NULL DEFAULT 0 CHECK (rating IN (-1, 0, 1)),
    correction TEXT,
    note TEXT NOT NULL DEFAULT '',
    tags TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(tags)),
    binned INTEGER NOT NULL DEFAULT 0 CHECK (binned IN (0, 1))
) STRICT;

CREATE TABLE trial_tag (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    trial_id INTEGER NOT NULL REFERENCES trial (id) ON DELETE CASCADE,
    tag TEXT NOT NULL,
    UNIQUE (trial_id, tag)
) STRICT;
CREATE INDEX tag_by_name ON trial_tag (tag, trial_id);

CREATE TABLE trial_score (
    trial_id INTEGER NOT NULL REFERENCES trial (id) ON DELETE CASCADE,
    metric TEXT NOT NULL,
    score REAL NOT NULL,
    PRIMARY KEY (trial_id, metric)
) STRICT, WITHOUT ROWID;

CREATE TABLE trial_list (
    trial_id INTEGER PRIMARY KEY REFERENCES trial (id) ON DELETE CASCADE,
    purpose TEXT NOT NULL,
    binned INTEGER NOT NULL DEFAULT 0,
    rating INTEGER NOT NULL DEFAULT 0,
    corrected INTEGER NOT NULL DEFAULT 0,
    answered INTEGER NOT NULL DEFAULT 0,
    waiting INTEGER NOT NULL GENERATED ALWAYS AS (
        answered AND purpose = 'lab' AND NOT rating AND NOT corrected AND NOT binned
    ) VIRTUAL,
    output_tokens INTEGER,
    input_head TEXT NOT NULL,
    search TEXT NOT NULL
) STRICT;
CREATE INDEX trial_list_newest ON trial_list (binned, purpose, trial_id);
CREATE INDEX trial_list_rating ON trial_list (binned, purpose, rating, trial_id);
CREATE INDEX trial_list_corrected ON trial_list (binned, purpose, corrected, trial_id);
CREATE INDEX trial_list_tokens ON trial_list (binned, purpose, output_tokens, trial_id);
CREATE INDEX trial_list_input ON trial_list (binned, purpose, input_head, trial_id);
CREATE INDEX trial_list_waiting ON trial_list (trial_id) WHERE waiting;

-- REPLACE deletes without firing DELETE triggers on foreign connections.
CREATE TRIGGER trial_replace BEFORE INSERT ON trial
WHEN EXISTS (SELECT 1 FROM trial WHERE id = NEW.id OR ulid = NEW.ulid)
BEGIN SELECT raise(abort, 'trial.fixed'); END;
CREATE TRIGGER trial_once BEFORE UPDATE ON trial
WHEN OLD.status <> 'running'
BEGIN SELECT raise(abort, 'trial.finished'); END;
CREATE TRIGGER trial_sent BEFORE UPDATE OF
    id, ulid, created, prompt_version_id, model, variables, input_text, input_hash,
    messages, parameters, purpose, expected, example_id
ON trial
BEGIN SELECT raise(abort, 'trial.fixed'); END;
CREATE TRIGGER trial_delete BEFORE DELETE ON trial
WHEN NOT EXISTS (SELECT 1 FROM annotation WHERE trial_id = OLD.id AND binned)
BEGIN SELECT raise(abort, 'trial.kept'); END;

CREATE TRIGGER trial_started AFTER INSERT ON trial
BEGIN
    INSERT INTO annotation (trial_id) VALUES (NEW.id);
    INSERT INTO trial_list (trial_id, purpose, input_head, search)
    VALUES (NEW.id, NEW.purpose, substr(fold(NEW.input_text), 1, 60),
            fold(NEW.input_text));
END;
CREATE TRIGGER trial_ended AFTER UPDATE ON trial
BEGIN
    UPDATE trial_list SET
        answered = NEW.status = 'succeeded',
        output_tokens = NEW.output_tokens,
        search = (
            SELECT fold(concat.text) FROM (
                SELECT NEW.input_text || ' ' || NEW.output || ' '
                    || coalesce(correction, '') || ' ' || note AS text
                FROM annotation WHERE trial_id = NEW.id
            ) AS concat
        )
    WHERE trial_id = NEW.id;
END;
CREATE TRIGGER annotation_listed AFTER UPDATE ON annotation
BEGIN
    UPDATE trial_list SET
        binned = NEW.binned,
        rating = NEW.rating,
        corrected = NEW.correction IS NOT NULL
    WHERE trial_id = NEW.trial_id;
END;
CREATE TRIGGER annotation_searched AFTER UPDATE OF correction, note ON annotation
BEGIN
    UPDATE trial_list SET search = (
        SELECT fold(input_text || ' ' || output || ' '
            || coalesce(NEW.correction, '') || ' ' || NEW.note)
        FROM trial WHERE id = NEW.trial_id
    )
    WHERE trial_id = NEW.trial_id;
END;
CREATE TRIGGER annotation_tagged AFTER UPDATE OF tags ON annotation
BEGIN
    DELETE FROM trial_tag WHERE trial_id = NEW.trial_id
        AND tag NOT IN (SELECT value FROM json_each(NEW.tags));
    INSERT OR IGNORE INTO trial_tag (trial_id, tag)
        SELECT NEW.trial_id, value FROM json_each(NEW.tags);
END;
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

JOBS = """
CREATE TABLE job (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    ulid TEXT NOT NULL UNIQUE,
    created TEXT NOT NULL,
    state TEXT NOT NULL,
    snapshot TEXT NOT NULL CHECK (json_valid(snapshot))
) STRICT;
CREATE INDEX job_by_state ON job (state);
"""
