"""The folded settings of a run, each with its consequence."""

import dataclasses
from typing import Any

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QDoubleSpinBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from workbench.domain.tuning import TrainingSettings
from workbench.ui.tune import knobs
from workbench.ui.tune.knobs import KNOBS, Knob
from workbench.ui.widgets.buttons import link_button
from workbench.ui.widgets.section_label import label

_COLUMNS = 3
_FEW_COLUMNS = 2
_MARGIN, _GAP = 16, 32
_BOX_WIDTH = 112


class DetailsPanel(QWidget):
    """Shows settings and tells when one was changed by hand."""

    settings_changed = Signal(object)  # TrainingSettings
    name_changed = Signal(str)
    reset_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = TrainingSettings()
        self._boxes = {knob.name: self._box(knob) for knob in KNOBS}
        self._titles = {knob.name: label("", parent=self, wrap=True) for knob in KNOBS}
        self._hints = {
            knob.name: label("", "secondary", self, wrap=True) for knob in KNOBS
        }
        self._grid = QGridLayout()
        self._cells: list[QVBoxLayout] = []
        self._columns = 0
        self._name_title = label("", parent=self)
        self._name = QLineEdit(self)
        self._name.editingFinished.connect(self._on_name_edited)
        self._reset = link_button("", self)
        self._reset.clicked.connect(self.reset_pressed)
        self._lay_out()

    def _lay_out(self) -> None:
        first = QHBoxLayout()
        first.setSpacing(12)
        first.addWidget(self._name_title)
        self._name.setFixedWidth(280)
        first.addWidget(self._name)
        first.addStretch(1)
        first.addWidget(self._reset)
        self._grid.setHorizontalSpacing(_GAP)
        self._grid.setVerticalSpacing(12)
        self._cells = [self._cell(knob) for knob in KNOBS]
        self._place_cells(_COLUMNS)
        column_layout = QVBoxLayout(self)
        column_layout.setContentsMargins(_MARGIN, 4, _MARGIN, _MARGIN)
        column_layout.setSpacing(12)
        column_layout.addLayout(first)
        column_layout.addLayout(self._grid)

    def _place_cells(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for number, cell in enumerate(self._cells):
            self._grid.removeItem(cell)
            self._grid.addLayout(cell, *divmod(number, columns))
        for column in range(_COLUMNS):
            self._grid.setColumnStretch(column, int(column < columns))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand in two columns where three have no room."""
        super().resizeEvent(event)
        self._place_cells(_COLUMNS if self._has_room() else _FEW_COLUMNS)

    def minimumSizeHint(self) -> QSize:
        """Ask for two columns, also while there are three."""
        cell = max(cell.minimumSize().width() for cell in self._cells)
        return QSize(_across(_FEW_COLUMNS, cell), super().minimumSizeHint().height())

    def _has_room(self) -> bool:
        """Whether every title stands on one line in three columns."""
        measure = self.fontMetrics().horizontalAdvance
        title = max(measure(title.text()) for title in self._titles.values())
        return self.width() >= _across(_COLUMNS, title + _BOX_WIDTH + 8)

    def _cell(self, knob: Knob) -> QVBoxLayout:
        head = QHBoxLayout()
        head.addWidget(self._titles[knob.name], 1)
        head.addWidget(self._boxes[knob.name])
        cell = QVBoxLayout()
        cell.setSpacing(2)
        cell.addLayout(head)
        cell.addWidget(self._hints[knob.name])
        cell.addStretch(1)
        return cell

    def _box(self, knob: Knob) -> QSpinBox | QDoubleSpinBox:
        box: QSpinBox | QDoubleSpinBox
        if knob.decimals:
            box = QDoubleSpinBox(self)
            box.setDecimals(knob.decimals)
            box.setRange(knob.low, knob.high)
            box.setSingleStep(knob.step)
        else:
            box = QSpinBox(self)
            box.setRange(int(knob.low), int(knob.high))
            box.setSingleStep(int(knob.step))
        box.setFixedWidth(_BOX_WIDTH)
        # Told when typing is done: every change asks for another check.
        box.setKeyboardTracking(False)
        box.valueChanged.connect(self._on_value_changed)
        return box

    def show_settings(
        self, settings: TrainingSettings, name: str, *, own: bool
    ) -> None:
        """Show settings; `own` tells that they are no longer the goal's."""
        self._settings = settings
        for knob_name, box in self._boxes.items():
            # Written back, not typed: nobody is to be told.
            box.blockSignals(True)
            box.setValue(getattr(settings, knob_name))
            box.blockSignals(False)
        if not self._name.hasFocus():
            self._name.setText(name)
        self._reset.setVisible(own)

    def retranslate(self) -> None:
        """Say everything in the language of now."""
        self._name_title.setText(self.tr("Name"))
        self._name.setAccessibleName(self.tr("Name of the run"))
        self._name.setPlaceholderText(self.tr("dataset and number"))
        self._reset.setText(self.tr("Back to the goal's values"))
        for knob in KNOBS:
            title = knobs.title(knob.name)
            self._titles[knob.name].setText(title)
            self._boxes[knob.name].setAccessibleName(title)
            self._hints[knob.name].setText(knobs.consequence(knob.name))

    def _on_value_changed(self) -> None:
        values: dict[str, Any] = {n: box.value() for n, box in self._boxes.items()}
        changed = dataclasses.replace(self._settings, **values)
        if changed != self._settings:
            self.settings_changed.emit(changed)

    def _on_name_edited(self) -> None:
        self.name_changed.emit(self._name.text())


def _across(columns: int, cell: int) -> int:
    return 2 * _MARGIN + columns * cell + (columns - 1) * _GAP
