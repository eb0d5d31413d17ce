"""A part of a page that follows the language and the theme."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget


class Panel(QWidget):
    """Base of the parts of a page."""

    _is_built = False

    def retranslate(self) -> None:
        """Put every visible word in the current language."""

    def restyle(self) -> None:
        """Ask again for icons and colours."""

    def built(self) -> None:
        """Say the first words; called at the end of the subclass's `__init__`."""
        # Qt sends change events while the base class is being built.
        self._is_built = True
        self.retranslate()
        self.restyle()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language and the theme."""
        super().changeEvent(event)
        if not self._is_built:
            return
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self.restyle()
