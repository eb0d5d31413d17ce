"""Bring ten of your own examples: a table, a name, and a project to go on with."""

import dataclasses
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QGuiApplication,
)
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from workbench.domain.errors import WorkbenchError
from workbench.services.starter import (
    VARIABLE,
    Beginning,
    Block,
    Pair,
    Understood,
    guess_card,
    read_file,
    read_pasted,
    understand,
)
from workbench.ui.data.dialog_foot import DialogFoot
from workbench.ui.lab.parts import GAP
from workbench.ui.own import words
from workbench.ui.own.rows_model import ANSWER, INPUT, RowsModel
from workbench.ui.own.rows_table import RowsTable
from workbench.ui.own.source_bar import SourceBar
from workbench.ui.shell.context import Context
from workbench.ui.shell.phrases import phrase_error
from workbench.ui.shell.project_place import ProjectPlace
from workbench.ui.shell.question import Question
from workbench.ui.shell.task_card_editor import TaskCardEditor
from workbench.ui.widgets.buttons import plain_button, quiet_button
from workbench.ui.widgets.lines import horizontal_line
from workbench.ui.widgets.notice import Notice
from workbench.ui.widgets.section_label import label

_WIDTH, _HEIGHT = 820, 760


class OwnExamplesDialog(QDialog):
    """Takes examples however they come, and makes a project of them."""

    making = Signal()
    """The project is about to be made; the open one will be left."""
    failed = Signal()

    def __init__(self, context: Context, parent: QWidget) -> None:
        """Show an empty table."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAcceptDrops(True)
        self._context = context
        self._block: Block | None = None
        # Where the rows are from, and what is being read: it may be unreadable.
        self._origin: Path | str = ""
        self._wanted: Path | str = ""
        self._start = self._length = 0
        self._variable = VARIABLE
        self._card_is_own = self._is_guessing = False
        self._is_making = self._may_leave = False
        self._model = RowsModel(self)
        self._table = RowsTable(self._model, self)
        self._paste = plain_button("", self)
        self._file = plain_button("", self)
        self._remove = quiet_button("", self)
        self._source = SourceBar(self)
        self._count = label("", parent=self, wrap=True)
        self._bad_rows = Notice("warning", "", self)
        self._bad_rows.hide()
        self._place = ProjectPlace(self)
        self._task = TaskCardEditor(self, brief=True)
        self._problem = Notice("info", "", self)
        self._foot = DialogFoot(self)
        self._say()
        self._lay_out()
        self._connect()
        self.resize(_WIDTH, min(_HEIGHT, self.screen().availableSize().height() - 80))
        self._on_rows()
        self._table.setFocus()

    def _say(self) -> None:
        title = self.tr("Bring ten of your own examples")
        self.setWindowTitle(title)
        self._head = label(title, "title", self)
        self._intro = label(
            self.tr(
                "On the left what comes in, on the right the answer you would give. "
                "Copy two columns from a spreadsheet and paste them here."
            ),
            "secondary",
            self,
            wrap=True,
        )
        self._table.setAccessibleName(self.tr("Your examples"))
        self._model.set_heads((self.tr("What comes in"), self.tr("The right answer")))
        self._paste.setText(self.tr("Paste"))
        self._paste.setAccessibleName(self.tr("Paste examples"))
        self._file.setText(self.tr("From a file…"))
        self._file.setAccessibleName(self.tr("Examples from a file"))
        self._file.setToolTip(self.tr("CSV or TSV; it can also be dropped here"))
        self._remove.setText(self.tr("Remove rows"))
        self._problem.setAccessibleName(self.tr("What is missing"))
        self._foot.set_texts(
            self.tr("Make the project"), self.tr("Cancel"), self.tr("Make my project")
        )

    def _lay_out(self) -> None:
        ways = QHBoxLayout()
        ways.setSpacing(8)
        for button in (self._paste, self._file):
            ways.addWidget(button)
        ways.addStretch(1)
        ways.addWidget(self._remove)
        # The foot's buttons stand below a gap of their own.
        missing = QVBoxLayout()
        missing.addSpacing(GAP + 2)
        missing.addWidget(self._problem)
        missing.addStretch(1)
        foot = QHBoxLayout()
        foot.addLayout(missing, 1)
        foot.addStretch(0)
        foot.addWidget(self._foot)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(8)
        column.addWidget(self._head)
        column.addWidget(self._intro)
        column.addLayout(ways)
        column.addWidget(self._source)
        column.addWidget(self._table, 1)
        column.addWidget(self._count)
        column.addWidget(self._bad_rows)
        column.addSpacing(4)
        column.addWidget(horizontal_line(self))
        column.addSpacing(4)
        column.addWidget(self._task)
        column.addWidget(self._place)
        column.addLayout(foot)

    def _connect(self) -> None:
        self._table.pasted.connect(self.take_text)
        self._paste.clicked.connect(self._on_paste)
        self._file.clicked.connect(self._on_file)
        self._remove.clicked.connect(self._on_remove)
        self._source.columns_chosen.connect(self._on_columns)
        self._source.header_chosen.connect(self._on_header)
        self._model.edited.connect(self._on_edited)
        self._model.changed.connect(self._on_rows)
        self._task.changed.connect(self._on_task)
        self._place.changed.connect(self._check)
        self._foot.accepted.connect(self._on_accept)
        self._foot.rejected.connect(self.reject)

    # ------------------------------------------------------------ reading

    def _on_paste(self) -> None:
        self.take_text(QGuiApplication.clipboard().text())

    def take_text(self, text: str) -> None:
        """Read cells of a spreadsheet into the table."""
        if text.strip():
            self._read(text)
        else:
            self._bad_rows.set_notice("info", words.nothing_to_paste())

    def _on_file(self) -> None:
        dialog = QFileDialog(self, self.tr("Choose a file with your examples"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters(
            [self.tr("Tables (*.csv *.tsv *.txt)"), self.tr("All files (*)")]
        )
        dialog.fileSelected.connect(self._on_selected)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_selected(self, name: str) -> None:
        self._read(Path(name))

    def _read(self, origin: Path | str, header: bool | None = None) -> None:
        self._table.finish_editing()
        self._wanted = origin
        reader = read_file if isinstance(origin, Path) else read_pasted
        done = self._on_block if header is None else self._put
        self._context.bridge.call(
            reader, origin, header, done=done, failed=self._on_unreadable
        )

    def _on_block(self, block: Block) -> None:
        if not block.is_text:
            self._bad_rows.set_notice("error", words.not_text())
            return
        self._origin = self._wanted
        index = self._table.currentIndex()
        pairs = block.pairs()
        row = max(0, index.row())
        is_answers = len(block.columns) == 1 and index.column() == ANSWER
        if is_answers and self._model.can_take_answers(len(pairs), row):
            self._show_block(None)
            self._model.put_answers([pair.input for pair in pairs], row)
            return
        self._start = self._model.room_for(len(pairs), row)
        self._length = 0
        self._put(block)

    def _on_unreadable(self, error: WorkbenchError) -> None:
        self._bad_rows.set_notice("error", phrase_error(error))

    def _on_columns(self, input_column: int, answer_column: int) -> None:
        if self._block is not None:
            self._put(
                dataclasses.replace(
                    self._block, input_column=input_column, answer_column=answer_column
                )
            )

    def _on_header(self, on: bool) -> None:
        self._read(self._origin, on)

    def _put(self, block: Block) -> None:
        """Put what was read in place of what the same source gave before."""
        pairs: tuple[Pair, ...] = block.pairs()
        start, length = self._start, self._length
        self._length = len(pairs)
        self._variable = block.variable
        self._show_block(block)
        self._model.put(pairs, start, length)
        self._table.stand_on(start, INPUT)
        self._table.setFocus()

    def _show_block(self, block: Block | None) -> None:
        self._block = block
        self._source.show_block(block)
        self._bad_rows.set_notice("warning", words.left_out(block))

    # ------------------------------------------------------------ showing

    def _on_edited(self) -> None:
        # From here on reading it again would undo what was typed.
        self._source.show_block(None)

    def _on_remove(self) -> None:
        self._model.remove(self._table.chosen_rows())

    def _on_rows(self) -> None:
        understood = self.understood()
        self._count.setText(words.count(understood))
        if not self._card_is_own:
            answers = [pair.answer for pair in understood.examples]
            self._is_guessing = True
            self._task.set_card(guess_card(answers))
            self._is_guessing = False
        self._check()

    def _on_task(self) -> None:
        if not self._is_guessing:
            self._card_is_own = True
        self._check()

    def understood(self) -> Understood:
        """Return what the table amounts to."""
        return understand(self._model.pairs)

    def _check(self) -> None:
        problem = (
            words.problem(self.understood())
            or self._task.problem()
            or self._place.problem()
        )
        self._problem.set_notice("info", problem)
        self._problem.set_beside_button(beside=True)
        self._foot.accept_button.setEnabled(not problem and not self._is_making)

    # ------------------------------------------------------------ making

    def _on_accept(self) -> None:
        self._table.finish_editing()
        path = self._place.path()
        if path is None or not self._foot.accept_button.isEnabled():
            return
        self._is_making = True
        self._check()
        self.making.emit()
        source = self._origin.name if isinstance(self._origin, Path) else "typed"
        beginning = Beginning(
            self.understood(), self.tr("My examples"), self._variable, source
        )
        self._context.bridge.call(
            self._context.services.starter.create,
            path,
            self._place.name(),
            self._task.card(),
            beginning,
            done=self._on_made,
            failed=self._on_failed,
        )

    # ------------------------------------------------------------ leaving

    def reject(self) -> None:
        """Ask before examples are thrown away: Escape is quickly pressed."""
        is_empty = all(pair.is_blank for pair in self._model.pairs)
        if self._may_leave or is_empty:
            super().reject()
            return
        question = Question(
            self.tr("Throw these examples away?"),
            (
                ("stay", self.tr("Go on editing")),
                ("leave", self.tr("Throw them away")),
            ),
            self,
            self.tr("No project has been made of them yet."),
        )
        question.answered.connect(self._on_leaving)
        question.open()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask a person only: who closes it from the program means it."""
        if not event.spontaneous():
            self._may_leave = True
        super().closeEvent(event)

    def _on_leaving(self, answer: str) -> None:
        if answer == "leave":
            self._may_leave = True
            self.reject()

    # ------------------------------------------------------------ made

    def _on_made(self, nothing: None) -> None:
        del nothing
        self.accept()

    def _on_failed(self, error: WorkbenchError) -> None:
        self._is_making = False
        self.failed.emit()
        self._check()
        self._problem.set_notice("error", phrase_error(error))

    # ------------------------------------------------------------ dropping

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Welcome a file."""
        if _path(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Welcome it everywhere in the dialog."""
        event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Read the file."""
        path = _path(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            self._read(path)


def _path(data: QMimeData) -> Path | None:
    urls = (url for url in data.urls() if url.isLocalFile())
    return next((Path(url.toLocalFile()) for url in urls), None)
