from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.shell.audit import controls, doubles, nameless
from tests.ui.shell.helpers import find
from workbench.domain.errors import InputError
from workbench.domain.jobs import JobKind, JobSnapshot, JobState
from workbench.services.application import Services
from workbench.ui.shell.error_bar import ErrorBar
from workbench.ui.shell.job_strip import JobStrip
from workbench.ui.shell.main_window import MainWindow

DIALOGS = (
    *("new", "own", "card", "keys", "report", "about_model", "about", "palette"),
)


def dialog(window: MainWindow) -> QDialog | None:
    shown = [d for d in window.findChildren(QDialog) if d.isVisible()]
    return shown[0] if shown else None


def test_every_control_of_the_window_has_a_name(
    window: MainWindow, project: Path, qtbot: QtBot
) -> None:
    window.show_error(InputError("split.leak", "Leak."))
    find(window, ErrorBar)._more.click()
    running = JobSnapshot("A", JobKind.TRAIN, "tickets", JobState.RUNNING, total=9)
    find(window, JobStrip).update_job(running)
    QApplication.processEvents()
    assert nameless(window) == []
    assert doubles(window) == []


def test_every_control_of_the_settings_has_a_name(
    window: MainWindow, project: Path, services: Services, qtbot: QtBot
) -> None:
    services.preferences.change(model_folders=("/nowhere/a", "/nowhere/b"))
    window.command("settings")
    QApplication.processEvents()
    assert nameless(window) == []
    assert doubles(window) == []


def test_every_control_of_welcome_has_a_name(
    window: MainWindow, project: Path, services: Services, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(window.context.bridge.project_closed):
        window.command("close_project")
    qtbot.waitUntil(lambda: "Open Tickets" in names(window))
    assert nameless(window) == []
    assert doubles(window) == []


def names(window: MainWindow) -> list[str]:
    return [widget.accessibleName() for widget in controls(window)]


@pytest.mark.parametrize("name", DIALOGS)
def test_every_control_of_the_dialogs_has_a_name(
    window: MainWindow, project: Path, name: str, qtbot: QtBot
) -> None:
    window.command(name)
    qtbot.waitUntil(lambda: dialog(window) is not None)
    shown = dialog(window)
    assert shown is not None
    assert nameless(shown) == []
    assert doubles(shown) == []
    assert shown.windowTitle()


def test_tab_reaches_everything(window: MainWindow, project: Path) -> None:
    wanted = {widget for widget in controls(window) if widget.isEnabled()}
    window.activateWindow()
    reached: set[QWidget] = set()
    widget: QWidget | None = window.nextInFocusChain()
    while widget is not None and widget is not window:
        takes_focus = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        if takes_focus and widget.isVisible() and widget.isEnabled():
            reached.add(widget)
        widget = widget.nextInFocusChain()
    assert wanted <= reached
