import weakref

from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDoubleSpinBox, QPlainTextEdit, QTableView

from tests.ui.lab.stage import CONTROL, Desk, gone, key, type_into, wait
from tests.ui.shell import audit
from tests.ui.tune.stage import find, has, press, texts
from workbench.domain.models import BUILTIN_MODEL
from workbench.domain.prompts import PromptSpec, Shot
from workbench.services.catalogue import ModelEntry, ModelList
from workbench.ui.lab.page import LabPage

ALT = Qt.KeyboardModifier.AltModifier
SHOTS = tuple(
    Shot((("ticket", f"ticket {letter}"),), f"answer {letter}") for letter in "abc"
)


def lab(desk: Desk, *shots: Shot) -> LabPage:
    if shots:
        spec = PromptSpec("Rules.", "{{ticket}}", shots)
        desk.services.lab.save_draft(spec, {"ticket": "x"})
    page = desk.open_page(LabPage)
    wait(lambda: page.draft.is_loaded)
    return page


def kept(desk: Desk) -> list[tuple[str, bool]]:
    return [(s.answer, s.enabled) for s in desk.services.lab.draft().spec.shots]


def shots_table(page: LabPage) -> QTableView:
    return find(page, "Examples in the prompt", QTableView)


def test_selected_words_become_a_variable_with_that_value(desk: Desk) -> None:
    page = lab(desk)
    message = type_into(page, "Message", "Route this: lamp broken")
    for _ in range(len("lamp broken")):
        QTest.keyClick(message, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    press(page, "Make this vary")
    assert message.toPlainText() == "Route this: {{input}}"
    value = find(page, "Value of input", QPlainTextEdit)
    assert value.toPlainText() == "lamp broken"
    wait(lambda: desk.services.lab.draft().variables.get("input") == "lamp broken")


def test_undo_of_a_variable_takes_its_value_back(desk: Desk) -> None:
    page = lab(desk)
    message = type_into(page, "Message", "Route this: lamp broken")
    for _ in range(len("lamp broken")):
        QTest.keyClick(message, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    press(page, "Make this vary")
    message.undo()
    assert message.toPlainText() == "Route this: lamp broken"
    assert page.draft.variables == {}
    message.redo()
    assert page.draft.variables == {"input": "lamp broken"}


def test_tab_goes_from_the_message_to_its_values(desk: Desk) -> None:
    page = lab(desk)
    type_into(page, "Message", "{{a}} and {{b}}")
    key(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is find(page, "Value of a", QPlainTextEdit)
    key(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is find(page, "Value of b", QPlainTextEdit)
    key(Qt.Key.Key_Tab)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert page.prompt.shots.isAncestorOf(focused)


def test_the_draft_is_told_as_unsaved_until_it_is_kept(desk: Desk) -> None:
    page = lab(desk)
    assert not desk.host.dirty
    type_into(page, "Message", "typed just now")
    assert desk.host.dirty
    wait(lambda: not desk.host.dirty)
    assert desk.services.lab.draft().spec.template == "typed just now"


def test_the_count_of_earlier_answers_is_hidden_until_there_is_one(desk: Desk) -> None:
    page = lab(desk)
    assert not page.earlier._count.isVisible()


def test_renaming_a_placeholder_takes_its_value_along(desk: Desk) -> None:
    page = lab(desk, *SHOTS)
    message = find(page, "Message", QPlainTextEdit)
    message.setFocus()
    message.moveCursor(message.textCursor().MoveOperation.End)
    for _ in range(2):
        QTest.keyClick(message, Qt.Key.Key_Left)
    QTest.keyClicks(message, "s")
    assert message.toPlainText() == "{{tickets}}"
    assert find(page, "Value of tickets", QPlainTextEdit).toPlainText() == "x"
    wait(
        lambda: (
            desk.services.lab.draft().spec.shots[0].values == {"tickets": "ticket a"}
        )
    )


def test_what_is_missing_is_said_before_running(desk: Desk) -> None:
    page = lab(desk)
    wait(lambda: "“ticket” is empty." in texts(page))
    type_into(page, "Value of ticket", "hello")
    type_into(page, "Message", "no placeholder")
    wait(lambda: "“ticket” is not used in the prompt." in texts(page))
    press(page, "Remove value of ticket")
    wait(lambda: "not used" not in texts(page))
    find(page, "Message", QPlainTextEdit).clear()
    wait(lambda: "Write or paste a message first." in texts(page))
    assert not page.run_bar.button.isEnabled()


def test_examples_are_switched_moved_and_removed_by_key(desk: Desk) -> None:
    page = lab(desk, *SHOTS)
    table = shots_table(page)
    table.setFocus()
    table.selectRow(0)
    key(Qt.Key.Key_Space)
    wait(lambda: kept(desk)[0] == ("answer a", False))
    key(Qt.Key.Key_Down, ALT)
    wait(lambda: [a for a, _ in kept(desk)] == ["answer b", "answer a", "answer c"])
    assert table.currentIndex().row() == 1
    key(Qt.Key.Key_Delete)
    wait(lambda: [a for a, _ in kept(desk)] == ["answer b", "answer c"])
    wait(lambda: "2 of 2 on" in texts(page))


def test_a_dragged_example_lands_where_it_was_dropped(desk: Desk) -> None:
    page = lab(desk, *SHOTS)
    model = shots_table(page).model()
    data = model.mimeData([model.index(0, 0)])
    action = Qt.DropAction.MoveAction
    taken_away = model.dropMimeData(data, action, 3, 0, model.index(-1, -1))
    assert not taken_away
    wait(lambda: [a for a, _ in kept(desk)] == ["answer b", "answer c", "answer a"])


def test_an_example_is_typed_in_place(desk: Desk) -> None:
    page = lab(desk, *SHOTS)
    press(page, "Add an example")
    wait(lambda: len(kept(desk)) == 4)
    assert has(page, "Text of the example", QPlainTextEdit)
    QTest.keyClicks(find(page, "Text of the example", QPlainTextEdit), "new one")
    key(Qt.Key.Key_Return, CONTROL)
    wait(
        lambda: desk.services.lab.draft().spec.shots[3].values == {"ticket": "new one"}
    )
    assert not desk.trials(), "Ctrl+Enter in an example must not run"
    wait(lambda: "Example 4 has no answer." in texts(page))


def test_an_answer_becomes_an_example_by_one_key(desk: Desk) -> None:
    page = lab(desk)
    type_into(page, "Value of ticket", "lamp broken")
    press(page, "Run")
    wait(lambda: page.answer.trial is not None)
    page.earlier.table.setFocus()
    key(Qt.Key.Key_E)
    wait(lambda: desk.host.errors)
    assert desk.host.errors[0].code == "shot.no_answer"
    key(Qt.Key.Key_G)
    wait(lambda: desk.trials()[0].right_answer is not None)
    key(Qt.Key.Key_E)
    wait(lambda: len(kept(desk)) == 1)
    wait(lambda: shots_table(page).model().rowCount() == 1)


def test_records_are_offered_but_never_test_records(desk: Desk) -> None:
    desk.fill(train=6, validation=2, test=4)
    page = lab(desk)
    press(page, "Add from records")
    wait(lambda: page._picker is not None and page._picker.isVisible())
    picker = page._picker
    assert picker is not None
    wait(lambda: picker.table.model().rowCount() == 6)
    press(picker, "Add to the prompt")
    wait(lambda: len(kept(desk)) == 1)
    picker.close()


def test_parameters_are_folded_and_kept(desk: Desk) -> None:
    page = lab(desk)
    assert not has(page, "Temperature", QDoubleSpinBox)
    press(page, "Parameters")
    find(page, "Temperature", QDoubleSpinBox).setValue(0.7)
    wait(lambda: desk.services.lab.draft().spec.parameters.temperature == 0.7)


def test_undo_of_the_draft_is_seen_also_after_a_restart(desk: Desk) -> None:
    page = lab(desk, *SHOTS)
    # Edits within a second are one step.
    QTest.qWait(1100)
    table = shots_table(page)
    table.setFocus()
    table.selectRow(0)
    key(Qt.Key.Key_Delete)
    wait(lambda: len(kept(desk)) == 2)
    page.close()
    page.deleteLater()
    desk.reopen()
    page = lab(desk)
    wait(lambda: shots_table(page).model().rowCount() == 2)
    desk.services.undo.undo()
    wait(lambda: shots_table(page).model().rowCount() == 3)


def test_a_tuned_model_can_be_tried(desk: Desk) -> None:
    desk.fill()
    adapter = desk.trained()
    page = lab(desk, *SHOTS)
    run = page.run_bar.button
    wait(run.isEnabled)
    # The list as it was before the adapter was made, as after a training.
    page.models.list = ModelList((ModelEntry(BUILTIN_MODEL),))
    page.models.chosen = BUILTIN_MODEL
    page.target(adapter=adapter.ulid)
    # Never the base in the tuned model's place: nothing runs until it was found.
    assert not run.isEnabled()
    wait(run.isEnabled)
    assert adapter.name in page.chooser.combo.currentText()
    press(page, "Run")
    wait(lambda: page.answer.trial is not None)
    assert desk.trials()[-1].model.adapter_ulid == adapter.ulid


def test_every_control_has_a_name_of_its_own(desk: Desk) -> None:
    page = lab(desk, *SHOTS)
    press(page, "Run")
    wait(lambda: page.answer.trial is not None)
    press(page, "Parameters")
    assert not audit.nameless(page)
    assert not audit.doubles(page)


def test_a_change_of_language_changes_no_text_of_the_expert(desk: Desk) -> None:
    page = lab(desk, *SHOTS)
    QApplication.sendEvent(page, QEvent(QEvent.Type.LanguageChange))
    assert page.prompt.message.toPlainText() == "{{ticket}}"


def test_the_page_leaves_nothing_behind(desk: Desk) -> None:
    def use() -> "weakref.ref[LabPage]":
        page = lab(desk, *SHOTS)
        press(page, "Run")
        wait(lambda: page.answer.trial is not None)
        page.close()
        page.deleteLater()
        return weakref.ref(page)

    watch = use()
    wait(lambda: gone(watch))
