"""Typing records: a field for each part of the input, and the right answer."""

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from workbench.domain.datasets import ExampleFilter
from workbench.domain.errors import WorkbenchError
from workbench.services.application import Services
from workbench.ui.data.answer_edit import AnswerEdit
from workbench.ui.data.dialog_foot import DialogFoot
from workbench.ui.lab.parts import GAP, MARGIN
from workbench.ui.shell.context import Context
from workbench.ui.shell.phrases import phrase_error
from workbench.ui.widgets.notice import Notice
from workbench.ui.widgets.section_label import label

_FALLBACK = "input"


def input_names(services: Services, dataset_id: int) -> tuple[str, ...]:
    """Return the parts of an input: those of the dataset, else of the prompt."""
    ids = services.data.example_ids(ExampleFilter(dataset_id)) if dataset_id else ()
    if ids:
        first = services.data.examples(ids[:1])
        return tuple(name for name, _ in first[0].variables)
    return services.lab.draft().spec.placeholders or (_FALLBACK,)


def add_record(
    services: Services,
    dataset_id: int,
    name: str,
    values: dict[str, str],
    answer: str,
) -> int:
    """Add a typed record, to a new dataset when there is none."""
    chosen = dataset_id or services.data.ensure_dataset(name)
    return services.data.add_example(chosen, values, answer)


class RecordDialog(QDialog):
    """Adds one record after the other; Ctrl+Enter adds."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """Build the dialog; `start` shows it."""
        super().__init__(parent)
        self._context = context
        self._dataset_id = 0
        self._fields: dict[str, AnswerEdit] = {}
        self._inputs = QVBoxLayout()
        self._inputs.setSpacing(4)
        self._answer_title = label("", "section", self)
        self.answer = AnswerEdit(self, least=1, most=8)
        self.answer.submitted.connect(self._on_add)
        self.answer.given_up.connect(self.reject)
        self._notice = Notice("error", "", self)
        self._foot = DialogFoot(self)
        self._foot.accepted.connect(self._on_add)
        self._foot.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(GAP)
        layout.addLayout(self._inputs)
        for part in (self._answer_title, self.answer, self._notice, self._foot):
            layout.addWidget(part)
        self.setMinimumWidth(520)

    def start(self, dataset_id: int) -> None:
        """Show the dialog for a dataset; 0 makes one with the first record."""
        self._dataset_id = dataset_id
        self._notice.set_notice("info", "")
        self.setWindowTitle(self.tr("Add a record"))
        self._answer_title.setText(self.tr("Right answer"))
        self.answer.setAccessibleName(self.tr("Right answer of the new record"))
        self._foot.set_texts(
            self.tr("Add"), self.tr("Close"), self.tr("Add this record")
        )
        self._context.bridge.call(
            input_names, self._context.services, dataset_id, done=self._on_names
        )

    def _on_names(self, names: Sequence[str]) -> None:
        if tuple(names) != tuple(self._fields):
            self._build(names)
        self._clear()
        self.open()
        self._focus_first()

    def _build(self, names: Sequence[str]) -> None:
        while (item := self._inputs.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._fields = {name: self._field(name) for name in names}

    def _field(self, name: str) -> AnswerEdit:
        title = label(name, "section", self)
        field = AnswerEdit(self, least=3, most=8)
        field.setAccessibleName(self.tr("Input {name}").format(name=name))
        field.submitted.connect(self._on_add)
        field.given_up.connect(self.reject)
        self._inputs.addWidget(title)
        self._inputs.addWidget(field)
        QWidget.setTabOrder(field, self.answer)
        return field

    def _clear(self) -> None:
        for field in (*self._fields.values(), self.answer):
            field.clear()

    def _focus_first(self) -> None:
        for field in self._fields.values():
            field.setFocus()
            return

    def _on_add(self) -> None:
        values = {name: field.toPlainText() for name, field in self._fields.items()}
        self._context.bridge.call(
            add_record,
            self._context.services,
            self._dataset_id,
            self.tr("Records"),
            values,
            self.answer.toPlainText().strip(),
            done=self._on_added,
            failed=self._on_failed,
        )

    def _on_added(self, _: int) -> None:
        self._notice.set_notice("good", self.tr("Added. Type the next one, or close."))
        self._clear()
        self._focus_first()

    def _on_failed(self, error: WorkbenchError) -> None:
        self._notice.set_notice("error", phrase_error(error))
