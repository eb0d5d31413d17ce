import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QPushButton, QSpinBox

from tests.ui.lab.stage import CONTROL, Desk, key, type_into, wait
from tests.ui.shell import audit
from tests.ui.tune.stage import find, has, press, texts
from workbench.domain.datasets import ExampleFilter, SplitCounts
from workbench.ui.data.growth_bar import position
from workbench.ui.data.page import DataPage

CSV = """ticket,answer
"lamp broken, order 1",DMG | low | 1
cannot log in,
"refund, order 3",REF | high | 3
too,many,cells
"parcel, order 4",oops
"""


def records(desk: Desk) -> DataPage:
    page = desk.open_page(DataPage)
    wait(lambda: page.trials.presenter.is_loaded and page.records.presenter.is_loaded)
    press(page.header() or page, "Show records")
    return page


def counts(desk: Desk) -> SplitCounts:
    return desk.services.data.datasets()[0].counts


def test_import_keeps_the_good_rows_and_names_the_others(
    desk: Desk, tmp_path: Path
) -> None:
    file = tmp_path / "rows.csv"
    file.write_text(CSV, encoding="utf-8")
    page = records(desk)
    wait(lambda: has(page, "Import a file"))
    press(page, "Import a file")
    dialog = page.records._import_dialog
    path = find(dialog, "File to import", QLineEdit)
    QTest.keyClicks(path, str(file))
    QTest.keyClick(path, Qt.Key.Key_Return)
    wait(lambda: has(dialog, "Import rows"))
    wait(lambda: "4 row(s) can be read · 2 row(s) left out" in texts(dialog))
    assert find(dialog, "Import rows", QPushButton).text() == "Import 3 record(s)"
    assert not audit.nameless(dialog)
    assert not audit.doubles(dialog)
    press(dialog, "Import rows")
    wait(lambda: "3 record(s) added · 2 row(s) left out" in texts(dialog))
    table = dialog._result.table.model()
    shown = [
        (table.index(row, 0).data(), table.index(row, 1).data())
        for row in range(table.rowCount())
    ]
    assert ("5", "Too many cells: 3/2.") in shown
    assert ("3", "No right answer.") in shown
    assert any(reason.startswith("Kept, but:") for _, reason in shown)
    press(dialog, "Finish import")
    wait(lambda: page.records.model.rowCount() == 3)
    desk.services.undo.undo()
    wait(lambda: page.records.model.rowCount() == 0)


def test_cells_from_a_spreadsheet_are_pasted(desk: Desk) -> None:
    page = records(desk)
    QGuiApplication.clipboard().setText("ticket\tanswer\nlamp\tDMG | low | 1\n")
    page.records.table.setFocus()
    page._paste.trigger()
    dialog = page.records._import_dialog
    wait(lambda: has(dialog, "Import rows"))
    press(dialog, "Import rows")
    wait(lambda: has(dialog, "Finish import"))
    assert counts(desk).total == 1
    dialog.close()


def test_a_dropped_file_is_shown_at_once(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "rows.csv"
    file.write_text(CSV, encoding="utf-8")
    page = desk.open_page(DataPage)
    assert not page.files_dropped((str(tmp_path / "picture.png"),))
    assert page.files_dropped((str(file),))
    wait(lambda: has(page.records._import_dialog, "Import rows"))
    page.records._import_dialog.close()


def test_a_file_that_is_gone_is_an_error_in_its_place(desk: Desk) -> None:
    page = records(desk)
    page.records.import_file(Path("/nowhere/rows.csv"))
    dialog = page.records._import_dialog
    wait(lambda: "cannot be read" in texts(dialog))
    dialog.close()


def test_records_are_typed_one_after_the_other(desk: Desk) -> None:
    page = records(desk)
    press(page, "Add a record")
    dialog = page.records._record_dialog
    wait(dialog.isVisible)
    type_into(dialog, "Input ticket", "lamp broken")
    key(Qt.Key.Key_Return, CONTROL)
    wait(lambda: "Type the right answer first." in texts(dialog))
    type_into(dialog, "Right answer of the new record", "DMG | low | 1")
    key(Qt.Key.Key_Return, CONTROL)
    wait(lambda: counts(desk).total == 1)
    wait(lambda: find(dialog, "Input ticket", QPlainTextEdit).toPlainText() == "")
    assert not audit.nameless(dialog)
    dialog.close()
    wait(lambda: page.records.model.rowCount() == 1)


def test_split_says_what_the_test_can_show(desk: Desk) -> None:
    desk.fill(train=30, validation=4, test=0)
    page = records(desk)
    wait(lambda: find(page, "Split records", QPushButton).isEnabled())
    press(page, "Split records")
    dialog = page.records._split_dialog
    wait(lambda: dialog.isVisible() and "test records" in texts(dialog))
    first = dialog._sentence.text()
    test = find(dialog, "Test records", QSpinBox)
    test.setValue(10)
    wait(lambda: dialog._sentence.text() not in {"", first})
    assert "10 test records" in dialog._sentence.text()
    find(dialog, "Training records", QSpinBox).setValue(30)
    assert not find(dialog, "Divide records", QPushButton).isEnabled()
    find(dialog, "Training records", QSpinBox).setValue(20)
    find(dialog, "Validation records", QSpinBox).setValue(4)
    assert not audit.nameless(dialog)
    press(dialog, "Divide records")
    wait(lambda: counts(desk).test == 10)
    wait(lambda: "20 training · 4 validation · 10 for the test" in texts(page))
    # At once, not with the next look: the status line says the same.
    assert page.records.presenter.findings is None
    assert counts(desk) == SplitCounts(none=0, train=20, validation=4, test=10)


def test_export_lists_files_and_hash(desk: Desk, tmp_path: Path) -> None:
    desk.fill(train=8, validation=2, test=4)
    page = records(desk)
    wait(lambda: find(page, "Export records", QPushButton).isEnabled())
    press(page, "Export records")
    dialog = page.records._export_dialog
    folder = find(dialog, "Folder to export to", QLineEdit)
    folder.setText(str(tmp_path / "out"))
    press(dialog, "Export files")
    wait(lambda: has(dialog, "Open folder"))
    shown = dialog._result.hash.text()
    written = list((tmp_path / "out").rglob("*.jsonl"))
    assert sorted({file.name for file in written}) == [
        "test.jsonl",
        "train.jsonl",
        "validation.jsonl",
    ]
    manifest = next((tmp_path / "out").rglob("trl/*manifest*.json"))
    assert shown in manifest.read_text(encoding="utf-8")
    assert json.loads(written[0].read_text(encoding="utf-8").splitlines()[0])
    assert not audit.nameless(dialog)
    dialog.close()


def test_a_right_answer_is_edited_in_place_and_undone(desk: Desk) -> None:
    dataset_id = desk.fill(train=3, validation=0, test=0)
    page = records(desk)
    wait(lambda: page.records.detail.example is not None)
    type_into(page, "Right answer of the record", "BIL | low | 7")
    key(Qt.Key.Key_Return, CONTROL)
    ids = desk.services.data.example_ids(ExampleFilter(dataset_id))
    wait(lambda: desk.services.data.examples(ids[:1])[0].answer == "BIL | low | 7")
    assert page.records.table.currentIndex().row() == 1
    desk.services.undo.undo()
    assert desk.services.data.examples(ids[:1])[0].answer != "BIL | low | 7"


def test_findings_are_said_in_words(desk: Desk) -> None:
    dataset_id = desk.fill(train=3, validation=0, test=0)
    data = desk.services.data
    first = data.examples(data.example_ids(ExampleFilter(dataset_id))[:1])[0]
    data.add_example(dataset_id, dict(first.variables), "another answer")
    page = records(desk)
    wait(lambda: "1 input(s) with different right answers." in texts(page))
    assert "not in the agreed form" in texts(page)
    press(page, "Not in the agreed form")
    wait(lambda: page.records.model.rowCount() == 1)
    current = page.records.detail.example
    assert current is not None
    assert current.answer == "another answer"
    press(page, "Not in the agreed form")
    wait(lambda: page.records.model.rowCount() == 4)


def test_an_empty_list_of_records_takes_pasted_cells_at_once(desk: Desk) -> None:
    page = records(desk)
    QGuiApplication.clipboard().setText("ticket\tanswer\nlamp\tDMG | low | 1\n")
    key(Qt.Key.Key_V, CONTROL)
    wait(lambda: has(page.records._import_dialog, "Import rows"))
    page.records._import_dialog.close()


def test_records_are_narrowed_by_part_and_text(desk: Desk) -> None:
    desk.fill(train=6, validation=2, test=4)
    page = records(desk)
    wait(lambda: page.records.model.rowCount() == 12)
    press(page, "Set aside for the test")
    wait(lambda: page.records.model.rowCount() == 4)
    press(page, "Validation")
    wait(lambda: page.records.model.rowCount() == 2)
    QTest.keyClicks(find(page, "Search records", QLineEdit), "nothing like it")
    wait(lambda: "No record fits this filter." in texts(page))
    press(page, "Show all records")
    wait(lambda: page.records.model.rowCount() == 12)


def test_a_new_dataset_is_made_and_shown(desk: Desk) -> None:
    desk.fill(train=3, validation=0, test=0)
    page = records(desk)
    press(page, "New dataset")
    dialog = page.records._name_dialog
    QTest.keyClicks(find(dialog, "Name of the dataset", QLineEdit), "second")
    press(dialog, "Make dataset")
    wait(lambda: page.records.toolbar.datasets.currentText() == "second")
    wait(lambda: page.records.model.rowCount() == 0)


def test_records_go_to_the_bin_and_to_the_lab(desk: Desk) -> None:
    desk.fill(train=3, validation=0, test=0)
    page = records(desk)
    wait(lambda: page.records.detail.example is not None)
    page.records.table.setFocus()
    key(Qt.Key.Key_E)
    assert desk.host.gone[0][0] == "lab"
    key(Qt.Key.Key_Delete)
    wait(lambda: page.records.model.rowCount() == 2)


def test_every_control_has_a_name_of_its_own(desk: Desk) -> None:
    desk.fill(train=3, validation=1, test=2)
    page = records(desk)
    wait(lambda: page.records.detail.example is not None)
    assert not audit.nameless(page)
    assert not audit.doubles(page)


def test_growth_marks_are_evenly_spaced() -> None:
    assert position(0) == 0
    assert position(30) == 0.4
    assert position(350) == pytest.approx(0.7)
    assert position(5000) == 1
