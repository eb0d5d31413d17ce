"""The versions of the prompt: names, results, what differs, and back into the draft."""

from PySide6.QtCore import Qt

from tests.ui.lab.stage import CONTROL, Desk, key, type_into, wait
from tests.ui.shell import audit
from tests.ui.tune.stage import press, texts
from workbench.domain.models import BUILTIN_MODEL
from workbench.domain.prompts import PromptSpec, Shot
from workbench.services.lab import LabInput
from workbench.ui.lab.page import LabPage
from workbench.ui.lab.versions_sheet import VersionsSheet

SHIFT = Qt.KeyboardModifier.ShiftModifier
SHOT = Shot((("ticket", "shown"),), "ACC | high | 1")


def ran(desk: Desk, system: str, *answers: str, shots: tuple[Shot, ...] = ()) -> None:
    """Make a version by running it over inputs whose right answer is the same."""
    spec = PromptSpec(system, "{{ticket}}", shots)
    desk.answers(*answers)
    inputs = [
        LabInput({"ticket": f"ticket {n}"}, "ACC | high | 1")
        for n in range(len(answers))
    ]
    desk.services.lab.run_inputs(spec, inputs, BUILTIN_MODEL).future.result(10)


def opened(desk: Desk) -> tuple[LabPage, VersionsSheet]:
    page = desk.open_page(LabPage)
    wait(lambda: page.draft.is_loaded)
    # As long as its versions are not read, the sheet offers nothing.
    page.prompt.message.setFocus()
    key(Qt.Key.Key_V, CONTROL | SHIFT)
    sheet = page.tools.versions
    assert sheet is not None
    return page, sheet


def shown(sheet: VersionsSheet) -> list[list[str]]:
    model = sheet.table.model()
    return [
        [model.index(row, column).data() for column in range(5)]
        for row in range(model.rowCount())
    ]


def test_versions_tell_what_they_gave(desk: Desk) -> None:
    ran(desk, "Old rules.", "ACC | high | 1", "a long answer instead")
    ran(desk, "New rules.", "ACC | high | 1")
    _, sheet = opened(desk)
    wait(lambda: len(shown(sheet)) == 2)
    newest, oldest = shown(sheet)
    assert newest == ["v2", "", "100 % (1/1)", "1", "5.0"]
    assert oldest == ["v1", "", "50 % (1/2)", "2", "4.5"]


def test_two_versions_are_compared_word_by_word(desk: Desk) -> None:
    ran(desk, "Answer in five words.", "x")
    ran(desk, "Answer in two words.", "x", shots=(SHOT,))
    _, sheet = opened(desk)
    wait(lambda: "Struck: only in v1. Bold: only in v2." in texts(sheet))
    words = texts(sheet)
    assert "Role and rules" in words
    assert "Example 1" in words
    marked = [(s.op.value, s.text) for s in sheet.changes.views[0].segments()]
    assert ("delete", "five") in marked
    assert ("insert", "two") in marked


def test_a_version_gets_a_name_and_a_note(desk: Desk) -> None:
    ran(desk, "One.", "x")
    ran(desk, "Two.", "x")
    _, sheet = opened(desk)
    wait(lambda: sheet.name.isEnabled())
    sheet.name.setFocus()
    sheet.name.setText("short rules")
    type_into(sheet, "Note on the version", "asked by the desk")
    sheet.table.setFocus()
    versions = desk.services.lab.versions
    wait(lambda: versions()[0].note == "asked by the desk")
    wait(lambda: versions()[0].name == "short rules")
    key(Qt.Key.Key_Down)
    wait(lambda: sheet.name.text() == "")
    wait(lambda: sheet.against.currentText() == "v2  short rules")
    sheet.close()
    assert versions()[1].name == "", "the name belongs to the version it was given"


def test_a_version_comes_back_into_the_draft_and_undo_takes_it_away(desk: Desk) -> None:
    ran(desk, "Old rules.", "x")
    page, sheet = opened(desk)
    wait(lambda: sheet.restore_button.isEnabled())
    press(sheet, "Put this version into the editor")
    wait(lambda: page.prompt.system.toPlainText() == "Old rules.")
    assert not sheet.isVisible()
    desk.services.undo.undo()
    wait(lambda: page.prompt.system.toPlainText() != "Old rules.")


def test_without_versions_the_sheet_says_when_there_will_be_one(desk: Desk) -> None:
    _, sheet = opened(desk)
    wait(lambda: "becomes a version when it is first run" in texts(sheet))
    assert not sheet.restore_button.isEnabled()


def test_every_control_of_the_sheet_has_a_name(desk: Desk) -> None:
    ran(desk, "One.", "x")
    ran(desk, "Two.", "x")
    _, sheet = opened(desk)
    wait(lambda: sheet.changes.views)
    assert not audit.nameless(sheet)
    assert not audit.doubles(sheet)
