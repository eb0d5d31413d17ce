"""What the compare page shows, without widgets.

The presenter reads through the bridge, remembers which comparison is looked at, and
says when something changed. A result is computed when a comparison is chosen, when it
ends, and now and then while answers arrive.
"""

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from workbench.domain.changes import ChangeSet, Kind
from workbench.domain.comparisons import Comparison
from workbench.domain.errors import WorkbenchError
from workbench.domain.jobs import JobSnapshot
from workbench.services.jobs import Job
from workbench.ui.compare.overview import (
    Overview,
    Reading,
    Source,
    read_overview,
    read_result,
)
from workbench.ui.compare.verdict import Outcome, Verdict, judge, outcome_of
from workbench.ui.shell.context import Context

if TYPE_CHECKING:
    from workbench.services.compare_result import CompareResult

_PARTIAL_SECONDS = 6.0
"""Statistics cost a good part of a second that the answers would rather have."""


class ComparePresenter(QObject):
    """State of the compare page."""

    overview_changed = Signal()
    result_changed = Signal()
    progress_changed = Signal()

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._services = context.services
        self.overview: Overview | None = None
        self.result: CompareResult | None = None
        self.shots = 0
        self.job: JobSnapshot | None = None
        self._chosen: int | None = None
        self._asked_for: int | None = None
        self._asked_at = 0.0
        self._is_stale = False
        context.bridge.job_changed.connect(self._on_job_changed)

    @property
    def current(self) -> Comparison | None:
        """The comparison that is looked at."""
        if self.overview is None:
            return None
        for comparison in self.overview.comparisons:
            if comparison.id == self._chosen:
                return comparison
        return None

    @property
    def is_running(self) -> bool:
        """Whether answers are being asked for."""
        job, current = self.job, self.current
        if job is None or current is None:
            return False
        return job.subject == current.ulid and job.state.is_active

    @property
    def missing(self) -> int:
        """Answers that are not there yet."""
        current = self.current
        return current.total - current.cells if current else 0

    def source_of(self, adapter_ulid: str) -> Source | None:
        """Return an adapter that can be compared, None when there is none."""
        sources = self.overview.sources if self.overview else ()
        return next((s for s in sources if s.adapter.ulid == adapter_ulid), None)

    def comparison_of(self, adapter_ulid: str) -> Comparison | None:
        """Return the newest comparison of an adapter."""
        for comparison in self.overview.comparisons if self.overview else ():
            if any(c.model.adapter_ulid == adapter_ulid for c in comparison.candidates):
                return comparison
        return None

    def refresh(self, changes: ChangeSet | None) -> None:
        """Read again what these changes touch."""
        wanted = (Kind.COMPARISON, Kind.ADAPTER, Kind.RUN, Kind.SNAPSHOT)
        if changes is None or changes.touches(*wanted):
            self._context.bridge.call(
                read_overview, self._services, done=self._on_overview
            )
        if changes is not None and changes.touches(Kind.COMPARISON):
            self._is_stale = True

    def choose(self, comparison_id: int) -> None:
        """Look at a comparison."""
        if comparison_id == self._chosen:
            return
        self._chosen = comparison_id
        self.result = None
        self._find_job()
        self.result_changed.emit()
        self._ask_for_result()

    def create(self, adapter_ulid: str) -> None:
        """Make a comparison for an adapter and start it."""
        self._context.bridge.call(
            self._services.compare.create, adapter_ulid, done=self._on_created
        )

    def start(self) -> None:
        """Ask for the answers that are missing."""
        if self._chosen is not None and not self.is_running:
            self._context.bridge.call(
                self._services.compare.start, self._chosen, done=self._on_started
            )

    def stop(self) -> None:
        """Stop asking; the answers that are there are kept."""
        if self._chosen is not None:
            self._context.bridge.call(self._services.compare.stop, self._chosen)

    def verdict(self) -> Verdict | None:
        """Return what the headline may say."""
        result = self.result
        if result is None:
            return None
        current = self.current or result.comparison
        if not result.complete:
            # Answers may have arrived since it was computed: they are counted, but
            # nothing is announced from a part of them.
            return Verdict(
                Outcome.INCOMPLETE, answered=current.cells, total=current.total
            )
        low, high = result.detectable or (None, None)
        return judge(
            result.headline.tuned_minus_base,
            result.tokens.change,
            detectable=(low, high),
            answered=result.comparison.cells,
            total=result.comparison.total,
            metric=result.headline.metric,
        )

    def verdict_on_examples(self) -> Verdict | None:
        """Return tuned against the base with examples, once everything is there."""
        result = self.result
        if result is None or not result.complete:
            return None
        paired = result.headline.tuned_minus_few_shot
        if paired is None:
            return None
        return Verdict(
            outcome_of(paired),
            difference=paired.difference,
            low=paired.low,
            high=paired.high,
            records=paired.n,
            metric=result.headline.metric,
        )

    def is_announced(self) -> bool:
        """Whether the result may be told: no verdict before the last answer."""
        verdict = self.verdict()
        return verdict is not None and verdict.outcome is not Outcome.INCOMPLETE

    def _on_overview(self, overview: Overview) -> None:
        self.overview = overview
        ids = [comparison.id for comparison in overview.comparisons]
        if self._chosen not in ids:
            self._chosen = ids[0] if ids else None
            self.result = None
        # A job may have begun before its comparison was known here.
        self._find_job()
        self.overview_changed.emit()
        if self._chosen is None:
            return
        due = time.monotonic() - self._asked_at >= _PARTIAL_SECONDS
        if self.result is None or (self._is_stale and (due or not self.is_running)):
            self._ask_for_result()

    def _ask_for_result(self) -> None:
        if self._chosen is None or self._asked_for == self._chosen:
            return
        self._asked_for, self._asked_at = self._chosen, time.monotonic()
        self._is_stale = False
        self._context.bridge.call(
            read_result,
            self._services,
            self._chosen,
            done=self._on_result,
            failed=self._on_result_failed,
        )

    def _on_result(self, reading: Reading) -> None:
        self._asked_for = None
        if reading.result.comparison.id != self._chosen:
            self._ask_for_result()
            return
        self.result, self.shots = reading.result, reading.shots
        self.result_changed.emit()
        if self._is_stale and not self.is_running:
            self._ask_for_result()

    def _on_result_failed(self, error: WorkbenchError) -> None:
        self._asked_for = None
        self._context.host.show_error(error)

    def _on_created(self, comparison: Comparison) -> None:
        self._chosen = comparison.id
        self.result = None
        self.start()
        self.refresh(None)

    def _on_started(self, job: Job[None]) -> None:
        self._context.bridge.follow(job, done=self._on_ended, failed=self._on_failed)

    def _on_ended(self, _: None) -> None:
        self._is_stale = True
        self.refresh(None)

    def _on_failed(self, error: WorkbenchError) -> None:
        self._on_ended(None)
        self._context.host.show_error(error)

    def _find_job(self) -> None:
        current = self.current
        active = self._services.jobs.active() if current else ()
        found = (job for job in active if current and job.subject == current.ulid)
        self.job = next(found, None)

    def _on_job_changed(self, job: JobSnapshot) -> None:
        current = self.current
        if current is None or job.subject != current.ulid:
            return
        self.job = job
        self.progress_changed.emit()
        if not job.state.is_active:
            self._is_stale = True
            self._ask_for_result()
