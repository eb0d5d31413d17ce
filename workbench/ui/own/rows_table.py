"""The table for one's own examples: typed into, pasted into, files dropped on it."""

from PySide6.QtCore import QEvent, QItemSelectionModel, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QPlainTextEdit,
    QTableView,
    QWidget,
)

from workbench.ui.lab.shot_delegate import ShotDelegate
from workbench.ui.own.rows_model import ANSWER, INPUT, RowsModel

_ROW_HEIGHT = 28
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class CellDelegate(ShotDelegate):
    """Enter keeps a cell as in a spreadsheet; Shift or Alt with it breaks the line."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the text at Enter."""
        is_press = event.type() == QEvent.Type.KeyPress
        if is_press and isinstance(event, QKeyEvent) and self._on_key(watched, event):
            return True
        return super().eventFilter(watched, event)

    def _on_key(self, editor: QObject, event: QKeyEvent) -> bool:
        if event.key() not in _ENTER or not isinstance(editor, QPlainTextEdit):
            return False
        if event.modifiers() & Qt.KeyboardModifier.AltModifier:
            editor.insertPlainText("\n")
            return True
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            return False
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)
        return True


class RowsTable(QTableView):
    """Shows a `RowsModel`."""

    pasted = Signal(str)

    def __init__(self, model: RowsModel, parent: QWidget | None = None) -> None:
        """Show this model."""
        super().__init__(parent)
        self._model = model
        self.setModel(model)
        self.setItemDelegate(CellDelegate(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        rows = self.verticalHeader()
        rows.setDefaultSectionSize(_ROW_HEIGHT)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        columns = self.horizontalHeader()
        columns.setHighlightSections(False)
        columns.setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        columns.setSectionResizeMode(INPUT, QHeaderView.ResizeMode.Stretch)
        columns.setSectionResizeMode(ANSWER, QHeaderView.ResizeMode.Interactive)
        columns.resizeSection(ANSWER, 240)
        self.stand_on(0, INPUT)

    def stand_on(self, row: int, column: int) -> None:
        """Make a cell the current one, and the only one that is selected.

        By the selection model: the view would heed a Ctrl that is still held from
        pasting, and add to what is selected.
        """
        self.selectionModel().setCurrentIndex(
            self._model.index(row, column),
            QItemSelectionModel.SelectionFlag.ClearAndSelect,
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Paste, clear, edit; the rest is the table's own."""
        index = self.currentIndex()
        if event.matches(QKeySequence.StandardKey.Paste):
            self.pasted.emit(QGuiApplication.clipboard().text())
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            chosen = self.selectionModel().selectedIndexes()
            self._model.clear([(i.row(), i.column()) for i in chosen])
        elif event.key() in _ENTER and index.isValid():
            self.edit(index)
        else:
            super().keyPressEvent(event)

    def closeEditor(
        self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint
    ) -> None:
        """Go on to the cell beside, then to the next row, as a person types."""
        index = self.currentIndex()
        super().closeEditor(editor, hint)
        if hint == QAbstractItemDelegate.EndEditHint.NoHint:
            self._go_on(index.row(), index.column())

    def chosen_rows(self) -> list[int]:
        """Return the rows with a selected cell."""
        chosen = self.selectionModel().selectedIndexes()
        return sorted({index.row() for index in chosen})

    def finish_editing(self) -> None:
        """Keep what stands in an open editor."""
        if self.state() == QAbstractItemView.State.EditingState:
            self.setFocus()

    def _go_on(self, row: int, column: int) -> None:
        if column == INPUT:
            self.stand_on(row, ANSWER)
        else:
            self.stand_on(min(row + 1, self._model.rowCount() - 1), INPUT)
