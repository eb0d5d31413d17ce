"""Asks into which dataset trials go."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QDialog, QVBoxLayout, QWidget

from workbench.domain.datasets import Dataset
from workbench.ui.data.dialog_foot import DialogFoot
from workbench.ui.lab.parts import GAP, MARGIN
from workbench.ui.widgets.section_label import label


class DatasetDialog(QDialog):
    """A name to choose or to type, and one button that says what it does."""

    named = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Build the dialog; `start` shows it."""
        super().__init__(parent)
        self._title = label("", "section", self)
        self.name = QComboBox(self)
        self.name.setEditable(True)
        self.name.setMinimumWidth(320)
        self._hint = label("", "secondary", self, wrap=True)
        self._foot = DialogFoot(self)
        self._foot.accepted.connect(self._on_accept)
        self._foot.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(GAP)
        for part in (self._title, self.name, self._hint, self._foot):
            layout.addWidget(part)

    def start(self, datasets: Sequence[Dataset], count: int) -> None:
        """Show the dialog for so many trials."""
        self.setWindowTitle(self.tr("Add to dataset"))
        self._title.setText(self.tr("Dataset"))
        self.name.setAccessibleName(self.tr("Dataset name"))
        self.name.clear()
        self.name.addItems([dataset.name for dataset in datasets])
        if not datasets:
            self.name.setEditText(self.tr("Records"))
        self._hint.setText(
            self.tr(
                "A trial becomes a record when its right answer is known: corrected, "
                "rated good, or expected. Others are left out and counted."
            )
        )
        self._foot.set_texts(
            self.tr("Add {n}").format(n=count),
            self.tr("Cancel"),
            self.tr("Add to this dataset"),
        )
        self.open()
        self.name.setFocus()

    def _on_accept(self) -> None:
        name = self.name.currentText().strip()
        if name:
            self.accept()
            self.named.emit(name)
