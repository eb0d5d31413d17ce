import dataclasses

from workbench.domain.guide import (
    Facts,
    Moment,
    Progress,
    Since,
    Spot,
    State,
    Step,
    Work,
    advance,
    begin,
    made_own,
    moment,
    pass_over,
    take_back,
)

NOTHING = Facts()


def at(step: Step) -> Progress:
    """Return the progress of somebody who stands at this step."""
    steps = list(Step)
    done = frozenset(steps[: steps.index(step)])
    return dataclasses.replace(begin("P", Since()), done=done)


def spot(step: Step, facts: Facts) -> tuple[Spot, Work | None]:
    found = moment(at(step), facts)
    assert found is not None
    return found.spot, found.work


def test_the_path_begins_at_the_first_of_six_steps() -> None:
    progress = begin("P", Since(trial=60))
    assert moment(progress, NOTHING) == Moment(Step.RUN, 1, Spot.LAB_RUN)
    assert len(Step) == 6


def test_a_fact_ends_the_open_step_and_is_told() -> None:
    progress, just = advance(begin("P", Since()), Facts(answered=True))
    assert (progress.step, just) == (Step.EXAMPLES, Step.RUN)


def test_what_was_done_ahead_counts_but_is_not_told() -> None:
    progress, just = advance(begin("P", Since()), Facts(judged=True))
    assert (progress.step, just) == (Step.RUN, None)
    progress, just = advance(progress, Facts(answered=True, judged=True))
    assert (progress.step, just) == (Step.EXAMPLES, Step.RUN)
    both = Facts(answered=True, answered_with_examples=True)
    assert advance(progress, both)[0].step is Step.TUNE


def test_a_step_that_is_done_stays_done() -> None:
    progress, _ = advance(begin("P", Since()), Facts(answered=True))
    assert advance(progress, NOTHING)[0].step is Step.EXAMPLES


def test_a_step_can_be_passed_over() -> None:
    progress = pass_over(begin("P", Since()))
    assert progress.step is Step.EXAMPLES
    for _ in range(9):
        progress = pass_over(progress)
    assert (progress.step, progress.state) == (None, State.FINISHED)
    assert moment(progress, NOTHING) is None


def test_what_was_passed_over_can_be_taken_back() -> None:
    twice = pass_over(pass_over(begin("P", Since())))
    assert twice.passed == {Step.RUN, Step.EXAMPLES}
    once = take_back(twice)
    assert once.step is Step.EXAMPLES
    assert once.passed == {Step.RUN}
    none = take_back(once)
    assert none == begin("P", Since())
    assert take_back(none) == none


def test_a_path_that_was_finished_by_passing_over_goes_on() -> None:
    finished = pass_over(at(Step.OWN))
    assert finished.state is State.FINISHED
    again = take_back(finished)
    assert (again.step, again.state) == (Step.OWN, State.ACTIVE)


def test_what_is_done_after_all_was_not_passed_over() -> None:
    progress, just = advance(pass_over(begin("P", Since())), Facts(answered=True))
    assert (progress.step, progress.passed, just) == (Step.EXAMPLES, frozenset(), None)
    assert made_own(pass_over(at(Step.OWN))).passed == frozenset()


def test_examples_come_before_the_second_run() -> None:
    assert spot(Step.EXAMPLES, NOTHING) == (Spot.LAB_RECORDS, None)
    facts = Facts(has_examples=True)
    assert spot(Step.EXAMPLES, facts) == (Spot.LAB_RUN, None)


def test_an_answer_under_way_is_waited_for() -> None:
    facts = Facts(has_examples=True, work=frozenset({Work.ANSWER}))
    assert spot(Step.RUN, facts) == (Spot.LAB_RUN, Work.ANSWER)
    assert spot(Step.EXAMPLES, facts) == (Spot.LAB_RUN, Work.ANSWER)
    assert spot(Step.CHECK, facts) == (Spot.DATA_RATING, None)


def test_training_needs_parts_then_a_check_then_a_start() -> None:
    facts = NOTHING
    assert spot(Step.TUNE, facts) == (Spot.DATA_SPLIT, None)
    facts = Facts(divided=True)
    assert spot(Step.TUNE, facts) == (Spot.TUNE_CHECK, None)
    checking = Facts(divided=True, work=frozenset({Work.CHECK}))
    assert spot(Step.TUNE, checking) == (Spot.TUNE_CHECK, Work.CHECK)
    facts = Facts(divided=True, checked=True)
    assert spot(Step.TUNE, facts) == (Spot.TUNE_START, None)
    training = Facts(divided=True, work=frozenset({Work.TRAINING}))
    assert spot(Step.TUNE, training) == (Spot.TUNE_START, Work.TRAINING)


def test_a_comparison_without_a_model_sends_back_to_training() -> None:
    assert spot(Step.COMPARE, NOTHING) == (Spot.DATA_SPLIT, None)
    assert spot(Step.COMPARE, Facts(divided=True)) == (Spot.TUNE_CHECK, None)
    ready = Facts(divided=True, has_model=True)
    assert spot(Step.COMPARE, ready) == (Spot.COMPARE_START, None)
    busy = dataclasses.replace(ready, work=frozenset({Work.COMPARISON}))
    assert spot(Step.COMPARE, busy) == (Spot.COMPARE_START, Work.COMPARISON)


def test_a_comparison_is_followed_to_the_advice() -> None:
    compared = Facts(compared=True, has_model=True)
    progress, just = advance(at(Step.COMPARE), compared)
    assert (progress.step, just) == (Step.COMPARE, None)
    assert spot(Step.COMPARE, compared) == (Spot.ADVICE, None)
    read = dataclasses.replace(progress, read_advice=True)
    assert advance(read, compared) == (
        dataclasses.replace(read, done=read.done | {Step.COMPARE}),
        Step.COMPARE,
    )


def test_an_own_project_ends_the_path_or_counts_ahead() -> None:
    assert made_own(at(Step.OWN)).state is State.FINISHED
    early = made_own(at(Step.EXAMPLES))
    assert (early.step, early.state) == (Step.EXAMPLES, State.ACTIVE)


def test_every_spot_but_the_last_stands_on_a_page() -> None:
    outside = [spot for spot in Spot if not spot.page]
    assert outside == [Spot.OWN]
    assert {spot.page for spot in Spot if spot.page} == {
        "lab", "data", "tune", "compare", "advise"
    }  # fmt: skip


def test_marks_never_stand_above_what_is_there() -> None:
    since = Since(trial=80, judgement=9, run=2, comparison=1)
    newest = Since(trial=60, judgement=12, run=0, comparison=1)
    assert since.held_to(newest) == Since(60, 9, 0, 1)
