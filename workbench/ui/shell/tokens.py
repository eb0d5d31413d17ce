"""The colours of the window by what they mean, light and dark.

Every text colour stands at least 4.5:1 on the grounds it is used on (a test computes
it). Widgets that paint themselves ask `color` in `paintEvent`, or again when they get
`QEvent.Type.PaletteChange`: the application's palette is the one place that says
whether the window is dark.
"""

from types import MappingProxyType
from typing import NamedTuple

from PySide6.QtGui import QColor, QGuiApplication, QPalette


class Shade(NamedTuple):
    """One colour in both themes."""

    light: str
    dark: str


TOKENS = MappingProxyType(
    {
        "ground": Shade("#F6F7F9", "#16181C"),
        "surface": Shade("#FFFFFF", "#1E2126"),
        "line": Shade("#E1E4EA", "#32363E"),
        "text": Shade("#1B1E24", "#ECEEF1"),
        "secondary": Shade("#5B6370", "#A2A9B5"),
        "action": Shade("#2459C9", "#7FA8FF"),
        "base": Shade("#1F6FB2", "#6CB2EB"),
        "tuned": Shade("#AD5400", "#F5A04C"),
        "reference": Shade("#666D78", "#A9B0BB"),
        "better": Shade("#1B7F5A", "#58C79A"),
        "worse": Shade("#B3362B", "#F0857A"),
        "warning": Shade("#8A5A00", "#E3B341"),
        # What the drawings use beside the named colours.
        "on_action": Shade("#FFFFFF", "#12151B"),
        "disabled": Shade("#A3AAB6", "#666D78"),
        "hover": Shade("#EEF0F4", "#2A2E36"),
        "selection": Shade("#E8EFFC", "#25314C"),
        "field": Shade("#C6CBD5", "#4A505B"),
    }
)


def is_dark() -> bool:
    """Tell whether the window is dark now."""
    return QGuiApplication.palette().color(QPalette.ColorRole.Window).lightness() < 128


def color(name: str) -> QColor:
    """Return a named colour in the current theme; KeyError for an unknown name."""
    return shade(name, dark=is_dark())


def shade(name: str, *, dark: bool) -> QColor:
    """Return a named colour in the given theme."""
    token = TOKENS[name]
    return QColor(token.dark if dark else token.light)
