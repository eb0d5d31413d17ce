import pytest
from PySide6.QtCore import Qt

from workbench.domain.comparisons import CandidateRole, CellAnswer, CompareRow
from workbench.evaluation.textdiff import Op, Segment, Unit, diff
from workbench.ui.compare.rows import (
    Change,
    Order,
    RowFilter,
    Scoring,
    arrange,
    tally,
)
from workbench.ui.models.compare_rows import COLOUR, SECOND_LINE, CompareRowsModel
from workbench.ui.widgets.diff_view import readable

BASE, FEW, TUNED = CandidateRole.BASE, CandidateRole.FEW_SHOT, CandidateRole.TUNED
SCORING = Scoring()


def answer(
    em: float, f1: float = 0.0, tokens: int = 10, *, failed: bool = False
) -> CellAnswer:
    scores = (("jsquad_em", em), ("jsquad_char_f1", f1))
    return CellAnswer(1, f"answer {tokens}", failed, 20, tokens, 0.1, scores)


def row(position: int, base: CellAnswer | None, tuned: CellAnswer | None) -> CompareRow:
    pairs = ((BASE, base), (TUNED, tuned))
    there = tuple((role, cell) for role, cell in pairs if cell is not None)
    return CompareRow(position, position, f"input {position}", "reference", "", there)


ROWS = (
    row(0, answer(0, 0.5), answer(0, 0.4)),
    row(1, answer(1, 1.0), answer(0, 0.5, 30)),
    row(2, answer(0, 0.2), answer(1, 1.0)),
    row(3, answer(0, 0.9), answer(1, 1.0)),
    row(4, answer(0), None),
    row(5, answer(0, failed=True, tokens=99), answer(1)),
)


def positions(order: Order, where: RowFilter | None = None) -> list[int]:
    return [r.position for r in arrange(ROWS, where or RowFilter(), order, SCORING)]


def test_records_are_counted_by_what_tuning_did() -> None:
    counts = tally(ROWS, SCORING)
    assert counts[Change.BETTER] == 2
    assert counts[Change.WORSE] == 1
    assert counts[Change.SAME] == 1
    assert counts[Change.UNKNOWN] == 2


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        (Order.BIGGEST, [2, 1, 3, 0, 4, 5]),
        (Order.WORSE_FIRST, [1, 0, 3, 2, 4, 5]),
        (Order.BETTER_FIRST, [2, 3, 0, 1, 4, 5]),
        (Order.FILE, [0, 1, 2, 3, 4, 5]),
    ],
)
def test_orders_and_missing_answers_last(order: Order, expected: list[int]) -> None:
    assert positions(order) == expected


def test_filters_go_together() -> None:
    assert positions(Order.FILE, RowFilter(Change.BETTER)) == [2, 3]
    assert positions(Order.FILE, RowFilter(tokens=(30, 30))) == [1]
    assert positions(Order.FILE, RowFilter(Change.BETTER, (30, 30))) == []
    # A call that failed has no answer whose tokens could count.
    assert positions(Order.FILE, RowFilter(tokens=(99, 99))) == []


def test_the_model_shows_text_change_and_colours(qapp: object) -> None:
    model = CompareRowsModel()
    model.set_candidates([BASE, TUNED], SCORING)
    model.show_rows(ROWS)
    assert (model.rowCount(), model.columnCount()) == (6, 5)
    cells = [model.data(model.index(1, column)) for column in range(5)]
    assert cells == ["input 1", "reference", "answer 10", "answer 30", "−1"]
    change = model.index(1, 4)
    assert model.data(change, SECOND_LINE) == "F1 −50"
    assert model.data(change, COLOUR) == "worse"
    assert model.data(model.index(2, 4), COLOUR) == "better"
    assert model.data(model.index(0, 4)) == "0"
    assert model.data(model.index(4, 4)) == "–"
    assert model.data(model.index(5, 2)) == "failed"
    assert model.data(model.index(4, 3)) == ""
    said = model.data(change, Qt.ItemDataRole.AccessibleTextRole)
    assert said == "−1 F1 −50"
    assert model.row_of(3) == 3
    assert model.row_of(77) == -1
    assert model.row_at(9) is None


def test_the_models_heads(qapp: object) -> None:
    model = CompareRowsModel()
    across = Qt.Orientation.Horizontal
    heads = [model.headerData(column, across) for column in range(6)]
    assert heads == ["Input", "Reference", "base", "examples", "tuned", "Δ"]
    hint = model.headerData(5, across, Qt.ItemDataRole.ToolTipRole)
    assert "Exact match" in str(hint)
    assert model.headerData(0, Qt.Orientation.Vertical) is None


def test_the_model_keeps_qts_rules(qapp: object, qtmodeltester: object) -> None:
    model = CompareRowsModel()
    model.show_rows(ROWS)
    qtmodeltester.check(model)  # type: ignore[attr-defined]


def test_a_diff_is_shown_only_where_it_can_be_read() -> None:
    near = diff("ACC | high | 1", "ACC | low | 1", Unit.CHARACTER)
    assert readable(near, "ACC | low | 1") == near
    answer = "The customer writes about an account and wants help soon."
    far = diff("ACC | high | 1", answer, Unit.CHARACTER)
    assert readable(far, answer) == (Segment(Op.EQUAL, answer),)
    assert readable((), "") == ()
