import dataclasses
from collections.abc import Sequence

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QTableView
from pytestqt.qtbot import QtBot

from workbench.domain.errors import InputError
from workbench.ui.models.paged import PAGE, PagedTableModel


@dataclasses.dataclass(frozen=True)
class Row:
    id: int
    text: str


class Table(PagedTableModel[Row]):
    def __init__(self) -> None:
        self.asked: list[Sequence[int]] = []
        self.words: dict[int, str] = {}
        self.gone: set[int] = set()
        self.is_closed = False
        super().__init__(self.read, key=self.id_of)

    def read(self, ids: Sequence[int]) -> Sequence[Row]:
        self.asked.append(ids)
        if self.is_closed:
            raise InputError("project.none", "No project is open.")
        kept = [i for i in ids if i not in self.gone]
        return [Row(i, self.words.get(i, f"row {i}")) for i in kept]

    @staticmethod
    def id_of(row: Row) -> int:
        return row.id

    def heads(self) -> Sequence[str]:
        return ("Id", "Text")

    def cell(self, item: Row, column: int, role: int) -> object:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return (item.id, item.text)[column]


@pytest.fixture
def table(qapp: QApplication) -> Table:
    return Table()


def test_a_project_that_is_being_closed_is_painted_empty(table: Table) -> None:
    table.set_ids([1, 2])
    table.is_closed = True
    assert table.data(table.index(0, 1)) is None
    table.is_closed = False
    assert table.data(table.index(0, 1)) == "row 1"


def test_only_pages_that_are_looked_at_are_read(table: Table) -> None:
    table.set_ids(range(1000, 101_000))
    assert table.rowCount() == 100_000
    assert table.asked == []
    assert table.index(99_999, 1).data() == "row 100999"
    assert table.index(99_998, 0).data() == 100998
    assert [len(ids) for ids in table.asked] == [PAGE]


def test_view_paints_the_end_quickly(table: Table, qtbot: QtBot) -> None:
    table.set_ids(range(100_000))
    view = QTableView()
    view.setModel(table)
    view.resize(400, 300)
    view.show()
    view.scrollToBottom()
    view.grab()
    assert len(table.asked) <= 3


def test_rows_that_are_gone_are_blank(table: Table) -> None:
    table.gone = {2}
    table.set_ids([1, 2, 3])
    assert [table.index(row, 1).data() for row in range(3)] == ["row 1", None, "row 3"]


def test_refresh_reads_again_and_tells_what_changed(table: Table) -> None:
    table.set_ids(range(10))
    assert table.index(4, 1).data() == "row 4"
    table.words[4] = "new"
    told: list[tuple[int, int]] = []

    def changed(first: QModelIndex, last: QModelIndex) -> None:
        told.append((first.row(), last.row()))

    table.dataChanged.connect(changed)
    table.refresh([4, 5, 7, 999])
    assert told == [(4, 5), (7, 7)]
    assert table.index(4, 1).data() == "new"
    table.refresh()
    assert told[-1] == (0, 9)


def test_selection_follows_the_rows(table: Table, qtbot: QtBot) -> None:
    table.set_ids([10, 20, 30, 40])
    view = QTableView()
    view.setModel(table)
    view.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
    view.setCurrentIndex(table.index(2, 0))
    table.set_ids([40, 30, 10, 5, 6, 7])
    assert [table.id_at(i.row()) for i in view.selectionModel().selectedRows()] == [30]
    assert view.currentIndex().row() == 1
    table.set_ids([10])
    assert view.selectionModel().selectedRows() == []
    assert table.rowCount() == 1
    view.show()
    view.grab()


def test_rows_are_found_by_id(table: Table) -> None:
    table.set_ids([7, 9])
    assert table.row_of(9) == 1
    assert table.row_of(8) is None
    assert table.ids() == (7, 9)


def test_heads_are_those_of_the_columns(table: Table) -> None:
    across = Qt.Orientation.Horizontal
    assert [table.headerData(column, across) for column in range(3)] == [
        "Id",
        "Text",
        None,
    ]
    table.retranslate()


def test_model_keeps_qts_rules(table: Table) -> None:
    tester = QAbstractItemModelTester(
        table, QAbstractItemModelTester.FailureReportingMode.Warning
    )
    table.set_ids(range(500))
    table.set_ids(range(400, 100, -1))
    table.refresh([200])
    table.set_ids([])
    tester.deleteLater()
