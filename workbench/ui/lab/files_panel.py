"""Files that go along with the message: each with its size and how it is sent."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from workbench.domain.content import FileKind, FilePart, SendAs
from workbench.ui.lab.panel import Panel
from workbench.ui.lab.parts import GAP, set_words
from workbench.ui.shell.weak import weak_slot
from workbench.ui.widgets.buttons import link_button, quiet_button
from workbench.ui.widgets.elided_label import ElidedLabel
from workbench.ui.widgets.notice import Notice
from workbench.ui.widgets.section_label import label

_FORMATS = "*.txt *.md *.csv *.pdf *.docx *.xlsx *.html *.htm"
_IMAGES = "*.png *.jpg *.jpeg *.gif *.webp"


class FilesPanel(Panel):
    """Shows the draft's files; who owns the draft adds, changes and removes them."""

    chosen = Signal(object)
    """Paths of files that are to go along."""
    removed = Signal(int)
    switched = Signal(int)
    """The place of a file that is to be sent the other way."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start without files."""
        super().__init__(parent)
        self._files: tuple[FilePart, ...] = ()
        self._rows: list[QWidget] = []
        self._title = label("", "section", self)
        self.add_button = link_button("", self)
        self.add_button.clicked.connect(self._on_add)
        self._problem = Notice("error", "", self)
        self._problem.hide()
        head = QHBoxLayout()
        head.setSpacing(GAP)
        head.addWidget(self._title)
        head.addWidget(self.add_button)
        head.addStretch(1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addLayout(head)
        self._column.addWidget(self._problem)
        self.built()

    def show_files(self, files: Sequence[FilePart]) -> None:
        """Show these files; nothing is built anew when they are the same."""
        if tuple(files) != self._files:
            self._files = tuple(files)
            self._build()

    def show_problem(self, text: str) -> None:
        """Say why a file does not go along; empty takes the sentence away."""
        self._problem.set_notice("error", text)

    def retranslate(self) -> None:
        """Put every visible word in the current language."""
        self._title.setText(self.tr("Files"))
        self._title.setToolTip(self.tr("Context that goes along with the message"))
        set_words(
            self.add_button,
            self.tr("+ Add a file"),
            self.tr("Text, tables, PDF, Office and pictures; or drop them here"),
            self.tr("Add a file to the prompt"),
        )
        self._build()

    # ------------------------------------------------------------ rows

    def _build(self) -> None:
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = [self._row(*each) for each in enumerate(self._files)]
        for row in self._rows:
            self._column.addWidget(row)
            row.show()

    def _row(self, place: int, part: FilePart) -> QWidget:
        row = QWidget(self)
        name = ElidedLabel(part.name, row)
        size = label(QLocale().formattedDataSize(part.size), "secondary", row)
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP)
        layout.addWidget(name, 1)
        layout.addWidget(size)
        if part.kind is FileKind.DOCUMENT:
            layout.addWidget(self._switch(place, part, row))
        else:
            layout.addWidget(label(self.tr("as a picture"), "secondary", row))
        remove = quiet_button("✕", row)
        removal = self.tr("Remove “{name}”").format(name=part.name)
        set_words(remove, "✕", "", removal)
        remove.clicked.connect(weak_slot(self._on_remove, place))
        layout.addWidget(remove)
        return row

    def _switch(self, place: int, part: FilePart, row: QWidget) -> QPushButton:
        is_text = part.send_as is SendAs.TEXT
        words = self.tr("as its text") if is_text else self.tr("as a file")
        tip = self.tr(
            "As a file where the model takes it, or always as the text that was read "
            "from it. Click to change."
        )
        button = quiet_button("", row)
        name = self.tr("How “{name}” is sent: {words}")
        set_words(button, words, tip, name.format(name=part.name, words=words))
        button.clicked.connect(weak_slot(self._on_switch, place))
        return button

    def _on_remove(self, place: int, *_: object) -> None:
        self.removed.emit(place)

    def _on_switch(self, place: int, *_: object) -> None:
        self.switched.emit(place)

    def _on_add(self) -> None:
        kinds = self.tr("Files for models ({patterns})")
        dialog = QFileDialog(self, self.tr("Choose files for the prompt"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilter(kinds.format(patterns=f"{_FORMATS} {_IMAGES}"))
        dialog.filesSelected.connect(self._on_chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_chosen(self, paths: Sequence[str]) -> None:
        self.chosen.emit(tuple(map(Path, paths)))
