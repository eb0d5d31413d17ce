import csv
import io
from pathlib import Path

import pytest

from tests.fakes import Bench
from workbench.domain.datasets import ExampleFilter
from workbench.domain.errors import EnvironmentFault, InputError
from workbench.domain.task import TaskCard, TaskKind
from workbench.services.starter import (
    Beginning,
    Pair,
    Understood,
    guess_card,
    read_file,
    read_pasted,
    understand,
)

TEN = [
    Pair(f"Order {n} has not arrived yet", ("late", "lost")[n % 2]) for n in range(10)
]


def as_clipboard(rows: list[Pair]) -> str:
    """Write rows as spreadsheets put them on the clipboard."""
    buffer = io.StringIO()
    csv.writer(buffer, delimiter="\t", lineterminator="\r\n").writerows(rows)
    return buffer.getvalue()


def test_cells_of_a_spreadsheet() -> None:
    assert read_pasted(as_clipboard(TEN)).pairs() == tuple(TEN)


def test_line_breaks_and_quotes_in_cells() -> None:
    rows = [Pair('He said "no"\nand left', "a"), Pair("plain", "b\tc"), *TEN]
    assert read_pasted(as_clipboard(rows)).pairs() == tuple(rows)


@pytest.mark.parametrize(
    "start",
    [b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF-1.7\n", b"\x89PNG"],
)
def test_a_file_that_is_no_text_is_not_read(tmp_path: Path, start: bytes) -> None:
    path = tmp_path / "sheet.xlsx"
    path.write_bytes(start + bytes(range(256)) * 9)
    block = read_file(path)
    assert not block.is_text
    assert block.pairs() == ()


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "cp932", "utf-8-sig"])
def test_text_in_other_encodings_is_text(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "sheet.txt"
    path.write_bytes(as_clipboard(TEN).encode(encoding))
    block = read_file(path)
    assert block.is_text
    assert block.pairs() == tuple(TEN)


def test_a_heading_is_known_by_its_words() -> None:
    block = read_pasted("question\tanswer\nWhy?\tSo.\nWhen?\tNow.\n")
    assert block.has_header
    assert block.variable == "question"
    assert block.pairs() == (Pair("Why?", "So."), Pair("When?", "Now."))


def test_a_heading_is_known_by_its_length() -> None:
    block = read_pasted("Ticket\tTeam\n" + as_clipboard(TEN))
    assert (block.has_header, block.variable) == (True, "Ticket")


def test_the_first_example_is_no_heading() -> None:
    block = read_pasted("red apple\tfruit\ngreen leek\tvegetable\nbeer\tdrink\n")
    assert not block.has_header
    assert block.pairs()[0] == Pair("red apple", "fruit")
    assert block.variable == "input"


def test_a_heading_can_be_said_and_denied() -> None:
    text = "red apple\tfruit\ngreen leek\tvegetable\n"
    assert len(read_pasted(text, header=True).pairs()) == 1
    assert len(read_pasted("input\tanswer\nWhy?\tSo.\n", header=False).pairs()) == 2


def test_a_name_that_no_prompt_can_hold_is_replaced() -> None:
    assert read_pasted("the text\tanswer\nWhy?\tSo.\n").variable == "input"
    assert read_pasted("質問\t回答\nいつ？\t明日\n").variable == "質問"


def test_one_column_of_sentences_with_commas_stays_whole() -> None:
    text = "Hello, my parcel is late\nPlease, help me now\nIt is broken\n"
    block = read_pasted(text)
    assert [pair.input for pair in block.pairs()] == text.splitlines()
    assert {pair.answer for pair in block.pairs()} == {""}


def test_lines_of_a_csv_file_can_be_pasted() -> None:
    block = read_pasted("a long question here,yes\nanother question there,no\n")
    assert block.pairs()[1] == Pair("another question there", "no")


def test_the_columns_of_a_wide_table_are_guessed() -> None:
    text = "id\tprompt\tnotes\tlabel\n" + "".join(
        f"{n}\tWhat is it {n}\tlong notes that nobody reads, really\tA{n}\n"
        for n in range(4)
    )
    block = read_pasted(text)
    assert block.pairs()[0] == Pair("What is it 0", "A0")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
def test_files_in_the_encodings_of_spreadsheets(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "例.csv"
    path.write_bytes("質問,回答\n届きません,配送\n壊れました,不良\n".encode(encoding))
    block = read_file(path)
    assert block.source == "例.csv"
    assert block.pairs() == (Pair("届きません", "配送"), Pair("壊れました", "不良"))


def test_rows_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    path = tmp_path / "bad.csv"
    path.write_text('text,label\nfine,a\n"never closed,b\nfine too,c\n', "utf-8")
    block = read_file(path)
    assert [problem.row for problem in block.problems] == [3]
    assert len(block.pairs()) == 2


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault):
        read_file(tmp_path / "none.csv")
    with pytest.raises(InputError):
        read_file(tmp_path)


def test_nothing_is_read_of_nothing() -> None:
    assert read_pasted("").pairs() == ()
    assert read_pasted("\n\n").pairs() == ()


def test_rows_are_sorted_into_what_they_are() -> None:
    blank = Pair(" ", "")
    rows = [blank, TEN[0], Pair("open?", ""), Pair("", "alone"), TEN[1], TEN[0]]
    found = understand(rows)
    assert found.examples == (TEN[0], TEN[1], TEN[0])
    assert found.questions == ("open?",)
    assert found.lonely == (4,)
    assert found.repeated == 1
    assert found.first_input == "open?"
    assert understand([blank]) == Understood()


def test_labels_are_guessed_in_their_order() -> None:
    card = guess_card([pair.answer for pair in TEN])
    assert (card.kind, card.labels) == (TaskKind.LABEL, ("late", "lost"))


@pytest.mark.parametrize(
    "answers",
    [
        [],
        ["one", "two"],
        ["same"] * 10,
        [f"answer {n}" for n in range(10)],
        ["a very long label that is really a whole sentence", "b"] * 5,
        ["a\nb", "c"] * 5,
    ],
)
def test_everything_else_is_free_text(answers: list[str]) -> None:
    assert guess_card(answers).kind is TaskKind.FREE


def test_room_for_long_answers() -> None:
    assert guess_card(["x" * 400]).longest_answer == 400
    assert guess_card(["x"]).longest_answer == TaskCard().longest_answer


def test_the_project_has_records_and_a_prompt(bench: Bench, tmp_path: Path) -> None:
    services = bench.services
    rows = [*TEN, Pair("Where is it?", "")]
    beginning = Beginning(understand(rows), "My examples", "ticket", "mine.csv")
    card = guess_card([pair.answer for pair in rows])
    services.starter.create(tmp_path / "mine", "Mine", card, beginning)
    assert (services.projects.name(), services.projects.card()) == ("Mine", card)
    draft = services.lab.draft()
    assert draft.spec.template == "{{ticket}}"
    assert draft.variables == {"ticket": "Where is it?"}
    (dataset,) = services.data.datasets()
    assert dataset.name == "My examples"
    ids = services.data.example_ids(ExampleFilter(dataset.id))
    kept = services.data.examples(ids)
    assert [Pair(e.input_text, e.answer) for e in kept] == TEN
    assert {e.source for e in kept} == {"mine.csv"}


def test_a_half_made_project_is_no_project(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from workbench.services import starter

    def fail(*_: object) -> None:
        raise EnvironmentFault("disk.full", "The disk is full.")

    monkeypatch.setattr(starter, "_fill", fail)
    before = bench.services.projects.path()
    with pytest.raises(EnvironmentFault):
        bench.services.starter.create(
            tmp_path / "mine", "Mine", TaskCard(), Beginning(understand(TEN), "d")
        )
    assert not (tmp_path / "mine.workbench").exists()
    assert bench.services.projects.path() == before
    assert bench.services.projects.is_open
