"""The list of examples in the prompt: drag or Alt+arrows order it, Space switches."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from workbench.ui.lab.shot_delegate import ShotDelegate
from workbench.ui.lab.shots_model import ShotsModel

ROW_HEIGHT = 32
_MOST_ROWS = 7
_SWITCH_WIDTH = 56
_TOKENS_WIDTH = 72


class ShotsTable(QTableView):
    """Shows a `ShotsModel`; the model tells what a key or a drag would change."""

    row_changed = Signal(int)
    """The row the keys act on is another."""

    def __init__(self, model: ShotsModel, parent: QWidget | None = None) -> None:
        """Show this model."""
        super().__init__(parent)
        self._model = model
        self.setModel(model)
        self.setItemDelegate(ShotDelegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDragDropOverwriteMode(False)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        model.modelReset.connect(self._fit)
        self._fit()

    def current_row(self) -> int:
        """Return the row the keys act on, or -1."""
        return self.currentIndex().row()

    def select_row(self, row: int) -> None:
        """Make a row the one the keys act on."""
        if 0 <= row < self._model.rowCount():
            column = max(0, self.currentIndex().column())
            self.setCurrentIndex(self._model.index(row, column))

    def edit_cell(self, row: int, column: int) -> None:
        """Start editing a cell."""
        index = self._model.index(row, column)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)
            self.edit(index)

    def finish_editing(self) -> None:
        """Keep what stands in an open editor."""
        if self.state() == QAbstractItemView.State.EditingState:
            self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Handle the keys of this widget first."""
        if not self._handle(event):
            super().keyPressEvent(event)

    def _handle(self, event: QKeyEvent) -> bool:
        row = self.current_row()
        if row < 0:
            return False
        alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
        match event.key():
            case Qt.Key.Key_Up if alt:
                self.move_row(row, -1)
            case Qt.Key.Key_Down if alt:
                self.move_row(row, 1)
            case Qt.Key.Key_Space if not event.isAutoRepeat():
                self._model.toggle(row)
            case Qt.Key.Key_Delete if not event.isAutoRepeat():
                self._model.remove(row)
                self.select_row(min(row, self._model.rowCount() - 1))
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if not event.modifiers():
                column = self.currentIndex().column()
                self.edit_cell(row, min(max(1, column), self._model.answer_column))
            case _:
                return False
        return True

    def move_row(self, row: int, by: int) -> None:
        """Move an example up or down and keep it current."""
        self._model.move(row, row + by)
        self.select_row(row + by)

    def currentChanged(
        self,
        current: QModelIndex | QPersistentModelIndex,
        previous: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Tell that another row is current."""
        super().currentChanged(current, previous)
        self.row_changed.emit(current.row())

    def _fit(self) -> None:
        """As high as its rows, up to a limit; columns share the width."""
        rows = min(_MOST_ROWS, max(1, self._model.rowCount()))
        header = self.horizontalHeader()
        self.setFixedHeight(rows * ROW_HEIGHT + header.sizeHint().height() + 4)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        if self._model.columnCount():
            header.setSectionResizeMode(0, QHeaderView.ResizeMode.Fixed)
            header.resizeSection(0, _SWITCH_WIDTH)
            last = self._model.tokens_column
            header.setSectionResizeMode(last, QHeaderView.ResizeMode.Fixed)
            header.resizeSection(last, _TOKENS_WIDTH)
