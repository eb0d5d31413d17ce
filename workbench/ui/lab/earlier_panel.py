"""Earlier answers to this input: a click shows one."""

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QVBoxLayout, QWidget

from workbench.ui.lab.answer import AnswerPresenter
from workbench.ui.lab.earlier_model import ANSWER, MODEL, VERDICT, VERSION, EarlierModel
from workbench.ui.lab.panel import Panel
from workbench.ui.lab.parts import GAP
from workbench.ui.lab.plain_table import PlainTable
from workbench.ui.widgets.section_label import badge, label

_WIDTHS = {VERSION: 48, MODEL: 160, VERDICT: 72}


class EarlierPanel(Panel):
    """Lists earlier trials with the very same input."""

    chosen = Signal(int)

    def __init__(
        self, presenter: AnswerPresenter, parent: QWidget | None = None
    ) -> None:
        """List what the presenter finds."""
        super().__init__(parent)
        self._presenter = presenter
        self._title = label("", "section", self)
        self._count = badge("", self)
        self._count.hide()
        self._hint = label("", "secondary", self, wrap=True)
        self._model = EarlierModel(self)
        self.table = PlainTable(self)
        self.table.setModel(self._model)
        self.table.horizontalHeader().hide()
        self._set_widths()
        self.table.clicked.connect(self._on_index)
        self.table.activated.connect(self._on_index)
        head = QHBoxLayout()
        head.setSpacing(GAP)
        head.addWidget(self._title)
        head.addWidget(self._count)
        head.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addWidget(self._hint)
        layout.addWidget(self.table, 1)
        presenter.earlier_changed.connect(self._show)
        presenter.trial_changed.connect(self._mark)
        self.built()

    def current_id(self) -> int:
        """Return the trial the keys act on, or 0."""
        trial = self._model.trial(self.table.currentIndex().row())
        return trial.id if trial is not None else 0

    def retranslate(self) -> None:
        """Put every visible word in the current language."""
        self._title.setText(self.tr("Earlier answers to this input"))
        self._hint.setText(self.tr("None yet."))
        self.table.setAccessibleName(self.tr("Earlier answers to this input"))

    def _set_widths(self) -> None:
        header = self.table.horizontalHeader()
        for column, width in _WIDTHS.items():
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            header.resizeSection(column, width)
        header.setSectionResizeMode(ANSWER, QHeaderView.ResizeMode.Stretch)

    def _show(self) -> None:
        trials = self._presenter.earlier
        self._model.set_trials(trials)
        self._count.setText(str(len(trials)))
        self._count.setVisible(bool(trials))
        self._hint.setVisible(not trials)
        self.table.setVisible(bool(trials))
        self._mark()

    def _mark(self) -> None:
        """Select the row of the trial that is shown above."""
        trial = self._presenter.trial
        row = self._model.row_of(trial.id) if trial is not None else -1
        if row < 0:
            self.table.clearSelection()
        elif row != self.table.currentIndex().row():
            self.table.setCurrentIndex(self._model.index(row, 0))

    def _on_index(self, index: QModelIndex) -> None:
        trial = self._model.trial(index.row())
        if trial is not None:
            self.chosen.emit(trial.id)
