from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.ui.shell.helpers import find, named
from workbench.domain.task import TaskCard, TaskKind
from workbench.services.application import Services
from workbench.ui.shell.about import AboutDialog
from workbench.ui.shell.keys import KeysDialog
from workbench.ui.shell.main_window import MainWindow
from workbench.ui.shell.new_project import ProjectDialog
from workbench.ui.shell.question import Question
from workbench.ui.shell.reports import ReportDialog
from workbench.ui.shell.task_card_editor import TaskCardEditor

CARDS = [
    TaskCard(TaskKind.LABEL, labels=("ACC", "BIL"), longest_answer=8),
    TaskCard(
        TaskKind.EXTRACT,
        fields=("code", "urgency", "order"),
        separator=" | ",
        longest_answer=32,
        description="Route tickets.",
    ),
    TaskCard(TaskKind.ANSWER),
    TaskCard(TaskKind.SUMMARISE, longest_answer=200),
    TaskCard(TaskKind.FREE, description="説明"),
]


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.kind.value)
def test_card_comes_back_as_it_was_shown(qapp: QApplication, card: TaskCard) -> None:
    editor = TaskCardEditor()
    editor.set_card(card)
    assert editor.card() == card
    assert not editor.problem()


def test_only_what_the_kind_needs_is_shown(qapp: QApplication) -> None:
    editor = TaskCardEditor()
    editor.show()
    editor.set_card(CARDS[0])
    assert editor._labels.isVisible()
    assert not editor._fields.isVisible()
    editor.set_card(CARDS[1])
    assert editor._fields.isVisible()
    assert editor._separator.isVisible()
    assert not editor._labels.isVisible()


def test_no_row_is_drawn_over_another(window: MainWindow) -> None:
    window.command("new")
    dialog = find(window, ProjectDialog)
    cancel = next(b for b in dialog.findChildren(QPushButton) if b.text() == "Cancel")
    editor = find(dialog, TaskCardEditor)
    for kind in (TaskKind.LABEL, TaskKind.EXTRACT, TaskKind.FREE):
        named(dialog, QComboBox, "Kind of task").setCurrentIndex(
            list(TaskKind).index(kind)
        )
        QApplication.processEvents()
        rows = [w for _, w in editor._rows() if w.isVisible()]
        for above, below in pairwise(rows):
            assert above.geometry().bottom() < below.geometry().top()
    named(dialog, QLineEdit, "Project name").setText("Letters 2")
    QApplication.processEvents()
    assert cancel.width() < dialog.width() / 3


def test_labels_and_fields_are_needed(qapp: QApplication) -> None:
    editor = TaskCardEditor()
    editor.set_card(TaskCard(TaskKind.LABEL, labels=("one",)))
    assert editor.problem()
    editor.set_card(TaskCard(TaskKind.EXTRACT))
    assert editor.problem()


def test_project_is_made_with_mouse_and_keys(
    window: MainWindow, services: Services, tmp_path: Path, qtbot: QtBot
) -> None:
    window.command("new")
    dialog = find(window, ProjectDialog)
    make = next(b for b in dialog.findChildren(QPushButton) if b.isDefault())
    assert not make.isEnabled()
    folder = named(dialog, QLineEdit, "Folder")
    folder.clear()
    QTest.keyClicks(folder, str(tmp_path))
    QTest.keyClicks(named(dialog, QLineEdit, "Project name"), "Order/routing 1")
    kind = named(dialog, QComboBox, "Kind of task")
    kind.setCurrentIndex(list(TaskKind).index(TaskKind.LABEL))
    assert not make.isEnabled()
    for text in ("ACC", "BIL", "ACC"):
        QTest.keyClicks(named(dialog, QPlainTextEdit, "Labels"), text)
        QTest.keyClick(named(dialog, QPlainTextEdit, "Labels"), Qt.Key.Key_Return)
    assert make.isEnabled()
    with qtbot.waitSignal(window.context.bridge.project_opened):
        QTest.mouseClick(make, Qt.MouseButton.LeftButton)
    assert services.projects.path() == tmp_path / "Order-routing 1.workbench"
    assert services.projects.name() == "Order/routing 1"
    assert services.projects.card().labels == ("ACC", "BIL")


def test_project_is_not_made_over_another(
    window: MainWindow, project: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    window.command("new")
    dialog = find(window, ProjectDialog)
    named(dialog, QLineEdit, "Folder").setText(str(tmp_path))
    named(dialog, QLineEdit, "Project name").setText("Tickets")
    make = next(b for b in dialog.findChildren(QPushButton) if b.isDefault())
    assert not make.isEnabled()
    named(dialog, QLineEdit, "Folder").setText(str(tmp_path / "none"))
    assert not make.isEnabled()


def test_task_of_the_open_project_is_changed(
    window: MainWindow, project: Path, services: Services, qtbot: QtBot
) -> None:
    window.command("card")
    qtbot.waitUntil(lambda: bool(window.findChildren(ProjectDialog)))
    dialog = find(window, ProjectDialog)
    assert dialog.path() is None
    find(dialog, TaskCardEditor).set_card(CARDS[1])
    named(dialog, QLineEdit, "Project name").setText("Letters")
    next(b for b in dialog.findChildren(QPushButton) if b.isDefault()).click()
    qtbot.waitUntil(lambda: services.projects.card() == CARDS[1])
    qtbot.waitUntil(lambda: services.projects.name() == "Letters")


def test_enter_gives_the_first_answer(qapp: QApplication, qtbot: QtBot) -> None:
    parent = QWidget()
    parent.show()
    question = Question("Really?", (("a", "First"), ("b", "Second")), parent)
    question.show()
    with qtbot.waitSignal(question.answered) as caught:
        QTest.keyClick(question, Qt.Key.Key_Return)
    assert caught.args == ["a"]


def test_escape_gives_no_answer(qapp: QApplication, qtbot: QtBot) -> None:
    parent = QWidget()
    parent.show()
    question = Question("Really?", (("a", "First"),), parent)
    said: list[str] = []
    question.answered.connect(said.append)
    question.show()
    QTest.keyClick(question, Qt.Key.Key_Escape)
    assert said == []


def test_keys_are_listed(qapp: QApplication) -> None:
    parent = QWidget()
    run, silent = QAction("Run the prompt…", parent), QAction("No key", parent)
    run.setShortcut("Ctrl+Return")
    dialog = KeysDialog("Lab", [run, silent], [], parent)
    texts = [label.text() for label in dialog.findChildren(QLabel)]
    assert "Run the prompt" in texts
    assert "No key" not in texts


def test_report_is_redacted_and_copied(qapp: QApplication, qtbot: QtBot) -> None:
    dialog = ReportDialog("Oh", "account 123456789012", None)
    next(b for b in dialog.findChildren(QPushButton) if "Copy" in b.text()).click()
    assert QApplication.clipboard().text() == "account <account>"


def test_licences_are_shown(qapp: QApplication) -> None:
    parent = QWidget()
    text = find(AboutDialog(parent), QPlainTextEdit).toPlainText()
    assert "Apache License" in text
    assert "SIL Open Font License" in text or "SIL OPEN FONT LICENSE" in text
