"""Switching the language reaches every text that is shown."""

from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, QTranslator
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QWidget
from pytestqt.qtbot import QtBot

from workbench.services.application import Services
from workbench.ui.shell import translation
from workbench.ui.shell.main_window import MainWindow
from workbench.ui.shell.translation import Translation

MARK = "\u25c6"
# Data, keys and names of languages are the same in every language.
SAME = {"Tickets", "Ctrl+K", "English", "日本語", "part", "button", "✕"}


class Marks(QTranslator):
    """Translates every text of ours into itself with a mark."""

    def isEmpty(self) -> bool:
        return False

    def translate(
        self, context: str, source: str, disambiguation: str | None = None, n: int = -1
    ) -> str:
        return f"{MARK}{source}"


def texts(root: QWidget) -> list[str]:
    """Return every visible text but data."""
    found: list[str] = []
    for widget in root.findChildren(QWidget):
        if not widget.isVisible():
            continue
        if isinstance(widget, (QAbstractButton, QLabel)):
            found.append(widget.text().strip())
        elif isinstance(widget, QComboBox) and not widget.isEditable():
            # What can be typed too are names: of profiles, of regions, of models.
            found += [widget.itemText(row) for row in range(widget.count())]
    return [text for text in found if text and not _is_data(text)]


def _is_data(text: str) -> bool:
    return text in SAME or "/" in text or text.endswith((" KB", " MB"))


@pytest.mark.parametrize("page", ["lab", "settings", "welcome"])
def test_every_text_follows(
    window: MainWindow,
    project: Path,
    services: Services,
    page: str,
    qapp: QApplication,
    qtbot: QtBot,
) -> None:
    window.go(page)
    qtbot.wait(100)
    marks = Marks()
    qapp.installTranslator(marks)
    try:
        qapp.processEvents()
        shown = texts(window)
        actions = [action.text() for action in window.actions()]
    finally:
        qapp.removeTranslator(marks)
        qapp.processEvents()
    assert len(shown) > 8
    assert [text for text in shown + actions if not text.startswith(MARK)] == []
    assert not any(text.startswith(MARK) for text in texts(window))


def test_choice_is_applied_and_kept(
    window: MainWindow, services: Services, languages: Translation
) -> None:
    window.set_language("ja")
    assert languages.language == "ja"
    assert QLocale().language() == QLocale.Language.Japanese
    assert services.preferences.current.language == "ja"
    window.set_language("en")
    assert languages.language == "en"


@pytest.mark.parametrize(
    ("wish", "language"),
    [("en", "en"), ("ja", "ja"), ("ja_JP", "ja"), ("en-GB", "en"), ("fr", "en")],
)
def test_wishes_become_languages_we_have(wish: str, language: str) -> None:
    assert translation.resolve(wish) == language
