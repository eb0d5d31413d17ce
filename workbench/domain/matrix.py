"""A matrix: versions x inputs x models x repeats, planned before it is run.

The identity of a call is a pure function of everything that is sent. A plan says by it
which cells are answered already: at temperature 0 an earlier answer to the very same
call with the same repeat number counts, unless "ask again" was chosen. A plan keeps no
messages: they are rendered again when a cell is asked, so that 2,000 prompts with long
documents take no memory.
"""

import dataclasses
import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal

from workbench.domain.content import FilePart, SendAs
from workbench.domain.costs import Price, total
from workbench.domain.generation import GenerationRequest
from workbench.domain.models import ModelRef
from workbench.domain.parameters import GenerationParameters
from workbench.domain.prompts import (
    Message,
    PromptSpec,
    hash_json,
    render,
    without_inputs,
)
from workbench.domain.remote import MOST_AT_ONCE
from workbench.domain.spending import likely_of, runs_here, worst_of

MOST_CELLS = 20_000
MOST_MODELS = 8


def call_hash(
    model: ModelRef,
    messages: Sequence[Message],
    parameters: GenerationParameters,
    repeat: int = 0,
) -> str:
    """Return ``sha256:<hex>`` of everything that is sent, and the repeat number.

    What a model or a file is called is not sent, so it does not count.
    """
    return hash_json(
        {
            "call": 1,
            "model": model.key,
            "messages": [_sent(message) for message in messages],
            "parameters": parameters.hashed(),
            "repeat": repeat,
        }
    )


def _sent(message: Message) -> dict[str, object]:
    fields: dict[str, object] = {"role": message.role.value, "text": message.text}
    if message.files:
        fields["files"] = [_sent_file(part) for part in message.files]
    return fields


def _sent_file(part: FilePart) -> dict[str, object]:
    fields: dict[str, object] = {
        "hash": part.content_hash,
        "kind": part.kind.value,
        "format": part.format,
        "send_as": part.send_as.value,
    }
    if part.send_as is SendAs.TEXT:
        fields["text"] = part.text
    return fields


@dataclasses.dataclass(frozen=True, slots=True)
class MatrixInput:
    """One input of a matrix.

    Attributes:
        variables: sorted by name.
        expected: the answer that is expected, if one is.
        example_id: the record it comes from, if any.
        example_ulid: the same, as examples in a prompt name it.
    """

    variables: tuple[tuple[str, str], ...]
    expected: str | None = None
    example_id: int | None = None
    example_ulid: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class MatrixRequest:
    """What a person wants to be run.

    Attributes:
        specs: the prompt versions.
        inputs: each with its variables.
        models: one to eight.
        repeats: how often each call is made.
        ask_again: ask also what was answered before.
        cap: US dollars for this matrix; None takes the project's cap per run.
        name: what the person calls it.
    """

    specs: tuple[PromptSpec, ...]
    inputs: tuple[MatrixInput, ...]
    models: tuple[ModelRef, ...]
    repeats: int = 1
    ask_again: bool = False
    cap: Decimal | None = None
    name: str = ""

    @property
    def size(self) -> int:
        """Number of cells."""
        axes = (len(self.specs), len(self.inputs), len(self.models), self.repeats)
        first, second, third, fourth = axes
        return first * second * third * fourth


@dataclasses.dataclass(frozen=True, slots=True)
class Cell:
    """One place of the grid, by its index on each axis.

    Attributes:
        position: compact id within its matrix, from 0.
    """

    position: int
    version: int
    input: int
    model: int
    repeat: int


@dataclasses.dataclass(frozen=True, slots=True)
class Pace:
    """How a model answered of late.

    Attributes:
        calls: answers that were looked at.
        seconds: median of an answer; None without answers.
        output_tokens: median of an answer; None without answers.
    """

    calls: int = 0
    seconds: float | None = None
    output_tokens: int | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class PlannedCell:
    """A cell and what is known about it before anything is asked.

    Attributes:
        call_hash: identity of its call.
        answered_by: id of the trial that answers it already, or None.
        same_as: position of the cell whose call it shares; asked only once.
        worst: the most its call can cost in US dollars; None: unknown.
        likely: what it will probably cost; None: unknown.
    """

    cell: Cell
    call_hash: str
    answered_by: int | None = None
    same_as: int | None = None
    worst: Decimal | None = None
    likely: Decimal | None = None

    @property
    def is_new(self) -> bool:
        """Whether a call is made for it."""
        return self.answered_by is None and self.same_as is None


@dataclasses.dataclass(frozen=True, slots=True)
class MatrixPlan:
    """What the button says: calls, answers there are, money, time.

    Attributes:
        cells: all cells, in order.
        worst: US dollars at most for the new calls whose price is known.
        likely: US dollars that these will probably cost.
        unknown: new calls whose price is not known; they come on top.
        seconds: how long it will probably take; None without earlier answers.
    """

    cells: tuple[PlannedCell, ...]
    worst: Decimal
    likely: Decimal
    unknown: int
    seconds: float | None

    @property
    def new(self) -> int:
        """Calls that will be made."""
        return sum(cell.is_new for cell in self.cells)

    @property
    def answered(self) -> int:
        """Cells that need no call of their own."""
        return len(self.cells) - self.new


def cells_of(request: MatrixRequest) -> Iterator[Cell]:
    """Give the cells in the order they are asked.

    Models change fastest, so that all of them are busy from the start, and inputs
    before repeats: a matrix that was stopped has every input once before any twice.
    """
    axes = itertools.product(
        range(request.repeats),
        range(len(request.inputs)),
        range(len(request.specs)),
        range(len(request.models)),
    )
    for position, (repeat, number, version, model) in enumerate(axes):
        yield Cell(position, version, number, model, repeat)


def sent_spec(spec: PromptSpec, item: MatrixInput) -> PromptSpec:
    """Leave a record out of its own examples: its answer would be given away."""
    shots = without_inputs(spec.shots, dict(item.variables), item.example_ulid)
    return dataclasses.replace(spec, shots=shots)


def request_of(
    spec: PromptSpec, item: MatrixInput, model: ModelRef
) -> GenerationRequest:
    """Return the call of a version, an input and a model."""
    messages = render(sent_spec(spec, item), dict(item.variables))
    return GenerationRequest(model, messages, spec.parameters)


def plan_of(
    request: MatrixRequest,
    answered: Callable[[Sequence[str]], Mapping[str, int]],
    price: Callable[[ModelRef], Price | None],
    pace: Callable[[ModelRef], Pace],
) -> MatrixPlan:
    """Plan a matrix; pure but for what the three functions look up.

    Args:
        request: what is wanted.
        answered: gives the trial that answered a call, for hashes that have one.
        price: of a model, None when unknown.
        pace: of a model.
    """
    paces = {model.key: pace(model) for model in request.models}
    prices = {model.key: price(model) for model in request.models}
    cells = [_cell(request, cell, prices, paces) for cell in cells_of(request)]
    if not request.ask_again:
        cells = _reused(request, cells, answered)
    return summed(tuple(cells), request.models, paces)


def summed(
    cells: tuple[PlannedCell, ...],
    models: Sequence[ModelRef],
    paces: Mapping[str, Pace],
) -> MatrixPlan:
    """Add up what cells cost and how long they take."""
    new = [cell for cell in cells if cell.is_new]
    known = [cell for cell in new if cell.worst is not None]
    return MatrixPlan(
        cells,
        worst=total(cell.worst for cell in known) or Decimal(0),
        likely=total(cell.likely for cell in known) or Decimal(0),
        unknown=len(new) - len(known),
        seconds=_seconds(new, models, paces),
    )


def _cell(
    request: MatrixRequest,
    cell: Cell,
    prices: Mapping[str, Price | None],
    paces: Mapping[str, Pace],
) -> PlannedCell:
    model = request.models[cell.model]
    call = request_of(request.specs[cell.version], request.inputs[cell.input], model)
    price = prices[model.key]
    return PlannedCell(
        cell,
        call_hash(model, call.messages, call.parameters, cell.repeat),
        worst=worst_of(call, price),
        likely=likely_of(call, price, paces[model.key].output_tokens),
    )


def _reused(
    request: MatrixRequest,
    cells: Sequence[PlannedCell],
    answered: Callable[[Sequence[str]], Mapping[str, int]],
) -> list[PlannedCell]:
    """Mark cells whose call was, or will be, made for another one."""
    greedy = [is_repeatable(request.specs[c.cell.version].parameters) for c in cells]
    hashes = [c.call_hash for c, is_same in zip(cells, greedy, strict=True) if is_same]
    found = answered(hashes)
    first: dict[str, int] = {}
    marked: list[PlannedCell] = []
    for planned, is_same in zip(cells, greedy, strict=True):
        by = found.get(planned.call_hash) if is_same else None
        leader = None
        if is_same and by is None:
            position = planned.cell.position
            leader = first.setdefault(planned.call_hash, position)
            leader = None if leader == position else leader
        marked.append(dataclasses.replace(planned, answered_by=by, same_as=leader))
    return marked


def is_repeatable(parameters: GenerationParameters) -> bool:
    """Tell whether the same call gives the same answer, as far as anybody can."""
    return parameters.temperature == 0


def _seconds(
    new: Sequence[PlannedCell], models: Sequence[ModelRef], paces: Mapping[str, Pace]
) -> float | None:
    """Models elsewhere run side by side, those on this computer one by one."""
    here, elsewhere = 0.0, [0.0]
    for index, model in enumerate(models):
        calls = sum(cell.cell.model == index for cell in new)
        if not calls:
            continue
        seconds = paces[model.key].seconds
        if seconds is None:
            return None
        if runs_here(model):
            here += seconds * calls
        else:
            elsewhere.append(seconds * -(-calls // MOST_AT_ONCE))
    return max(here, *elsewhere)
