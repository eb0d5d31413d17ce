"""Every way a record of the test could become an example; none leads there."""

import contextlib
import dataclasses
import sqlite3
from collections.abc import Callable

import pytest

from tests.fakes import Bench
from tests.unit.services.conftest import Recorder
from tests.unit.services.prompting import ASK, OPEN, TEST, good_trial, records, run
from workbench.domain.changes import Kind
from workbench.domain.datasets import NewExample, Split
from workbench.domain.errors import InputError
from workbench.domain.prompts import ChainStep, PromptSpec, Shot
from workbench.services.events import Changed
from workbench.services.prompts import PromptService

Way = Callable[[Bench, PromptService], object]


@pytest.fixture
def prompts(bench: Bench) -> PromptService:
    return bench.services.prompts


def typed(bench: Bench, prompts: PromptService) -> object:
    return prompts.typed_shot({"ticket": " TESTED  ticket"}, "x")


def typed_and_run(bench: Bench, prompts: PromptService) -> object:
    shot = Shot((("ticket", TEST),), "x")
    return run(bench, dataclasses.replace(ASK, shots=(shot,)), ticket="other")


def answer_alone(bench: Bench, prompts: PromptService) -> object:
    return prompts.typed_shot({"ticket": TEST}, "x", output_only=True)


def from_trial(bench: Bench, prompts: PromptService) -> object:
    return bench.services.lab.shot_from_trial(good_trial(bench))


def from_thread(bench: Bench, prompts: PromptService) -> object:
    asked = prompts.answer_back(good_trial(bench), "politer")
    return prompts.shot_from_thread(good_trial(bench, asked.spec, **asked.variables))


def said_in_a_thread(bench: Bench, prompts: PromptService) -> object:
    first = prompts.answer_back(good_trial(bench, ticket="other"), TEST)
    trial_id = good_trial(bench, first.spec, **first.variables)
    return prompts.shot_from_thread(trial_id)


def asked_in_a_thread_and_answered_back(bench: Bench, prompts: PromptService) -> object:
    first = prompts.answer_back(good_trial(bench, ticket="other"), TEST)
    trial_id = good_trial(bench, first.spec, **first.variables)
    second = prompts.answer_back(trial_id, "politer")
    return run(bench, second.spec, **second.variables)


def from_a_later_step(bench: Bench, prompts: PromptService) -> object:
    step = PromptSpec(template="{{ticket}}: {{step1.answer}}")
    values = {"ticket": TEST, "step1.answer": "x"}
    return bench.services.lab.shot_from_trial(good_trial(bench, step, **values))


def in_a_step(bench: Bench, prompts: PromptService) -> object:
    inner = dataclasses.replace(ASK, shots=(Shot((("ticket", TEST),), "x"),))
    spec = dataclasses.replace(ASK, chain=(ChainStep(inner),))
    return run(bench, spec, ticket="other")


def from_dataset(bench: Bench, prompts: PromptService) -> object:
    return bench.services.lab.shot_from_example(1)


def imported(bench: Bench, prompts: PromptService) -> object:
    """The test record comes in a second time, with a file."""
    data = bench.services.data
    preview = data.preview_text(f"ticket\tanswer\n{TEST}\tACC | high | 1")
    other = data.ensure_dataset("imported")
    data.import_records(other, preview, "answer", ["ticket"]).future.result(5)
    (example,) = data.all_examples(other)
    return bench.services.lab.shot_from_example(example.id)


WAYS: list[Way] = [
    typed,
    typed_and_run,
    answer_alone,
    from_trial,
    from_thread,
    said_in_a_thread,
    asked_in_a_thread_and_answered_back,
    from_a_later_step,
    in_a_step,
    from_dataset,
    imported,
]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_no_way_in_for_a_test_record(
    bench: Bench, prompts: PromptService, way: Way
) -> None:
    records(bench)
    with pytest.raises(InputError) as caught:
        way(bench, prompts)
    assert caught.value.code == "shot.test"


def test_a_restored_version_leaves_what_is_tested_by_now(
    bench: Bench, prompts: PromptService
) -> None:
    off = Shot((("ticket", TEST),), "x", enabled=False)
    shots = (off, Shot((("ticket", OPEN),), "y"))
    run(bench, dataclasses.replace(ASK, shots=shots), ticket="other")
    store = bench.services.projects.store
    version = store.prompts.versions()[0]
    records(bench)
    assert prompts.restore(version.id).switched_off == ()
    # Switched on again, it is refused when it is run.
    on = dataclasses.replace(ASK, shots=(dataclasses.replace(off, enabled=True),))
    with pytest.raises(InputError, match="set aside"):
        run(bench, on, ticket="other")


def test_a_restored_version_is_the_draft(
    bench: Bench, prompts: PromptService, heard: Recorder
) -> None:
    shot = Shot((("ticket", OPEN),), "y")
    spec = dataclasses.replace(ASK, shots=(shot,))
    run(bench, spec, ticket="other")
    lab, store = bench.services.lab, bench.services.projects.store
    lab.save_draft(PromptSpec(template="new"), {"ticket": "kept"})
    version = store.prompts.versions()[0]
    assert prompts.restore(version.id).spec == spec
    assert lab.draft().spec == spec
    assert lab.draft().variables == {"ticket": "kept"}
    assert any(event.changes.touches(Kind.DRAFT) for event in heard.of(Changed))
    with pytest.raises(InputError, match="no such"):
        prompts.restore(99)


def test_a_record_of_another_test_is_switched_off(
    bench: Bench, prompts: PromptService
) -> None:
    """The file refuses it; a file made by others may hold it all the same."""
    shot = Shot((("ticket", TEST),), "y")
    run(bench, dataclasses.replace(ASK, shots=(shot,)), ticket="other")
    store = bench.services.projects.store
    path = store.meta.path
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as foreign:
        foreign.create_function("fold", 1, str, deterministic=True)
        foreign.execute("DROP TRIGGER test_moved")
    records(bench)
    restored = prompts.restore(store.prompts.versions()[0].id)
    assert restored.switched_off == (1,)
    assert [s.enabled for s in restored.spec.shots] == [False]


def test_pick_for_me_takes_no_test_record(bench: Bench, prompts: PromptService) -> None:
    store = bench.services.projects.store
    records(bench)
    dataset_id = store.datasets.ensure("tickets")
    more = [
        NewExample((("ticket", text),), answer)
        for text, answer in (("new one", "a"), ("new two", "b"), ("seen", "a"))
    ]
    ids = store.datasets.add(dataset_id, more)
    store.datasets.assign(dataset_id, {ids[2]: Split.VALIDATION})
    # The test record stands in a second dataset too, where nobody set it aside.
    other = store.datasets.ensure("copy")
    store.datasets.add(other, [NewExample((("ticket", TEST),), "x")])
    assert prompts.pick_for_me(other, 3).shots == ()
    assert prompts.pick_for_me(other, 3).left_out == 1
    proposal = prompts.pick_for_me(dataset_id, 8)
    inputs = {dict(shot.variables)["ticket"] for shot in proposal.shots}
    assert inputs == {OPEN, "new one", "new two"}
    assert all(shot.example_ulid for shot in proposal.shots)
    assert len(proposal.picked.picks) == 3
    assert store.prompts.draft().shots == ()


def test_an_example_needs_an_answer(bench: Bench, prompts: PromptService) -> None:
    with pytest.raises(InputError, match="needs an answer"):
        prompts.typed_shot({"ticket": "a"}, " ")
    with pytest.raises(InputError) as caught:
        prompts.shot_from_thread(run(bench, ASK, ticket="a"))
    assert caught.value.code == "shot.no_answer"
