"""Practice from the switch to the answer: real HTTP, an unmodified boto3, no account.

Only the model behind the practice server is a stand-in; everything between the click
and that model is the product.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox

from tests.fakes import FakeGenerator
from tests.ui.lab.stage import type_into, wait
from tests.ui.shell.conftest import languages, theme  # noqa: F401
from tests.ui.tune.stage import find, has, press, texts
from workbench.app import compose as composing
from workbench.app.places import UserPlaces
from workbench.domain.task import TaskCard
from workbench.domain.trials import Trial, TrialFilter, TrialStatus
from workbench.local.interpreter import VARIABLE
from workbench.services.application import Services
from workbench.services.generators import SANDBOX_MARK
from workbench.ui.lab.page import LabPage
from workbench.ui.shell.main_window import MainWindow
from workbench.ui.shell.theme import Theme
from workbench.ui.shell.translation import Translation

SECONDS = 30.0
"""The first question imports boto3, on a thread."""


@pytest.fixture
def model() -> Iterator[FakeGenerator]:
    made = FakeGenerator(lambda _request: "ACC | high | 2957")
    yield made
    made.gate.set()


@pytest.fixture
def services(
    tmp_path: Path, model: FakeGenerator, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Services]:
    monkeypatch.setattr(composing, "LocalGenerator", lambda *_arguments: model)
    monkeypatch.setenv(VARIABLE, sys.executable)
    made = composing.compose(UserPlaces(tmp_path / "config", tmp_path / "data"))
    made.projects.create(tmp_path / "Tickets", "Tickets", TaskCard())
    yield made
    model.gate.set()
    made.close()


@pytest.fixture
def window(
    qapp: QApplication,
    services: Services,
    theme: Theme,  # noqa: F811
    languages: Translation,  # noqa: F811
    tmp_path: Path,
) -> MainWindow:
    file = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    made = MainWindow(services, theme, languages, file)
    made.show()
    return made


def switch_practice(window: MainWindow) -> None:
    window.command("settings")
    switch = find(window, "Practise without AWS", QCheckBox)
    QTest.mouseClick(switch, Qt.MouseButton.LeftButton, pos=QPoint(10, 10))


def choose(page: LabPage, words: str) -> None:
    """Find a model by typing, as a person would, and take what is found."""
    line = page.chooser.combo.lineEdit()
    assert line is not None
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, words)
    wait(lambda: page.chooser.completer.completionCount() == 1)
    popup = page.chooser.completer.popup()
    assert popup is not None
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    wait(lambda: page.models.chosen.is_practice)


def trials(services: Services) -> list[Trial]:
    data = services.data
    return list(data.trials(data.trial_ids(TrialFilter(order="oldest"))))


def practising(window: MainWindow, services: Services) -> LabPage:
    """Switch practice on and go to the Lab once its models are listed."""
    switch_practice(window)
    wait(
        lambda: any(e.model.is_practice for e in services.catalogue.models().entries),
        SECONDS,
    )
    window.go("lab")
    page = window.findChild(LabPage)
    assert page is not None
    wait(lambda: page.draft.is_loaded)
    wait(lambda: any(model.is_practice for model in page.models.models))
    return page


def test_a_practice_model_answers_streams_and_stops(
    window: MainWindow, services: Services, model: FakeGenerator
) -> None:
    page = practising(window, services)
    assert "Practice – SANDBOX" in texts(window)
    choose(page, "US Nova Pro")
    assert page.models.chosen.path == "us.amazon.nova-pro-v1:0"
    assert "SANDBOX" in texts(page.chooser)

    type_into(page, "Message", "I cannot log in, order 2957")
    model.gate.clear()
    press(page, "Run")
    wait(lambda: page.answer_panel.view.answer() == "ACC", SECONDS)
    press(page, "Stop")
    wait(lambda: page.answer.trial is not None, SECONDS)
    stopped = trials(services)[0].outcome
    assert stopped.status is TrialStatus.CANCELLED
    assert stopped.output == "ACC"

    model.gate.set()
    press(page, "Run")
    wait(lambda: len(trials(services)) == 2, SECONDS)
    wait(lambda: not page.answer.phase.is_busy and has(page, "Run"), SECONDS)
    kept = trials(services)[1]
    assert page.answer_panel.view.answer() == "ACC | high | 2957"
    assert kept.outcome.output_tokens == 5
    assert kept.outcome.input_tokens
    assert kept.model.is_practice
    assert SANDBOX_MARK in kept.outcome.versions
    assert "SANDBOX" in texts(page)


def test_practice_off_takes_its_models_away_and_asks_nobody(
    window: MainWindow, services: Services, model: FakeGenerator
) -> None:
    page = practising(window, services)
    choose(page, "US Nova Pro")
    switch_practice(window)
    window.go("lab")

    wait(lambda: not any(model.is_practice for model in page.models.models))
    assert not page.models.chosen.is_practice
    assert "SANDBOX" not in texts(window)
    assert not model.requests
