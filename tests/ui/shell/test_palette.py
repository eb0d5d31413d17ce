from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.shell.conftest import SmallPage
from tests.ui.shell.helpers import find
from workbench.ui.shell import search
from workbench.ui.shell.main_window import MainWindow
from workbench.ui.shell.page_stack import PageStack
from workbench.ui.shell.palette import Palette


def open_palette(window: MainWindow, qtbot: QtBot) -> tuple[Palette, QLineEdit]:
    QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    palette = find(window, Palette)
    return palette, find(palette, QLineEdit)


def test_command_is_done_with_keys_alone(
    window: MainWindow, project: Path, qtbot: QtBot
) -> None:
    palette, line = open_palette(window, qtbot)
    QTest.keyClicks(line, "tune")
    assert palette.names()[0] == "Tune"
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert find(window, PageStack).name == "tune"


def test_arrows_move_through_the_list(
    window: MainWindow, project: Path, qtbot: QtBot
) -> None:
    palette, line = open_palette(window, qtbot)
    QTest.keyClicks(line, "appearance")
    assert len(palette.names()) == 4  # three of them, and the search
    QTest.keyClick(line, Qt.Key.Key_Up)
    QTest.keyClick(line, Qt.Key.Key_Up)
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert window.context.theme.mode == "dark"


def test_commands_of_the_page_come_first(
    window: MainWindow, project: Path, qtbot: QtBot
) -> None:
    page = find(window, SmallPage)
    page.addAction(QAction("Run the prompt", page))
    palette, _ = open_palette(window, qtbot)
    assert palette.names()[0] == "Run the prompt"


def test_what_cannot_be_done_is_not_listed(window: MainWindow, qtbot: QtBot) -> None:
    palette, _ = open_palette(window, qtbot)
    assert "Save a copy…" not in palette.names()
    assert "New project…" in palette.names()


def test_words_that_are_no_command_are_looked_for(
    window: MainWindow, project: Path, qtbot: QtBot
) -> None:
    _, line = open_palette(window, qtbot)
    QTest.keyClicks(line, "order 2957")
    QTest.keyClick(line, Qt.Key.Key_Return)
    page = find(window, PageStack).page()
    assert isinstance(page, SmallPage)
    assert page.told[-1] == ("target", {"text": "order 2957"})


def test_nothing_found_is_said(window: MainWindow, qtbot: QtBot) -> None:
    palette, line = open_palette(window, qtbot)
    QTest.keyClicks(line, "zzz")
    assert palette.names() == []
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert palette.isVisible()


def test_japanese_names_and_english_ones_are_found(
    qapp: QApplication, qtbot: QtBot
) -> None:
    parent = QWidget()
    actions = [QAction("データを開く…", parent), QAction("比べる", parent)]
    actions[0].setObjectName("open")
    actions[1].setObjectName("compare")
    palette = Palette(actions, parent, can_search=False)
    line = find(palette, QLineEdit)
    for wanted in ("データ", "でーた", "ﾃﾞｰﾀ", "open", "ＯＰＥＮ"):
        line.setText(wanted)
        assert palette.names() == ["データを開く…"], wanted
    line.setText("くらべ")
    assert palette.names() == []
    line.setText("比")
    assert palette.names() == ["比べる"]


def test_every_word_must_be_there() -> None:
    assert search.matches("open pro", "Open project")
    assert not search.matches("open file", "Open project")
