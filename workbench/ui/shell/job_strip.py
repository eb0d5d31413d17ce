"""The strip of running jobs below the page; hidden when nothing runs."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from workbench.domain.jobs import JobKind, JobSnapshot
from workbench.ui.shell.job_row import JobRow
from workbench.ui.widgets.lines import horizontal_line
from workbench.ui.widgets.section_label import label

_SHOWN = 3


class JobStrip(QFrame):
    """Shows up to three jobs, and how many more there are."""

    stop_requested = Signal(object)  # JobSnapshot

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start hidden."""
        super().__init__(parent)
        self.setProperty("panel", "surface")
        self._jobs: dict[str, JobSnapshot] = {}
        self._rows: dict[str, JobRow] = {}
        self._more = label(role="secondary", parent=self)
        self._row = QHBoxLayout()
        self._row.setContentsMargins(16, 4, 16, 4)
        self._row.setSpacing(24)
        self._row.addWidget(self._more)
        self._row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(horizontal_line(self))
        column.addLayout(self._row)
        self.hide()

    def update_job(self, job: JobSnapshot) -> None:
        """Take a newer snapshot of a job in."""
        if not job.state.is_active:
            self._jobs.pop(job.ulid, None)
        elif _is_long(job):
            self._jobs[job.ulid] = job
        self._show()

    def clear(self) -> None:
        """Forget all jobs."""
        self._jobs = {}
        self._show()

    def rows(self) -> tuple[JobRow, ...]:
        """Return the rows that are shown."""
        return tuple(self._rows.values())

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "_row"):
            self._show()

    def _show(self) -> None:
        shown = list(self._jobs)[:_SHOWN]
        for ulid in [known for known in self._rows if known not in shown]:
            row = self._rows.pop(ulid)
            self._row.removeWidget(row)
            row.hide()
            row.deleteLater()
        for place, ulid in enumerate(shown):
            self._show_row(place, self._jobs[ulid])
        more = len(self._jobs) - len(shown)
        self._more.setText(self.tr("%n more", "", more))
        self._more.setVisible(more > 0)
        self.setVisible(bool(self._jobs))

    def _show_row(self, place: int, job: JobSnapshot) -> None:
        known = self._rows.get(job.ulid)
        if known is not None:
            known.set_job(job)
            return
        row = JobRow(job, self)
        row.stop_clicked.connect(self.stop_requested)
        self._rows[job.ulid] = row
        self._row.insertWidget(place, row)


def _is_long(job: JobSnapshot) -> bool:
    """A single answer is shown where it streams; the strip would only flicker."""
    if job.kind is JobKind.PROBE:
        return False
    return job.kind is not JobKind.ANSWER or job.total > 1
