from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.shell.conftest import (  # noqa: F401
    languages,
    make_window,
    places,
    project,
    services,
    theme,
    window,
)
from tests.ui.shell.helpers import find, named
from workbench.services.application import Services
from workbench.ui.settings.folder_row import FolderRow
from workbench.ui.settings.page import SettingsPage
from workbench.ui.shell.main_window import MainWindow
from workbench.ui.shell.question import Question
from workbench.ui.widgets.icon_button import IconButton


@pytest.fixture
def page(window: MainWindow, project: Path) -> SettingsPage:  # noqa: F811
    window.command("settings")
    return find(window, SettingsPage)


def texts(page: QWidget) -> list[str]:
    return [label.text() for label in page.findChildren(QLabel)]


def choose(combo: QComboBox, row: int) -> None:
    combo.setCurrentIndex(row)
    combo.activated.emit(row)


def test_choices_take_effect_at_once(
    page: SettingsPage,
    window: MainWindow,  # noqa: F811
    services: Services,  # noqa: F811
) -> None:
    choose(named(page, QComboBox, "Appearance"), 2)
    assert window.context.theme.is_dark
    choose(named(page, QComboBox, "Language"), 2)
    kept = services.preferences.current
    assert (kept.theme, kept.language) == ("dark", "ja")


def test_folder_without_model_is_refused_with_the_reason(
    page: SettingsPage, tmp_path: Path, qtbot: QtBot
) -> None:
    page._folders.add_folder(str(tmp_path))
    qtbot.waitUntil(lambda: any("does not hold a model" in t for t in texts(page)))
    assert page.findChildren(FolderRow) == []


def test_folder_is_taken_off_the_list(
    page: SettingsPage,
    services: Services,  # noqa: F811
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    services.preferences.change(model_folders=(str(tmp_path),))
    page.opened()
    row = find(page, FolderRow)
    qtbot.waitUntil(lambda: any("No model here" in text for text in texts(row)))
    find(row, IconButton).click()
    assert services.preferences.current.model_folders == ()


def test_wrong_interpreter_is_said(
    page: SettingsPage,
    services: Services,  # noqa: F811
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("WORKBENCH_WORKER_PYTHON", raising=False)
    line = named(page, QLineEdit, "Python for models")
    line.setText(str(tmp_path / "none"))
    line.editingFinished.emit()
    qtbot.waitUntil(
        lambda: any(
            "Choose another" in text or "is not there" in text for text in texts(page)
        )
    )
    assert services.preferences.current.worker_python == str(tmp_path / "none")


def test_sizes_of_the_project_are_shown(page: SettingsPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: any(text.endswith(" KB") for text in texts(page)))
    assert not named(page, QPushButton, "Empty the bin").isEnabled()


def test_bin_is_emptied_after_asking(
    page: SettingsPage,
    window: MainWindow,  # noqa: F811
    services: Services,  # noqa: F811
    qtbot: QtBot,
) -> None:
    dataset = services.data.ensure_dataset("d")
    example = services.data.add_example(dataset, {"x": "text"}, "answer")
    services.data.bin_examples([example])
    page.opened()
    empty = named(page, QPushButton, "Empty the bin")
    qtbot.waitUntil(empty.isEnabled)
    empty.click()
    question = find(window, Question)
    accept = [b for b in question.findChildren(QPushButton) if not b.isDefault()]
    accept[0].click()
    qtbot.waitUntil(lambda: not empty.isEnabled())


def test_storage_is_hidden_without_project(
    page: SettingsPage,
    window: MainWindow,  # noqa: F811
    qtbot: QtBot,
) -> None:
    with qtbot.waitSignal(window.context.bridge.project_closed):
        window.command("close_project")
    page.opened()
    assert not page._storage.isVisible()
