"""An upgrade of PySide6 must not lose references to None again.

PySide6 6.12.0 on Python 3.11 took one reference too many from None in every call of a
Qt method that returns nothing, until the interpreter died.
"""

import sys

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

CALLS = 1000
TOLERANCE = 10


def test_a_void_call_keeps_the_references_to_none(qtbot: QtBot) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    texts = [f"text {number}" for number in range(CALLS)]
    before = sys.getrefcount(None)
    for text in texts:
        label.setText(text)
    assert abs(sys.getrefcount(None) - before) < TOLERANCE
