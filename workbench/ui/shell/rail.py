"""The navigation rail: the project on top, below it the five pages."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QMenu, QToolButton, QVBoxLayout, QWidget

from workbench.ui.shell import icons
from workbench.ui.shell.commands import PAGES
from workbench.ui.shell.nav_button import NavButton
from workbench.ui.shell.weak import weak_slot
from workbench.ui.widgets.tips import plain_tip

_WIDTH = 168


class Rail(QFrame):
    """Where one is, where one can go, and where work waits."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Show the pages; nothing can be chosen before `set_project`."""
        super().__init__(parent)
        self.setProperty("panel", "ground")
        self.setFixedWidth(_WIDTH)
        self._name = ""
        self._waiting = 0
        self._project = QToolButton(self)
        self._project.setProperty("quiet", True)
        self._project.setIconSize(QSize(20, 20))
        self._project.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._project.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._project.setFixedWidth(_WIDTH - 16)
        self._project.setMinimumHeight(34)
        font = self._project.font()
        font.setBold(True)
        self._project.setFont(font)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(4)
        column.addWidget(self._project)
        column.addSpacing(8)
        self._buttons: dict[str, NavButton] = {}
        for page in PAGES:
            button = NavButton(page, self)
            button.clicked.connect(weak_slot(self._on_clicked, page))
            column.addWidget(button)
            self._buttons[page] = button
        column.addStretch(1)
        self.retranslate()

    def set_menu(self, menu: QMenu) -> None:
        """Hang the project menu on the project's name."""
        self._project.setMenu(menu)

    def set_project(self, name: str) -> None:
        """Show the name of the open project; empty when none is open."""
        self._name = name
        for button in self._buttons.values():
            button.setEnabled(bool(name))
        self.retranslate()

    def set_page(self, page: str) -> None:
        """Mark the page that is shown, none when it is not one of the five."""
        for name, button in self._buttons.items():
            button.setAutoExclusive(False)
            button.setChecked(name == page)
            button.setAutoExclusive(True)

    def set_waiting(self, count: int) -> None:
        """Show how many answers wait for review."""
        self._waiting = count
        text = self.tr("%n answer(s) wait for review", "", count)
        self._buttons["data"].set_count(count, text)

    @property
    def project_button(self) -> QWidget:
        """The project's name, which is also its menu."""
        return self._project

    def button(self, page: str) -> NavButton:
        """Return the entry of a page."""
        return self._buttons[page]

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and theme."""
        super().changeEvent(event)
        if not hasattr(self, "_buttons"):
            return
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self._restyle()

    def retranslate(self) -> None:
        """Say everything in the current language."""
        texts = {
            "lab": self.tr("Lab"),
            "data": self.tr("Data"),
            "tune": self.tr("Tune"),
            "compare": self.tr("Compare"),
            "advise": self.tr("Advise"),
        }
        for page, button in self._buttons.items():
            button.setText("  " + texts[page])
            button.setAccessibleName(texts[page])
        shown = self._name or self.tr("Workbench")
        width = _WIDTH - 16 - 20 - 40
        mode = Qt.TextElideMode.ElideRight
        self._project.setText(
            " " + self._project.fontMetrics().elidedText(shown, mode, width)
        )
        self._project.setToolTip(plain_tip(shown))
        self._project.setAccessibleName(self.tr("Project menu"))
        self.set_waiting(self._waiting)
        self._restyle()

    def _restyle(self) -> None:
        self._project.setIcon(icons.icon("logo"))
        for button in self._buttons.values():
            button.restyle()

    def _on_clicked(self, page: str, checked: bool = True) -> None:
        del checked
        self.chosen.emit(page)
