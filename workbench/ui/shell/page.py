"""The base of every page.

The window builds a page when it is first shown, for one project, and throws it away
with the project; so a page never has to forget an old one. A page that is not shown
does no work: changes that arrive meanwhile are joined, and told when it is shown again.
"""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from workbench.domain.changes import ChangeSet
from workbench.domain.guide import Spot
from workbench.ui.shell.context import Context


class Page(QWidget):
    """A page of the window.

    Its own `QAction`s (`addAction`) are found by the command palette and the list of
    keys while the page is shown; they fire within the page.
    """

    guide_targets_changed = Signal()
    """Another control is the one that `guide_target` returns."""

    # Not in __init__: Qt may send change events while the base class is being built.
    _is_fresh = True

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """Build the widgets in the subclass; read nothing yet."""
        super().__init__(parent)
        self.context = context
        self._unseen = ChangeSet()
        context.bridge.changed.connect(self._on_changed)

    def title(self) -> str:
        """Return the translated title shown in the header."""
        raise NotImplementedError

    def header(self) -> QWidget | None:
        """Return a row of widgets to stand beside the title, or None."""
        return None

    def retranslate(self) -> None:
        """Set every visible text; called once at first and on a change of language."""

    def restyle(self) -> None:
        """Ask again for icons and colours; called when the theme has changed."""

    def refresh(self, changes: ChangeSet | None) -> None:
        """Show what has changed; None means "read everything"."""

    def target(self, **target: object) -> None:
        """Show what `Navigator.go` was asked for; called after `opened`."""

    def opened(self) -> None:
        """Called each time the page becomes the one that is shown."""

    def closed(self) -> None:
        """Called each time the page stops being the one that is shown."""

    def guide_target(self, spot: Spot) -> QWidget | None:
        """Return the control that a step of the guided path means; None is none."""
        del spot
        return None

    def show_guide_target(self, spot: Spot) -> None:
        """Bring the part of the page forward that has this control."""

    def files_dropped(self, paths: tuple[str, ...]) -> bool:
        """Take files dropped on the window; False when they are not for this page."""
        del paths
        return False

    def showEvent(self, event: QShowEvent) -> None:
        """Read everything at first, later what changed while it was hidden."""
        super().showEvent(event)
        if event.spontaneous():
            return
        unseen, self._unseen = self._unseen, ChangeSet()
        if self._is_fresh:
            self._is_fresh = False
            self.retranslate()
            self.refresh(None)
        elif unseen.ids:
            self.refresh(unseen)
        self.opened()

    def hideEvent(self, event: QHideEvent) -> None:
        """Tell the page that it is no longer shown."""
        super().hideEvent(event)
        if not event.spontaneous():
            self.closed()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language and the theme."""
        super().changeEvent(event)
        if self._is_fresh:
            return
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self.restyle()

    def _on_changed(self, changes: ChangeSet) -> None:
        if self.isVisible():
            self.refresh(changes)
        else:
            self._unseen |= changes
