"""A sentence in its place: a remark, a warning or what went wrong."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from workbench.ui.shell import icons
from workbench.ui.widgets.buttons import link_button
from workbench.ui.widgets.section_label import label

_LOOKS = {
    "info": ("info", "secondary"),
    "good": ("check", "better"),
    "warning": ("warning", "warning"),
    "error": ("error", "worse"),
}


class Notice(QWidget):
    """An icon, a sentence, and a link to what can be done about it."""

    activated = Signal()

    def __init__(
        self, severity: str = "info", text: str = "", parent: QWidget | None = None
    ) -> None:
        """Show a sentence; severity is ``info``, ``good``, ``warning`` or ``error``."""
        super().__init__(parent)
        self._severity = severity
        self._picture = QLabel(self)
        self._text = label(text, parent=self, wrap=True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setSizePolicy(
            QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred
        )
        self._link: QPushButton = link_button("", self)
        self._link.hide()
        self._link.clicked.connect(self.activated)
        self._text.setAlignment(Qt.AlignmentFlag.AlignTop)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._text, 1)
        row.addWidget(self._link, 0, Qt.AlignmentFlag.AlignTop)
        self.set_beside_button(beside=False)
        self._tint()

    def set_beside_button(self, *, beside: bool) -> None:
        """Put the first line on the height of a button that stands beside it."""
        top = 6 if beside else 0
        self._text.setContentsMargins(0, top, 0, top)
        self._picture.setContentsMargins(0, top, 0, 0)

    def text(self) -> str:
        """Return the sentence."""
        return self._text.text()

    def set_notice(self, severity: str, text: str, link: str = "") -> None:
        """Show another sentence; hidden when it is empty."""
        self._severity = severity
        self._text.setText(text)
        self._link.setText(link)
        self._link.setVisible(bool(link))
        self.set_beside_button(beside=bool(link))
        self.setVisible(bool(text))
        self._tint()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_picture"):
            self._tint()

    def _tint(self) -> None:
        name, token = _LOOKS[self._severity]
        ratio = self.devicePixelRatioF()
        self._picture.setPixmap(icons.pixmap(name, 18, token, ratio))
