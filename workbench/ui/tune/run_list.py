"""The runs of the project, newest first."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from workbench.domain.jobs import JobState
from workbench.domain.tuning import Progress, Run
from workbench.ui.tune import phrasing
from workbench.ui.tune.run_delegate import COLOUR, SECOND_LINE, RunDelegate
from workbench.ui.widgets.buttons import plain_button
from workbench.ui.widgets.section_label import SectionLabel

_ID = Qt.ItemDataRole.UserRole
_COLOURS = {
    JobState.RUNNING: "tuned",
    JobState.CANCELLING: "tuned",
    JobState.SUCCEEDED: "better",
    JobState.FAILED: "worse",
    JobState.LOST: "warning",
}


class RunList(QWidget):
    """Shows runs with their states; tells which one is chosen, or a new one."""

    run_chosen = Signal(int)
    new_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runs: tuple[Run, ...] = ()
        self._progress: dict[int, Progress] = {}
        self._checking: frozenset[int] = frozenset()
        self.new_button = plain_button("", self)
        self.new_button.clicked.connect(self.new_pressed)
        self._head = SectionLabel("", self)
        self._list = QListWidget(self)
        self._list.setItemDelegate(RunDelegate(self._list))
        self._list.currentItemChanged.connect(self._on_current_changed)
        top = QVBoxLayout()
        top.setContentsMargins(16, 12, 16, 8)
        top.setSpacing(12)
        top.addWidget(self.new_button)
        top.addWidget(self._head)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self._list, 1)

    def show_runs(
        self,
        runs: Sequence[Run],
        selected: int | None,
        checking: frozenset[int] = frozenset(),
    ) -> None:
        """Show these runs; `selected` None marks none of them."""
        self._checking = checking
        self._list.blockSignals(True)
        if [run.id for run in runs] != [run.id for run in self._runs]:
            self._list.clear()
            for run in runs:
                item = QListWidgetItem(run.name)
                item.setData(_ID, run.id)
                self._list.addItem(item)
        self._runs = tuple(runs)
        self._describe()
        row = next((i for i, run in enumerate(runs) if run.id == selected), -1)
        self._list.setCurrentRow(row)
        if row < 0:
            self._list.clearSelection()
        self._list.blockSignals(False)

    def take_focus(self) -> None:
        """Put the keyboard on the list."""
        self._list.setFocus()

    def show_progress(self, run_id: int, progress: Progress) -> None:
        """Show how far a run is."""
        self._progress[run_id] = progress
        self._describe()

    def retranslate(self) -> None:
        """Say everything in the language of now."""
        self.new_button.setText(self.tr("New run"))
        self._head.setText(self.tr("Runs"))
        self._list.setAccessibleName(self.tr("Runs"))
        self._describe()

    def _describe(self) -> None:
        for i, run in enumerate(self._runs):
            item = self._list.item(i)
            second = self._second(run)
            item.setData(SECOND_LINE, second)
            item.setData(COLOUR, _COLOURS.get(run.state, "secondary"))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{run.name}, {second}")

    def _second(self, run: Run) -> str:
        if run.id in self._checking:
            return self.tr("being checked")
        state = phrasing.state(run.state, run.artefact)
        progress = self._progress.get(run.id)
        if run.state is JobState.RUNNING and progress and progress.total_steps:
            share = progress.step / progress.total_steps
            return f"{state} · {share:.0%}"
        return state

    def _on_current_changed(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.run_chosen.emit(int(item.data(_ID)))
