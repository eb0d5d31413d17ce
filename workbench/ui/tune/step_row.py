"""The three choices that make a run: data, model, goal."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from workbench.domain.tuning import Goal
from workbench.ui.shell import icons
from workbench.ui.shell.phrases import phrase_model
from workbench.ui.tune import phrasing
from workbench.ui.tune.overview import Overview
from workbench.ui.tune.presenter import Plan
from workbench.ui.widgets.buttons import plain_button, quiet_button
from workbench.ui.widgets.elided_label import ElidedLabel
from workbench.ui.widgets.section_label import SectionLabel

_NARROW = 720


class StepRow(QWidget):
    """Shows the choices of the plan and tells when one is made."""

    dataset_chosen = Signal(object)  # Dataset
    base_chosen = Signal(object)  # ModelRef
    goal_chosen = Signal(object)  # Goal
    details_toggled = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._overview = Overview()
        self._plan = Plan()
        self._heads = [SectionLabel("", self) for _ in range(3)]
        self._notes = [ElidedLabel("", self) for _ in range(3)]
        for note in self._notes:
            note.setProperty("role", "secondary")
        self._dataset = QComboBox(self)
        self._dataset.activated.connect(self._on_dataset_activated)
        self._base = QComboBox(self)
        for box in (self._dataset, self._base):
            # A long name must not push the other steps out of a small window.
            box.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            box.setMinimumContentsLength(3)
        self._base.activated.connect(self._on_base_activated)
        self._goals = QButtonGroup(self)
        for number, _ in enumerate(Goal):
            button = plain_button("", self)
            button.setCheckable(True)
            self._goals.addButton(button, number)
        self._goals.idClicked.connect(self._on_goal_clicked)
        self._details = quiet_button("", self)
        self._details.setCheckable(True)
        self._details.toggled.connect(self._on_details_toggled)
        self._lay_out()

    def _lay_out(self) -> None:
        goals = QWidget(self)
        inner = QHBoxLayout(goals)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(8)
        for button in self._goal_buttons():
            inner.addWidget(button)
        inner.addStretch(1)
        inner.addWidget(self._details)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(24)
        fields = (self._dataset, self._base, goals)
        widths = (3, 3, 4)
        for head, field, note, width in zip(
            self._heads, fields, self._notes, widths, strict=True
        ):
            column = QVBoxLayout()
            column.setSpacing(6)
            column.addWidget(head)
            column.addWidget(field)
            column.addWidget(note)
            row.addLayout(column, width)

    def show_plan(self, overview: Overview, plan: Plan) -> None:
        """Show what can be chosen and what is."""
        if overview is not self._overview:
            self._overview = overview
            self._fill()
        self._plan = plan
        if plan.dataset in overview.datasets:
            self._dataset.setCurrentIndex(overview.datasets.index(plan.dataset))
        if plan.base in overview.models:
            self._base.setCurrentIndex(overview.models.index(plan.base))
        self._goals.button(list(Goal).index(plan.goal)).setChecked(True)
        for widget in (self._dataset, self._base, *self._goal_buttons()):
            widget.setEnabled(not plan.is_checking)
        self._show_notes()

    def retranslate(self) -> None:
        """Say everything in the language of now."""
        heads = (self.tr("1  Data"), self.tr("2  Model"), self.tr("3  Goal"))
        for head, text in zip(self._heads, heads, strict=True):
            head.setText(text)
        self._dataset.setAccessibleName(self.tr("Dataset to learn from"))
        self._base.setAccessibleName(self.tr("Model to tune"))
        for index, model in enumerate(self._overview.models):
            self._base.setItemText(index, phrase_model(model))
        for goal, button in zip(Goal, self._goal_buttons(), strict=True):
            button.setText(phrasing.goal(goal))
            button.setToolTip(phrasing.goal_hint(goal))
        self._name_details()
        self._details.setAccessibleName(self.tr("Details of the training"))
        self._show_notes()
        self.restyle()

    def restyle(self) -> None:
        """Follow the theme."""
        name = "chevron-down" if self._details.isChecked() else "chevron-right"
        self._details.setIcon(icons.icon(name))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out a word where a small window has no room for it."""
        super().resizeEvent(event)
        self._name_details()

    def _name_details(self) -> None:
        self._details.setText(self.tr("Details") if self.width() >= _NARROW else "")

    def _goal_buttons(self) -> list[QPushButton]:
        return [b for b in self._goals.buttons() if isinstance(b, QPushButton)]

    def _fill(self) -> None:
        self._dataset.clear()
        self._dataset.addItems([dataset.name for dataset in self._overview.datasets])
        self._base.clear()
        self._base.addItems([phrase_model(model) for model in self._overview.models])

    def _show_notes(self) -> None:
        plan = self._plan
        data = phrasing.parts(plan.dataset) if plan.dataset else ""
        base = phrasing.model_note(plan.base) if plan.base else ""
        texts = (data, base, phrasing.goal_hint(plan.goal))
        for note, text in zip(self._notes, texts, strict=True):
            note.set_text(text)

    def _on_dataset_activated(self, index: int) -> None:
        self.dataset_chosen.emit(self._overview.datasets[index])

    def _on_base_activated(self, index: int) -> None:
        self.base_chosen.emit(self._overview.models[index])

    def _on_goal_clicked(self, number: int) -> None:
        self.goal_chosen.emit(list(Goal)[number])

    def _on_details_toggled(self, shown: bool) -> None:
        self.restyle()
        self.details_toggled.emit(shown)
