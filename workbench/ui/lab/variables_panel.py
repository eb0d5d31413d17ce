"""One labelled editor for every placeholder of the prompt."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from workbench.ui.lab.panel import Panel
from workbench.ui.lab.parts import GAP
from workbench.ui.lab.variable_field import VariableField


class VariablesPanel(Panel):
    """Shows the values a prompt is run with."""

    edited = Signal(str, str)
    """Name and new value."""
    dropped = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start without variables."""
        super().__init__(parent)
        self._fields: dict[str, VariableField] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(GAP)

    def show_variables(
        self, used: Sequence[str], unused: Sequence[str], values: Mapping[str, str]
    ) -> None:
        """Show a field for each name, unused ones last and marked."""
        names = (*used, *unused)
        for name in [n for n in self._fields if n not in names]:
            field = self._fields.pop(name)
            self._layout.removeWidget(field)
            field.hide()
            field.deleteLater()
        for place, name in enumerate(names):
            field = self._fields.get(name) or self._add(name)
            self._layout.insertWidget(place, field)
            field.show()
            field.show_value(values.get(name, ""), used=name in used)
        self._fields = {name: self._fields[name] for name in names}
        self.setVisible(bool(names))

    def editors(self) -> list[QWidget]:
        """Return the editors in their order, for the tab order."""
        return [field.editor for field in self._fields.values()]

    def _add(self, name: str) -> VariableField:
        field = VariableField(name, self)
        field.edited.connect(self.edited)
        field.dropped.connect(self.dropped)
        self._fields[name] = field
        return field
