import dataclasses
import json
from pathlib import Path

import pytest

from tests.fakes import SAMPLE_INPUT as QUESTION
from tests.fakes import SAMPLE_SPEC as SPEC
from tests.fakes import Bench, make_bench, open_sample
from tests.unit.services.conftest import CARD
from workbench.domain.datasets import Split
from workbench.domain.errors import WorkbenchError
from workbench.domain.guide import Progress, Since, Spot, State, Step, Work
from workbench.domain.models import BUILTIN_MODEL
from workbench.domain.prompts import Shot
from workbench.domain.trials import Rating, TrialFilter
from workbench.domain.tuning import Goal
from workbench.services.guide import read_progress, write_progress


@pytest.fixture
def sample(bench: Bench) -> Bench:
    open_sample(bench)
    return bench


def where(bench: Bench) -> tuple[Step, Spot, Work | None] | None:
    found = bench.services.guide.look().moment
    return (found.step, found.spot, found.work) if found is not None else None


def run(bench: Bench, *shots: Shot) -> None:
    spec = dataclasses.replace(SPEC, shots=shots)
    lab = bench.services.lab
    lab.save_draft(spec, QUESTION)
    lab.run(spec, QUESTION, BUILTIN_MODEL).job.future.result(5)


def test_it_offers_itself_on_the_sample_only(bench: Bench) -> None:
    guide = bench.services.guide
    assert guide.offer().moment is None
    assert guide.progress.state is State.NEW
    open_sample(bench)
    moment = guide.offer().moment
    assert moment is not None
    assert (moment.step, moment.number) == (Step.RUN, 1)


def test_what_the_sample_holds_already_counts_for_nothing(sample: Bench) -> None:
    sample.services.guide.offer()
    assert where(sample) == (Step.RUN, Spot.LAB_RUN, None)


def test_all_six_steps(sample: Bench, tmp_path: Path) -> None:
    services = sample.services
    guide = services.guide
    guide.offer()
    run(sample)
    assert guide.look().just_done is Step.RUN
    assert where(sample) == (Step.EXAMPLES, Spot.LAB_RECORDS, None)
    record = services.data.all_examples(services.data.datasets()[0].id)[1]
    shot = services.lab.shot_from_example(record.id)
    run(sample, shot)
    assert guide.look().just_done is Step.EXAMPLES
    assert where(sample) == (Step.CHECK, Spot.DATA_RATING, None)
    services.data.rate([services.data.trial_ids(TrialFilter())[0]], Rating.GOOD)
    assert guide.look().just_done is Step.CHECK
    assert where(sample) == (Step.TUNE, Spot.DATA_SPLIT, None)
    dataset_id = services.data.datasets()[0].id
    services.data.split(
        dataset_id, {Split.TRAIN: 12, Split.VALIDATION: 2, Split.TEST: 10}
    )
    assert where(sample) == (Step.TUNE, Spot.TUNE_CHECK, None)
    prepared = services.tune.prepare(dataset_id, BUILTIN_MODEL, Goal.QUICK)
    run_id = prepared.future.result(5)
    assert where(sample) == (Step.TUNE, Spot.TUNE_START, None)
    job = services.tune.start(run_id)
    assert where(sample) == (Step.TUNE, Spot.TUNE_START, Work.TRAINING)
    sample.launcher.handles[services.tune.run(run_id).ulid].finish()
    job.future.result(10)
    assert guide.look().just_done is Step.TUNE
    assert where(sample) == (Step.COMPARE, Spot.COMPARE_START, None)
    made = services.compare.create(services.tune.adapters()[0].ulid)
    services.compare.start(made.id).future.result(20)
    assert where(sample) == (Step.COMPARE, Spot.ADVICE, None)
    view = guide.read_advice()
    assert view.just_done is Step.COMPARE
    assert where(sample) == (Step.OWN, Spot.OWN, None)
    services.projects.create(tmp_path / "mine", "Mine", CARD)
    assert guide.progress.state is State.FINISHED
    last = guide.offer()
    assert last.finished
    assert last.moment is None
    guide.leave()
    assert not guide.look().finished


def test_an_example_with_the_very_input_is_none(sample: Bench) -> None:
    services = sample.services
    services.guide.offer()
    services.guide.pass_over()
    record, other = services.data.all_examples(services.data.datasets()[0].id)[:2]
    shots = [services.lab.shot_from_example(r.id) for r in (record, other)]
    for count, spot in ((1, Spot.LAB_RECORDS), (2, Spot.LAB_RUN)):
        spec = dataclasses.replace(SPEC, shots=tuple(shots[:count]))
        services.lab.save_draft(spec, QUESTION)
        assert where(sample) == (Step.EXAMPLES, spot, None)


def test_it_is_left_and_resumed_at_the_same_step(sample: Bench) -> None:
    guide = sample.services.guide
    guide.offer()
    run(sample)
    guide.look()
    assert guide.leave().moment is None
    assert guide.offer().moment is None
    assert guide.look().moment is None
    resumed = guide.start().moment
    assert resumed is not None
    assert resumed.step is Step.EXAMPLES


def test_it_goes_on_after_the_program_was_quit(sample: Bench, tmp_path: Path) -> None:
    sample.services.guide.offer()
    sample.services.guide.pass_over()
    sample.services.close()
    again = make_bench(tmp_path)
    open_sample(again)
    moment = again.services.guide.offer().moment
    assert moment is not None
    assert moment.step is Step.EXAMPLES
    again.services.close()


def test_what_was_done_while_it_was_left_counts(sample: Bench) -> None:
    guide = sample.services.guide
    guide.offer()
    guide.leave()
    run(sample)
    resumed = guide.start()
    assert resumed.just_done is Step.RUN


def test_another_project_shows_nothing_and_loses_nothing(
    sample: Bench, tmp_path: Path
) -> None:
    services = sample.services
    services.guide.offer()
    services.guide.pass_over()
    services.projects.open(tmp_path / "project.workbench")
    assert services.guide.offer().moment is None
    open_sample(sample)
    assert where(sample) == (Step.EXAMPLES, Spot.LAB_RECORDS, None)


def test_a_walked_path_begins_anew_only_when_asked(sample: Bench) -> None:
    guide = sample.services.guide
    guide.offer()
    for _ in Step:
        guide.pass_over()
    assert guide.offer().moment is None
    moment = guide.start().moment
    assert moment is not None
    assert moment.step is Step.RUN


def test_a_step_passed_over_is_taken_back(sample: Bench) -> None:
    guide = sample.services.guide
    guide.offer()
    view = guide.pass_over()
    assert view.done == frozenset()
    assert view.passed == {Step.RUN}
    view = guide.take_back()
    assert view.passed == frozenset()
    assert where(sample) == (Step.RUN, Spot.LAB_RUN, None)


def test_passing_over_the_last_step_says_so_and_can_be_taken_back(
    sample: Bench,
) -> None:
    guide = sample.services.guide
    guide.offer()
    *_, view = [guide.pass_over() for _ in Step]
    assert view.finished
    assert view.just_done is None
    assert Step.OWN in view.passed
    view = guide.take_back()
    assert not view.finished
    assert where(sample) == (Step.OWN, Spot.OWN, None)


def test_a_failed_answer_is_no_answer(sample: Bench) -> None:
    sample.services.guide.offer()
    sample.generator.failure = WorkbenchError("CRASH", "The worker ended.")
    with pytest.raises(WorkbenchError):
        run(sample)
    assert where(sample) == (Step.RUN, Spot.LAB_RUN, None)


def test_progress_comes_back_as_it_was_written() -> None:
    progress = Progress(
        State.LEFT,
        "P",
        frozenset({Step.RUN, Step.OWN}),
        Since(60, 3, 1, 0),
        True,
        frozenset({Step.RUN}),
    )
    assert read_progress(write_progress(progress)) == progress
    assert read_progress("") == Progress()


def test_progress_of_an_earlier_version_is_read() -> None:
    progress = Progress(State.LEFT, "P", frozenset({Step.RUN}))
    values = json.loads(write_progress(progress))
    del values["passed"]
    assert read_progress(json.dumps(values)) == progress


@pytest.mark.parametrize("text", ["{", "[]", '{"state": "no"}', "null", "7"])
def test_progress_that_cannot_be_read_never_begins_by_itself(text: str) -> None:
    assert read_progress(text).state is State.LEFT
