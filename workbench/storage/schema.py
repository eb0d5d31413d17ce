"""The tables, and the rules that only the database can promise.

Each constant is one migration of `migrations`: once released it is never edited, a
change is a new constant at the end. Names in `raise(abort, …)` are error codes.

Mutable are only ``project``, ``draft``, ``version_note``, ``annotation`` and
``example`` (through the undo log), the caps, and the states of runs, comparisons,
matrices and jobs; all else is written once.
``trial_list`` is derived: what lists filter and sort by, apart from the wide trials, so
that a list of ids reads a narrow index only. ``fold`` is registered by `database`.
"""

# "WkBn": tells a project from every other SQLite file, without opening it.
APPLICATION_ID = 0x576B426E
MAJOR = 1
# Major times 1000 plus the number of migrations; a test keeps it right. Written here
# because counting them means importing sqlite-utils: 0.13 s that opening saves.
VERSION = MAJOR * 1000 + 9

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
INSERT INTO draft VALUES (1, '{}', '[]');

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
CREATE INDEX trial_list_waiting ON trial_list (trial_id, binned, purpose)
    WHERE waiting;

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
