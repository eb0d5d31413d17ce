"""The pages, built when they are first shown and thrown away with their project."""

import dataclasses
import importlib
from collections.abc import Mapping

from PySide6.QtWidgets import QStackedWidget, QWidget

from workbench.ui.shell.context import Context
from workbench.ui.shell.page import Page


@dataclasses.dataclass(frozen=True, slots=True)
class PageSource:
    """Where the class of a page is found.

    Attributes:
        module: imported when the page is first shown.
        name: of the class, which is called with the context.
        needs_project: thrown away when the project is closed.
    """

    module: str
    name: str
    needs_project: bool = True

    def build(self, context: Context, parent: QWidget) -> Page:
        """Import the module and make the page.

        It gets its parent at once: a widget that moves is styled all over again.
        """
        found = getattr(importlib.import_module(self.module), self.name)
        page = found(context, parent)
        if not isinstance(page, Page):
            raise TypeError(f"{self.module}.{self.name} is no Page")
        return page


PAGES: Mapping[str, PageSource] = {
    "lab": PageSource("workbench.ui.lab.page", "LabPage"),
    "data": PageSource("workbench.ui.data.page", "DataPage"),
    "tune": PageSource("workbench.ui.tune.page", "TunePage"),
    "compare": PageSource("workbench.ui.compare.page", "ComparePage"),
    "advise": PageSource("workbench.ui.advise.page", "AdvisePage"),
    "settings": PageSource("workbench.ui.settings.page", "SettingsPage", False),
    "welcome": PageSource("workbench.ui.shell.welcome", "WelcomePage", False),
}


def fetch(name: str) -> None:
    """Import the code of a page; on any thread, before the page is shown."""
    if name in PAGES:
        importlib.import_module(PAGES[name].module)


class PageStack(QStackedWidget):
    """Shows one page at a time."""

    def __init__(
        self, sources: Mapping[str, PageSource], parent: QWidget | None = None
    ) -> None:
        """Build nothing yet."""
        super().__init__(parent)
        self._sources = sources
        self._pages: dict[str, Page] = {}
        self._name = ""

    @property
    def name(self) -> str:
        """Name of the page that is shown, or empty."""
        return self._name

    def page(self) -> Page | None:
        """Return the page that is shown."""
        return self._pages.get(self._name)

    def knows(self, name: str) -> bool:
        """Tell whether there is such a page."""
        return name in self._sources

    def show_page(self, name: str, context: Context) -> Page:
        """Show a page, built when it is not there yet."""
        page = self._pages.get(name)
        # First: the very first page is the current one as soon as it is added.
        self._name = name
        if page is None:
            page = self._sources[name].build(context, self)
            self._pages[name] = page
            self.addWidget(page)
        self.setCurrentWidget(page)
        return page

    def pages(self) -> tuple[Page, ...]:
        """Return the pages that were built."""
        return tuple(self._pages.values())

    def keep_typed(self) -> None:
        """Have the shown page save what is being typed, as if it were left.

        When a page is thrown away its project is closed already: what it saves then
        would go into the next one.
        """
        page = self.page()
        if page is not None:
            page.closed()

    def drop_project_pages(self) -> tuple[Page, ...]:
        """Throw away what belongs to a project; return the pages that go."""
        going = [name for name in self._pages if self._sources[name].needs_project]
        dropped = tuple(self._pages.pop(name) for name in going)
        if self._name in going:
            self._name = ""
        for page in dropped:
            self.removeWidget(page)
            page.hide()
            page.deleteLater()
        return dropped
