"""The head of a run: its name, state and frozen settings, and what can be done now."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from workbench.domain.jobs import JobState
from workbench.ui.tune import phrasing
from workbench.ui.tune.overview import RunDetails
from workbench.ui.widgets.buttons import plain_button, primary_button
from workbench.ui.widgets.elided_label import ElidedLabel
from workbench.ui.widgets.flow_layout import FlowLayout
from workbench.ui.widgets.section_label import badge

_CHIP = 20  # The style sheet's radius needs this height to be drawn round.


class RunHeader(QWidget):
    """Offers exactly the actions that the state of the run allows."""

    save_pressed = Signal()
    stop_pressed = Signal()
    start_pressed = Signal()
    discard_pressed = Signal()
    close_pressed = Signal()
    try_pressed = Signal()
    compare_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._details: RunDetails | None = None
        self._name = ElidedLabel("", self)
        self._name.setProperty("role", "title")
        self._state = badge("", self)
        self._state.setFixedHeight(_CHIP)
        self._chips = QWidget(self)
        self._flow = FlowLayout(self._chips, spacing=6)
        self._save = plain_button("", self)
        self._save.clicked.connect(self.save_pressed)
        self._stop = plain_button("", self)
        self._stop.clicked.connect(self.stop_pressed)
        self.start_button = primary_button("", self)
        self.start_button.clicked.connect(self.start_pressed)
        self._discard = plain_button("", self)
        self._discard.clicked.connect(self.discard_pressed)
        self._close = plain_button("", self)
        self._close.clicked.connect(self.close_pressed)
        self._try = plain_button("", self)
        self._try.clicked.connect(self.try_pressed)
        self._compare = primary_button("", self)
        self._compare.clicked.connect(self.compare_pressed)
        self._lay_out()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._name)
        row.addWidget(self._state, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        buttons = (self._save, self._stop, self._discard, self._close)
        for button in (*buttons, self.start_button, self._try, self._compare):
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addLayout(row)
        column.addWidget(self._chips)

    def show_run(self, details: RunDetails) -> None:
        """Show a run."""
        self._details = details
        run = details.run
        active = run.state in {JobState.RUNNING, JobState.CANCELLING}
        ready = run.state is JobState.QUEUED and details.preparation is not None
        self._save.setVisible(active)
        self._save.setEnabled(run.state is JobState.RUNNING)
        self._stop.setVisible(active)
        self.start_button.setVisible(ready)
        self._discard.setVisible(run.state is JobState.QUEUED)
        self._close.setVisible(run.state is JobState.LOST)
        self._try.setVisible(bool(run.adapter_ulid))
        self._compare.setVisible(bool(run.adapter_ulid))
        self._show_words()

    def retranslate(self) -> None:
        """Say everything in the language of now."""
        self._save.setText(self.tr("Save and stop"))
        self._save.setToolTip(self.tr("Ends soon; what was learned so far is kept."))
        self._stop.setText(self.tr("Stop …"))
        self._stop.setAccessibleName(self.tr("Stop training"))
        self.start_button.setAccessibleName(self.tr("Start the checked run"))
        self._discard.setText(self.tr("Put away"))
        self._discard.setAccessibleName(self.tr("Put the checked run away"))
        self._close.setText(self.tr("Close the run …"))
        self._close.setAccessibleName(self.tr("Close the lost run"))
        self._try.setText(self.tr("Try it in the Lab"))
        self._compare.setText(self.tr("Compare with the base"))
        self._state.setAccessibleName(self.tr("State of the run"))
        self._show_words()

    def _show_words(self) -> None:
        details = self._details
        if details is None:
            return
        self._name.set_text(details.run.name)
        state = phrasing.state(details.run.state, details.run.artefact)
        self._state.setText(state)
        found = details.preparation
        self.start_button.setText(
            phrasing.start_label(found.seconds if found else None)
        )
        self._show_chips([text for text in phrasing.settings_chips(details) if text])

    def _show_chips(self, texts: list[str]) -> None:
        while self._flow.count() > len(texts):
            item = self._flow.takeAt(self._flow.count() - 1)
            widget = item.widget() if item else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        while self._flow.count() < len(texts):
            chip = badge("", self._chips)
            chip.setFixedHeight(_CHIP)
            self._flow.addWidget(chip)
            chip.show()
        for i, text in enumerate(texts):
            item = self._flow.itemAt(i)
            widget = item.widget() if item else None
            if widget is not None:
                widget.setText(text)  # type: ignore[attr-defined]
        self._chips.updateGeometry()
