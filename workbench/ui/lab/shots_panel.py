"""Examples in the prompt: the list, and the ways into it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from workbench.domain.prompts import Shot, sorted_items
from workbench.ui.lab.panel import Panel
from workbench.ui.lab.parts import GAP, set_words
from workbench.ui.lab.shots_model import ShotsModel
from workbench.ui.lab.shots_table import ShotsTable
from workbench.ui.lab.token_bar import TokenBar
from workbench.ui.widgets.buttons import link_button, quiet_button
from workbench.ui.widgets.flow_layout import FlowLayout
from workbench.ui.widgets.section_label import label


class ShotsPanel(Panel):
    """Shows and edits the examples that are sent as real turns."""

    changed_to = Signal(object)
    """The examples as they should be now: a tuple of Shot."""
    records_wanted = Signal()
    proposal_wanted = Signal()
    """Somebody wants examples to be picked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start without examples."""
        super().__init__(parent)
        self._model = ShotsModel(self)
        self._model.changed_to.connect(self.changed_to)
        self.table = ShotsTable(self._model, self)
        self.table.row_changed.connect(self._on_row)
        self._title = label("", "section", self)
        self._count = label("", "section", self)
        self._hint = label("", "secondary", self, wrap=True)
        self._bar = TokenBar(self)
        self._length = label("", "secondary", self)
        self._add = link_button("", self)
        self._add.clicked.connect(self._on_add)
        self.records_button = link_button("", self)
        self.records_button.clicked.connect(self.records_wanted)
        self.pick_button = link_button("", self)
        self.pick_button.clicked.connect(self.proposal_wanted)
        self._answer_only = quiet_button("", self)
        self._answer_only.setCheckable(True)
        self._answer_only.clicked.connect(self._on_answer_only)
        self._up = quiet_button("", self)
        self._up.clicked.connect(self._on_up)
        self._down = quiet_button("", self)
        self._down.clicked.connect(self._on_down)
        self._remove = quiet_button("", self)
        self._remove.clicked.connect(self._on_remove)
        self._lay_out()
        self.built()
        self._show_state()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self._count)
        below = QHBoxLayout()
        below.setSpacing(12)
        below.addWidget(self._bar, 1)
        below.addWidget(self._length)
        # Wraps where the window is narrow.
        foot = QWidget(self)
        flow = FlowLayout(foot, GAP)
        ways_in = (self._add, self.records_button, self.pick_button)
        for control in (*ways_in, *self._for_row()):
            flow.addWidget(control)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addWidget(self._hint)
        layout.addWidget(self.table)
        layout.addLayout(below)
        layout.addWidget(foot)

    def _for_row(self) -> tuple[QPushButton, ...]:
        """The buttons that act on the current example."""
        return (self._answer_only, self._up, self._down, self._remove)

    def show_shots(self, shots: Sequence[Shot], names: Sequence[str]) -> None:
        """Show these examples, with a column for each placeholder."""
        row = self.table.current_row()
        self._model.set_shots(shots, names)
        self.table.select_row(min(row, len(shots) - 1))
        self._show_state()

    def finish_editing(self) -> None:
        """Keep what stands in an open editor."""
        self.table.finish_editing()

    def retranslate(self) -> None:
        """Put every visible word in the current language."""
        self._title.setText(self.tr("Examples in the prompt"))
        self._title.setToolTip(self.tr("Shots: sent as real turns before the message"))
        self._hint.setText(
            self.tr(
                "Show the model what a right answer looks like. Nothing teaches "
                "the form of an answer faster."
            )
        )
        self.table.setAccessibleName(self.tr("Examples in the prompt"))
        self.table.setToolTip(
            self.tr("Enter edits, Space switches on and off, Alt+Up and Alt+Down move")
        )
        self._model.set_words(
            self.tr("Answer"), self.tr("Tokens"), self.tr("(not sent)")
        )
        set_words(self._add, self.tr("+ Add an example"), "", self.tr("Add an example"))
        set_words(
            self.records_button,
            self.tr("From records…"),
            self.tr("Choose records of a dataset"),
            self.tr("Add from records"),
        )
        set_words(
            self.pick_button,
            self.tr("Pick for me…"),
            self.tr("Propose records that differ from one another"),
            self.tr("Pick examples for me"),
        )
        set_words(
            self._answer_only,
            self.tr("Answer only"),
            self.tr("Send the answer of this example without its input"),
            self.tr("Send only the answer"),
        )
        set_words(
            self._up, self.tr("Up"), self.tr("Alt+Up"), self.tr("Move example up")
        )
        set_words(
            self._down,
            self.tr("Down"),
            self.tr("Alt+Down"),
            self.tr("Move example down"),
        )
        set_words(
            self._remove,
            self.tr("Remove"),
            self.tr("Delete"),
            self.tr("Remove example"),
        )
        self._show_count()

    def _show_state(self) -> None:
        shots = self._model.shots
        self.table.setVisible(bool(shots))
        self._hint.setVisible(not shots)
        for control in (self._bar, self._length, *self._for_row()):
            control.setVisible(bool(shots))
        self._on_row(self.table.current_row())
        self._show_count()

    def _show_count(self) -> None:
        shots = self._model.shots
        on = sum(shot.enabled for shot in shots)
        text = self.tr("{on} of {total} on") if shots else ""
        self._count.setText(text.format(on=on, total=len(shots)))
        self._show_length(self.table.current_row())

    def _show_length(self, current: int) -> None:
        """Show how long what is sent is; a switched off example is not."""
        sent = [row for row, shot in enumerate(self._model.shots) if shot.enabled]
        counts = [self._model.tokens(row) for row in sent]
        self._bar.set_counts(counts, sent.index(current) if current in sent else -1)
        self._length.setText(self.tr("≈ %n token(s)", "", sum(counts)))

    def _on_row(self, row: int) -> None:
        shots = self._model.shots
        self._show_length(row)
        self._answer_only.setEnabled(0 <= row < len(shots))
        is_only = 0 <= row < len(shots) and shots[row].output_only
        self._answer_only.setChecked(is_only)
        self._up.setEnabled(row > 0)
        self._down.setEnabled(0 <= row < len(self._model.shots) - 1)
        self._remove.setEnabled(row >= 0)

    def _on_add(self) -> None:
        shots = self._model.shots
        empty = sorted_items(dict.fromkeys(self._model.names, ""))
        self.changed_to.emit((*shots, Shot(empty, "")))
        self.table.edit_cell(len(shots), 1)

    def _on_answer_only(self, on: bool) -> None:
        self._model.set_output_only(self.table.current_row(), on=on)

    def _on_up(self) -> None:
        self.table.move_row(self.table.current_row(), -1)

    def _on_down(self) -> None:
        self.table.move_row(self.table.current_row(), 1)

    def _on_remove(self) -> None:
        row = self.table.current_row()
        self._model.remove(row)
        self.table.select_row(min(row, self._model.rowCount() - 1))
