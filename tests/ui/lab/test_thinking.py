"""Thinking: asked for in the prompt or of the model, shown apart from the answer."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QPlainTextEdit, QPushButton

from tests.ui.lab.stage import Desk, type_into, wait
from tests.ui.shell import audit
from tests.ui.tune.stage import find, has, press, texts
from workbench.domain.capabilities import Reasoning, ReasoningStyle
from workbench.domain.prompts import PromptSpec
from workbench.domain.thinking import ThinkingStyle
from workbench.ui.lab.page import LabPage

OFF, STEP_BY_STEP, GUIDED, NATIVE = range(4)
STEPS = "Steps to think through"


def lab(desk: Desk) -> LabPage:
    spec = PromptSpec("Rules.", "{{ticket}}")
    desk.services.lab.save_draft(spec, {"ticket": "lamp broken"})
    page = desk.open_page(LabPage)
    wait(lambda: page.draft.is_loaded)
    wait(page.run_bar.button.isEnabled)
    return page


def choose(page: LabPage, style: int) -> None:
    """Take an entry of the list as a person would."""
    box = find(page, "Thinking before the answer", QComboBox)
    box.setCurrentIndex(style)
    box.activated.emit(style)


def test_thinking_is_asked_for_and_shown_apart(desk: Desk) -> None:
    desk.answers("It is a lamp. <answer> REP | low </answer>")
    page = lab(desk)
    choose(page, STEP_BY_STEP)
    press(page, "Run")
    wait(lambda: page.answer.trial is not None)
    system = desk.bench.generator.requests[-1].messages[0].text
    assert system.startswith("Rules.\n\nThink step by step")
    assert page.answer_panel.view.answer() == "REP | low"
    assert not has(page, "Thinking before the answer", QPlainTextEdit), (
        "folded at first"
    )
    press(page, "Show the thinking")
    shown = find(page, "Thinking before the answer", QPlainTextEdit)
    assert shown.toPlainText() == "It is a lamp."


def test_thinking_is_apart_also_while_it_arrives(desk: Desk) -> None:
    desk.answers("It is a lamp. <answer> REP | low </answer>")
    desk.bench.generator.gate.clear()
    page = lab(desk)
    choose(page, STEP_BY_STEP)
    press(page, "Run")
    wait(lambda: has(page, "Show the thinking"))
    assert "It" in page.answer_panel.thinking.text.toPlainText()
    assert page.answer_panel.view.answer() == ""
    desk.bench.generator.gate.set()
    wait(lambda: page.answer.trial is not None)
    assert page.answer_panel.view.answer() == "REP | low"


def test_an_answer_without_its_marks_is_shown_whole_and_said(desk: Desk) -> None:
    desk.answers("REP | low")
    page = lab(desk)
    choose(page, STEP_BY_STEP)
    press(page, "Run")
    wait(lambda: page.answer.trial is not None)
    assert page.answer_panel.view.answer() == "REP | low"
    assert "The thinking cannot be told from the answer" in texts(page)
    choose(page, OFF)
    press(page, "Run")
    wait(lambda: len(desk.trials()) == 2 and page.answer.trial is not None)
    assert "cannot be told" not in texts(page)


def test_steps_are_written_one_a_line(desk: Desk) -> None:
    page = lab(desk)
    assert not has(page, STEPS, QPlainTextEdit)
    choose(page, GUIDED)
    type_into(page, STEPS, "Which product?")
    page.prompt.thinking.steps.appendPlainText("How urgent?")
    lab_service = desk.services.lab
    wait(
        lambda: (
            lab_service.draft().spec.thinking.steps == ("Which product?", "How urgent?")
        )
    )
    assert "1. Which product?" in lab_service.draft().spec.thinking.instruction
    assert find(page, STEPS, QPlainTextEdit).hasFocus()


def test_the_model_s_own_reasoning_is_offered_where_there_is_one(desk: Desk) -> None:
    page = lab(desk)
    panel = page.prompt.thinking
    model = panel.styles.model()
    assert isinstance(model, QStandardItemModel)
    assert not model.item(NATIVE).isEnabled(), "the built-in model has none"
    panel.set_reasoning(Reasoning(ReasoningStyle.EFFORT, efforts=("low", "high")))
    assert model.item(NATIVE).isEnabled()
    choose(page, NATIVE)
    effort = find(page, "Effort of reasoning", QComboBox)
    assert [effort.itemText(i) for i in range(effort.count())] == ["low", "high"]
    draft = desk.services.lab.draft
    wait(lambda: draft().spec.parameters.reasoning_effort == "low")
    assert draft().spec.thinking.style is ThinkingStyle.NATIVE
    panel.set_reasoning(Reasoning(ReasoningStyle.BUDGET, 1024, 8000))
    assert panel.budget.isVisible()
    assert not panel.effort.isVisible()
    panel.budget.setValue(4096)
    wait(lambda: draft().spec.parameters.reasoning_budget == 4096)
    assert draft().spec.parameters.reasoning_effort == ""


def test_parameters_leave_the_reasoning_as_it_is(desk: Desk) -> None:
    page = lab(desk)
    page.prompt.thinking.set_reasoning(Reasoning(ReasoningStyle.EFFORT))
    choose(page, NATIVE)
    press(page, "Parameters")
    find(page, "Temperature", QDoubleSpinBox).setValue(0.5)
    draft = desk.services.lab.draft
    wait(lambda: draft().spec.parameters.temperature == 0.5)
    assert draft().spec.parameters.reasoning_effort == "low"


def test_another_draft_brings_its_own_thinking(desk: Desk) -> None:
    page = lab(desk)
    choose(page, STEP_BY_STEP)
    draft = desk.services.lab.draft
    wait(lambda: draft().spec.thinking.is_prompted)
    spec = PromptSpec("Other.", "{{ticket}}")
    desk.services.lab.save_draft(spec, {"ticket": "x"})
    box = find(page, "Thinking before the answer", QComboBox)
    wait(lambda: box.currentIndex() == OFF)


def test_every_control_of_thinking_has_a_name(desk: Desk) -> None:
    desk.answers("It is a lamp. <answer>REP</answer>")
    page = lab(desk)
    choose(page, GUIDED)
    type_into(page, STEPS, "Which?")
    press(page, "Run")
    wait(lambda: page.answer.trial is not None)
    press(page, "Show the thinking")
    assert not audit.nameless(page)
    assert find(page, "Show the thinking", QPushButton).isChecked()
    assert page.focusPolicy() is not Qt.FocusPolicy.TabFocus
