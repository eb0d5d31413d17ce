"""JSON Lines in: four dialects, read into ``Record``.

* Bedrock conversation: ``{"schemaVersion", "system": [{"text"}], "messages": [{"role",
  "content": [{"text"}]}]}`` (AWS guide, "Preparing data for fine-tuning Nova models")
* OpenAI chat: ``{"messages": [{"role", "content"}]}``, also Claude 3 on Bedrock with a
  ``system`` text beside
* TRL prompt-completion: both texts, or both lists of messages (TRL docs, "Dataset
  formats")
* plain: any other object; its keys are variables and one of them is the answer

A JSON array of such objects is read too. A line that cannot be used is a problem with
its line number and text; the others are read.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workbench.formats.conversation import (
    ASSISTANT,
    SYSTEM,
    USER,
    Dialect,
    Record,
    Turn,
    conversation_problem,
    record_from_turns,
)
from workbench.formats.csv_io import DELIMITERS
from workbench.formats.fields import as_text
from workbench.formats.problems import Problem, ProblemCode
from workbench.formats.text import REPLACEMENT, decode, is_unicode

Object = Mapping[str, object]

ANSWER_KEYS = (
    "answer", "output", "completion", "response", "label", "category",
    "正解", "回答", "答え", "ラベル", "分類", "カテゴリ",
)  # fmt: skip
"""Keys of a plain object that hold the answer, the first present wins."""

GROUP_KEYS = ("group", "グループ")
"""Keys of a plain object that name the group, the first present wins."""

_NOT_VARIABLES = ("tags", *GROUP_KEYS)


@dataclass(frozen=True, slots=True)
class JsonRow:
    """An object and the line on which it starts (its number in an array)."""

    row: int
    value: Object


@dataclass(frozen=True, slots=True)
class JsonFile:
    """The objects of a file and the lines that were none, in file order."""

    rows: tuple[JsonRow, ...]
    encoding: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class RecordFile:
    """The records of a file.

    Attributes:
        records: in file order.
        dialects: number of records per dialect.
        problems: what was left out, in file order.
    """

    records: tuple[Record, ...]
    dialects: Mapping[Dialect, int]
    problems: tuple[Problem, ...]


class _UnusableError(Exception):
    """A row that is JSON but no record; carries the problem's code and detail."""

    def __init__(self, code: ProblemCode, detail: str = "") -> None:
        super().__init__(code, detail)
        self.code = code
        self.detail = detail


def read_jsonl(data: bytes, *, encoding: str | None = None) -> JsonFile:
    """Read the objects of a JSON Lines file or of one JSON array.

    Raises:
        LookupError: an ``encoding`` that Python does not know.
    """
    decoded = decode(data, encoding)
    text = decoded.text
    if text.lstrip().startswith("["):
        rows, problems = _array(text)
        if rows or not problems:
            return JsonFile(tuple(rows), decoded.encoding, tuple(problems))
    if looks_like_csv(text):
        problem = Problem(0, 1, ProblemCode.LOOKS_LIKE_CSV)
        return JsonFile((), decoded.encoding, (problem,))
    rows, problems = _lines(text, damaged=decoded.damaged)
    return JsonFile(tuple(rows), decoded.encoding, tuple(problems))


def looks_like_csv(text: str) -> bool:
    """Whether a text that should be JSON begins like a table."""
    first = next((line for line in text.split("\n") if line.strip()), "").strip()
    return bool(first) and first[0] not in "{[" and any(d in first for d in DELIMITERS)


def read_records(
    data: bytes, *, answer_key: str | None = None, encoding: str | None = None
) -> RecordFile:
    """Read a file of any dialect, or of several mixed.

    Args:
        data: the file's bytes.
        answer_key: key of the answer in plain objects; None = one of ``ANSWER_KEYS``.
        encoding: overrules the guess.

    Raises:
        LookupError: an ``encoding`` that Python does not know.
    """
    file = read_jsonl(data, encoding=encoding)
    records: list[Record] = []
    problems = list(file.problems)
    dialects: dict[Dialect, int] = {}
    for row in file.rows:
        dialect = detect_dialect(row.value)
        try:
            records.append(_record(row, dialect, answer_key))
        except _UnusableError as error:
            # Escaped only where the plain text could not be stored or shown.
            escaped = error.code is ProblemCode.UNDECODABLE
            cells = (json.dumps(row.value, ensure_ascii=escaped),)
            problems.append(
                Problem(row.row, row.row, error.code, error.detail, cells=cells)
            )
            continue
        dialects[dialect] = dialects.get(dialect, 0) + 1
    problems.sort(key=lambda problem: problem.row)
    return RecordFile(tuple(records), dialects, tuple(problems))


def detect_dialect(value: Object) -> Dialect:
    """Tell the dialect of an object by its keys."""
    messages = value.get("messages")
    if isinstance(messages, list):
        contents = [m.get("content") for m in messages if isinstance(m, dict)]
        blocks = any(_has_blocks(content) for content in contents)
        bedrock = blocks or "schemaVersion" in value
        return Dialect.BEDROCK_CONVERSATION if bedrock else Dialect.OPENAI_CHAT
    if "prompt" in value and "completion" in value:
        return Dialect.TRL_PROMPT_COMPLETION
    return Dialect.PLAIN


def _has_blocks(content: object) -> bool:
    """Whether content is Bedrock's; OpenAI's list of parts names a type in each."""
    return isinstance(content, list) and not any(
        isinstance(part, dict) and "type" in part for part in content
    )


def _array(text: str) -> tuple[list[JsonRow], list[Problem]]:
    try:
        values = json.loads(text)
    except (ValueError, RecursionError):
        # Perhaps lines, each of them an array: read line by line, with an error each.
        return [], [Problem(0, 1, ProblemCode.NOT_JSON)]
    rows: list[JsonRow] = []
    problems: list[Problem] = []
    for number, value in enumerate(values, start=1):
        if isinstance(value, dict):
            rows.append(JsonRow(number, value))
        else:
            shown = (json.dumps(value, ensure_ascii=False),)
            problems.append(Problem(number, 1, ProblemCode.NOT_AN_OBJECT, cells=shown))
    return rows, problems


def _lines(text: str, *, damaged: bool) -> tuple[list[JsonRow], list[Problem]]:
    rows: list[JsonRow] = []
    problems: list[Problem] = []
    # Not splitlines(): U+2028 and others may stand unescaped inside JSON strings.
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            rows.append(JsonRow(number, _object(line, damaged=damaged)))
        except _UnusableError as error:
            shown = (line.rstrip("\r"),)
            problems.append(
                Problem(number, number, error.code, error.detail, cells=shown)
            )
    if not rows and not problems:
        problems.append(Problem(0, 0, ProblemCode.EMPTY_FILE))
    return rows, problems


def _object(line: str, *, damaged: bool) -> Object:
    if damaged and REPLACEMENT in line:
        raise _UnusableError(ProblemCode.UNDECODABLE)
    try:
        value = json.loads(line, object_pairs_hook=_without_repeats)
    except json.JSONDecodeError as error:
        raise _UnusableError(ProblemCode.NOT_JSON, str(error.pos + 1)) from None
    except (ValueError, RecursionError):
        raise _UnusableError(ProblemCode.NOT_JSON) from None
    if not isinstance(value, dict):
        raise _UnusableError(ProblemCode.NOT_AN_OBJECT)
    return value


def _without_repeats(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in pairs:
        # json.loads would keep the last and lose the others without a word.
        if key in found:
            raise _UnusableError(ProblemCode.REPEATED_KEY, key)
        found[key] = value
    return found


def _record(row: JsonRow, dialect: Dialect, answer_key: str | None) -> Record:
    value = row.value
    if not is_unicode(json.dumps(value, ensure_ascii=False)):
        raise _UnusableError(ProblemCode.UNDECODABLE)
    if dialect is Dialect.PLAIN or _is_plain_pair(value, dialect):
        return _plain_record(row, answer_key)
    messages: Sequence[object]
    if dialect is Dialect.TRL_PROMPT_COMPLETION:
        messages = [*_list(value["prompt"]), *_list(value["completion"])]
    else:
        messages = _list(value["messages"])
    spoken = [_turn(message) for message in messages]
    systems = [_content(value["system"])] if value.get("system") else []
    systems += [turn.text for turn in spoken if turn.role == SYSTEM]
    turns = [turn for turn in spoken if turn.role != SYSTEM]
    problem = conversation_problem(turns)
    if problem is not None:
        raise _UnusableError(problem.code, problem.detail)
    tags = _tags(value)
    return record_from_turns("\n".join(systems), turns, tags=tags, row=row.row)


def _is_plain_pair(value: Object, dialect: Dialect) -> bool:
    return dialect is Dialect.TRL_PROMPT_COMPLETION and not (
        isinstance(value["prompt"], list) and isinstance(value["completion"], list)
    )


def _plain_record(row: JsonRow, answer_key: str | None) -> Record:
    value = row.value
    keys = (answer_key,) if answer_key else ANSWER_KEYS
    key = next((name for name in keys if name in value), None)
    inputs = {
        name: as_text(item)
        for name, item in value.items()
        if name != key and name not in _NOT_VARIABLES
    }
    if not any(text.strip() for text in inputs.values()):
        raise _UnusableError(ProblemCode.NO_INPUT)
    return Record(
        inputs=inputs,
        answer=as_text(value[key]) if key else "",
        tags=_tags(value),
        group=next((as_text(value[k]) for k in GROUP_KEYS if k in value), ""),
        row=row.row,
    )


def _tags(value: Object) -> tuple[str, ...]:
    tags = value.get("tags")
    if isinstance(tags, str):
        return tuple(tag.strip() for tag in tags.split(",") if tag.strip())
    return tuple(as_text(tag) for tag in tags) if isinstance(tags, list) else ()


def _list(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else []


def _turn(message: object) -> Turn:
    if not isinstance(message, dict):
        raise _UnusableError(ProblemCode.NOT_AN_OBJECT, "messages")
    role = message.get("role")
    if role not in (USER, ASSISTANT, SYSTEM):
        raise _UnusableError(ProblemCode.UNKNOWN_ROLE, as_text(role))
    return Turn(str(role), _content(message.get("content")))


def _content(content: object) -> str:
    """Text of a message: a string, or a list of text blocks joined by newlines."""
    if isinstance(content, str):
        return content
    texts: list[str] = []
    for block in _list(content):
        text = block.get("text") if isinstance(block, dict) else None
        if not isinstance(text, str):
            kind = next(iter(block), "") if isinstance(block, dict) else ""
            raise _UnusableError(ProblemCode.UNSUPPORTED_CONTENT, as_text(kind))
        texts.append(text)
    return "\n".join(texts)
