"""What the open project takes on disk, and cleaning up."""

from collections.abc import Mapping

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from workbench.ui.shell.context import Context
from workbench.ui.shell.phrases import phrase_bytes
from workbench.ui.widgets.buttons import plain_button
from workbench.ui.widgets.section_label import label

_KINDS = ("database", "runs", "adapters", "backups", "bin")


class StorageSection(QWidget):
    """Shows sizes by kind; empties the bin after asking."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """Build the section."""
        super().__init__(parent)
        self._context = context
        self._head = label(role="strong", parent=self)
        self._place = label(role="secondary", parent=self, wrap=True)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(2, 1)
        self._names: dict[str, QLabel] = {}
        self._sizes: dict[str, QLabel] = {}
        for row, kind in enumerate(_KINDS):
            self._names[kind] = label(parent=self)
            self._sizes[kind] = label(role="secondary", parent=self)
            self._grid.addWidget(self._names[kind], row, 0)
            self._grid.addWidget(self._sizes[kind], row, 1)
        self._empty = plain_button("", self)
        self._empty.clicked.connect(self._on_empty)
        buttons = QHBoxLayout()
        buttons.addWidget(self._empty)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._head)
        column.addWidget(self._place)
        column.addLayout(self._grid)
        column.addLayout(buttons)

    def read(self) -> None:
        """Measure the open project."""
        projects = self._context.services.projects
        self.setVisible(projects.is_open)
        if projects.is_open:
            self._place.setText(str(projects.path()))
            self._context.bridge.call(projects.sizes, done=self._show)

    def retranslate(self) -> None:
        """Say everything in the current language."""
        self._head.setText(self.tr("This project on disk"))
        names = {
            "database": self.tr("Project file"),
            "runs": self.tr("Tuning runs"),
            "adapters": self.tr("Tuned models"),
            "backups": self.tr("Copies made before updates"),
            "bin": self.tr("In the bin"),
        }
        for kind, text in names.items():
            self._names[kind].setText(text)
        self._empty.setText(self.tr("Empty the bin…"))
        self._empty.setAccessibleName(self.tr("Empty the bin"))

    def _show(self, sizes: Mapping[str, int]) -> None:
        for kind in _KINDS:
            self._sizes[kind].setText(phrase_bytes(sizes.get(kind, 0)))
        self._empty.setEnabled(sizes.get("bin", 0) > 0)

    def _on_empty(self) -> None:
        self._context.ask(
            self.tr("Delete for good what lies in the bin?"),
            accept=self.tr("Empty the bin"),
            accepted=self._empty_bin,
            explanation=self.tr("This cannot be taken back. Everything else is kept."),
        )

    def _empty_bin(self) -> None:
        projects = self._context.services.projects
        self._context.bridge.call(projects.empty_bin, done=self._on_emptied)

    def _on_emptied(self, nothing: None) -> None:
        del nothing
        self._context.notify(self.tr("The bin is empty."))
        self.read()
