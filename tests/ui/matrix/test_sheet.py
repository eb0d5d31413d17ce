import gc
import weakref
from decimal import Decimal
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QListWidget, QPushButton

from tests.fakes import right_answer
from tests.ui.lab.stage import CONTROL, Desk, key, wait
from tests.ui.shell import audit
from tests.ui.tune.stage import find, has, press, texts
from workbench.domain.errors import RemoteError
from workbench.domain.generation import GenerationRequest
from workbench.domain.matrices import CellState
from workbench.domain.matrix import MatrixInput, MatrixRequest
from workbench.domain.models import BUILTIN_MODEL, ModelKind, ModelRef
from workbench.domain.prompts import PromptSpec, Shot
from workbench.domain.spending import Caps
from workbench.ui.lab.page import LabPage
from workbench.ui.matrix.grid_model import FIRST
from workbench.ui.matrix.sheet import MatrixSheet

NOVA = ModelRef(ModelKind.BEDROCK, "Nova Micro", "amazon.nova-micro-v1:0")
CELLS = "\n".join(f"order {n}\t{right_answer(f'order {n}')}" for n in range(1, 7))
SPEC = PromptSpec("Rules.", "{{ticket}}")
SHOTS = tuple(Shot((("ticket", f"t {n}"),), f"a {n}") for n in range(4))


def opened(desk: Desk, spec: PromptSpec = SPEC, *, by_shots: bool = False) -> LabPage:
    desk.services.lab.save_draft(spec, {"ticket": "x"})
    page = desk.open_page(LabPage)
    wait(lambda: page.draft.is_loaded)
    name = "Try numbers of examples" if by_shots else "Run all inputs…"
    wait(lambda: find(page, name, QPushButton).isEnabled())
    press(page, name)
    wait(lambda: sheet(page).setup.versions.count())
    return page


def sheet(page: LabPage) -> MatrixSheet:
    assert page.matrix is not None
    return page.matrix


def paste(page: LabPage, text: str = CELLS) -> None:
    QGuiApplication.clipboard().setText(f"ticket\tanswer\n{text}")
    sheet(page).setup.inputs.table.setFocus()
    key(Qt.Key.Key_V, CONTROL)


def button(page: LabPage) -> QPushButton:
    return find(sheet(page), "Start the calls", QPushButton)


def ready(page: LabPage) -> None:
    wait(lambda: "call" in button(page).text() and button(page).isEnabled())


def started(page: LabPage) -> None:
    ready(page)
    press(sheet(page), "Start the calls")
    wait(lambda: sheet(page).results.model.rowCount())


def cell(page: LabPage, row: int, column: int = 0) -> str:
    model = sheet(page).results.model
    return str(model.index(row, FIRST + column).data())


def is_done(page: LabPage) -> bool:
    presenter = sheet(page).presenter
    grid = presenter.grid
    return grid is not None and not presenter.is_running


def test_pasted_inputs_fill_the_grid_with_marks_and_a_pass_rate(desk: Desk) -> None:
    def answer(request: GenerationRequest) -> str:
        text = request.messages[-1].text
        return "wrong" if text.endswith("3") else right_answer(text)

    desk.bench.generator.answer = answer
    page = opened(desk)
    assert "Add inputs" in texts(sheet(page))
    assert not button(page).isEnabled()
    paste(page)
    ready(page)
    assert "6 new call" in button(page).text()
    assert "no cost" in button(page).text()
    started(page)
    wait(lambda: is_done(page) and cell(page, 5).startswith("✓"))
    assert cell(page, 2) == "✗ wrong"
    model = sheet(page).results.model
    horizontal = Qt.Orientation.Horizontal
    wait(lambda: "5 of 6 right (83" in str(model.headerData(FIRST, horizontal)))
    sheet(page).results.table.setCurrentIndex(model.index(2, FIRST))
    wait(lambda: sheet(page).results.view.answer() == "wrong")
    assert "no cost" in texts(sheet(page).results)


def test_nothing_is_asked_twice_unless_it_is_wanted(desk: Desk) -> None:
    page = opened(desk)
    paste(page)
    started(page)
    wait(lambda: is_done(page))
    combo = find(sheet(page), "New or earlier run", QComboBox)
    combo.setCurrentIndex(0)
    combo.activated.emit(0)
    sheet(page).setup.repeats.setValue(2)
    wait(lambda: "6 already answered" in button(page).text())
    assert "6 new call" in button(page).text()
    sheet(page).setup.again.click()
    wait(lambda: "12 new call" in button(page).text())


def test_stop_finishes_what_is_in_flight_and_resume_asks_the_rest(desk: Desk) -> None:
    desk.bench.generator.gate.clear()
    page = opened(desk)
    paste(page)
    started(page)
    wait(lambda: "being answered" in cell(page, 0))
    table = sheet(page).results.table
    table.setCurrentIndex(table.model().index(0, FIRST))
    press(sheet(page), "Stop the calls")
    press(sheet(page), "Stop at once")
    wait(lambda: is_done(page) and has(sheet(page), "Resume the calls"))
    desk.bench.generator.gate.set()
    resume = find(sheet(page), "Resume the calls", QPushButton)
    assert "new call" in resume.text()
    press(sheet(page), "Resume the calls")
    wait(lambda: is_done(page) and "6 of 6 answered" in texts(sheet(page)))
    assert not has(sheet(page), "Resume the calls")
    # The answer of the cell that was chosen came later than the choice.
    wait(lambda: "order 1" in sheet(page).results.view.answer())


def test_a_failed_cell_is_shown_and_asked_again(desk: Desk) -> None:
    desk.bench.generator.failure = RemoteError("OOM", "Out of memory.")
    desk.bench.generator.fail_batch_after = 0
    page = opened(desk)
    paste(page)
    started(page)
    wait(lambda: is_done(page) and "! failed" in cell(page, 0))
    wait(lambda: "Use a smaller model" in texts(sheet(page)))
    desk.bench.generator.fail_batch_after = None
    wait(lambda: has(sheet(page), "Resume the calls"))
    press(sheet(page), "Resume the calls")
    wait(lambda: is_done(page) and "6 of 6 answered" in texts(sheet(page)))
    assert "Use a smaller model" not in texts(sheet(page))


def test_an_earlier_matrix_opens_after_a_restart(desk: Desk) -> None:
    inputs = tuple(MatrixInput((("ticket", f"order {n}"),)) for n in range(3))
    desk.bench.generator.gate.clear()
    matrix = desk.services.matrix
    begun = matrix.start(MatrixRequest((SPEC,), inputs, (BUILTIN_MODEL,)))
    matrix.stop(begun.matrix_id, now=True)
    wait(lambda: not matrix.is_running(begun.matrix_id))
    desk.reopen()
    page = opened(desk)
    combo = find(sheet(page), "New or earlier run", QComboBox)
    wait(lambda: combo.count() == 2)
    combo.setCurrentIndex(1)
    combo.activated.emit(1)
    wait(lambda: has(sheet(page), "Resume the calls"))
    press(sheet(page), "Resume the calls")
    wait(lambda: is_done(page) and "3 of 3 answered" in texts(sheet(page)))


def test_a_cap_is_told_with_numbers_before_and_after(desk: Desk) -> None:
    desk.services.spending.set_caps(Caps(run=Decimal("0.0000001")))
    page = opened(desk)
    page.models._take(NOVA)
    sheet(page).setup.begin(SPEC, (NOVA,), by_shots=False)
    wait(
        lambda: "Nova" in find(sheet(page), "Models to ask", QListWidget).item(0).text()
    )
    paste(page)
    wait(lambda: "In the worst case all of it costs $0.0" in texts(sheet(page)))
    assert "of the limit of $0.0000001" in texts(sheet(page))
    started(page)
    wait(lambda: "Not asked: it may cost up to $0.0" in texts(sheet(page)))
    assert not desk.trials()


def test_a_file_that_is_dropped_and_records_are_inputs(
    desk: Desk, tmp_path: Path
) -> None:
    desk.fill(train=4, validation=2, test=3)
    page = opened(desk)
    table = tmp_path / "inputs.csv"
    table.write_text("ticket,answer\na,b\nc,d\n", encoding="utf-8")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(table))])
    panel = sheet(page).setup.inputs
    event = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    panel.dropEvent(event)
    wait(lambda: len(panel.model.inputs) == 2)
    assert panel.model.inputs[0] == MatrixInput((("ticket", "a"),), "b")
    wait(lambda: len(panel._menu.actions()) == 3)
    panel._menu.actions()[2].trigger()
    wait(lambda: len(panel.model.inputs) == 5)
    assert panel.model.inputs[4].example_id
    panel.table.selectRow(0)
    panel.table.setFocus()
    key(Qt.Key.Key_Delete)
    assert len(panel.model.inputs) == 4


def test_the_first_examples_are_tried_by_their_number(desk: Desk) -> None:
    page = opened(desk, PromptSpec("Rules.", "{{ticket}}", SHOTS), by_shots=True)
    assert sheet(page).setup.versions.count() == 4
    paste(page)
    ready(page)
    assert "24 new call" in button(page).text()
    started(page)
    wait(lambda: is_done(page) and "24 of 24 answered" in texts(sheet(page)))
    grid = sheet(page).presenter.grid
    assert grid is not None
    assert [head.shots for head in grid.heads] == [0, 1, 2, 4]
    chart = sheet(page).results.chart
    wait(lambda: "4 examples: 100 % right" in chart.accessibleDescription())
    assert "0 examples: 0 % right" in chart.accessibleDescription()
    assert chart.isVisible()
    assert chart.grab().toImage().pixelColor(2, 2).isValid()


def test_two_thousand_cells_stay_light(desk: Desk) -> None:
    page = opened(desk)
    paste(page, "\n".join(f"order {n}\tx" for n in range(500)))
    sheet(page).setup.repeats.setValue(4)
    ready(page)
    assert "2000 new" in button(page).text().replace(",", "")
    desk.bench.generator.gate.clear()
    started(page)
    presenter = sheet(page).presenter
    presenter.stop(now=True)
    desk.bench.generator.gate.set()
    wait(lambda: is_done(page), 30)
    grid = presenter.grid
    assert grid is not None
    for position in range(0, 2000, 7):
        row, column = grid.place(position)
        assert grid.position(row, column) == position
    assert grid.count(CellState.OPEN) > 0


def test_every_control_has_a_name_of_its_own(desk: Desk) -> None:
    page = opened(desk)
    assert not audit.nameless(sheet(page))
    assert not audit.doubles(sheet(page))
    paste(page)
    started(page)
    wait(lambda: is_done(page))
    assert not audit.nameless(sheet(page))


def test_a_change_of_language_reaches_the_sheet(desk: Desk) -> None:
    page = opened(desk)
    QApplication.sendEvent(sheet(page), QEvent(QEvent.Type.LanguageChange))
    assert sheet(page).windowTitle() == "Run all inputs"


def test_the_sheet_leaves_nothing_behind(desk: Desk) -> None:
    def use() -> "weakref.ref[MatrixSheet]":
        page = opened(desk)
        paste(page)
        started(page)
        wait(lambda: is_done(page))
        made = weakref.ref(sheet(page))
        sheet(page).close()
        page.close()
        page.deleteLater()
        return made

    watch = use()

    def gone() -> bool:
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        gc.collect()
        return watch() is None

    QTest.qWait(10)
    wait(gone)
