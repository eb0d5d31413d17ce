"""The guided path on the sample project: where the person is, and what comes next.

The progress lies with the preferences, not in the project: the last step ends in
another project, and a path that was left must stay left whatever happens to the file.
All but the cheap questions read the project, so they belong on the lane for short work.
"""

import dataclasses
import json
import logging
from collections.abc import Sequence

from workbench.domain import guide
from workbench.domain.guide import Facts, Moment, Progress, Since, State, Step, Work
from workbench.domain.jobs import JobKind, JobState
from workbench.domain.ports import ProjectStore
from workbench.domain.prompts import Role, without_inputs
from workbench.domain.trials import Trial, TrialFilter, TrialStatus
from workbench.domain.tuning import Run
from workbench.services.jobs import JobService
from workbench.services.preferences import PreferencesService
from workbench.services.projects import ProjectService
from workbench.services.tune import TuneService

_log = logging.getLogger(__name__)
_JUDGING = ("rate", "correct")
_WORK = {
    JobKind.ANSWER: Work.ANSWER,
    JobKind.PREPARE: Work.CHECK,
    JobKind.TRAIN: Work.TRAINING,
    JobKind.COMPARE: Work.COMPARISON,
}


@dataclasses.dataclass(frozen=True, slots=True)
class GuideView:
    """What the window shows of the path.

    Attributes:
        moment: what is to be done now; None shows nothing.
        done: steps that have been done.
        passed: steps that were passed over, and can be taken back.
        just_done: the step that has been done since the last look.
        finished: the end was just reached: a word of parting.
    """

    moment: Moment | None = None
    done: frozenset[Step] = frozenset()
    just_done: Step | None = None
    finished: bool = False
    passed: frozenset[Step] = frozenset()


class GuideService:
    """Begins, leaves and resumes the path, and looks how far it has come."""

    def __init__(
        self,
        projects: ProjectService,
        tune: TuneService,
        jobs: JobService,
        preferences: PreferencesService,
    ) -> None:
        """Read where the person was."""
        self._projects = projects
        self._tune = tune
        self._jobs = jobs
        self._preferences = preferences
        self._progress = read_progress(preferences.current.guide)
        self._is_parting = False
        projects.before_closing(self._on_closing)
        projects.after_creating(self._on_created)

    @property
    def progress(self) -> Progress:
        """Where the person is."""
        return self._progress

    def offer(self) -> GuideView:
        """Begin by itself the first time the sample is open, and never again."""
        if self._progress.state is State.NEW and self._projects.is_sample():
            self._begin()
        return self.look()

    def start(self) -> GuideView:
        """Resume the path in the open sample project, or begin it."""
        if not self._projects.is_sample():
            return GuideView()
        ulid = self._projects.store.meta.ulid
        here = self._progress.project == ulid
        if not here or self._progress.state not in {State.ACTIVE, State.LEFT}:
            self._begin()
        elif self._progress.state is State.LEFT:
            self._keep(dataclasses.replace(self._progress, state=State.ACTIVE))
        return self.look()

    def newest(self) -> Since:
        """Return the marks of a path that begins now."""
        return _newest(self._projects.store)

    def leave(self) -> GuideView:
        """Stop here; `start` goes on at the same step."""
        self._is_parting = False
        if self._progress.state is State.ACTIVE:
            self._keep(dataclasses.replace(self._progress, state=State.LEFT))
        return GuideView()

    def pass_over(self) -> GuideView:
        """Go on to the next step, or to a word of parting."""
        self._keep(guide.pass_over(self._progress))
        self._is_parting = self._progress.step is None
        return self.look()

    def take_back(self) -> GuideView:
        """Open the last step again that was passed over."""
        self._is_parting = False
        self._keep(guide.take_back(self._progress))
        return self.look()

    def read_advice(self) -> GuideView:
        """Take in that the comparison was followed to the advice."""
        self._keep(dataclasses.replace(self._progress, read_advice=True))
        return self.look()

    def stand_at(self, progress: Progress) -> GuideView:
        """Take over a place on the path, as pictures of every step need it."""
        self._keep(progress)
        return self.look()

    def look(self) -> GuideView:
        """Take in what has been done, and return what is to be done now."""
        if self._is_parting:
            has_own = Step.OWN not in self._progress.passed
            return self._view(just_done=Step.OWN if has_own else None, finished=True)
        if self._progress.state is not State.ACTIVE or not self._is_here():
            return GuideView()
        store = self._projects.store
        since = self._progress.since.held_to(_newest(store))
        facts = self._facts(store, since)
        known = dataclasses.replace(self._progress, since=since)
        progress, just = guide.advance(known, facts)
        self._keep(progress)
        return self._view(guide.moment(progress, facts), just)

    def _view(
        self,
        moment: Moment | None = None,
        just_done: Step | None = None,
        *,
        finished: bool = False,
    ) -> GuideView:
        passed = self._progress.passed
        done = self._progress.done - passed
        return GuideView(moment, done, just_done, finished, passed)

    def _is_here(self) -> bool:
        projects = self._projects
        return projects.is_open and projects.store.meta.ulid == self._progress.project

    def _begin(self) -> None:
        self._is_parting = False
        ulid = self._projects.store.meta.ulid
        self._keep(guide.begin(ulid, self.newest()))

    def _on_closing(self) -> None:
        self._is_parting = False

    def _on_created(self) -> None:
        if self._progress.state is State.ACTIVE:
            self._keep(guide.made_own(self._progress))
            self._is_parting = self._progress.step is None

    def _keep(self, progress: Progress) -> None:
        if progress != self._progress:
            self._progress = progress
            self._preferences.change(guide=write_progress(progress))

    def _facts(self, store: ProjectStore, since: Since) -> Facts:
        ids = [i for i in store.trials.ids(TrialFilter()) if i > since.trial]
        trials = [trial for trial in store.trials.page(ids) if _ended_well(trial)]
        runs = [run for run in store.runs.runs() if run.id > since.run]
        counts = [dataset.counts for dataset in store.datasets.datasets()]
        compared = store.comparisons.comparisons()
        return Facts(
            answered=bool(trials),
            answered_with_examples=any(_has_examples(trial) for trial in trials),
            judged=store.undo.newest(_JUDGING) > since.judgement,
            tuned=any(run.adapter_ulid for run in runs),
            compared=any(
                c.id > since.comparison and 0 < c.total == c.cells for c in compared
            ),
            has_examples=_shows_examples(store),
            divided=any(part.train and part.test for part in counts),
            checked=self._is_checked(runs),
            has_model=bool(store.runs.adapters()),
            work=frozenset(
                _WORK[job.kind] for job in self._jobs.active() if job.kind in _WORK
            ),
        )

    def _is_checked(self, runs: Sequence[Run]) -> bool:
        waiting = [run for run in runs if run.state is JobState.QUEUED]
        return any(self._tune.preparation(run.id) is not None for run in waiting)


def _newest(store: ProjectStore) -> Since:
    return Since(
        trial=max(store.trials.ids(TrialFilter()), default=0),
        judgement=store.undo.newest(_JUDGING),
        run=max((run.id for run in store.runs.runs()), default=0),
        comparison=max((c.id for c in store.comparisons.comparisons()), default=0),
    )


def _shows_examples(store: ProjectStore) -> bool:
    """Tell whether a run would send examples: one with the very input stays behind."""
    shots = store.prompts.draft().active_shots
    return bool(without_inputs(shots, store.prompts.draft_variables()))


def _ended_well(trial: Trial) -> bool:
    return trial.outcome.status is TrialStatus.SUCCEEDED


def _has_examples(trial: Trial) -> bool:
    return any(message.role is Role.ASSISTANT for message in trial.messages)


def write_progress(progress: Progress) -> str:
    """Return the progress as one line for the preferences."""
    values = {
        "state": progress.state.value,
        "project": progress.project,
        "done": [step.value for step in Step if step in progress.done],
        "since": dataclasses.asdict(progress.since),
        "read_advice": progress.read_advice,
        "passed": [step.value for step in Step if step in progress.passed],
    }
    return json.dumps(values, ensure_ascii=False)


def read_progress(text: str) -> Progress:
    """Read what `write_progress` wrote; what cannot be read is a path left behind.

    It must never begin by itself a second time.
    """
    if not text:
        return Progress()
    try:
        values = json.loads(text)
        return Progress(
            state=State(values["state"]),
            project=str(values["project"]),
            done=frozenset(Step(step) for step in values["done"]),
            since=Since(**{k: int(v) for k, v in values["since"].items()}),
            read_advice=bool(values["read_advice"]),
            passed=frozenset(Step(step) for step in values.get("passed", ())),
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        _log.warning("the progress of the guided path cannot be read")
        return Progress(State.LEFT)
