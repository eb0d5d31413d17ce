"""A quiet button with a picture, always with a name."""

from PySide6.QtCore import QEvent, QSize
from PySide6.QtWidgets import QToolButton, QWidget

from workbench.ui.shell import icons


class IconButton(QToolButton):
    """A tool button whose icon follows the theme."""

    def __init__(
        self, icon: str, name: str = "", parent: QWidget | None = None
    ) -> None:
        """Show an icon of ``resources/icons``; `name` is also the tooltip."""
        super().__init__(parent)
        self._icon_name = icon
        self._token = "secondary"
        self.setProperty("quiet", True)
        self.setProperty("icon_only", True)
        self.setIconSize(QSize(16, 16))
        if name:
            self.set_name(name)
        self._tint()

    def set_name(self, name: str, tooltip: str = "") -> None:
        """Set the accessible name, and the tooltip (the same when empty)."""
        self.setAccessibleName(name)
        self.setToolTip(tooltip or name)

    def set_icon(self, icon: str, token: str = "secondary") -> None:
        """Show another icon or colour."""
        self._icon_name = icon
        self._token = token
        self._tint()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._tint()

    def _tint(self) -> None:
        # Qt may send the event while the base class is being built.
        name = getattr(self, "_icon_name", "")
        if name:
            self.setIcon(icons.icon(name, self._token))
