"""The sheet behind "Run all inputs" and "0 / 1 / 2 / 4 / 8"."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from workbench.domain.errors import WorkbenchError
from workbench.domain.matrices import Matrix
from workbench.domain.models import ModelRef
from workbench.domain.prompts import PromptSpec
from workbench.ui.lab.parts import GAP, MARGIN
from workbench.ui.matrix import words
from workbench.ui.matrix.results import MatrixResults
from workbench.ui.matrix.run import MatrixRunPresenter
from workbench.ui.matrix.setup import MatrixSetup
from workbench.ui.matrix.wish import Planned
from workbench.ui.shell.context import Context
from workbench.ui.widgets.buttons import plain_button
from workbench.ui.widgets.section_label import label


class MatrixSheet(QDialog):
    """Chooses what to run, then shows the grid; earlier grids open again."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """Build the sheet; `start` reads and shows it."""
        super().__init__(parent)
        self._context = context
        self._matrices: Sequence[Matrix] = ()
        self.presenter = MatrixRunPresenter(context, self)
        self._title = label("", "section", self)
        self.earlier = QComboBox(self)
        self.earlier.setMinimumContentsLength(40)
        self.earlier.activated.connect(self._on_earlier)
        self._title.setBuddy(self.earlier)
        self.setup = MatrixSetup(context, self)
        self.results = MatrixResults(context, self.presenter, self)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.setup)
        self._stack.addWidget(self.results)
        self._close = plain_button("", self)
        self._close.clicked.connect(self.close)
        self.setup.start_wanted.connect(self._on_start)
        self.presenter.opened.connect(self._on_opened)
        self.presenter.refused.connect(self._on_refused)
        head = QHBoxLayout()
        head.setSpacing(GAP)
        head.addWidget(self._title)
        head.addWidget(self.earlier)
        head.addStretch(1)
        head.addWidget(self._close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(GAP)
        layout.addLayout(head)
        layout.addWidget(self._stack, 1)
        self.resize(1120, 720)
        self.setMinimumSize(720, 480)

    def start(
        self, spec: PromptSpec, models: tuple[ModelRef, ...], *, by_shots: bool = False
    ) -> None:
        """Show the sheet; a run that goes on is shown as it stands."""
        self.setup.begin(spec, models, by_shots=by_shots)
        if not self.presenter.is_running:
            self._stack.setCurrentWidget(self.setup)
        self._load()
        self._retranslate()
        self.open()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("Run all inputs"))
        self._title.setText(self.tr("Show"))
        self.earlier.setAccessibleName(self.tr("New or earlier run"))
        self._close.setText(self.tr("Close"))
        self._close.setToolTip(self.tr("Calls that are being made go on"))
        self._fill()

    def _load(self) -> None:
        matrix = self._context.services.matrix
        self._context.bridge.call(matrix.matrices, done=self._on_matrices)

    def _on_matrices(self, matrices: Sequence[Matrix]) -> None:
        self._matrices = matrices
        self._fill()

    def _fill(self) -> None:
        self.earlier.clear()
        self.earlier.addItem(self.tr("A new run"))
        for matrix in self._matrices:
            self.earlier.addItem(words.earlier(matrix))
        grid = self.presenter.grid
        shown = self._stack.currentWidget() is self.results and grid is not None
        ids = [matrix.id for matrix in self._matrices]
        if shown and grid is not None and grid.matrix.id in ids:
            self.earlier.setCurrentIndex(ids.index(grid.matrix.id) + 1)

    def _on_earlier(self, row: int) -> None:
        if not row:
            self._stack.setCurrentWidget(self.setup)
            return
        self.results.forget()
        self.presenter.open(self._matrices[row - 1].id)

    def _on_start(self, planned: Planned) -> None:
        self.results.forget()
        self.presenter.start(planned)

    def _on_opened(self) -> None:
        self._stack.setCurrentWidget(self.results)
        self._load()

    def _on_refused(self, error: WorkbenchError) -> None:
        self._stack.setCurrentWidget(self.setup)
        self.setup.show_error(error)
