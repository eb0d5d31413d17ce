"""What came to prompt versions later; see `schema`.

``version_note`` is mutable, through the undo log: its rows come with their version and
never go, so that a command can change them. ``version_input`` holds every input that a
version gives an answer to: in its examples, in what was said after them, in any step of
its chain. ``fold`` makes two inputs "the same", as everywhere.
"""

PROMPT_PARTS = """
CREATE TABLE version_note (
    version_id INTEGER PRIMARY KEY REFERENCES prompt_version (id),
    name TEXT NOT NULL DEFAULT '',
    note TEXT NOT NULL DEFAULT ''
) STRICT;
INSERT INTO version_note (version_id) SELECT id FROM prompt_version;
CREATE TRIGGER version_noted AFTER INSERT ON prompt_version
BEGIN INSERT INTO version_note (version_id) VALUES (NEW.id); END;
CREATE TRIGGER version_note_delete BEFORE DELETE ON version_note
BEGIN SELECT raise(abort, 'version.fixed'); END;

CREATE TABLE version_input (
    version_id INTEGER NOT NULL REFERENCES prompt_version (id),
    position INTEGER NOT NULL,
    folded TEXT NOT NULL,
    PRIMARY KEY (version_id, position)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER version_input_update BEFORE UPDATE ON version_input
BEGIN SELECT raise(abort, 'version.fixed'); END;
CREATE TRIGGER version_input_delete BEFORE DELETE ON version_input
BEGIN SELECT raise(abort, 'version.fixed'); END;

-- A record among its own examples would have its answer given away.
CREATE TRIGGER trial_not_shown BEFORE INSERT ON trial
WHEN EXISTS (
    SELECT 1 FROM prompt_version_shot
    WHERE version_id = NEW.prompt_version_id AND example_id = NEW.example_id
) OR EXISTS (
    SELECT 1 FROM version_input
    WHERE version_id = NEW.prompt_version_id AND folded = fold(NEW.input_text)
)
BEGIN SELECT raise(abort, 'shot.own'); END;

-- Texts that were read from files, each once: drafts, versions and the undo log name
-- them by their hash.
CREATE TABLE file_text (
    hash TEXT PRIMARY KEY,
    text TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TRIGGER file_text_update BEFORE UPDATE ON file_text
BEGIN SELECT raise(abort, 'version.fixed'); END;
"""
