"""What the window has shown as saved: appended, flushed to the disk, read after a kill.

Each line is about one thing, named by a list of words (its key). An *intention* is
written before an action, what is *shown* only once the window says so. After a kill the
project must hold what was shown last, or an intention that came after it.
"""

import dataclasses
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Key = tuple[str, ...]
Value = str | int | bool | None


@dataclasses.dataclass
class Promise:
    """What may be found for one key.

    Attributes:
        is_shown: whether the window ever showed it as saved.
        shown: what it showed last.
        intended: what was asked for after that.
    """

    is_shown: bool = False
    shown: Value = None
    intended: list[Value] = dataclasses.field(default_factory=list)

    def allows(self, value: Value) -> bool:
        """Tell whether finding this breaks no promise."""
        return value == self.shown or value in self.intended


class Journal:
    """The file, on either side of the kill."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def intend(self, *key: str, value: Value) -> None:
        """Write down what is about to be asked of the window."""
        self._append({"intend": key, "value": value})

    def show(self, *key: str, value: Value) -> None:
        """Write down what the window shows as saved now."""
        self._append({"show": key, "value": value})

    def note(self, word: str, value: Value) -> None:
        """Write down something that happened, and promises nothing."""
        self._append({"note": word, "value": value})

    def promises(self) -> dict[Key, Promise]:
        """Return what the project must hold now."""
        found: dict[Key, Promise] = {}
        for line in self._lines():
            if "intend" in line:
                promise = found.setdefault(tuple(line["intend"]), Promise())
                promise.intended.append(line["value"])
            elif "show" in line:
                found[tuple(line["show"])] = Promise(True, line["value"])
        return found

    def length(self) -> int:
        """Return the number of lines."""
        return self._path.read_bytes().count(b"\n") if self._path.exists() else 0

    def notes(self, word: str) -> list[Value]:
        """Return every note with this word."""
        return [line["value"] for line in self._lines() if line.get("note") == word]

    def _append(self, line: dict[str, Any]) -> None:
        text = json.dumps(line, ensure_ascii=False) + "\n"
        with self._path.open("a", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())

    def _lines(self) -> Iterator[dict[str, Any]]:
        if not self._path.exists():
            return
        data = self._path.read_bytes()
        # A kill may leave half a line: what it would have said was promised to nobody.
        for line in data[: data.rfind(b"\n") + 1].splitlines():
            yield json.loads(line)
