"""What differs between two versions: a section for each part that changed."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from workbench.services.version_diff import Part, PartDiff, Place
from workbench.ui.lab.parts import GAP
from workbench.ui.widgets.diff_view import DiffView
from workbench.ui.widgets.section_label import label


class VersionChanges(QScrollArea):
    """Lists changed parts with struck and bold words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self._body = QWidget(self)
        self._column = QVBoxLayout(self._body)
        self._column.setContentsMargins(0, 0, GAP, 0)
        self._column.setSpacing(4)
        self._column.addStretch(1)
        self._shown: list[QWidget] = []
        self.views: list[DiffView] = []
        self.setWidget(self._body)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_changes(self, changes: Sequence[PartDiff]) -> None:
        """Show these parts in place of what was shown."""
        self._clear()
        for change in changes:
            name = self._name(change.place)
            self._add(label(name, "section", self._body))
            view = DiffView(self._body, fits=True)
            view.setAccessibleName(self.tr("Change of {part}").format(part=name))
            view.set_segments(change.segments)
            self.views.append(view)
            self._add(view)

    def say(self, text: str) -> None:
        """Show a sentence in place of changes."""
        self._clear()
        said: QLabel = label(text, "secondary", self._body, wrap=True)
        self._add(said)

    def _add(self, widget: QWidget) -> None:
        # Before the stretch that keeps everything at the top.
        self._column.insertWidget(self._column.count() - 1, widget)
        self._shown.append(widget)
        widget.show()

    def _clear(self) -> None:
        for widget in self._shown:
            self._column.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._shown.clear()
        self.views.clear()

    def _name(self, place: Place) -> str:
        names = {
            Part.SYSTEM: self.tr("Role and rules"),
            Part.TEMPLATE: self.tr("Message"),
            Part.THINKING: self.tr("Thinking"),
            Part.SHOT: self.tr("Example {number}"),
            Part.FILE: self.tr("File {number}"),
            Part.CONVERSATION: self.tr("Turn {number}"),
            Part.STEP: self.tr("Step {number}"),
            Part.PARAMETERS: self.tr("Parameters"),
        }
        return names[place.part].format(number=place.number)
