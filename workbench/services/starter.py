"""A person's own first project: ten of their examples, and what follows from them.

Everything but `StarterService.create` is pure: cells that were pasted or read become
pairs of what comes in and the right answer, and those tell what kind of task it is.
"""

import dataclasses
import re
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from workbench.domain.datasets import NewExample, normalised_input
from workbench.domain.ports import ProjectStore
from workbench.domain.task import TaskCard, TaskKind
from workbench.formats.csv_io import parse_pasted, read_csv
from workbench.formats.jsonl_io import ANSWER_KEYS
from workbench.services.imports import ImportPreview, RowProblem, preview_file
from workbench.services.imports import preview_table as preview
from workbench.services.projects import ProjectService

WANTED = 10
VARIABLE = "input"
_NAME = re.compile(r"[^\W\d]\w*")
_INPUT_NAMES = frozenset(
    {"input", "question", "text", "prompt", "message", "入力", "質問", "問い", "本文"}
)
_LONGEST_LABEL = 40
_MOST_LABELS = 12
_TOKENS = (128, 1024)
# Workbooks and documents, new (zip) and old (OLE), PDF, and pictures.
_BINARY = (
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0",
    b"%PDF-",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"SQLite ",
)


class Pair(NamedTuple):
    """What comes in, and the right answer."""

    input: str
    answer: str

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands in it."""
        return not self.input.strip() and not self.answer.strip()


@dataclasses.dataclass(frozen=True, slots=True)
class Block:
    """Cells that were pasted or read, with a guess which column is what.

    Attributes:
        source: name of the file; empty for pasted cells.
        has_header: whether the first row was taken for the names of the columns.
        input_column: place of the column with what comes in.
        answer_column: place of the column with the right answer; -1 is none.
        is_text: False for a workbook, a document or a picture: nothing was read.
    """

    source: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    problems: tuple[RowProblem, ...]
    has_header: bool
    input_column: int = 0
    answer_column: int = -1
    is_text: bool = True

    def pairs(self) -> tuple[Pair, ...]:
        """Return the rows as pairs."""
        return tuple(
            Pair(_cell(row, self.input_column), _cell(row, self.answer_column))
            for row in self.rows
        )

    @property
    def variable(self) -> str:
        """Name of the input column, if a prompt can use it; else ``input``."""
        if not self.has_header or not self.columns:
            return VARIABLE
        name = self.columns[self.input_column].strip()
        return name if _NAME.fullmatch(name) else VARIABLE


@dataclasses.dataclass(frozen=True, slots=True)
class Understood:
    """What the rows of the table amount to.

    Attributes:
        examples: rows with both.
        questions: inputs without a right answer, in their order.
        lonely: rows (from 1) with an answer that nothing comes in for.
        repeated: inputs that stand there more than once.
    """

    examples: tuple[Pair, ...] = ()
    questions: tuple[str, ...] = ()
    lonely: tuple[int, ...] = ()
    repeated: int = 0

    @property
    def first_input(self) -> str:
        """What is tried first: a question that is open, else the first example."""
        return next(iter((*self.questions, *(e.input for e in self.examples))), "")


@dataclasses.dataclass(frozen=True, slots=True)
class Beginning:
    """The first contents of a project.

    Attributes:
        dataset: name of the dataset the examples go into.
        variable: name of the placeholder in the message.
        source: where the examples came from: ``typed`` or the name of a file.
    """

    understood: Understood
    dataset: str
    variable: str = VARIABLE
    source: str = "typed"


class StarterService:
    """Makes a project of a person's examples."""

    def __init__(self, projects: ProjectService) -> None:
        """Keep the way to projects."""
        self._projects = projects

    def create(
        self, path: Path, name: str, card: TaskCard, beginning: Beginning
    ) -> None:
        """Make the project with its records and a prompt to run, and open it.

        Raises:
            EnvironmentFault: ``project.exists`` when the file is there already.
        """

        def fill(store: ProjectStore) -> None:
            _fill(store, beginning)

        self._projects.create(path, name, card, fill)


def read_pasted(text: str, header: bool | None = None) -> Block:
    """Read cells of a spreadsheet, as the clipboard has them.

    Args:
        text: tab separated, or lines.
        header: whether the first row holds names; None guesses.
    """
    table = parse_pasted(text, header=header)
    if "\t" not in text and (table.problems or _is_prose(text, table.delimiter)):
        # One column of sentences: the commas in them part nothing.
        data = text.encode("utf-8", "replace")
        table = read_csv(data, encoding="utf-8", delimiter="\t", header=header)
    block = _block("", preview("", table))
    if header is None and block.has_header and not _are_names(block):
        return read_pasted(text, header=False)
    return block


def read_file(path: Path, header: bool | None = None) -> Block:
    """Read a table; see `workbench.services.imports.preview_file` for its errors."""
    if _starts_as_binary(path):
        return Block(path.name, (), (), (), has_header=False, is_text=False)
    block = _block(path.name, preview_file(path, header=header))
    if header is None and block.has_header and not _are_names(block):
        return read_file(path, header=False)
    return block


def understand(rows: Sequence[Pair]) -> Understood:
    """Sort rows into examples, questions and what cannot be used; blanks are none."""
    filled = [(n, row) for n, row in enumerate(rows, 1) if not row.is_blank]
    inputs = Counter(normalised_input(row.input) for _, row in filled if row.input)
    return Understood(
        tuple(r for _, r in filled if r.input.strip() and r.answer.strip()),
        tuple(r.input for _, r in filled if not r.answer.strip()),
        tuple(n for n, r in filled if not r.input.strip()),
        sum(count > 1 for text, count in inputs.items() if text),
    )


def guess_card(answers: Sequence[str]) -> TaskCard:
    """Return the task that these answers look like: labels that recur, or any text."""
    texts = [answer.strip() for answer in answers if answer.strip()]
    labels = tuple(dict.fromkeys(texts))
    longest = max((len(text) for text in texts), default=0)
    few = 2 <= len(labels) <= min(_MOST_LABELS, len(texts) // 2)
    is_short = longest <= _LONGEST_LABEL and not any("\n" in text for text in labels)
    least, most = _TOKENS
    tokens = min(most, max(least, longest))
    if few and is_short:
        return TaskCard(TaskKind.LABEL, labels=labels, longest_answer=least)
    return TaskCard(TaskKind.FREE, longest_answer=tokens)


def _fill(store: ProjectStore, beginning: Beginning) -> None:
    variable, understood = beginning.variable, beginning.understood
    spec = dataclasses.replace(
        store.prompts.draft(), template="{{" + variable + "}}", shots=()
    )
    values = {variable: understood.first_input}
    store.prompts.save_draft(spec, values, undoable=False)
    if understood.examples:
        dataset_id = store.datasets.ensure(beginning.dataset)
        store.datasets.add(
            dataset_id,
            [
                NewExample(((variable, pair.input),), pair.answer, "", beginning.source)
                for pair in understood.examples
            ],
        )


def _block(source: str, found: ImportPreview) -> Block:
    columns = found.columns
    single = len(columns) < 2
    answer = -1 if single else columns.index(found.answer_column)
    inputs = [columns.index(name) for name in found.input_columns]
    return Block(
        source,
        columns,
        found.rows,
        found.problems,
        found.has_header,
        0 if single or not inputs else max(inputs, key=_fitness(found)),
        answer,
    )


def _fitness(found: ImportPreview) -> Callable[[int], tuple[bool, int]]:
    """How well a column fits as what comes in: by its name, else by its length."""

    def fitness(place: int) -> tuple[bool, int]:
        known = found.columns[place].strip().casefold() in _INPUT_NAMES
        return known, sum(len(row[place]) for row in found.rows)

    return fitness


def _starts_as_binary(path: Path) -> bool:
    """Tell files that read as cells of gibberish; whoever reads next tells errors."""
    try:
        with path.open("rb") as file:
            return file.read(8).startswith(_BINARY)
    except OSError:
        return False


def _is_prose(text: str, delimiter: str) -> bool:
    """Tell whether every mark is followed by a blank, as people write sentences."""
    return len(re.findall(re.escape(delimiter) + r"(?=\s)", text)) == text.count(
        delimiter
    )


def _are_names(block: Block) -> bool:
    """Tell whether the first row reads like names: it must not swallow an example.

    Known words do; else each of them has to be much shorter than what stands below.
    """
    folded = {name.strip().casefold() for name in block.columns}
    if folded & _INPUT_NAMES or folded & set(ANSWER_KEYS):
        return True
    name = block.columns[block.input_column] if block.columns else ""
    below = sorted(len(_cell(row, block.input_column)) for row in block.rows)
    return bool(below) and len(name) * 2 <= below[len(below) // 2]


def _cell(row: Sequence[str], place: int) -> str:
    return row[place].strip() if 0 <= place < len(row) else ""
