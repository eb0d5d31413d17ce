"""What is shown while no project is open."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from workbench.domain.changes import ChangeSet
from workbench.services.projects import RecentProject
from workbench.ui.shell import icons
from workbench.ui.shell.context import Context
from workbench.ui.shell.page import Page
from workbench.ui.shell.weak import weak_slot
from workbench.ui.widgets.buttons import link_button, plain_button, primary_button
from workbench.ui.widgets.elided_label import ElidedLabel
from workbench.ui.widgets.icon_button import IconButton
from workbench.ui.widgets.section_label import SectionLabel, label

_WIDTH = 520


class WelcomePage(Page):
    """New, open, sample, and what was open before."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """Build the page without the list of recent projects."""
        super().__init__(context, parent)
        self._picture = QLabel(self)
        self._picture.setFixedHeight(48)
        self._name = label(role="number", parent=self)
        self._sentence = label(parent=self, wrap=True)
        self._new = primary_button("", self)
        self._new.clicked.connect(weak_slot(self._command, "new"))
        self._open = plain_button("", self)
        self._open.clicked.connect(weak_slot(self._command, "open"))
        self._own = plain_button("", self)
        self._own.clicked.connect(weak_slot(self._command, "own"))
        self._sample = link_button("", self)
        self._sample.clicked.connect(weak_slot(self._command, "sample"))
        self._guide = link_button("", self)
        self._guide.clicked.connect(weak_slot(self._command, "guide"))
        self._head = SectionLabel(parent=self)
        self._rows: list[QWidget] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(4)
        self._recent: tuple[RecentProject, ...] = ()
        self._lay_out()

    def title(self) -> str:
        """Return the title."""
        return self.tr("Welcome")

    def retranslate(self) -> None:
        """Say everything in the current language."""
        self._name.setText(self.tr("Workbench"))
        self._sentence.setText(
            self.tr(
                "You know what a good answer looks like. Try prompts, keep every "
                "answer, correct what is wrong – and let a model learn from it."
            )
        )
        self._new.setText(self.tr("New project…"))
        self._open.setText(self.tr("Open project…"))
        self._own.setText(self.tr("Start with your own examples…"))
        self._sample.setText(self.tr("Open the sample project"))
        self._guide.setText(self.tr("Guided tour of the sample project"))
        self._head.setText(self.tr("Open again"))
        self.restyle()
        self._show_recent(self._recent)

    def restyle(self) -> None:
        """Draw the logo."""
        ratio = self.devicePixelRatioF()
        self._picture.setPixmap(icons.pixmap("logo", 48, ratio=ratio))

    def refresh(self, changes: ChangeSet | None) -> None:
        """Read which projects were open before."""
        self._read()

    def opened(self) -> None:
        """Read the list anew: a project was opened and closed meanwhile."""
        self._read()

    def _lay_out(self) -> None:
        buttons = _row_of(self._new, self._own, self._open)
        links = _row_of(self._guide, self._sample)
        block = QWidget(self)
        block.setFixedWidth(_WIDTH)
        inner = QVBoxLayout(block)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(8)
        inner.addWidget(self._picture)
        inner.addSpacing(8)
        inner.addWidget(self._name)
        inner.addWidget(self._sentence)
        inner.addSpacing(16)
        inner.addLayout(buttons)
        inner.addLayout(links)
        inner.addSpacing(24)
        inner.addWidget(self._head)
        inner.addLayout(self._list)
        column = QVBoxLayout(self)
        column.addStretch(2)
        # Not by alignment: a box layout then ignores that height depends on width.
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(block)
        middle.addStretch(1)
        column.addLayout(middle)
        column.addStretch(3)

    def _read(self) -> None:
        self.context.bridge.call(
            self.context.services.projects.recent, done=self._show_recent
        )

    def _show_recent(self, recent: Sequence[RecentProject]) -> None:
        self._recent = tuple(recent)
        self._head.setVisible(bool(recent))
        for row in self._rows:
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = [self._row(project) for project in recent]
        for row in self._rows:
            self._list.addWidget(row)

    def _row(self, project: RecentProject) -> QWidget:
        row = QWidget(self)
        name = link_button(project.name, row)
        name.setEnabled(project.exists)
        name.setAccessibleName(self.tr("Open {name}").format(name=project.name))
        name.clicked.connect(weak_slot(self._open_recent, project.path))
        place = ElidedLabel(
            str(project.path.parent) if project.exists else self.tr("no longer there"),
            row,
            Qt.TextElideMode.ElideMiddle,
        )
        place.setProperty("role", "secondary")
        forget = IconButton("close", parent=row)
        forget.set_name(self.tr("Take {name} off the list").format(name=project.name))
        forget.clicked.connect(weak_slot(self._forget, project.path))
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(name)
        line.addWidget(place, 1)
        line.addWidget(forget)
        return row

    def _command(self, name: str, checked: bool = False) -> None:
        del checked
        self.context.host.command(name)

    def _open_recent(self, path: Path, checked: bool = False) -> None:
        del checked
        self.context.host.open_project(path)

    def _forget(self, path: Path, checked: bool = False) -> None:
        del checked
        self.context.services.projects.forget(path)
        self._read()


def _row_of(*buttons: QPushButton) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    for button in buttons:
        row.addWidget(button)
    row.addStretch(1)
    return row
