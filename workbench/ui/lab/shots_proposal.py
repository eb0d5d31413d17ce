"""Picking examples for the prompt: a few records that differ, and why these."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from workbench.domain.prompts import shown_input
from workbench.services.prompts import Proposal
from workbench.ui.lab.parts import GAP, MARGIN
from workbench.ui.lab.plain_table import PlainTable
from workbench.ui.shell.context import Context
from workbench.ui.widgets.buttons import plain_button, primary_button
from workbench.ui.widgets.section_label import label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workbench.domain.datasets import Dataset
    from workbench.evaluation.diversity import Pick

_FIRST_NUMBER, _MOST = 4, 32
_INPUT, _ANSWER, _WHY = range(3)


class ShotsProposal(QDialog):
    """Proposes records that differ; nothing changes before it is accepted."""

    taken = Signal(object)
    """A tuple of Shot."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """Build the dialog; `start` reads and shows it."""
        super().__init__(parent)
        self._context = context
        self._datasets: Sequence[Dataset] = ()
        self._proposal: Proposal | None = None
        self._hint = label("", "secondary", self, wrap=True)
        self._from = label(parent=self)
        self.datasets = QComboBox(self)
        self._from.setBuddy(self.datasets)
        self._many = label(parent=self)
        self.number = QSpinBox(self)
        self.number.setRange(1, _MOST)
        self.number.setValue(_FIRST_NUMBER)
        self._many.setBuddy(self.number)
        self._model = QStandardItemModel(self)
        self.table = PlainTable(self)
        self.table.setModel(self._model)
        self._said = label("", "", self, wrap=True)
        self.take_button = primary_button("", self)
        self.take_button.clicked.connect(self._on_take)
        self._close = plain_button("", self)
        self._close.clicked.connect(self.close)
        self._lay_out()
        self.datasets.activated.connect(self._propose)
        self.number.valueChanged.connect(self._propose)
        self.resize(820, 480)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(GAP)
        head.addWidget(self._from)
        head.addWidget(self.datasets, 1)
        head.addSpacing(GAP)
        head.addWidget(self._many)
        head.addWidget(self.number)
        foot = QHBoxLayout()
        foot.setSpacing(GAP)
        foot.addWidget(self._said, 1)
        foot.addWidget(self._close)
        foot.addWidget(self.take_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(GAP)
        layout.addWidget(self._hint)
        layout.addLayout(head)
        layout.addWidget(self.table, 1)
        layout.addLayout(foot)

    def start(self) -> None:
        """Read the datasets, propose, and show the dialog."""
        self._retranslate()
        data = self._context.services.data
        self._context.bridge.call(data.datasets, done=self._on_datasets)
        self.open()
        self.number.setFocus()
        self.number.selectAll()

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("Pick examples for me"))
        self._hint.setText(
            self.tr(
                "How it picks: the first record is one of typical length. Then comes "
                "one for every answer that repeats, the most frequent first, each time "
                "the record whose words are least like those already picked. Records "
                "for validation and test are never picked."
            )
        )
        self._from.setText(self.tr("From"))
        self.datasets.setAccessibleName(self.tr("Dataset to pick from"))
        self._many.setText(self.tr("How many"))
        self.number.setAccessibleName(self.tr("Examples to pick"))
        self.table.setAccessibleName(self.tr("Proposed examples"))
        self._close.setText(self.tr("Close"))
        self._show()

    # ------------------------------------------------------------ reading

    def _on_datasets(self, found: "Sequence[Dataset]") -> None:
        chosen = self.datasets.currentIndex()
        self._datasets = found
        self.datasets.clear()
        self.datasets.addItems([dataset.name for dataset in found])
        self.datasets.setCurrentIndex(min(max(chosen, 0), len(found) - 1))
        self._propose()

    def _propose(self) -> None:
        place = self.datasets.currentIndex()
        if not 0 <= place < len(self._datasets):
            self._on_proposal(None)
            return
        self._context.bridge.call(
            self._context.services.prompts.pick_for_me,
            self._datasets[place].id,
            self.number.value(),
            done=self._on_proposal,
        )

    def _on_proposal(self, proposal: Proposal | None) -> None:
        self._proposal = proposal
        self._show()

    # ------------------------------------------------------------ showing

    def _show(self) -> None:
        self._model.clear()
        heads = (self.tr("Input"), self.tr("Answer"), self.tr("Why this one"))
        self._model.setHorizontalHeaderLabels(list(heads))
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(_INPUT, QHeaderView.ResizeMode.Stretch)
        header.resizeSection(_ANSWER, 200)
        header.resizeSection(_WHY, 220)
        proposal = self._proposal
        if proposal is not None:
            for shot, pick in zip(proposal.shots, proposal.picked.picks, strict=True):
                texts = (shown_input(shot.values), shot.answer, self._why(pick))
                row = [QStandardItem(" ".join(text.split())) for text in texts]
                self._model.appendRow(row)
        count = len(proposal.shots) if proposal is not None else 0
        self.take_button.setEnabled(count > 0)
        self.take_button.setText(self.tr("Add %n example(s) to the prompt", "", count))
        self._said.setText(self._sentence())

    def _why(self, pick: "Pick") -> str:
        # By value: importing the enum would bring numpy into the window's start.
        why = pick.why.value
        if why == "typical":
            return self.tr("Typical length")
        if why == "new_label":
            return self.tr("First with this answer")
        percent = round(pick.distance * 100)
        text = self.tr("{percent} % unlike the others picked")
        return text.format(percent=percent)

    def _sentence(self) -> str:
        proposal = self._proposal
        if proposal is None or not proposal.shots:
            return self.tr("There are no records to pick from yet.")
        picked = proposal.picked
        text = self.tr("Picked from %n record(s).", "", picked.candidates)
        if picked.by_label:
            covered = self.tr("{covered} of {labels} answers are covered.")
            covered = covered.format(covered=picked.covered, labels=picked.labels)
            text = f"{text} {covered}"
        return text

    def _on_take(self) -> None:
        if self._proposal is not None:
            self.taken.emit(self._proposal.shots)
        self.close()
