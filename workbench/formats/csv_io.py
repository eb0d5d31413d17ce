"""CSV and TSV in and out.

Reading guesses encoding, delimiter and header; each guess can be overruled. A row
that does not fit is a problem with its cells, not an exception. Quotes are read
strictly, because the csv module's lenient mode lets one stray quote swallow the rest
of the file: when a record's quotes are wrong, its first line is rejected and reading
goes on with the next.
"""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from workbench.formats.problems import Problem, ProblemCode
from workbench.formats.text import REPLACEMENT, decode, is_unicode

DELIMITERS = (",", ";", "\t")
_SNIFFED_ROWS = 50
_LONGEST_HEADER = 80
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")

# The module's default refuses cells over 128 KiB, which is one long document.
csv.field_size_limit(2**31 - 1)


@dataclass(frozen=True, slots=True)
class Table:
    """A table of texts.

    Attributes:
        columns: names, all different and not empty.
        rows: the good rows, each as long as ``columns``; missing cells are empty.
        numbers: for each of ``rows``, its row as a spreadsheet counts.
        encoding: Python's name of the encoding, empty for pasted text.
        delimiter: one character.
        has_header: whether ``columns`` come from the file; else they are numbered.
        problems: everything that was left out or changed, in file order.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...]
    encoding: str
    delimiter: str
    has_header: bool
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Raw:
    row: int
    line: int
    cells: tuple[str, ...]
    bad_quotes: bool = False


def read_csv(
    data: bytes,
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
    header: bool | None = None,
) -> Table:
    """Read a CSV or TSV file.

    Args:
        data: the file's bytes.
        encoding: overrules the guess.
        delimiter: overrules the guess between comma, semicolon and tab.
        header: whether the first row holds the names; None = guess.

    Raises:
        LookupError: an ``encoding`` that Python does not know.
    """
    decoded = decode(data, encoding)
    return _table(
        decoded.text, decoded.encoding, delimiter, header, damaged=decoded.damaged
    )


def parse_pasted(text: str, *, header: bool | None = None) -> Table:
    """Read cells pasted from a spreadsheet (tab-separated) or from a CSV file."""
    damaged = not is_unicode(text)
    if damaged:
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return _table(text, "", "\t" if "\t" in text else None, header, damaged=damaged)


def write_csv(
    columns: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    excel: bool = False,
    safe: bool = False,
) -> bytes:
    """Write comma-separated UTF-8.

    Args:
        columns: the header.
        rows: cells as text.
        excel: put a byte order mark first and end lines with CR LF: without the mark
            Excel reads Japanese as mojibake.
        safe: put ``'`` before cells that a spreadsheet would run as a formula
            (OWASP, "CSV Injection"); numbers stay as they are. Not undone by reading.
    """
    buffer = io.StringIO()
    end = "\r\n" if excel else "\n"
    plain = csv.writer(buffer, lineterminator=end)
    quoted = csv.writer(buffer, lineterminator=end, quoting=csv.QUOTE_ALL)
    for row in (columns, *rows):
        cells = [_defused(cell) for cell in row] if safe else list(row)
        # Before Python 3.13 the writer leaves a lone carriage return unquoted.
        (quoted if any("\r" in cell for cell in cells) else plain).writerow(cells)
    encoding = "utf-8-sig" if excel else "utf-8"
    return buffer.getvalue().encode(encoding, "backslashreplace")


def _defused(cell: str) -> str:
    if not cell.startswith(_FORMULA_STARTS):
        return cell
    try:
        float(cell)
    except ValueError:
        return "'" + cell
    return cell


def _table(
    text: str,
    encoding: str,
    delimiter: str | None,
    header: bool | None,
    *,
    damaged: bool,
) -> Table:
    lines = list(io.StringIO(text, newline=""))
    mark = delimiter or _sniffed(lines)
    leading, raws = _trimmed(list(_records(lines, mark)))
    if not raws:
        problem = Problem(0, 0, ProblemCode.EMPTY_FILE)
        return Table((), (), (), encoding, mark, header or False, (problem,))
    named = _has_header(raws) if header is None else header
    columns, problems = _columns(raws, named=named)
    problems[:0] = [
        Problem(raw.row, raw.line, ProblemCode.EMPTY_ROW) for raw in leading
    ]
    good: list[_Raw] = []
    for raw in raws[1:] if named else raws:
        found = _checked(raw, len(columns), damaged=damaged)
        if found is not None:
            problems.append(found)
        if found is None or not found.rejected:
            missing = ("",) * (len(columns) - len(raw.cells))
            good.append(replace(raw, cells=raw.cells + missing))
    return Table(
        columns=columns,
        rows=tuple(raw.cells for raw in good),
        numbers=tuple(raw.row for raw in good),
        encoding=encoding,
        delimiter=mark,
        has_header=named,
        problems=tuple(problems),
    )


def _records(lines: Sequence[str], delimiter: str) -> Iterator[_Raw]:
    """Cut lines into records, taking up again after a record with bad quotes."""
    start, row = 0, 1
    while start < len(lines):
        rest = (lines[i] for i in range(start, len(lines)))
        reader = csv.reader(rest, delimiter=delimiter, strict=True)
        begin = start
        try:
            for cells in reader:
                yield _Raw(row, begin + 1, tuple(cells))
                begin, row = start + reader.line_num, row + 1
            return
        except csv.Error:
            yield _without_quoting(lines[begin], delimiter, row, begin + 1)
            start, row = begin + 1, row + 1


def _without_quoting(text: str, delimiter: str, row: int, line: int) -> _Raw:
    cells = tuple(text.rstrip("\r\n").split(delimiter))
    # Cells copied as tab-separated text are often not quoted at all, and a quotation
    # mark at the start of a cell then means itself.
    return _Raw(row, line, cells, bad_quotes=delimiter != "\t")


def _trimmed(raws: list[_Raw]) -> tuple[list[_Raw], list[_Raw]]:
    """Take off the empty lines before the first row, and drop those at the end.

    Every editor adds the latter, so that they are no finding.
    """
    filled = [i for i, raw in enumerate(raws) if any(raw.cells) or len(raw.cells) > 1]
    if not filled:
        return [], []
    return raws[: filled[0]], raws[filled[0] : filled[-1] + 1]


def _checked(raw: _Raw, width: int, *, damaged: bool) -> Problem | None:
    code, detail = None, ""
    if raw.bad_quotes:
        code = ProblemCode.BAD_QUOTES
    elif not any(cell.strip() for cell in raw.cells):
        code = ProblemCode.EMPTY_ROW
    elif damaged and any(REPLACEMENT in cell for cell in raw.cells):
        code = ProblemCode.UNDECODABLE
    elif len(raw.cells) != width:
        few = len(raw.cells) < width
        code = ProblemCode.TOO_FEW_CELLS if few else ProblemCode.TOO_MANY_CELLS
        detail = f"{len(raw.cells)}/{width}"
    if code is None:
        return None
    # Editors leave empty cells at the end of a row away. Which cells a record can do
    # without is known only when the columns have their parts.
    rejected = code is not ProblemCode.TOO_FEW_CELLS
    return Problem(raw.row, raw.line, code, detail, rejected, raw.cells)


def _sniffed(lines: Sequence[str]) -> str:
    """The delimiter that cuts the first rows most evenly into more than one cell."""

    def evenness(delimiter: str) -> tuple[float, int]:
        widths = Counter(
            len(raw.cells)
            for raw in islice(_records(lines, delimiter), _SNIFFED_ROWS)
            if any(raw.cells) and not raw.bad_quotes
        )
        if not widths:
            return 0.0, 0
        width, rows = widths.most_common(1)[0]
        return (rows / widths.total(), width) if width > 1 else (0.0, 0)

    return max(DELIMITERS, key=evenness)


def _has_header(raws: Sequence[_Raw]) -> bool:
    """Guess: names are short, different, no numbers, and do not recur below."""
    names = raws[0].cells
    if any(not name.strip() or _is_number(name) for name in names):
        return False
    if len(set(names)) < len(names) or max(map(len, names)) > _LONGEST_HEADER:
        return False
    return not any(
        name == cell
        for raw in raws[1:]
        for name, cell in zip(names, raw.cells, strict=False)
    )


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _columns(
    raws: Sequence[_Raw], *, named: bool
) -> tuple[tuple[str, ...], list[Problem]]:
    if not named:
        width = Counter(len(raw.cells) for raw in raws).most_common(1)[0][0]
        return tuple(f"column_{i + 1}" for i in range(width)), []
    first, problems = raws[0], []
    columns: list[str] = []
    for i, cell in enumerate(first.cells):
        name, code = cell.strip(), ProblemCode.REPEATED_COLUMN_NAME
        if not name:
            name, code = f"column_{i + 1}", ProblemCode.EMPTY_COLUMN_NAME
        unique = _unused(name, columns)
        if not cell.strip() or unique != name:
            problems.append(
                Problem(first.row, first.line, code, unique, rejected=False)
            )
        columns.append(unique)
    return tuple(columns), problems


def _unused(name: str, taken: Sequence[str]) -> str:
    unique, number = name, 1
    while unique in taken:
        number += 1
        unique = f"{name}_{number}"
    return unique
