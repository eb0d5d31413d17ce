"""Pictures of every page in both themes and both languages, from a tour's project."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from workbench.app.tour.driver import Driver
from workbench.app.tour.guide_shots import guide_shots
from workbench.app.window import Program
from workbench.ui.shell.heartbeat import Heartbeat

PAGES = ("lab", "data", "tune", "compare", "advise", "settings")
THEMES = ("light", "dark")
LANGUAGES = ("en", "ja")
_QUIET_MS = 900


def take_shots(
    out: Path, source: Path | None, say: Callable[[str], None]
) -> list[Path]:
    """Picture every page.

    Args:
        out: folder for the pictures.
        source: folder of an earlier tour; None takes `out` itself, and makes the tour
            first when there is none in it.
        say: told what is going on.
    """
    tour = source or out
    project = tour / "home" / "data" / "Sample tickets.workbench"
    if not (project.exists() and (tour / "tour.json").exists()):
        _make_tour(tour, say)
    home = out / "shots-home"
    shutil.rmtree(home, ignore_errors=True)
    shutil.copytree(tour / "home", home)
    os.environ["WORKBENCH_HOME"] = str(home)
    program = Program([])
    heartbeat = Heartbeat()
    driver = Driver(heartbeat, out)
    try:
        return list(_pictures(program, driver, say))
    finally:
        heartbeat.stop()
        program.window.close()
        driver.clean_up()
        program.close()
        shutil.rmtree(home, ignore_errors=True)


def _make_tour(folder: Path, say: Callable[[str], None]) -> None:
    """Run the tour in a process of its own: there is one Qt application in each."""
    say("shots: no tour there yet, making one")
    command = [sys.executable, "-m", "workbench", "tour", "--out", str(folder)]
    subprocess.run(command, check=True)


def _pictures(
    program: Program, driver: Driver, say: Callable[[str], None]
) -> Iterator[Path]:
    window = program.window
    window.resize(1440, 900)
    window.show()
    window.open_project(program.services.projects.sample_path())
    driver.wait("the project", lambda: program.services.projects.is_open)
    for theme in THEMES:
        for language in LANGUAGES:
            window.set_theme(theme)
            window.set_language(language)
            say(f"shots: {language}, {theme}")
            for page in PAGES:
                window.go(page)
                driver.settle(_QUIET_MS)
                yield driver.picture(f"{page}-{language}-{theme}", window)
            yield from guide_shots(program, driver, f"{language}-{theme}")
