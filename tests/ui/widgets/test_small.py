import gc
import weakref
from collections.abc import Callable

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.shell.helpers import find
from workbench.ui.shell import tokens
from workbench.ui.shell.theme import Theme
from workbench.ui.widgets import buttons
from workbench.ui.widgets.answer_view import AnswerView
from workbench.ui.widgets.chips import Chip, ChipRow
from workbench.ui.widgets.diff_view import DiffView
from workbench.ui.widgets.elided_label import ElidedLabel
from workbench.ui.widgets.empty_state import EmptyState
from workbench.ui.widgets.flow_layout import FlowLayout
from workbench.ui.widgets.histogram import TokenHistogram
from workbench.ui.widgets.icon_button import IconButton
from workbench.ui.widgets.loss_chart import LossChart
from workbench.ui.widgets.notice import Notice
from workbench.ui.widgets.prompt_editor import PromptEditor
from workbench.ui.widgets.score_chart import ScoreChart
from workbench.ui.widgets.section_label import badge, label, set_role
from workbench.ui.widgets.skeleton import SkeletonRows
from workbench.ui.widgets.tips import plain_tip

MAKERS: list[Callable[[], QWidget]] = [
    AnswerView,
    ChipRow,
    DiffView,
    ElidedLabel,
    LossChart,
    PromptEditor,
    ScoreChart,
    SkeletonRows,
    TokenHistogram,
    lambda: Chip("x", removable=True),
    lambda: EmptyState("data", "Nothing yet.", "Begin", "Sample"),
    lambda: IconButton("edit", "Edit"),
    lambda: Notice("warning", "Look."),
]


@pytest.mark.parametrize("make", MAKERS)
def test_widget_dies(make: Callable[[], QWidget], qtbot: QtBot) -> None:
    widget = make()
    widget.show()
    alive = weakref.ref(widget)
    widget.close()
    widget.deleteLater()
    del widget
    QApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()
    assert alive() is None


def test_one_button_is_filled(qtbot: QtBot) -> None:
    button = buttons.primary_button("Run")
    button.resize(120, 36)
    button.show()
    assert button.grab().toImage().pixelColor(10, 18) == tokens.color("action")


def test_targets_are_large_enough(qtbot: QtBot) -> None:
    made = [
        buttons.primary_button("x"),
        buttons.plain_button("x"),
        buttons.quiet_button("x"),
        buttons.link_button("x"),
        IconButton("edit", "Edit"),
        Chip("x"),
    ]
    for button in made:
        button.show()
        assert button.sizeHint().height() >= 26, button.text()
        assert button.sizeHint().height() + 2 >= 28, button.text()


def test_icon_follows_the_theme(look: Theme, qtbot: QtBot) -> None:
    button = IconButton("stop", "Stop")
    button.show()

    def shown() -> str:
        return button.icon().pixmap(16, 16).toImage().pixelColor(8, 8).name()

    assert shown() == tokens.color("secondary").name()
    with qtbot.waitSignal(look.changed):
        look.apply("dark")
    assert shown() == tokens.shade("secondary", dark=True).name()
    assert (button.accessibleName(), button.toolTip()) == ("Stop", "Stop")


def test_chips_are_removed_by_click_and_key(qtbot: QtBot) -> None:
    row = ChipRow()
    row.show()
    row.set_values(["wrong fact", "too long"])
    chips = row.findChildren(Chip)
    with qtbot.waitSignal(row.removed) as caught:
        QTest.mouseClick(chips[0], Qt.MouseButton.LeftButton)
    assert caught.args == ["wrong fact"]
    with qtbot.waitSignal(row.removed) as caught:
        QTest.keyClick(chips[1], Qt.Key.Key_Delete)
    assert caught.args == ["too long"]
    row.set_values(["too long"])
    assert row.values() == ("too long",)
    assert [chip.text() for chip in row.findChildren(Chip) if chip.isVisible()] == [
        "too long  ✕"
    ]


def test_chip_can_be_switched(qtbot: QtBot) -> None:
    chip = Chip("worse 6", checkable=True)
    chip.click()
    assert chip.isChecked()
    chip.set_text("worse 7")
    assert (chip.text(), chip.accessibleName()) == ("worse 7", "worse 7")


def test_flow_wraps(qtbot: QtBot) -> None:
    parent = QWidget()
    flow = FlowLayout(parent, spacing=8)
    made = [QPushButton("button") for _ in range(6)]
    for button in made:
        button.setFixedSize(80, 30)
        flow.addWidget(button)
    parent.resize(280, 200)
    parent.show()
    assert flow.heightForWidth(600) == 30
    assert flow.heightForWidth(280) == 68
    assert made[3].geometry().top() == 38
    assert flow.itemAt(6) is None
    made[0].hide()
    flow.invalidate()
    assert flow.heightForWidth(440) == 30
    assert flow.takeAt(9) is None


def test_notice_shows_and_hides(qtbot: QtBot) -> None:
    notice = Notice()
    notice.set_notice("error", "Two test records also stand in training.", "Look")
    notice.show()
    link = find(notice, QPushButton)
    with qtbot.waitSignal(notice.activated):
        link.click()
    notice.set_notice("info", "")
    assert not notice.isVisible()


def test_text_of_others_is_never_rich(qtbot: QtBot) -> None:
    notice = Notice("info", "<b>x</b>")
    shown = [item for item in notice.findChildren(QLabel) if item.text()]
    assert all(item.textFormat() == Qt.TextFormat.PlainText for item in shown)
    assert label("<b>").textFormat() == Qt.TextFormat.PlainText
    assert badge("3").textFormat() == Qt.TextFormat.PlainText


def test_empty_state_leaves_out_what_is_empty(qtbot: QtBot) -> None:
    state = EmptyState("data", "Nothing yet.", "Begin")
    state.show()
    shown = [b.text() for b in state.findChildren(QPushButton) if b.isVisible()]
    assert shown == ["Begin"]
    with qtbot.waitSignal(state.activated):
        state.findChildren(QPushButton)[0].click()
    state.set_texts("Noch nichts.", "Anfangen", "Beispiel")
    shown = [b.text() for b in state.findChildren(QPushButton) if b.isVisible()]
    assert shown == ["Anfangen", "Beispiel"]


def test_role_can_change_while_shown(qtbot: QtBot) -> None:
    shown = label("x", "better")
    shown.show()
    set_role(shown, "worse")
    color = shown.palette().color(shown.foregroundRole())
    assert color == tokens.color("worse")


def test_a_tooltip_reads_no_markup_in_data(qapp: QApplication) -> None:
    assert plain_tip("a plain name") == "a plain name"
    assert plain_tip("<b>&") == "<span>&lt;b&gt;&amp;</span>"
    assert "&lt;img" in Chip("<img src=x>", removable=True).toolTip()
