"""The versions of the prompt: names, notes, results, what differs, and back again."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from workbench.domain.changes import ChangeSet, Kind
from workbench.domain.trials import PromptVersion
from workbench.services.prompts import Restored, VersionSummary
from workbench.services.version_diff import PartDiff
from workbench.ui.lab.growing_edit import GrowingEdit
from workbench.ui.lab.parts import GAP, MARGIN
from workbench.ui.lab.plain_table import PlainTable
from workbench.ui.lab.version_changes import VersionChanges
from workbench.ui.lab.versions_model import CREATED, NAME, NUMBER, VersionsModel
from workbench.ui.shell.context import Context
from workbench.ui.widgets.buttons import plain_button, primary_button
from workbench.ui.widgets.section_label import label

_WIDTHS = {NUMBER: 72, CREATED: 150}


class VersionsSheet(QDialog):
    """Lists the versions; what is chosen is described and compared below."""

    restored = Signal(object)
    """`Restored`: a version stands in the draft."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """Build the dialog; `start` reads and shows it."""
        super().__init__(parent)
        self._context = context
        self._shown = 0
        """The version whose name and note stand in the fields."""
        self._model = VersionsModel(self)
        self.table = PlainTable(self)
        self.table.setModel(self._model)
        self._name_title, self._note_title = label(parent=self), label(parent=self)
        self.name = QLineEdit(self)
        self.note = GrowingEdit(self, most=3)
        self._against_title = label(parent=self)
        self.against = QComboBox(self)
        self._legend = label("", "secondary", self)
        self.changes = VersionChanges(self)
        self.restore_button = primary_button("", self)
        self._close = plain_button("", self)
        self._lay_out()
        self._connect()
        self.resize(940, 700)

    def _lay_out(self) -> None:
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        for column in range(self._model.columnCount()):
            header.resizeSection(column, _WIDTHS.get(column, 130))
        about = QGridLayout()
        about.setHorizontalSpacing(GAP)
        about.setVerticalSpacing(GAP)
        titles = (self._name_title, self._note_title, self._against_title)
        fields = (self.name, self.note, self.against)
        for row, (title, field) in enumerate(zip(titles, fields, strict=True)):
            title.setBuddy(field)
            about.addWidget(title, row, 0)
            about.addWidget(field, row, 1)
        about.setColumnStretch(1, 1)
        foot = QHBoxLayout()
        foot.setSpacing(GAP)
        foot.addWidget(self._legend, 1)
        foot.addWidget(self._close)
        foot.addWidget(self.restore_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(GAP)
        layout.addWidget(self.table, 3)
        layout.addLayout(about)
        layout.addWidget(self.changes, 4)
        layout.addLayout(foot)

    def _connect(self) -> None:
        selected = self.table.selectionModel()
        selected.currentRowChanged.connect(self._on_row)
        self.name.editingFinished.connect(self._keep)
        self.note.left.connect(self._keep)
        self.against.activated.connect(self._compare)
        self.restore_button.clicked.connect(self._on_restore)
        self._close.clicked.connect(self.close)
        self.finished.connect(self._keep)
        self._context.bridge.changed.connect(self._on_changed)

    def start(self) -> None:
        """Read the versions and show the dialog."""
        self._retranslate()
        self._on_row()
        self._load()
        self.open()
        self.table.setFocus()

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("Versions of the prompt"))
        self.table.setAccessibleName(self.tr("Versions"))
        self._name_title.setText(self.tr("Name"))
        self.name.setAccessibleName(self.tr("Name of the version"))
        self.name.setPlaceholderText(self.tr("Such as “with the new rules”"))
        self._note_title.setText(self.tr("Note"))
        self.note.setAccessibleName(self.tr("Note on the version"))
        self._against_title.setText(self.tr("Compare with"))
        self.against.setAccessibleName(self.tr("Version to compare with"))
        self.restore_button.setText(self.tr("Put this version into the editor"))
        self._close.setText(self.tr("Close"))

    # ------------------------------------------------------------ reading

    def chosen(self) -> PromptVersion | None:
        """Return the version the sheet speaks of."""
        row = self.table.currentIndex().row()
        return self._model.rows[row].version if row >= 0 else None

    def _load(self) -> None:
        prompts = self._context.services.prompts
        self._context.bridge.call(prompts.summaries, done=self._on_summaries)

    def _on_changed(self, changes: ChangeSet) -> None:
        if self.isVisible() and changes.touches(Kind.VERSION):
            self._load()

    def _on_summaries(self, found: Sequence[VersionSummary]) -> None:
        chosen = self.chosen()
        self._model.set_rows(found)
        row = self._model.row_of(chosen.id) if chosen is not None else 0
        if found and self.table.currentIndex().row() != row:
            self.table.selectRow(max(0, row))
        self._on_row()

    # ------------------------------------------------------------ one version

    def _on_row(self) -> None:
        version = self.chosen()
        for field in (self.name, self.note, self.against, self.restore_button):
            field.setEnabled(version is not None)
        if version is None:
            self.changes.say(
                self.tr("A prompt becomes a version when it is first run.")
            )
            self._legend.clear()
            return
        if version.id != self._shown:
            self._keep()
            self._shown = version.id
            self._fill_against(version)
        self._name_against()
        if not self.name.hasFocus():
            self.name.setText(version.name)
        if not self.note.hasFocus():
            self.note.show_text(version.note)

    def _keep(self) -> None:
        """Keep name and note of the version they belong to."""
        row = self._model.row_of(self._shown)
        if row < 0:
            return
        version = self._model.rows[row].version
        name, note = self.name.text().strip(), self.note.toPlainText()
        prompts, bridge = self._context.services.prompts, self._context.bridge
        if name != version.name:
            bridge.call(prompts.name, version.id, name)
        if note != version.note:
            bridge.call(prompts.note, version.id, note)

    def _fill_against(self, version: PromptVersion) -> None:
        """Offer every other version, the one before this one first."""
        others = [s.version for s in self._model.rows if s.version.id != version.id]
        self.against.clear()
        for other in others:
            self.against.addItem(f"v{other.number}", other.id)
        before = (i for i, o in enumerate(others) if o.number < version.number)
        self.against.setCurrentIndex(next(before, len(others) - 1))
        self.against.setEnabled(bool(others))
        self._compare()

    def _name_against(self) -> None:
        """Say the names, which may have changed since they were offered."""
        for place in range(self.against.count()):
            row = self._model.row_of(self.against.itemData(place))
            if row >= 0:
                other = self._model.rows[row].version
                text = f"v{other.number}  {other.name}".strip()
                self.against.setItemText(place, text)

    def _compare(self) -> None:
        version, other = self.chosen(), self.against.currentData()
        if version is None or not isinstance(other, int):
            self.changes.say(self.tr("There is no other version to compare with yet."))
            self._legend.clear()
            return
        self.changes.say(self.tr("Comparing …"))
        prompts = self._context.services.prompts
        self._context.bridge.call(
            prompts.differences, other, version.id, done=self._on_differences
        )

    def _on_differences(self, found: Sequence[PartDiff]) -> None:
        version = self.chosen()
        if version is None:
            return
        if not found:
            self.changes.say(self.tr("Nothing that is sent differs."))
        else:
            self.changes.show_changes(found)
        text = self.tr("Struck: only in {old}. Bold: only in {new}.")
        old = self.against.currentText().split(" ", 1)[0]
        self._legend.setText(text.format(old=old, new=f"v{version.number}"))

    def _on_restore(self) -> None:
        version = self.chosen()
        if version is not None:
            prompts = self._context.services.prompts
            self._context.bridge.call(
                prompts.restore, version.id, done=self._on_restored
            )

    def _on_restored(self, restored: Restored) -> None:
        self.restored.emit(restored)
        self.close()
