import dataclasses
import gc
import weakref
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
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
    nameless,
    press,
    shouting,
    texts,
    untranslated,
)
from workbench.domain.errors import EnvironmentFault, InputError
from workbench.domain.jobs import JobState
from workbench.domain.tuning import Goal, Progress
from workbench.ui.tune.details_panel import DetailsPanel
from workbench.ui.tune.page import TunePage
from workbench.ui.tune.run_delegate import SECOND_LINE
from workbench.ui.tune.samples_view import SamplesView
from workbench.ui.widgets.loss_chart import LossChart

CHECK, START = "Check before start", "Start training"


def shown(stage: Stage, qtbot: QtBot) -> TunePage:
    page = stage.show(TunePage)
    qtbot.waitUntil(lambda: page.presenter.overview is not None)
    return page


def checked(stage: Stage, qtbot: QtBot) -> TunePage:
    page = shown(stage, qtbot)
    press(page, CHECK)
    qtbot.waitUntil(lambda: has(page, START))
    return page


def never_started(stage: Stage, run_id: int) -> None:
    """Let the run directory tell what one tells that no worker wrote into."""
    ulid = stage.services.tune.run(run_id).ulid
    handle = stage.bench.launcher.attach(Path(), run_ulid=ulid)
    handle.seen = Progress()


def test_without_records_the_page_leads_to_the_data(stage: Stage, qtbot: QtBot) -> None:
    page = shown(stage, qtbot)
    press(page, "Go to the records")
    assert stage.host.gone == [("data", {})]
    press(page, "Open the sample project")
    assert stage.host.commands == ["sample"]


def test_records_that_are_not_divided_cannot_be_trained(
    stage: Stage, qtbot: QtBot
) -> None:
    stage.services.data.ensure_dataset("tickets")
    page = shown(stage, qtbot)
    assert not find(page, CHECK, QPushButton).isEnabled()
    assert "divide it on the Data page" in texts(page)


def test_the_check_shows_what_will_be_trained(stage: Stage, qtbot: QtBot) -> None:
    stage.fill()
    page = checked(stage, qtbot)
    words = texts(page)
    assert "All 20 rows will be trained; 4 more measure it on the way" in words
    assert "The stop mark is learned" in words
    assert "20 updates, about 2 min" in words
    assert find(page, START, QPushButton).text() == (
        "Start – about 2 min on this computer"
    )
    rows = find(page, "Rows as the model sees them", QTextEdit).toPlainText()
    assert "5 of 17 tokens learned" in rows
    assert "ACC | high |" in rows


def test_a_run_is_started_and_watched_to_its_end(stage: Stage, qtbot: QtBot) -> None:
    stage.fill()
    page = checked(stage, qtbot)
    press(page, START)
    qtbot.waitUntil(lambda: has(page, "Save and stop"))
    handle = next(iter(stage.bench.launcher.handles.values()))
    handle.step(4, 1.5)
    qtbot.waitUntil(lambda: "step 4 of 10" in texts(page))
    chart = find(page, "Loss chart", LossChart)
    assert "Step 4: training loss 1.500" in chart.accessibleDescription()
    handle.finish()
    qtbot.waitUntil(lambda: has(page, "Compare with the base"))
    adapter = stage.services.tune.adapters()[0]
    press(page, "Try it in the Lab")
    press(page, "Compare with the base")
    assert stage.host.gone == [
        ("lab", {"adapter": adapter.ulid}),
        ("compare", {"adapter": adapter.ulid}),
    ]
    assert not stage.host.errors


def test_a_changed_choice_asks_for_another_check(stage: Stage, qtbot: QtBot) -> None:
    stage.fill()
    page = checked(stage, qtbot)
    run_id = page.presenter.plan.run_id
    assert run_id is not None
    never_started(stage, run_id)
    press(page, "Quick")
    assert has(page, CHECK)
    assert not has(page, START)
    tune = stage.services.tune
    qtbot.waitUntil(lambda: tune.run(run_id).state is JobState.CANCELLED)
    qtbot.waitUntil(lambda: page.presenter.runs == ())


def test_details_are_told_to_the_run(stage: Stage, qtbot: QtBot) -> None:
    stage.fill()
    page = shown(stage, qtbot)
    press(page, "Details of the training")
    box = find(page, "Size of the adapter (rank)", QSpinBox)
    box.setFocus()
    box.selectAll()
    QTest.keyClicks(box, "8")
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert has(page, "Back to the goal's values")
    press(page, CHECK)
    qtbot.waitUntil(lambda: has(page, START))
    run_id = page.presenter.plan.run_id
    assert run_id is not None
    assert stage.services.tune.run(run_id).settings.rank == 8
    press(page, "Back to the goal's values")
    assert page.presenter.plan.settings is None
    assert box.value() == 16


def test_the_keyboard_alone_chooses_checks_and_starts(
    stage: Stage, qtbot: QtBot
) -> None:
    stage.fill()
    page = shown(stage, qtbot)
    find(page, "Dataset to learn from", QComboBox).setFocus()
    for _ in range(20):
        QTest.keyClick(page.focusWidget(), Qt.Key.Key_Tab)
        if page.focusWidget() is find(page, CHECK, QPushButton):
            break
    focused = page.focusWidget()
    assert focused is find(page, CHECK, QPushButton)
    QTest.keyClick(focused, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: has(page, START))


def test_a_check_that_fails_says_why(stage: Stage, qtbot: QtBot) -> None:
    stage.fill()
    stage.bench.launcher.failure = InputError("too.long", "Three rows are too long.")
    page = shown(stage, qtbot)
    press(page, CHECK)
    qtbot.waitUntil(lambda: "Three rows are too long." in texts(page))
    assert has(page, CHECK)
    assert not stage.host.errors


def test_a_missing_worker_is_said_before_anything_is_tried(
    stage: Stage, qtbot: QtBot
) -> None:
    stage.fill()
    stage.bench.problem = EnvironmentFault("worker.missing", "No torch.")
    page = shown(stage, qtbot)
    qtbot.waitUntil(lambda: "Models cannot run on this computer yet" in texts(page))


def test_stopping_asks_and_saving_does_not(stage: Stage, qtbot: QtBot) -> None:
    stage.fill()
    _, handle = stage.started()
    page = shown(stage, qtbot)
    qtbot.waitUntil(lambda: has(page, "Stop training"))
    press(page, "Stop training")
    assert len(stage.host.questions) == 1
    qtbot.waitUntil(lambda: handle.asked == ["stop_now"])
    qtbot.waitUntil(lambda: page.presenter.runs[0].state is JobState.CANCELLED)
    stage.host.questions.clear()
    _, second = stage.started()
    qtbot.waitUntil(lambda: len(page.presenter.runs) == 2)
    page.presenter.select(page.presenter.runs[0].id)
    qtbot.waitUntil(lambda: has(page, "Save and stop"))
    press(page, "Save and stop")
    qtbot.waitUntil(lambda: second.asked == ["stop_save"])
    assert not stage.host.questions
    qtbot.waitUntil(lambda: "stopped and saved" in texts(page))


def test_a_worker_that_is_silent_is_shown_as_such(stage: Stage, qtbot: QtBot) -> None:
    stage.fill()
    _, handle = stage.started()
    page = shown(stage, qtbot)
    qtbot.waitUntil(lambda: has(page, "Save and stop"))
    warned = (("", "The rate is high."), ("float32", "as the worker says it"))
    handle.seen = dataclasses.replace(handle.seen, responding=False, warnings=warned)
    qtbot.waitUntil(lambda: "has not been heard of" in texts(page))
    assert "The rate is high." in texts(page)
    assert "this device has no fast bfloat16" in texts(page)
    assert "as the worker says it" not in texts(page)


def test_a_failed_run_keeps_its_log_folded(stage: Stage, qtbot: QtBot) -> None:
    stage.fill()
    _, handle = stage.started()
    page = shown(stage, qtbot)
    qtbot.waitUntil(lambda: has(page, "Save and stop"))
    handle.failure = ("OOM", "Memory ran out at step 3. Use a smaller batch.")
    handle.state = JobState.FAILED
    qtbot.waitUntil(lambda: "The memory was not enough" in texts(page))
    assert not has(page, "Log of the worker", QPlainTextEdit)
    press(page, "Details and log")
    log = find(page, "Log of the worker", QPlainTextEdit)
    assert log.toPlainText() == (
        "Memory ran out at step 3. Use a smaller batch.\n\nsteps: 0\n\n"
        "the end of the log"
    )


def test_a_finished_run_tells_its_figures_and_its_log(
    stage: Stage, qtbot: QtBot
) -> None:
    stage.fill()
    run_id, handle = stage.started()
    page = shown(stage, qtbot)
    page.target(run_id=run_id)
    handle.finish()
    qtbot.waitUntil(lambda: has(page, "Compare with the base"))
    press(page, "Details and log")
    log = find(page, "Log of the worker", QPlainTextEdit)
    assert log.toPlainText() == "steps: 0\n\nthe end of the log"


def test_a_finished_run_shows_the_samples_of_the_state_it_kept(
    stage: Stage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.fill()
    _, handle = stage.started()
    page = shown(stage, qtbot)
    samples = ((3, "in", "kept answer", "ref"), (6, "in", "later answer", "ref"))
    handle.seen = Progress("training", 6, 10, samples=samples)
    view = page.findChild(SamplesView)
    assert view is not None
    answers = view.findChild(QTextEdit)
    assert answers is not None
    qtbot.waitUntil(lambda: "later answer" in answers.toPlainText())
    monkeypatch.setattr(handle, "result", lambda: {"saved_step": "3"})
    handle.finish()
    qtbot.waitUntil(lambda: "kept answer" in answers.toPlainText())


def test_the_sentence_before_the_check_is_whole(stage: Stage, qtbot: QtBot) -> None:
    stage.fill()
    page = shown(stage, qtbot)
    qtbot.waitUntil(lambda: has(page, CHECK))
    labels = page.findChildren(QLabel)
    (sentence,) = [one for one in labels if "Nothing is trained yet." in one.text()]
    page.resize(900, 420)
    qtbot.waitUntil(lambda: page.width() == 900)
    assert sentence.height() >= sentence.heightForWidth(sentence.width())


def test_a_lost_run_can_be_closed(stage: Stage, qtbot: QtBot) -> None:
    stage.fill()
    run_id, handle = stage.started()
    page = shown(stage, qtbot)
    qtbot.waitUntil(lambda: has(page, "Save and stop"))
    handle.state = JobState.LOST
    qtbot.waitUntil(lambda: has(page, "Close the lost run"))
    press(page, "Close the lost run")
    tune = stage.services.tune
    qtbot.waitUntil(lambda: tune.run(run_id).state is JobState.CANCELLED)


def test_a_run_that_was_only_checked_waits_in_the_list(
    stage: Stage, qtbot: QtBot
) -> None:
    dataset_id = stage.fill()
    base = stage.services.models.choices()[0]
    job = stage.services.tune.prepare(dataset_id, base, Goal.BALANCED)
    run_id = job.future.result(5)
    never_started(stage, run_id)
    page = shown(stage, qtbot)
    runs = find(page, "Runs", QListWidget)
    middle = runs.visualItemRect(runs.item(0)).center()
    QTest.mouseClick(runs.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    qtbot.waitUntil(lambda: has(page, "Start the checked run"))
    assert "Balanced" in texts(page)
    press(page, "Put the checked run away")
    tune = stage.services.tune
    qtbot.waitUntil(lambda: tune.run(run_id).state is JobState.CANCELLED)
    qtbot.waitUntil(lambda: page.presenter.runs == ())


def test_a_run_is_being_checked_until_its_check_is_there(
    stage: Stage, qtbot: QtBot
) -> None:
    dataset_id = stage.fill()
    base = stage.services.models.choices()[0]
    job = stage.services.tune.prepare(dataset_id, base, Goal.BALANCED)
    never_started(stage, job.future.result(5))
    kept = dict(stage.bench.launcher.prepared)
    stage.bench.launcher.prepared.clear()
    page = shown(stage, qtbot)
    runs = find(page, "Runs", QListWidget)
    assert runs.item(0).data(SECOND_LINE) == "being checked"
    stage.bench.launcher.prepared.update(kept)
    stage.services.tune.prepare(dataset_id, base, Goal.QUICK).future.result(5)
    qtbot.waitUntil(lambda: runs.count() == 2)
    qtbot.waitUntil(
        lambda: (
            runs.item(1).data(SECOND_LINE) == "checked, not started"
            and runs.item(0).data(SECOND_LINE) == "checked, not started"
        )
    )


def test_settings_stand_in_two_columns_where_there_is_no_room(
    qapp: QApplication,
) -> None:
    window = QWidget()
    window.resize(1200, 700)
    panel = DetailsPanel(window)
    panel.retranslate()
    window.show()
    boxes = panel.findChildren(QAbstractSpinBox)
    for width, columns in ((1100, 3), (640, 2), (1100, 3)):
        panel.resize(width, 600)
        qapp.processEvents()
        assert len({box.x() for box in boxes}) == columns
    window.close()


def test_a_run_shows_what_is_not_the_goals(stage: Stage, qtbot: QtBot) -> None:
    dataset_id = stage.fill()
    tune = stage.services.tune
    base = stage.services.models.choices()[0]
    own = dataclasses.replace(tune.settings(Goal.QUICK, 20, base), rank=4, seed=7)
    run_id = tune.prepare(dataset_id, base, Goal.QUICK, "mine", own).future.result(5)
    page = shown(stage, qtbot)
    page.target(run_id=run_id)
    qtbot.waitUntil(lambda: has(page, "Start the checked run"))
    words = texts(page).splitlines()
    assert {"tickets 1", "Built-in toy", "Quick", "rank 4", "seed 7"} <= set(words)


def test_samples_show_the_newest_evaluation(stage: Stage, qtbot: QtBot) -> None:
    stage.fill()
    _, handle = stage.started()
    page = shown(stage, qtbot)
    qtbot.waitUntil(lambda: has(page, "Save and stop"))
    samples = ((3, "in", "old answer", "ref"), (6, "in", "new answer", "ref"))
    handle.seen = Progress("training", 6, 10, samples=samples)
    view = find(page, "Answers so far", QTextEdit)
    qtbot.waitUntil(lambda: "new answer" in view.toPlainText())
    assert "old answer" not in view.toPlainText()


def test_every_control_has_a_name_of_its_own(stage: Stage, qtbot: QtBot) -> None:
    stage.fill()
    page = checked(stage, qtbot)
    press(page, "Details of the training")
    assert nameless(page) == []
    assert doubles(page) == set()
    press(page, START)
    qtbot.waitUntil(lambda: has(page, "Save and stop") and has(page, "New run"))
    assert nameless(page) == []
    assert doubles(page) == set()
    assert not has(page, "Rows after", QToolButton)


def test_the_page_dies_when_it_is_closed(stage: Stage, qtbot: QtBot) -> None:
    stage.fill()
    stage.trained()
    page = shown(stage, qtbot)
    press(page, CHECK)
    qtbot.waitUntil(partial(has, page, START))
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
    stage.fill()
    page = checked(stage, qtbot)
    with shouting(qapp):
        qtbot.waitUntil(lambda: "BEFORE WE START" in texts(page))
        assert untranslated(page, "tickets", "Built-in toy") == []
