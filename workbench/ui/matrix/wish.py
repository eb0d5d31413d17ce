"""What a person wants to be run, and what that would ask, cost and pass.

Everything here runs on the lane for short work, away from the window's thread.
"""

import dataclasses
from collections.abc import Sequence
from decimal import Decimal

from workbench.domain.datasets import Example, ExampleFilter, Split
from workbench.domain.matrix import MatrixInput, MatrixPlan, MatrixRequest
from workbench.domain.models import ModelRef
from workbench.domain.prompts import PromptSpec, sorted_items
from workbench.domain.spending import CapReached, CapScope
from workbench.services.application import Services
from workbench.services.data import DataService
from workbench.services.imports import ImportPreview

SHOT_COUNTS = (0, 1, 2, 4, 8)


@dataclasses.dataclass(frozen=True, slots=True)
class Wish:
    """What is chosen in the sheet.

    Attributes:
        versions: prompts, or the ids of earlier versions.
    """

    versions: tuple[PromptSpec | int, ...] = ()
    inputs: tuple[MatrixInput, ...] = ()
    models: tuple[ModelRef, ...] = ()
    repeats: int = 1
    ask_again: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class Planned:
    """A wish with its plan.

    Attributes:
        limit: the cap that all of it could pass, or None.
    """

    wish: Wish
    request: MatrixRequest
    plan: MatrixPlan
    limit: CapReached | None


def plan_wish(services: Services, wish: Wish) -> Planned:
    """Plan what is chosen; raises what `MatrixService.plan` does."""
    specs = tuple(
        services.lab.spec_of(each) if isinstance(each, int) else each
        for each in wish.versions
    )
    request = MatrixRequest(
        specs, wish.inputs, wish.models, wish.repeats, wish.ask_again
    )
    plan = services.matrix.plan(request)
    return Planned(wish, request, plan, limit_of(services, plan))


def limit_of(services: Services, plan: MatrixPlan) -> CapReached | None:
    """Return the cap that the worst case of a plan would pass."""
    if not plan.worst and not plan.unknown:
        return None
    spending = services.spending
    caps = spending.caps()
    spent = (
        (CapScope.RUN, Decimal(0)),
        (CapScope.DAY, spending.spent_today().amount),
        (CapScope.PROJECT, spending.spent().amount),
    )
    for scope, amount in spent:
        cap = caps.of(scope)
        if cap is None:
            continue
        needed = None if plan.unknown else plan.worst
        if needed is None or amount + needed > cap:
            return CapReached(scope, {"cap": cap, "spent": amount, "needed": needed})
    return None


def first_shots(spec: PromptSpec) -> tuple[tuple[int, PromptSpec], ...]:
    """Return a prompt with its first 0, 1, 2, 4 and 8 examples, as far as it has."""
    on = tuple(shot for shot in spec.shots if shot.enabled)
    counts = [count for count in SHOT_COUNTS if count <= len(on)]
    return tuple((k, dataclasses.replace(spec, shots=on[:k])) for k in counts)


def inputs_of_table(
    preview: ImportPreview, names: Sequence[str]
) -> tuple[MatrixInput, ...]:
    """Turn rows into inputs: columns by the names of placeholders, else in order."""
    expected = preview.answer_column
    rest = [name for name in preview.columns if name != expected]
    columns = names if set(names) <= set(preview.columns) else rest
    pairs = list(zip(names, columns, strict=False))
    found: list[MatrixInput] = []
    for cells in preview.rows:
        row = dict(zip(preview.columns, cells, strict=True))
        values = {name: row[column] for name, column in pairs}
        if any(text.strip() for text in values.values()):
            right = row.get(expected, "").strip() or None
            found.append(MatrixInput(sorted_items(values), right))
    return tuple(found)


def inputs_of_records(
    data: DataService, dataset_id: int, part: Split
) -> tuple[MatrixInput, ...]:
    """Return the records of a part of a dataset as inputs."""
    ids = data.example_ids(ExampleFilter(dataset_id, split=part))
    return tuple(_input(example) for example in data.examples(ids))


def _input(example: Example) -> MatrixInput:
    return MatrixInput(example.variables, example.answer, example.id, example.ulid)
