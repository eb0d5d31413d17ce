from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QPushButton, QTableView

from tests.ui.lab.stage import CONTROL, Desk, key, type_into, wait
from tests.ui.tune.stage import find, has, press, texts
from workbench.domain.errors import EnvironmentFault, RemoteError
from workbench.domain.trials import Rating, TrialStatus
from workbench.ui.lab.page import LabPage

TICKET = "I cannot log in, order 2957"


def lab(desk: Desk) -> LabPage:
    page = desk.open_page(LabPage)
    wait(lambda: page.draft.is_loaded)
    wait(lambda: page.findChildren(QPlainTextEdit))
    return page


def run(desk: Desk, page: LabPage) -> None:
    count = len(desk.trials())
    press(page, "Run")
    wait(lambda: not page.answer.phase.is_busy and page.answer.trial is not None)
    assert len(desk.trials()) == count + 1


def test_paste_and_run_with_the_keyboard_alone(desk: Desk) -> None:
    desk.answers("ACC | high | 2957")
    page = lab(desk)
    type_into(page, "Value of ticket", TICKET)
    key(Qt.Key.Key_Return, CONTROL)
    wait(lambda: page.answer.trial is not None)
    assert page.answer_panel.view.answer() == "ACC | high | 2957"
    assert "v1" in texts(page)
    trial = desk.trials()[0]
    assert trial.input_text == TICKET
    assert trial.outcome.output == "ACC | high | 2957"
    # What was typed is kept as the draft, too.
    wait(lambda: desk.services.lab.draft().variables == {"ticket": TICKET})


def test_the_answer_streams_and_the_button_is_stop_meanwhile(desk: Desk) -> None:
    desk.answers("one two three")
    desk.bench.generator.gate.clear()
    page = lab(desk)
    type_into(page, "Value of ticket", TICKET)
    press(page, "Run")
    wait(lambda: page.answer_panel.view.answer() == "one")
    assert has(page, "Stop")
    assert not has(page, "Run")
    desk.bench.generator.gate.set()
    wait(lambda: has(page, "Run"))
    assert page.answer_panel.view.answer() == "one two three"


def test_escape_stops_and_what_had_arrived_is_kept(desk: Desk) -> None:
    desk.answers("one two three")
    desk.bench.generator.gate.clear()
    page = lab(desk)
    type_into(page, "Value of ticket", TICKET)
    key(Qt.Key.Key_Return, CONTROL)
    wait(lambda: page.answer_panel.view.answer() == "one")
    key(Qt.Key.Key_Escape)
    wait(lambda: page.answer.trial is not None)
    assert desk.trials()[0].outcome.status is TrialStatus.CANCELLED
    assert desk.trials()[0].outcome.output == "one"
    assert page.answer_panel.view.answer() == "one"
    assert "Stopped by you" in texts(page)
    assert not desk.host.errors


def test_a_failed_call_is_kept_and_says_what_to_do(desk: Desk) -> None:
    desk.bench.generator.failure = RemoteError("OOM", "Out of memory.")
    page = lab(desk)
    type_into(page, "Value of ticket", TICKET)
    press(page, "Run")
    wait(lambda: page.answer.trial is not None)
    assert desk.trials()[0].outcome.status is TrialStatus.FAILED
    assert "Use a smaller model" in texts(page)
    assert has(page, "Run")


def test_expected_answer_tells_right_from_wrong(desk: Desk) -> None:
    desk.answers("ACC | high | 2957")
    page = lab(desk)
    type_into(page, "Value of ticket", TICKET)
    type_into(page, "Expected answer", "ACC | low | 2957")
    run(desk, page)
    wait(lambda: "✗ not as expected" in texts(page))
    type_into(page, "Expected answer", "ACC | high | 2957")
    wait(lambda: "✓ as expected" in texts(page))
    assert desk.trials()[0].expected == "ACC | low | 2957"


def test_a_correction_starts_from_the_expected_answer(desk: Desk) -> None:
    desk.answers("BIL | low | 2957")
    page = lab(desk)
    type_into(page, "Value of ticket", TICKET)
    type_into(page, "Expected answer", "ACC | high | 2957")
    run(desk, page)
    field = find(page, "Answer it should have given", QPlainTextEdit)
    wait(lambda: field.toPlainText() == "ACC | high | 2957")
    assert "the expected answer" in texts(page)
    assert not desk.host.dirty
    assert desk.trials()[0].annotation.correction is None
    field.setFocus()
    key(Qt.Key.Key_Return, CONTROL)
    wait(lambda: desk.trials()[0].annotation.correction == "ACC | high | 2957")
    wait(lambda: "saved ✓" in texts(page))


def test_rating_by_key_outside_of_editors_only(desk: Desk) -> None:
    page = lab(desk)
    field = type_into(page, "Value of ticket", "big")
    assert field.toPlainText() == "big"
    run(desk, page)
    page.earlier.table.setFocus()
    key(Qt.Key.Key_G)
    wait(lambda: desk.trials()[0].annotation.rating is Rating.GOOD)
    wait(lambda: find(page, "Good", QPushButton).isChecked())
    key(Qt.Key.Key_B)
    wait(lambda: desk.trials()[0].annotation.rating is Rating.BAD)
    wait(lambda: find(page, "Bad", QPushButton).isChecked())
    key(Qt.Key.Key_B)
    wait(lambda: desk.trials()[0].annotation.rating is Rating.NONE)


def test_a_typed_correction_is_kept_when_the_field_is_left(desk: Desk) -> None:
    desk.answers("BIL | low | 2957")
    page = lab(desk)
    type_into(page, "Value of ticket", TICKET)
    run(desk, page)
    field = find(page, "Answer it should have given", QPlainTextEdit)
    assert field.toPlainText() == "BIL | low | 2957"
    # Opening the field keeps nothing yet.
    field.setFocus()
    page.earlier.table.setFocus()
    assert desk.trials()[0].annotation.correction is None
    type_into(page, "Answer it should have given", "ACC | high | 2957")
    page.earlier.table.setFocus()
    wait(lambda: desk.trials()[0].annotation.correction == "ACC | high | 2957")
    wait(lambda: "saved ✓" in texts(page))


def test_an_answer_against_the_task_card_is_named(desk: Desk) -> None:
    page = lab(desk)
    type_into(page, "Value of ticket", TICKET)
    run(desk, page)
    type_into(page, "Answer it should have given", "just words")
    wait(lambda: "Not in the agreed form" in texts(page.judge.correction))


def test_earlier_answers_to_this_input_can_be_shown_again(desk: Desk) -> None:
    desk.answers("first", "second")
    page = lab(desk)
    type_into(page, "Value of ticket", TICKET)
    run(desk, page)
    run(desk, page)
    wait(lambda: page.earlier.table.model().rowCount() == 2)
    table = find(page, "Earlier answers to this input", QTableView)
    table.clicked.emit(table.model().index(1, 0))
    wait(lambda: page.answer_panel.view.answer() == "first")
    type_into(page, "Value of ticket", "another ticket")
    wait(lambda: page.earlier.table.model().rowCount() == 0)


def test_without_a_worker_the_page_says_what_is_missing(desk: Desk) -> None:
    desk.bench.problem = EnvironmentFault("worker.missing", "No Python with torch.")
    page = lab(desk)
    wait(lambda: "no Python with torch was found" in texts(page))
    assert not find(page, "Run", QPushButton).isEnabled()
    desk.bench.problem = None
    press(page, "Look again")
    wait(lambda: find(page, "Run", QPushButton).isEnabled())


def test_what_was_typed_is_there_after_the_program_ended(desk: Desk) -> None:
    page = lab(desk)
    type_into(page, "Role and rules", "Be short.")
    type_into(page, "Message", "Ticket: {{{{ticket}}}}".format())
    page.close()
    page.deleteLater()
    desk.reopen()
    page = lab(desk)
    assert page.prompt.system.toPlainText() == "Be short."
    assert page.prompt.message.toPlainText() == "Ticket: {{ticket}}"


def test_the_chip_tells_version_and_change(desk: Desk) -> None:
    page = lab(desk)
    chip = page.header()
    assert chip is not None
    label = chip.findChildren(QLabel)[0]
    wait(lambda: label.text() == "not run yet")
    type_into(page, "Value of ticket", TICKET)
    run(desk, page)
    wait(lambda: label.text() == "v1")
    type_into(page, "Role and rules", "Other rules.")
    wait(lambda: label.text() == "v1 · changed")


def test_the_expected_answer_never_stays_for_another_input(desk: Desk) -> None:
    page = lab(desk)
    type_into(page, "Value of ticket", TICKET)
    type_into(page, "Expected answer", "ACC | low | 2957")
    run(desk, page)
    type_into(page, "Value of ticket", "another ticket")
    assert find(page, "Expected answer", QPlainTextEdit).toPlainText() == ""
    run(desk, page)
    assert desk.trials()[1].expected is None


def test_a_known_right_answer_is_offered(desk: Desk) -> None:
    trial_id = desk.tried(TICKET)[0]
    desk.services.data.correct(trial_id, "ACC | low | 2957")
    page = lab(desk)
    type_into(page, "Value of ticket", TICKET)
    wait(lambda: has(page, "Use the known answer"))
    press(page, "Use the known answer")
    field = find(page, "Expected answer", QPlainTextEdit)
    assert field.toPlainText() == "ACC | low | 2957"
    assert not has(page, "Use the known answer")
