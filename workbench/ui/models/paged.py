"""A table model over rows that are read page by page.

The view needs a row count and the rows it paints, nothing else: so the model keeps the
ordered ids of the current list, and a small cache of pages of 200 rows, which it reads
when the view asks (by integer id: about a millisecond). Scroll bar, jump to the end and
selection are right from the first moment, at 100,000 rows as at ten.

Use it with fixed row heights; sizing rows by their contents would read every row.
"""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from workbench.domain.errors import WorkbenchError

T = TypeVar("T")
Index = QModelIndex | QPersistentModelIndex
PAGE = 200
_PAGES_KEPT = 12


class PagedTableModel(QAbstractTableModel, Generic[T]):
    """Rows by id; a subclass says what stands in the columns (`cell`, `heads`)."""

    def __init__(
        self,
        fetch: Callable[[Sequence[int]], Sequence[T]],
        key: Callable[[T], int],
        parent: QObject | None = None,
    ) -> None:
        """Start empty.

        Args:
            fetch: returns the rows with these ids; those that are gone are left out.
            key: returns the id of a row.
            parent: owner.
        """
        super().__init__(parent)
        self._fetch = fetch
        self._key = key
        self._ids: tuple[int, ...] = ()
        self._rows: dict[int, int] = {}
        self._pages: OrderedDict[int, dict[int, T]] = OrderedDict()

    def heads(self) -> Sequence[str]:
        """Return the translated heads of the columns."""
        raise NotImplementedError

    def cell(self, item: T, column: int, role: int) -> object:
        """Return what a cell holds for a role of `Qt.ItemDataRole`, or None."""
        raise NotImplementedError

    def ids(self) -> tuple[int, ...]:
        """Return the ids in the order shown."""
        return self._ids

    def set_ids(self, ids: Sequence[int]) -> None:
        """Show another list; rows that are in both keep their selection."""
        if tuple(ids) == self._ids:
            return
        self.layoutAboutToBeChanged.emit()
        old = self.persistentIndexList()
        kept = [(index, self._ids[index.row()]) for index in old]
        self._ids = tuple(ids)
        self._rows = {row_id: row for row, row_id in enumerate(self._ids)}
        self._pages.clear()
        for index, row_id in kept:
            row = self._rows.get(row_id)
            new = QModelIndex() if row is None else self.index(row, index.column())
            self.changePersistentIndex(index, new)
        self.layoutChanged.emit()

    def refresh(self, ids: Sequence[int] | None = None) -> None:
        """Read these rows anew (all when None); selection and scrolling stay."""
        rows = range(len(self._ids)) if ids is None else sorted(self._known(ids))
        for row in rows:
            self._pages.pop(row // PAGE, None)
        if not rows:
            return
        last = self.columnCount() - 1
        for first, end in _runs(rows):
            self.dataChanged.emit(self.index(first, 0), self.index(end, last))

    def retranslate(self) -> None:
        """Show the heads and cells in the current language."""
        self.headerDataChanged.emit(
            Qt.Orientation.Horizontal, 0, self.columnCount() - 1
        )
        self.refresh()

    def id_at(self, row: int) -> int:
        """Return the id of a row."""
        return self._ids[row]

    def row_of(self, row_id: int) -> int | None:
        """Return where a record stands, or None."""
        return self._rows.get(row_id)

    def item(self, row: int) -> T | None:
        """Return a row, read when needed; None when it is gone."""
        number = row // PAGE
        page = self._pages.get(number)
        if page is None:
            wanted = self._ids[number * PAGE : (number + 1) * PAGE]
            try:
                page = {self._key(item): item for item in self._fetch(wanted)}
            except WorkbenchError:
                # The project is being closed: the page goes with it in a moment, and
                # a view that paints cannot take an error.
                return None
            self._pages[number] = page
            while len(self._pages) > _PAGES_KEPT:
                self._pages.popitem(last=False)
        else:
            self._pages.move_to_end(number)
        return page.get(self._ids[row])

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of ids."""
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of heads."""
        return 0 if parent.isValid() else len(self.heads())

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a cell holds."""
        if not index.isValid():
            return None
        item = self.item(index.row())
        return None if item is None else self.cell(item, index.column(), role)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Return the head of a column; rows have none."""
        display = role == Qt.ItemDataRole.DisplayRole
        if display and orientation == Qt.Orientation.Horizontal:
            heads = self.heads()
            return heads[section] if section < len(heads) else None
        return None

    def _known(self, ids: Sequence[int]) -> list[int]:
        return [self._rows[row_id] for row_id in ids if row_id in self._rows]


def _runs(rows: Sequence[int]) -> list[tuple[int, int]]:
    """Join rising numbers to runs (first, last)."""
    result: list[tuple[int, int]] = []
    for row in rows:
        if result and result[-1][1] == row - 1:
            result[-1] = (result[-1][0], row)
        else:
            result.append((row, row))
    return result
