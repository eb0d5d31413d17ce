"""A matrix as the window holds it: where each cell stands, what it says, the tally."""

import dataclasses
from collections.abc import Iterator, Sequence

from workbench.domain.matrices import CellState, CellView, Matrix
from workbench.services.application import Services
from workbench.services.events import CellMoved


@dataclasses.dataclass(frozen=True, slots=True)
class Head:
    """A version of a matrix.

    Attributes:
        shots: examples that are on in it.
    """

    number: int
    name: str
    shots: int


@dataclasses.dataclass(frozen=True, slots=True)
class CellAnswer:
    """What a cell says.

    Attributes:
        matches: whether it is the expected answer; None: none is expected.
        tokens: of prompt and answer together; None: nobody said.
    """

    position: int
    trial_id: int
    text: str
    matches: bool | None
    tokens: int | None


@dataclasses.dataclass(frozen=True, slots=True)
class Loaded:
    """A matrix that was read."""

    matrix: Matrix
    cells: tuple[CellView, ...]
    heads: tuple[Head, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Tally:
    """What the answers of one version and one model come to."""

    answered: int = 0
    judged: int = 0
    right: int = 0
    tokens: float | None = None


def load(services: Services, matrix_id: int) -> Loaded:
    """Read a matrix; runs on the lane for short work."""
    matrix = services.matrix.matrix(matrix_id)
    known = {version.id: version for version in services.lab.versions()}
    heads = []
    for version_id in matrix.version_ids:
        spec = services.lab.spec_of(version_id)
        version = known[version_id]
        shots = sum(shot.enabled for shot in spec.shots)
        heads.append(Head(version.number, version.name, shots))
    return Loaded(matrix, tuple(services.matrix.cells(matrix_id)), tuple(heads))


def read_answers(
    services: Services, wanted: Sequence[tuple[int, int, str | None]]
) -> list[CellAnswer]:
    """Read what cells say, given as position, trial and expected answer."""
    trials = {t.id: t for t in services.data.trials([each[1] for each in wanted])}
    found: list[CellAnswer] = []
    for position, trial_id, expected in wanted:
        trial = trials.get(trial_id)
        if trial is None:
            continue
        outcome = trial.outcome
        matches = services.lab.check(outcome.output, expected).matches
        tokens = None
        if outcome.output_tokens is not None:
            tokens = (outcome.input_tokens or 0) + outcome.output_tokens
        found.append(CellAnswer(position, trial_id, outcome.output, matches, tokens))
    return found


class Grid:
    """The cells by position; pure, so that thousands of them are quick to change."""

    def __init__(self, loaded: Loaded) -> None:
        """Take over what was read."""
        self.matrix, self.heads = loaded.matrix, loaded.heads
        self.views = list(loaded.cells)
        self.retried: set[int] = set()
        self.answers: dict[int, CellAnswer] = {}
        self.columns = [
            (version, model, repeat)
            for version in range(len(self.heads))
            for model in range(len(self.matrix.models))
            for repeat in range(self.matrix.repeats)
        ]
        """Version, model and repeat of each column."""

    def position(self, row: int, column: int) -> int:
        """Return the cell of an input in a column."""
        version, model, repeat = self.columns[column]
        matrix = self.matrix
        before = (repeat * len(matrix.inputs) + row) * len(self.heads) + version
        return before * len(matrix.models) + model

    def place(self, position: int) -> tuple[int, int]:
        """Return row and column of a cell."""
        cell = self.views[position].cell
        matrix = self.matrix
        column = cell.version * len(matrix.models) + cell.model
        return cell.input, column * matrix.repeats + cell.repeat

    def move(self, moved: CellMoved) -> None:
        """Take over where a cell stands by now."""
        view = self.views[moved.position]
        self.views[moved.position] = dataclasses.replace(
            view, state=CellState(moved.state), trial_id=moved.trial_id
        )
        (self.retried.add if moved.retried else self.retried.discard)(moved.position)

    def unread(self) -> Iterator[tuple[int, int, str | None]]:
        """Give the cells whose answer was not read yet, as `read_answers` wants it."""
        for view in self.views:
            position = view.cell.position
            known = self.answers.get(position)
            has_new = known is None or known.trial_id != view.trial_id
            if view.trial_id and has_new and view.state is not CellState.RUNNING:
                yield position, view.trial_id, self.expected(position)

    def expected(self, position: int) -> str | None:
        """Return the answer that is expected of a cell."""
        return self.matrix.inputs[self.views[position].cell.input].expected

    def count(self, *states: CellState) -> int:
        """Return how many cells stand so."""
        return sum(view.state in states for view in self.views)

    def tallies(self) -> dict[tuple[int, int], Tally]:
        """Add up the answers of every version and model, in one pass."""
        kept: dict[tuple[int, int], list[CellAnswer]] = {}
        for view in self.views:
            answer = self.answers.get(view.cell.position)
            if answer is not None and view.state is CellState.ANSWERED:
                place = (view.cell.version, view.cell.model)
                kept.setdefault(place, []).append(answer)
        return {place: _tally(answers) for place, answers in kept.items()}


def _tally(answers: Sequence[CellAnswer]) -> Tally:
    judged = [each for each in answers if each.matches is not None]
    tokens = [each.tokens for each in answers if each.tokens is not None]
    return Tally(
        len(answers),
        len(judged),
        sum(each.matches is True for each in judged),
        sum(tokens) / len(tokens) if tokens else None,
    )
