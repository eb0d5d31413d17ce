"""English and Japanese, switched while the program runs.

Source texts are English; English still has a ``.qm`` of its own, for its plurals.
Installing a translator sends `LanguageChange` to every widget.
"""

import logging

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, QTranslator
from PySide6.QtWidgets import QApplication

from workbench.ui.shell import fonts, resources

LANGUAGES = ("en", "ja")
# Each in its own language, so that a lost reader finds the way back.
LANGUAGE_NAMES = {"en": "English", "ja": "日本語"}

_log = logging.getLogger(__name__)


class Translation(QObject):
    """Owner of the installed translators."""

    def __init__(self, application: QApplication) -> None:
        """Install nothing yet."""
        super().__init__(application)
        self._application = application
        self._installed: list[QTranslator] = []
        self._language = ""

    @property
    def language(self) -> str:
        """The language shown now, ``en`` or ``ja``; empty before `apply`."""
        return self._language

    def apply(self, wish: str) -> None:
        """Show a language; ``system`` takes that of the desktop."""
        language = resolve(wish)
        if language == self._language:
            return
        self._language = language
        QLocale.setDefault(QLocale(language))
        for translator in self._installed:
            self._application.removeTranslator(translator)
            translator.deleteLater()
        self._installed = []
        qt_folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if language != "en":
            self._install(f"qtbase_{language}", qt_folder)
        self._install(f"workbench_{language}", str(resources.path("translations")))
        fonts.apply(self._application, language)

    def _install(self, name: str, folder: str) -> None:
        translator = QTranslator(self)
        if not translator.load(name, folder):
            _log.info("No translation file %s in %s.", name, folder)
            translator.deleteLater()
            return
        self._application.installTranslator(translator)
        self._installed.append(translator)


def resolve(wish: str) -> str:
    """Turn a wish (``system``, ``en``, ``ja``) into a language we have."""
    names = QLocale.system().uiLanguages() if wish == "system" else [wish]
    for name in names:
        short = name.split("-")[0].split("_")[0]
        if short in LANGUAGES:
            return short
    return "en"


def shown() -> str:
    """Return the language that is shown now."""
    return resolve(QLocale().name())
