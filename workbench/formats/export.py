"""Training files out: Bedrock conversation and TRL prompt-completion JSONL.

The same examples give the same bytes: keys in a fixed order, no time, no machine. A
row that the trainer would refuse is left out, and the manifest says which and why, so
rows written + rows left out = rows given. Every file and all prompts together carry a
SHA-256.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from workbench.formats.conversation import (
    ASSISTANT,
    SYSTEM,
    Dialect,
    Turn,
    conversation_problem,
)
from workbench.formats.targets import Target, estimated_tokens
from workbench.formats.text import is_unicode

FORMAT_VERSION = 1
MANIFEST = "manifest.json"
SCHEMA = "bedrock-conversation-2024"
TRAIN, VALIDATION = "train", "validation"

_FILE_NAME = re.compile(r"[A-Za-z0-9_.-]+")
# Legal inside JSON, but str.splitlines() in a reader would cut the line there.
_LINE_BREAKS = {0x85: "\\u0085", 0x2028: "\\u2028", 0x2029: "\\u2029"}


class ExportCode(StrEnum):
    """What is wrong with an example or with the whole export."""

    # With one example: it is left out
    NO_INPUT = "no_input"
    NO_ANSWER = "no_answer"
    EMPTY_MESSAGE = "empty_message"
    UNKNOWN_ROLE = "unknown_role"
    ROLES_DO_NOT_ALTERNATE = "roles_do_not_alternate"
    FORBIDDEN_TEXT = "forbidden_text"
    NOT_UNICODE = "not_unicode"
    TOO_LONG = "too_long"
    # With the export: the trainer would refuse the job
    TOO_FEW_RECORDS = "too_few_records"
    TOO_MANY_RECORDS = "too_many_records"
    TOO_MANY_VALIDATION_RECORDS = "too_many_validation_records"
    VALIDATION_NOT_ACCEPTED = "validation_not_accepted"


@dataclass(frozen=True, slots=True)
class ExportExample:
    """One training example: the messages as sent, and the right answer.

    Attributes:
        id: stable id of the record, for the manifest and the problems.
        system: system text, empty for none.
        turns: few-shot turns and, last, the user message.
        answer: what is to be learned.
    """

    id: str
    system: str
    turns: tuple[Turn, ...]
    answer: str


@dataclass(frozen=True, slots=True)
class ExportProblem:
    """A finding; ``id`` is the example's, empty when it is about the whole export.

    Attributes:
        code: what is wrong.
        id: the example's id, or empty.
        split: the split it is in, or empty.
        detail: the text found, a position, or "figure/limit".
        estimated: whether the figure in ``detail`` is an estimate of tokens.
    """

    code: ExportCode
    id: str = ""
    split: str = ""
    detail: str = ""
    estimated: bool = False


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where the examples come from, written into the manifest."""

    snapshot_id: str
    snapshot_sha256: str
    dataset: str = ""


@dataclass(frozen=True, slots=True)
class Export:
    """A finished export, in memory.

    Attributes:
        files: bytes by file name, ``manifest.json`` last.
        problems: examples left out, then what is wrong with the whole.
        written: examples per split that are in the files.
        prompts_sha256: over all prompts (everything but the answers), in order.
    """

    files: Mapping[str, bytes]
    problems: tuple[ExportProblem, ...]
    written: Mapping[str, int]
    prompts_sha256: str

    @property
    def usable(self) -> bool:
        """Whether the trainer would take the files (rows left out apart)."""
        return all(problem.id for problem in self.problems)


def bedrock_line(example: ExportExample) -> str:
    """Return the example as one line of Bedrock conversation JSONL, no newline."""
    value: dict[str, object] = {"schemaVersion": SCHEMA}
    if example.system:
        value["system"] = [{"text": example.system}]
    value["messages"] = [
        {"role": turn.role, "content": [{"text": turn.text}]}
        for turn in (*example.turns, Turn(ASSISTANT, example.answer))
    ]
    return _json(value)


def trl_line(example: ExportExample) -> str:
    """Return the example as one line of conversational prompt-completion JSONL."""
    prompt = [Turn(SYSTEM, example.system)] if example.system else []
    answer = Turn(ASSISTANT, example.answer)
    return _json(
        {
            "prompt": [_message(turn) for turn in (*prompt, *example.turns)],
            "completion": [_message(answer)],
        }
    )


def check_example(
    example: ExportExample,
    target: Target,
    *,
    tokens: Callable[[str], int] | None = None,
) -> ExportProblem | None:
    """Return the first reason why ``target`` would refuse the example, or None.

    Args:
        example: what would be written.
        target: whose limits count.
        tokens: counts the tokens of a text; without it they are estimated.
    """
    turns = (*example.turns, Turn(ASSISTANT, example.answer))
    texts = [example.system, *(turn.text for turn in turns)]
    found = conversation_problem(turns)
    if not example.answer.strip():
        return ExportProblem(ExportCode.NO_ANSWER, example.id)
    if found is not None:
        return ExportProblem(ExportCode(found.code.value), example.id, "", found.detail)
    if not all(is_unicode(text) for text in texts):
        return ExportProblem(ExportCode.NOT_UNICODE, example.id)
    bad = next((f for f in target.forbidden if any(f in text for text in texts)), None)
    if bad is not None:
        return ExportProblem(ExportCode.FORBIDDEN_TEXT, example.id, "", bad)
    size = sum((tokens or estimated_tokens)(text) for text in texts)
    if target.most_tokens is not None and size > target.most_tokens:
        detail, guess = f"{size}/{target.most_tokens}", tokens is None
        return ExportProblem(ExportCode.TOO_LONG, example.id, "", detail, guess)
    return None


def build_export(
    splits: Mapping[str, Sequence[ExportExample]],
    target: Target,
    provenance: Provenance,
    *,
    tokens: Callable[[str], int] | None = None,
) -> Export:
    """Make the files of an export: ``<split>.jsonl`` for each split, and the manifest.

    Args:
        splits: examples by split name, in the order they are to be written.
        target: who will read the files.
        provenance: snapshot they come from.
        tokens: as in ``check_example``.

    Raises:
        ValueError: a split name that cannot be a file name (Bedrock allows letters,
            digits, ``_``, ``-`` and ``.``), or an example id used twice.
    """
    _check_names(splits)
    good: dict[str, list[ExportExample]] = {}
    problems: list[ExportProblem] = []
    for split, examples in splits.items():
        good[split] = []
        for example in examples:
            problem = check_example(example, target, tokens=tokens)
            if problem is None:
                good[split].append(example)
            else:
                problems.append(_in_split(problem, split))
    written = {split: len(examples) for split, examples in good.items()}
    problems.extend(_job_problems(written, target))
    line = _WRITERS[target.dialect]
    files = {
        f"{split}.jsonl": "".join(line(e) + "\n" for e in examples).encode()
        for split, examples in good.items()
    }
    prompts = prompts_sha256(e for examples in good.values() for e in examples)
    export = Export(files, tuple(problems), written, prompts)
    return Export(
        {**files, MANIFEST: _manifest(export, target, provenance)},
        export.problems,
        written,
        prompts,
    )


def prompts_sha256(examples: Iterable[ExportExample]) -> str:
    """Hash the prompts, in order: equal hashes = byte-identical prompts."""
    digest = hashlib.sha256()
    for example in examples:
        turns = [_message(turn) for turn in example.turns]
        digest.update(_json([example.system, turns]).encode() + b"\n")
    return digest.hexdigest()


def write_export(folder: Path, export: Export) -> None:
    """Write the files into ``folder``, which is made; the manifest comes last.

    An export that was interrupted has no manifest, or one that ``verify_export``
    finds wrong.

    Raises:
        OSError: the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MANIFEST).unlink(missing_ok=True)
    for name, data in export.files.items():
        (folder / name).write_bytes(data)


def verify_export(folder: Path) -> tuple[str, ...]:
    """Return the files whose bytes are not those of the manifest; none = intact.

    Raises:
        OSError: no readable manifest.
        ValueError: the manifest is not ours.
    """
    manifest = json.loads((folder / MANIFEST).read_bytes())
    if not isinstance(manifest, dict) or manifest.get("format") != "workbench-export":
        raise ValueError("not an export manifest")
    return tuple(
        entry["name"]
        for entry in manifest["files"]
        if _file_sha256(folder / entry["name"]) != entry["sha256"]
    )


def _file_sha256(path: Path) -> str | None:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None


def _message(turn: Turn) -> dict[str, str]:
    return {"role": turn.role, "content": turn.text}


def _json(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.translate(_LINE_BREAKS)


def _check_names(splits: Mapping[str, Sequence[ExportExample]]) -> None:
    for split in splits:
        if not _FILE_NAME.fullmatch(split) or split.startswith("."):
            raise ValueError(f"not a file name: {split!r}")
    ids = [example.id for examples in splits.values() for example in examples]
    if len(set(ids)) != len(ids):
        raise ValueError("an example id occurs twice")


def _in_split(problem: ExportProblem, split: str) -> ExportProblem:
    return ExportProblem(
        problem.code, problem.id, split, problem.detail, problem.estimated
    )


def _job_problems(written: Mapping[str, int], target: Target) -> list[ExportProblem]:
    train, validation = written.get(TRAIN, 0), written.get(VALIDATION, 0)
    limits = (
        (ExportCode.TOO_FEW_RECORDS, TRAIN, target.fewest_records, train, -1),
        (ExportCode.TOO_MANY_RECORDS, "", target.most_records, train + validation, 1),
        (
            ExportCode.TOO_MANY_VALIDATION_RECORDS,
            VALIDATION,
            target.most_validation,
            validation,
            1,
        ),
    )
    problems = [
        ExportProblem(code, "", split, f"{figure}/{limit}")
        for code, split, limit, figure, sign in limits
        if limit is not None and (figure - limit) * sign > 0
    ]
    if validation and not target.validation:
        code = ExportCode.VALIDATION_NOT_ACCEPTED
        problems.append(ExportProblem(code, "", VALIDATION, str(validation)))
    return problems


def _manifest(export: Export, target: Target, provenance: Provenance) -> bytes:
    value = {
        "format": "workbench-export",
        "format_version": FORMAT_VERSION,
        "dialect": target.dialect.value,
        "target": target.name,
        "snapshot": {
            "id": provenance.snapshot_id,
            "sha256": provenance.snapshot_sha256,
            "dataset": provenance.dataset,
        },
        "rows": dict(export.written),
        "prompts_sha256": export.prompts_sha256,
        "files": [
            {
                "name": name,
                "split": name.removesuffix(".jsonl"),
                "rows": export.written[name.removesuffix(".jsonl")],
                "bytes": len(data),
                "sha256": hashlib.sha256(data).hexdigest(),
            }
            for name, data in export.files.items()
        ],
        "left_out": [
            {"id": p.id, "split": p.split, "code": p.code.value, "detail": p.detail}
            for p in export.problems
            if p.id
        ],
    }
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


_WRITERS: Mapping[Dialect, Callable[[ExportExample], str]] = {
    Dialect.BEDROCK_CONVERSATION: bedrock_line,
    Dialect.TRL_PROMPT_COMPLETION: trl_line,
}
