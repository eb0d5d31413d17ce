"""Six steps from the sample project to one's own, by mouse and keys."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.guide.walker import Walker
from tests.ui.shell.audit import doubles, nameless
from workbench.domain.datasets import ExampleFilter
from workbench.domain.guide import State, Step

OWN = "".join(f"Order {n} is late\t{('late', 'lost')[n % 2]}\r\n" for n in range(10))


def test_the_whole_way(walker: Walker, tmp_path: Path, qtbot: QtBot) -> None:
    pages: list[str] = []
    services = walker.services

    def names() -> None:
        pages.append(walker.page)
        assert nameless(walker.window) == []
        assert doubles(walker.window) == []

    # 1 and 2: the Lab
    walker.use_control()
    names()
    walker.wait_for("Step 2 of 6")
    assert "Done: the answer is kept." in walker.words()
    walker.use_control()
    # The very input is no example for itself, so that the step asks for another.
    walker.driver.click_row("Records to add", 0)
    walker.driver.click("Add to the prompt")
    walker.driver.wait("the first example", lambda: bool(walker.examples()))
    walker.driver.settle(100)
    assert "add three or four" in walker.words()
    walker.driver.click_row("Records to add", 1)
    walker.driver.click("Add to the prompt")
    walker.wait_for("Press Run again")
    walker.driver.click("Close")
    walker.use_control()
    walker.wait_for("Step 3 of 6")
    # 3: Data
    walker.show_me()
    names()
    walker.driver.press(Qt.Key.Key_Space)
    walker.wait_for("Step 4 of 6")
    # 4: Data, then Tune
    walker.use_control()
    walker.driver.click("Divide records")
    walker.wait_for("Check before start")
    walker.use_control()
    names()
    walker.wait_for("The records are checked")
    # The page reads the check by itself; until then the ring has other buttons.
    walker.driver.see("Start training", QWidget)
    walker.use_control()
    walker.wait_for("The model is learning")
    assert not walker.ring.isVisible()
    run = services.tune.runs()[0]
    walker.bench.launcher.handles[run.ulid].finish()
    walker.wait_for("Step 5 of 6")
    # 5: Compare, then Advise
    walker.use_control()
    names()
    walker.wait_for("The comparison is there")
    walker.show_me()
    names()
    walker.driver.click("Lab")
    walker.wait_for("Step 6 of 6")
    assert pages == ["lab", "data", "tune", "compare", "advise"]
    # 6: one's own
    assert walker.ring.isVisible()
    walker.press("Bring my examples…")
    walker.driver.see("Your examples", QWidget)
    QApplication.clipboard().setText(OWN)
    walker.driver.click("Paste examples")
    walker.driver.type_into("Project name", "Parcels")
    walker.driver.type_into("Folder", str(tmp_path))
    walker.driver.click("Make my project")
    walker.wait_for("That was the whole way")
    assert not walker.ring.isVisible()
    assert services.guide.progress.state is State.FINISHED
    assert (tmp_path / "Parcels.workbench").exists()
    (dataset,) = services.data.datasets()
    assert len(services.data.example_ids(ExampleFilter(dataset.id))) == 10
    assert walker.page == "lab"
    walker.press("Leave the guided tour")
    qtbot.waitUntil(walker.strip.isHidden)


def test_it_is_left_and_found_again(walker: Walker, qtbot: QtBot) -> None:
    walker.press("Skip this step")
    walker.wait_for("Step 2 of 6")
    walker.press("Leave the guided tour")
    qtbot.waitUntil(walker.strip.isHidden)
    assert walker.ring.isHidden()
    walker.window.command("guide")
    walker.wait_for("Step 2 of 6")


def test_it_never_comes_back_by_itself(walker: Walker, qtbot: QtBot) -> None:
    bridge = walker.window.context.bridge
    walker.press("Leave the guided tour")
    qtbot.waitUntil(walker.strip.isHidden)
    with qtbot.waitSignal(bridge.project_closed):
        walker.window.command("close_project")
    with qtbot.waitSignal(bridge.project_opened):
        walker.window.command("sample")
    walker.driver.see("Role and rules", QWidget)
    walker.driver.settle(100)
    assert walker.strip.isHidden()


def test_the_tour_opens_the_sample_and_resumes(walker: Walker, qtbot: QtBot) -> None:
    walker.press("Skip this step")
    walker.wait_for("Step 2 of 6")
    with qtbot.waitSignal(walker.window.context.bridge.project_closed):
        walker.window.command("close_project")
    qtbot.waitUntil(walker.strip.isHidden)
    walker.driver.click("Guided tour of the sample project")
    walker.wait_for("Step 2 of 6")
    qtbot.waitUntil(walker.is_pointed_at)


def test_the_palette_finds_it(walker: Walker) -> None:
    texts = [action.text() for action in walker.window.actions()]
    assert "Guided tour of the sample project" in texts
    assert "Start with your own examples…" in texts


def test_the_ring_follows_and_is_in_nobodys_way(walker: Walker, qtbot: QtBot) -> None:
    qtbot.waitUntil(walker.is_pointed_at)
    before = walker.ring.geometry()
    walker.window.resize(1100, 640)
    qtbot.waitUntil(lambda: walker.ring.geometry() != before)
    assert walker.is_pointed_at()
    assert walker.ring.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    assert walker.ring.focusPolicy() is Qt.FocusPolicy.NoFocus
    middle = walker.ring.geometry().center()
    assert walker.window.childAt(middle) is walker.ring.target
    walker.window.go("data")
    assert walker.ring.isHidden()
    walker.window.go("lab")
    qtbot.waitUntil(walker.is_pointed_at)


def test_the_help_leads_to_it(walker: Walker, qtbot: QtBot) -> None:
    walker.press("Leave the guided tour")
    qtbot.waitUntil(walker.strip.isHidden)
    walker.window.command("keys")
    walker.driver.click("Guided tour of the sample project")
    walker.wait_for("Step 1 of 6")


def test_the_page_keeps_its_height_in_a_small_window(walker: Walker) -> None:
    least = walker.window.minimumHeight()
    assert least == 600 + walker.strip.sizeHint().height()
    walker.press("Leave the guided tour")
    walker.driver.wait("the strip to go", walker.strip.isHidden)
    assert walker.window.minimumHeight() == 600


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_strip_follows_the_language(walker: Walker, language: str) -> None:
    walker.window.set_language("ja")
    walker.wait_for("ステップ 1/6")
    if language == "en":
        walker.window.set_language("en")
        walker.wait_for("Step 1 of 6")


def test_steps_can_all_be_skipped(walker: Walker, qtbot: QtBot) -> None:
    for number in range(2, 7):
        walker.press("Skip this step")
        walker.wait_for(f"Step {number} of 6")
        assert "Done" not in walker.words()
    walker.press("Finish")
    walker.wait_for("That was the whole way")
    assert "Your examples stand" not in walker.words()
    assert walker.services.guide.progress.done == frozenset(Step)
    walker.press("Leave the guided tour")
    qtbot.waitUntil(walker.strip.isHidden)


def test_a_step_skipped_by_mistake_is_taken_back(walker: Walker) -> None:
    walker.press("Skip this step")
    walker.wait_for("Step 2 of 6")
    walker.press("Skip this step")
    walker.wait_for("Step 3 of 6")
    for number in (2, 1):
        walker.press("Back")
        walker.wait_for(f"Step {number} of 6")
    buttons = walker.strip.findChildren(QAbstractButton)
    (back,) = [b for b in buttons if b.text() == "Back"]
    assert back.isHidden()


def test_judging_is_explained_wherever_one_stands(walker: Walker) -> None:
    for number in (2, 3):
        walker.press("Skip this step")
        walker.wait_for(f"Step {number} of 6")
    assert walker.page == "lab"
    # Not "here": the page with the answers is another one.
    assert "kept under Data" in walker.words()
    assert "Ctrl+Enter" in walker.words()


def test_what_is_new_is_read_out(walker: Walker) -> None:
    QAccessible.setActive(True)
    try:
        walker.press("Skip this step")
        walker.wait_for("Step 2 of 6")
    finally:
        QAccessible.setActive(False)
    buttons = walker.strip.findChildren(QAbstractButton)
    (shown,) = [b for b in buttons if b.text() == "Show me"]
    assert "From records" in shown.accessibleDescription()
