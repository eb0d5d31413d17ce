"""The interface font: the system's, with Noto Sans JP behind it for Japanese.

The bundled subset covers JIS levels 1 and 2, enough for the interface but not for all
that users write; so the system's own Japanese font goes first where there is one. A
Japanese family is always named, or fallback may pick Chinese shapes of shared letters.
"""

from collections.abc import Sequence

from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QApplication

from workbench.ui.shell import resources

BUNDLED = "Noto Sans JP"
BODY_PIXELS = 13
_JAPANESE = (
    "Hiragino Sans",
    "Yu Gothic UI",
    "Meiryo UI",
    "Noto Sans CJK JP",
    "BIZ UDPGothic",
)
_BARE_PLATFORMS = frozenset({"offscreen", "minimal", "vnc"})


def load() -> None:
    """Make the bundled font known to the application."""
    if BUNDLED in QFontDatabase.families():
        return
    for file in sorted(resources.path("fonts").glob("*.otf")):
        QFontDatabase.addApplicationFont(str(file))


def apply(application: QApplication, language: str) -> None:
    """Set the body font for a language (``en`` or ``ja``)."""
    font = QFont()
    font.setFamilies(list(families(language)))
    font.setPixelSize(BODY_PIXELS)
    application.setFont(font)


def families(language: str) -> Sequence[str]:
    """Return the font families in order of preference."""
    if QGuiApplication.platformName() in _BARE_PLATFORMS:
        # No desktop, no user's choice: pictures look the same everywhere.
        return (BUNDLED,)
    system = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).families()
    here = set(QFontDatabase.families())
    japanese = [name for name in _JAPANESE if name in here][:1]
    japanese.append(BUNDLED)
    ordered = (*japanese, *system) if language == "ja" else (*system, *japanese)
    return tuple(dict.fromkeys(ordered))


def monospace() -> QFont:
    """Return the font for JSON and ids."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    font.setFamilies([*font.families(), BUNDLED])
    font.setPixelSize(BODY_PIXELS - 1)
    return font
