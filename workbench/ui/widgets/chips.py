"""Chips: short values that can be switched, removed and added."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget

from workbench.ui.shell.weak import weak_slot
from workbench.ui.widgets.flow_layout import FlowLayout
from workbench.ui.widgets.tips import plain_tip


class Chip(QPushButton):
    """One short value; checkable, or removed by the Delete key or its ✕."""

    removed = Signal()

    def __init__(
        self,
        text: str,
        parent: QWidget | None = None,
        *,
        checkable: bool = False,
        removable: bool = False,
    ) -> None:
        """Show a value; a removable chip is removed when it is clicked."""
        super().__init__(f"{text}  ✕" if removable else text, parent)
        self.value = text
        self._removable = removable
        self.setProperty("chip", True)
        self.setCheckable(checkable)
        self.setAutoDefault(False)
        self.setAccessibleName(text)
        if removable:
            name = self.tr("Remove “{value}”").format(value=text)
            self.setToolTip(plain_tip(name))
            self.setAccessibleName(name)
            self.clicked.connect(self._remove)

    def set_text(self, text: str) -> None:
        """Change the words of a chip, for counts that change."""
        self.value = text
        self.setText(text)
        self.setAccessibleName(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Remove on Delete and Backspace."""
        keys = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
        if self._removable and event.key() in keys:
            self._remove()
        else:
            super().keyPressEvent(event)

    def _remove(self) -> None:
        self.removed.emit()


class ChipRow(QWidget):
    """A wrapping row of removable chips, such as the tags of a trial."""

    removed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self._flow = FlowLayout(self, spacing=6)
        self._values: tuple[str, ...] = ()

    def values(self) -> tuple[str, ...]:
        """Return the values shown."""
        return self._values

    def set_values(self, values: Sequence[str]) -> None:
        """Show these values; nothing is built anew when they are the same."""
        if tuple(values) == self._values:
            return
        self._values = tuple(values)
        while (item := self._flow.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for value in self._values:
            chip = Chip(value, self, removable=True)
            chip.removed.connect(weak_slot(self._on_removed, value))
            self._flow.addWidget(chip)
            chip.show()
        self.updateGeometry()

    def _on_removed(self, value: str) -> None:
        self.removed.emit(value)
