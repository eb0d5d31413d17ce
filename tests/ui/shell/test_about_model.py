"""The dialog that says what the built-in model is, with its measured scores."""

import json
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog, QLabel, QTableView
from pytestqt.qtbot import QtBot

from workbench.domain import places
from workbench.ui.shell.about_model import AboutModelDialog
from workbench.ui.shell.main_window import MainWindow

CARD = places.resources() / "model" / "model_card.json"


def opened(window: MainWindow, qtbot: QtBot) -> AboutModelDialog:
    """Open it as a person does."""
    window.command("about_model")
    qtbot.waitUntil(lambda: any(d.isVisible() for d in window.findChildren(QDialog)))
    found = [d for d in window.findChildren(AboutModelDialog) if d.isVisible()]
    return found[-1]


def shares(dialog: AboutModelDialog) -> list[str]:
    model = dialog.findChildren(QTableView)[0].model()
    return [
        str(model.index(row, 1).data()).partition(" %")[0]
        for row in range(model.rowCount())
    ]


@pytest.mark.parametrize("language", ["en", "ja"])
def test_it_shows_every_score_of_the_language(
    window: MainWindow, project: Path, qtbot: QtBot, language: str
) -> None:
    window.set_language(language)
    dialog = opened(window, qtbot)
    card = json.loads(CARD.read_text(encoding="utf-8"))
    lines = card["measured"][language]["scores"]
    assert shares(dialog) == [f"{100 * line['exact']:.0f}" for line in lines]
    dialog.close()


def test_it_says_how_large_it_is_and_that_it_is_a_toy(
    window: MainWindow, project: Path, qtbot: QtBot
) -> None:
    window.set_language("en")
    dialog = opened(window, qtbot)
    words = " ".join(label.text() for label in dialog.findChildren(QLabel))
    card = json.loads(CARD.read_text(encoding="utf-8"))
    assert "toy" in words
    assert f"{card['parameters'] / 1e6:.1f} million" in words
    dialog.close()
