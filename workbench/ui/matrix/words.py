"""Sentences about matrices."""

from decimal import Decimal

from PySide6.QtCore import QCoreApplication, QLocale

from workbench.domain.jobs import JobState
from workbench.domain.matrices import CellState, Matrix
from workbench.domain.matrix import MatrixPlan
from workbench.domain.spending import CapReached
from workbench.ui.matrix.grid import Grid, Head, Tally
from workbench.ui.shell import money
from workbench.ui.shell.phrases import phrase_model, phrase_seconds, phrase_state


class MatrixWords:
    """The context of these sentences."""

    @staticmethod
    def tr(text: str, comment: str = "", n: int = -1) -> str:
        """Return a sentence in the reader's language, in the form for this number."""
        return QCoreApplication.translate("MatrixWords", text, comment, n)


def plan(found: MatrixPlan) -> str:
    """Say such as "48 new calls, 12 already answered, about $0.31, about 40 s"."""
    parts = [MatrixWords.tr("%n new call(s)", "", found.new)]
    if found.answered:
        parts.append(MatrixWords.tr("%n already answered", "", found.answered))
    if found.new:
        parts.append(money.plan_cost(found))
    if found.seconds and found.new:
        text = MatrixWords.tr("about {time}")
        parts.append(text.format(time=phrase_seconds(found.seconds)))
    return MatrixWords.tr(", ").join(parts)


def limit(reached: CapReached) -> str:
    """Say which limit all of it could pass, with the numbers and what to do."""
    numbers = reached.details
    needed = numbers["needed"]
    if needed is None:
        text = MatrixWords.tr(
            "The price of some of these calls is not known, so the limit of {cap} "
            "cannot be kept: they are not asked. Choose other models, or take the "
            "limit away."
        )
        return text.format(cap=_amount(numbers["cap"]))
    text = MatrixWords.tr(
        "In the worst case all of it costs {needed}, and {spent} of the limit of "
        "{cap} are spent: what fits is asked, then it stops and can be resumed. Take "
        "fewer inputs, models or repeats, or raise the limit."
    )
    return text.format(
        needed=_amount(needed),
        spent=_amount(numbers["spent"]),
        cap=_amount(numbers["cap"]),
    )


def _amount(value: object) -> str:
    return money.amount(value) if isinstance(value, Decimal) else str(value)


def cell(grid: Grid, position: int) -> str:
    """Say what a cell shows: a sign for its state, then its answer."""
    view = grid.views[position]
    if view.state is CellState.ANSWERED:
        answer = grid.answers.get(position)
        if answer is None:
            return "…"
        signs = {True: "✓ ", False: "✗ ", None: ""}
        return signs[answer.matches] + answer.text
    if position in grid.retried:
        return MatrixWords.tr("↻ will be asked again")
    return {
        CellState.OPEN: MatrixWords.tr("○ open"),
        CellState.RUNNING: MatrixWords.tr("… being answered"),
        CellState.FAILED: MatrixWords.tr("! failed"),
        CellState.STOPPED: MatrixWords.tr("■ stopped"),
        CellState.INTERRUPTED: MatrixWords.tr("? the program ended"),
    }[view.state]


def version(heads: tuple[Head, ...], place: int) -> str:
    """Name a version, by its examples where these tell the versions apart."""
    head = heads[place]
    name = MatrixWords.tr("v{number}").format(number=head.number)
    if len({each.shots for each in heads}) > 1:
        shots = MatrixWords.tr("%n example(s)", "", head.shots)
        return f"{name} · {shots}"
    return f"{name} {head.name}".strip()


def column(grid: Grid, place: int, model: int, repeat: int, tally: Tally) -> str:
    """Name a column, with the pass rate of its version and model below."""
    parts = [version(grid.heads, place), phrase_model(grid.matrix.models[model])]
    if grid.matrix.repeats > 1:
        parts.append(f"#{repeat + 1}")
    if tally.judged:
        share = QLocale().toString(100 * tally.right / tally.judged, "f", 0)
        text = MatrixWords.tr("{right} of {judged} right ({share} %)")
        below = text.format(right=tally.right, judged=tally.judged, share=share)
    else:
        below = MatrixWords.tr("%n answer(s)", "", tally.answered)
    return " · ".join(parts) + "\n" + below


def standing(grid: Grid, in_flight: int, *, running: bool) -> str:
    """Say how far a matrix is."""
    done, total = grid.count(CellState.ANSWERED), len(grid.views)
    text = MatrixWords.tr("{done} of {total} answered")
    parts = [text.format(done=done, total=total)]
    failed = grid.count(CellState.FAILED)
    if failed:
        parts.append(MatrixWords.tr("%n failed", "", failed))
    if running:
        parts.append(MatrixWords.tr("%n being answered", "", in_flight))
    return " · ".join(parts)


def earlier(matrix: Matrix) -> str:
    """Name a matrix in a list of earlier ones."""
    text = MatrixWords.tr(
        "{day}: {inputs} inputs, {versions} versions, {models} models"
    )
    name = text.format(
        day=matrix.created[:16].replace("T", " "),
        inputs=len(matrix.inputs),
        versions=len(matrix.version_ids),
        models=len(matrix.models),
    )
    if matrix.state is JobState.SUCCEEDED:
        return name
    return f"{name} – {phrase_state(matrix.state)}"
