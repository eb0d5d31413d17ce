"""The Lab page: prompt on the left, answer on the right, one key to run."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from workbench.domain.changes import ChangeSet
from workbench.domain.guide import Spot
from workbench.domain.prompts import Shot
from workbench.domain.trials import Rating
from workbench.ui.lab.answer import AnswerPresenter
from workbench.ui.lab.draft import DraftPresenter
from workbench.ui.lab.earlier_panel import EarlierPanel
from workbench.ui.lab.estimate import RunEstimate
from workbench.ui.lab.issues import phrase_issue
from workbench.ui.lab.judge_panel import JudgePanel
from workbench.ui.lab.panes import Panes
from workbench.ui.lab.parts import GAP, MARGIN, add_action, is_converting
from workbench.ui.lab.prompt_panel import PromptPanel
from workbench.ui.lab.prompt_tools import PromptTools
from workbench.ui.lab.record_picker import RecordPicker
from workbench.ui.lab.run_bar import RunBar
from workbench.ui.lab.version_chip import VersionChip
from workbench.ui.shell.context import Context
from workbench.ui.shell.page import Page
from workbench.ui.shell.phrases import phrase_error
from workbench.ui.widgets.notice import Notice

_LEFT, _RIGHT = 620, 660

if TYPE_CHECKING:
    from workbench.ui.matrix.sheet import MatrixSheet


class LabPage(Page):
    """Writes a prompt, runs it and judges the answer."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """Build the page; nothing is read before it is shown."""
        super().__init__(context, parent)
        self.draft = DraftPresenter(context, self)
        self.panes = Panes(context, self)
        lead = self.panes.lead
        self.answer, self.models = lead.presenter, lead.models
        self.chooser, self.answer_panel = lead.chooser, lead.answer
        self.judge = JudgePanel(context, self.answer, self)
        self._estimate = RunEstimate(context, self)
        self._chip = VersionChip(self.draft, self)
        self._problem = Notice("warning", "", self)
        self.prompt = PromptPanel(self.draft, self)
        self.run_bar = RunBar(self)
        self.earlier = EarlierPanel(self.answer, self)
        self._picker: RecordPicker | None = None
        self.matrix: MatrixSheet | None = None
        self.tools = PromptTools(context, self.draft, self.prompt, self.models, self)
        self._lay_out()
        self._add_actions()
        self._connect()

    # ------------------------------------------------------------ building

    def _lay_out(self) -> None:
        splitter = QSplitter(Qt.Orientation.Horizontal, self)
        splitter.setHandleWidth(1)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self._left())
        splitter.addWidget(self._right())
        splitter.setSizes([_LEFT, _RIGHT])
        splitter.setStretchFactor(0, 1)
        splitter.setStretchFactor(1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(splitter)

    def _left(self) -> QWidget:
        left = QWidget(self)
        left.setMinimumWidth(380)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.prompt, 1)
        column.addWidget(self.run_bar)
        return left

    def _right(self) -> QWidget:
        upper, lower = QWidget(self), QWidget(self)
        column = QVBoxLayout(upper)
        column.setContentsMargins(MARGIN, 12, MARGIN, 12)
        column.setSpacing(GAP)
        column.addWidget(self.panes, 1)
        column.addWidget(self._problem)
        column.addWidget(self.judge)
        below = QHBoxLayout(lower)
        below.setContentsMargins(MARGIN, 12, MARGIN, 12)
        below.addWidget(self.earlier)
        right = QSplitter(Qt.Orientation.Vertical, self)
        right.setMinimumWidth(420)
        right.setHandleWidth(1)
        right.setChildrenCollapsible(False)
        right.addWidget(upper)
        right.addWidget(lower)
        right.setSizes([560, 220])
        right.setStretchFactor(0, 3)
        right.setStretchFactor(1, 1)
        return right

    def _add_actions(self) -> None:
        self._run_action = add_action(self, self.run, "Ctrl+Return", "Ctrl+Enter")
        self._stop_action = add_action(self, self._on_stop_key, "Esc")
        self._good_action = add_action(self, self._on_good, "G")
        self._bad_action = add_action(self, self._on_bad, "B")
        self._correct_action = add_action(self, self._on_correct, "C")
        self._shot_action = add_action(self, self._on_use_as_shot, "E")
        tools = self.tools
        self._versions_action = add_action(self, tools.show_versions, "Ctrl+Shift+V")
        self._preview_action = add_action(self, tools.show_preview, "Ctrl+Shift+P")
        self._stop_action.setEnabled(False)

    def _connect(self) -> None:
        self.run_bar.run_wanted.connect(self.run)
        self.run_bar.stop_wanted.connect(self.panes.stop)
        self.run_bar.matrix_wanted.connect(self._on_matrix_wanted)
        self.run_bar.shot_counts_wanted.connect(self._on_shot_counts_wanted)
        self.run_bar.parameters.changed_to.connect(self.draft.set_parameters)
        self._chip.versions_wanted.connect(self.tools.show_versions)
        self._chip.preview_wanted.connect(self.tools.show_preview)
        self.prompt.records_wanted.connect(self._on_records_wanted)
        self.draft.loaded.connect(self._on_draft)
        self.draft.edited.connect(self._on_edited)
        self.panes.phase_changed.connect(self._on_phase)
        self.panes.shot_made.connect(self._on_shot)
        self.panes.correction_wanted.connect(self._on_correct)
        self.panes.picked.connect(self._on_picked)
        self.panes.count_changed.connect(self._on_count)
        self.judge.expected_changed.connect(self.panes.set_expected)
        self._estimate.changed.connect(self._on_estimate)
        self.answer_panel.sample_wanted.connect(self._on_sample_wanted)
        self.earlier.chosen.connect(self._on_earlier)
        self.panes.models_changed.connect(self._on_problem)
        self._problem.activated.connect(self.panes.load_models)

    # ------------------------------------------------------------ the page

    def title(self) -> str:
        """Return the translated title."""
        return self.tr("Lab")

    def header(self) -> QWidget | None:
        """Return the chip with the prompt's version."""
        return self._chip

    def retranslate(self) -> None:
        """Put every visible word in the current language."""
        self._run_action.setText(self.tr("Run the prompt"))
        self._stop_action.setText(self.tr("Stop the answer"))
        self._good_action.setText(self.tr("Rate the answer good"))
        self._bad_action.setText(self.tr("Rate the answer bad"))
        self._correct_action.setText(self.tr("Correct the answer"))
        self._shot_action.setText(self.tr("Use the answer as an example"))
        self._versions_action.setText(self.tr("Show the versions of the prompt"))
        self._preview_action.setText(self.tr("Preview what is sent"))
        self._on_problem()

    def refresh(self, changes: ChangeSet | None) -> None:
        """Show what has changed."""
        if changes is None:
            self.draft.load()
            self.panes.load_models()
            return
        self.draft.refresh(changes)
        self.panes.refresh(changes)

    def closed(self) -> None:
        """Keep everything that was typed."""
        self.prompt.finish_editing()
        self.judge.correction.save()
        self.draft.flush()

    def files_dropped(self, paths: tuple[str, ...]) -> bool:
        """Take dropped files along with the prompt."""
        return self.tools.files.drop(tuple(map(Path, paths)))

    def target(self, **target: object) -> None:
        """Show a model with an adapter, a trial, or put in an example or an input."""
        adapter, trial_id = target.get("adapter"), target.get("trial_id")
        shot_trial, shot_example = target.get("shot_trial"), target.get("shot_example")
        if isinstance(adapter, str):
            self.models.choose_adapter(adapter)
        if isinstance(trial_id, int):
            self.answer.show_trial(trial_id)
        if isinstance(shot_trial, int):
            self.answer.use_as_shot(shot_trial)
        if isinstance(shot_example, int):
            self.answer.use_example_as_shot(shot_example)

    def guide_target(self, spot: Spot) -> QWidget | None:
        """Return the button to run, or the way to examples."""
        targets = {
            Spot.LAB_RUN: self.run_bar.button,
            Spot.LAB_RECORDS: self.prompt.shots.records_button,
        }
        return targets.get(spot)

    # ------------------------------------------------------------ running

    def run(self) -> None:
        """Run the draft with the chosen models."""
        self.prompt.finish_editing()
        if self.panes.phase.is_busy or not self._readiness()[0]:
            return
        self.judge.correction.save()
        self.draft.flush()
        self.answer.set_variables(self.draft.variables)
        self.panes.run(self.draft.spec, self.draft.variables)

    def _readiness(self) -> tuple[bool, str]:
        """Tell whether a call makes sense, and if not, why."""
        if self.panes.problem is not None:
            return False, self.tr("No model can run yet.")
        if self.panes.is_awaited:
            # Otherwise the base would answer a question meant for the tuned model.
            return False, self.tr("Looking for the tuned model …")
        for issue in self.draft.issues():
            if issue.blocks:
                return False, phrase_issue(issue)
        return True, ""

    def _on_phase(self) -> None:
        phase = self.panes.phase
        self.run_bar.show_phase(phase)
        self._stop_action.setEnabled(phase.is_busy)
        if not phase.is_busy:
            self.draft.load_versions()

    def _on_draft(self) -> None:
        self.run_bar.parameters.show_parameters(self.draft.spec.parameters)
        self._on_edited()
        self.answer.load_earlier()

    def _on_edited(self) -> None:
        self.answer.set_variables(self.draft.variables)
        self._show_readiness()

    def _show_readiness(self) -> None:
        self.run_bar.show_readiness(*self._readiness())
        draft = self.draft
        shots = sum(shot.enabled for shot in draft.spec.shots)
        self.run_bar.show_draft(is_loaded=draft.is_loaded, shots=shots)
        self._estimate.look(draft.spec, draft.variables, self.panes.models)

    def _on_estimate(self) -> None:
        self.run_bar.show_estimate(self._estimate.text())

    def _on_count(self) -> None:
        self.judge.set_among(len(self.panes.panes))
        self._on_problem()

    def _on_picked(self, presenter: AnswerPresenter) -> None:
        self.judge.judge(presenter)

    def _on_earlier(self, trial_id: int) -> None:
        self.panes.presenter.show_trial(trial_id)

    def _on_stop_key(self) -> None:
        # The Esc that takes a Japanese conversion back is not meant for the answer.
        if not is_converting(QApplication.focusWidget()):
            self.panes.stop()

    def _on_problem(self) -> None:
        problem = self.panes.problem
        text = phrase_error(problem) if problem is not None else ""
        self._problem.set_notice("warning", text, self.tr("Look again"))
        self._show_readiness()

    # ------------------------------------------------------------ examples

    def _on_shot(self, shot: Shot) -> None:
        self.draft.add_shot(shot)
        self.context.notify(self.tr("Added to the examples in the prompt"))

    def _on_records_wanted(self) -> None:
        if self._picker is None:
            self._picker = RecordPicker(self.context, self)
            self._picker.chosen.connect(self.answer.use_example_as_shot)
        self._picker.start()

    def _on_sample_wanted(self) -> None:
        self.context.host.command("sample")

    # ------------------------------------------------------------ many at once

    def _on_matrix_wanted(self) -> None:
        self._open_matrix(by_shots=False)

    def _on_shot_counts_wanted(self) -> None:
        self._open_matrix(by_shots=True)

    def _open_matrix(self, *, by_shots: bool) -> None:
        self.prompt.finish_editing()
        self.draft.flush()
        if self.matrix is None:
            # Imported when first wanted: with the page it would hold the window.
            from workbench.ui.matrix.sheet import MatrixSheet

            self.matrix = MatrixSheet(self.context, self)
        self.matrix.start(self.draft.spec, self.panes.models, by_shots=by_shots)

    # ------------------------------------------------------------ judging

    def _on_good(self) -> None:
        self.panes.presenter.rate(Rating.GOOD)

    def _on_bad(self) -> None:
        self.panes.presenter.rate(Rating.BAD)

    def _on_correct(self) -> None:
        if self.panes.presenter.trial is not None:
            self.judge.correction.begin()

    def _on_use_as_shot(self) -> None:
        self.panes.presenter.use_as_shot()
