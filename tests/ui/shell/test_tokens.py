import itertools

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from workbench.ui.shell import tokens
from workbench.ui.shell.theme import Theme

TEXTS = (
    "text", "secondary", "action", "base", "tuned", "reference", "better", "worse",
    "warning",
)  # fmt: skip
GROUNDS = ("ground", "surface")
# Where something else than body text stands on a tinted ground.
PAIRS = (
    ("on_action", "action"),
    ("secondary", "hover"),
    ("text", "hover"),
    ("text", "selection"),
    ("action", "selection"),
)


def luminance(color: QColor) -> float:
    def linear(value: float) -> float:
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    parts = (color.redF(), color.greenF(), color.blueF())
    red, green, blue = (linear(part) for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(a: QColor, b: QColor) -> float:
    """Contrast ratio of WCAG 2.1."""
    high, low = sorted((luminance(a), luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize(
    ("text", "ground"), [*itertools.product(TEXTS, GROUNDS), *PAIRS]
)
def test_text_can_be_read(text: str, ground: str, dark: bool) -> None:
    ratio = contrast(tokens.shade(text, dark=dark), tokens.shade(ground, dark=dark))
    assert ratio >= 4.5, f"{text} on {ground}: {ratio:.2f}"


def test_palette_decides_what_is_dark(qapp: QApplication, theme: Theme) -> None:
    theme.apply("dark")
    assert [theme.is_dark] == [True]
    assert tokens.color("surface") == QColor("#1E2126")
    theme.apply("light")
    assert [theme.is_dark] == [False]
    assert tokens.color("surface") == QColor("#FFFFFF")


def test_widgets_take_the_new_colours(theme: Theme, qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
    for mode, ground in (("dark", "#1E2126"), ("light", "#FFFFFF")):
        with qtbot.waitSignal(theme.changed):
            theme.apply(mode)
        assert widget.grab().toImage().pixelColor(5, 5) == QColor(ground)


def test_unknown_mode_is_the_systems(theme: Theme) -> None:
    theme.apply("sepia")
    assert theme.mode == "system"
