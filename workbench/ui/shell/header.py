"""The line above the page: title, the page's own controls, search, settings, help."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from workbench.ui.shell import icons
from workbench.ui.widgets.icon_button import IconButton
from workbench.ui.widgets.section_label import label

_HEIGHT = 48
_SEARCH_WIDTH = 260


class Header(QFrame):
    """Says where one is and leads to every command."""

    search_clicked = Signal()
    settings_clicked = Signal()
    keys_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start without title."""
        super().__init__(parent)
        self.setProperty("panel", "surface")
        self.setFixedHeight(_HEIGHT)
        self._title = label(role="title", parent=self)
        self._page_part: QWidget | None = None
        self._search = QPushButton(self)
        self._search.setProperty("search", True)
        self._search.setAutoDefault(False)
        self._search.setFixedWidth(_SEARCH_WIDTH)
        self._search.setIconSize(QSize(14, 14))
        self._search.clicked.connect(self.search_clicked)
        self._keys = QLabel(QKeySequence("Ctrl+K").toString(_NATIVE), self._search)
        self._keys.setProperty("role", "secondary")
        inside = QHBoxLayout(self._search)
        inside.setContentsMargins(8, 0, 10, 0)
        inside.addStretch(1)
        inside.addWidget(self._keys)
        self._settings = IconButton("settings", parent=self)
        self._settings.clicked.connect(self.settings_clicked)
        self._help = IconButton("help", parent=self)
        self._help.clicked.connect(self.keys_clicked)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 0, 12, 0)
        self._row.setSpacing(8)
        self._row.addWidget(self._title)
        self._row.addStretch(1)
        self._row.addWidget(self._search)
        self._row.addWidget(self._settings)
        self._row.addWidget(self._help)
        self._retranslate()

    def set_title(self, text: str) -> None:
        """Show the title of the page."""
        self._title.setText(text)
        self._title.setAccessibleName(text)

    def set_page_part(self, widget: QWidget | None) -> None:
        """Show the controls a page wants beside its title."""
        if widget is self._page_part:
            return
        if self._page_part is not None:
            self._row.removeWidget(self._page_part)
            self._page_part.hide()
        self._page_part = widget
        if widget is not None:
            self._row.insertWidget(1, widget, 0, Qt.AlignmentFlag.AlignVCenter)
            widget.show()

    def forget_page_part(self, widget: QWidget | None) -> None:
        """Let go of the controls of a page that ends."""
        if widget is not None and widget is self._page_part:
            self.set_page_part(None)

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and theme."""
        super().changeEvent(event)
        if not hasattr(self, "_help"):
            return
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self._search.setIcon(icons.icon("search"))

    def _retranslate(self) -> None:
        self._search.setText(" " + self.tr("Find a command"))
        self._search.setAccessibleName(self.tr("Find a command"))
        self._search.setIcon(icons.icon("search"))
        self._settings.set_name(self.tr("Settings"))
        self._help.set_name(self.tr("Keys"), self.tr("Keys  (?)"))


_NATIVE = QKeySequence.SequenceFormat.NativeText
