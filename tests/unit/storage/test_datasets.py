import hashlib
import json

import pytest

from tests.unit.storage.samples import add_examples, example, spec_with_shots
from workbench.domain.changes import Kind
from workbench.domain.datasets import ExampleFilter, NewExample, Split, SplitCounts
from workbench.domain.errors import InputError
from workbench.domain.ports import ProjectStore


def test_datasets_are_made_once(project: ProjectStore) -> None:
    first = project.datasets.ensure("問い合わせ")
    assert project.datasets.ensure("問い合わせ") == first
    second = project.datasets.ensure("other")
    assert [d.id for d in project.datasets.datasets()] == [first, second]
    assert project.datasets.datasets()[0].counts == SplitCounts()


def test_everything_comes_back(project: ProjectStore) -> None:
    dataset_id = project.datasets.ensure("d")
    new = NewExample((("a", "一"), ("b", "二")), "答え", " g1 ", "trial", "TRIAL")
    (example_id,) = project.datasets.add(dataset_id, [new])
    kept = project.datasets.get(example_id)
    assert kept.variables == new.variables
    assert (kept.answer, kept.group, kept.source) == ("答え", "g1", "trial")
    assert (kept.origin_trial_ulid, kept.dataset_id) == ("TRIAL", dataset_id)
    assert (kept.input_text, kept.split) == ("a: 一\nb: 二", Split.NONE)
    assert (len(kept.ulid), kept.created[-6:], kept.binned) == (26, "+00:00", False)


def test_missing_record(project: ProjectStore) -> None:
    with pytest.raises(InputError) as caught:
        project.datasets.get(5)
    assert caught.value.code == "example.missing"
    with pytest.raises(InputError):
        project.datasets.update(5, answer="x")


def test_filters_and_orders(project: ProjectStore) -> None:
    dataset_id = project.datasets.ensure("d")
    rows = [example("い", "z", "組"), example("あ", "y"), example("う", "x")]
    a, b, c = project.datasets.add(dataset_id, rows)
    project.datasets.add(project.datasets.ensure("other"), [example("い")])
    project.datasets.assign(dataset_id, {a: Split.TRAIN, b: Split.TEST})
    project.datasets.set_binned([c], binned=True)

    def listed(**fields: object) -> list[int]:
        where = ExampleFilter(dataset_id, **fields)  # type: ignore[arg-type]
        return list(project.datasets.ids(where))

    assert listed() == [a, b]
    assert listed(order="newest") == [b, a]
    assert listed(order="input") == [b, a]
    assert listed(order="answer") == [b, a]
    assert listed(split=Split.TEST) == [b]
    assert listed(split=Split.NONE) == []
    assert listed(binned=True) == [c]
    assert listed(text="組") == [a]
    assert listed(text="Ｙ") == [b]
    assert [e.id for e in project.datasets.page([b, 99, a])] == [b, a]


def test_update_is_undoable(project: ProjectStore) -> None:
    dataset_id, (first, *_) = add_examples(project, 2)
    changes = project.datasets.update(first, answer="配送", group="組")
    assert changes.ids_of(Kind.EXAMPLE) == {first}
    assert project.datasets.ids(ExampleFilter(dataset_id, text="配送")) == [first]
    assert project.undo.state().undo_label == "edit_example"
    project.undo.undo()
    kept = project.datasets.get(first)
    assert (kept.answer, kept.group) == ("返金", "")
    assert project.datasets.ids(ExampleFilter(dataset_id, text="配送")) == []
    assert project.datasets.update(first, answer="返金").ids == ()


def test_an_import_is_one_step(project: ProjectStore) -> None:
    dataset_id = project.datasets.ensure("d")
    rows = [
        NewExample((("ticket", f"{number}"),), "x", source="sample.csv")
        for number in range(400)
    ]
    ids = project.datasets.add(dataset_id, (row for row in rows))
    state = project.undo.state()
    assert (state.undo_label, state.undo_count) == ("import", 400)
    ulids = [kept.ulid for kept in project.datasets.page(ids)]
    assert project.undo.undo().touches(Kind.EXAMPLE, Kind.DATASET)
    assert project.datasets.ids(ExampleFilter(dataset_id)) == []
    assert project.datasets.page(ids) == []
    assert project.datasets.datasets()[0].counts.total == 0
    project.undo.redo()
    assert project.datasets.ids(ExampleFilter(dataset_id)) == list(ids)
    assert [kept.ulid for kept in project.datasets.page(ids)] == ulids


def test_typed_records_have_their_own_label(project: ProjectStore) -> None:
    add_examples(project, 1)
    assert project.undo.state().undo_label == "add_example"


def test_nothing_to_add(project: ProjectStore) -> None:
    assert project.datasets.add(project.datasets.ensure("d"), []) == ()
    assert project.undo.state().undo_label == ""


def test_ids_are_never_used_again(project: ProjectStore) -> None:
    dataset_id, ids = add_examples(project, 2)
    project.undo.undo()
    # A new command drops what could be redone, and with it the records for good.
    (new,) = project.datasets.add(dataset_id, [example("new")])
    assert new > max(ids)
    assert project.undo.redo().ids == ()
    assert project.datasets.ids(ExampleFilter(dataset_id)) == [new]


def test_splits(project: ProjectStore) -> None:
    parts = [Split.TRAIN, Split.VALIDATION, Split.TEST, Split.NONE]
    _, ids = add_examples(project, 4, splits=parts)
    assert [kept.split for kept in project.datasets.page(ids)] == parts
    assert project.datasets.datasets()[0].counts == SplitCounts(1, 1, 1, 1)
    assert project.undo.state().undo_label == "split"
    assert project.undo.state().undo_count == 3
    assert project.datasets.is_test_input("入力　2 ")
    assert not project.datasets.is_test_input("入力 1")
    project.undo.undo()
    assert project.datasets.datasets()[0].counts == SplitCounts(none=4)
    assert not project.datasets.is_test_input("入力 2")


def test_same_input_in_two_parts(project: ProjectStore) -> None:
    dataset_id = project.datasets.ensure("d")
    rows = [example("Ａ　ｂ"), example(" a B\n"), example("c")]
    a, b, c = project.datasets.add(dataset_id, rows)
    leak = {a: Split.TRAIN, b: Split.TEST, c: Split.TRAIN}
    with pytest.raises(InputError) as caught:
        project.datasets.assign(dataset_id, leak)
    assert caught.value.code == "split.leak"
    assert caught.value.details == {"count": 2, "ids": (a, b)}
    assert project.datasets.datasets()[0].counts == SplitCounts(none=3)
    assert project.undo.state().undo_label == "add_example"
    project.datasets.assign(dataset_id, {a: Split.TEST, b: Split.TEST, c: Split.TRAIN})
    # All of them together may move from one part to another.
    project.datasets.assign(dataset_id, {a: Split.TRAIN, b: Split.TRAIN, c: Split.TEST})
    project.undo.undo()
    assert project.datasets.get(a).split is Split.TEST


def test_same_group_in_two_parts(project: ProjectStore) -> None:
    dataset_id = project.datasets.ensure("d")
    rows = [
        example("1", group="g"),
        example("2", group="g"),
        example("3"),
        example("4"),
    ]
    a, b, c, d = project.datasets.add(dataset_id, rows)
    with pytest.raises(InputError) as caught:
        project.datasets.assign(dataset_id, {a: Split.TRAIN, b: Split.VALIDATION})
    assert caught.value.details == {"count": 2, "ids": (a, b)}
    # No group is not a group.
    project.datasets.assign(dataset_id, {a: Split.TRAIN, c: Split.TRAIN, d: Split.TEST})
    with pytest.raises(InputError, match="group"):
        project.datasets.update(d, group="g")
    assert project.datasets.get(d).group == ""


def test_records_in_the_bin_do_not_count(project: ProjectStore) -> None:
    dataset_id = project.datasets.ensure("d")
    a, b = project.datasets.add(dataset_id, [example("same"), example("same")])
    project.datasets.assign(dataset_id, {a: Split.TRAIN, b: Split.TRAIN})
    project.datasets.set_binned([a], binned=True)
    project.datasets.assign(dataset_id, {b: Split.TEST})
    with pytest.raises(InputError) as caught:
        project.datasets.set_binned([a], binned=False)
    assert caught.value.code == "split.leak"
    assert project.datasets.get(a).binned


def test_other_datasets_do_not_count(project: ProjectStore) -> None:
    one, two = project.datasets.ensure("one"), project.datasets.ensure("two")
    (a,) = project.datasets.add(one, [example("same")])
    (b,) = project.datasets.add(two, [example("same")])
    project.datasets.assign(one, {a: Split.TRAIN})
    project.datasets.assign(two, {b: Split.TEST})
    # A split for one dataset leaves records of another alone.
    assert project.datasets.assign(one, {b: Split.TRAIN}).ids == ()
    # The test of any dataset is a test.
    with pytest.raises(InputError):
        project.prompts.ensure_version(spec_with_shots("same"))


def test_snapshot(project: ProjectStore) -> None:
    parts = [Split.TRAIN, Split.TEST, Split.NONE]
    dataset_id, ids = add_examples(project, 3, splits=parts)
    (binned,) = project.datasets.add(dataset_id, [example("bin")])
    project.datasets.set_binned([binned], binned=True)
    snapshot = project.datasets.take_snapshot(dataset_id)
    rows = project.datasets.snapshot_rows(snapshot.id)
    assert [row.example_id for row in rows] == list(ids)
    assert [row.position for row in rows] == [0, 1, 2]
    assert [row.split for row in rows] == parts
    assert snapshot.counts == SplitCounts(1, 1, 0, 1)
    assert (snapshot.number, snapshot.dataset_name) == (1, "tickets")
    lines = (
        json.dumps(
            {
                "answer": row.answer,
                "group": row.group,
                "id": row.example_ulid,
                "split": row.split,
                "variables": dict(row.variables),
            },
            ensure_ascii=False,
            sort_keys=True,
            separators=(",", ":"),
        )
        for row in rows
    )
    text = "".join(f"{line}\n" for line in lines)
    assert snapshot.sha256 == hashlib.sha256(text.encode()).hexdigest()
    tested = project.datasets.snapshot_rows(snapshot.id, Split.TEST)
    assert [row.example_id for row in tested] == [ids[1]]


def test_same_content_same_snapshot(project: ProjectStore) -> None:
    dataset_id, (first, *_) = add_examples(project, 2)
    one = project.datasets.take_snapshot(dataset_id)
    project.datasets.update(first, answer="配送")
    two = project.datasets.take_snapshot(dataset_id)
    assert (two.number, two.sha256 == one.sha256) == (2, False)
    project.undo.undo()
    assert project.datasets.take_snapshot(dataset_id) == one
    assert project.datasets.snapshots() == [two, one]
    assert project.datasets.snapshots(dataset_id) == [two, one]
    assert project.datasets.snapshots(99) == []
    assert project.datasets.snapshot(two.id) == two
    assert project.datasets.snapshot_rows(two.id)[0].answer == "配送"


def test_snapshots_outlive_their_records(project: ProjectStore) -> None:
    dataset_id, ids = add_examples(project, 2)
    snapshot = project.datasets.take_snapshot(dataset_id)
    project.datasets.set_binned(ids, binned=True)
    project.empty_bin()
    assert len(project.datasets.snapshot_rows(snapshot.id)) == 2


def test_nothing_to_freeze(project: ProjectStore) -> None:
    with pytest.raises(InputError) as caught:
        project.datasets.take_snapshot(project.datasets.ensure("d"))
    assert caught.value.code == "snapshot.empty"
    with pytest.raises(InputError) as caught:
        project.datasets.snapshot(9)
    assert caught.value.code == "snapshot.missing"
