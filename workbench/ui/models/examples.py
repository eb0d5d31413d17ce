"""Records of a dataset as a table model."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Qt

from workbench.domain.datasets import Example, Split
from workbench.ui.models.paged import PagedTableModel
from workbench.ui.shell import tokens

INPUT, ANSWER, SPLIT, GROUP, SOURCE = range(5)


class ExamplesModel(PagedTableModel[Example]):
    """Input, right answer, part, group and source."""

    def __init__(
        self,
        fetch: Callable[[Sequence[int]], Sequence[Example]],
        parent: QObject | None = None,
    ) -> None:
        """Read rows with `fetch`."""
        super().__init__(fetch, _key, parent)

    def heads(self) -> Sequence[str]:
        """Return the translated heads."""
        return (
            self.tr("Input"),
            self.tr("Right answer"),
            self.tr("Part"),
            self.tr("Group"),
            self.tr("Source"),
        )

    def cell(self, item: Example, column: int, role: int) -> object:
        """Return text, colour or tooltip of a cell."""
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return self._text(item, column)
        if role == Qt.ItemDataRole.EditRole and column == ANSWER:
            return item.answer
        if role == Qt.ItemDataRole.ForegroundRole and column in {GROUP, SOURCE}:
            return tokens.color("secondary")
        return None

    def _text(self, item: Example, column: int) -> str:
        if column == INPUT:
            return " ".join(item.input_text.split())
        if column == ANSWER:
            return " ".join(item.answer.split())
        if column == SPLIT:
            return self._split(item.split)
        return item.group if column == GROUP else self._source(item.source)

    def _split(self, split: Split) -> str:
        match split:
            case Split.NONE:
                return self.tr("not divided yet")
            case Split.TRAIN:
                return self.tr("Training")
            case Split.VALIDATION:
                return self.tr("Validation")
            case Split.TEST:
                return self.tr("Set aside for the test")

    def _source(self, source: str) -> str:
        if source == "trial":
            return self.tr("from a trial")
        if source == "typed":
            return self.tr("typed")
        return self.tr("pasted") if source == "pasted" else source


def _key(example: Example) -> int:
    return example.id
