import csv
import dataclasses
import gc
import weakref
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFileDialog,
    QLabel,
    QPushButton,
    QTableView,
    QTextEdit,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.ui.conftest import flush
from tests.ui.tune.stage import (
    Stage,
    doubles,
    find,
    has,
    named,
    nameless,
    press,
    shouting,
    texts,
    untranslated,
)
from workbench.domain.comparisons import CandidateRole
from workbench.domain.trials import Rating
from workbench.ui.compare.answer_column import AnswerColumn
from workbench.ui.compare.comparison_choice import ComparisonChoice
from workbench.ui.compare.metric_grid import MetricGrid
from workbench.ui.compare.page import ComparePage
from workbench.ui.compare.summary_panel import SummaryPanel
from workbench.ui.compare.verdict import Outcome
from workbench.ui.widgets.histogram import TokenHistogram

START = "Compare on the test records"
HEADLINE = "Result of the comparison"


def shown(stage: Stage, qtbot: QtBot) -> ComparePage:
    page = stage.show(ComparePage)
    qtbot.waitUntil(lambda: page.presenter.overview is not None)
    return page


def compared(stage: Stage, qtbot: QtBot) -> ComparePage:
    stage.fill()
    stage.trained()
    page = shown(stage, qtbot)
    press(page, START)
    qtbot.waitUntil(page.presenter.is_announced, timeout=15000)
    return page


def headline(page: ComparePage) -> str:
    return find(page, HEADLINE, QLabel).accessibleDescription()


def table(page: ComparePage) -> QTableView:
    return find(page, "Test records", QTableView)


def count(page: ComparePage) -> int:
    return table(page).model().rowCount()


def select_bins(page: ComparePage, first: int, last: int) -> None:
    """Drag over bins with the mouse."""
    chart = find(page, "Token histogram", TokenHistogram)
    start = chart.bin_rect(first).center().toPoint()
    end = chart.bin_rect(last).center().toPoint()
    QTest.mousePress(chart, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(chart, end)
    QTest.mouseRelease(chart, Qt.MouseButton.LeftButton, pos=end)


def test_without_a_tuned_model_the_page_leads_to_tuning(
    stage: Stage, qtbot: QtBot
) -> None:
    page = shown(stage, qtbot)
    press(page, "Tune a model")
    assert stage.host.gone == [("tune", {})]


def test_the_start_button_says_how_many_answers(stage: Stage, qtbot: QtBot) -> None:
    stage.fill()
    stage.trained()
    page = shown(stage, qtbot)
    assert find(page, START, QPushButton).text() == (
        "Compare on 40 test records – 3 candidates, 120 answers"
    )
    assert not has(page, "Back to the comparisons")


def test_a_comparison_ends_with_a_headline_and_a_proof(
    stage: Stage, qtbot: QtBot
) -> None:
    page = compared(stage, qtbot)
    assert headline(page).startswith("Tuned is right 100 points more often; ")
    assert headline(page).endswith("% shorter.")
    # The proof is made after the last answer, and may be read a moment later.
    proof = find(page, "Adapter proof", QLabel)
    qtbot.waitUntil(lambda: proof.text() == "adapter proven on ✓ off ✓")
    assert find(page, "Exact match tuned", QLabel).text() == "100\u00a0%"
    assert find(page, "Exact match base", QLabel).text() == "0\u00a0%"
    assert find(page, "Exact match p", QLabel).text() == "p < .001"
    assert "40 records can show differences of about" in texts(page)
    assert "Against the base with 4 examples in the prompt" in texts(page)
    assert count(page) == 40
    assert not stage.host.errors


def test_while_answers_arrive_nothing_is_announced(stage: Stage, qtbot: QtBot) -> None:
    stage.fill()
    stage.trained()
    stage.bench.generator.gate.clear()
    page = shown(stage, qtbot)
    press(page, START)
    qtbot.waitUntil(lambda: has(page, "Stop comparing"))
    assert "The result is told when all are." in headline(page)
    assert find(page, "Exact match tuned", QLabel).text() == ""
    assert not has(page, "Adapter proof", QLabel)
    stage.bench.generator.gate.set()
    qtbot.waitUntil(page.presenter.is_announced, timeout=15000)
    assert not has(page, "Stop comparing")


def test_a_result_of_a_part_is_never_announced(stage: Stage, qtbot: QtBot) -> None:
    page = compared(stage, qtbot)
    presenter = page.presenter
    assert presenter.result is not None
    presenter.result = dataclasses.replace(presenter.result, complete=False)
    assert not presenter.is_announced()
    verdict = presenter.verdict()
    assert verdict is not None
    assert verdict.outcome is Outcome.INCOMPLETE
    assert presenter.verdict_on_examples() is None


def test_a_stopped_comparison_goes_on_where_it_was(stage: Stage, qtbot: QtBot) -> None:
    stage.fill()
    stage.trained()
    generator = stage.bench.generator
    page = shown(stage, qtbot)
    generator.gate.clear()
    press(page, START)
    qtbot.waitUntil(lambda: has(page, "Stop comparing"))
    press(page, "Stop comparing")
    qtbot.waitUntil(lambda: has(page, "Go on comparing"))
    missing = page.presenter.missing
    button = find(page, "Go on comparing", QPushButton)
    assert button.text() == f"Go on: {missing} answers missing"
    asked = len(generator.requests)
    generator.gate.set()
    press(page, "Go on comparing")
    qtbot.waitUntil(page.presenter.is_announced, timeout=15000)
    assert len(generator.requests) - asked == missing


def test_dragging_over_bins_filters_and_a_chip_clears(
    stage: Stage, qtbot: QtBot
) -> None:
    page = compared(stage, qtbot)
    chart = find(page, "Token histogram", TokenHistogram)
    select_bins(page, chart.bins() - 1, chart.bins() - 1)
    everything = count(page)
    chip = find(page, "Show all token counts", QPushButton)
    assert f"tokens: {everything} of 40" in chip.text()
    press(page, "Show all token counts")
    assert count(page) == 40
    assert chart.selection() is None
    select_bins(page, 0, 0)
    assert count(page) <= everything
    QTest.keyClick(chart, Qt.Key.Key_Escape)
    assert count(page) == 40


def test_chips_filter_by_change_and_tell_how_many(stage: Stage, qtbot: QtBot) -> None:
    page = compared(stage, qtbot)
    better = find(page, "Only records where tuned is better", QPushButton)
    assert better.text() == "better 40"
    press(page, "Only records where tuned is worse")
    assert count(page) == 0
    assert find(page, "Records shown", QLabel).text() == "0 of 40"
    press(page, "Only records where tuned is worse")
    assert count(page) == 40


def test_the_order_can_be_that_of_the_dataset(stage: Stage, qtbot: QtBot) -> None:
    page = compared(stage, qtbot)
    order = find(page, "Order of the records", QComboBox)
    order.setFocus()
    QTest.keyClick(order, Qt.Key.Key_End)
    assert order.currentText() == "as in the dataset"
    result = page.presenter.result
    assert result is not None
    first = table(page).model().index(0, 0).data()
    assert first == result.rows[0].input_text


def test_the_selected_record_stands_below_as_a_diff(stage: Stage, qtbot: QtBot) -> None:
    page = compared(stage, qtbot)
    view = table(page)
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Down)
    selected = view.model().index(1, 1).data()
    answers = find(page, "Answer of tuned", QTextEdit)
    qtbot.waitUntil(lambda: answers.toPlainText() == selected)
    assert find(page, "Reference answer", QTextEdit).toPlainText() == selected
    assert "▨ tuned" in texts(page)
    assert "5 token(s) ✓" in texts(page)


def test_a_narrow_answer_keeps_its_token_count(qapp: QApplication) -> None:
    column = AnswerColumn("▨", "tuned")
    column.set_head("a name that has no room at all", "1,234 tokens ✓", "1,234 ✓")
    column.resize(170, 120)
    column.show()
    qapp.processEvents()
    name, tokens = column.findChildren(QLabel)
    assert name.text().endswith("…")
    assert tokens.text() == "1,234 ✓"
    assert tokens.toolTip() == "1,234 tokens ✓"
    assert tokens.width() >= tokens.sizeHint().width()
    column.close()


def test_the_figures_are_as_wide_as_they_need_in_another_language(
    stage: Stage, qtbot: QtBot, qapp: QApplication
) -> None:
    page = compared(stage, qtbot)
    summary = page.findChild(SummaryPanel)
    assert summary is not None
    chart = find(page, "Token histogram", TokenHistogram)
    select_bins(page, 0, 2)
    picked = chart.selection()
    with shouting(qapp):
        qtbot.waitUntil(lambda: "TUNED" in chart._names.values())
        assert chart.selection() == picked
        grid = summary.findChild(MetricGrid)
        assert grid is not None
        qtbot.waitUntil(lambda: grid.width() >= grid.minimumSizeHint().width())


def test_the_choice_of_comparisons_gives_way(qapp: QApplication) -> None:
    choice = ComparisonChoice()
    choice.retranslate()
    assert choice.minimumSizeHint().width() < 300


def test_the_tuned_answer_is_rated_by_key_and_button(
    stage: Stage, qtbot: QtBot
) -> None:
    page = compared(stage, qtbot)
    view = table(page)
    result = page.presenter.result
    assert result is not None
    position = view.model().index(0, 0).data()
    row = next(r for r in result.rows if r.input_text == position)
    cell = row.answer(CandidateRole.TUNED)
    assert cell is not None
    trial = stage.services.data.trial
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_B)
    qtbot.waitUntil(lambda: trial(cell.trial_id).annotation.rating is Rating.BAD)
    bad = find(page, "Rate the tuned answer bad", QToolButton)
    qtbot.waitUntil(bad.isChecked)
    press(page, "Rate the tuned answer good", QToolButton)
    qtbot.waitUntil(lambda: trial(cell.trial_id).annotation.rating is Rating.GOOD)
    qtbot.waitUntil(lambda: not bad.isChecked())


def test_the_table_and_the_picture_are_saved(
    stage: Stage, qtbot: QtBot, tmp_path: Path
) -> None:
    page = compared(stage, qtbot)
    sheet, picture = tmp_path / "a.csv", tmp_path / "a.png"
    for name, path in (("table as CSV", sheet), ("page as PNG", picture)):
        press(page, f"Save the {name}")
        dialogs = page.findChildren(QFileDialog)
        dialog = next(d for d in dialogs if d.isVisible())
        dialog.fileSelected.emit(str(path))
        dialog.close()
        qtbot.waitUntil(path.exists)
    qtbot.waitUntil(lambda: len(stage.host.notes) == 2)
    assert stage.host.notes[0] == f"Saved as a.csv in {tmp_path}."
    press(page, "Save the table as CSV")
    again = next(d for d in page.findChildren(QFileDialog) if d.isVisible())
    assert Path(again.directory().absolutePath()) == tmp_path
    again.close()
    with sheet.open(encoding="utf-8-sig") as file:
        assert len(list(csv.DictReader(file))) == 40
    assert not QImage(str(picture)).isNull()


def test_another_comparison_can_be_made_and_chosen(stage: Stage, qtbot: QtBot) -> None:
    page = compared(stage, qtbot)
    header = page.header()
    assert header is not None
    header.show()
    assert named(find(header, "Comparison", QComboBox)) == "Comparison"
    press(header, "New comparison")
    assert has(page, START)
    press(page, "Back to the comparisons")
    assert has(page, HEADLINE, QLabel)
    press(header, "New comparison")
    press(page, START)
    box = find(header, "Comparison", QComboBox)
    qtbot.waitUntil(lambda: box.count() == 2)
    qtbot.waitUntil(page.presenter.is_announced, timeout=15000)
    assert "looked at 2 times" in texts(page)
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Down)
    box.activated.emit(box.currentIndex())
    qtbot.waitUntil(lambda: page.presenter.is_announced())


def test_the_target_is_the_adapter(stage: Stage, qtbot: QtBot) -> None:
    page = compared(stage, qtbot)
    known = stage.services.tune.adapters()[0]
    other = stage.trained()
    page.target(adapter=other.ulid)
    qtbot.waitUntil(lambda: has(page, START))
    box = find(page, "Tuned model to compare", QComboBox)
    qtbot.waitUntil(lambda: box.currentData() == other.ulid)
    page.target(adapter=known.ulid)
    qtbot.waitUntil(lambda: has(page, HEADLINE, QLabel))


def test_every_control_has_a_name_of_its_own(stage: Stage, qtbot: QtBot) -> None:
    stage.fill()
    stage.trained()
    page = shown(stage, qtbot)
    assert nameless(page) == []
    press(page, START)
    qtbot.waitUntil(page.presenter.is_announced, timeout=15000)
    select_bins(page, 0, 3)
    assert nameless(page) == []
    assert doubles(page) == set()


def test_the_colours_follow_the_theme(stage: Stage, qtbot: QtBot) -> None:
    page = compared(stage, qtbot)
    label = find(page, HEADLINE, QLabel)
    generator = stage.bench.generator
    assert generator.requests
    stage.theme.apply("dark")
    qtbot.waitUntil(lambda: page.palette().window().color().lightness() < 128)
    picture = page.grab().toImage()
    assert picture.pixelColor(QPoint(3, 3)).lightness() < 128
    stage.theme.apply("light")
    assert label.text()


def test_the_page_dies_when_it_is_closed(stage: Stage, qtbot: QtBot) -> None:
    page = compared(stage, qtbot)
    gone = weakref.ref(page)
    parts = [weakref.ref(part) for part in page.findChildren(QWidget)]
    page.close()
    page.deleteLater()
    del page
    flush()
    gc.collect()
    assert gone() is None
    assert not [part() for part in parts if part() is not None]


def test_another_language_reaches_every_word(
    stage: Stage, qtbot: QtBot, qapp: QApplication
) -> None:
    page = compared(stage, qtbot)
    with shouting(qapp):
        qtbot.waitUntil(lambda: has(page, HEADLINE.upper(), QLabel))
        said = find(page, HEADLINE.upper(), QLabel).accessibleDescription()
        assert said.startswith("TUNED IS RIGHT")
        markup = ("p < .001", "span style", "color", "span", "nbsp")
        assert untranslated(page, *markup) == []
        model = find(page, "TEST RECORDS", QTableView).model()
        assert model.headerData(0, Qt.Orientation.Horizontal) == "INPUT"
