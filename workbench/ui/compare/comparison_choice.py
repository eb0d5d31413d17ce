"""The row beside the page's title: which comparison, and a new one."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from workbench.domain.comparisons import Comparison
from workbench.ui.widgets.buttons import plain_button


class ComparisonChoice(QWidget):
    """Shown once there is a comparison."""

    chosen = Signal(int)
    new_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._comparisons: tuple[Comparison, ...] = ()
        self._box = QComboBox(self)
        # It gives way to the buttons beside it in a small window.
        self._box.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self._box.setMinimumContentsLength(8)
        self._box.activated.connect(self._on_activated)
        self.new_button = plain_button("", self)
        self.new_button.clicked.connect(self.new_pressed)
        self._box.hide()
        self.new_button.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._box)
        row.addWidget(self.new_button)

    def show_comparisons(
        self, comparisons: Sequence[Comparison], chosen: int | None
    ) -> None:
        """Show what can be looked at."""
        names = [_name(comparison) for comparison in comparisons]
        if names != [_name(comparison) for comparison in self._comparisons]:
            self._box.clear()
            self._box.addItems(names)
        self._comparisons = tuple(comparisons)
        ids = [comparison.id for comparison in comparisons]
        if chosen in ids:
            self._box.setCurrentIndex(ids.index(chosen))
        # The header decides whether this row is shown; what stands in it is ours.
        self._box.setVisible(bool(ids))
        self.new_button.setVisible(bool(ids))

    def retranslate(self) -> None:
        """Say everything in the language of now."""
        self._box.setAccessibleName(self.tr("Comparison"))
        self.new_button.setText(self.tr("New comparison"))

    def _on_activated(self, index: int) -> None:
        self.chosen.emit(self._comparisons[index].id)


def _name(comparison: Comparison) -> str:
    day = comparison.created[:10]
    return f"{comparison.name} · {day}"
