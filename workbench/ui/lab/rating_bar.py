"""Good, bad, and the shortcuts to what else can be done with an answer."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QPushButton, QWidget

from workbench.domain.trials import Rating
from workbench.ui.lab.panel import Panel
from workbench.ui.lab.parts import GAP, set_words
from workbench.ui.lab.phrases import numbered
from workbench.ui.shell import icons
from workbench.ui.widgets.buttons import plain_button, quiet_button
from workbench.ui.widgets.flow_layout import FlowLayout


class RatingBar(Panel):
    """Two switches and two buttons; the page also maps the keys G, B, C and E."""

    rated = Signal(object)
    correction_wanted = Signal()
    shot_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start without a rating."""
        super().__init__(parent)
        self._shown: Rating | None = None
        self._number = 1
        self._good = plain_button("", self)
        self._bad = plain_button("", self)
        self._fix = quiet_button("", self)
        self._shot = quiet_button("", self)
        for switch in (self._good, self._bad):
            switch.setCheckable(True)
        self._good.clicked.connect(self._on_good)
        self._bad.clicked.connect(self._on_bad)
        self._fix.clicked.connect(self.correction_wanted)
        self._shot.clicked.connect(self.shot_wanted)
        # Whoever puts the focus on the bar means its first switch.
        self.setFocusProxy(self._good)
        layout = FlowLayout(self, GAP)
        for control in self.buttons():
            layout.addWidget(control)
        self.built()

    def show_rating(self, rating: Rating | None) -> None:
        """Show a rating; None when there is nothing to rate."""
        self._shown = rating
        for switch, value in ((self._good, Rating.GOOD), (self._bad, Rating.BAD)):
            switch.setChecked(rating is value)
        for control in (self._good, self._bad, self._fix, self._shot):
            control.setEnabled(rating is not None)

    def set_number(self, number: int) -> None:
        """Say which of the answers side by side it rates, counted from 1."""
        self._number = number
        self.retranslate()

    def restyle(self) -> None:
        """Ask again for the icons."""
        for switch, name in ((self._good, "thumb-up"), (self._bad, "thumb-down")):
            switch.setIcon(_picture(name))

    def retranslate(self) -> None:
        """Put every visible word in the current language."""
        number = self._number
        set_words(
            self._good,
            self.tr("Good  G"),
            self.tr("Key G"),
            numbered(self.tr("Good"), number),
        )
        set_words(
            self._bad,
            self.tr("Bad  B"),
            self.tr("Key B"),
            numbered(self.tr("Bad"), number),
        )
        set_words(
            self._fix,
            self.tr("Correct  C"),
            self.tr("Type the answer it should have given. Key C"),
            numbered(self.tr("Correct"), number),
        )
        set_words(
            self._shot,
            self.tr("Use as example  E"),
            self.tr("Put it among the examples in the prompt. Key E"),
            numbered(self.tr("Use as example"), number),
        )

    def buttons(self) -> tuple[QPushButton, ...]:
        """Return the buttons in their order."""
        return (self._good, self._bad, self._fix, self._shot)

    def _on_good(self) -> None:
        self._rate(Rating.GOOD)

    def _on_bad(self) -> None:
        self._rate(Rating.BAD)

    def _rate(self, rating: Rating) -> None:
        # The click has switched the button; it may look chosen only once that is kept.
        self.show_rating(self._shown)
        self.rated.emit(rating)


def _picture(name: str) -> QIcon:
    return icons.icon(name)
