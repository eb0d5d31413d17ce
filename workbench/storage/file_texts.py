"""Texts that were read from files, kept once however many prompts name them.

A prompt is written down at every edit, as a version and in the undo log; a document's
text in each of them would soon outweigh everything else in the project.
"""

import sqlite3
from collections.abc import Callable
from typing import Any

from workbench.domain.prompts import PromptSpec, hash_json
from workbench.storage import codec


def dump_spec(connection: sqlite3.Connection, spec: PromptSpec) -> str:
    """Return a prompt as canonical JSON; the texts of its files go to their table."""

    def put(fields: dict[str, Any]) -> dict[str, Any]:
        text = fields.pop("text")
        if not text:
            return fields
        digest = hash_json(text)
        connection.execute(
            "INSERT INTO file_text VALUES (?, ?) ON CONFLICT DO NOTHING", (digest, text)
        )
        return fields | {"text_hash": digest}

    return codec.dump(_files_changed(spec.as_json(), put))


def load_spec(connection: sqlite3.Connection, text: str) -> PromptSpec:
    """Return a prompt with the texts of its files."""

    def get(fields: dict[str, Any]) -> dict[str, Any]:
        digest = fields.pop("text_hash", None)
        if digest is None:
            return fields
        row = connection.execute(
            "SELECT text FROM file_text WHERE hash = ?", (digest,)
        ).fetchone()
        return fields | {"text": row["text"]}

    return codec.spec(_files_changed(codec.load(text), get))


def _files_changed(value: Any, change: Callable[[dict[str, Any]], Any]) -> Any:
    """Return a JSON value with every file in it changed, wherever it stands."""
    if isinstance(value, list):
        return [_files_changed(item, change) for item in value]
    if not isinstance(value, dict):
        return value
    if "content_hash" in value:
        return change(dict(value))
    return {name: _files_changed(item, change) for name, item in value.items()}
