from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox

from tests.ui.own.form import Form
from tests.ui.tune.stage import doubles, find, has, nameless, press
from workbench.domain.task import TaskKind
from workbench.services.starter import Pair

TEN = "".join(f"Order {n} is late\t{('late', 'lost')[n % 2]}\r\n" for n in range(10))


def test_ten_pasted_examples_become_a_project(form: Form) -> None:
    form.paste(TEN)
    assert "10 example" in form.words()
    form.name("Parcels")
    form.accept()
    services = form.stage.services
    card = services.projects.card()
    assert (card.kind, card.labels) == (TaskKind.LABEL, ("late", "lost"))
    assert services.data.datasets()[0].counts.total == 10
    draft = services.lab.draft()
    assert draft.spec.template == "{{input}}"
    assert draft.variables == {"input": "Order 0 is late"}


def test_every_control_has_a_name_of_its_own(form: Form) -> None:
    form.paste("id\tquestion\tanswer\n1\tWhy?\tSo.\n2\tWhen?\tNow.\n")
    assert nameless(form.dialog) == []
    assert doubles(form.dialog) == set()


def test_typing_goes_from_cell_to_cell(form: Form) -> None:
    form.at(0)
    for text in ("why", "because", "when"):
        form.type(text)
    assert form.pairs() == [Pair("why", "because"), Pair("when", "")]
    assert form.table.currentIndex().row() == 1
    words = form.words()
    assert "1 example" in words
    assert "1 without an answer is left as a question to try" in words


def test_a_full_table_grows(form: Form) -> None:
    form.paste(TEN)
    assert len(form.model.pairs) == 11
    form.at(10)
    form.type("one more")
    assert len(form.model.pairs) == 12


def test_pasting_covers_nothing(form: Form) -> None:
    form.at(0)
    form.type("mine")
    form.at(0)
    form.paste(TEN)
    assert form.pairs()[0] == Pair("mine", "")
    assert len(form.pairs()) == 11


def test_answers_are_pasted_beside_their_inputs(form: Form) -> None:
    form.paste("first thing, it is\nsecond thing, it was\n")
    assert form.pairs()[1] == Pair("second thing, it was", "")
    form.at(0, 1)
    form.paste("yes\nno\n")
    assert form.pairs() == [
        Pair("first thing, it is", "yes"),
        Pair("second thing, it was", "no"),
    ]


def test_the_heading_can_be_denied(form: Form) -> None:
    form.paste("question\tanswer\nWhy?\tSo.\n")
    assert form.pairs() == [Pair("Why?", "So.")]
    assert form.heading().isChecked()
    form.heading().click()
    form.qtbot.waitUntil(lambda: len(form.pairs()) == 2)
    assert form.pairs()[0] == Pair("question", "answer")
    form.heading().click()
    form.qtbot.waitUntil(lambda: len(form.pairs()) == 1)


def test_columns_of_a_wide_table_are_chosen(form: Form) -> None:
    form.paste("id\tquestion\tanswer\n1\tWhy?\tSo.\n2\tWhen?\tNow.\n")
    assert form.pairs()[0] == Pair("Why?", "So.")
    form.choose("Comes in", "answer")
    assert form.pairs()[0].input == "So."
    assert form.pairs()[0].answer != "So."
    form.choose("Right answer", "id")
    assert form.pairs()[0] == Pair("So.", "1")


def test_two_columns_ask_for_nothing(form: Form) -> None:
    form.paste(TEN)
    assert not has(form.dialog, "Comes in", QComboBox)


def test_typing_ends_the_choice_of_columns(form: Form) -> None:
    form.paste("id\tquestion\tanswer\n1\tWhy?\tSo.\n2\tWhen?\tNow.\n")
    form.at(0)
    form.type("Really?")
    assert not has(form.dialog, "Comes in", QComboBox)
    assert form.pairs()[0].input == "Really?"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp932"])
def test_a_file_is_dropped(form: Form, tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "質問.csv"
    path.write_bytes("質問,回答\n届きません,配送\n壊れた,不良\n".encode(encoding))
    form.drop(path)
    assert form.pairs() == [Pair("届きません", "配送"), Pair("壊れた", "不良")]
    assert "質問.csv" in form.words()
    form.name("手元")
    form.accept()
    assert form.stage.services.lab.draft().spec.template == "{{質問}}"


def test_bad_rows_of_a_file_are_told(form: Form, tmp_path: Path) -> None:
    path = tmp_path / "bad.csv"
    path.write_text('text,label\nfine,a\n"never closed,b\nfine too,c\n', "utf-8")
    form.drop(path)
    assert "could not be read" in form.words()
    assert len(form.pairs()) == 2


def test_a_missing_file_is_said_and_nothing_lost(form: Form, tmp_path: Path) -> None:
    form.paste(TEN)
    form.dialog._read(tmp_path / "none.csv")
    form.qtbot.waitUntil(lambda: "The file cannot be read." in form.words())
    assert len(form.pairs()) == 10


def test_a_workbook_is_refused_and_nothing_lost(form: Form, tmp_path: Path) -> None:
    form.paste(TEN)
    path = tmp_path / "sheet.xlsx"
    path.write_bytes(b"PK\x03\x04" + bytes(range(256)) * 4)
    form.dialog._read(path)
    form.qtbot.waitUntil(lambda: "save the sheet as CSV" in form.words())
    assert len(form.pairs()) == 10


@pytest.mark.parametrize("name", ["none.csv", "sheet.xlsx"])
def test_a_wrong_file_leaves_what_stands_there_alone(
    form: Form, tmp_path: Path, name: str
) -> None:
    """The heading and the source are those of what stands in the table."""
    form.paste("question\tanswer\nWhy?\tSo.\n")
    (tmp_path / "sheet.xlsx").write_bytes(b"PK\x03\x04" + bytes(99))
    form.dialog._read(tmp_path / name)
    form.qtbot.waitUntil(lambda: "file" in form.words())
    form.heading().click()
    form.qtbot.waitUntil(lambda: len(form.pairs()) == 2)
    form.name("Asked")
    form.accept()
    data = form.stage.services.data
    (first, *_) = data.all_examples(data.datasets()[0].id)
    assert first.source == "typed"


def test_an_empty_clipboard_is_said(form: Form) -> None:
    QApplication.clipboard().setText("  ")
    press(form.dialog, "Paste examples")
    assert "no text to paste" in form.words()
    form.paste(TEN)
    assert "no text to paste" not in form.words()


def test_examples_are_not_thrown_away_by_a_slip(form: Form) -> None:
    form.paste(TEN)
    QTest.keyClick(form.dialog, Qt.Key.Key_Escape)
    assert form.dialog.isVisible()
    question = form.question()
    press(question, "Go on editing")
    assert form.dialog.isVisible()
    assert len(form.pairs()) == 10
    press(form.dialog, "Cancel")
    with form.qtbot.waitSignal(form.dialog.rejected):
        press(form.question(), "Throw them away")


def test_an_empty_table_is_left_without_a_question(form: Form) -> None:
    with form.qtbot.waitSignal(form.dialog.rejected):
        QTest.keyClick(form.dialog, Qt.Key.Key_Escape)


def test_what_is_missing_is_said(form: Form, tmp_path: Path) -> None:
    assert "At least one example" in form.words()
    form.at(0, 1)
    form.type("lonely")
    assert "nothing that comes in: row 1" in form.words()
    form.at(0, 0)
    form.type("not any more")
    assert "Give the project a name." in form.words()
    (tmp_path / "Taken.workbench").touch()
    form.name("Taken")
    assert "There is a project with this name already." in form.words()
    assert not form.can_accept()
    form.name("Free")
    assert form.can_accept()


def test_cells_are_cleared_and_rows_removed(form: Form) -> None:
    form.paste(TEN)
    form.at(0, 1)
    QTest.keyClick(form.table, Qt.Key.Key_Delete)
    assert form.pairs()[0] == Pair("Order 0 is late", "")
    press(form.dialog, "Remove rows")
    assert form.pairs()[0] == Pair("Order 1 is late", "lost")


def test_a_task_of_ones_own_is_not_guessed_away(form: Form) -> None:
    form.paste(TEN)
    box = find(form.dialog, "The right answer is", QComboBox)
    box.setCurrentIndex(list(TaskKind).index(TaskKind.ANSWER))
    form.at(10)
    form.type("one more")
    assert box.currentIndex() == list(TaskKind).index(TaskKind.ANSWER)


def test_escape_in_a_cell_keeps_the_dialog(form: Form) -> None:
    form.at(0)
    QTest.keyClicks(form.table, "x")
    QTest.keyClick(form.editor(), Qt.Key.Key_Escape)
    assert form.pairs() == []
    assert form.dialog.isVisible()
