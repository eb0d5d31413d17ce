"""Folders with models on this computer: what is in them, or why nothing is."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from workbench.domain.errors import WorkbenchError
from workbench.domain.models import ModelKind, ModelRef
from workbench.ui.settings.folder_row import FolderRow
from workbench.ui.shell.context import Context
from workbench.ui.shell.phrases import phrase_error
from workbench.ui.shell.weak import weak_slot
from workbench.ui.widgets.buttons import plain_button
from workbench.ui.widgets.notice import Notice
from workbench.ui.widgets.section_label import label


class FoldersSection(QWidget):
    """Adds and removes model folders; nothing on disk is changed."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """Build the section."""
        super().__init__(parent)
        self._context = context
        self._head = label(role="strong", parent=self)
        self._explanation = label(role="secondary", parent=self, wrap=True)
        self._rows: dict[str, FolderRow] = {}
        self._list = QVBoxLayout()
        self._list.setSpacing(4)
        self._notice = Notice("error", parent=self)
        self._notice.hide()
        self._add = plain_button("", self)
        self._add.clicked.connect(self._on_add)
        buttons = QHBoxLayout()
        buttons.addWidget(self._add)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._head)
        column.addWidget(self._explanation)
        column.addLayout(self._list)
        column.addWidget(self._notice)
        column.addLayout(buttons)

    def read(self) -> None:
        """Look what is in the folders now."""
        self._show_rows()
        models = self._context.services.models
        self._context.bridge.call(models.choices, done=self._show_found)

    def retranslate(self) -> None:
        """Say everything in the current language."""
        self._head.setText(self.tr("Models on this computer"))
        self._explanation.setText(
            self.tr(
                "The built-in model is a toy that comes with the program. Folders in "
                "the format of Hugging Face transformers can be added; nothing in them "
                "is changed."
            )
        )
        self._add.setText(self.tr("Add a folder…"))
        self._add.setAccessibleName(self.tr("Add a model folder"))
        for row in self._rows.values():
            row.retranslate()

    def add_folder(self, name: str) -> None:
        """Add a folder, or say why there is no model in it."""
        self._context.bridge.call(
            self._context.services.models.add_folder,
            Path(name),
            done=self._on_added,
            failed=self._on_refused,
        )

    def _on_add(self) -> None:
        chooser = QFileDialog(self.window(), self.tr("Model folder"))
        chooser.setFileMode(QFileDialog.FileMode.Directory)
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.fileSelected.connect(self.add_folder)
        chooser.open()

    def _on_added(self, model: ModelRef) -> None:
        text = self.tr("{name} can be used now.").format(name=model.name)
        self._notice.set_notice("good", text)
        self.read()

    def _on_refused(self, error: WorkbenchError) -> None:
        details = error.sentence if error.details or error.sentence else ""
        self._notice.set_notice("error", f"{phrase_error(error)}\n{details}".strip())

    def _show_rows(self) -> None:
        folders = self._context.services.preferences.current.model_folders
        for name in [known for known in self._rows if known not in folders]:
            row = self._rows.pop(name)
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        for name in folders:
            if name not in self._rows:
                row = FolderRow(name, self)
                row.removed.connect(weak_slot(self._remove, name))
                self._rows[name] = row
                self._list.addWidget(row)

    def _show_found(self, models: tuple[ModelRef, ...]) -> None:
        found = [m for m in models if m.kind is ModelKind.LOCAL and not m.adapter_ulid]
        for name, row in self._rows.items():
            here = [m.name for m in found if Path(m.path).is_relative_to(Path(name))]
            row.set_found(tuple(here))

    def _remove(self, name: str) -> None:
        self._context.services.models.remove_folder(Path(name))
        self._notice.hide()
        self.read()
