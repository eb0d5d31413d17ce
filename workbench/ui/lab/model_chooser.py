"""The list of models above the answer."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from workbench.domain.models import ModelKind, ModelRef
from workbench.ui.lab.model_choice import ModelChoice
from workbench.ui.lab.panel import Panel
from workbench.ui.shell.phrases import phrase_model
from workbench.ui.widgets.section_label import label
from workbench.ui.widgets.tips import plain_tip


class ModelChooser(Panel):
    """Chooses a model and says what it is."""

    def __init__(self, choice: ModelChoice, parent: QWidget | None = None) -> None:
        """Show and change this choice."""
        super().__init__(parent)
        self._choice = choice
        self.combo = QComboBox(self)
        self.combo.setMinimumWidth(220)
        self.combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.combo.activated.connect(choice.choose)
        self._note = label("", "secondary", self, wrap=True)
        row = QHBoxLayout()
        row.addWidget(self.combo)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(row)
        layout.addWidget(self._note)
        choice.changed.connect(self._show)
        self.built()

    def retranslate(self) -> None:
        """Put every visible word in the current language."""
        self.combo.setAccessibleName(self.tr("Model"))
        self._show()

    def _show(self) -> None:
        models = self._choice.models
        labels = [phrase_model(model) for model in models]
        shown = [self.combo.itemText(i) for i in range(self.combo.count())]
        if labels != shown:
            self.combo.clear()
            self.combo.addItems(labels)
        for place, model in enumerate(models):
            tip = plain_tip(model.path)
            self.combo.setItemData(place, tip, Qt.ItemDataRole.ToolTipRole)
        if self._choice.chosen in models:
            self.combo.setCurrentIndex(models.index(self._choice.chosen))
        self._note.setText(self._explain(self._choice.chosen))

    def _explain(self, model: ModelRef) -> str:
        if model.kind is ModelKind.BUILTIN:
            text = self.tr("A toy made for practice: real, tiny, and often wrong.")
        else:
            folder = Path(model.path).name
            text = self.tr("On this computer, folder {folder}.").format(folder=folder)
        if model.adapter_ulid:
            more = self.tr("Tuned: the adapter is on.")
            return f"{text} {more}"
        return text
