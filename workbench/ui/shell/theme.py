"""Light, dark or the system's: palette, style and style sheet of the application."""

import sys

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from workbench.ui.shell import tokens
from workbench.ui.shell.stylesheet import stylesheet

MODES = ("system", "light", "dark")


class Theme(QObject):
    """Owner of the application's look.

    The palette is set by ourselves, because some platforms (offscreen among them) know
    no colour scheme. Widgets get `PaletteChange`; who is no widget connects `changed`.
    """

    changed = Signal()

    def __init__(self, application: QApplication, mode: str = "system") -> None:
        """Choose the style; nothing is coloured before `apply`."""
        super().__init__(application)
        self._application = application
        self._mode = mode
        self._dark = False
        self._second = QTimer(self, interval=0, singleShot=True)
        self._second.setObjectName("second part of a theme")
        self._second.timeout.connect(self._recolour)
        self._third = QTimer(self, interval=0, singleShot=True)
        self._third.setObjectName("third part of a theme")
        self._third.timeout.connect(self._finish)
        if sys.platform != "darwin":
            application.setStyle(QStyleFactory.create("Fusion"))
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._on_scheme_changed)

    @property
    def mode(self) -> str:
        """``system``, ``light`` or ``dark``, as chosen."""
        return self._mode

    @property
    def is_dark(self) -> bool:
        """Whether the window is dark, or about to be: colours follow in a turn."""
        return self._dark

    def color(self, name: str) -> QColor:
        """Return a named colour in the current theme."""
        return tokens.color(name)

    def apply(self, mode: str) -> None:
        """Show the window in this mode."""
        self._mode = mode if mode in MODES else "system"
        hints = QGuiApplication.styleHints()
        if self._mode == "system":
            hints.unsetColorScheme()
        else:
            dark = self._mode == "dark"
            hints.setColorScheme(Qt.ColorScheme.Dark if dark else Qt.ColorScheme.Light)
        self._paint(dark=self._wants_dark())

    def _wants_dark(self) -> bool:
        if self._mode == "system":
            scheme = QGuiApplication.styleHints().colorScheme()
            return scheme == Qt.ColorScheme.Dark
        return self._mode == "dark"

    def _on_scheme_changed(self) -> None:
        if self._mode == "system" and self._wants_dark() != self._dark:
            self._paint(dark=self._wants_dark())

    def _paint(self, *, dark: bool) -> None:
        # Without the old style sheet first: replacing one by another polishes all
        # widgets over and over (0.4 s with every page built, 0.08 s this way).
        self._application.setStyleSheet("")
        self._dark = dark
        shown = [w for w in self._application.topLevelWidgets() if w.isVisible()]
        if not shown:
            self._application.setPalette(palette(dark=dark))
            self._finish()
            return
        # The rest comes in turns of its own, so that keys and jobs get theirs in
        # between; nothing is painted until then.
        for window in shown:
            window.setUpdatesEnabled(False)
        self._second.start()

    def _recolour(self) -> None:
        # Widgets restyle themselves when they hear of the palette.
        self._application.setPalette(palette(dark=self._dark))
        self._third.start()

    def _finish(self) -> None:
        self._application.setStyleSheet(stylesheet(dark=self._dark))
        for window in self._application.topLevelWidgets():
            window.setUpdatesEnabled(True)
        self.changed.emit()


def palette(*, dark: bool) -> QPalette:
    """Return the palette of a theme."""
    role = QPalette.ColorRole
    result = QPalette()
    names = {
        role.Window: "surface",
        role.WindowText: "text",
        role.Base: "surface",
        role.AlternateBase: "ground",
        role.Text: "text",
        role.Button: "surface",
        role.ButtonText: "text",
        role.BrightText: "on_action",
        role.ToolTipBase: "surface",
        role.ToolTipText: "text",
        role.PlaceholderText: "reference",
        role.Highlight: "action",
        role.HighlightedText: "on_action",
        role.Accent: "action",
        role.Link: "action",
        role.LinkVisited: "action",
        role.Light: "hover",
        role.Midlight: "hover",
        role.Mid: "line",
        role.Dark: "field",
        role.Shadow: "field",
    }
    for palette_role, name in names.items():
        result.setColor(palette_role, tokens.shade(name, dark=dark))
    off = tokens.shade("reference", dark=dark)
    for palette_role in (role.WindowText, role.Text, role.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, palette_role, off)
    return result
