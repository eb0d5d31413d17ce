"""The row with the one sentence the page is about, and what can be done about it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QWidget,
)

from workbench.domain.comparisons import AdapterProof
from workbench.ui.compare import phrasing


class HeadlineBar(QWidget):
    """Headline, proof of the adapter, progress, and stopping or going on."""

    stop_pressed = Signal()
    go_on_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._missing = 0
        self._headline = QLabel(self)
        self._headline.setProperty("role", "number")
        self._headline.setTextFormat(Qt.TextFormat.RichText)
        self._headline.setWordWrap(True)
        self._headline.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
        )
        self._badge = QLabel(self)
        self._badge.setProperty("role", "secondary")
        self._progress = QProgressBar(self)
        self._progress.setTextVisible(False)
        self._progress.setFixedWidth(160)
        self._time = QLabel(self)
        self._time.setProperty("role", "secondary")
        self._stop = QPushButton(self)
        self._stop.clicked.connect(self.stop_pressed)
        self.go_on_button = QPushButton(self)
        self.go_on_button.setProperty("primary", True)
        self.go_on_button.clicked.connect(self.go_on_pressed)
        self._lay_out()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(12)
        row.addWidget(self._headline, 1)
        for widget in (
            self._progress,
            self._time,
            self._stop,
            self.go_on_button,
            self._badge,
        ):
            row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)

    def show_headline(self, rich: str) -> None:
        """Show our own sentence as rich text."""
        # A figure and its sign stay on one line.
        self._headline.setText(rich.replace(" %", "&nbsp;%"))
        self._headline.setAccessibleDescription(phrasing.plain(rich))

    def show_proof(self, proof: AdapterProof | None, *, visible: bool) -> None:
        """Show whether the adapter was proven on and off."""
        self._badge.setText(phrasing.proof(proof))
        self._badge.setVisible(visible)
        prompts = proof.prompts if proof else 0
        self._badge.setToolTip(
            self.tr(
                "Switched off, the adapter left the base's answers exactly as they "
                "are; switched on, it changed them. Tried on prompts: {prompts}."
            ).format(prompts=prompts)
            if proof
            else self.tr(
                "Once every answer is there, it is tried whether base and tuned differ "
                "by the adapter alone."
            )
        )

    def show_progress(self, done: int, total: int, time_left: str) -> None:
        """Show how far the answers are while they are asked for."""
        self._progress.setRange(0, max(1, total))
        self._progress.setValue(done)
        self._time.setText(time_left)

    def show_state(self, *, running: bool, missing: int) -> None:
        """Offer to stop while running, to go on while answers are missing."""
        self._missing = missing
        for widget in (self._progress, self._time, self._stop):
            widget.setVisible(running)
        self.go_on_button.setVisible(not running and missing > 0)
        self.go_on_button.setText(phrasing.go_on(missing))

    def retranslate(self) -> None:
        """Say everything in the language of now."""
        self._headline.setAccessibleName(self.tr("Result of the comparison"))
        self._badge.setAccessibleName(self.tr("Adapter proof"))
        self._progress.setAccessibleName(self.tr("Answers so far"))
        self._time.setAccessibleName(self.tr("Time left for the comparison"))
        self._stop.setText(self.tr("Stop"))
        self._stop.setAccessibleName(self.tr("Stop comparing"))
        self._stop.setToolTip(self.tr("Answers that are there are kept."))
        self.go_on_button.setText(phrasing.go_on(self._missing))
        self.go_on_button.setAccessibleName(self.tr("Go on comparing"))
