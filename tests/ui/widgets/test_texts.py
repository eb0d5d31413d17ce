from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QContextMenuEvent, QImage, QKeyEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from workbench.evaluation.textdiff import Op, diff
from workbench.ui.shell import tokens
from workbench.ui.widgets.answer_view import AnswerView
from workbench.ui.widgets.diff_view import DiffView
from workbench.ui.widgets.elided_label import ElidedLabel
from workbench.ui.widgets.prompt_editor import PromptEditor

RED = QColor("#ff0000")


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """A red picture somewhere on the disk."""
    image = QImage(40, 40, QImage.Format.Format_RGB32)
    image.fill(RED)
    file = tmp_path / "red.png"
    assert image.save(str(file))
    return file


def has_red(view: AnswerView) -> bool:
    image = view.grab().toImage()
    return any(
        image.pixelColor(x, y) == RED
        for x in range(image.width())
        for y in range(image.height())
    )


@pytest.mark.parametrize("form", ["{}", "file://{}", "red.png", "<img src='{}'>"])
def test_no_picture_is_loaded(
    picture: Path, form: str, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(picture.parent)
    where = form.format(picture)
    text = where if where.startswith("<") else f"![a chart]({where})"
    view = AnswerView()
    view.resize(200, 120)
    view.append_text(text)
    view.finish()
    with qtbot.waitExposed(view):
        view.show()
    assert not has_red(view)
    shown = "<img" if where.startswith("<") else "[image: a chart]"
    assert shown in view.toPlainText()


def test_probe_would_see_a_picture(picture: Path, qtbot: QtBot) -> None:
    class Careless(AnswerView):
        def loadResource(self, kind: int, url: object) -> object:
            return QImage(str(picture))

    view = Careless()
    view.resize(200, 120)
    view.setMarkdown(f"![a]({picture})")
    view.show()
    assert has_red(view)


def test_streamed_text_is_shown_and_kept(qtbot: QtBot) -> None:
    view = AnswerView()
    view.show()
    for piece in ("ACC ", "| ", "high\n", "**2957**"):
        view.append_text(piece)
    assert view.answer() == "ACC | high\n**2957**"
    qtbot.waitUntil(lambda: view.toPlainText() == "ACC | high\n**2957**")
    view.finish()
    assert "**" not in view.toPlainText()
    assert view.answer() == "ACC | high\n**2957**"
    view.clear_answer()
    assert view.answer() == ""


def test_painting_is_throttled(qtbot: QtBot) -> None:
    view = AnswerView()
    changes: list[int] = []
    view.textChanged.connect(lambda: changes.append(1))
    for _ in range(100):
        view.append_text("x")
    assert len(changes) == 1
    qtbot.waitUntil(lambda: view.toPlainText() == "x" * 100)
    assert len(changes) == 2
    qtbot.waitUntil(lambda: not view._timer.isActive())


def test_links_are_told_and_not_followed(qtbot: QtBot) -> None:
    view = AnswerView()
    view.set_plain("")
    view.append_text("[go](https://example.com/x)")
    view.finish()
    assert not view.openLinks()
    with qtbot.waitSignal(view.link_clicked) as caught:
        view.anchorClicked.emit("https://example.com/x")
    assert caught.args == ["https://example.com/x"]
    assert view.toPlainText() == "go"


def test_diff_marks_changes_without_colour_alone(qtbot: QtBot) -> None:
    view = DiffView()
    view.set_segments(diff("CAN | normal | 1190", "CAN | low | 1190"))
    assert view.toPlainText() == "CAN | normallow | 1190"
    cursor = QTextCursor(view.document())
    cursor.setPosition(8)
    assert cursor.charFormat().fontStrikeOut()
    assert cursor.charFormat().foreground().color() == tokens.color("worse")
    cursor.setPosition(14)
    assert cursor.charFormat().fontWeight() == 700
    assert not cursor.charFormat().fontStrikeOut()


def test_diff_never_interprets_text(qtbot: QtBot) -> None:
    view = DiffView()
    view.set_text("<b>bold</b> ![x](/etc/passwd)")
    assert view.toPlainText() == "<b>bold</b> ![x](/etc/passwd)"
    assert view.segments()[0].op is Op.EQUAL
    view.set_text("")
    assert view.segments() == ()


def test_fitting_diff_is_as_high_as_its_text(qtbot: QtBot) -> None:
    view = DiffView(fits=True)
    view.resize(200, 30)
    view.show()
    view.set_text("one line")
    low = view.sizeHint().height()
    view.set_text("word " * 100)
    assert view.sizeHint().height() > 3 * low


def format_at(editor: PromptEditor, position: int) -> QColor | None:
    for span in editor.document().begin().layout().formats():
        if span.start <= position < span.start + span.length:
            return span.format.foreground().color()
    return None


def test_placeholders_stand_out(qtbot: QtBot) -> None:
    editor = PromptEditor()
    editor.setPlainText("Sort {{ticket}} {{{{no}}}} {{ 件名 }}")
    assert format_at(editor, 7) == tokens.color("action")
    assert format_at(editor, 2) is None
    assert format_at(editor, 20) is None
    assert format_at(editor, 30) == tokens.color("action")


def select(editor: PromptEditor, start: int, end: int) -> None:
    cursor = editor.textCursor()
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    editor.setTextCursor(cursor)


def test_selected_words_are_made_to_vary(qtbot: QtBot) -> None:
    editor = PromptEditor()
    editor.show()
    editor.activateWindow()
    editor.setFocus()
    qtbot.waitUntil(editor.hasFocus)
    editor.setPlainText("Answer: Order 2957")
    assert not editor.vary_action.isEnabled()
    select(editor, 8, 18)
    with qtbot.waitSignal(editor.vary_requested) as caught:
        keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        QTest.keyClick(editor, Qt.Key.Key_M, keys)
    assert caught.args == ["Order 2957"]
    assert editor.selection_span() == (8, 18)
    assert editor.make_variable("ticket") == "Order 2957"
    assert editor.toPlainText() == "Answer: {{ticket}}"
    editor.undo()
    assert editor.toPlainText() == "Answer: Order 2957"


def test_context_menu_offers_it(qtbot: QtBot) -> None:
    editor = PromptEditor()
    editor.setPlainText("Order 2957")
    editor.show()
    select(editor, 0, 5)
    editor.customContextMenuRequested.emit(QPoint(1, 1))
    QApplication.postEvent(
        editor.viewport(), _context_event(editor.viewport().mapToGlobal(QPoint(4, 4)))
    )
    qtbot.waitUntil(lambda: any(m.isVisible() for m in editor.findChildren(QMenu)))
    menu = next(m for m in editor.findChildren(QMenu) if m.isVisible())
    assert menu.actions()[0] is editor.vary_action
    menu.close()


def _context_event(place: QPoint) -> QContextMenuEvent:
    return QContextMenuEvent(QContextMenuEvent.Reason.Mouse, QPoint(4, 4), place)


def test_setting_the_same_text_keeps_the_cursor(qtbot: QtBot) -> None:
    editor = PromptEditor()
    editor.set_text("Order 2957")
    select(editor, 3, 3)
    editor.set_text("Order 2957")
    assert editor.selection_span() == (3, 3)


def test_editor_grows_with_its_text(qtbot: QtBot) -> None:
    editor = PromptEditor(lines=2, most_lines=5)
    editor.resize(400, 60)
    editor.show()
    low = editor.sizeHint().height()
    editor.setPlainText("\n".join("abcdefgh"))
    high = editor.sizeHint().height()
    assert high == low + 3 * editor.fontMetrics().lineSpacing()


def undo_key() -> QKeyEvent:
    return QKeyEvent(
        QKeyEvent.Type.ShortcutOverride,
        Qt.Key.Key_Z,
        Qt.KeyboardModifier.ControlModifier,
    )


def test_undo_goes_on_to_the_window_when_nothing_was_typed(qtbot: QtBot) -> None:
    editor = PromptEditor()
    editor.show()
    event = undo_key()
    QApplication.sendEvent(editor, event)
    assert not event.isAccepted()
    QTest.keyClicks(editor, "x")
    event = undo_key()
    QApplication.sendEvent(editor, event)
    assert event.isAccepted()


def test_long_text_ends_in_an_ellipsis(qtbot: QtBot) -> None:
    label = ElidedLabel("a long text\nover two lines " * 4)
    label.resize(80, 20)
    label.show()
    assert label.text().endswith("…")
    assert label.full_text().startswith("a long text over two")
    assert label.toolTip()
    label.resize(4000, 20)
    assert not label.text().endswith("…")
    assert label.toolTip() == ""
