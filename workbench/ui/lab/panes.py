"""One to eight models side by side: who is asked, who answers, whom the keys mean."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from workbench.domain.changes import ChangeSet
from workbench.domain.errors import WorkbenchError
from workbench.domain.ids import new_ulid
from workbench.domain.matrix import MOST_MODELS
from workbench.domain.models import ModelRef
from workbench.domain.prompts import PromptSpec
from workbench.ui.lab.answer import AnswerPresenter, Phase
from workbench.ui.lab.pane import Pane
from workbench.ui.lab.parts import GAP
from workbench.ui.shell.context import Context
from workbench.ui.widgets.lines import vertical_line

_LEAST_WIDTH, _LEAST_HEIGHT = 244, 200


class Panes(QWidget):
    """Columns; with many of them they scroll sideways."""

    phase_changed = Signal()
    count_changed = Signal()
    models_changed = Signal()
    shot_made = Signal(object)
    correction_wanted = Signal()
    picked = Signal(object)
    """The presenter whose answer is rated and corrected by keys is another."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """Start with one column."""
        super().__init__(parent)
        self._context = context
        self._expected = ""
        self.panes: list[Pane] = []
        self._lines: list[QFrame] = []
        self._inside = QWidget(self)
        self._row = QHBoxLayout(self._inside)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(GAP)
        self._area = QScrollArea(self)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setMinimumHeight(_LEAST_HEIGHT)
        self._area.setWidget(self._inside)
        self._shows_last = False
        self._area.horizontalScrollBar().rangeChanged.connect(self._on_range)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._area)
        self.lead = self._append(leads=True)
        self.current = self.lead

    # ------------------------------------------------------------ columns

    def add(self) -> None:
        """Add a column with the model of the last one."""
        if len(self.panes) >= MOST_MODELS:
            return
        before = self.panes[-1]
        pane = self._append()
        pane.models.copy(before.models)
        pane.presenter.set_expected(self._expected)
        self._shows_last = True
        self._placed()
        self._pick(pane)
        pane.chooser.combo.setFocus()

    def _on_range(self, _low: int, high: int) -> None:
        # The new column has its width only when the layout was done again.
        if self._shows_last:
            self._area.horizontalScrollBar().setValue(high)

    def remove(self, pane: Pane) -> None:
        """Take a column away; the lead hands its place to nobody and stays."""
        if len(self.panes) == 1 or pane.presenter.phase.is_busy:
            return
        if pane is self.lead:
            # The page listens to the lead: it takes over what the next one shows.
            pane = self.panes[1]
            self.lead.models.copy(pane.models)
            if pane.presenter.trial is not None:
                self.lead.presenter.show_trial(pane.presenter.trial.id)
        place = self.panes.index(pane)
        self.panes.remove(pane)
        if self.current is pane:
            self._pick(self.lead)
        line = self._lines.pop(place - 1)
        for part in (line, pane):
            part.hide()
            self._row.removeWidget(part)
            part.deleteLater()
        self._placed()

    def _append(self, *, leads: bool = False) -> Pane:
        pane = Pane(self._context, self._inside, leads=leads)
        pane.add_wanted.connect(self.add)
        pane.remove_wanted.connect(self.remove)
        pane.picked.connect(self._pick)
        pane.presenter.phase_changed.connect(self.phase_changed)
        pane.presenter.shot_made.connect(self.shot_made)
        pane.answer.correction_wanted.connect(self.correction_wanted)
        pane.models.changed.connect(self.models_changed)
        pane.models.problem_changed.connect(self.models_changed)
        if self.panes:
            line = vertical_line(self._inside)
            self._lines.append(line)
            self._row.addWidget(line)
        self._row.addWidget(pane, 1)
        self.panes.append(pane)
        pane.set_place(len(self.panes), len(self.panes), MOST_MODELS)
        if len(self.panes) > 1:
            # A layout shows what is added late only when the loop is idle.
            pane.show()
        return pane

    def _placed(self) -> None:
        count = len(self.panes)
        for number, pane in enumerate(self.panes, start=1):
            pane.setMinimumWidth(_LEAST_WIDTH if count > 1 else 0)
            pane.set_place(number, count, MOST_MODELS)
        self.count_changed.emit()

    def _pick(self, pane: Pane) -> None:
        if pane is not self.current:
            self.current.set_current(on=False)
            self.current = pane
            pane.set_current(on=True)
            self.picked.emit(pane.presenter)

    # ------------------------------------------------------------ models

    @property
    def problem(self) -> WorkbenchError | None:
        """What keeps one of the models from answering, as far as that is known."""
        found = (pane.models.problem for pane in self.panes)
        return next((problem for problem in found if problem is not None), None)

    @property
    def is_awaited(self) -> bool:
        """Whether a tuned model was asked for that is still being looked for."""
        return any(pane.models.is_awaited for pane in self.panes)

    def load_models(self) -> None:
        """Look for models, and for what keeps them from answering."""
        for pane in self.panes:
            pane.models.load()

    def refresh(self, changes: ChangeSet) -> None:
        """Read again what a write elsewhere (or undo) changed."""
        for pane in self.panes:
            pane.presenter.refresh(changes)
            pane.models.refresh(changes)

    # ------------------------------------------------------------ asking

    @property
    def models(self) -> tuple[ModelRef, ...]:
        """Who will be asked, from left to right."""
        return tuple(pane.models.chosen for pane in self.panes)

    @property
    def presenter(self) -> AnswerPresenter:
        """The one whose answer keys rate and correct."""
        return self.current.presenter

    @property
    def phase(self) -> Phase:
        """Where they stand together: idle only when all are."""
        phases = {pane.presenter.phase for pane in self.panes}
        order = (Phase.STREAMING, Phase.STARTING, Phase.STOPPING)
        return next((phase for phase in order if phase in phases), Phase.IDLE)

    def run(self, spec: PromptSpec, variables: Mapping[str, str]) -> None:
        """Ask all of them; the cap per run holds for all together."""
        together = new_ulid()
        self._shows_last = False
        for pane in self.panes:
            pane.presenter.run(spec, variables, pane.models.chosen, together)

    def stop(self) -> None:
        """Stop all that answer; what has arrived is kept."""
        for pane in self.panes:
            pane.presenter.stop()

    def set_expected(self, text: str) -> None:
        """Take over the answer that is expected of every one."""
        self._expected = text
        for pane in self.panes:
            pane.presenter.set_expected(text)
