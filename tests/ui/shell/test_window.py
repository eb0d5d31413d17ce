import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QObject, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.shell.conftest import SmallPage
from tests.ui.shell.helpers import find
from workbench.domain.changes import ChangeSet, Kind
from workbench.domain.errors import InputError
from workbench.domain.jobs import JobKind, JobSnapshot, JobState
from workbench.domain.prompts import PromptSpec
from workbench.domain.task import TaskCard
from workbench.services.application import Services
from workbench.storage import SqliteProjectFiles
from workbench.ui.shell.error_bar import ErrorBar
from workbench.ui.shell.header import Header
from workbench.ui.shell.job_strip import JobStrip
from workbench.ui.shell.main_window import MainWindow
from workbench.ui.shell.new_project import ProjectDialog
from workbench.ui.shell.page_stack import PageStack
from workbench.ui.shell.question import Question
from workbench.ui.shell.rail import Rail
from workbench.ui.shell.status_line import StatusLine
from workbench.ui.shell.welcome import WelcomePage

if TYPE_CHECKING:
    from workbench.services.jobs import Job


def stack(window: MainWindow) -> PageStack:
    return find(window, PageStack)


def page(window: MainWindow) -> SmallPage:
    shown = stack(window).page()
    assert isinstance(shown, SmallPage)
    return shown


def button(parent: QWidget, text: str) -> QPushButton:
    found = [b for b in parent.findChildren(QPushButton) if b.text() == text]
    assert len(found) == 1, text
    return found[0]


def test_without_project_only_welcome_and_settings_open(window: MainWindow) -> None:
    assert isinstance(stack(window).page(), WelcomePage)
    window.go("lab")
    assert stack(window).name == "welcome"
    window.command("settings")
    assert stack(window).name == "settings"
    assert not find(window, Rail).button("lab").isEnabled()


def test_project_shows_its_name_and_a_page(window: MainWindow, project: Path) -> None:
    assert window.windowTitle() == "Tickets – Workbench"
    assert stack(window).name == "lab"
    assert find(window, Rail).button("lab").isChecked()
    assert "opened" in page(window).told


def test_pages_are_built_when_first_shown(window: MainWindow, project: Path) -> None:
    assert len(stack(window).pages()) == 2  # welcome and lab
    window.command("tune")
    assert len(stack(window).pages()) == 3
    window.command("lab")
    window.command("tune")
    assert len(stack(window).pages()) == 3


def test_page_brings_its_part_of_the_header(window: MainWindow, project: Path) -> None:
    assert page(window).part.parent() is find(window, Header)
    first = page(window).part
    window.command("data")
    assert first.isHidden()
    assert page(window).part.isVisible()


def test_target_is_handed_on(window: MainWindow, project: Path) -> None:
    window.go("compare", adapter="01ABC")
    assert page(window).told[-1] == ("target", {"adapter": "01ABC"})


def test_what_is_being_typed_stays_with_its_project(
    window: MainWindow,
    project: Path,
    services: Services,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    typed = [PromptSpec(template="typed at the last moment")]

    def save() -> None:
        while typed:
            window.context.bridge.call(services.lab.save_draft, typed.pop(), {})

    other = tmp_path / "Other.workbench"
    SqliteProjectFiles().create(other, "Other", TaskCard()).close()
    monkeypatch.setattr(page(window), "closed", save)
    window.open_project(other)
    qtbot.waitUntil(lambda: window.windowTitle().startswith("Other"))
    assert services.lab.draft().spec.template == ""
    window.open_project(project)
    qtbot.waitUntil(lambda: window.windowTitle().startswith("Tickets"))
    assert services.lab.draft().spec.template == "typed at the last moment"


def test_closing_the_project_throws_its_pages_away(
    window: MainWindow, project: Path, services: Services, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(window.context.bridge.project_closed):
        window.command("close_project")
    assert isinstance(stack(window).page(), WelcomePage)
    assert window.windowTitle() == "Workbench"
    assert len(stack(window).pages()) == 1


def test_waiting_answers_stand_in_the_rail(window: MainWindow) -> None:
    rail = find(window, Rail)
    rail.set_waiting(37)
    assert "37" in rail.button("data").accessibleDescription()
    rail.set_waiting(0)
    assert rail.button("data").accessibleDescription() == ""


def test_nothing_waits_once_the_project_is_closed(
    window: MainWindow, project: Path, qtbot: QtBot
) -> None:
    rail = find(window, Rail)
    rail.set_waiting(37)
    with qtbot.waitSignal(window.context.bridge.project_closed):
        window.command("close_project")
    assert rail.button("data").accessibleDescription() == ""


def test_saved_is_only_said_when_it_is_so(
    window: MainWindow, project: Path, qtbot: QtBot
) -> None:
    context, line = window.context, find(window, StatusLine)
    one, other = QObject(window), QObject(window)
    assert "Saved ✓" in texts(line)
    context.set_dirty(one, True)
    context.set_dirty(other, True)
    context.set_dirty(one, False)
    assert "Saving …" in texts(line)
    context.set_dirty(other, False)
    assert "Saved ✓" in texts(line)
    context.set_dirty(one, True)
    with qtbot.waitSignal(context.bridge.project_closed):
        window.command("close_project")
    window.open_project(project)
    qtbot.waitUntil(lambda: "Saved ✓" in texts(line))


def texts(root: QWidget) -> list[str]:
    return [label.text() for label in root.findChildren(QLabel) if label.isVisible()]


def test_undo_says_what_it_takes_back(
    window: MainWindow, project: Path, services: Services, qtbot: QtBot
) -> None:
    undo = next(a for a in window.actions() if a.objectName() == "undo")
    assert not undo.isEnabled()
    spec = PromptSpec(template="{{ticket}}")
    window.context.bridge.call(services.lab.save_draft, spec, {"ticket": "x"})
    qtbot.waitUntil(undo.isEnabled)
    assert undo.text() == "Undo: editing the prompt"
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not undo.isEnabled())
    assert services.lab.draft().spec != spec


def test_error_is_shown_until_it_is_put_away(window: MainWindow, qtbot: QtBot) -> None:
    bar = find(window, ErrorBar)
    assert not bar.isVisible()
    window.show_error(InputError("project.newer", "Newer.", {"version": 9}))
    assert bar.isVisible()
    assert "newer version" in bar.text()
    button(bar, "Details").click()
    button(bar, "Copy").click()
    copied = QApplication.clipboard().text()
    assert "project.newer" in copied
    assert "version: 9" in copied
    bar.clear()
    assert not bar.isVisible()


def test_unknown_error_is_shown_by_its_own_sentence(window: MainWindow) -> None:
    window.show_error(InputError("what.ever", "The moon is down."))
    assert find(window, ErrorBar).text() == "The moon is down."


RUNNING = JobSnapshot("A", JobKind.COMPARE, "both", JobState.RUNNING)


def test_jobs_are_shown_while_they_run(window: MainWindow) -> None:
    strip = find(window, JobStrip)
    assert not strip.isVisible()
    strip.update_job(dataclasses.replace(RUNNING, done=43, total=100, seconds_left=125))
    assert strip.isVisible()
    assert len(strip.rows()) == 1
    for number in range(4):
        strip.update_job(dataclasses.replace(RUNNING, ulid=f"B{number}"))
    assert len(strip.rows()) == 3
    for ulid in ("A", "B0", "B1", "B2", "B3"):
        strip.update_job(
            dataclasses.replace(RUNNING, ulid=ulid, state=JobState.SUCCEEDED)
        )
    assert not strip.isVisible()


def test_single_answers_do_not_flicker_in_the_strip(window: MainWindow) -> None:
    strip = find(window, JobStrip)
    strip.update_job(dataclasses.replace(RUNNING, kind=JobKind.ANSWER, total=1))
    assert not strip.isVisible()


def test_stopping_a_job_cancels_it(
    window: MainWindow, services: Services, qtbot: QtBot
) -> None:
    running = services.jobs.submit(JobKind.EXPORT, "x", lambda job: job.stop.wait(10))
    strip = find(window, JobStrip)
    qtbot.waitUntil(lambda: len(strip.rows()) == 1)
    strip.rows()[0].stop_clicked.emit(strip.rows()[0].job)
    qtbot.waitUntil(running.future.done)
    qtbot.waitUntil(lambda: not strip.isVisible())


def test_notices_stand_in_the_status_line(window: MainWindow) -> None:
    window.notify("A copy is kept.")
    line = find(window, StatusLine)
    assert line.notice() == "A copy is kept."
    line._timer.stop()


def test_window_stands_where_it_stood(
    window: MainWindow,
    project: Path,
    services: Services,
    make_window: Callable[[], MainWindow],
) -> None:
    # Within the screen of the offscreen platform, 800 pixels high.
    window.resize(960, 650)
    window.command("tune")
    window.close()
    again = make_window()
    again.show()
    assert (again.width(), again.height()) == (960, 650)
    assert services.preferences.current.last_page == "tune"
    again.close()


def training(services: Services) -> "Job[bool]":
    return services.jobs.submit(JobKind.TRAIN, "tickets", lambda job: job.stop.wait(10))


def test_leaving_while_training_asks(
    window: MainWindow, services: Services, qtbot: QtBot
) -> None:
    training(services)
    window.close()
    assert window.isVisible()
    window.close()
    questions = window.findChildren(Question)
    assert len(questions) == 1
    button(questions[0], "Stay").click()
    assert window.isVisible()


def test_enter_keeps_training_running_and_closes(
    window: MainWindow, services: Services, qtbot: QtBot
) -> None:
    running = training(services)
    window.close()
    question = find(window, Question)
    QTest.keyClick(question, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not window.isVisible())
    assert not running.future.done()


def test_question_is_only_answered_by_its_button(
    window: MainWindow, qtbot: QtBot
) -> None:
    said: list[str] = []

    def accepted() -> None:
        said.append("yes")

    window.ask("Really?", accept="Delete it", accepted=accepted)
    button(find(window, Question), "Cancel").click()
    assert said == []
    window.ask("Really?", accept="Delete it", accepted=accepted)
    button(find(window, Question), "Delete it").click()
    assert said == ["yes"]


def drop(window: MainWindow, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(100, 100), copy, data, left, none)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    window.dropEvent(QDropEvent(QPointF(100, 100), copy, data, left, none))


def test_dropped_table_goes_to_the_page(
    window: MainWindow, project: Path, tmp_path: Path
) -> None:
    table = tmp_path / "tickets.csv"
    drop(window, table)
    assert page(window).told[-1] == ("dropped", (str(table),))


def test_dropped_project_is_opened(
    window: MainWindow, project: Path, qtbot: QtBot, services: Services
) -> None:
    with qtbot.waitSignal(window.context.bridge.project_closed):
        window.command("close_project")
    with qtbot.waitSignal(window.context.bridge.project_opened):
        drop(window, project)
    assert services.projects.path() == project


def test_failed_opening_is_told(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    window.open_project(tmp_path / "none.workbench")
    qtbot.waitUntil(find(window, ErrorBar).isVisible)
    assert "no longer there" in find(window, ErrorBar).text()


def test_change_of_the_name_shows(
    window: MainWindow, project: Path, services: Services, qtbot: QtBot
) -> None:
    window.context.bridge.call(services.projects.rename, "Letters")
    qtbot.waitUntil(lambda: window.windowTitle() == "Letters – Workbench")
    window.context.bridge.changed.emit(ChangeSet.of(Kind.ANNOTATION))


def test_numbers_go_to_pages(window: MainWindow, project: Path, qtbot: QtBot) -> None:
    QTest.keyClick(window, Qt.Key.Key_4, Qt.KeyboardModifier.ControlModifier)
    assert stack(window).name == "compare"


def test_an_error_goes_with_its_page_and_with_the_next_success(
    window: MainWindow, project: Path
) -> None:
    bar = find(window, ErrorBar)
    error = InputError("file.unreadable", "The file cannot be read.")
    window.show_error(error)
    window.go("lab")
    assert bar.isVisible()
    window.go("tune")
    assert not bar.isVisible()
    window.show_error(error)
    window.notify("Saved.")
    assert not bar.isVisible()


def test_a_new_project_opens_on_the_lab(
    window: MainWindow, project: Path, services: Services, tmp_path: Path, qtbot: QtBot
) -> None:
    services.preferences.change(last_page="compare")
    window.command("new")
    dialog = find(window, ProjectDialog)
    dialog.accepted_with.emit(tmp_path / "Fresh.workbench", "Fresh", TaskCard())
    qtbot.waitUntil(lambda: window.windowTitle().startswith("Fresh"))
    assert stack(window).name == "lab"
    window.open_project(project)
    qtbot.waitUntil(lambda: window.windowTitle().startswith("Tickets"))
    assert stack(window).name == "compare"
