"""The dialog for one's own examples, and a person in front of it."""

from pathlib import Path

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.ui.tune.stage import Stage, find, press
from workbench.services.starter import Pair
from workbench.ui.own.dialog import OwnExamplesDialog
from workbench.ui.own.rows_table import RowsTable
from workbench.ui.shell.question import Question

_CONTROL = Qt.KeyboardModifier.ControlModifier


class Form:
    """Uses the dialog by mouse and keys."""

    def __init__(self, stage: Stage, folder: Path, qtbot: QtBot) -> None:
        self.stage = stage
        self.folder = folder
        self.qtbot = qtbot
        self.window = QWidget()
        self.dialog = OwnExamplesDialog(stage.context, self.window)
        self.dialog.open()
        self.table = find(self.dialog, "Your examples", RowsTable)
        self.model = self.dialog._model
        find(self.dialog, "Folder", QLineEdit).setText(str(folder))

    def pairs(self) -> list[Pair]:
        """Return the rows with something in them."""
        return [pair for pair in self.model.pairs if not pair.is_blank]

    def words(self) -> str:
        """Return every text in the dialog."""
        labels = self.dialog.findChildren(QLabel)
        return " ".join(w.text() for w in labels if w.isVisible())

    def at(self, row: int, column: int = 0) -> None:
        """Stand on a cell."""
        self.table.stand_on(row, column)

    def paste(self, text: str) -> None:
        """Paste with Ctrl+V, and wait until it stands there."""
        before = self.pairs()
        QApplication.clipboard().setText(text)
        QTest.keyClick(self.table, Qt.Key.Key_V, _CONTROL)
        self.qtbot.waitUntil(lambda: self.pairs() != before)

    def type(self, text: str) -> None:
        """Type into the current cell and press Enter."""
        QTest.keyClicks(self.table, text[0])
        QTest.keyClicks(self.editor(), text[1:])
        QTest.keyClick(self.editor(), Qt.Key.Key_Return)

    def editor(self) -> QPlainTextEdit:
        """Return the field over the cell that is being typed into."""
        fields = self.table.findChildren(QPlainTextEdit)
        (open_one,) = [field for field in fields if field.isVisible()]
        return open_one

    def drop(self, path: Path) -> None:
        """Drop a file on the dialog."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path))])
        before = self.pairs()
        event = QDropEvent(
            QPointF(40, 40),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        self.dialog.dropEvent(event)
        self.qtbot.waitUntil(lambda: self.pairs() != before)

    def question(self) -> Question:
        """Return the question that is asked before the examples are thrown away."""
        asked = self.dialog.findChildren(Question)
        (shown,) = [question for question in asked if question.isVisible()]
        return shown

    def name(self, text: str) -> None:
        """Name the project."""
        find(self.dialog, "Project name", QLineEdit).setText(text)

    def heading(self) -> QCheckBox:
        return find(self.dialog, "The first row is a heading", QCheckBox)

    def choose(self, name: str, entry: str) -> None:
        """Choose a column."""
        box = find(self.dialog, name, QComboBox)
        box.setCurrentIndex(box.findText(entry))
        box.activated.emit(box.currentIndex())

    def can_accept(self) -> bool:
        return find(self.dialog, "Make my project", QPushButton).isEnabled()

    def accept(self) -> None:
        """Make the project and wait for it."""
        with self.qtbot.waitSignal(self.stage.bridge.project_opened):
            press(self.dialog, "Make my project")
