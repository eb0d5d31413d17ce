"""One model folder: its path, what was found in it, and a way to take it off."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from workbench.ui.widgets.elided_label import ElidedLabel
from workbench.ui.widgets.icon_button import IconButton
from workbench.ui.widgets.section_label import label


class FolderRow(QWidget):
    """Shows a folder."""

    removed = Signal()

    def __init__(self, folder: str, parent: QWidget | None = None) -> None:
        """Show a folder that has not been looked into."""
        super().__init__(parent)
        self._folder = folder
        self._found: tuple[str, ...] | None = None
        path = ElidedLabel(folder, self, Qt.TextElideMode.ElideMiddle)
        self._state = label(role="secondary", parent=self, wrap=True)
        self._remove = IconButton("close", parent=self)
        self._remove.clicked.connect(self._on_remove)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(path)
        words.addWidget(self._state)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addLayout(words, 1)
        row.addWidget(self._remove)
        self.retranslate()

    def set_found(self, names: tuple[str, ...]) -> None:
        """Say which models are in the folder."""
        self._found = names
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the current language."""
        self._remove.set_name(
            self.tr("Take {folder} off the list").format(folder=self._folder)
        )
        if self._found is None:
            self._state.setText(self.tr("Looking…"))
        elif self._found:
            self._state.setText(", ".join(self._found))
        else:
            self._state.setText(
                self.tr("No model here: no folder with config.json and weights.")
            )

    def _on_remove(self) -> None:
        self.removed.emit()
