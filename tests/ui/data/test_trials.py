import weakref

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QPushButton

from tests.ui.lab.stage import CONTROL, Desk, gone, key, type_into, wait
from tests.ui.shell import audit
from tests.ui.tune.stage import find, has, press, texts
from workbench.domain.errors import RemoteError
from workbench.domain.trials import Rating, Trial, TrialFilter
from workbench.ui.data.page import DataPage

TICKETS = ("lamp broken, order 1", "cannot log in, order 2", "refund, order 3")


def data(desk: Desk, *tickets: str) -> DataPage:
    if tickets:
        desk.answers("ACC | high | 1")
        desk.tried(*tickets)
    page = desk.open_page(DataPage)
    wait(lambda: page.trials.presenter.is_loaded and page.records.presenter.is_loaded)
    page.trials.table.setFocus()
    return page


def newest(desk: Desk) -> Trial:
    return desk.trials()[-1]


def test_an_empty_page_says_what_it_is_for(desk: Desk) -> None:
    page = data(desk)
    assert "how a dataset grows" in texts(page)
    press(page, "Try a prompt in the Lab")
    assert desk.host.gone == [("lab", {})]


def test_rating_by_key_and_on_to_the_next(desk: Desk) -> None:
    page = data(desk, *TICKETS)
    key(Qt.Key.Key_G)
    wait(lambda: newest(desk).annotation.rating is Rating.GOOD)
    wait(lambda: find(page, "Good", QPushButton).isChecked())
    key(Qt.Key.Key_J)
    assert page.trials.table.currentIndex().row() == 1
    key(Qt.Key.Key_B)
    wait(lambda: desk.trials()[1].annotation.rating is Rating.BAD)
    key(Qt.Key.Key_K)
    assert page.trials.table.currentIndex().row() == 0


def test_a_held_key_rates_only_once(desk: Desk) -> None:
    page = data(desk, *TICKETS)
    assert not page._good.autoRepeat()


def test_letters_in_a_field_rate_nothing(desk: Desk) -> None:
    page = data(desk, *TICKETS)
    key(Qt.Key.Key_N)
    QTest.keyClicks(find(page, "Note", QPlainTextEdit), "big bug")
    page.trials.table.setFocus()
    wait(lambda: newest(desk).annotation.note == "big bug")
    assert newest(desk).annotation.rating is Rating.NONE


def test_a_correction_is_kept_by_ctrl_enter_and_goes_on(desk: Desk) -> None:
    page = data(desk, *TICKETS)
    key(Qt.Key.Key_C)
    field = find(page, "Answer it should have given", QPlainTextEdit)
    assert field.hasFocus()
    QTest.keyClicks(field, "DMG | low | 3")
    QTest.keyClick(field, Qt.Key.Key_Return, CONTROL)
    wait(lambda: newest(desk).annotation.correction == "DMG | low | 3")
    assert page.trials.table.currentIndex().row() == 1
    # The next one opens with its own answer, not with what was typed before.
    assert field.toPlainText() == "ACC | high | 1"
    assert desk.trials()[1].annotation.correction is None


def test_what_is_typed_is_told_as_unsaved_until_it_is_kept(desk: Desk) -> None:
    page = data(desk, *TICKETS)
    type_into(page, "Note", "too short")
    assert desk.host.dirty
    assert "not kept yet" in texts(page)
    page.trials.table.setFocus()
    wait(lambda: newest(desk).annotation.note == "too short")
    wait(lambda: not desk.host.dirty)
    assert "saved ✓" in texts(page)
    type_into(page, "Answer it should have given", "ACC | low | 1")
    assert desk.host.dirty
    page.trials.table.setFocus()
    assert desk.host.dirty
    wait(lambda: not desk.host.dirty)
    assert newest(desk).annotation.correction == "ACC | low | 1"


def test_the_correction_is_shown_as_a_difference(desk: Desk) -> None:
    page = data(desk, *TICKETS)
    type_into(page, "Answer it should have given", "ACC | low | 1")
    page.trials.table.setFocus()
    wait(lambda: len(page.trials.detail.answer.segments()) > 1)
    changed = [s.text for s in page.trials.detail.answer.segments() if s.op != "equal"]
    assert changed == ["high", "low"]


def test_escape_gives_a_correction_up(desk: Desk) -> None:
    page = data(desk, *TICKETS)
    field = type_into(page, "Answer it should have given", "something else")
    key(Qt.Key.Key_Escape)
    assert field.toPlainText() == "ACC | high | 1"
    page.trials.table.setFocus()
    QTest.qWait(50)
    assert newest(desk).annotation.correction is None


def test_undo_also_after_the_program_was_started_again(desk: Desk) -> None:
    page = data(desk, *TICKETS)
    key(Qt.Key.Key_G)
    wait(lambda: newest(desk).annotation.rating is Rating.GOOD)
    page.close()
    page.deleteLater()
    desk.reopen()
    page = data(desk)
    wait(lambda: find(page, "Good", QPushButton).isChecked())
    desk.services.undo.undo()
    wait(lambda: not find(page, "Good", QPushButton).isChecked())


def test_a_tag_on_many_is_one_step(desk: Desk) -> None:
    page = data(desk, *TICKETS)
    page.trials.table.selectAll()
    field = find(page, "Tag chosen", QLineEdit)
    QTest.keyClicks(field, "wrong urgency")
    QTest.keyClick(field, Qt.Key.Key_Return)
    wait(lambda: all(t.annotation.tags == ("wrong urgency",) for t in desk.trials()))
    assert desk.services.undo.state().undo_count == 3
    desk.services.undo.undo()
    assert all(t.annotation.tags == () for t in desk.trials())


def test_own_tags_are_one_key_away(desk: Desk) -> None:
    page = data(desk, *TICKETS)
    key(Qt.Key.Key_T)
    field = find(page, "New tag", QLineEdit)
    QTest.keyClicks(field, "too long")
    QTest.keyClick(field, Qt.Key.Key_Return)
    wait(lambda: newest(desk).annotation.tags == ("too long",))
    wait(lambda: page.trials.presenter.listing.tags == ("too long",))
    assert has(page, "Tag too long")
    page.trials.table.go_to(1)
    page.trials.table.setFocus()
    key(Qt.Key.Key_1)
    wait(lambda: find(page, "Tag too long", QPushButton).isChecked())
    assert desk.trials()[1].annotation.tags == ("too long",)
    key(Qt.Key.Key_1)
    wait(lambda: desk.trials()[1].annotation.tags == ())


def test_many_are_rated_and_binned_at_once(desk: Desk) -> None:
    page = data(desk, *TICKETS)
    page.trials.table.selectAll()
    press(page, "Rate chosen bad")
    wait(lambda: all(t.annotation.rating is Rating.BAD for t in desk.trials()))
    key(Qt.Key.Key_Delete)
    wait(lambda: desk.trials() == [])
    wait(lambda: page.trials.model.rowCount() == 0)
    desk.services.undo.undo()
    wait(lambda: page.trials.model.rowCount() == 3)


def test_the_bin_gives_back(desk: Desk) -> None:
    page = data(desk, *TICKETS)
    key(Qt.Key.Key_Delete)
    wait(lambda: page.trials.model.rowCount() == 2)
    press(page.trials, "In the bin")
    wait(lambda: page.trials.model.rowCount() == 1)
    press(page, "Bin trials")
    wait(lambda: len(desk.trials()) == 3)


def test_what_is_reviewed_stays_in_sight(desk: Desk) -> None:
    page = data(desk, *TICKETS)
    press(page, "Review")
    wait(lambda: page.trials.presenter.where.waiting)
    page.trials.table.go_to(1)
    shown = page.trials.table.current_id()
    key(Qt.Key.Key_G)
    wait(lambda: page.trials.presenter.listing.waiting == 2)
    assert page.trials.table.current_id() == shown
    assert page.trials.model.rowCount() == 3


def test_search_and_chips_narrow_the_list(desk: Desk) -> None:
    page = data(desk, *TICKETS)
    search = find(page, "Search trials", QLineEdit)
    QTest.keyClicks(search, "refund")
    wait(lambda: page.trials.model.rowCount() == 1)
    assert "1 of 3" in texts(page)
    search.clear()
    wait(lambda: page.trials.model.rowCount() == 3)
    press(page, "Rated good")
    wait(lambda: "No trial fits this filter." in texts(page))
    press(page, "Show all trials")
    wait(lambda: page.trials.model.rowCount() == 3)


def test_the_order_can_be_changed(desk: Desk) -> None:
    page = data(desk, *TICKETS)
    order = find(page, "Order of trials", QComboBox)
    order.setCurrentIndex(1)
    order.activated.emit(1)
    oldest = list(desk.services.data.trial_ids(TrialFilter(order="oldest")))
    wait(lambda: list(page.trials.model.ids()) == oldest)


def test_chosen_trials_become_records_and_others_are_counted(desk: Desk) -> None:
    page = data(desk, *TICKETS)
    key(Qt.Key.Key_G)
    wait(lambda: newest(desk).annotation.rating is Rating.GOOD)
    page.trials.table.selectAll()
    key(Qt.Key.Key_A)
    wait(lambda: page.trials._dialog is not None and page.trials._dialog.isVisible())
    dialog = page.trials._dialog
    assert dialog is not None
    press(dialog, "Add to this dataset")
    wait(lambda: desk.host.notes)
    assert desk.host.notes == [
        "1 record(s) added · 2 without a right answer, 0 there already"
    ]
    assert desk.services.data.datasets()[0].counts.total == 1


def test_a_failed_trial_is_shown_with_its_reason(desk: Desk) -> None:
    desk.bench.generator.failure = RemoteError("OOM", "Out of memory.")
    spec = desk.services.lab.draft().spec
    from workbench.domain.models import BUILTIN_MODEL

    started = desk.services.lab.run(spec, {"ticket": "x"}, BUILTIN_MODEL)
    wait(started.job.future.done)
    page = data(desk)
    wait(lambda: "Use a smaller model" in texts(page))


def test_a_trial_becomes_an_example_in_the_lab(desk: Desk) -> None:
    page = data(desk, *TICKETS)
    assert page.trials.table.hasFocus()
    key(Qt.Key.Key_E)
    assert desk.host.gone == [("lab", {"shot_trial": newest(desk).id})]


def test_every_control_has_a_name_of_its_own(desk: Desk) -> None:
    page = data(desk, *TICKETS)
    assert not audit.nameless(page)
    assert not audit.doubles(page)
    page.trials.table.selectAll()
    assert not audit.nameless(page)
    assert not audit.doubles(page)


def test_the_page_leaves_nothing_behind(desk: Desk) -> None:
    def use() -> "weakref.ref[DataPage]":
        page = data(desk, *TICKETS)
        page.show_pane(1)
        page.close()
        page.deleteLater()
        return weakref.ref(page)

    watch = use()
    wait(lambda: gone(watch))


def test_a_tag_chip_filters_and_a_click_tags(desk: Desk) -> None:
    page = data(desk, *TICKETS)
    desk.services.data.set_tag([newest(desk).id], "too long", True)
    wait(lambda: has(page, "Filter by tag too long"))
    press(page, "Filter by tag too long")
    wait(lambda: page.trials.model.rowCount() == 1)
    press(page, "Tag too long")
    wait(lambda: newest(desk).annotation.tags == ())


def test_escape_in_the_tag_field_goes_back_to_the_list(desk: Desk) -> None:
    page = data(desk, *TICKETS)
    page.trials.begin_tag()
    QTest.keyClicks(page.trials.detail.tags.field, "half")
    key(Qt.Key.Key_Escape)
    assert page.trials.table.hasFocus()
    assert page.trials.detail.tags.field.text() == ""
