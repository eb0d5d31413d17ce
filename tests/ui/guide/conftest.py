"""The whole window over stand-ins for model and trainer, with a small sample."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.fakes import Bench, make_bench, open_sample
from tests.ui.guide.walker import Walker
from workbench.services.events import Event, ProjectOpened
from workbench.ui.shell import fonts, icons
from workbench.ui.shell.main_window import MainWindow
from workbench.ui.shell.theme import Theme
from workbench.ui.shell.translation import Translation


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    made = make_bench(tmp_path)

    def attach(event: Event) -> None:
        if isinstance(event, ProjectOpened):
            made.services.jobs.call(made.services.tune.attach_all)

    made.services.events.subscribe(attach)
    open_sample(made)
    made.services.projects.close()
    yield made
    made.generator.gate.set()
    made.services.close()


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
def window(
    bench: Bench, theme: Theme, languages: Translation, tmp_path: Path, qtbot: QtBot
) -> MainWindow:
    """The real window with its real pages, no project open."""
    file = str(tmp_path / "window.ini")
    settings = QSettings(file, QSettings.Format.IniFormat)
    made = MainWindow(bench.services, theme, languages, settings)
    made.resize(1280, 860)
    with qtbot.waitExposed(made):
        made.show()
    made.go("welcome")
    return made


@pytest.fixture
def walker(window: MainWindow, bench: Bench, qtbot: QtBot) -> Walker:
    """A person on the path, who has just opened the sample project."""
    made = Walker(window, bench, qtbot)
    window.command("sample")
    made.wait_for("Step 1 of 6")
    return made
