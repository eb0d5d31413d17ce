"""The small table of metrics: a row a metric, a column a candidate."""

import dataclasses
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QWidget

from workbench.domain.comparisons import CandidateRole
from workbench.ui.compare import phrasing
from workbench.ui.widgets import axes


@dataclasses.dataclass(frozen=True, slots=True)
class MetricLine:
    """One line: its name, a text for each candidate, the difference with its p.

    Attributes:
        hint: the full name and version of the metric, for the tooltip.
    """

    name: str
    values: tuple[str, ...]
    difference: str
    p: str = ""
    hint: str = ""


class MetricGrid(QWidget):
    """Shows lines of figures; rebuilt only when their number changes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(5)
        self._shape: tuple[tuple[CandidateRole, ...], int] = ((), 0)
        self._labels: list[list[QLabel]] = []

    def show_lines(
        self, title: str, roles: Sequence[CandidateRole], lines: Sequence[MetricLine]
    ) -> None:
        """Show the lines under a header with the candidates' names."""
        shape = (tuple(roles), len(lines))
        if shape != self._shape:
            self._rebuild(*shape)
        self._fill(0, [title, *(_header(role) for role in roles), "", ""])
        for number, line in enumerate(lines, start=1):
            self._fill(number, [line.name, *line.values, line.difference, line.p])
            for label in self._labels[number]:
                label.setToolTip(line.hint)
            self._labels[number][-1].setToolTip(phrasing.p_hint())
            names = [phrasing.role(role) for role in roles]
            columns = ["", *names, self.tr("difference"), "p"]
            for label, column in zip(self._labels[number], columns, strict=True):
                label.setAccessibleName(f"{line.name} {column}".strip())

    def _fill(self, row: int, texts: Sequence[str]) -> None:
        for label, text in zip(self._labels[row], texts, strict=True):
            label.setText(text)
        self._labels[row][-1].setVisible(bool(texts[-1]))

    def _rebuild(self, roles: tuple[CandidateRole, ...], lines: int) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        self._shape, self._labels = (roles, lines), []
        for row in range(lines + 1):
            self._labels.append(self._row(row, roles))
        self._grid.setColumnStretch(0, 1)

    def _row(self, row: int, roles: tuple[CandidateRole, ...]) -> list[QLabel]:
        styles = ["", *(phrasing.token(role) for role in roles), "", "secondary"]
        labels = []
        for column, style in enumerate(styles):
            label = QLabel(self)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setProperty("role", "section" if not row and not style else style)
            if not row:
                label.setFont(axes.small_font(label.font()))
            if column:
                label.setAlignment(
                    Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
                )
            # The p-value stands below the difference: beside it, it would make the
            # pane too wide for a small window.
            last = column == len(styles) - 1
            place = (3 * row + 1, column - 1) if last else (3 * row, column)
            self._grid.addWidget(label, *place)
            labels.append(label)
        line = QFrame(self)
        line.setProperty("line", True)
        line.setFixedHeight(1)
        self._grid.addWidget(line, 3 * row + 2, 0, 1, len(styles) - 1)
        return labels


def _header(role: CandidateRole) -> str:
    return f"{phrasing.mark(role)} {phrasing.column(role)}"
