"""The start of the window.

In order, and why in this order:

1. Arguments, before anything that costs time.
2. The services, composed without Qt; none of them does any work yet.
3. The Qt application, with our fonts and theme, so that nothing is painted twice.
4. The language, before the first text is asked for.
5. The hooks for our own bugs, as soon as there is a folder for their log.
6. The window, shown empty; the event loop paints it at once.
7. The project (named, last, or the sample), opened on the database lane.

No page is imported before it is shown, and nothing here ever imports torch. When the
window has closed, services get three seconds to end what they do; training goes on.
"""

import argparse
import importlib
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QApplication

from workbench.app.compose import compose
from workbench.app.crash import CrashRecorder, take_last_fault
from workbench.app.places import UserPlaces, user_places
from workbench.services.application import Services
from workbench.services.setup_file import SUFFIX
from workbench.ui.shell import fonts, icons
from workbench.ui.shell.heartbeat import Heartbeat
from workbench.ui.shell.main_window import MainWindow
from workbench.ui.shell.page_stack import PAGES
from workbench.ui.shell.theme import Theme
from workbench.ui.shell.translation import Translation

_PRELOAD_AFTER_MS = 700
_BREATH_SECONDS = 0.02
_HEAVY = (
    "numpy",
    "rapidfuzz",
    "workbench.evaluation.duplicates",
    "workbench.evaluation.statistics",
    "scipy.special",
    "workbench.ui.lab.versions_sheet",
    "workbench.ui.lab.preview_sheet",
    "workbench.ui.lab.shots_proposal",
    "workbench.ui.matrix.sheet",
)


class Program:
    """Everything that lives as long as the window does."""

    def __init__(self, arguments: Sequence[str]) -> None:
        """Start up to the moment before the event loop runs."""
        self.options = _parse(arguments)
        self.places = user_places()
        self.places.data.mkdir(parents=True, exist_ok=True)
        self.services = compose(self.places, warm=True)
        self.application = _application()
        self.last_fault = take_last_fault(self.places.data)
        self.crashes = CrashRecorder(self.places.data)
        self.crashes.install()
        self.window = build_window(self.application, self.services, self.places)
        self.crashes.happened.connect(self.window.show_report)
        self.heartbeat = Heartbeat() if self.options.heartbeat else None

    def show(self) -> None:
        """Show the window, and fetch the code of its pages once it is painted."""
        self.window.show()
        QTimer.singleShot(_PRELOAD_AFTER_MS, self.preload)

    def preload(self) -> None:
        """Import what pages need on a thread, so that no click waits for it.

        Qt's hook reads the source of every module that is imported, which would hold
        the window for a quarter of a second at the first click on a page.
        """
        thread = threading.Thread(target=self._fetch, name="preload", daemon=True)
        thread.start()

    def _fetch(self) -> None:
        _import_all()
        # Not before: boto3 and the network would compete with the first picture.
        self.services.connections.resume()
        if self.services.endpoints.all():
            self.services.catalogue.refresh()

    def run(self) -> int:
        """Show the window until it is closed."""
        self.show()
        self._open_first_project()
        if self.last_fault:
            self.window.show_last_fault(self.last_fault)
        code = self.application.exec()
        self.close()
        return code

    def close(self) -> None:
        """End in order; what was in flight is found again at the next start."""
        if self.heartbeat is not None:
            self.heartbeat.stop()
            self.heartbeat.write(self.options.heartbeat)
        self.services.close()
        self.crashes.uninstall()
        icons.forget()

    def _open_first_project(self) -> None:
        recent = self.services.preferences.current.recent
        if self.options.sample:
            self.window.command("sample")
        elif self.options.project is not None and not self.options.set_up:
            self.window.open_project(self.options.project.absolute())
        elif recent and Path(recent[0]).is_file():
            self.window.open_project(Path(recent[0]))
        else:
            self.window.go("welcome")
        if self.options.set_up:
            self.window.take_files((str(self.options.project.absolute()),))


def _import_all() -> None:
    for name in (*(source.module for source in PAGES.values()), *_HEAVY):
        importlib.import_module(name)
        # The window's thread gets its turn between two modules.
        time.sleep(_BREATH_SECONDS)


def open_window(arguments: Sequence[str]) -> int:
    """Open the window and return the exit code of the program."""
    return Program(arguments).run()


def build_window(
    application: QApplication, services: Services, where: UserPlaces
) -> MainWindow:
    """Return the main window in the person's look and language, not shown yet."""
    current = services.preferences.current
    fonts.load()
    languages = Translation(application)
    languages.apply(current.language)
    theme = Theme(application)
    theme.apply(current.theme)
    where.config.mkdir(parents=True, exist_ok=True)
    file = str(where.config / "window.ini")
    settings = QSettings(file, QSettings.Format.IniFormat)
    return MainWindow(services, theme, languages, settings)


def _application() -> QApplication:
    """Return the Qt application, which names windows and taskbar entries."""
    application = QApplication(sys.argv[:1])
    application.setApplicationName("Workbench")
    application.setDesktopFileName("workbench")
    application.setWindowIcon(icons.icon("logo"))
    return application


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="workbench", description="Open the window.")
    parser.add_argument(
        "project", nargs="?", type=Path, help="a .workbench or set-up file"
    )
    parser.add_argument("--sample", action="store_true", help="open the sample project")
    parser.add_argument("--heartbeat", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args(list(arguments))
    options.set_up = str(options.project or "").endswith(SUFFIX)
    return options
