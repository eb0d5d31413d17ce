import itertools

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from workbench.domain.comparisons import CandidateRole
from workbench.ui.shell import tokens
from workbench.ui.shell.theme import Theme
from workbench.ui.widgets import axes
from workbench.ui.widgets.histogram import TokenHistogram
from workbench.ui.widgets.loss_chart import LossChart
from workbench.ui.widgets.score_chart import Score, ScoreChart

EDGES = (0.0, 10.0, 20.0, 30.0, 40.0)


@pytest.fixture
def histogram(qtbot: QtBot) -> TokenHistogram:
    made = TokenHistogram()
    made.resize(400, 220)
    made.set_series(
        {CandidateRole.BASE: (0, 0, 5, 10), CandidateRole.TUNED: (10, 5, 0, 0)},
        EDGES,
        {CandidateRole.BASE: 31.0, CandidateRole.TUNED: 8.0},
        {CandidateRole.BASE: "Base", CandidateRole.TUNED: "Tuned"},
    )
    with qtbot.waitExposed(made):
        made.show()
    return made


def colors(widget: QWidget, rect: QRectF) -> set[str]:
    image: QImage = widget.grab().toImage()
    box = rect.toAlignedRect()
    rows = range(box.top(), box.bottom())
    columns = range(box.left(), box.right())
    return {image.pixelColor(x, y).name() for x, y in itertools.product(columns, rows)}


def inside(histogram: TokenHistogram, index: int) -> QRectF:
    """A patch in the lower part of a bar, off its border and off the mean."""
    place = histogram.bin_rect(index)
    return QRectF(place.right() - 30, place.bottom() - 20, 12, 12)


def test_base_is_filled_and_tuned_is_hatched(histogram: TokenHistogram) -> None:
    assert len(colors(histogram, inside(histogram, 3))) == 1
    hatched = colors(histogram, inside(histogram, 0))
    assert tokens.color("tuned").name() in hatched
    assert len(hatched) == 2


def test_few_shot_is_an_outline(histogram: TokenHistogram) -> None:
    histogram.set_series({"few_shot": (4, 4, 4, 4)}, EDGES)
    assert colors(histogram, inside(histogram, 1)) == {tokens.color("surface").name()}


def test_chart_follows_the_theme(histogram: TokenHistogram, look: Theme) -> None:
    look.apply("dark")
    QApplication.processEvents()
    assert tokens.color("tuned") == QColor("#F5A04C")
    assert "#f5a04c" in colors(histogram, inside(histogram, 0))


def centre(histogram: TokenHistogram, index: int) -> QPoint:
    return histogram.bin_rect(index).center().toPoint()


def test_dragging_picks_a_range(histogram: TokenHistogram, qtbot: QtBot) -> None:
    left = Qt.MouseButton.LeftButton
    with qtbot.waitSignal(histogram.range_selected) as caught:
        QTest.mousePress(histogram, left, pos=centre(histogram, 2))
        QTest.mouseMove(histogram, centre(histogram, 1))
        QTest.mouseRelease(histogram, left, pos=centre(histogram, 1))
    assert caught.args == [10.0, 30.0]
    assert histogram.selection() == (10.0, 30.0)


def test_click_picks_one_bin_and_beside_clears(
    histogram: TokenHistogram, qtbot: QtBot
) -> None:
    left = Qt.MouseButton.LeftButton
    with qtbot.waitSignal(histogram.range_selected) as caught:
        QTest.mouseClick(histogram, left, pos=centre(histogram, 3))
    assert caught.args == [30.0, 40.0]
    with qtbot.waitSignal(histogram.cleared):
        QTest.mouseClick(histogram, left, pos=QPoint(200, 2))
    assert histogram.selection() is None


def test_keys_pick_a_range(histogram: TokenHistogram, qtbot: QtBot) -> None:
    shift = Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(histogram, Qt.Key.Key_Right)
    QTest.keyClick(histogram, Qt.Key.Key_Right, shift)
    with qtbot.waitSignal(histogram.range_selected) as caught:
        QTest.keyClick(histogram, Qt.Key.Key_Return)
    assert caught.args == [10.0, 30.0]
    with qtbot.waitSignal(histogram.cleared):
        QTest.keyClick(histogram, Qt.Key.Key_Escape)


def test_histogram_can_be_heard(histogram: TokenHistogram) -> None:
    histogram.select(0, 1)
    said = histogram.accessibleDescription()
    assert "Base: mean 31.0" in said
    assert "0 to 19 tokens selected" in said


def test_empty_charts_paint(qtbot: QtBot) -> None:
    for chart in (TokenHistogram(), LossChart(), ScoreChart()):
        chart.resize(300, 200)
        chart.show()
        assert not chart.grab().isNull()


def test_limit_is_drawn(histogram: TokenHistogram) -> None:
    histogram.set_limit(25, "cut off")
    line = QRectF(histogram.bin_rect(2).center().x() - 2, 100, 4, 10)
    assert tokens.color("worse").name() in colors(histogram, line)


def test_loss_lines_differ_by_more_than_colour(qtbot: QtBot) -> None:
    chart = LossChart()
    chart.resize(400, 200)
    chart.set_losses([(1, 1.7), (100, 1.7)], [], 100)
    solid = chart.grab().toImage()
    chart.set_losses([], [(1, 1.7), (50, 1.7), (100, 1.7)], 100)
    dashed = chart.grab().toImage()
    row = _row_of(solid, tokens.color("tuned"))
    ground = tokens.color("surface").name()
    span = range(60, 380)
    gaps = [x for x in span if dashed.pixelColor(x, row).name() == ground]
    assert [x for x in span if solid.pixelColor(x, row).name() == ground] == []
    assert len(gaps) > 20
    assert "Step 100: validation loss 1.700" in chart.accessibleDescription()


def _row_of(image: QImage, color: QColor) -> int:
    rows = range(28, image.height() - 30)
    return min(rows, key=lambda y: _distance(image.pixelColor(200, y), color))


def _distance(a: QColor, b: QColor) -> int:
    parts = ((a.red(), b.red()), (a.green(), b.green()), (a.blue(), b.blue()))
    return sum(abs(x - y) for x, y in parts)


def test_scores_have_room_and_words(qtbot: QtBot) -> None:
    chart = ScoreChart()
    scores = [Score("base", "Base", 42, 35, 50), Score("tuned", "Tuned", 73, 66, 79)]
    chart.set_scores(scores)
    chart.resize(chart.sizeHint())
    assert chart.accessibleDescription() == "Base: 42; Tuned: 73"
    assert not chart.grab().isNull()
    assert chart.minimumSizeHint().height() >= 72


@pytest.mark.parametrize(
    ("low", "high", "most", "ticks"),
    [
        (0, 70, 7, (0, 10, 20, 30, 40, 50, 60, 70)),
        (0, 1, 4, (0, 0.5, 1)),
        (3, 17, 5, (5, 10, 15)),
        (5, 5, 5, (5,)),
        (0, 40, 0, (0,)),
    ],
)
def test_ticks_are_round(
    low: float, high: float, most: int, ticks: tuple[float, ...]
) -> None:
    assert axes.ticks(low, high, most) == pytest.approx(ticks)


def test_scale_goes_both_ways() -> None:
    scale = axes.Scale(0, 50, 10, 110)
    assert scale.pixel(25) == 60
    assert scale.value(60) == 25
    assert axes.Scale(5, 5, 0, 100).pixel(5) == 0


def test_keys_stand_before_names(qtbot: QtBot) -> None:
    assert axes.role_color("reference") == tokens.color("reference")
    assert axes.role_color("few_shot") == tokens.color("reference")
    assert QPointF(0, 0).isNull()
