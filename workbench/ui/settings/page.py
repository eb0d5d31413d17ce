"""The settings page: a column of short sections."""

from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from workbench.domain.changes import ChangeSet
from workbench.ui.settings.aws_section import AwsSection
from workbench.ui.settings.endpoints_section import EndpointsSection
from workbench.ui.settings.folders_section import FoldersSection
from workbench.ui.settings.look_section import LookSection
from workbench.ui.settings.practice_section import PracticeSection
from workbench.ui.settings.storage_section import StorageSection
from workbench.ui.settings.worker_section import WorkerSection
from workbench.ui.shell.context import Context
from workbench.ui.shell.page import Page
from workbench.ui.widgets.lines import horizontal_line

_WIDTH = 640


class SettingsPage(Page):
    """Language, appearance, connections, models, their Python, storage."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """Build the sections."""
        super().__init__(context, parent)
        inner = QWidget(self)
        inner.setFixedWidth(_WIDTH)
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        self._look = LookSection(context, inner)
        self._aws = AwsSection(context, inner)
        self._practice = PracticeSection(context, inner)
        self._endpoints = EndpointsSection(context, inner)
        self._folders = FoldersSection(context, inner)
        self._worker = WorkerSection(context, inner)
        self._storage = StorageSection(context, inner)
        self._sections = (
            self._look,
            self._aws,
            self._practice,
            self._endpoints,
            self._folders,
            self._worker,
            self._storage,
        )
        for place, section in enumerate(self._sections):
            if place:
                column.addWidget(horizontal_line(inner))
            column.addWidget(section)
        column.addStretch(1)
        outer = QWidget(self)
        row = QHBoxLayout(outer)
        row.setContentsMargins(16, 16, 16, 16)
        row.addWidget(inner)
        row.addStretch(1)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setWidget(outer)
        self._area = area
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)

    def title(self) -> str:
        """Return the title."""
        return self.tr("Settings")

    def retranslate(self) -> None:
        """Say everything in the current language."""
        self._area.setAccessibleName(self.tr("All settings"))
        for section in self._sections:
            section.retranslate()

    def refresh(self, changes: ChangeSet | None) -> None:
        """Measure the project anew."""
        self._storage.read()

    def opened(self) -> None:
        """Look again at profiles, servers, folders, interpreter and sizes."""
        for section in self._sections:
            section.read()
