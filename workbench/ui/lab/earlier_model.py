"""Earlier answers to the input that stands in the editors."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtGui import QColor

from workbench.domain.trials import Trial, TrialStatus
from workbench.ui.lab import phrases
from workbench.ui.shell import tokens
from workbench.ui.shell.phrases import phrase_model

Index = QModelIndex | QPersistentModelIndex
VERSION, MODEL, ANSWER, VERDICT = range(4)
_NO_PARENT = QModelIndex()


class EarlierModel(QAbstractTableModel):
    """Trials as rows: version, model, answer, and what was said about it."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Start without trials."""
        super().__init__(parent)
        self._trials: tuple[Trial, ...] = ()

    def set_trials(self, trials: Sequence[Trial]) -> None:
        """Show these trials."""
        trials = tuple(trials)
        if trials == self._trials:
            return
        ids = [trial.id for trial in trials]
        if ids == [trial.id for trial in self._trials]:
            self._trials = trials
            self.dataChanged.emit(self.index(0, 0), self.index(len(ids) - 1, VERDICT))
            return
        self.beginResetModel()
        self._trials = trials
        self.endResetModel()

    def trial(self, row: int) -> Trial | None:
        """Return the trial of a row."""
        return self._trials[row] if 0 <= row < len(self._trials) else None

    def row_of(self, trial_id: int) -> int:
        """Return the row of a trial, or -1."""
        for row, trial in enumerate(self._trials):
            if trial.id == trial_id:
                return row
        return -1

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self._trials)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else 4

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a cell holds."""
        trial = self._trials[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return _cell(trial, index.column())
        if role == Qt.ItemDataRole.ForegroundRole:
            return _colour(trial, index.column())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return _cell(trial, index.column())
        return None


def _cell(trial: Trial, column: int) -> str:
    if column == VERSION:
        return phrases.version(trial)
    if column == MODEL:
        return phrase_model(trial.model)
    if column == ANSWER:
        return " ".join(trial.outcome.output.split()) or phrases.status(trial)
    return phrases.verdict(trial.annotation.rating)


def _colour(trial: Trial, column: int) -> QColor | None:
    if column in {VERSION, MODEL}:
        return tokens.color("secondary")
    failed = trial.outcome.status is not TrialStatus.SUCCEEDED
    if column == ANSWER and failed and not trial.outcome.output:
        return tokens.color("warning")
    if column == VERDICT:
        good = trial.annotation.rating > 0
        return tokens.color("better" if good else "worse")
    return None
