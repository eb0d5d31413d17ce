"""Appearance and language, switched while the program runs and remembered."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from workbench.services.preferences import PreferencesService
from workbench.ui.shell import translation
from workbench.ui.shell.commands import Commands
from workbench.ui.shell.theme import MODES, Theme
from workbench.ui.shell.translation import LANGUAGES, Translation
from workbench.ui.shell.weak import weak_slot


class LookActions(QObject):
    """Applies a choice at once and keeps it in the preferences."""

    def __init__(
        self,
        window: QWidget,
        preferences: PreferencesService,
        commands: Commands,
        theme: Theme,
        languages: Translation,
    ) -> None:
        """Make the actions."""
        super().__init__(window)
        self._preferences = preferences
        self._commands = commands
        self._theme = theme
        self._languages = languages
        for mode in MODES:
            slot = weak_slot(self._on_mode, mode)
            commands.add(f"theme_{mode}", slot, group="theme")
        for language in LANGUAGES:
            slot = weak_slot(self._on_language, language)
            commands.add(f"language_{language}", slot, group="language")
        self._mark()

    def set_mode(self, mode: str) -> None:
        """Show the window ``light``, ``dark`` or as the ``system``."""
        self._theme.apply(mode)
        self._preferences.change(theme=mode)
        self._mark()

    def set_language(self, language: str) -> None:
        """Show the window in ``en``, ``ja`` or the language of the ``system``."""
        self._preferences.change(language=language)
        self._languages.apply(language)
        self._mark()

    def _on_mode(self, mode: str, checked: bool = False) -> None:
        del checked
        self.set_mode(mode)

    def _on_language(self, language: str, checked: bool = False) -> None:
        del checked
        self.set_language(language)

    def _mark(self) -> None:
        """Check what is chosen, also after it was chosen on the settings page."""
        self._commands[f"theme_{self._theme.mode}"].setChecked(True)
        self._commands[f"language_{translation.shown()}"].setChecked(True)
