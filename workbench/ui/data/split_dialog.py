"""Setting records aside: how many each part gets, and what the test can then show."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QLabel,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from workbench.domain.datasets import Dataset, Split
from workbench.domain.errors import WorkbenchError
from workbench.services.data import SEED, SplitReport
from workbench.ui.data import phrases
from workbench.ui.data.dialog_foot import DialogFoot
from workbench.ui.lab.parts import GAP, MARGIN
from workbench.ui.shell.context import Context
from workbench.ui.shell.phrases import phrase_error
from workbench.ui.widgets.buttons import quiet_button
from workbench.ui.widgets.fit import fit_height
from workbench.ui.widgets.notice import Notice
from workbench.ui.widgets.section_label import label

if TYPE_CHECKING:
    # For its type only: numpy must not be imported on the window's thread.
    from workbench.evaluation.statistics.power import Range

_PARTS = (Split.TRAIN, Split.VALIDATION, Split.TEST)
_DELAY_MS = 120


class SplitDialog(QDialog):
    """Three numbers with suggestions, and one live sentence about the test."""

    divided = Signal(int, object)
    """Dataset id, and how many records each part has now."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """Build the dialog; `start` shows it."""
        super().__init__(parent)
        self._context = context
        self._dataset: Dataset | None = None
        self._asked = 0
        self._intro = label("", "secondary", self, wrap=True)
        self._names: dict[Split, QLabel] = {}
        self._hints: dict[Split, QLabel] = {}
        self._counts: dict[Split, QSpinBox] = {}
        self._rest = label("", "secondary", self)
        self._sentence = Notice("info", "", self)
        self._error = Notice("error", "", self)
        self._fold = quiet_button("", self)
        self._fold.setCheckable(True)
        self._seed_name = label("", "", self)
        self._seed = QSpinBox(self)
        self._seed.setRange(0, 2_147_483_647)
        self._fold.toggled.connect(self._show_details)
        self._foot = DialogFoot(self)
        self._foot.accepted.connect(self._on_accept)
        self._foot.rejected.connect(self.reject)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_DELAY_MS)
        self._timer.timeout.connect(self._ask)
        self._lay_out()
        self.setMinimumWidth(560)

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(GAP)
        grid.setColumnStretch(2, 1)
        for row, part in enumerate(_PARTS):
            name, hint = label(parent=self), label("", "secondary", self, wrap=True)
            field = QSpinBox(self)
            field.setRange(0, 1_000_000)
            field.setFixedWidth(110)
            field.valueChanged.connect(self._on_edited)
            name.setBuddy(field)
            for column, part_widget in enumerate((name, field, hint)):
                grid.addWidget(part_widget, row, column)
            self._names[part], self._counts[part] = name, field
            self._hints[part] = hint
        grid.addWidget(self._rest, len(_PARTS), 1, 1, 2)
        grid.addWidget(self._seed_name, len(_PARTS) + 1, 0)
        grid.addWidget(self._seed, len(_PARTS) + 1, 1)
        self._seed.setFixedWidth(110)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(12)
        layout.addWidget(self._intro)
        layout.addLayout(grid)
        layout.addWidget(self._sentence)
        layout.addWidget(self._error)
        layout.addWidget(self._fold, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self._foot)

    def start(self, dataset: Dataset) -> None:
        """Show the dialog with the numbers there are, or with suggested ones."""
        self._dataset = dataset
        self._error.set_notice("error", "")
        self._seed.setValue(SEED)
        self._fold.setChecked(False)
        self._show_details(False)
        self._retranslate()
        counts = dataset.counts
        if counts.test:
            self._set_counts(
                {
                    Split.TRAIN: counts.train,
                    Split.VALIDATION: counts.validation,
                    Split.TEST: counts.test,
                }
            )
            self._open()
            return
        data = self._context.services.data
        self._context.bridge.call(
            data.suggest_split, dataset.id, done=self._on_suggested
        )

    def _on_suggested(self, counts: dict[Split, int]) -> None:
        self._set_counts(counts)
        self._open()

    def _open(self) -> None:
        self.open()
        self._counts[Split.TRAIN].setFocus()
        self._counts[Split.TRAIN].selectAll()

    def _set_counts(self, counts: dict[Split, int]) -> None:
        for part, field in self._counts.items():
            field.setValue(counts.get(part, 0))
        self._on_edited()

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("Set aside for the test"))
        self._intro.setText(
            self.tr(
                "The test part is never trained on and never stands in a prompt: only "
                "so can it tell how good the tuned model is. Labels are dealt out "
                "evenly; records of one group, or with the same input, stay together."
            )
        )
        words = {
            Split.TRAIN: (self.tr("Training"), self.tr("What the model learns from")),
            Split.VALIDATION: (
                self.tr("Validation"),
                self.tr("Watches the training, tells when to stop"),
            ),
            Split.TEST: (
                self.tr("Test"),
                self.tr("Set aside; judges base and tuned at the end"),
            ),
        }
        names = {
            Split.TRAIN: self.tr("Training records"),
            Split.VALIDATION: self.tr("Validation records"),
            Split.TEST: self.tr("Test records"),
        }
        for part, (name, hint) in words.items():
            self._names[part].setText(name)
            self._hints[part].setText(hint)
            self._counts[part].setAccessibleName(names[part])
        self._seed_name.setText(self.tr("Seed"))
        self._seed.setAccessibleName(self.tr("Seed of the split"))
        self._seed.setToolTip(self.tr("The same seed deals the records out alike"))
        self._fold.setText(self.tr("Details"))
        self._fold.setAccessibleName(self.tr("Details of the split"))

    def _show_details(self, on: bool) -> None:
        self._seed_name.setVisible(on)
        self._seed.setVisible(on)
        fit_height(self)

    def _on_edited(self) -> None:
        total = self._dataset.counts.total if self._dataset is not None else 0
        wanted = sum(field.value() for field in self._counts.values())
        if wanted > total:
            text = self.tr("{n} more than there are")
        else:
            text = self.tr("{n} of {total} in no part")
        self._rest.setText(text.format(n=abs(total - wanted), total=total))
        self._foot.set_texts(
            self.tr("Divide {n} records").format(n=wanted),
            self.tr("Cancel"),
            self.tr("Divide records"),
        )
        self._foot.accept_button.setEnabled(0 < wanted <= total)
        self._timer.start()

    def _ask(self) -> None:
        self._asked = self._counts[Split.TEST].value()
        data = self._context.services.data
        self._context.bridge.call(
            data.detectable, self._asked, done=self._on_detectable
        )

    def _on_detectable(self, found: "Range | None") -> None:
        if found is None:
            self._sentence.set_notice(
                "warning",
                self.tr("Without a test part nothing can be said about the result."),
            )
            return
        self._sentence.set_notice(
            "info", phrases.detectable(self._asked, found.low, found.high)
        )

    def _on_accept(self) -> None:
        if self._dataset is None:
            return
        wanted = {part: field.value() for part, field in self._counts.items()}
        self._foot.accept_button.setEnabled(False)
        data = self._context.services.data
        self._context.bridge.call(
            data.split,
            self._dataset.id,
            wanted,
            self._seed.value(),
            done=self._on_split,
            failed=self._on_failed,
        )

    def _on_split(self, report: SplitReport) -> None:
        self.accept()
        if self._dataset is not None:
            self.divided.emit(self._dataset.id, report.counts)
        self._context.notify(phrases.parts(report.counts))

    def _on_failed(self, error: WorkbenchError) -> None:
        self._error.set_notice("error", phrase_error(error))
        self._foot.accept_button.setEnabled(True)
