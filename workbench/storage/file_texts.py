"""Texts that were read from files, kept once however many prompts name them.

A prompt is written down at every edit, as a version, in the undo log and with every
trial; a document's text in each of them would soon outweigh everything else.
"""

import sqlite3
from collections.abc import Callable, Iterable
from typing import Any

from workbench.domain.prompts import Message, PromptSpec, hash_json
from workbench.storage import codec


def dump_spec(connection: sqlite3.Connection, spec: PromptSpec) -> str:
    """Return a prompt as canonical JSON; the texts of its files go to their table."""
    return codec.dump(_put(connection, spec.as_json()))


def load_spec(connection: sqlite3.Connection, text: str) -> PromptSpec:
    """Return a prompt with the texts of its files."""
    return codec.spec(_got(connection, text))


def dump_messages(connection: sqlite3.Connection, messages: Iterable[Message]) -> str:
    """Return a trial's messages as canonical JSON, as `dump_spec` does."""
    return codec.dump(_put(connection, codec.load(codec.dump_messages(messages))))


def load_messages(connection: sqlite3.Connection, text: str) -> tuple[Message, ...]:
    """Return a trial's messages with the texts of their files."""
    return codec.messages(_got(connection, text))


def _put(connection: sqlite3.Connection, value: Any) -> Any:
    def put(fields: dict[str, Any]) -> dict[str, Any]:
        text = fields.pop("text")
        if not text:
            return fields
        digest = hash_json(text)
        connection.execute(
            "INSERT INTO file_text VALUES (?, ?) ON CONFLICT DO NOTHING", (digest, text)
        )
        return fields | {"text_hash": digest}

    return _files_changed(value, put)


def _got(connection: sqlite3.Connection, text: str) -> Any:
    def get(fields: dict[str, Any]) -> dict[str, Any]:
        digest = fields.pop("text_hash", None)
        if digest is None:
            return fields
        row = connection.execute(
            "SELECT text FROM file_text WHERE hash = ?", (digest,)
        ).fetchone()
        return fields | {"text": row["text"]}

    return _files_changed(codec.load(text), get)


def _files_changed(value: Any, change: Callable[[dict[str, Any]], Any]) -> Any:
    """Return a JSON value with every file in it changed, wherever it stands."""
    if isinstance(value, list):
        return [_files_changed(item, change) for item in value]
    if not isinstance(value, dict):
        return value
    if "content_hash" in value:
        return change(dict(value))
    return {name: _files_changed(item, change) for name, item in value.items()}
