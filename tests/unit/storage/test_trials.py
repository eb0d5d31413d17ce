import dataclasses

import pytest

from tests.unit.storage.samples import SPEC, add_trial, done, new_trial
from workbench.domain.changes import Kind
from workbench.domain.errors import InputError
from workbench.domain.models import ModelKind, ModelRef
from workbench.domain.parameters import GenerationParameters
from workbench.domain.ports import ProjectStore
from workbench.domain.trials import (
    Annotation,
    Purpose,
    Rating,
    TrialFilter,
    TrialOutcome,
    TrialStatus,
)

OUTCOME = TrialOutcome(
    status=TrialStatus.FAILED,
    output="途中まで",
    stop_reason="cancelled",
    input_tokens=12,
    output_tokens=3,
    prompt_hash="sha256:ab",
    seconds=1.5,
    first_token_seconds=0.25,
    error_code="model.gone",
    error_text="The model is gone.",
    versions=(("torch", "2.12"), ("device", "cpu")),
)


def test_everything_comes_back(project: ProjectStore) -> None:
    version = project.prompts.ensure_version(SPEC)
    new = dataclasses.replace(
        new_trial(project),
        model=ModelRef(ModelKind.LOCAL, "L", "/models/l", "ULID", "mine"),
        variables=(("a", "一"), ("b", "二")),
        parameters=GenerationParameters(0.7, 0.9, 5, 3, ("。",)),
        expected="配送",
        example_id=77,
    )
    trial = project.trials.get(project.trials.start(new))
    assert trial.outcome == TrialOutcome(TrialStatus.RUNNING)
    project.trials.finish(trial.id, OUTCOME)
    trial = project.trials.get(trial.id)
    for field in dataclasses.fields(new):
        assert getattr(trial, field.name) == getattr(new, field.name), field.name
    assert trial.outcome == OUTCOME
    assert trial.annotation == Annotation()
    assert (trial.input_text, trial.prompt_number) == ("a: 一\nb: 二", version.number)
    assert (len(trial.ulid), trial.created[-6:], trial.binned) == (26, "+00:00", False)


def test_an_outcome_is_set_once(project: ProjectStore) -> None:
    trial_id = project.trials.start(new_trial(project))
    assert project.trials.finish(trial_id, done("一")).ids_of(Kind.TRIAL) == {trial_id}
    with pytest.raises(InputError) as caught:
        project.trials.finish(trial_id, done("二"))
    assert caught.value.code == "trial.finished"
    assert project.trials.get(trial_id).outcome.output == "一"
    with pytest.raises(ValueError, match="RUNNING"):
        project.trials.finish(trial_id, TrialOutcome(TrialStatus.RUNNING))


def test_missing_trials(project: ProjectStore) -> None:
    for call in (
        lambda: project.trials.get(9),
        lambda: project.trials.finish(9, done()),
    ):
        with pytest.raises(InputError) as caught:
            call()
        assert caught.value.code == "trial.missing"


def test_interrupted(project: ProjectStore) -> None:
    finished, running = add_trial(project), project.trials.start(new_trial(project))
    assert project.trials.interrupt_running().ids_of(Kind.TRIAL) == {running}
    assert project.trials.interrupt_running().ids == ()
    states = [t.outcome.status for t in project.trials.page([finished, running])]
    assert states == [TrialStatus.SUCCEEDED, TrialStatus.INTERRUPTED]


def test_pages_keep_the_order(project: ProjectStore) -> None:
    ids = [add_trial(project, str(number)) for number in range(4)]
    wanted = [ids[2], 99, ids[0], ids[3]]
    found = [trial.id for trial in project.trials.page(wanted)]
    assert found == [ids[2], ids[0], ids[3]]
    assert project.trials.page([]) == []


def test_orders(project: ProjectStore) -> None:
    texts = ["う", "あ", "い"]
    ids = []
    for tokens, text in zip((5, 9, 1), texts, strict=True):
        ids.append(project.trials.start(new_trial(project, text)))
        project.trials.finish(ids[-1], done(output_tokens=tokens))
    a, b, c = ids

    def listed(order: str) -> list[int]:
        return list(project.trials.ids(TrialFilter(order=order)))

    assert listed("newest") == [c, b, a]
    assert listed("oldest") == [a, b, c]
    assert listed("input") == [b, c, a]
    assert listed("output_tokens") == [b, a, c]


def test_filters(project: ProjectStore) -> None:
    good, corrected, plain = (add_trial(project) for _ in range(3))
    failed = add_trial(project, status=TrialStatus.FAILED)
    running = project.trials.start(new_trial(project))
    cell = add_trial(project, purpose=Purpose.COMPARISON)
    binned = add_trial(project)
    project.trials.annotate([good], {"rating": Rating.GOOD}, "rate")
    project.trials.annotate([corrected], {"correction": "返金"}, "correct")
    project.trials.set_tag([good, plain], "急ぎ", on=True)
    project.trials.set_binned([binned], binned=True)

    def listed(**fields: object) -> set[int]:
        return set(project.trials.ids(TrialFilter(**fields)))  # type: ignore[arg-type]

    lab = {good, corrected, plain, failed, running}
    assert listed() == lab
    assert listed(purpose=None) == lab | {cell}
    assert listed(purpose=Purpose.COMPARISON) == {cell}
    assert listed(binned=True) == {binned}
    assert listed(rating=Rating.GOOD) == {good}
    assert listed(rating=Rating.NONE) == lab - {good}
    assert listed(corrected=True) == {corrected}
    assert listed(corrected=False) == lab - {corrected}
    assert listed(tag="急ぎ") == {good, plain}
    assert listed(tag="急ぎ", rating=Rating.NONE) == {plain}
    assert listed(waiting=True) == {plain}
    assert listed(waiting=True, binned=True) == set()
    assert project.trials.waiting_count() == 1


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("届か", True),
        ("荷物 届か", True),
        ("届か　荷物", True),
        ("ﾃｽﾄ", True),
        ("Ｎo.５", True),
        ("100%", True),
        ("配送", True),
        ("返金です", True),
        ("メモ", True),
        ("届く", False),
        ("1000", False),
        ("%", True),
        ("_", False),
    ],
)
def test_japanese_is_found(project: ProjectStore, text: str, found: bool) -> None:
    trial = add_trial(project, "荷物が届かないテスト NO.5 100%", "配送")
    project.trials.annotate([trial], {"correction": "返金です", "note": "めも"}, "x")
    project.trials.annotate([trial], {"note": "メモ"}, "note")
    assert project.trials.ids(TrialFilter(text=text)) == [trial] * found
    assert project.trials.ids(TrialFilter(text="めも")) == []


def test_earlier_trials_of_an_input(project: ProjectStore) -> None:
    first, other, second = (add_trial(project, text) for text in ("x", "y", "x"))
    add_trial(project, "x", purpose=Purpose.COMPARISON)
    project.trials.set_binned([add_trial(project, "x")], binned=True)
    assert [trial.id for trial in project.trials.earlier("x")] == [second, first]
    assert [trial.id for trial in project.trials.earlier("x", limit=1)] == [second]
    assert [trial.id for trial in project.trials.earlier("y")] == [other]
    assert project.trials.earlier("X") == []


def test_annotating_many_is_one_step(project: ProjectStore) -> None:
    ids = [add_trial(project) for _ in range(3)]
    changes = project.trials.annotate(ids, {"rating": Rating.BAD}, "rate")
    assert changes.ids_of(Kind.ANNOTATION) == set(ids)
    state = project.undo.state()
    assert (state.undo_label, state.undo_count) == ("rate", 3)
    assert project.trials.annotate(ids, {"rating": Rating.BAD}, "rate").ids == ()
    project.undo.undo()
    ratings = {trial.annotation.rating for trial in project.trials.page(ids)}
    assert ratings == {Rating.NONE}


def test_fields_not_given_stay(project: ProjectStore) -> None:
    trial = add_trial(project)
    project.trials.annotate([trial], {"note": "n", "tags": ("a", "b")}, "note")
    project.trials.annotate([trial], {"correction": ""}, "correct")
    wanted = Annotation(correction="", note="n", tags=("a", "b"))
    assert project.trials.get(trial).annotation == wanted
    project.trials.annotate([trial], {"correction": None}, "correct")
    assert project.trials.get(trial).annotation.correction is None
    with pytest.raises(TypeError):
        project.trials.annotate([trial], {"colour": "red"}, "x")


def test_tags(project: ProjectStore) -> None:
    one, two = add_trial(project), add_trial(project)
    project.trials.annotate([one], {"tags": ("古い",)}, "tag")
    project.trials.set_tag([one, two], "新しい", on=True)
    assert project.trials.tags() == ["新しい", "古い"]
    assert project.trials.get(one).annotation.tags == ("古い", "新しい")
    assert project.trials.set_tag([one], "古い", on=True).ids == ()
    project.trials.set_tag([one, two], "新しい", on=False)
    assert project.trials.tags() == ["古い"]
    assert project.undo.state().undo_count == 2
    project.undo.undo()
    assert project.trials.ids(TrialFilter(tag="新しい")) == [two, one]


def test_binning_touches_lists(project: ProjectStore) -> None:
    trial = add_trial(project)
    changes = project.trials.set_binned([trial], binned=True)
    assert changes.ids_of(Kind.TRIAL) == {trial}
    assert project.trials.get(trial).binned
    project.trials.set_binned([trial], binned=False)
    assert project.undo.state().undo_label == "unbin"
    assert project.trials.ids(TrialFilter()) == [trial]


def test_scores_can_be_saved_again(project: ProjectStore) -> None:
    trial = add_trial(project)
    for score in (0.25, 1.0):
        project.trials.save_scores({trial: {"exact_match@1": score}})
    project.trials.save_scores({})
