import pytest
from PySide6.QtWidgets import QApplication

from workbench.domain.datasets import Dataset, SplitCounts
from workbench.domain.jobs import JobState
from workbench.domain.models import BUILTIN_MODEL, ModelKind, ModelRef
from workbench.domain.tuning import (
    Artefact,
    Goal,
    Preparation,
    PreparedRow,
    Progress,
    Run,
    TrainingSettings,
)
from workbench.ui.tune import knobs, phrasing
from workbench.ui.tune.learned_rows import pages
from workbench.ui.tune.lengths import binned
from workbench.ui.tune.overview import RunDetails, differing
from workbench.worker.protocol import DropReason, Phase

pytestmark = pytest.mark.usefixtures("qapp")


def preparation(
    *,
    trained: int = 200,
    validation: int = 0,
    dropped: tuple[tuple[str, int], ...] = (),
    learned: bool = True,
    seconds: float | None = 120.0,
) -> Preparation:
    return Preparation(
        sha256="0",
        rows_in=trained + validation + sum(count for _, count in dropped),
        trained=trained,
        validation=validation,
        dropped=dropped,
        lengths=(12, 40),
        limit=64,
        stop_token="<|end|>",
        stop_learned=learned,
        steps=300,
        examples=(),
        seconds=seconds,
    )


def run(result: tuple[tuple[str, str], ...] = ()) -> Run:
    return Run(
        id=1,
        ulid="01",
        name="tickets 1",
        snapshot_id=1,
        prompt_version_id=1,
        base=BUILTIN_MODEL,
        settings=TrainingSettings(rank=8, rs_lora=True),
        state=JobState.SUCCEEDED,
        artefact=Artefact.ADAPTER,
        directory="runs/01",
        created="2026-01-01T00:00:00Z",
        ended="",
        error_code="",
        error_text="",
        adapter_ulid="",
        result=result,
    )


def test_rows_add_up_in_words() -> None:
    assert phrasing.reconciled(preparation()) == "All 200 rows will be trained"
    assert phrasing.reconciled(preparation(validation=40)) == (
        "All 200 rows will be trained; 40 more measure it on the way"
    )
    lossy = preparation(trained=190, validation=40, dropped=(("too_long", 10),))
    assert phrasing.reconciled(lossy) == (
        "190 of 240 rows will be trained, 40 measure it on the way, 10 are left out"
    )
    assert phrasing.reasons((("too_long", 9), ("no_prompt", 0), ("odd", 1))) == (
        "longer than the limit: 9 · odd: 1"
    )


def test_every_reason_phase_goal_and_state_has_its_words(qapp: QApplication) -> None:
    for reason in DropReason:
        assert phrasing.dropped(reason.value) != reason.value
    starting = phrasing.phase("")
    assert all(phrasing.phase(phase.value) != starting for phase in Phase)
    assert len({phrasing.goal(goal) for goal in Goal}) == len(Goal)
    assert all(phrasing.goal_hint(goal) for goal in Goal)
    assert len({phrasing.state(state) for state in JobState}) == len(JobState)
    assert phrasing.state(JobState.CANCELLED, Artefact.ADAPTER) == "stopped and saved"


def test_the_start_button_tells_the_time_only_when_it_is_known() -> None:
    assert phrasing.start_label(None) == "Start on this computer"
    assert phrasing.start_label(120.0) == "Start – about 2 min on this computer"


def test_the_effort_and_the_stop_mark() -> None:
    assert phrasing.effort(preparation()) == "300 updates, about 2 min"
    assert phrasing.effort(preparation(seconds=None)) == "300 updates"
    assert "not learned" in phrasing.stop_mark(preparation(learned=False))
    assert phrasing.limit(preparation()) == "Longest row 40 tokens, limit 64"


def test_how_far_a_run_is() -> None:
    assert phrasing.step_of(3, 0) == ""
    assert phrasing.step_of(3, 10) == "step 3 of 10"
    assert phrasing.time_left(None) == ""
    assert phrasing.time_left(61.0) == "about 60 s left"


def test_what_a_finished_run_came_to() -> None:
    numbers = (("saved_step", "280"), ("best_eval_loss", "0.1234"))
    assert phrasing.outcome(run(numbers)) == (
        "kept the state of step 280 · validation loss 0.123"
    )
    assert phrasing.outcome(run((("train_seconds", "31.4"),))) == "took 30 s"
    assert phrasing.outcome(run((("best_eval_loss", "null"),))) == ""


def test_chips_name_the_goal_and_what_is_not_its_own() -> None:
    preset = TrainingSettings()
    assert differing(run().settings, preset) == ["rank", "rs_lora"]
    details = RunDetails(run(), Progress(), "tickets 3", Goal.QUICK, preset, None, "")
    assert phrasing.settings_chips(details) == [
        "tickets 3",
        "Built-in toy",
        "Quick",
        "rank 8",
        "rank-stabilised on",
    ]


def test_what_a_dataset_and_a_model_offer() -> None:
    bare = Dataset(1, "01", "tickets", "", SplitCounts(none=60))
    assert phrasing.parts(bare) == "60 records, none divided into parts yet"
    split = Dataset(1, "01", "tickets", "", SplitCounts(train=2, validation=1, test=4))
    assert phrasing.parts(split) == "2 to learn from · 1 to measure · 4 for the test"
    local = ModelRef(ModelKind.LOCAL, "small", "/models/small")
    assert phrasing.model_note(local) == "/models/small"
    assert "toy" in phrasing.model_note(BUILTIN_MODEL)


def test_every_knob_says_what_it_does() -> None:
    defaults = TrainingSettings()
    for knob in knobs.KNOBS:
        assert knob.low <= getattr(defaults, knob.name) <= knob.high
        assert knobs.title(knob.name) != knobs.consequence(knob.name)
        assert phrasing.setting(knob.name)


@pytest.mark.parametrize("longest", [0, 1, 39, 40, 199, 4_000, 131_072])
def test_bins_hold_every_row_and_stay_few(longest: int) -> None:
    lengths = (0, longest // 2, longest)
    bins = binned(lengths)
    assert sum(bins.counts) == 3
    assert len(bins.edges) == len(bins.counts) + 1 <= 41
    assert bins.edges[-1] > longest


def test_pages_hold_all_rows_in_order() -> None:
    rows = [
        PreparedRow(i, "train", (("x" * size, True),), 1, 1)
        for i, size in enumerate((5, 5, 30, 1, 1))
    ]
    assert pages(rows, most=10) == [(0, 2), (2, 3), (3, 5)]
    assert pages([], most=10) == []
