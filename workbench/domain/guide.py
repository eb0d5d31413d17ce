"""The guided path: six steps on the sample project, as pure logic.

A step is done by a fact of the project, never by a click on "Next" alone, and only by a
fact that came to be after the path was begun: the sample already holds trials and
records. What counts as "after" is a `Since`: the newest row of each kind at the start.
Within a step the next control to press changes as the step goes on; `moment` says
which one it is, as a `Spot`, or what is being waited for.
"""

import dataclasses
import enum
from collections.abc import Set


class Step(enum.StrEnum):
    """The steps, in their order."""

    RUN = "run"
    EXAMPLES = "examples"
    CHECK = "check"
    TUNE = "tune"
    COMPARE = "compare"
    OWN = "own"


class Spot(enum.StrEnum):
    """A control that a step points at."""

    LAB_RUN = "lab_run"
    LAB_RECORDS = "lab_records"
    DATA_RATING = "data_rating"
    DATA_SPLIT = "data_split"
    TUNE_CHECK = "tune_check"
    TUNE_START = "tune_start"
    COMPARE_START = "compare_start"
    ADVICE = "advice"
    OWN = "own"

    @property
    def page(self) -> str:
        """The page with this control; empty when it stands outside the pages."""
        return _PAGES.get(self, "")


class Work(enum.StrEnum):
    """Work under way that a step waits for."""

    ANSWER = "answer"
    CHECK = "check"
    TRAINING = "training"
    COMPARISON = "comparison"


class State(enum.StrEnum):
    """How the person stands to the path."""

    NEW = "new"
    ACTIVE = "active"
    LEFT = "left"
    FINISHED = "finished"


@dataclasses.dataclass(frozen=True, slots=True)
class Since:
    """The newest row of each kind when the path was begun."""

    trial: int = 0
    judgement: int = 0
    run: int = 0
    comparison: int = 0

    def held_to(self, newest: "Since") -> "Since":
        """Return the marks, none above what is there.

        The working copy of the sample may have been deleted and made anew: its rows
        count from the start again.
        """
        return Since(
            *(
                min(mark, there)
                for mark, there in zip(
                    dataclasses.astuple(self), dataclasses.astuple(newest), strict=True
                )
            )
        )


@dataclasses.dataclass(frozen=True, slots=True)
class Facts:
    """What the project says, seen from the start of the path.

    Attributes:
        answered: a trial ended well.
        answered_with_examples: one whose prompt had examples.
        judged: an answer was rated or corrected.
        tuned: a run left a tuned model.
        compared: a comparison has every answer.
        has_examples: the prompt that is being edited has examples that are on.
        divided: records stand both in training and in the test.
        checked: a run was checked and waits for its start.
        has_model: there is a tuned model, from whenever.
        work: kinds of work under way.
    """

    answered: bool = False
    answered_with_examples: bool = False
    judged: bool = False
    tuned: bool = False
    compared: bool = False
    has_examples: bool = False
    divided: bool = False
    checked: bool = False
    has_model: bool = False
    work: frozenset[Work] = frozenset()


@dataclasses.dataclass(frozen=True, slots=True)
class Progress:
    """Where a person is on the path; kept with the preferences.

    Attributes:
        project: ULID of the project it is walked on.
        done: steps done, or passed over.
        read_advice: the comparison's end was followed to the advice.
        passed: those of `done` that were only passed over.
    """

    state: State = State.NEW
    project: str = ""
    done: frozenset[Step] = frozenset()
    since: Since = dataclasses.field(default_factory=Since)
    read_advice: bool = False
    passed: frozenset[Step] = frozenset()

    @property
    def step(self) -> Step | None:
        """The first step that is open; None at the end."""
        return next((step for step in Step if step not in self.done), None)


@dataclasses.dataclass(frozen=True, slots=True)
class Moment:
    """What is to be done now.

    Attributes:
        number: of the step, from 1.
        spot: the control to use.
        work: what has to end first, or None.
    """

    step: Step
    number: int
    spot: Spot
    work: Work | None = None


def begin(project: str, newest: Since) -> Progress:
    """Return the path at its first step."""
    return Progress(State.ACTIVE, project, since=newest)


def advance(progress: Progress, facts: Facts) -> tuple[Progress, Step | None]:
    """Take in what has been done.

    Returns:
        The new progress, and the step that was just done: the open one, if it was.
    """
    fulfilled = {step for step in Step if _is_done(step, facts, progress)}
    just = progress.step if progress.step in fulfilled else None
    return _with_done(progress, fulfilled), just


def pass_over(progress: Progress) -> Progress:
    """Go on to the next step without having done the open one."""
    step = progress.step
    if step is None:
        return progress
    passed = progress.passed | {step}
    return dataclasses.replace(_with_done(progress, {step}), passed=passed)


def take_back(progress: Progress) -> Progress:
    """Open the last step again that was passed over; without one nothing changes."""
    passed = [step for step in Step if step in progress.passed]
    if not passed:
        return progress
    last = {passed[-1]}
    return dataclasses.replace(
        progress,
        state=State.ACTIVE,
        done=progress.done - last,
        passed=progress.passed - last,
    )


def made_own(progress: Progress) -> Progress:
    """Take in that a project of the person's own was made."""
    return _with_done(progress, {Step.OWN})


def moment(progress: Progress, facts: Facts) -> Moment | None:
    """Return what is to be done now; None at the end of the path."""
    step = progress.step
    if step is None:
        return None
    spot, work = _SPOTS[step](facts) if step in _SPOTS else (Spot.OWN, None)
    awaited = work if work in facts.work else None
    return Moment(step, list(Step).index(step) + 1, spot, awaited)


def _with_done(progress: Progress, steps: Set[Step]) -> Progress:
    done = progress.done | steps
    state = State.FINISHED if len(done) == len(Step) else progress.state
    passed = progress.passed - steps
    return dataclasses.replace(progress, done=done, passed=passed, state=state)


def _is_done(step: Step, facts: Facts, progress: Progress) -> bool:
    match step:
        case Step.RUN:
            return facts.answered
        case Step.EXAMPLES:
            return facts.answered_with_examples
        case Step.CHECK:
            return facts.judged
        case Step.TUNE:
            return facts.tuned
        case Step.COMPARE:
            return facts.compared and progress.read_advice
        case Step.OWN:
            return False


def _run_spot(facts: Facts) -> tuple[Spot, Work | None]:
    del facts
    return Spot.LAB_RUN, Work.ANSWER


def _examples_spot(facts: Facts) -> tuple[Spot, Work | None]:
    spot = Spot.LAB_RUN if facts.has_examples else Spot.LAB_RECORDS
    return spot, Work.ANSWER if facts.has_examples else None


def _check_spot(facts: Facts) -> tuple[Spot, Work | None]:
    del facts
    return Spot.DATA_RATING, None


def _tune_spot(facts: Facts) -> tuple[Spot, Work | None]:
    if Work.TRAINING in facts.work:
        return Spot.TUNE_START, Work.TRAINING
    if not facts.divided:
        return Spot.DATA_SPLIT, None
    if facts.checked:
        return Spot.TUNE_START, None
    return Spot.TUNE_CHECK, Work.CHECK


def _compare_spot(facts: Facts) -> tuple[Spot, Work | None]:
    if facts.compared:
        return Spot.ADVICE, None
    if not facts.has_model:
        # The step before was passed over; nothing can be compared without it.
        return _tune_spot(facts)
    return Spot.COMPARE_START, Work.COMPARISON


_SPOTS = {
    Step.RUN: _run_spot,
    Step.EXAMPLES: _examples_spot,
    Step.CHECK: _check_spot,
    Step.TUNE: _tune_spot,
    Step.COMPARE: _compare_spot,
}
_PAGES = {
    Spot.LAB_RUN: "lab",
    Spot.LAB_RECORDS: "lab",
    Spot.DATA_RATING: "data",
    Spot.DATA_SPLIT: "data",
    Spot.TUNE_CHECK: "tune",
    Spot.TUNE_START: "tune",
    Spot.COMPARE_START: "compare",
    Spot.ADVICE: "advise",
}
