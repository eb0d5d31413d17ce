"""The versions of the prompt as a table: number, name and what each gave."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractTableModel,
    QDateTime,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from workbench.services.prompts import VersionResults, VersionSummary

Index = QModelIndex | QPersistentModelIndex
NUMBER, NAME, PASSED, TRIALS, TOKENS, CREATED = range(6)
_NUMBERS = frozenset({PASSED, TRIALS, TOKENS})
_NO_PARENT = QModelIndex()


class VersionsModel(QAbstractTableModel):
    """Shows `VersionSummary` rows, newest first."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Start without versions."""
        super().__init__(parent)
        self.rows: tuple[VersionSummary, ...] = ()

    def set_rows(self, rows: Sequence[VersionSummary]) -> None:
        """Show these versions; the selection stays when they are the same ones."""
        same = [r.version.id for r in rows] == [r.version.id for r in self.rows]
        if same and rows:
            self.rows = tuple(rows)
            last = self.index(len(rows) - 1, CREATED)
            self.dataChanged.emit(self.index(0, 0), last)
            return
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def row_of(self, version_id: int) -> int:
        """Return the row of a version, or -1."""
        for row, summary in enumerate(self.rows):
            if summary.version.id == version_id:
                return row
        return -1

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """Return the number of versions."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else CREATED + 1

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Return the head of a column."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(section)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        heads = (
            self.tr("Version"),
            self.tr("Name"),
            self.tr("As it should be"),
            self.tr("Trials"),
            self.tr("Tokens an answer"),
            self.tr("First run"),
        )
        return heads[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a cell holds."""
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(index.column())
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        summary = self.rows[index.row()]
        version, results = summary.version, summary.results
        texts = (
            f"v{version.number}",
            version.name,
            passed(results),
            QLocale().toString(results.trials),
            mean_tokens(results),
            _moment(version.created),
        )
        return texts[index.column()]


def passed(results: VersionResults) -> str:
    """Return the share of checked answers that passed, of how many."""
    rate = results.pass_rate
    if rate is None:
        return "–"
    return f"{round(rate * 100)} % ({results.passed}/{results.checked})"


def mean_tokens(results: VersionResults) -> str:
    """Return the mean length of an answer."""
    if not results.answered:
        return "–"
    return QLocale().toString(results.output_tokens / results.answered, "f", 1)


def _moment(created: str) -> str:
    when = QDateTime.fromString(created, Qt.DateFormat.ISODate)
    return QLocale().toString(when.toLocalTime(), QLocale.FormatType.ShortFormat)


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight
    if column not in _NUMBERS:
        side = Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
