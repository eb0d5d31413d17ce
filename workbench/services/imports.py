"""Reading other people's files into records: a preview first, then the import."""

import dataclasses
from collections.abc import Mapping, Sequence
from pathlib import Path

from workbench.domain.datasets import NewExample
from workbench.domain.errors import EnvironmentFault, InputError
from workbench.domain.prompts import sorted_items
from workbench.domain.task import TaskCard, TaskKind
from workbench.formats.csv_io import Table, parse_pasted, read_csv
from workbench.formats.jsonl_io import ANSWER_KEYS, GROUP_KEYS, RecordFile, read_records
from workbench.formats.problems import Problem, ProblemCode
from workbench.services.checks import check_form

_JSON_SUFFIXES = {".jsonl", ".json", ".ndjson"}
_ANSWER, _GROUP = "answer", "group"
_NO_CARD = TaskCard()
_LOOKED_AT = 1000
_MOST = 0.5
LARGEST_FILE = 200 * 1024 * 1024


@dataclasses.dataclass(frozen=True, slots=True)
class RowProblem:
    """Why a row of a file was left out, or needs a look.

    Attributes:
        row: row as a spreadsheet counts it, or line of a JSONL file; 0 is the file.
        code: stable code (`ProblemCode` or `AnswerCode`).
        detail: value that belongs into the sentence.
        rejected: False when the row is kept all the same.
    """

    row: int
    code: str
    detail: str = ""
    rejected: bool = True


@dataclasses.dataclass(frozen=True, slots=True)
class ImportPreview:
    """A file as a table, with a guess which column is what.

    Attributes:
        source: name of the file, or ``pasted``.
        columns: names of the columns.
        rows: all rows that can be read.
        numbers: row numbers in the file, one per row.
        problems: rows that cannot be read, with reasons.
        answer_column: guessed column of the right answer, or empty.
        input_columns: guessed columns of the input.
        group_column: guessed column that ties records together, or empty.
        has_header: whether the names of the columns come from the first row.
    """

    source: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...]
    problems: tuple[RowProblem, ...]
    answer_column: str
    input_columns: tuple[str, ...]
    group_column: str = ""
    has_header: bool = True


def preview_file(
    path: Path, card: TaskCard = _NO_CARD, *, header: bool | None = None
) -> ImportPreview:
    """Read a CSV, TSV or JSONL file.

    Args:
        path: the file.
        card: its labels tell which column holds the answers.
        header: whether the first row of a table holds names; None guesses.

    Raises:
        EnvironmentFault: ``file.unreadable``.
        InputError: ``file.too_large`` above 200 MiB, ``file.is_folder``.
    """
    if path.is_dir():
        raise InputError("file.is_folder", "This is a folder. Choose a file.")
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise InputError("file.too_large", "Files up to 200 MiB can be imported.")
        data = path.read_bytes()
    except OSError as error:
        raise EnvironmentFault(
            "file.unreadable",
            f"The file cannot be read: {error.strerror}",
            {"path": str(path), "reason": error.strerror or ""},
        ) from error
    if path.suffix.lower() in _JSON_SUFFIXES:
        records = read_records(data)
        if not any(p.code is ProblemCode.LOOKS_LIKE_CSV for p in records.problems):
            return _from_records(path.name, records, card)
    return preview_table(path.name, read_csv(data, header=header), card)


def preview_text(text: str, card: TaskCard = _NO_CARD) -> ImportPreview:
    """Read cells pasted from a spreadsheet, or lines of text as inputs."""
    return preview_table("pasted", parse_pasted(text), card)


def new_examples(
    preview: ImportPreview,
    answer_column: str,
    input_columns: Sequence[str],
    group_column: str,
    card: TaskCard,
) -> tuple[list[NewExample], list[RowProblem]]:
    """Turn rows into records.

    Returns:
        The records, and why other rows were left out: no input, no answer, or an answer
        that contradicts the task card (kept, but told).
    """
    examples: list[NewExample] = []
    problems: list[RowProblem] = []
    for number, cells in zip(preview.numbers, preview.rows, strict=True):
        values = dict(zip(preview.columns, cells, strict=True))
        inputs = {name: values[name] for name in input_columns}
        answer = values.get(answer_column, "")
        if not any(text.strip() for text in inputs.values()):
            problems.append(RowProblem(number, ProblemCode.NO_INPUT))
        elif not answer.strip():
            problems.append(RowProblem(number, ProblemCode.NO_ANSWER))
        else:
            group = values.get(group_column, "")
            examples.append(_example(inputs, answer, group, preview.source))
            problems.extend(_form_problems(number, answer, card))
    return examples, problems


def all_problems(
    preview: ImportPreview, found: Sequence[RowProblem]
) -> tuple[RowProblem, ...]:
    """Join what was wrong when reading with what `new_examples` has found, by row."""
    lost = {problem.row for problem in found if problem.rejected}
    # A row cannot be kept with a remark and left out at the same time.
    read = [p for p in preview.problems if p.rejected or p.row not in lost]
    return tuple(sorted((*read, *found), key=lambda problem: problem.row))


def _form_problems(number: int, answer: str, card: TaskCard) -> list[RowProblem]:
    return [
        RowProblem(number, problem.code, problem.detail, rejected=False)
        for problem in check_form(answer, card)
    ]


def _example(
    inputs: Mapping[str, str], answer: str, group: str, source: str
) -> NewExample:
    return NewExample(sorted_items(inputs), answer, group=group, source=source)


def preview_table(
    source: str, table: Table, card: TaskCard = _NO_CARD
) -> ImportPreview:
    """Guess which column of a table is what."""
    group = _guess(table.columns, GROUP_KEYS)
    answer = _column_of_labels(table.columns, table.rows, card)
    answer = answer or _guess(table.columns, ANSWER_KEYS)
    if not answer and len(table.columns) > 1:
        answer = next(c for c in reversed(table.columns) if c != group)
    inputs = tuple(c for c in table.columns if c not in {answer, group})
    problems = tuple(_row_problem(problem) for problem in table.problems)
    return ImportPreview(
        source,
        table.columns,
        table.rows,
        table.numbers,
        problems,
        answer,
        inputs,
        group,
        table.has_header,
    )


def _from_records(source: str, file: RecordFile, card: TaskCard) -> ImportPreview:
    names = tuple(dict.fromkeys(n for r in file.records for n in r.inputs))
    columns = (*names, _ANSWER, _GROUP)
    rows = tuple(
        (*(r.inputs.get(n, "") for n in names), r.answer, r.group) for r in file.records
    )
    answer = _column_of_labels(columns, rows, card) or _ANSWER
    return ImportPreview(
        source,
        columns,
        rows,
        tuple(record.row for record in file.records),
        tuple(_row_problem(problem) for problem in file.problems),
        answer,
        tuple(name for name in names if name != answer),
        _GROUP if any(record.group for record in file.records) else "",
    )


def _column_of_labels(
    columns: Sequence[str], rows: Sequence[Sequence[str]], card: TaskCard
) -> str:
    """Return the column most of whose cells are labels of the task, or empty."""
    if card.kind is not TaskKind.LABEL or not card.labels:
        return ""

    def share(place: int) -> float:
        cells = [row[place].strip() for row in rows[:_LOOKED_AT] if row[place].strip()]
        return sum(cell in card.labels for cell in cells) / max(1, len(cells))

    best = max(range(len(columns)), key=share, default=0)
    return columns[best] if columns and share(best) > _MOST else ""


def _guess(columns: Sequence[str], names: Sequence[str]) -> str:
    folded = {column.strip().casefold(): column for column in columns}
    return next((folded[name] for name in names if name in folded), "")


def _row_problem(problem: Problem) -> RowProblem:
    return RowProblem(problem.row, problem.code, problem.detail, problem.rejected)
