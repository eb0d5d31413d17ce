"""A window over real services on a temporary profile, with small pages of its own."""

import dataclasses
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from workbench.app.compose import compose
from workbench.app.places import UserPlaces
from workbench.domain.changes import ChangeSet
from workbench.domain.task import TaskCard
from workbench.services.application import Services
from workbench.ui.shell import fonts, icons
from workbench.ui.shell.context import Context
from workbench.ui.shell.main_window import MainWindow
from workbench.ui.shell.page import Page
from workbench.ui.shell.page_stack import PAGES, PageSource
from workbench.ui.shell.theme import Theme
from workbench.ui.shell.translation import Translation


class SmallPage(Page):
    """A page that writes down what it is told."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.told: list[object] = []
        self.part = QPushButton("part", self)
        self.button = QPushButton("button", self)
        QVBoxLayout(self).addWidget(self.button)

    def title(self) -> str:
        return self.tr("Small page")

    def header(self) -> QWidget | None:
        return self.part

    def retranslate(self) -> None:
        self.told.append("retranslate")

    def restyle(self) -> None:
        self.told.append("restyle")

    def refresh(self, changes: ChangeSet | None) -> None:
        self.told.append(("refresh", changes))

    def target(self, **target: object) -> None:
        self.told.append(("target", target))

    def opened(self) -> None:
        self.told.append("opened")

    def closed(self) -> None:
        self.told.append("closed")

    def files_dropped(self, paths: tuple[str, ...]) -> bool:
        self.told.append(("dropped", paths))
        return True


@dataclasses.dataclass(frozen=True)
class SmallSource(PageSource):
    """Builds small pages without importing anything."""

    module: str = ""
    name: str = ""

    def build(self, context: Context, parent: QWidget) -> Page:
        return SmallPage(context, parent)


def small_pages() -> dict[str, PageSource]:
    small = {name: SmallSource() for name, source in PAGES.items() if _is_small(source)}
    return {**PAGES, **small}


def _is_small(source: PageSource) -> bool:
    return source.needs_project


@pytest.fixture
def places(tmp_path: Path) -> UserPlaces:
    return UserPlaces(tmp_path / "config", tmp_path / "data")


@pytest.fixture
def services(places: UserPlaces) -> Iterator[Services]:
    made = compose(places)
    yield made
    made.close()


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    fonts.load()
    made = Theme(qapp)
    made.apply("light")
    yield made
    qapp.setStyleSheet("")
    made.deleteLater()
    icons.forget()


@pytest.fixture
def languages(qapp: QApplication) -> Iterator[Translation]:
    made = Translation(qapp)
    made.apply("en")
    yield made
    made.apply("en")
    made.deleteLater()


@pytest.fixture
def make_window(
    services: Services, theme: Theme, languages: Translation, tmp_path: Path
) -> Callable[[], MainWindow]:
    """Return a function that builds one more window on the same profile."""

    def make() -> MainWindow:
        file = str(tmp_path / "window.ini")
        settings = QSettings(file, QSettings.Format.IniFormat)
        return MainWindow(services, theme, languages, settings, small_pages())

    return make


@pytest.fixture
def window(make_window: Callable[[], MainWindow], qtbot: QtBot) -> MainWindow:
    made = make_window()
    with qtbot.waitExposed(made):
        made.show()
    made.go("welcome")
    return made


@pytest.fixture
def project(
    window: MainWindow, services: Services, tmp_path: Path, qtbot: QtBot
) -> Path:
    """A project that is open in the window."""
    path = tmp_path / "Tickets.workbench"
    bridge = window.context.bridge
    with qtbot.waitSignal(bridge.project_opened):
        bridge.call(services.projects.create, path, "Tickets", TaskCard())
    qtbot.waitUntil(lambda: window.windowTitle().startswith("Tickets"))
    return path
