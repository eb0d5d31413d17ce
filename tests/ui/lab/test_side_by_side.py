import dataclasses
import time
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QPushButton

from tests.ui.lab.stage import CONTROL, Desk, key, type_into, wait
from tests.ui.shell import audit
from tests.ui.tune.stage import find, has, press, texts
from workbench.domain.models import BUILTIN_MODEL, ModelKind, ModelRef
from workbench.domain.spending import Caps
from workbench.domain.trials import Rating, TrialStatus
from workbench.ui.lab.answer import Phase
from workbench.ui.lab.page import LabPage

TICKET = "I cannot log in, order 2957"
OTHER = ModelRef(ModelKind.LOCAL, "other", "/models/other")
NOVA = ModelRef(ModelKind.BEDROCK, "Nova Micro", "amazon.nova-micro-v1:0")


def lab(desk: Desk, *models: ModelRef) -> LabPage:
    page = desk.open_page(LabPage)
    wait(lambda: page.draft.is_loaded)
    type_into(page, "Value of ticket", TICKET)
    for number, model in enumerate(models):
        if number:
            press(page, "Add a model")
        pane = page.panes.panes[number]
        pane.models._take(model)
        pane.models.changed.emit()
    return page


def by_model(desk: Desk, **answers: str) -> None:
    desk.bench.generator.answer = lambda request: answers[request.model.kind.value]


def is_done(page: LabPage) -> bool:
    panes = page.panes.panes
    return not page.panes.phase.is_busy and all(p.presenter.trial for p in panes)


def test_two_models_answer_the_same_input_side_by_side(desk: Desk) -> None:
    by_model(desk, builtin="BIL", local="ACC | high | 2957")
    page = lab(desk, BUILTIN_MODEL, OTHER)
    type_into(page, "Expected answer", "ACC | high | 2957")
    key(Qt.Key.Key_Return, CONTROL)
    wait(lambda: is_done(page))
    first, second = page.panes.panes
    assert first.answer.view.answer() == "BIL"
    assert second.answer.view.answer() == "ACC | high | 2957"
    assert [trial.model.name for trial in desk.trials()] == ["Built-in toy", "other"]
    wait(lambda: "✗ not as expected" in texts(first))
    wait(lambda: "✓ as expected" in texts(second))
    assert "no cost" in texts(second)
    assert "tokens/s" in texts(second)


def test_the_button_says_how_many_calls(desk: Desk) -> None:
    page = lab(desk, BUILTIN_MODEL)
    button = find(page, "Run", QPushButton)
    assert button.text() == "Run"
    press(page, "Add a model")
    assert "2 call" in button.text()
    assert "no cost" in button.text()


def test_the_button_says_what_it_costs_or_that_nobody_knows(desk: Desk) -> None:
    page = lab(desk, BUILTIN_MODEL, NOVA)
    button = find(page, "Run", QPushButton)
    wait(lambda: "about $0.0" in button.text())
    stranger = dataclasses.replace(NOVA, path="nobody.knows-v1")
    pane = page.panes.panes[1]
    pane.models._take(stranger)
    pane.models.changed.emit()
    wait(lambda: "unknown price" in button.text())


def test_escape_stops_all_and_one_can_be_stopped_alone(desk: Desk) -> None:
    desk.answers("one two three")
    desk.bench.generator.gate.clear()
    page = lab(desk, BUILTIN_MODEL, OTHER)
    key(Qt.Key.Key_Return, CONTROL)
    first, second = page.panes.panes
    wait(lambda: first.answer.view.answer() == second.answer.view.answer() == "one")
    press(page, "Stop model 2")
    assert second.presenter.phase is Phase.STOPPING
    assert "Stopped" in texts(second)
    wait(lambda: second.presenter.trial is not None)
    assert first.presenter.phase is Phase.STREAMING
    began = time.monotonic()
    key(Qt.Key.Key_Escape)
    assert "Stopped" in texts(first)
    assert time.monotonic() - began < 0.1
    wait(lambda: is_done(page))
    outcomes = [trial.outcome for trial in desk.trials()]
    assert {outcome.status for outcome in outcomes} == {TrialStatus.CANCELLED}
    assert {outcome.output for outcome in outcomes} == {"one"}


def test_the_escape_of_a_conversion_stops_nothing(desk: Desk) -> None:
    desk.answers("one two three")
    desk.bench.generator.gate.clear()
    page = lab(desk, BUILTIN_MODEL)
    key(Qt.Key.Key_Return, CONTROL)
    wait(lambda: page.answer.phase is Phase.STREAMING)
    field = type_into(page, "Expected answer", "")
    QApplication.sendEvent(field, QInputMethodEvent("にほん", []))
    page._stop_action.trigger()
    assert page.answer.phase is Phase.STREAMING
    QApplication.sendEvent(field, QInputMethodEvent("", []))
    page._stop_action.trigger()
    wait(lambda: page.answer.trial is not None)


def test_keys_mean_the_answer_that_was_picked(desk: Desk) -> None:
    page = lab(desk, BUILTIN_MODEL, OTHER)
    key(Qt.Key.Key_Return, CONTROL)
    wait(lambda: is_done(page))
    press(page, "Good (model 2)")
    wait(lambda: desk.trials()[1].annotation.rating is Rating.GOOD)
    assert "mean the answer of other" in texts(page.judge)
    page.earlier.table.setFocus()
    key(Qt.Key.Key_B)
    wait(lambda: desk.trials()[1].annotation.rating is Rating.BAD)
    page.panes.panes[0].answer.view.setFocus()
    key(Qt.Key.Key_G)
    wait(lambda: desk.trials()[0].annotation.rating is Rating.GOOD)


def test_a_cap_refuses_one_and_lets_the_others_answer(desk: Desk) -> None:
    desk.services.spending.set_caps(Caps(run=Decimal("0.00000001")))
    page = lab(desk, BUILTIN_MODEL, NOVA)
    key(Qt.Key.Key_Return, CONTROL)
    first, second = page.panes.panes
    wait(lambda: first.presenter.trial is not None)
    wait(lambda: "Not asked: it may cost up to $" in texts(second))
    assert len(desk.trials()) == 1


def test_columns_come_and_go(desk: Desk) -> None:
    page = lab(desk, BUILTIN_MODEL, OTHER)
    key(Qt.Key.Key_Return, CONTROL)
    wait(lambda: is_done(page))
    press(page, "Remove model 1")
    wait(lambda: page.answer.trial is not None and page.answer.trial.model == OTHER)
    assert page.panes.models == (OTHER,)
    assert not has(page, "Remove model 1")
    for _ in range(7):
        press(page, "Add a model")
    assert len(page.panes.panes) == 8
    assert not has(page, "Add a model")
    assert not audit.nameless(page)
    assert not audit.doubles(page)


def test_eight_answers_keep_apart(desk: Desk) -> None:
    page = lab(desk, BUILTIN_MODEL)
    for number in range(1, 8):
        press(page, "Add a model")
        pane = page.panes.panes[number]
        pane.models._take(dataclasses.replace(OTHER, path=f"/models/{number}"))
        pane.models.changed.emit()
    desk.bench.generator.answer = lambda request: f"I am {request.model.path[-1:]}"
    key(Qt.Key.Key_Return, CONTROL)
    wait(lambda: is_done(page))
    shown = [pane.answer.view.answer() for pane in page.panes.panes]
    assert shown == ["I am ", *(f"I am {number}" for number in range(1, 8))]
