"""The tables of matrices and of what was spent; see `schema`.

A matrix is planned whole, before the first call: its axes and cells are written once,
and each trial made for a cell is one more row. What was spent is written once per call
when it is reserved, and once more when it is settled; it stays when the trial goes.
"""

# New columns of a trial: what identifies the call, and what came back beside the text.
# cost and the amounts of the ledger are decimals in US dollars, as text.
_TRIAL = """
ALTER TABLE trial ADD COLUMN model_key TEXT NOT NULL DEFAULT '';
ALTER TABLE trial ADD COLUMN call_hash TEXT NOT NULL DEFAULT '';
ALTER TABLE trial ADD COLUMN repeat_number INTEGER NOT NULL DEFAULT 0;
ALTER TABLE trial ADD COLUMN parent_id INTEGER;
ALTER TABLE trial ADD COLUMN matrix_id INTEGER REFERENCES matrix (id);
ALTER TABLE trial ADD COLUMN cell INTEGER;
ALTER TABLE trial ADD COLUMN reasoning TEXT NOT NULL DEFAULT '';
ALTER TABLE trial ADD COLUMN reasoning_tokens INTEGER;
ALTER TABLE trial ADD COLUMN cache_read_tokens INTEGER;
ALTER TABLE trial ADD COLUMN cache_write_tokens INTEGER;
ALTER TABLE trial ADD COLUMN request_id TEXT NOT NULL DEFAULT '';
ALTER TABLE trial ADD COLUMN attempts INTEGER NOT NULL DEFAULT 1;
ALTER TABLE trial ADD COLUMN cost TEXT;
ALTER TABLE trial ADD COLUMN cost_basis TEXT NOT NULL DEFAULT '';
ALTER TABLE trial ADD COLUMN price_date TEXT NOT NULL DEFAULT '';
ALTER TABLE trial ADD COLUMN price_source TEXT NOT NULL DEFAULT '';

-- Found by what was asked; and how fast a model was of late.
CREATE INDEX trial_by_call ON trial (call_hash)
    WHERE call_hash <> '' AND status = 'succeeded';
CREATE INDEX trial_by_model ON trial (model_key, id)
    WHERE model_key <> '' AND status = 'succeeded';

CREATE TRIGGER trial_sent_call BEFORE UPDATE OF
    model_key, call_hash, repeat_number, parent_id, matrix_id, cell
ON trial
BEGIN SELECT raise(abort, 'trial.fixed'); END;
"""

_AXES = ("matrix_version", "matrix_input", "matrix_model", "matrix_cell")

_FIXED = "".join(
    f"""
CREATE TRIGGER {table}_update BEFORE UPDATE ON {table}
BEGIN SELECT raise(abort, 'matrix.fixed'); END;
CREATE TRIGGER {table}_delete BEFORE DELETE ON {table}
BEGIN SELECT raise(abort, 'matrix.fixed'); END;
CREATE TRIGGER {table}_insert BEFORE INSERT ON {table}
WHEN (SELECT state FROM matrix WHERE id = NEW.matrix_id) <> 'queued'
BEGIN SELECT raise(abort, 'matrix.fixed'); END;
"""
    for table in _AXES
)

_MATRIX = """
CREATE TABLE matrix (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    ulid TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    created TEXT NOT NULL,
    repeats INTEGER NOT NULL CHECK (repeats >= 1),
    ask_again INTEGER NOT NULL CHECK (ask_again IN (0, 1)),
    cap TEXT,
    state TEXT NOT NULL
) STRICT;
CREATE TABLE matrix_version (
    matrix_id INTEGER NOT NULL REFERENCES matrix (id),
    position INTEGER NOT NULL,
    prompt_version_id INTEGER NOT NULL REFERENCES prompt_version (id),
    PRIMARY KEY (matrix_id, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE matrix_input (
    matrix_id INTEGER NOT NULL REFERENCES matrix (id),
    position INTEGER NOT NULL,
    variables TEXT NOT NULL CHECK (json_valid(variables)),
    input_key TEXT NOT NULL,
    expected TEXT,
    example_id INTEGER,
    example_ulid TEXT NOT NULL,
    PRIMARY KEY (matrix_id, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE matrix_model (
    matrix_id INTEGER NOT NULL REFERENCES matrix (id),
    position INTEGER NOT NULL,
    model TEXT NOT NULL CHECK (json_valid(model)),
    PRIMARY KEY (matrix_id, position)
) STRICT, WITHOUT ROWID;
-- prompt_version_id is what is sent: the chosen version without its own input's
-- example, whose answer would be given away.
CREATE TABLE matrix_cell (
    matrix_id INTEGER NOT NULL REFERENCES matrix (id),
    position INTEGER NOT NULL,
    version INTEGER NOT NULL,
    input INTEGER NOT NULL,
    model INTEGER NOT NULL,
    repeat_number INTEGER NOT NULL,
    prompt_version_id INTEGER NOT NULL REFERENCES prompt_version (id),
    call_hash TEXT NOT NULL,
    PRIMARY KEY (matrix_id, position),
    FOREIGN KEY (matrix_id, version) REFERENCES matrix_version (matrix_id, position),
    FOREIGN KEY (matrix_id, input) REFERENCES matrix_input (matrix_id, position),
    FOREIGN KEY (matrix_id, model) REFERENCES matrix_model (matrix_id, position)
) STRICT, WITHOUT ROWID;
-- Each trial made for a cell, failed ones too, and the earlier one that answers it.
CREATE TABLE matrix_trial (
    matrix_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    trial_id INTEGER NOT NULL REFERENCES trial (id) ON DELETE CASCADE,
    PRIMARY KEY (matrix_id, position, trial_id),
    FOREIGN KEY (matrix_id, position) REFERENCES matrix_cell (matrix_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX matrix_by_trial ON matrix_trial (trial_id);

CREATE TRIGGER matrix_replace BEFORE INSERT ON matrix
WHEN EXISTS (SELECT 1 FROM matrix WHERE id = NEW.id OR ulid = NEW.ulid)
BEGIN SELECT raise(abort, 'matrix.fixed'); END;
CREATE TRIGGER matrix_update BEFORE UPDATE OF
    id, ulid, created, repeats, ask_again, cap
ON matrix
BEGIN SELECT raise(abort, 'matrix.fixed'); END;
CREATE TRIGGER matrix_planned BEFORE UPDATE OF state ON matrix
WHEN NEW.state = 'queued' AND OLD.state <> 'queued'
BEGIN SELECT raise(abort, 'matrix.fixed'); END;
CREATE TRIGGER matrix_delete BEFORE DELETE ON matrix
BEGIN SELECT raise(abort, 'matrix.fixed'); END;
CREATE TRIGGER matrix_cell_replace BEFORE INSERT ON matrix_cell
WHEN EXISTS (
    SELECT 1 FROM matrix_cell
    WHERE matrix_id = NEW.matrix_id AND position = NEW.position
)
BEGIN SELECT raise(abort, 'matrix.fixed'); END;
CREATE TRIGGER matrix_cell_own_shot BEFORE INSERT ON matrix_cell
WHEN EXISTS (
    SELECT 1 FROM matrix_input
    JOIN prompt_version_shot AS shot ON shot.version_id = NEW.prompt_version_id
        AND (shot.input_key = matrix_input.input_key
            OR shot.example_id = matrix_input.example_id)
    WHERE matrix_input.matrix_id = NEW.matrix_id AND matrix_input.position = NEW.input
)
BEGIN SELECT raise(abort, 'shot.own'); END;

CREATE TRIGGER matrix_trial_same BEFORE INSERT ON matrix_trial
WHEN NOT EXISTS (
    SELECT 1 FROM matrix_cell JOIN trial ON trial.call_hash = matrix_cell.call_hash
    WHERE matrix_cell.matrix_id = NEW.matrix_id
        AND matrix_cell.position = NEW.position AND trial.id = NEW.trial_id
)
BEGIN SELECT raise(abort, 'matrix.foreign'); END;
-- Nothing is asked twice: neither what has an answer nor what is being asked.
CREATE TRIGGER matrix_trial_once BEFORE INSERT ON matrix_trial
WHEN EXISTS (
    SELECT 1 FROM matrix_trial JOIN trial ON trial.id = matrix_trial.trial_id
    WHERE matrix_trial.matrix_id = NEW.matrix_id
        AND matrix_trial.position = NEW.position
        AND trial.status IN ('running', 'succeeded')
)
BEGIN SELECT raise(abort, 'matrix.taken'); END;
CREATE TRIGGER matrix_trial_update BEFORE UPDATE ON matrix_trial
BEGIN SELECT raise(abort, 'matrix.fixed'); END;
CREATE TRIGGER matrix_trial_delete BEFORE DELETE ON matrix_trial
WHEN EXISTS (SELECT 1 FROM trial WHERE id = OLD.trial_id)
BEGIN SELECT raise(abort, 'matrix.fixed'); END;
"""

# No reference to the trial: what was spent stays spent when the trial is deleted, and
# its id is never given again.
_SPENDING = """
CREATE TABLE spending (
    trial_id INTEGER PRIMARY KEY,
    matrix_id INTEGER,
    day TEXT NOT NULL,
    reserved TEXT,
    settled TEXT,
    basis TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX spending_open ON spending (trial_id) WHERE basis = '';
CREATE TRIGGER spending_replace BEFORE INSERT ON spending
WHEN EXISTS (SELECT 1 FROM spending WHERE trial_id = NEW.trial_id)
BEGIN SELECT raise(abort, 'spending.fixed'); END;
CREATE TRIGGER spending_once BEFORE UPDATE ON spending
WHEN OLD.basis <> ''
BEGIN SELECT raise(abort, 'spending.fixed'); END;
CREATE TRIGGER spending_reserved BEFORE UPDATE OF
    trial_id, matrix_id, day, reserved
ON spending
BEGIN SELECT raise(abort, 'spending.fixed'); END;
CREATE TRIGGER spending_delete BEFORE DELETE ON spending
BEGIN SELECT raise(abort, 'spending.fixed'); END;

CREATE TABLE cap (
    scope TEXT PRIMARY KEY CHECK (scope IN ('run', 'day', 'project')),
    amount TEXT NOT NULL
) STRICT, WITHOUT ROWID;
"""

MATRIX = _MATRIX + _FIXED + _TRIAL + _SPENDING
