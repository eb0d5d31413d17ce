"""The task card as a short form: only what the chosen kind of task needs is shown."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QWidget,
)

from workbench.domain.task import TaskCard, TaskKind
from workbench.ui.widgets.section_label import label

LABEL_WIDTH = 128
_LONGEST = 8192


class TaskCardEditor(QWidget):
    """Edits what a right answer looks like."""

    changed = Signal()
    kind_changed = Signal()
    """Other rows are shown, so that the height is another one."""

    def __init__(self, parent: QWidget | None = None, *, brief: bool = False) -> None:
        """Start with an empty card.

        Args:
            parent: owner.
            brief: ask in plain words for the kind and what it needs, nothing more.
        """
        super().__init__(parent)
        self._is_brief = brief
        self._kind = QComboBox(self)
        for kind, text in self._kinds().items():
            self._kind.addItem(text, kind)
        self._labels = QPlainTextEdit(self)
        self._labels.setTabChangesFocus(True)
        self._labels.setFixedHeight(72 if brief else 96)
        self._labels.setPlaceholderText(self.tr("One label a line"))
        self._fields = QLineEdit(self)
        self._fields.setPlaceholderText(self.tr("code, urgency, order"))
        self._separator = QLineEdit(self)
        self._separator.setPlaceholderText(self.tr("empty: the answer is JSON"))
        self._separator.setMaximumWidth(200)
        self._longest = QSpinBox(self)
        self._longest.setRange(1, _LONGEST)
        self._longest.setSuffix(self.tr(" tokens"))
        self._longest.setMaximumWidth(160)
        self._longest.setToolTip(
            self.tr("In tokens; an answer is cut there. A word is one or two tokens.")
        )
        self._description = QPlainTextEdit(self)
        self._description.setTabChangesFocus(True)
        self._description.setFixedHeight(64)
        self._form = QFormLayout(self)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setHorizontalSpacing(16)
        self._form.setVerticalSpacing(8)
        for text, field in self._rows():
            head = label(text, parent=self)
            head.setMinimumWidth(LABEL_WIDTH)
            head.setBuddy(field)
            self._form.addRow(head, field)
            field.setAccessibleName(text)
        if brief:
            for field in (self._longest, self._description):
                self._form.setRowVisible(field, False)
        self._hint: QLabel = label(role="secondary", parent=self, wrap=True)
        self._form.addRow("", self._hint)
        self._kind.currentIndexChanged.connect(self._on_kind_changed)
        self._kind.currentIndexChanged.connect(self.changed)
        for editor in (self._labels, self._description):
            editor.textChanged.connect(self.changed)
        for line in (self._fields, self._separator):
            line.textChanged.connect(self.changed)
        self._longest.valueChanged.connect(self.changed)
        self.set_card(TaskCard())

    def card(self) -> TaskCard:
        """Return what was typed; rows of other kinds of task are left out."""
        kind = self._chosen()
        is_extract = kind is TaskKind.EXTRACT
        labels = self._labels.toPlainText().splitlines()
        fields = self._fields.text().replace("、", ",").split(",")
        return TaskCard(
            kind=kind,
            labels=_kept(labels) if kind is TaskKind.LABEL else (),
            fields=_kept(fields) if is_extract else (),
            separator=self._separator.text() if is_extract else "",
            longest_answer=self._longest.value(),
            description=self._description.toPlainText().strip(),
        )

    def set_card(self, card: TaskCard) -> None:
        """Show a card."""
        self._kind.setCurrentIndex(list(TaskKind).index(card.kind))
        self._labels.setPlainText("\n".join(card.labels))
        self._fields.setText(", ".join(card.fields))
        self._separator.setText(card.separator)
        self._longest.setValue(card.longest_answer)
        self._description.setPlainText(card.description)
        self._on_kind_changed()

    def problem(self) -> str:
        """Say what the card still has to name for its kind of task, else nothing."""
        card = self.card()
        if card.kind is TaskKind.LABEL and len(card.labels) < 2:
            return self.tr("Name at least two labels.")
        if card.kind is TaskKind.EXTRACT and not card.fields:
            return self.tr("Name the fields of the answer.")
        return ""

    def _chosen(self) -> TaskKind:
        return list(TaskKind)[self._kind.currentIndex()]

    def _on_kind_changed(self) -> None:
        kind = self._chosen()
        self._form.setRowVisible(self._labels, kind is TaskKind.LABEL)
        self._form.setRowVisible(self._fields, kind is TaskKind.EXTRACT)
        self._form.setRowVisible(self._separator, kind is TaskKind.EXTRACT)
        self._hint.setText(self._hints()[kind])
        self._form.invalidate()
        self.kind_changed.emit()

    def _rows(self) -> tuple[tuple[str, QWidget], ...]:
        return (
            (self._question(), self._kind),
            (self.tr("Labels"), self._labels),
            (self.tr("Fields"), self._fields),
            (self.tr("Between the fields"), self._separator),
            (self.tr("Longest answer"), self._longest),
            (self.tr("In your words"), self._description),
        )

    def _question(self) -> str:
        if self._is_brief:
            return self.tr("The right answer is")
        return self.tr("Kind of task")

    def _kinds(self) -> dict[TaskKind, str]:
        if self._is_brief:
            return {
                TaskKind.LABEL: self.tr("one of a few labels"),
                TaskKind.EXTRACT: self.tr("facts picked out of the text"),
                TaskKind.ANSWER: self.tr("a short answer to a question"),
                TaskKind.SUMMARISE: self.tr("a summary"),
                TaskKind.FREE: self.tr("any text"),
            }
        return {
            TaskKind.LABEL: self.tr("Choose a label"),
            TaskKind.EXTRACT: self.tr("Extract fields"),
            TaskKind.ANSWER: self.tr("Answer a question"),
            TaskKind.SUMMARISE: self.tr("Summarise"),
            TaskKind.FREE: self.tr("Something else"),
        }

    def _hints(self) -> dict[TaskKind, str]:
        return {
            TaskKind.LABEL: self.tr(
                "The answer is exactly one of these. Anything else is marked as wrong."
            ),
            TaskKind.EXTRACT: self.tr(
                "The answer holds these fields in this order. A missing one is marked."
            ),
            TaskKind.ANSWER: self.tr(
                "The answer is short and can be compared with the right one."
            ),
            TaskKind.SUMMARISE: self.tr("The answer says the same in fewer words."),
            TaskKind.FREE: self.tr("Any text; you say what is right."),
        }


def _kept(parts: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in parts if part.strip()))
