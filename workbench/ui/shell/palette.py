"""The command palette: every command by a few letters, without the mouse."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from workbench.ui.shell import search
from workbench.ui.shell.key_delegate import KEYS, KeyDelegate
from workbench.ui.widgets.section_label import label

_WIDTH, _ROWS, _ROW = 560, 10, 34
_ACTION = Qt.ItemDataRole.UserRole


class Palette(QDialog):
    """Lists the commands that can be used now; Enter does the marked one.

    Commands are found by what they are called now, and by their object name, which is
    English in every language.
    """

    search_requested = Signal(str)

    def __init__(
        self, actions: Sequence[QAction], parent: QWidget, *, can_search: bool
    ) -> None:
        """Offer these actions; with `can_search` also to look through the answers."""
        super().__init__(parent, Qt.WindowType.Popup)
        self._actions = [action for action in actions if _is_usable(action)]
        self._can_search = can_search
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Find a command"))
        self.setAccessibleName(self.tr("Find a command"))
        self.setFixedWidth(_WIDTH)
        self._input = QLineEdit(self)
        self._input.setPlaceholderText(self.tr("Type what you want to do"))
        self._input.setAccessibleName(self.tr("Command"))
        self._input.textChanged.connect(self._fill)
        self._input.installEventFilter(self)
        self._list = QListWidget(self)
        self._list.setAccessibleName(self.tr("Commands found"))
        self._list.setUniformItemSizes(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setItemDelegate(KeyDelegate(self._list))
        self._list.itemClicked.connect(self._do)
        self._none = label(role="secondary", parent=self)
        self._none.setText(self.tr("No command has this name."))
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        column.addWidget(self._input)
        column.addWidget(self._list)
        column.addWidget(self._none)
        self._fill("")
        self._input.setFocus()

    def open_over(self, window: QWidget) -> None:
        """Show the palette below the window's header."""
        x = (window.width() - self.width()) // 2
        self.move(window.mapToGlobal(QPoint(x, 56)))
        self.show()
        self._input.setFocus()

    def names(self) -> list[str]:
        """Return what is listed, in order."""
        return [self._list.item(row).text() for row in range(self._list.count())]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move through the list while the cursor stays in the input."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key = event.key()
            steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
            if key in steps and self._list.count():
                row = self._list.currentRow() + steps[Qt.Key(key)]
                self._list.setCurrentRow(row % self._list.count())
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._do(self._list.currentItem())
                return True
        return super().eventFilter(watched, event)

    def _fill(self, wanted: str) -> None:
        self._list.clear()
        found = [
            action
            for action in self._actions
            if search.matches(wanted, f"{_name(action)} {action.objectName()}")
        ]
        if wanted.strip():
            found.sort(key=lambda action: search.rank(wanted, _name(action)))
        for action in found:
            self._add(action.text().replace("&", ""), action)
        if self._can_search and wanted.strip():
            text = self.tr("Look for “{text}” in the answers")
            self._add(text.format(text=wanted.strip()), None)
        self._list.setCurrentRow(0)
        count = self._list.count()
        self._list.setVisible(count > 0)
        self._none.setVisible(count == 0)
        self._list.setFixedHeight(min(max(count, 1), _ROWS) * _ROW + 4)
        self.adjustSize()

    def _add(self, text: str, action: QAction | None) -> None:
        item = QListWidgetItem(text)
        item.setSizeHint(QSize(0, _ROW))
        item.setData(_ACTION, action)
        item.setData(KEYS, _keys(action) if action is not None else "")
        self._list.addItem(item)

    def _do(self, item: QListWidgetItem | None) -> None:
        if item is None:
            return
        action = item.data(_ACTION)
        wanted = self._input.text().strip()
        self.close()
        if isinstance(action, QAction):
            action.trigger()
        else:
            self.search_requested.emit(wanted)


def _is_usable(action: QAction) -> bool:
    named = bool(_name(action)) and not action.isSeparator()
    other = action.objectName() != "palette"
    return named and other and action.isEnabled() and action.isVisible()


def _name(action: QAction) -> str:
    return action.text().replace("&", "").removesuffix("…")


def _keys(action: QAction) -> str:
    return action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
