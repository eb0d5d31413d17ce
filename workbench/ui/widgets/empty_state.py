"""What a page shows before there is anything: what it is for, and the next step."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from workbench.ui.shell import icons
from workbench.ui.widgets.buttons import link_button, primary_button
from workbench.ui.widgets.section_label import label


class EmptyState(QWidget):
    """A picture-size icon, one sentence, one button, one link."""

    activated = Signal()
    link_activated = Signal()

    def __init__(
        self,
        icon: str,
        sentence: str = "",
        button: str = "",
        link: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """Leave `button` or `link` empty to leave them out."""
        super().__init__(parent)
        self._icon_name = icon
        self._picture = QLabel(self)
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._sentence = label(sentence, parent=self, wrap=True)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._sentence.setFixedWidth(440)
        self._button = primary_button("", self)
        self._button.clicked.connect(self.activated)
        self._link = link_button("", self)
        self._link.clicked.connect(self.link_activated)
        column = QVBoxLayout(self)
        column.setSpacing(16)
        column.addStretch(2)
        middle = Qt.AlignmentFlag.AlignHCenter
        for widget in (self._picture, self._sentence, self._button, self._link):
            column.addWidget(widget, 0, middle)
        column.addStretch(3)
        self.set_texts(sentence, button, link)
        self._tint()

    def set_texts(self, sentence: str, button: str = "", link: str = "") -> None:
        """Show these texts, as after a change of language."""
        self._sentence.setText(sentence)
        # A wrapping label's hint is a guess; its height is known for a fixed width.
        self._sentence.setFixedHeight(max(0, self._sentence.heightForWidth(440)))
        for widget, text in ((self._button, button), (self._link, link)):
            widget.setText(text)
            widget.setVisible(bool(text))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_picture"):
            self._tint()

    def _tint(self) -> None:
        ratio = self.devicePixelRatioF()
        self._picture.setPixmap(icons.pixmap(self._icon_name, 64, "reference", ratio))
