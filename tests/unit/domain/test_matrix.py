"""The identity of a call, and a plan made of it."""

import dataclasses
from collections.abc import Mapping, Sequence
from decimal import Decimal

import pytest

from workbench.domain.content import FileKind, FilePart, SendAs
from workbench.domain.costs import Price
from workbench.domain.matrix import (
    MatrixInput,
    MatrixPlan,
    MatrixRequest,
    Pace,
    call_hash,
    cells_of,
    plan_of,
)
from workbench.domain.models import BUILTIN_MODEL, PRACTICE, ModelKind, ModelRef
from workbench.domain.parameters import GenerationParameters
from workbench.domain.prompts import Message, PromptSpec, Role

MODEL = ModelRef(ModelKind.BEDROCK, "Nova", "nova", region="us-east-1")
OTHER = dataclasses.replace(MODEL, path="other")
SPEC = PromptSpec("Sort.", "{{ticket}}")
ASKED = (Message(Role.USER, "hello"),)
FILE = FilePart("a", FileKind.IMAGE, "png", 9, name="mine.png")
COLD = GenerationParameters()
UNKNOWN = Pace()


def test_the_identity_is_pinned() -> None:
    # A change of it would have everything asked again that was answered before.
    assert call_hash(MODEL, ASKED, COLD) == (
        "sha256:96b2fece0c5726953d7d89aebbcc739e41e766b200430b24e3a190d7c48430d8"
    )


@pytest.mark.parametrize(
    ("model", "messages", "parameters", "repeat"),
    [
        (OTHER, ASKED, COLD, 0),
        (dataclasses.replace(MODEL, region="eu-west-1"), ASKED, COLD, 0),
        (dataclasses.replace(MODEL, region=PRACTICE), ASKED, COLD, 0),
        (MODEL, (Message(Role.USER, "hello "),), COLD, 0),
        (MODEL, (Message(Role.SYSTEM, "hello"),), COLD, 0),
        (MODEL, (Message(Role.USER, "hello", (FILE,)),), COLD, 0),
        (MODEL, ASKED, GenerationParameters(0.5), 0),
        (MODEL, ASKED, GenerationParameters(reasoning_budget=9), 0),
        (MODEL, ASKED, COLD, 1),
    ],
)
def test_whatever_is_sent_makes_another_call(
    model: ModelRef,
    messages: tuple[Message, ...],
    parameters: GenerationParameters,
    repeat: int,
) -> None:
    assert call_hash(model, messages, parameters, repeat) != call_hash(
        MODEL, ASKED, COLD
    )


def test_names_are_not_sent() -> None:
    renamed = dataclasses.replace(MODEL, name="Another")
    assert call_hash(renamed, ASKED, COLD) == call_hash(MODEL, ASKED, COLD)
    one = (Message(Role.USER, "", (FILE,)),)
    two = (Message(Role.USER, "", (dataclasses.replace(FILE, name="his.png"),)),)
    assert call_hash(MODEL, one, COLD) == call_hash(MODEL, two, COLD)


def test_the_text_of_a_file_counts_where_it_is_sent() -> None:
    text = dataclasses.replace(FILE, send_as=SendAs.TEXT, text="one")
    other = dataclasses.replace(text, text="two")
    one, two = ((Message(Role.USER, "", (part,)),) for part in (text, other))
    assert call_hash(MODEL, one, COLD) != call_hash(MODEL, two, COLD)


def wanted(count: int, **fields: object) -> MatrixRequest:
    items = tuple(MatrixInput((("ticket", f"{n}"),)) for n in range(count))
    values: dict[str, object] = {"specs": (SPEC,), "inputs": items, "models": (MODEL,)}
    return MatrixRequest(**values | fields)  # type: ignore[arg-type]


def planned(
    request: MatrixRequest,
    answered: Mapping[str, int] | None = None,
    price: Price | None = None,
    pace: Pace = UNKNOWN,
) -> MatrixPlan:
    def find(hashes: Sequence[str]) -> Mapping[str, int]:
        known = answered or {}
        return {identity: known[identity] for identity in hashes if identity in known}

    return plan_of(request, find, lambda _model: price, lambda _model: pace)


def test_every_input_comes_once_before_any_comes_twice() -> None:
    cells = list(cells_of(wanted(2, models=(MODEL, OTHER), repeats=2)))
    assert [cell.position for cell in cells] == list(range(8))
    assert [(c.repeat, c.input, c.model) for c in cells[:4]] == [
        (0, 0, 0),
        (0, 0, 1),
        (0, 1, 0),
        (0, 1, 1),
    ]
    assert {cell.repeat for cell in cells[4:]} == {1}


def test_answered_cells_are_found_by_identity() -> None:
    first = planned(wanted(3)).cells[1]
    plan = planned(wanted(3), {first.call_hash: 77})
    assert [cell.answered_by for cell in plan.cells] == [None, 77, None]
    assert (plan.new, plan.answered) == (2, 1)
    again = planned(wanted(3, ask_again=True), {first.call_hash: 77})
    assert again.new == 3


def test_the_same_call_is_planned_once_when_it_is_cold() -> None:
    plan = planned(wanted(2, specs=(SPEC, SPEC)))
    assert [cell.same_as for cell in plan.cells] == [None, 0, None, 2]
    warm = dataclasses.replace(SPEC, parameters=GenerationParameters(0.5))
    assert planned(wanted(2, specs=(warm, warm))).new == 4


def test_money_is_added_for_new_cells_only_and_unknown_is_counted() -> None:
    price = Price("nova", Decimal(1), Decimal(1), "2026-11", "test")
    one = planned(wanted(1), price=price)
    answered = {one.cells[0].call_hash: 1}
    three = planned(wanted(3), answered, price)
    assert three.worst == 2 * one.worst > 0
    assert planned(wanted(3)).unknown == 3
    assert planned(wanted(3)).worst == 0


def test_time_is_unknown_without_earlier_answers() -> None:
    assert planned(wanted(3)).seconds is None
    assert planned(wanted(0)).seconds == 0


def test_models_elsewhere_run_at_once_and_those_here_one_by_one() -> None:
    pace = Pace(9, 2.0, 5)
    assert planned(wanted(60, models=(MODEL, OTHER)), pace=pace).seconds == 4.0
    here = dataclasses.replace(BUILTIN_MODEL, path="b")
    plan = planned(wanted(10, models=(BUILTIN_MODEL, here)), pace=pace)
    assert plan.seconds == 40.0


def test_two_thousand_long_prompts_take_no_memory() -> None:
    spec = dataclasses.replace(SPEC, system="word " * 2000)
    plan = planned(wanted(50, specs=(spec,), repeats=2))
    assert "word" not in repr(plan)
