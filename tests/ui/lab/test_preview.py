"""The preview: what is sent, how long it is, what to look at, and masking."""

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit

from tests.ui.lab.stage import CONTROL, Desk, key, type_into, wait
from tests.ui.shell import audit
from tests.ui.tune.stage import find, press, texts
from workbench.domain.hints import Hint, HintCode
from workbench.domain.prompts import PromptSpec, Shot
from workbench.evaluation.personal_data import DataKind, Finding
from workbench.ui.lab.hint_phrases import phrase_findings, phrase_hint
from workbench.ui.lab.page import LabPage
from workbench.ui.lab.preview_sheet import PreviewSheet

SHIFT = Qt.KeyboardModifier.ShiftModifier
SHOT = Shot((("ticket", "lamp broken"),), "ACC | high | 1")


def opened(
    desk: Desk, spec: PromptSpec, ticket: str = "door stuck"
) -> tuple[LabPage, PreviewSheet]:
    desk.services.lab.save_draft(spec, {"ticket": ticket})
    page = desk.open_page(LabPage)
    wait(lambda: page.draft.is_loaded)
    page.prompt.message.setFocus()
    key(Qt.Key.Key_P, CONTROL | SHIFT)
    sheet = page.tools.preview
    assert sheet is not None
    return page, sheet


def test_what_is_sent_is_shown_as_text_and_as_a_request(desk: Desk) -> None:
    spec = PromptSpec("Give the code.", "Ticket: {{ticket}}", (SHOT,))
    _, sheet = opened(desk, spec)
    shown = sheet.text.toPlainText()
    assert "Give the code." in shown
    assert shown.index("Ticket: lamp broken") < shown.index("ACC | high | 1")
    assert shown.endswith("Ticket: door stuck")
    wait(lambda: sheet.request.toPlainText().startswith("{"))
    body = json.loads(sheet.request.toPlainText())
    assert [turn["role"] for turn in body["messages"]] == [
        *("system", "user", "assistant", "user")
    ]
    assert body["parameters"]["max_output_tokens"] == 128


def test_tokens_are_told_by_part_and_counted_by_the_model(desk: Desk) -> None:
    spec = PromptSpec("Give the code.", "Ticket: {{ticket}}", (SHOT,))
    _, sheet = opened(desk, spec)
    # The stand-in counts words.
    wait(lambda: "rules 3 · examples 8 · message 3" in texts(sheet))
    assert "≈" not in sheet._length.text()
    assert sheet._length.text().startswith("14 token")


def test_without_a_count_the_numbers_are_marked_as_guesses(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from workbench.domain.errors import InputError

    def refuse(*_: object) -> None:
        raise InputError("aws.count_unsupported", "No.")

    monkeypatch.setattr(desk.bench.generator, "count_tokens", refuse)
    _, sheet = opened(desk, PromptSpec("Give the code.", "{{ticket}}"))
    wait(lambda: sheet.request.toPlainText().startswith("{"))
    assert sheet._length.text().startswith("≈ 7 token")


def test_hints_are_said_in_the_preview(desk: Desk) -> None:
    spec = PromptSpec(
        "Answer in at most 2 words. Write at least 5 words.", "{{ticket}}"
    )
    _, sheet = opened(desk, spec)
    wait(lambda: "No answer can keep both" in texts(sheet))


def test_personal_data_is_told_before_sending_and_masked_by_a_click(desk: Desk) -> None:
    page, sheet = opened(
        desk, PromptSpec("Rules.", "{{ticket}}"), "Write to mary@example.org soon"
    )
    wait(lambda: "Likely personal data: e-mail address." in texts(sheet))
    # Edits within a second are one step.
    QTest.qWait(1100)
    press(sheet, "Mask it")
    wait(lambda: "Likely personal data" not in texts(sheet))
    assert "mary@example.org" not in sheet.text.toPlainText()
    sheet.close()
    value = find(page, "Value of ticket", QPlainTextEdit)
    assert value.toPlainText() == "Write to [EMAIL_1] soon"
    wait(
        lambda: desk.services.lab.draft().variables["ticket"].startswith("Write to [E")
    )
    desk.services.undo.undo()
    wait(lambda: "mary@example.org" in page.draft.variables["ticket"])
    wait(lambda: "Likely personal data" in texts(page))


def test_personal_data_that_is_typed_is_told_on_the_page(desk: Desk) -> None:
    desk.services.lab.save_draft(PromptSpec("Rules.", "{{ticket}}"), {"ticket": "x"})
    page = desk.open_page(LabPage)
    wait(lambda: page.draft.is_loaded)
    type_into(page, "Value of ticket", "Call +44 20 7946 0958 please")
    wait(lambda: "Likely personal data: telephone number." in texts(page))
    press(page, "Mask it")
    wait(lambda: "Likely personal data" not in texts(page))


def test_the_form_that_is_shown_is_copied(desk: Desk) -> None:
    _, sheet = opened(desk, PromptSpec("Rules.", "{{ticket}}"))
    press(sheet, "Copy")
    assert QGuiApplication.clipboard().text() == sheet.text.toPlainText()
    wait(lambda: sheet.request.toPlainText().startswith("{"))
    sheet.tabs.setCurrentIndex(1)
    press(sheet, "Copy")
    assert json.loads(QGuiApplication.clipboard().text())["messages"]


def test_every_control_of_the_preview_has_a_name(desk: Desk) -> None:
    _, sheet = opened(desk, PromptSpec("Rules.", "{{ticket}}"), "mary@example.org")
    wait(lambda: "Likely personal data" in texts(sheet))
    assert not audit.nameless(sheet)


VALUES = {
    **{"name": "ticket", "first": "2 words", "second": "5 words", "rule": "5 words"},
    **{"tokens": "5", "limit": "4", "example": "1", "problem": "empty", "count": "3"},
    "step": "2",
}


@pytest.mark.parametrize("code", HintCode)
def test_every_hint_is_a_whole_sentence(code: HintCode, qapp: object) -> None:
    text = phrase_hint(Hint(code, tuple(VALUES.items())))
    assert "{" not in text
    assert text.endswith(".")


@pytest.mark.parametrize("kind", DataKind)
def test_every_kind_of_personal_data_has_a_name(kind: DataKind, qapp: object) -> None:
    assert phrase_findings([Finding(kind, 0, 1, "x")]).startswith(
        "Likely personal data"
    )
    assert phrase_findings([]) == ""
