"""One run: how it goes while it learns, and what it came to."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPlainTextEdit,
    QProgressBar,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from workbench.domain.jobs import JobState
from workbench.ui.shell import fonts, icons
from workbench.ui.shell.phrases import phrase_code
from workbench.ui.tune import phrasing
from workbench.ui.tune.overview import RunDetails
from workbench.ui.tune.preflight_panel import PreflightPanel
from workbench.ui.tune.run_header import RunHeader
from workbench.ui.tune.samples_view import SamplesView
from workbench.ui.widgets.buttons import quiet_button
from workbench.ui.widgets.lines import horizontal_line, vertical_line
from workbench.ui.widgets.loss_chart import LossChart
from workbench.ui.widgets.notice import Notice
from workbench.ui.widgets.section_label import SectionLabel, label


class RunView(QWidget):
    """Shows a run and offers what its state allows, through its header."""

    log_toggled = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._details: RunDetails | None = None
        self.header = RunHeader(self)
        self._progress = label("", "", self)
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        self._silent = Notice("warning", "", self)
        self._warnings = Notice("warning", "", self)
        self._error = Notice("error", "", self)
        self._log_button = quiet_button("", self)
        self._log_button.setCheckable(True)
        self._log_button.toggled.connect(self._on_log_toggled)
        self._log = QPlainTextEdit(self)
        self._log.setReadOnly(True)
        self._log.setTabChangesFocus(True)
        self._log.setFont(fonts.monospace())
        self._log.setFixedHeight(160)
        self._stack = QStackedWidget(self)
        self._course = QWidget(self._stack)
        self._loss_head = SectionLabel("", self._course)
        self._losses = LossChart(self._course)
        self._samples = SamplesView(self._course)
        self._preflight = PreflightPanel(self._stack)
        self._lay_out()

    def _lay_out(self) -> None:
        self._lay_out_course()
        self._stack.addWidget(self._course)
        self._stack.addWidget(self._preflight)
        status = QVBoxLayout()
        status.setContentsMargins(16, 12, 16, 4)
        status.setSpacing(8)
        for widget in (self._progress, self._bar, self._silent, self._warnings):
            status.addWidget(widget)
        status.addWidget(self._error)
        row = QHBoxLayout()
        row.addWidget(self._log_button)
        row.addStretch(1)
        status.addLayout(row)
        status.addWidget(self._log)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(horizontal_line(self))
        column.addLayout(status)
        column.addWidget(self._stack, 1)

    def _lay_out_course(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self._loss_head)
        left.addWidget(self._losses, 1)
        row = QHBoxLayout(self._course)
        row.setContentsMargins(16, 8, 16, 16)
        row.setSpacing(24)
        row.addLayout(left, 3)
        row.addWidget(vertical_line(self._course))
        row.addWidget(self._samples, 2)

    def show_run(self, details: RunDetails) -> None:
        """Show a run from its record."""
        self._details = details
        self.header.show_run(details)
        waiting = details.run.state is JobState.QUEUED
        if details.preparation is not None:
            self._preflight.show_preparation(details.preparation)
        show_rows = waiting and details.preparation is not None
        self._stack.setCurrentIndex(1 if show_rows else 0)
        self._show_log(details)
        self.show_progress(details)

    def _show_log(self, details: RunDetails) -> None:
        """Show the worker's own words and figures, for whoever wants to know."""
        figures = "\n".join(f"{name}: {value}" for name, value in details.run.result)
        words = (details.run.error_text, figures, details.log)
        text = "\n\n".join(text for text in words if text)
        if text != self._log.toPlainText():
            self._log.setPlainText(text)
        self._log_button.setVisible(bool(text))
        self._log.setVisible(bool(text) and self._log_button.isChecked())

    def show_progress(self, details: RunDetails) -> None:
        """Show how far a run is, without touching what stands still."""
        self._details = details
        progress = details.progress
        self._losses.set_losses(
            progress.train_loss, progress.eval_loss, progress.total_steps
        )
        self._samples.set_samples(progress.samples, phrasing.kept_step(details.run))
        self._bar.setRange(0, max(1, progress.total_steps))
        self._bar.setValue(progress.step)
        self._bar.setVisible(
            details.run.state in {JobState.RUNNING, JobState.CANCELLING}
        )
        self._show_words()

    def retranslate(self) -> None:
        """Say everything in the language of now."""
        self.header.retranslate()
        self._preflight.retranslate()
        self._samples.retranslate()
        self._loss_head.setText(self.tr("Loss: distance of answers from records"))
        self._bar.setAccessibleName(self.tr("Progress of the training"))
        self._progress.setAccessibleName(self.tr("Progress in words"))
        self._log_button.setText(self.tr("Details and log"))
        self._log.setAccessibleName(self.tr("Log of the worker"))
        self._show_words()
        self.restyle()

    def restyle(self) -> None:
        """Follow the theme."""
        name = "chevron-down" if self._log_button.isChecked() else "chevron-right"
        self._log_button.setIcon(icons.icon(name))

    def _show_words(self) -> None:
        details = self._details
        if details is None:
            return
        self._progress.setText(_progress_text(details))
        self._progress.setVisible(bool(self._progress.text()))
        told = details.progress.warnings[-3:]
        warnings = "\n".join(phrasing.warning(*warning) for warning in told)
        self._warnings.set_notice("warning", warnings)
        active = details.run.state in {JobState.RUNNING, JobState.CANCELLING}
        silent = active and not details.progress.responding
        self._silent.set_notice(
            "warning",
            self.tr(
                "The worker has not been heard of for a while. That happens when the "
                "computer slept or is busy; nothing is lost."
            )
            if silent
            else "",
        )
        severity, text = self._what_happened(details)
        self._error.set_notice(severity, text)

    def _what_happened(self, details: RunDetails) -> tuple[str, str]:
        run = details.run
        if run.state is JobState.FAILED:
            return "error", phrase_code(run.error_code, run.error_text)
        if run.state is JobState.LOST:
            return "warning", self.tr(
                "The worker is gone and left no last word: the computer may have been "
                "switched off. What it saved is kept in the run's folder. Close the "
                "run, then start a new one."
            )
        return "info", ""

    def _on_log_toggled(self, shown: bool) -> None:
        self._log.setVisible(shown)
        self.restyle()
        self.log_toggled.emit(shown)


def _progress_text(details: RunDetails) -> str:
    run, progress = details.run, details.progress
    if run.state is JobState.CANCELLING:
        return phrasing.state(run.state)
    if run.state is JobState.RUNNING:
        parts = (
            phrasing.phase(progress.phase),
            phrasing.step_of(progress.step, progress.total_steps),
            phrasing.time_left(progress.seconds_left),
        )
        return " · ".join(part for part in parts if part)
    return phrasing.outcome(run)
