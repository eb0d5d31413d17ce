"""An entry of the navigation rail, with a count of what waits there."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from workbench.ui.shell import icons
from workbench.ui.widgets.section_label import badge


class NavButton(QPushButton):
    """Shows where one is (checked) and how many things wait (badge)."""

    def __init__(self, page: str, parent: QWidget | None = None) -> None:
        """Show the page's icon."""
        super().__init__(parent)
        self.page = page
        self.setProperty("nav", True)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setAutoDefault(False)
        self.setIconSize(QSize(16, 16))
        self._badge = badge(parent=self)
        self._badge.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 8, 0)
        row.addStretch(1)
        row.addWidget(self._badge, 0, Qt.AlignmentFlag.AlignVCenter)
        self.toggled.connect(self.restyle)
        self.restyle()

    def set_count(self, count: int, description: str) -> None:
        """Show how many things wait; nothing when none does."""
        self._badge.setText(f"{count:,}")
        self._badge.setVisible(count > 0)
        self.setAccessibleDescription(description if count else "")
        self.setToolTip(description if count else "")

    def restyle(self) -> None:
        """Tint the icon for theme and state."""
        token = "action" if self.isChecked() else "secondary"
        if not self.isEnabled():
            token = "disabled"
        self.setIcon(icons.icon(self.page, token))
