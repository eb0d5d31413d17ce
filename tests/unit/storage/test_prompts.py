import pytest

from tests.unit.storage.samples import EMPTY, SPEC, add_examples, spec_with_shots
from workbench.domain.changes import Kind
from workbench.domain.datasets import Split
from workbench.domain.errors import InputError
from workbench.domain.parameters import GenerationParameters
from workbench.domain.ports import ProjectStore
from workbench.domain.prompts import PromptSpec, Shot

FULL = PromptSpec(
    system="役割",
    template="{{b}} {{a}}",
    shots=(
        Shot((("a", "1"), ("b", "2")), "はい", example_ulid="E", trial_ulid="T"),
        Shot((("a", "3"),), "いいえ", enabled=False),
    ),
    parameters=GenerationParameters(0.5, 0.9, 64, 7, ("\n", "。")),
)


def test_draft_starts_empty(project: ProjectStore) -> None:
    assert project.prompts.draft() == EMPTY
    assert project.prompts.draft_variables() == {}
    assert project.prompts.save_draft(EMPTY, {}).ids == ()


def test_draft_is_kept_as_it_is(project: ProjectStore) -> None:
    variables = {"z": "最後", "a": "最初"}
    changes = project.prompts.save_draft(FULL, variables)
    assert changes.touches(Kind.DRAFT)
    assert project.prompts.draft() == FULL
    assert list(project.prompts.draft_variables().items()) == list(variables.items())


def test_same_content_is_one_version(project: ProjectStore) -> None:
    first = project.prompts.ensure_version(FULL)
    assert project.prompts.ensure_version(FULL) == first
    second = project.prompts.ensure_version(SPEC)
    assert (first.number, second.number) == (1, 2)
    assert project.prompts.version(first.id) == FULL
    assert project.prompts.versions() == [second, first]
    assert first.content_hash == FULL.content_hash


def test_missing_version(project: ProjectStore) -> None:
    with pytest.raises(InputError) as caught:
        project.prompts.version(99)
    assert caught.value.code == "version.missing"


def test_a_test_record_is_no_example(project: ProjectStore) -> None:
    splits = [Split.TEST, Split.TRAIN, Split.NONE]
    _, ids = add_examples(project, 3, splits=splits)
    with pytest.raises(InputError) as caught:
        # The same input after folding, not the same characters.
        project.prompts.ensure_version(spec_with_shots(" 入力　０ ", "入力 1"))
    assert caught.value.code == "shot.test"
    assert caught.value.details == {"count": 1, "ids": (ids[0],)}
    assert project.prompts.versions() == []
    project.prompts.ensure_version(spec_with_shots("入力 1", "入力 2"))


def test_a_test_record_is_known_by_its_ulid(project: ProjectStore) -> None:
    _, (example_id,) = add_examples(project, 1, splits=[Split.TEST])
    ulid = project.datasets.get(example_id).ulid
    shot = Shot((("ticket", "reworded"),), "x", example_ulid=ulid)
    with pytest.raises(InputError, match="set aside"):
        project.prompts.ensure_version(PromptSpec(template="{{ticket}}", shots=(shot,)))


def test_an_example_switched_off_binds_nothing(project: ProjectStore) -> None:
    dataset_id, _ = add_examples(project, 1, splits=[Split.TEST])
    off = Shot((("ticket", "入力 0"),), "x", enabled=False)
    project.prompts.ensure_version(PromptSpec(template="{{ticket}}", shots=(off,)))
    assert project.datasets.used_as_shots(dataset_id) == frozenset()


def test_an_example_is_never_tested(project: ProjectStore) -> None:
    dataset_id, ids = add_examples(project, 3)
    project.prompts.ensure_version(spec_with_shots("入力 1"))
    assert project.datasets.used_as_shots(dataset_id) == {ids[1]}
    with pytest.raises(InputError) as caught:
        project.datasets.assign(dataset_id, dict.fromkeys(ids, Split.TEST))
    assert caught.value.code == "shot.test"
    assert caught.value.details == {"count": 1, "ids": (ids[1],)}
    assert project.datasets.datasets()[0].counts.none == 3
