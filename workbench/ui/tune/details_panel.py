"""The folded settings of a run, each with its consequence."""

import dataclasses
from typing import Any

from PySide6.QtCore import Signal
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


class DetailsPanel(QWidget):
    """Shows settings and tells when one was changed by hand."""

    settings_changed = Signal(object)  # TrainingSettings
    name_changed = Signal(str)
    reset_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = TrainingSettings()
        self._boxes = {knob.name: self._box(knob) for knob in KNOBS}
        self._titles = {knob.name: label("", parent=self) for knob in KNOBS}
        self._hints = {
            knob.name: label("", "secondary", self, wrap=True) for knob in KNOBS
        }
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
        grid = QGridLayout()
        grid.setHorizontalSpacing(32)
        grid.setVerticalSpacing(12)
        for number, knob in enumerate(KNOBS):
            row, column = divmod(number, _COLUMNS)
            grid.addLayout(self._cell(knob), row, column)
            grid.setColumnStretch(column, 1)
        column_layout = QVBoxLayout(self)
        column_layout.setContentsMargins(16, 4, 16, 16)
        column_layout.setSpacing(12)
        column_layout.addLayout(first)
        column_layout.addLayout(grid)

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
        box.setFixedWidth(112)
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
