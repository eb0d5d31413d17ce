from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from workbench.ui.shell import fonts, icons
from workbench.ui.shell.theme import Theme


@pytest.fixture(autouse=True)
def look(qapp: QApplication) -> Iterator[Theme]:
    """The window's look, so that pixels mean something."""
    fonts.load()
    fonts.apply(qapp, "en")
    theme = Theme(qapp)
    theme.apply("light")
    yield theme
    qapp.setStyleSheet("")
    theme.deleteLater()
    icons.forget()
