"""The grid while it fills and after, the answer of a cell, and the ways to stop."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QProgressBar,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from workbench.domain.errors import WorkbenchError
from workbench.domain.matrices import CellState
from workbench.domain.trials import Trial, TrialStatus
from workbench.ui.lab import phrases
from workbench.ui.lab.panel import Panel
from workbench.ui.lab.parts import GAP, set_words
from workbench.ui.lab.plain_table import PlainTable
from workbench.ui.matrix import words
from workbench.ui.matrix.grid import Grid, Tally
from workbench.ui.matrix.grid_model import GridModel
from workbench.ui.matrix.run import MatrixRunPresenter
from workbench.ui.matrix.shots_chart import Line, Point, ShotsChart
from workbench.ui.shell.context import Context
from workbench.ui.shell.phrases import phrase_code, phrase_error, phrase_model
from workbench.ui.widgets.answer_view import AnswerView
from workbench.ui.widgets.buttons import plain_button, primary_button
from workbench.ui.widgets.notice import Notice
from workbench.ui.widgets.section_label import label

_WIDTHS = (240, 150)
_CELL = 190
_HEAD = 48


class MatrixResults(Panel):
    """Shows what a `MatrixRunPresenter` holds."""

    def __init__(
        self,
        context: Context,
        presenter: MatrixRunPresenter,
        parent: QWidget | None = None,
    ) -> None:
        """Show nothing yet."""
        super().__init__(parent)
        self._context = context
        self._presenter = presenter
        self._error: WorkbenchError | None = None
        self._trial: Trial | None = None
        self._wanted = 0
        self._standing = label("", "strong", self)
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        self._notice = Notice("warning", "", self)
        self.model = GridModel(self)
        self.table = PlainTable(self)
        items = QAbstractItemView.SelectionBehavior.SelectItems
        self.table.setSelectionBehavior(items)
        self.table.setModel(self.model)
        header = self.table.horizontalHeader()
        header.setDefaultSectionSize(_CELL)
        header.setFixedHeight(_HEAD)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self._facts = label("", "secondary", self, wrap=True)
        self.view = AnswerView(self)
        self.chart = ShotsChart(self)
        self.chart.hide()
        self._stop = plain_button("", self)
        self._stop_now = plain_button("", self)
        self._resume = primary_button("", self)
        self._lay_out()
        self._connect()
        self.built()

    def _lay_out(self) -> None:
        lower = QWidget(self)
        below = QVBoxLayout()
        below.addWidget(self._facts)
        below.addWidget(self.view, 1)
        beside = QHBoxLayout(lower)
        beside.setContentsMargins(0, GAP, 0, 0)
        beside.setSpacing(2 * GAP)
        beside.addLayout(below, 1)
        beside.addWidget(self.chart, 1)
        split = QSplitter(Qt.Orientation.Vertical, self)
        split.setHandleWidth(1)
        split.setChildrenCollapsible(False)
        split.addWidget(self.table)
        split.addWidget(lower)
        split.setSizes([400, 220])
        split.setStretchFactor(0, 1)
        foot = QHBoxLayout()
        foot.setSpacing(GAP)
        foot.addWidget(self._standing)
        foot.addStretch(1)
        for button in (self._stop, self._stop_now, self._resume):
            foot.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP)
        layout.addWidget(self._notice)
        layout.addWidget(split, 1)
        layout.addWidget(self._bar)
        layout.addLayout(foot)

    def _connect(self) -> None:
        presenter = self._presenter
        presenter.opened.connect(self._on_opened)
        presenter.cells_changed.connect(self._on_cells)
        presenter.tally_changed.connect(self._on_tally)
        presenter.state_changed.connect(self._show)
        presenter.failed.connect(self._on_failed)
        selection = self.table.selectionModel()
        selection.currentChanged.connect(self._on_current)
        self._stop.clicked.connect(self._on_stop)
        self._stop_now.clicked.connect(self._on_stop_now)
        self._resume.clicked.connect(self._on_resume)

    def retranslate(self) -> None:
        """Put every visible word in the current language."""
        self.table.setAccessibleName(self.tr("Answers by input, version and model"))
        self.view.setAccessibleName(self.tr("Answer of the cell"))
        self._bar.setAccessibleName(self.tr("Answered so far"))
        set_words(
            self._stop,
            self.tr("Stop"),
            self.tr("Begin no further call; what is being answered is finished"),
            self.tr("Stop the calls"),
        )
        set_words(
            self._stop_now,
            self.tr("Stop at once"),
            self.tr("Also cut off what is being answered; what arrived is kept"),
        )
        self.model.retell()
        self._show()

    # ------------------------------------------------------------ events

    def _on_opened(self) -> None:
        self._trial = None
        self.view.clear_answer()
        grid, shown = self._presenter.grid, self.model.grid
        current = self.table.currentIndex()
        row, column = current.row(), current.column()
        self.model.set_grid(grid)
        if grid and shown and row >= 0 and grid.matrix.id == shown.matrix.id:
            # Resumed: whoever reads a cell goes on reading it.
            self.table.setCurrentIndex(self.model.index(row, column))
        heads = grid.heads if grid is not None else ()
        self.chart.setVisible(len({head.shots for head in heads}) > 1)
        self._on_tally()
        for column, width in enumerate(_WIDTHS):
            self.table.setColumnWidth(column, width)
        self._show()

    def forget(self) -> None:
        """Put away why an earlier run ended; another one will be shown."""
        self._error = None

    def _on_cells(self, positions: Sequence[int]) -> None:
        self.model.changed(positions)
        current = self.table.currentIndex()
        grid, position = self.model.grid, self.model.position_at(current)
        if grid is not None and position is not None and position in positions:
            trial = self._trial
            is_new = grid.views[position].trial_id != self._wanted
            if is_new or trial is None or trial.outcome.status is TrialStatus.RUNNING:
                self._on_current(current, current)

    def _on_tally(self) -> None:
        self.model.retell()
        grid = self._presenter.grid
        if grid is not None:
            self.chart.set_lines(chart_lines(grid))

    def _on_failed(self, error: WorkbenchError) -> None:
        self._error = error
        self._show()

    def _on_current(self, index: QModelIndex, _before: QModelIndex) -> None:
        position = self.model.position_at(index)
        grid = self.model.grid
        self._trial = None
        self._wanted = 0
        self.view.clear_answer()
        if position is not None and grid is not None:
            self._wanted = grid.views[position].trial_id
        if self._wanted:
            lab = self._context.services.lab
            self._context.bridge.call(lab.trial, self._wanted, done=self._on_trial)
        self._show_facts()

    def _on_trial(self, trial: Trial) -> None:
        if trial.id == self._wanted:
            self._trial = trial
            self.view.set_plain(trial.outcome.output)
            self.view.finish()
            self._show_facts()

    def _on_stop(self) -> None:
        self._presenter.stop()

    def _on_stop_now(self) -> None:
        self._presenter.stop(now=True)

    def _on_resume(self) -> None:
        self._error = None
        self._presenter.resume()

    # ------------------------------------------------------------ showing

    def _show(self) -> None:
        presenter, grid = self._presenter, self._presenter.grid
        running = presenter.is_running
        self._stop.setVisible(running)
        self._stop.setEnabled(not presenter.is_stopping)
        self._stop_now.setVisible(running)
        missing = presenter.missing
        self._resume.setVisible(not running and missing is not None)
        if missing is not None:
            text = self.tr("Ask what is missing: {plan}")
            words_of_it = text.format(plan=words.plan(missing))
            set_words(self._resume, words_of_it, "", self.tr("Resume the calls"))
        if grid is not None:
            self._standing.setText(
                words.standing(grid, presenter.in_flight, running=running)
            )
            self._bar.setMaximum(len(grid.views))
            self._bar.setValue(grid.count(CellState.ANSWERED))
        self._bar.setVisible(running)
        text = phrase_error(self._error) if self._error is not None else ""
        self._notice.set_notice("warning", text)
        self._show_facts()

    def _show_facts(self) -> None:
        trial = self._trial
        if trial is None:
            self._facts.setText(self.tr("Choose a cell to read its answer."))
            return
        parts = [phrases.figures(trial), phrases.status(trial)]
        if trial.outcome.status is TrialStatus.FAILED:
            outcome = trial.outcome
            parts.append(phrase_code(outcome.error_code, outcome.error_text))
        self._facts.setText(" · ".join(part for part in parts if part))


def chart_lines(grid: Grid) -> list[Line]:
    """Return, for each model, what each number of examples came to."""
    tallies = grid.tallies()
    order = sorted(range(len(grid.heads)), key=lambda place: grid.heads[place].shots)
    lines = []
    for number, model in enumerate(grid.matrix.models):
        points = [
            _point(grid.heads[place].shots, tallies.get((place, number), Tally()))
            for place in order
        ]
        lines.append(Line(phrase_model(model), tuple(points)))
    return lines


def _point(shots: int, tally: Tally) -> Point:
    share = 100 * tally.right / tally.judged if tally.judged else None
    return Point(shots, share, tally.tokens)
