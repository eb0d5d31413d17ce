"""Trials as a table model."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Qt

from workbench.domain.trials import Rating, Trial
from workbench.ui.lab import phrases
from workbench.ui.models.paged import PagedTableModel
from workbench.ui.shell import tokens
from workbench.ui.shell.phrases import phrase_model

INPUT, ANSWER, RIGHT, RATING, MODEL, VERSION, TOKENS = range(7)


class TrialsModel(PagedTableModel[Trial]):
    """Input, answer, right answer, rating, model, version and tokens."""

    def __init__(
        self,
        fetch: Callable[[Sequence[int]], Sequence[Trial]],
        parent: QObject | None = None,
    ) -> None:
        """Read rows with `fetch`."""
        super().__init__(fetch, _key, parent)

    def heads(self) -> Sequence[str]:
        """Return the translated heads."""
        return (
            self.tr("Input"),
            self.tr("Answer"),
            self.tr("Right answer"),
            self.tr("Rating"),
            self.tr("Model"),
            self.tr("Version"),
            self.tr("Tokens"),
        )

    def cell(self, item: Trial, column: int, role: int) -> object:
        """Return text, colour or alignment of a cell."""
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return self._text(item, column)
        if role == Qt.ItemDataRole.ForegroundRole:
            return _colour(item, column)
        if role == Qt.ItemDataRole.TextAlignmentRole and column == TOKENS:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def _text(self, item: Trial, column: int) -> str:
        if column == INPUT:
            return _one_line(item.input_text)
        if column == ANSWER:
            return _one_line(item.outcome.output) or phrases.status(item)
        if column == RIGHT:
            return _one_line(item.right_answer or "")
        if column == RATING:
            return phrases.verdict(item.annotation.rating)
        if column == MODEL:
            return phrase_model(item.model)
        if column == VERSION:
            return phrases.version(item)
        count = item.outcome.output_tokens
        return "" if count is None else str(count)


def _colour(item: Trial, column: int) -> object:
    if column == RATING:
        good = item.annotation.rating is Rating.GOOD
        return tokens.color("better" if good else "worse")
    if column == ANSWER and not item.outcome.output:
        return tokens.color("warning")
    return tokens.color("secondary") if column in {MODEL, VERSION, TOKENS} else None


def _one_line(text: str) -> str:
    return " ".join(text[:400].split())


def _key(trial: Trial) -> int:
    return trial.id
