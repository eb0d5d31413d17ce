"""The examples in the prompt: their length, answers alone, and a proposal."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QTableView

from tests.ui.lab.stage import Desk, wait
from tests.ui.shell import audit
from tests.ui.tune.stage import find, press, texts
from workbench.domain.prompts import PromptSpec, Shot
from workbench.ui.lab.page import LabPage
from workbench.ui.lab.shots_model import shot_tokens
from workbench.ui.lab.token_bar import TokenBar

SHOTS = (
    Shot((("ticket", "a" * 40),), "b" * 20),
    Shot((("ticket", "電球が切れました"),), "修理"),
    Shot((("ticket", "c" * 8),), "d" * 4, enabled=False),
)


def lab(desk: Desk, *shots: Shot) -> LabPage:
    spec = PromptSpec("Rules.", "{{ticket}}", shots)
    desk.services.lab.save_draft(spec, {"ticket": "x"})
    page = desk.open_page(LabPage)
    wait(lambda: page.draft.is_loaded)
    return page


def table(page: LabPage) -> QTableView:
    return find(page, "Examples in the prompt", QTableView)


def test_the_bar_shows_the_length_of_what_is_sent(desk: Desk) -> None:
    page = lab(desk, *SHOTS)
    counts = [shot_tokens(shot) for shot in SHOTS]
    assert counts == [15, 10, 3]
    assert "≈ 25 token" in texts(page), "an example that is off is not sent"
    bar = page.prompt.shots.findChild(TokenBar)
    assert bar is not None
    first, second = bar.stretches()
    assert abs(first.width() / second.width() - 1.5) < 0.1
    model = table(page).model()
    shown = [model.index(row, 3).data() for row in range(3)]
    assert shown == ["≈ 15", "≈ 10", "≈ 3"]


def test_only_the_answer_of_an_example_can_be_sent(desk: Desk) -> None:
    page = lab(desk, *SHOTS)
    shots = table(page)
    shots.setFocus()
    shots.selectRow(0)
    press(page, "Send only the answer")
    wait(lambda: desk.services.lab.draft().spec.shots[0].output_only)
    assert shots.model().index(0, 1).data() == "(not sent)"
    assert "≈ 15 token" in texts(page)
    assert shots.model().index(0, 1).data(Qt.ItemDataRole.EditRole) == "a" * 40
    shots.selectRow(1)
    assert not find(page, "Send only the answer", QPushButton).isChecked()
    shots.selectRow(0)
    press(page, "Send only the answer")
    wait(lambda: not desk.services.lab.draft().spec.shots[0].output_only)


def test_records_that_differ_are_proposed_with_the_reason(desk: Desk) -> None:
    desk.fill(train=6, validation=2, test=4)
    page = lab(desk)
    press(page, "Pick examples for me")
    wait(lambda: page.tools.proposal is not None)
    proposal = page.tools.proposal
    assert proposal is not None
    wait(proposal.take_button.isEnabled)
    model = proposal.table.model()
    wait(lambda: model.rowCount() == 4)
    assert "Picked from 6 record" in texts(proposal)
    assert model.index(0, 2).data() == "Typical length"
    assert "like" in model.index(1, 2).data()
    assert not desk.services.lab.draft().spec.shots, "nothing before it is accepted"
    proposal.number.setValue(2)
    wait(lambda: model.rowCount() == 2)
    proposal.take_button.click()
    wait(lambda: len(desk.services.lab.draft().spec.shots) == 2)
    assert not proposal.isVisible()
    press(page, "Pick examples for me")
    wait(lambda: proposal.take_button.isEnabled())
    proposal.take_button.click()
    wait(lambda: desk.host.notes[-1].startswith("Added 0"))
    assert len(desk.services.lab.draft().spec.shots) == 2, "the same ones are kept once"


def test_without_records_it_says_so(desk: Desk) -> None:
    page = lab(desk)
    press(page, "Pick examples for me")
    proposal = page.tools.proposal
    assert proposal is not None
    wait(lambda: "no records to pick from" in texts(proposal))
    assert not proposal.take_button.isEnabled()
    assert not audit.nameless(proposal)
