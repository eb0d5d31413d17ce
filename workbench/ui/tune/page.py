"""The tune page: the next run, the runs there are, and the one that is looked at."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from workbench.domain.changes import ChangeSet
from workbench.domain.guide import Spot
from workbench.domain.jobs import JobState
from workbench.ui.shell.context import Context
from workbench.ui.shell.page import Page
from workbench.ui.tune.overview import Overview
from workbench.ui.tune.phrasing import sample_link
from workbench.ui.tune.plan_panel import PlanPanel
from workbench.ui.tune.presenter import TunePresenter
from workbench.ui.tune.run_list import RunList
from workbench.ui.tune.run_view import RunView
from workbench.ui.widgets.empty_state import EmptyState
from workbench.ui.widgets.skeleton import SkeletonRows

_NARROW, _SLIM, _WIDE = 960, 168, 224


class TunePage(Page):
    """Connects the panels with the presenter."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.presenter = TunePresenter(context, self)
        # Each part is born where it stays: under a style sheet, moving a finished
        # panel to another parent styles all of it again.
        self._stack = QStackedWidget(self)
        self._loading = SkeletonRows(8, self._stack)
        self._empty = EmptyState("tune", self.tr("Tune"), parent=self._stack)
        self._empty.link_activated.connect(self._on_sample_wanted)
        self._empty.activated.connect(self._on_go_to_data)
        self._split = QSplitter(self._stack)
        self._runs = RunList(self._split)
        self._detail = QStackedWidget(self._split)
        self._plan = PlanPanel(self._detail)
        self._run = RunView(self._detail)
        self._reading = SkeletonRows(6, self._detail)
        for widget in (self._plan, self._run, self._reading):
            self._detail.addWidget(widget)
        self._split.addWidget(self._runs)
        self._split.addWidget(self._detail)
        self._split.setStretchFactor(1, 1)
        self._is_slim = False
        self._split.setSizes([_WIDE, 1000])
        self._runs.setMinimumWidth(160)
        self._split.setChildrenCollapsible(False)
        self._split.setHandleWidth(1)
        self._stack.addWidget(self._loading)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._split)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self._connect()

    def _connect(self) -> None:
        presenter, steps = self.presenter, self._plan.steps
        presenter.overview_changed.connect(self._show_overview)
        presenter.plan_changed.connect(self._show_plan)
        presenter.run_changed.connect(self._show_run)
        presenter.progress_changed.connect(self._show_progress)
        steps.dataset_chosen.connect(presenter.choose_dataset)
        steps.base_chosen.connect(presenter.choose_base)
        steps.goal_chosen.connect(presenter.choose_goal)
        details = self._plan.details
        details.settings_changed.connect(presenter.choose_settings)
        details.name_changed.connect(presenter.choose_name)
        details.reset_pressed.connect(self._on_reset)
        self._plan.check_pressed.connect(presenter.check)
        self._plan.stop_check_pressed.connect(presenter.stop_check)
        self._plan.start_pressed.connect(self._on_start_plan)
        self._runs.run_chosen.connect(presenter.select)
        self._runs.new_pressed.connect(self._on_new)
        header = self._run.header
        header.start_pressed.connect(self._on_start)
        header.save_pressed.connect(self._on_save)
        header.stop_pressed.connect(self._on_stop)
        header.discard_pressed.connect(presenter.discard)
        header.close_pressed.connect(self._on_close_lost)
        header.try_pressed.connect(self._on_try)
        header.compare_pressed.connect(self._on_compare)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the list of runs slim in a small window."""
        super().resizeEvent(event)
        slim = self.width() < _NARROW
        if slim is not self._is_slim:
            self._is_slim = slim
            self._split.setSizes([_SLIM if slim else _WIDE, self.width()])

    def title(self) -> str:
        """Return the page's name."""
        return self.tr("Tune")

    def retranslate(self) -> None:
        """Say everything in the language of now."""
        self._empty.set_texts(
            self.tr(
                "Tuning teaches a model your right answers. It needs a dataset of "
                "records with right answers first."
            ),
            self.tr("Go to the records"),
            sample_link(self.context.services.projects),
        )
        for panel in (self._runs, self._plan, self._run):
            panel.retranslate()

    def restyle(self) -> None:
        """Follow the theme."""
        self._plan.restyle()
        self._run.restyle()

    def refresh(self, changes: ChangeSet | None) -> None:
        """Read again what changed."""
        self.presenter.refresh(changes)

    def target(self, **target: object) -> None:
        """Show a run (``run_id``), or a new one for a dataset (``dataset_id``)."""
        run_id, dataset_id = target.get("run_id"), target.get("dataset_id")
        if isinstance(run_id, int):
            self.presenter.select(run_id)
        elif isinstance(dataset_id, int):
            self.presenter.select(None)
            self.presenter.prefer_dataset(dataset_id)

    def guide_target(self, spot: Spot) -> QWidget | None:
        """Return the button to check or to start, or the way to a new run.

        None while a check is under way: what is to be pressed is known afterwards.
        """
        if self.presenter.plan.is_checking:
            return None
        wanted = {
            Spot.TUNE_CHECK: (self._plan.check_button, self._runs.new_button),
            Spot.TUNE_START: (
                self._plan.start_button,
                self._run.header.start_button,
                self._plan.check_button,
                self._runs.new_button,
            ),
        }
        return next((b for b in wanted.get(spot, ()) if b.isVisible()), None)

    def show_guide_target(self, spot: Spot) -> None:
        """Show the next run; one that was checked earlier waits in the list."""
        waiting = (r.id for r in self.presenter.runs if r.state is JobState.QUEUED)
        has_plan = self.presenter.plan.preparation is not None
        is_start = spot is Spot.TUNE_START and not has_plan
        self.presenter.select(next(waiting, None) if is_start else None)

    def _show_overview(self) -> None:
        overview = self.presenter.overview or Overview()
        runs = self.presenter.runs
        nothing = not overview.datasets and not runs
        self._stack.setCurrentWidget(self._empty if nothing else self._split)
        self._runs.setVisible(bool(runs))
        self._runs.show_runs(runs, self.presenter.selected, overview.checking)
        self._show_plan()

    def _show_plan(self) -> None:
        overview = self.presenter.overview
        if overview is not None:
            settings = self.presenter.goal_settings()
            self._plan.show_plan(overview, self.presenter.plan, settings)
        self.guide_targets_changed.emit()

    def _show_run(self) -> None:
        presenter = self.presenter
        checking = presenter.overview.checking if presenter.overview else frozenset()
        self._runs.show_runs(presenter.runs, presenter.selected, checking)
        self._runs.setVisible(bool(presenter.runs))
        if presenter.selected is None:
            self._detail.setCurrentWidget(self._plan)
        elif presenter.details is None:
            self._detail.setCurrentWidget(self._reading)
        else:
            self._run.show_run(presenter.details)
            self._detail.setCurrentWidget(self._run)
        self.guide_targets_changed.emit()

    def _show_progress(self) -> None:
        details = self.presenter.details
        if details is not None:
            self._run.show_progress(details)
            self._runs.show_progress(details.run.id, details.progress)

    def _on_new(self) -> None:
        self.presenter.select(None)

    def _on_reset(self) -> None:
        self.presenter.choose_settings(None)

    def _on_start(self) -> None:
        if self.presenter.selected is not None:
            self.presenter.start(self.presenter.selected)

    def _on_start_plan(self) -> None:
        self.presenter.start_plan()
        # The button is gone; without this the focus would fall on some text.
        self._runs.take_focus()

    def _on_save(self) -> None:
        self.presenter.stop(save=True)

    def _on_stop(self) -> None:
        self.context.ask(
            self.tr("Stop this run without keeping what it learned?"),
            accept=self.tr("Stop training"),
            accepted=self._stop,
            explanation=self.tr(
                "“Save and stop” would keep the state so far. The record of the run "
                "and its chart stay in either case."
            ),
        )

    def _stop(self) -> None:
        self.presenter.stop(save=False)

    def _on_close_lost(self) -> None:
        self.context.ask(
            self.tr("Close this run? Its worker is gone."),
            accept=self.tr("Close the run"),
            accepted=self.presenter.close_lost,
            explanation=self.tr("Its record, chart and files are kept."),
        )

    def _on_try(self) -> None:
        if self.presenter.details is not None:
            self.context.go("lab", adapter=self.presenter.details.run.adapter_ulid)

    def _on_compare(self) -> None:
        if self.presenter.details is not None:
            self.context.go("compare", adapter=self.presenter.details.run.adapter_ulid)

    def _on_sample_wanted(self) -> None:
        self.context.host.command("sample")

    def _on_go_to_data(self) -> None:
        self.context.go("data")
