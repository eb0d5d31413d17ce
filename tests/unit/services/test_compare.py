import csv
import threading
from pathlib import Path
from typing import Any

import pytest

from tests.fakes import Bench, records
from tests.unit.services.test_tune import filled, started
from workbench.domain.comparisons import CandidateRole, Comparison
from workbench.domain.datasets import Split
from workbench.domain.errors import (
    CancelledError,
    EnvironmentFault,
    InputError,
    RemoteError,
)
from workbench.domain.jobs import JobState
from workbench.domain.models import BUILTIN_MODEL
from workbench.domain.task import TaskCard, TaskKind
from workbench.domain.trials import Purpose, TrialFilter, TrialStatus
from workbench.services.advise import Verdict
from workbench.services.compare_result import metrics_of

BASE, FEW, TUNED = CandidateRole.BASE, CandidateRole.FEW_SHOT, CandidateRole.TUNED


def compared(bench: Bench, k: int = 4) -> Comparison:
    """Return a comparison that can be started."""
    _, handle, job = started(bench)
    handle.finish()
    job.future.result(5)
    adapter = bench.services.tune.adapters()[0]
    return bench.services.compare.create(adapter.ulid, k=k)


def test_three_candidates_answer_every_test_record(bench: Bench) -> None:
    comparison = compared(bench)
    assert (comparison.cells, comparison.total) == (0, 30)
    bench.services.compare.start(comparison.id).future.result(9)
    result = bench.services.compare.result(comparison.id)
    assert result.complete
    assert result.comparison.state is JobState.SUCCEEDED
    assert result.headline.means[TUNED] == 1.0
    assert result.headline.means[BASE] == 0.0
    assert result.headline.tuned_minus_base.n == 10
    assert result.tokens.change.change is not None
    assert result.tokens.change.change < 0
    assert result.comparison.proof is not None
    assert result.comparison.proof.on_differs
    assert sum(result.counts[BASE]) == 10
    assert result.looks == 1


def test_every_cell_is_a_trial_like_any_other(bench: Bench) -> None:
    comparison = compared(bench)
    bench.services.compare.start(comparison.id).future.result(9)
    where = TrialFilter(purpose=Purpose.COMPARISON)
    trials = bench.services.data.trials(bench.services.data.trial_ids(where))
    assert len(trials) == 30
    assert all(trial.expected and trial.example_id for trial in trials)


def test_base_and_tuned_see_the_same_prompts(bench: Bench) -> None:
    comparison = compared(bench)
    bench.generator.requests.clear()
    bench.services.compare.start(comparison.id).future.result(9)
    asked = bench.generator.requests
    base, few, tuned = asked[:10], asked[10:20], asked[20:]
    assert [r.messages for r in base] == [r.messages for r in tuned]
    assert [r.parameters for r in base] == [r.parameters for r in tuned]
    assert all(len(r.messages) == 2 + 2 * 4 for r in few)


def test_an_interrupted_comparison_asks_only_for_what_is_missing(bench: Bench) -> None:
    comparison = compared(bench)
    bench.generator.requests.clear()
    bench.generator.fail_batch_after = 13
    bench.generator.failure = RemoteError("CRASH", "The worker ended.")
    job = bench.services.compare.start(comparison.id)
    with pytest.raises(RemoteError):
        job.future.result(9)
    assert bench.services.compare.comparison(comparison.id).cells == 13
    bench.generator.fail_batch_after = None
    bench.services.compare.start(comparison.id).future.result(9)
    assert len(bench.generator.requests) == 30
    assert bench.services.compare.result(comparison.id).complete


def test_stopped_answers_are_cancelled_never_failed(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    comparison = compared(bench)
    bench.generator.gate.clear()
    asked = threading.Event()
    answer = bench.generator.generate_batch

    def tell(*given: Any) -> None:
        asked.set()
        answer(*given)

    monkeypatch.setattr(bench.generator, "generate_batch", tell)
    job = bench.services.compare.start(comparison.id)
    assert asked.wait(5)
    bench.services.compare.stop(comparison.id)
    assert isinstance(job.future.exception(9), CancelledError)
    assert bench.services.compare.comparison(comparison.id).state is JobState.CANCELLED
    where = TrialFilter(purpose=Purpose.COMPARISON)
    trials = bench.services.data.trials(bench.services.data.trial_ids(where))
    assert {trial.outcome.status for trial in trials} == {TrialStatus.CANCELLED}


def test_a_bug_ends_a_comparison_as_failed(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    comparison = compared(bench)

    def prove(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(bench.generator, "prove_adapter", prove)
    job = bench.services.compare.start(comparison.id)
    assert isinstance(job.future.exception(9), ZeroDivisionError)
    assert bench.services.compare.comparison(comparison.id).state is JobState.FAILED


def test_examples_are_picked_from_training_records_only(bench: Bench) -> None:
    comparison = compared(bench, k=5)
    version = next(c for c in comparison.candidates if c.role is FEW).prompt_version_id
    shots = bench.services.lab.spec_of(version).active_shots
    dataset = bench.services.data.datasets()[0]
    train = {
        e.ulid
        for e in bench.services.data.all_examples(dataset.id)
        if e.split is Split.TRAIN
    }
    assert len(shots) == 5
    assert {shot.example_ulid for shot in shots} <= train


def test_without_a_test_part_there_is_nothing_to_compare(bench: Bench) -> None:
    data = bench.services.data
    dataset_id = filled(bench)
    data.split(dataset_id, {Split.TRAIN: 20})
    run_id = bench.services.tune.prepare(dataset_id, BUILTIN_MODEL).future.result(5)
    job = bench.services.tune.start(run_id)
    bench.launcher.handles[bench.services.tune.run(run_id).ulid].finish()
    job.future.result(5)
    adapter = bench.services.tune.adapters()[0]
    with pytest.raises(InputError, match="set aside"):
        bench.services.compare.create(adapter.ulid)


def test_csv_holds_every_record_with_all_answers(bench: Bench, tmp_path: Path) -> None:
    comparison = compared(bench)
    bench.services.compare.start(comparison.id).future.result(9)
    path = tmp_path / "結果.csv"
    bench.services.compare.export_csv(comparison.id, path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 10
    assert {row["tuned_exact_match"] for row in rows} == {"1.0"}
    assert rows[0]["reference"] == rows[0]["tuned_answer"]


@pytest.mark.parametrize(
    ("card", "metrics"),
    [
        (TaskCard(TaskKind.LABEL, ("ACC", "BIL")), ("accuracy", "jsquad_em")),
        (TaskCard(TaskKind.LABEL), ("jsquad_em", "jsquad_char_f1")),
        (TaskCard(TaskKind.EXTRACT), ("jsquad_em", "jsquad_char_f1")),
        (TaskCard(TaskKind.ANSWER), ("jsquad_em", "jsquad_char_f1")),
        (TaskCard(TaskKind.SUMMARISE), ("jsquad_char_f1", "jsquad_em")),
        (TaskCard(TaskKind.FREE), ("jsquad_char_f1", "jsquad_em")),
    ],
)
def test_the_task_card_chooses_the_metrics(
    card: TaskCard, metrics: tuple[str, ...]
) -> None:
    assert metrics_of(card) == metrics


def test_the_headline_follows_the_task_card(bench: Bench, tmp_path: Path) -> None:
    comparison = compared(bench)
    labels = tuple(answer for _, answer in records(20))
    bench.services.projects.store.save_task_card(TaskCard(TaskKind.LABEL, labels))
    bench.services.compare.start(comparison.id).future.result(9)
    result = bench.services.compare.result(comparison.id)
    assert result.headline.metric == "accuracy"
    assert result.headline.means[TUNED] == 1.0
    assert bench.services.advise.advice().metric == "accuracy"
    path = tmp_path / "table.csv"
    bench.services.compare.export_csv(comparison.id, path)
    head = path.read_text(encoding="utf-8-sig").splitlines()[0]
    assert "tuned_accuracy,tuned_exact_match" in head


def test_another_card_scores_the_answers_that_are_there(bench: Bench) -> None:
    comparison = compared(bench)
    bench.services.compare.start(comparison.id).future.result(9)
    labels = tuple(answer for _, answer in records(20))
    bench.services.projects.store.save_task_card(TaskCard(TaskKind.LABEL, labels))
    result = bench.services.compare.result(comparison.id)
    assert [table.metric for table in result.metrics] == ["accuracy", "jsquad_em"]
    assert result.headline.means[TUNED] == 1.0
    assert result.headline.means[BASE] == 0.0


def test_a_table_that_cannot_be_written_is_said_to_be_so(
    bench: Bench, tmp_path: Path
) -> None:
    comparison = compared(bench)
    with pytest.raises(EnvironmentFault) as caught:
        bench.services.compare.export_csv(comparison.id, tmp_path)
    assert caught.value.code == "file.unwritable"


def test_advice_says_no_more_than_the_numbers(bench: Bench) -> None:
    assert bench.services.advise.advice().verdict is Verdict.NO_COMPARISON
    comparison = compared(bench)
    assert bench.services.advise.advice().verdict is Verdict.INCOMPLETE
    bench.services.compare.start(comparison.id).future.result(9)
    advice = bench.services.advise.advice()
    assert advice.difference is not None
    assert advice.against_examples
    assert advice.shots == 4
    assert advice.training_records == 8
    assert advice.tokens_a_call[TUNED] < advice.tokens_a_call[FEW]
    low = advice.difference.low
    shown = low is not None and low > 0
    assert (advice.verdict is Verdict.TUNING_PAYS) is shown
