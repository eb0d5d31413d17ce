"""What the built-in model is, and how good it was measured to be."""

import json

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHeaderView,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from workbench.domain.model_card import Condition, MeasuredScore, read_card
from workbench.ui.shell import resources, translation
from workbench.ui.widgets.buttons import plain_button
from workbench.ui.widgets.section_label import label

_MEGABYTE = 1_000_000
_MILLION = 1_000_000


class AboutModelDialog(QDialog):
    """Says that it is a toy, and shows its measured scores."""

    def __init__(self, parent: QWidget) -> None:
        """Read the card that ships with the weights, in the language shown."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("The built-in model"))
        self.resize(560, 560)
        text = resources.path("model", "model_card.json").read_text(encoding="utf-8")
        self.card = read_card(json.loads(text), translation.shown())
        close = plain_button(self.tr("Close"), self)
        close.clicked.connect(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addWidget(label(self._what_it_is(), parent=self, wrap=True))
        column.addWidget(self._table(), 1)
        column.addWidget(label(self._how_measured(), "secondary", self, wrap=True))
        column.addWidget(label(self._what_examples_do(), parent=self, wrap=True))
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        close.setFocus()

    def _what_it_is(self) -> str:
        return self.tr(
            "A toy, made so that everything can be tried without an account or a "
            "download: {parameters} million parameters, {size} MB, trained from "
            "scratch on invented support tickets. Its answers are real – computed on "
            "this computer – and often wrong. It knows nothing else."
        ).format(
            parameters=f"{self.card.parameters / _MILLION:.1f}",
            size=f"{self.card.size / _MEGABYTE:.1f}",
        )

    def _how_measured(self) -> str:
        return self.tr(
            "Measured on {tickets} tickets with words it had never seen; mean of "
            "{seeds} draws of examples and records; in brackets the 95 % interval."
        ).format(tickets=self.card.tickets, seeds=self.card.seeds)

    def _what_examples_do(self) -> str:
        if self.card.learns_from_examples:
            return self.tr(
                "Examples in the prompt mostly let it recognise a format it knows; new "
                "codes it learns from them only in part. A large model learns far more "
                "from examples: do not carry these figures over to one."
            )
        return self.tr(
            "What examples in the prompt do here is recognition: it finds the format "
            "they show among those it knows, and learns no new rules from them. A "
            "large model learns far more from examples: do not carry these figures "
            "over to one."
        )

    def _table(self) -> QTableView:
        model = QStandardItemModel(0, 3, self)
        heads = (
            self.tr("How it was asked"),
            self.tr("Whole answer right"),
            self.tr("Tokens per answer"),
        )
        model.setHorizontalHeaderLabels(heads)
        for score in self.card.scores:
            model.appendRow([QStandardItem(text) for text in self._row(score)])
        table = QTableView(self)
        table.setModel(model)
        table.setAccessibleName(self.tr("Measured scores of the built-in model"))
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.verticalHeader().hide()
        table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        table.resizeColumnsToContents()
        return table

    def _row(self, score: MeasuredScore) -> tuple[str, str, str]:
        exact, low, high = (100 * x for x in (score.exact, score.low, score.high))
        return (
            self._asked(score),
            f"{exact:.0f} % [{low:.0f}, {high:.0f}]",
            f"{score.tokens:.0f}",
        )

    def _asked(self, score: MeasuredScore) -> str:
        if score.condition is Condition.FORMAT:
            return self.tr("Format spelled out, no examples")
        if score.condition is Condition.SHOTS:
            text = self.tr("{count} examples in the prompt")
            return text.format(count=score.count)
        if score.condition is Condition.TUNED:
            text = self.tr("Tuned on {count} records, asked plainly")
            return text.format(count=score.count)
        return self.tr("Asked plainly, no examples")
