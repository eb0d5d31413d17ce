"""Whether and how the model is to think before it answers."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSpinBox, QVBoxLayout, QWidget

from workbench.domain.capabilities import Reasoning, ReasoningStyle
from workbench.domain.parameters import GenerationParameters
from workbench.domain.thinking import Thinking, ThinkingStyle, thinking_of
from workbench.ui.lab.growing_edit import GrowingEdit
from workbench.ui.lab.panel import Panel
from workbench.ui.lab.parts import GAP
from workbench.ui.shell import translation
from workbench.ui.widgets.section_label import label

_STYLES = tuple(ThinkingStyle)
_EFFORTS = ("low", "medium", "high")
_BUDGET, _LEAST, _MOST = 2048, 1024, 64_000
NOT_OFFERED = Reasoning(ReasoningStyle.NONE)


class ThinkingPanel(Panel):
    """Edits the thinking of the draft, and effort or budget of the model's own."""

    changed_to = Signal(object, str, int)
    """`Thinking`, effort and budget."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start with no thinking."""
        super().__init__(parent)
        self._thinking = Thinking()
        self._reasoning = NOT_OFFERED
        self._title = label("", "section", self)
        self.styles = QComboBox(self)
        self.styles.addItems([""] * len(_STYLES))
        self._title.setBuddy(self.styles)
        self.effort = QComboBox(self)
        self.budget = QSpinBox(self)
        self.budget.setSingleStep(1024)
        self.budget.setGroupSeparatorShown(True)
        self.steps = GrowingEdit(self, least=2, most=6)
        self._hint = label("", "secondary", self, wrap=True)
        self._lay_out()
        self.styles.activated.connect(self._on_style)
        self.effort.activated.connect(self._tell)
        self.budget.valueChanged.connect(self._tell)
        self.steps.textChanged.connect(self._tell)
        self.built()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(self._title)
        row.addWidget(self.styles)
        row.addWidget(self.effort)
        row.addWidget(self.budget)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(row)
        layout.addWidget(self.steps)
        layout.addWidget(self._hint)

    # ------------------------------------------------------------ showing

    def show_thinking(
        self, thinking: Thinking, parameters: GenerationParameters
    ) -> None:
        """Show what the draft asks for; what is being typed stays."""
        if thinking != self._thinking:
            self._thinking = thinking
            self.styles.setCurrentIndex(_STYLES.index(thinking.style))
            self.steps.blockSignals(True)
            self.steps.show_text("\n".join(thinking.steps))
            self.steps.blockSignals(False)
        self._show_strength(parameters)
        self._show()

    def set_reasoning(self, reasoning: Reasoning) -> None:
        """Take over what the chosen model offers by itself."""
        effort, budget = self.effort.currentText(), self.budget.value()
        self._reasoning = reasoning
        self.effort.clear()
        self.effort.addItems(list(reasoning.efforts or _EFFORTS))
        self.effort.setCurrentIndex(max(0, self.effort.findText(effort)))
        self.budget.blockSignals(True)
        self.budget.setRange(reasoning.min_budget or _LEAST, self._most())
        self.budget.setValue(budget)
        self.budget.blockSignals(False)
        self._show()

    def style_chosen(self) -> ThinkingStyle:
        """Return what the list says."""
        return _STYLES[self.styles.currentIndex()]

    def retranslate(self) -> None:
        """Put every visible word in the current language."""
        self._title.setText(self.tr("Thinking"))
        self.styles.setAccessibleName(self.tr("Thinking before the answer"))
        names = (
            self.tr("Off"),
            self.tr("Step by step"),
            self.tr("By steps of your own"),
            self.tr("The model's own reasoning"),
        )
        for place, name in enumerate(names):
            self.styles.setItemText(place, name)
        self.effort.setAccessibleName(self.tr("Effort of reasoning"))
        self.budget.setAccessibleName(self.tr("Tokens for reasoning"))
        self.budget.setToolTip(self.tr("Tokens for reasoning"))
        self.steps.setAccessibleName(self.tr("Steps to think through"))
        self.steps.setPlaceholderText(
            self.tr("One step a line, such as: What is the customer asking for?")
        )
        self._show()

    def _show(self) -> None:
        style, reasoning = self.style_chosen(), self._reasoning.style
        is_offered = reasoning is not ReasoningStyle.NONE
        self._offer(ThinkingStyle.NATIVE, on=is_offered)
        is_native = style is ThinkingStyle.NATIVE and is_offered
        has_budget = reasoning is ReasoningStyle.BUDGET
        has_setting = reasoning is not ReasoningStyle.ALWAYS
        self.budget.setVisible(is_native and has_budget)
        self.effort.setVisible(is_native and has_setting and not has_budget)
        self.steps.setVisible(style is ThinkingStyle.GUIDED)
        self._hint.setText(self._sentence(style))
        self._hint.setVisible(style is not ThinkingStyle.OFF)

    def _offer(self, style: ThinkingStyle, *, on: bool) -> None:
        model = self.styles.model()
        if isinstance(model, QStandardItemModel):
            item = model.item(_STYLES.index(style))
            item.setEnabled(on)
            tip = "" if on else self.tr("The chosen model does not offer it.")
            item.setData(tip, Qt.ItemDataRole.ToolTipRole)

    def _sentence(self, style: ThinkingStyle) -> str:
        if style is not ThinkingStyle.NATIVE:
            return self.tr(
                "Asked for at the end of the rules. The thinking is shown apart and "
                "is never part of the answer."
            )
        if self._reasoning.style is ReasoningStyle.NONE:
            return self.tr("The chosen model does not offer it: nothing is asked for.")
        if self._reasoning.style is ReasoningStyle.UNKNOWN:
            return self.tr(
                "It is not known whether the chosen model offers it; it may refuse."
            )
        return self.tr(
            "The model reasons by itself; that is shown apart and is paid for too."
        )

    def _show_strength(self, parameters: GenerationParameters) -> None:
        self.effort.setCurrentIndex(
            max(0, self.effort.findText(parameters.reasoning_effort))
        )
        if parameters.reasoning_budget:
            self.budget.blockSignals(True)
            self.budget.setValue(parameters.reasoning_budget)
            self.budget.blockSignals(False)

    def _most(self) -> int:
        return self._reasoning.max_budget or _MOST

    # ------------------------------------------------------------ editing

    def _on_style(self) -> None:
        if self.style_chosen() is ThinkingStyle.NATIVE:
            self.budget.blockSignals(True)
            self.budget.setValue(max(_BUDGET, self.budget.minimum()))
            self.budget.blockSignals(False)
        self._tell()
        if self.style_chosen() is ThinkingStyle.GUIDED:
            self.steps.setFocus()

    def _tell(self) -> None:
        style = self.style_chosen()
        steps = self.steps.toPlainText().split("\n")
        self._thinking = thinking_of(style, steps, translation.shown())
        effort, budget = "", 0
        if style is ThinkingStyle.NATIVE:
            reasoning = self._reasoning.style
            if reasoning is ReasoningStyle.BUDGET:
                budget = self.budget.value()
            elif reasoning is not ReasoningStyle.ALWAYS:
                effort = self.effort.currentText()
        self._show()
        self.changed_to.emit(self._thinking, effort, budget)
