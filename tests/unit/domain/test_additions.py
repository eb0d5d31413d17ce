"""What came later must leave hashes and keys of older projects as they were."""

import dataclasses

import pytest

from workbench.domain.models import BUILTIN_MODEL, ModelKind, ModelRef
from workbench.domain.parameters import GenerationParameters
from workbench.domain.prompts import Message, PromptSpec, Role, Shot, render

# Computed before reasoning, schema and caching were parameters.
EMPTY = "sha256:26c403cefe672f9779720e729f23fa8d3737dc253ec0b65af8393065e604f90d"
FULL = "sha256:d6aecde3ccdea94650f3b1d3e8848441aea7fc1379395a8562fe9e4f8a28dbe8"
SPEC = PromptSpec(
    "Be brief.",
    "{{ticket}} \u65e5\u672c",
    (
        Shot((("ticket", "a"),), "b"),
        Shot((("ticket", "c"),), "d", False, "E", "T"),
    ),
    GenerationParameters(0.5, 0.9, 64, 7, ("END",)),
)


def test_a_prompt_keeps_its_hash() -> None:
    assert PromptSpec().content_hash == EMPTY
    assert SPEC.content_hash == FULL


@pytest.mark.parametrize(
    "changes",
    [
        {"reasoning_effort": "low"},
        {"reasoning_budget": 1024},
        {"json_schema": "{}"},
        {"prompt_caching": True},
    ],
)
def test_each_new_parameter_makes_another_prompt(changes: dict[str, object]) -> None:
    parameters = dataclasses.replace(SPEC.parameters, **changes)  # type: ignore[arg-type]
    changed = dataclasses.replace(SPEC, parameters=parameters)
    assert changed.content_hash != FULL


def test_keys_of_models_on_this_computer_are_as_they_were() -> None:
    assert BUILTIN_MODEL.key == "builtin"
    assert ModelRef(ModelKind.LOCAL, "m", "folder", "01A").key == "local|folder|01A"


def test_a_model_in_two_regions_is_two_models() -> None:
    here = ModelRef(ModelKind.BEDROCK, "Nova", "amazon.nova-lite-v1:0")
    there = dataclasses.replace(here, region="eu-west-1")
    assert here.key == "bedrock|amazon.nova-lite-v1:0"
    assert there.key == "bedrock|amazon.nova-lite-v1:0|eu-west-1"
    assert there.base == there


def test_messages_without_files_are_equal_as_before() -> None:
    assert render(PromptSpec(template="x"), {}) == (Message(Role.USER, "x"),)
