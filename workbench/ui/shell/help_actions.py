"""Finding commands, the list of keys, problem reports, about."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from workbench.ui.shell.about import AboutDialog
from workbench.ui.shell.about_model import AboutModelDialog
from workbench.ui.shell.commands import Commands
from workbench.ui.shell.keys import KeysDialog
from workbench.ui.shell.page import Page
from workbench.ui.shell.page_stack import PageStack
from workbench.ui.shell.palette import Palette
from workbench.ui.shell.reports import ReportDialog, facts


class HelpActions(QObject):
    """Opens the dialogs that explain the window and the program."""

    def __init__(
        self,
        window: QWidget,
        stack: PageStack,
        commands: Commands,
        search: Callable[[str], object],
    ) -> None:
        """Make the actions.

        Args:
            window: parent of the dialogs.
            stack: knows the page whose commands and keys are listed.
            commands: gets the actions.
            search: bound method of the window that looks for words in the answers.
        """
        super().__init__(window)
        self._window = window
        self._stack = stack
        self._search = search
        commands.add("palette", self.open_palette)
        commands.add("keys", self.show_keys)
        commands.add("report", self.report)
        commands.add("about_model", self.show_about_model)
        commands.add("about", self.show_about)

    def open_palette(self) -> None:
        """Show the command palette."""
        page = self._stack.page()
        actions = [*_actions_of(page), *self._window.actions()]
        can_search = page is not None and self._stack.name in {
            "lab", "data", "tune", "compare", "advise"
        }  # fmt: skip
        palette = Palette(actions, self._window, can_search=can_search)
        palette.search_requested.connect(self._search)
        palette.open_over(self._window)

    def show_keys(self) -> None:
        """Show every command that has a key."""
        page = self._stack.page()
        title = page.title() if page is not None else ""
        actions = self._window.actions()
        KeysDialog(title, _actions_of(page), actions, self._window).open()

    def report(self) -> None:
        """Show a report without a fault, for questions."""
        headline = self.tr("What your computer and this program are")
        ReportDialog(headline, facts(), self._window).open()

    def show_report(self, headline: str, report: str) -> None:
        """Show a report about a fault."""
        ReportDialog(headline, f"{facts()}\n\n{report}", self._window).open()

    def show_about_model(self) -> None:
        """Show what the built-in model is, and how good it was measured to be."""
        AboutModelDialog(self._window).open()

    def show_about(self) -> None:
        """Show version and licences."""
        AboutDialog(self._window).open()


def _actions_of(page: Page | None) -> Sequence[QAction]:
    """Return the actions of a page and of the widgets on it."""
    if page is None:
        return ()
    found = [*page.actions()]
    for widget in page.findChildren(QWidget):
        if widget.isVisible():
            found += [a for a in widget.actions() if a.isEnabled() and a.text()]
    return tuple(dict.fromkeys(found))
