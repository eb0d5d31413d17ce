"""The examples in the prompt as a table: switch, placeholders, answer, tokens."""

import dataclasses
from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractTableModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from workbench.domain.prompts import Shot, sorted_items
from workbench.domain.remote import estimate_tokens

Index = QModelIndex | QPersistentModelIndex
_MIME = "application/x-workbench-shot-row"
_NO_PARENT = QModelIndex()


class ShotsModel(QAbstractTableModel):
    """Shows shots and turns edits into a new tuple of shots.

    The model never changes by itself: it emits `changed_to` with the new tuple, and is
    set anew by whoever owns the draft.
    """

    changed_to = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        """Start without shots."""
        super().__init__(parent)
        self.shots: tuple[Shot, ...] = ()
        self.names: tuple[str, ...] = ()
        self._answer_title = ""
        self._tokens_title = ""
        self._not_sent = ""

    @property
    def answer_column(self) -> int:
        """The column of the answers."""
        return len(self.names) + 1

    @property
    def tokens_column(self) -> int:
        """The last column: how long each example is."""
        return len(self.names) + 2

    def set_shots(self, shots: Sequence[Shot], names: Sequence[str]) -> None:
        """Show these shots with a column for each of these placeholders."""
        shots, names = tuple(shots), tuple(names)
        if (shots, names) == (self.shots, self.names):
            return
        if len(shots) == len(self.shots) and names == self.names:
            self.shots = shots
            last = self.index(len(shots) - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)
            return
        self.beginResetModel()
        self.shots, self.names = shots, names
        self.endResetModel()

    def set_words(self, answer: str, tokens: str, not_sent: str) -> None:
        """Take over the translated names of the last two columns.

        Args:
            answer: the name of the answers.
            tokens: the name of the lengths.
            not_sent: stands for an input of which only the answer is sent.
        """
        self._answer_title, self._tokens_title = answer, tokens
        self._not_sent = not_sent
        first, last = self.answer_column, self.tokens_column
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, first, last)

    def tokens(self, row: int) -> int:
        """Return about how many tokens an example has when it is sent."""
        return shot_tokens(self.shots[row])

    # ------------------------------------------------------------ reading

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self.shots)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self.names) + 3

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Return the head of a column."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        titles = ("", *self.names, self._answer_title, self._tokens_title)
        return titles[section] if section < len(titles) else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a cell holds."""
        shot = self.shots[index.row()]
        if index.column() == 0:
            if role == Qt.ItemDataRole.CheckStateRole:
                on = shot.enabled
                return Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
            if role == Qt.ItemDataRole.DisplayRole:
                return str(index.row() + 1)
            return None
        if index.column() == self.tokens_column:
            is_shown = role == Qt.ItemDataRole.DisplayRole
            return f"≈ {self.tokens(index.row()):,}" if is_shown else None
        text = self.text(index.row(), index.column())
        if role == Qt.ItemDataRole.EditRole:
            return text
        if role == Qt.ItemDataRole.DisplayRole:
            if shot.output_only and index.column() < self.answer_column:
                return self._not_sent
            return " ".join(text.split())
        return None

    def text(self, row: int, column: int) -> str:
        """Return the text of a cell as it is sent."""
        shot = self.shots[row]
        if column == self.answer_column:
            return shot.answer
        return shot.values.get(self.names[column - 1], "")

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return what can be done with a cell."""
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        flags = (
            Qt.ItemFlag.ItemIsEnabled
            | Qt.ItemFlag.ItemIsSelectable
            | Qt.ItemFlag.ItemIsDragEnabled
        )
        if index.column() == 0:
            return flags | Qt.ItemFlag.ItemIsUserCheckable
        if index.column() == self.tokens_column:
            return flags
        return flags | Qt.ItemFlag.ItemIsEditable

    # ------------------------------------------------------------ editing

    def setData(
        self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole
    ) -> bool:
        """Take over an edit of a cell."""
        shot = self.shots[index.row()]
        if index.column() == 0 and role == Qt.ItemDataRole.CheckStateRole:
            shot = dataclasses.replace(shot, enabled=not shot.enabled)
        elif (
            0 < index.column() < self.tokens_column and role == Qt.ItemDataRole.EditRole
        ):
            shot = self._with_text(shot, index.column(), str(value))
        else:
            return False
        if shot != self.shots[index.row()]:
            self._replace(index.row(), shot)
        return True

    def _is_text(self, column: int) -> bool:
        return 0 < column < self.tokens_column

    def toggle(self, row: int) -> None:
        """Switch an example on or off."""
        self.setData(self.index(row, 0), None, Qt.ItemDataRole.CheckStateRole)

    def set_output_only(self, row: int, *, on: bool) -> None:
        """Send only the answer of an example, or the whole of it."""
        if 0 <= row < len(self.shots) and self.shots[row].output_only is not on:
            self._replace(row, dataclasses.replace(self.shots[row], output_only=on))

    def move(self, row: int, to: int) -> None:
        """Put the example of one row at another row."""
        if row == to or not (0 <= row < len(self.shots) and 0 <= to < len(self.shots)):
            return
        shots = list(self.shots)
        shots.insert(to, shots.pop(row))
        self.changed_to.emit(tuple(shots))

    def remove(self, row: int) -> None:
        """Take an example out of the prompt."""
        if 0 <= row < len(self.shots):
            self.changed_to.emit(self.shots[:row] + self.shots[row + 1 :])

    def _with_text(self, shot: Shot, column: int, text: str) -> Shot:
        if column == self.answer_column:
            return dataclasses.replace(shot, answer=text)
        values = {**shot.values, self.names[column - 1]: text}
        return dataclasses.replace(shot, variables=sorted_items(values))

    def _replace(self, row: int, shot: Shot) -> None:
        self.changed_to.emit((*self.shots[:row], shot, *self.shots[row + 1 :]))

    # ------------------------------------------------------------ dragging

    def supportedDropActions(self) -> Qt.DropAction:
        """Offer moving only."""
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        """Name the kind of data that is dragged."""
        return [_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Write down which row is dragged."""
        data = QMimeData()
        row = indexes[0].row() if indexes else -1
        data.setData(_MIME, str(row).encode("ascii"))
        return data

    def dropMimeData(
        self,
        data: QMimeData,
        action: Qt.DropAction,
        row: int,
        column: int,
        parent: Index,
    ) -> bool:
        """Move the row that was dropped."""
        if not data.hasFormat(_MIME):
            return False
        source = int(bytes(data.data(_MIME).data()).decode("ascii"))
        to = parent.row() if parent.isValid() else row
        if to < 0:
            to = len(self.shots)
        self.move(source, to - 1 if to > source and not parent.isValid() else to)
        # False keeps the view from removing the row it has just moved.
        return False


def shot_tokens(shot: Shot) -> int:
    """Return about how many tokens an example has; a guess from its letters."""
    texts = [shot.thinking, shot.answer, *(turn.text for turn in shot.turns)]
    if not shot.output_only:
        texts += [value for _, value in shot.variables]
    return sum(estimate_tokens(text) for text in texts if text)
