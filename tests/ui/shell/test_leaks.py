"""Dialogs and pages die when they are closed."""

import gc
import weakref
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from tests.ui.shell.helpers import find
from workbench.ui.shell.main_window import MainWindow
from workbench.ui.shell.page_stack import PageStack


def flush() -> None:
    QApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    QApplication.processEvents()
    gc.collect()


def shown_dialog(window: MainWindow) -> QDialog:
    return next(d for d in window.findChildren(QDialog) if d.isVisible())


@pytest.mark.parametrize(
    "name",
    ["new", "own", "card", "keys", "report", "about_model", "about", "palette"],
)
def test_dialog_dies(
    window: MainWindow, project: Path, name: str, qtbot: QtBot
) -> None:
    window.command(name)
    qtbot.waitUntil(lambda: any(d.isVisible() for d in window.findChildren(QDialog)))
    alive = weakref.ref(shown_dialog(window))
    shown_dialog(window).close()
    flush()
    assert alive() is None


def test_question_dies(window: MainWindow) -> None:
    window.ask("Really?", accept="Yes", accepted=window.close)
    alive = weakref.ref(shown_dialog(window))
    shown_dialog(window).close()
    flush()
    assert alive() is None


@pytest.mark.parametrize("name", ["lab", "settings", "welcome"])
def test_page_dies(window: MainWindow, project: Path, name: str, qtbot: QtBot) -> None:
    stack = find(window, PageStack)
    window.go(name)
    page = stack._pages.pop(name)
    alive = weakref.ref(page)
    window.command("tune")
    stack.removeWidget(page)
    page.deleteLater()
    del page
    flush()
    qtbot.waitUntil(lambda: _is_dead(alive))


def _is_dead(alive: Callable[[], object]) -> bool:
    flush()
    return alive() is None


def test_pages_of_a_closed_project_die(
    window: MainWindow, project: Path, qtbot: QtBot
) -> None:
    alive = weakref.ref(find(window, PageStack).page())
    with qtbot.waitSignal(window.context.bridge.project_closed):
        window.command("close_project")
    qtbot.waitUntil(lambda: _is_dead(alive))


def test_window_dies(make_window: Callable[[], MainWindow], qtbot: QtBot) -> None:
    window = make_window()
    window.show()
    window.go("welcome")
    qtbot.wait(50)
    alive = weakref.ref(window)
    window.close()
    window.deleteLater()
    del window
    qtbot.waitUntil(lambda: _is_dead(alive))
