"""Reading the rows of a run: TRL's conversational prompt-completion JSONL.

What is wrong with a row is kept with it and counted later, never raised: one bad line
must not hide the others.
"""

import dataclasses
import json
from collections.abc import Iterator
from pathlib import Path

from workbench.worker.errors import WorkerError
from workbench.worker.files import sha256_file
from workbench.worker.protocol import (
    ChatMessage,
    DataFile,
    DropReason,
    ErrorClass,
    PreparedLine,
)

TRAIN = "train"
VALIDATION = "validation"


@dataclasses.dataclass(frozen=True, slots=True)
class Row:
    """A row as read: either turns, or the reason why there are none."""

    number: int
    id: str
    split: str
    prompt: list[ChatMessage]
    completion: list[ChatMessage]
    bad: DropReason | None = None


def read_lines(path: Path) -> list[PreparedLine]:
    """Read the prepared rows that are trained or measured."""
    with path.open(encoding="utf-8") as file:
        lines: list[PreparedLine] = [json.loads(line) for line in file]
    return [line for line in lines if not line["dropped"]]


def read_rows(data: DataFile, base: Path) -> Iterator[Row]:
    """Read the data file, checking its hash first.

    Raises:
        WorkerError: DATA when the file is missing, not the one named, or holds rows
            that are set aside for the test.
    """
    path = base / data.path  # an absolute path wins over base
    if not path.is_file():
        raise WorkerError(ErrorClass.DATA, f"The data file {path} is missing.")
    if sha256_file(path) != data.sha256:
        raise WorkerError(
            ErrorClass.DATA,
            f"The data file {path.name} changed after the run was set up.",
            "Export the snapshot again.",
        )
    with path.open(encoding="utf-8-sig") as file:
        for number, line in enumerate(file, start=1):
            if line.strip():
                yield _read_row(line, number)


def _read_row(line: str, number: int) -> Row:
    """Read one line; what is wrong with it is kept, not raised."""
    try:
        value = json.loads(line)
    except json.JSONDecodeError:
        value = None
    if not isinstance(value, dict):
        return Row(number, str(number), TRAIN, [], [], DropReason.NOT_JSON)
    split = value.get("split", TRAIN)
    if split not in {TRAIN, VALIDATION}:
        raise WorkerError(
            ErrorClass.DATA,
            f"Line {number} belongs to the part {split!r}, which is never trained on.",
            "Export the training and validation parts only.",
        )
    prompt, completion = (_turns(value.get(key)) for key in ("prompt", "completion"))
    return Row(
        number,
        str(value.get("id", number)),
        split,
        prompt,
        completion,
        _verdict(prompt, completion),
    )


def _turns(value: object) -> list[ChatMessage]:
    """Return the turns of a prompt or completion, none when they are malformed."""
    if not isinstance(value, list):
        return []
    turns: list[ChatMessage] = []
    for turn in value:
        if not isinstance(turn, dict):
            return []
        role, content = turn.get("role"), turn.get("content")
        if not isinstance(role, str) or not isinstance(content, str):
            return []
        turns.append({"role": role, "content": content})
    return turns


def _verdict(
    prompt: list[ChatMessage], completion: list[ChatMessage]
) -> DropReason | None:
    """Return why a row cannot be trained whatever the tokenizer."""
    if not any(turn["role"] == "user" for turn in prompt):
        return DropReason.NO_PROMPT
    if [turn["role"] for turn in completion] != ["assistant"]:
        return DropReason.NO_ASSISTANT_TURN
    if not completion[0]["content"].strip():
        return DropReason.EMPTY_COMPLETION
    return None
