"""Editing an example in the prompt in its place, with room for several lines."""

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    Qt,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QPlainTextEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

Index = QModelIndex | QPersistentModelIndex
_HEIGHT = 104


class ShotDelegate(QStyledItemDelegate):
    """Gives a cell a text field that lies over the rows below it."""

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> QWidget:
        """Return a field for several lines."""
        editor = QPlainTextEdit(parent)
        editor.setAccessibleName(self.tr("Text of the example"))
        editor.setFrameShape(QPlainTextEdit.Shape.StyledPanel)
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Put the whole text into the field."""
        if isinstance(editor, QPlainTextEdit):
            editor.setPlainText(str(index.data(Qt.ItemDataRole.EditRole) or ""))
            editor.selectAll()

    def setModelData(
        self, editor: QWidget, model: QAbstractItemModel, index: Index
    ) -> None:
        """Give the text back."""
        if isinstance(editor, QPlainTextEdit):
            model.setData(index, editor.toPlainText(), Qt.ItemDataRole.EditRole)

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """Lay the field over the rows below."""
        cell: QRect = option.rect
        view = editor.parentWidget()
        height = min(_HEIGHT, view.height()) if view is not None else _HEIGHT
        top = cell.top()
        if view is not None:
            top = max(0, min(top, view.height() - height))
        editor.setGeometry(cell.left(), top, cell.width(), height)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep Ctrl+Enter for the field."""
        if isinstance(event, QKeyEvent) and isinstance(watched, QPlainTextEdit):
            control = Qt.KeyboardModifier.ControlModifier
            is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if is_enter and event.modifiers() & control:
                return self._on_control_enter(watched, event)
        return super().eventFilter(watched, event)

    def _on_control_enter(self, editor: QPlainTextEdit, event: QKeyEvent) -> bool:
        """Keep the text; the page's own Ctrl+Enter must not run half an example."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if event.type() == QEvent.Type.KeyPress:
            self.commitData.emit(editor)
            self.closeEditor.emit(editor)
        return True
