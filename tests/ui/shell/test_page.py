from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.shell.conftest import SmallPage
from workbench.domain.changes import ChangeSet, Kind
from workbench.ui.shell.main_window import MainWindow
from workbench.ui.shell.theme import Theme

ONE, TWO = ChangeSet.of(Kind.TRIAL, 1), ChangeSet.of(Kind.TRIAL, 2)


def test_hidden_page_does_no_work(window: MainWindow, qapp: QApplication) -> None:
    page = SmallPage(window.context)
    window.context.bridge.changed.emit(ONE)
    assert page.told == []
    page.show()
    assert page.told == ["retranslate", ("refresh", None), "opened"]
    page.told.clear()
    page.hide()
    window.context.bridge.changed.emit(ONE)
    window.context.bridge.changed.emit(TWO)
    assert page.told == ["closed"]
    page.show()
    assert page.told == ["closed", ("refresh", ONE | TWO), "opened"]


def test_shown_page_is_told_at_once(window: MainWindow, qapp: QApplication) -> None:
    page = SmallPage(window.context)
    page.show()
    page.told.clear()
    window.context.bridge.changed.emit(ONE)
    assert page.told == [("refresh", ONE)]


def test_page_follows_language_and_theme(
    window: MainWindow, theme: Theme, qtbot: QtBot
) -> None:
    page = SmallPage(window.context)
    QApplication.sendEvent(page, QEvent(QEvent.Type.LanguageChange))
    assert page.told == []
    page.show()
    page.told.clear()
    QApplication.sendEvent(page, QEvent(QEvent.Type.LanguageChange))
    assert page.told == ["retranslate"]
    # A shown window changes its look in two turns of the event loop.
    theme.apply("dark")
    qtbot.waitUntil(lambda: "restyle" in page.told)
    assert page.updatesEnabled()
