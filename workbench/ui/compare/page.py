"""The compare page: connects the panels with the presenter."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtGui import QAction, QImage, QKeySequence
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from workbench.domain.changes import ChangeSet, Kind
from workbench.domain.comparisons import CandidateRole, CompareRow
from workbench.domain.errors import EnvironmentFault
from workbench.domain.guide import Spot
from workbench.domain.trials import Rating
from workbench.ui.compare import phrasing
from workbench.ui.compare.comparison_choice import ComparisonChoice
from workbench.ui.compare.overview import Overview
from workbench.ui.compare.presenter import ComparePresenter
from workbench.ui.compare.record import RecordDetails, read_record
from workbench.ui.compare.result_panel import ResultPanel
from workbench.ui.compare.start_panel import StartPanel
from workbench.ui.shell import tokens
from workbench.ui.shell.context import Context
from workbench.ui.shell.page import Page
from workbench.ui.shell.phrases import phrase_seconds
from workbench.ui.shell.weak import weak_slot
from workbench.ui.tune.phrasing import sample_link
from workbench.ui.widgets.empty_state import EmptyState
from workbench.ui.widgets.skeleton import SkeletonRows


class ComparePage(Page):
    """Shows a comparison, or how to get one."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.presenter = ComparePresenter(context, self)
        self._row: CompareRow | None = None
        self._wants_new = False
        self._wanted_adapter = ""
        self._folder = ""
        self._choice = ComparisonChoice(self)
        # Each part is born where it stays: under a style sheet, moving a finished
        # panel to another parent styles all of it again.
        self._stack = QStackedWidget(self)
        self._loading = SkeletonRows(8, self._stack)
        words = self.tr("Base and tuned")
        self._empty = EmptyState("compare", words, parent=self._stack)
        self._empty.link_activated.connect(self._on_sample_wanted)
        self._empty.activated.connect(self._on_go_to_tune)
        self._start = StartPanel(self._stack)
        self._result = ResultPanel(self._stack)
        for widget in (self._loading, self._empty, self._start, self._result):
            self._stack.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self._good = self._rating_action("G", self._on_good)
        self._bad = self._rating_action("B", self._on_bad)
        self._connect()

    def _connect(self) -> None:
        presenter, result = self.presenter, self._result
        presenter.overview_changed.connect(self._show_overview)
        presenter.result_changed.connect(self._show_result)
        presenter.progress_changed.connect(self._show_headline)
        self._choice.chosen.connect(self._on_chosen)
        self._choice.new_pressed.connect(self._on_new)
        self._start.start_pressed.connect(self._on_start)
        self._start.back_pressed.connect(self._on_back)
        result.headline.stop_pressed.connect(presenter.stop)
        result.headline.go_on_pressed.connect(presenter.start)
        result.summary.tokens_picked.connect(self._on_tokens_picked)
        result.summary.tokens_cleared.connect(self._on_tokens_cleared)
        result.summary.table_wanted.connect(self._on_table_wanted)
        result.summary.picture_wanted.connect(self._on_picture_wanted)
        result.records.tokens_cleared.connect(result.summary.clear_tokens)
        result.records.row_selected.connect(self._on_row_selected)
        result.answers.rated.connect(self._rate)

    def _rating_action(self, key: str, slot: object) -> QAction:
        action = QAction(self)
        action.setShortcut(QKeySequence(key))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(slot)
        self.addAction(action)
        return action

    def title(self) -> str:
        """Return the page's name."""
        return self.tr("Base and tuned")

    def header(self) -> QWidget | None:
        """Return the choice of comparison."""
        return self._choice

    def retranslate(self) -> None:
        """Say everything in the language of now."""
        self._empty.set_texts(
            self.tr(
                "Here base and tuned answer the same test records. Tune a model first."
            ),
            self.tr("Tune a model"),
            sample_link(self.context.services.projects),
        )
        self._good.setText(self.tr("Rate the tuned answer good"))
        self._bad.setText(self.tr("Rate the tuned answer bad"))
        for part in (self._choice, self._start, self._result):
            part.retranslate()
        self._show_headline()

    def restyle(self) -> None:
        """Follow the theme."""
        self._start.restyle()
        self._show_headline()

    def refresh(self, changes: ChangeSet | None) -> None:
        """Read again what changed."""
        self.presenter.refresh(changes)
        if changes is not None and changes.touches(Kind.ANNOTATION):
            self._read_row()

    def target(self, **target: object) -> None:
        """Show the comparison of an adapter, or offer to make one."""
        self._wanted_adapter = str(target.get("adapter") or "")
        if self.presenter.overview is not None:
            self._show_overview()

    def guide_target(self, spot: Spot) -> QWidget | None:
        """Return the button that starts a comparison, goes on or makes a new one."""
        if spot is not Spot.COMPARE_START:
            return None
        buttons = (
            self._start.start_button,
            self._result.headline.go_on_button,
            self._choice.new_button,
        )
        return next((button for button in buttons if button.isVisible()), None)

    def _show_wanted(self) -> None:
        wanted = self._wanted_adapter
        if not wanted or self.presenter.source_of(wanted) is None:
            # An adapter of a moment ago comes with the next overview.
            return
        self._wanted_adapter = ""
        known = self.presenter.comparison_of(wanted)
        self._wants_new = known is None
        if known is not None:
            self.presenter.choose(known.id)
        self._start.choose(wanted)

    def _show_overview(self) -> None:
        overview = self.presenter.overview or Overview()
        self._start.show_overview(overview)
        self._show_wanted()
        current = self.presenter.current
        self._choice.show_comparisons(
            overview.comparisons, current.id if current else None
        )
        if current is not None and not self._wants_new:
            ready = self.presenter.result is not None
            self._stack.setCurrentWidget(self._result if ready else self._loading)
        elif overview.sources:
            self._stack.setCurrentWidget(self._start)
        else:
            self._stack.setCurrentWidget(self._empty)
        self._show_headline()
        self.guide_targets_changed.emit()

    def _show_result(self) -> None:
        result = self.presenter.result
        if result is not None:
            examples = self.presenter.verdict_on_examples()
            roles = [candidate.role for candidate in result.comparison.candidates]
            self._result.summary.show_result(result, examples, self.presenter.shots)
            self._result.answers.show_roles(roles)
            self._result.records.show_result(result)
        self._show_overview()

    def _show_headline(self) -> None:
        presenter, bar = self.presenter, self._result.headline
        verdict = presenter.verdict()
        if verdict is None:
            return
        muted = tokens.color("secondary").name()
        bar.show_headline(phrasing.headline(verdict, muted))
        current = presenter.current
        proof = current.proof if current else None
        bar.show_proof(proof, visible=presenter.is_announced())
        job = presenter.job
        if job is not None:
            left = phrase_seconds(job.seconds_left)
            bar.show_progress(job.done, job.total, left)
        bar.show_state(running=presenter.is_running, missing=presenter.missing)

    def _on_row_selected(self, row: CompareRow | None) -> None:
        self._row = row
        if row is None:
            self._result.answers.show_row(None, {})
        else:
            self._read_row()

    def _read_row(self) -> None:
        if self._row is not None:
            self.context.bridge.call(
                read_record, self.context.services, self._row, done=self._on_record
            )

    def _on_record(self, record: RecordDetails) -> None:
        if record.row == self._row:
            self._result.answers.show_row(record.row, record.diffs)
            self._result.answers.show_annotation(record.annotation)

    def _on_good(self) -> None:
        self._rate(Rating.GOOD)

    def _on_bad(self) -> None:
        self._rate(Rating.BAD)

    def _rate(self, rating: Rating) -> None:
        tuned = self._row.answer(CandidateRole.TUNED) if self._row else None
        if tuned is not None:
            data = self.context.services.data
            self.context.bridge.call(data.rate, [tuned.trial_id], rating)

    def _on_tokens_picked(self, low: float, high: float) -> None:
        self._result.records.filter_tokens((low, high))

    def _on_tokens_cleared(self) -> None:
        self._result.records.filter_tokens(None)

    def _on_chosen(self, comparison_id: int) -> None:
        self._wants_new = False
        self._result.records.clear_filter()
        self.presenter.choose(comparison_id)
        self._show_overview()

    def _on_new(self) -> None:
        self._wants_new = True
        self._show_overview()

    def _on_back(self) -> None:
        self._wants_new = False
        self._show_overview()

    def _on_start(self, adapter_ulid: str) -> None:
        self._wants_new = False
        self.presenter.create(adapter_ulid)

    def _on_sample_wanted(self) -> None:
        self.context.host.command("sample")

    def _on_go_to_tune(self) -> None:
        self.context.go("tune")

    def _on_table_wanted(self) -> None:
        dialog = self._save_dialog("csv", self.tr("Save the table"))
        dialog.fileSelected.connect(self._save_table)
        dialog.open()

    def _on_picture_wanted(self) -> None:
        dialog = self._save_dialog("png", self.tr("Save the picture"))
        dialog.fileSelected.connect(self._save_picture)
        dialog.open()

    def _save_dialog(self, suffix: str, title: str) -> QFileDialog:
        current = self.presenter.current
        name = f"{current.name if current else 'comparison'}.{suffix}"
        folder = self._folder or _documents()
        dialog = QFileDialog(self, title, folder, f"{suffix.upper()} (*.{suffix})")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(suffix)
        dialog.selectFile(name)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return dialog

    def _save_table(self, path: str) -> None:
        current = self.presenter.current
        if current is not None:
            export = self.context.services.compare.export_csv
            done = weak_slot(self._on_saved, Path(path))
            call = self.context.bridge.call
            call(export, current.id, Path(path), done=done)

    def _save_picture(self, path: str) -> None:
        picture = self._result.grab().toImage()
        done = weak_slot(self._on_saved, Path(path))
        self.context.bridge.call(save_image, picture, path, done=done)

    def _on_saved(self, path: Path, _: object) -> None:
        self._folder = str(path.parent)
        text = self.tr("Saved as {name} in {folder}.")
        self.context.notify(text.format(name=path.name, folder=path.parent))


def _documents() -> str:
    """Return the folder where a person looks for what was saved."""
    place = QStandardPaths.StandardLocation.DocumentsLocation
    return QStandardPaths.writableLocation(place)


def save_image(picture: QImage, path: str) -> None:
    """Write a picture; encoding it takes too long for the window's thread.

    Raises:
        EnvironmentFault: ``file.unwritable``.
    """
    if not picture.save(path):
        raise EnvironmentFault("file.unwritable", f"The file cannot be written: {path}")
