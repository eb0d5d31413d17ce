"""The rows of the list of models: groups with their models, favourites in front."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QFont, QStandardItem, QStandardItemModel

from workbench.services.catalogue import Group, ModelEntry
from workbench.ui.shell import tokens
from workbench.ui.shell.phrases import phrase_model
from workbench.ui.shell.remote_phrases import phrase_access
from workbench.ui.widgets.tips import plain_tip

PLACE = Qt.ItemDataRole.UserRole
"""Holds the place of a model in the list of entries; None for the head of a group."""

Heads = dict[Group | None, str]
"""Names of the groups; None stands for the favourites."""


class ModelItems(QStandardItemModel):
    """Shows entries; those that cannot be used stay in the list and say why."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self._shown: tuple[tuple[ModelEntry, ...], str] = ((), "")
        self._quiet = tokens.color("secondary")

    def show_entries(self, entries: tuple[ModelEntry, ...], heads: Heads) -> bool:
        """Show these entries; False when they are shown already."""
        state = (entries, repr(heads))
        if state == self._shown:
            return False
        self._shown = state
        self.clear()
        self._quiet = tokens.color("secondary")
        numbered = list(enumerate(entries))
        self._add(heads[None], numbered, lambda entry: entry.favourite)
        for group in Group:
            self._add(heads[group], numbered, _in_group(group))
        return True

    def restyle(self) -> None:
        """Take other colours with the next entries."""
        self._shown = ((), "")

    def row_of(self, place: int) -> int:
        """Return the first row with this entry, -1 when there is none."""
        for row in range(self.rowCount()):
            if self.item(row).data(PLACE) == place:
                return row
        return -1

    def _add(
        self,
        head: str,
        entries: Iterable[tuple[int, ModelEntry]],
        fits: Callable[[ModelEntry], bool],
    ) -> None:
        fitting = [(place, entry) for place, entry in entries if fits(entry)]
        if not fitting:
            return
        item = QStandardItem(head)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        item.setForeground(self._quiet)
        font = item.font()
        font.setWeight(QFont.Weight.DemiBold)
        item.setFont(font)
        self.appendRow(item)
        for place, entry in fitting:
            row = _item(place, entry)
            if not entry.usable:
                row.setForeground(self._quiet)
            self.appendRow(row)


def _in_group(group: Group) -> Callable[[ModelEntry], bool]:
    def fits(entry: ModelEntry) -> bool:
        return entry.group is group and not entry.favourite

    return fits


def entry_text(entry: ModelEntry) -> str:
    """Return a model with who makes or serves it, and why it cannot be used."""
    name = phrase_model(entry.model)
    text = f"{name} · {entry.where}" if entry.where else name
    reason = "" if entry.usable else phrase_access(entry.availability)
    return f"{text} – {reason}" if reason else text


def _item(place: int, entry: ModelEntry) -> QStandardItem:
    item = QStandardItem(f"    {entry_text(entry)}")
    item.setData(place, PLACE)
    item.setToolTip(plain_tip(entry.model.path))
    item.setData(entry_text(entry), Qt.ItemDataRole.AccessibleTextRole)
    return item
