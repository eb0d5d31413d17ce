import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.formats.csv_io import Table, parse_pasted, read_csv, write_csv
from workbench.formats.problems import ProblemCode

CELLS = st.text(alphabet="ab1,;\t\"'\r\n 東京、=-", max_size=8)


def tables(least: int = 1) -> st.SearchStrategy[list[list[str]]]:
    def rows(width: int) -> st.SearchStrategy[list[list[str]]]:
        row = st.lists(CELLS, min_size=width, max_size=width)
        full = row.filter(lambda cells: any(cell.strip() for cell in cells))
        return st.lists(full, max_size=8)

    return st.integers(least, 4).flatmap(rows)


def codes(table: Table) -> list[tuple[int, ProblemCode]]:
    return [(problem.row, problem.code) for problem in table.problems]


@given(tables(), st.booleans())
def test_what_is_written_is_read(rows: list[list[str]], excel: bool) -> None:
    columns = tuple(f"c{i}" for i in range(len(rows[0]) if rows else 2))
    data = write_csv(columns, rows, excel=excel)
    table = read_csv(data, delimiter=",", header=True)
    assert table.columns == columns
    assert table.rows == tuple(tuple(row) for row in rows)
    assert table.problems == ()
    assert write_csv(columns, table.rows, excel=excel) == data


@given(st.binary(max_size=60))
def test_no_content_raises(data: bytes) -> None:
    table = read_csv(data)
    assert len(table.rows) == len(table.numbers)
    assert all(len(row) == len(table.columns) for row in table.rows)


@given(st.text(alphabet='a,"\n\t', max_size=40), st.sampled_from([",", "\t"]))
def test_no_row_is_lost_silently(text: str, delimiter: str) -> None:
    table = read_csv(text.encode(), delimiter=delimiter, header=False)
    rejected = [problem for problem in table.problems if problem.rejected]
    seen = [*table.numbers, *(problem.row for problem in rejected if problem.row)]
    # Nothing is missing but the empty lines at the end.
    assert sorted(seen) == list(range(1, len(seen) + 1))
    kept = "".join("".join(row) for row in table.rows)
    kept += "".join("".join(problem.cells) for problem in rejected)
    assert kept.count("a") == text.count("a")


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32"),
        ("cp932", "cp932"),
    ],
)
def test_encodings(encoding: str, name: str) -> None:
    text = "id,question,label\n1,カードはどこ？,配送\n2,Where is it,card\n"
    table = read_csv(text.encode(encoding))
    assert table.encoding == name
    assert table.columns == ("id", "question", "label")
    assert table.rows[0] == ("1", "カードはどこ？", "配送")
    assert table.problems == ()


def test_one_damaged_row_in_utf8_is_reported_and_the_rest_read() -> None:
    good = "質問,分類\nカードはどこ,配送\n".encode()
    table = read_csv(good + b"\xe3\x81,x\n" + "届かない,配送\n".encode())
    assert table.encoding == "utf-8"
    assert codes(table) == [(3, ProblemCode.UNDECODABLE)]
    assert table.numbers == (2, 4)


def test_a_replacement_character_of_the_source_is_no_damage() -> None:
    assert read_csv("a,b\n\ufffd,x\n".encode()).problems == ()


def test_an_encoding_can_be_forced() -> None:
    assert read_csv("é,b\n".encode("cp1252"), encoding="cp1252").columns[0] == "é"
    with pytest.raises(LookupError):
        read_csv(b"", encoding="no such encoding")


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_delimiters(delimiter: str) -> None:
    text = "text|label\nhello there|x\nwell; yes, or no|y\n"
    cells = [line.split("|") for line in text.splitlines()]
    lines = [delimiter.join(f'"{c}"' for c in row) for row in cells]
    table = read_csv("\n".join(lines).encode())
    assert table.delimiter == delimiter
    assert table.rows[1] == ("well; yes, or no", "y")


def test_rows_count_as_in_a_spreadsheet_and_lines_as_in_an_editor() -> None:
    table = read_csv(b'text,label\n"two\nlines",x\nshort\na,b,c\n\n,\nlast,y\n\n\n')
    assert table.rows == (("two\nlines", "x"), ("short", ""), ("last", "y"))
    assert table.numbers == (2, 3, 7)
    found = [(p.row, p.line, p.code, p.detail) for p in table.problems]
    assert found == [
        (3, 4, ProblemCode.TOO_FEW_CELLS, "1/2"),
        (4, 5, ProblemCode.TOO_MANY_CELLS, "3/2"),
        (5, 6, ProblemCode.EMPTY_ROW, ""),
        (6, 7, ProblemCode.EMPTY_ROW, ""),
    ]
    assert table.problems[1].cells == ("a", "b", "c")
    assert [p.rejected for p in table.problems] == [False, True, True, True]


@pytest.mark.parametrize("bad", ['"never closed,x', '"closed" early,x'])
def test_a_stray_quote_costs_one_row(bad: str) -> None:
    table = read_csv(f'text,label\na,b\n{bad}\n"c, d",e\nf,g\n'.encode())
    assert table.rows == (("a", "b"), ("c, d", "e"), ("f", "g"))
    assert codes(table) == [(3, ProblemCode.BAD_QUOTES)]


def test_a_quotation_mark_at_the_start_of_a_pasted_cell_means_itself() -> None:
    table = parse_pasted('text\tlabel\n"Hello" he said\tx\nbye\ty\n')
    assert table.rows == (('"Hello" he said', "x"), ("bye", "y"))


def test_half_a_surrogate_pair_in_pasted_text_is_reported() -> None:
    table = parse_pasted("text\tlabel\n\ud83dx\ta\n😀\tb\n")
    assert codes(table) == [(2, ProblemCode.UNDECODABLE)]
    assert table.rows == (("😀", "b"),)


def test_pasted_cells_with_line_breaks() -> None:
    table = parse_pasted('text\tlabel\r\n"two\nlines"\tx\r\n')
    assert table.rows == (("two\nlines", "x"),)
    assert table.encoding == ""
    assert parse_pasted("text,label\nhello,x").delimiter == ","


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("text,label\nhello,x\n", True),
        ("hello,1\nbye,2\n", False),
        ("x,card\ny,card\nz,card\n", False),
        ("a,a\nb,c\n", False),
        ("a,\nb,c\n", False),
    ],
)
def test_header_is_guessed(text: str, expected: bool) -> None:
    table = read_csv(text.encode())
    assert table.has_header is expected
    if not expected:
        assert table.columns == ("column_1", "column_2")
        assert table.numbers[0] == 1


def test_column_names_are_made_different() -> None:
    table = read_csv(b"a,,a,a_2\n1,2,3,4\n", header=True)
    assert table.columns == ("a", "column_2", "a_2", "a_2_2")
    assert not any(problem.rejected for problem in table.problems)
    assert [problem.code for problem in table.problems] == [
        ProblemCode.EMPTY_COLUMN_NAME,
        ProblemCode.REPEATED_COLUMN_NAME,
        ProblemCode.REPEATED_COLUMN_NAME,
    ]


def test_empty_lines_before_the_header() -> None:
    table = read_csv(b"\n\ntext,label\nhello,x\n")
    assert table.columns == ("text", "label")
    assert table.numbers == (4,)
    assert codes(table) == [(1, ProblemCode.EMPTY_ROW), (2, ProblemCode.EMPTY_ROW)]


@pytest.mark.parametrize("data", [b"", b"\n\n", b"\xef\xbb\xbf"])
def test_an_empty_file(data: bytes) -> None:
    table = read_csv(data)
    assert table.rows == ()
    assert codes(table) == [(0, ProblemCode.EMPTY_FILE)]


def test_a_cell_longer_than_the_module_allows_by_default() -> None:
    text = "x" * 300_000
    assert read_csv(f"a,b\n{text},y\n".encode()).rows == ((text, "y"),)


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+81-3-1234", "'+81-3-1234"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("-cmd", "'-cmd"),
        ("-1.5", "-1.5"),
        ("plain = text", "plain = text"),
    ],
)
def test_formulas_are_defused(cell: str, written: str) -> None:
    assert write_csv(["c"], [[cell]], safe=True).decode().splitlines()[1] == written
    assert write_csv(["c"], [[cell]]).decode().splitlines()[1] == cell


def test_excel_form() -> None:
    assert write_csv(["質問"], [["a"]], excel=True) == b"\xef\xbb\xbf" + (
        "質問\r\na\r\n".encode()
    )


@pytest.mark.parametrize(("name", "rows"), [("train", 2500), ("test", 770)])
def test_banking77(shared_data: Path, name: str, rows: int) -> None:
    folder = shared_data / "data" / "banking77"
    data = (folder / f"{name}.csv").read_bytes()
    table = read_csv(data)
    assert table.columns == ("text", "category")
    assert len(table.rows) == rows
    assert table.problems == ()
    known = set(json.loads((folder / "categories.json").read_text(encoding="utf-8")))
    assert {row[1] for row in table.rows} == known
    again = read_csv(write_csv(table.columns, table.rows, excel=True))
    assert again.rows == table.rows
    assert read_csv(data.decode().encode("utf-16")).rows == table.rows
