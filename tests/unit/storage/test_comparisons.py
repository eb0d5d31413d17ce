import pytest

from tests.unit.storage.samples import (
    SPEC,
    add_examples,
    add_run,
    add_trial,
    new_trial,
    spec_with_shots,
)
from workbench.domain.changes import Kind
from workbench.domain.comparisons import AdapterProof, CandidateRole, Comparison
from workbench.domain.datasets import Split
from workbench.domain.errors import InputError
from workbench.domain.jobs import JobState
from workbench.domain.models import BUILTIN_MODEL, ModelRef
from workbench.domain.ports import ProjectStore
from workbench.domain.prompts import PromptSpec
from workbench.domain.trials import Purpose, TrialStatus

BASE, FEW, TUNED = CandidateRole.BASE, CandidateRole.FEW_SHOT, CandidateRole.TUNED
PARTS = [Split.TRAIN, Split.TEST, Split.TEST, Split.VALIDATION, Split.TEST]


def compare(
    project: ProjectStore,
    snapshot_id: int,
    *candidates: tuple[CandidateRole, ModelRef, PromptSpec],
) -> Comparison:
    versions = [
        (role, model, project.prompts.ensure_version(spec).id)
        for role, model, spec in candidates
    ]
    return project.comparisons.add(
        name="比較", snapshot_id=snapshot_id, candidates=versions
    )


@pytest.fixture
def comparison(project: ProjectStore) -> Comparison:
    dataset_id, _ = add_examples(project, 5, splits=PARTS)
    snapshot = project.datasets.take_snapshot(dataset_id)
    return compare(
        project,
        snapshot.id,
        (BASE, BUILTIN_MODEL, SPEC),
        (FEW, BUILTIN_MODEL, spec_with_shots("入力 0")),
    )


def answer(
    project: ProjectStore,
    comparison: Comparison,
    index: int,
    example_id: int,
    status: TrialStatus = TrialStatus.SUCCEEDED,
) -> int:
    trial = add_trial(
        project, purpose=Purpose.COMPARISON, example_id=example_id, status=status
    )
    candidate = comparison.candidates[index]
    project.comparisons.set_cell(comparison.id, candidate.id, trial)
    return trial


def missing(project: ProjectStore, comparison: Comparison, index: int) -> list[int]:
    candidate = comparison.candidates[index]
    rows = project.comparisons.missing(comparison.id, candidate.id)
    return [row.example_id for row in rows]


def test_a_new_comparison(project: ProjectStore, comparison: Comparison) -> None:
    assert (comparison.state, comparison.proof) == (JobState.QUEUED, None)
    assert (comparison.cells, comparison.total) == (0, 6)
    assert [candidate.role for candidate in comparison.candidates] == [BASE, FEW]
    assert project.comparisons.get(comparison.id) == comparison
    assert project.comparisons.comparisons() == [comparison]
    assert missing(project, comparison, 0) == [2, 3, 5]


def test_what_is_missing_is_asked_once(
    project: ProjectStore, comparison: Comparison
) -> None:
    first = answer(project, comparison, 0, 3)
    assert missing(project, comparison, 0) == [2, 5]
    assert missing(project, comparison, 1) == [2, 3, 5]
    assert project.comparisons.get(comparison.id).cells == 1
    candidate = comparison.candidates[0].id
    project.comparisons.set_cell(comparison.id, candidate, first)
    with pytest.raises(InputError) as caught:
        answer(project, comparison, 0, 3)
    assert caught.value.code == "cell.taken"


def test_what_failed_may_be_asked_again(
    project: ProjectStore, comparison: Comparison
) -> None:
    answer(project, comparison, 0, 2, TrialStatus.FAILED)
    assert missing(project, comparison, 0) == [2, 3, 5]
    assert project.comparisons.get(comparison.id).cells == 0
    assert project.comparisons.rows(comparison.id)[0].answers[0][1].failed
    second = answer(project, comparison, 0, 2)
    (found,) = project.comparisons.answers(comparison.id, BASE)
    assert (found.trial_id, found.failed) == (second, False)


@pytest.mark.parametrize("example_id", [1, 4, 99, None])
def test_only_test_records_have_cells(
    project: ProjectStore, comparison: Comparison, example_id: int | None
) -> None:
    trial = add_trial(project, example_id=example_id)
    candidate = comparison.candidates[0].id
    with pytest.raises(InputError) as caught:
        project.comparisons.set_cell(comparison.id, candidate, trial)
    assert caught.value.code == "cell.foreign"


def test_a_running_trial_is_no_answer(
    project: ProjectStore, comparison: Comparison
) -> None:
    trial = project.trials.start(new_trial(project, example_id=2))
    candidate = comparison.candidates[0].id
    with pytest.raises(InputError) as caught:
        project.comparisons.set_cell(comparison.id, candidate, trial)
    assert caught.value.code == "cell.unfinished"


def test_rows_in_snapshot_order(project: ProjectStore, comparison: Comparison) -> None:
    last = answer(project, comparison, 1, 5)
    first = answer(project, comparison, 1, 2)
    base = answer(project, comparison, 0, 2)
    project.trials.save_scores({first: {"exact_match": 1.0, "char_f1": 0.5}})
    rows = project.comparisons.rows(comparison.id)
    assert [row.example_id for row in rows] == [2, 3, 5]
    assert [role for role, _ in rows[0].answers] == [BASE, FEW]
    assert rows[1].answers == ()
    assert (rows[0].input_text, rows[0].reference) == ("入力 1", "返金")
    found = rows[0].answer(FEW)
    assert found is not None
    assert found.scores == (("char_f1", 0.5), ("exact_match", 1.0))
    assert (found.output, found.output_tokens, found.input_tokens) == ("配送", 2, 0)
    answers = project.comparisons.answers(comparison.id, FEW)
    assert [found.trial_id for found in answers] == [first, last]
    answers = project.comparisons.answers(comparison.id, BASE)
    assert [found.trial_id for found in answers] == [base]


def test_state_and_proof(project: ProjectStore, comparison: Comparison) -> None:
    proof = AdapterProof(off_equals_base=True, on_differs=True, prompts=3)
    changes = project.comparisons.set_state(comparison.id, JobState.RUNNING)
    project.comparisons.set_proof(comparison.id, proof)
    assert changes.ids_of(Kind.COMPARISON) == {comparison.id}
    found = project.comparisons.get(comparison.id)
    assert (found.state, found.proof) == (JobState.RUNNING, proof)


def test_missing_comparison(project: ProjectStore) -> None:
    with pytest.raises(InputError) as caught:
        project.comparisons.get(3)
    assert caught.value.code == "comparison.missing"


def test_an_old_snapshot_does_not_test_examples(project: ProjectStore) -> None:
    """Records that left the test since may be examples, but not for this snapshot."""
    dataset_id, ids = add_examples(project, 2, splits=[Split.TEST, Split.TRAIN])
    old = project.datasets.take_snapshot(dataset_id)
    project.datasets.assign(dataset_id, {ids[0]: Split.TRAIN})
    with pytest.raises(InputError) as caught:
        compare(project, old.id, (FEW, BUILTIN_MODEL, spec_with_shots("入力 0")))
    assert caught.value.code == "comparison.leak"
    assert project.comparisons.comparisons() == []


def test_an_adapter_is_not_tested_with_its_training(project: ProjectStore) -> None:
    parts = [Split.TRAIN, Split.TEST, Split.VALIDATION]
    dataset_id, ids = add_examples(project, 3, splits=parts)
    trained_on = project.datasets.take_snapshot(dataset_id)
    run_id = add_run(project, trained_on.id)
    adapter = project.runs.add_adapter(
        name="A", run_id=run_id, base=BUILTIN_MODEL, path="p", sha256="s"
    )
    tuned = ModelRef(adapter_ulid=adapter.ulid, adapter_name="A")
    compare(project, trained_on.id, (TUNED, tuned, SPEC))
    project.datasets.assign(dataset_id, {ids[0]: Split.TEST, ids[1]: Split.TRAIN})
    resplit = project.datasets.take_snapshot(dataset_id)
    compare(project, resplit.id, (BASE, BUILTIN_MODEL, SPEC))
    with pytest.raises(InputError) as caught:
        compare(project, resplit.id, (TUNED, tuned, SPEC))
    assert caught.value.code == "comparison.leak"
