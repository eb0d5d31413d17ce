"""One running job: what, how far, how long still, and a way to stop."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from workbench.domain.jobs import JobSnapshot, JobState
from workbench.ui.shell.phrases import phrase_job, phrase_seconds, phrase_state
from workbench.ui.widgets.icon_button import IconButton
from workbench.ui.widgets.section_label import label


class JobRow(QWidget):
    """Shows a snapshot of a job."""

    stop_clicked = Signal(object)  # JobSnapshot

    def __init__(self, job: JobSnapshot, parent: QWidget | None = None) -> None:
        """Show a job."""
        super().__init__(parent)
        self._job = job
        self._title = label(role="secondary", parent=self)
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(112)
        self._state = label(role="secondary", parent=self)
        self._stop = IconButton("stop", parent=self)
        self._stop.clicked.connect(self._on_stop)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        for widget in (self._title, self._bar, self._state, self._stop):
            row.addWidget(widget)
        self.set_job(job)

    @property
    def job(self) -> JobSnapshot:
        """The snapshot that is shown."""
        return self._job

    def set_job(self, job: JobSnapshot) -> None:
        """Show a newer snapshot."""
        self._job = job
        title = phrase_job(job.kind, job.title)
        self._title.setText(title)
        self._bar.setRange(0, job.total if job.total > 0 else 0)
        self._bar.setValue(job.done)
        self._bar.setAccessibleName(self.tr("Progress: {title}").format(title=title))
        self._state.setText(self._phrase(job))
        self._stop.setEnabled(job.state is not JobState.CANCELLING)
        self._stop.set_name(self.tr("Stop: {title}").format(title=title))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "_stop"):
            self.set_job(self._job)

    def _phrase(self, job: JobSnapshot) -> str:
        if job.state is not JobState.RUNNING:
            return phrase_state(job.state)
        if job.total <= 0:
            return ""
        share = self.tr("{percent} %").format(percent=100 * job.done // job.total)
        left = phrase_seconds(job.seconds_left)
        if not left:
            return share
        return self.tr("{share} · {time} left").format(share=share, time=left)

    def _on_stop(self) -> None:
        self.stop_clicked.emit(self._job)
