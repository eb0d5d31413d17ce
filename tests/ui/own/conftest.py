from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.own.form import Form
from tests.ui.tune.stage import Stage, staged


@pytest.fixture
def stage(qapp: QApplication, tmp_path: Path) -> Iterator[Stage]:
    yield from staged(tmp_path)


@pytest.fixture
def form(stage: Stage, tmp_path: Path, qtbot: QtBot) -> Form:
    return Form(stage, tmp_path, qtbot)
