"""What can be wrong with a row of a file."""

from dataclasses import dataclass
from enum import StrEnum


class ProblemCode(StrEnum):
    """Why a row, a column or a whole file needs attention."""

    # Tables
    EMPTY_FILE = "empty_file"
    EMPTY_ROW = "empty_row"
    TOO_FEW_CELLS = "too_few_cells"
    TOO_MANY_CELLS = "too_many_cells"
    BAD_QUOTES = "bad_quotes"
    UNDECODABLE = "undecodable"
    EMPTY_COLUMN_NAME = "empty_column_name"
    REPEATED_COLUMN_NAME = "repeated_column_name"
    # JSON
    NOT_JSON = "not_json"
    NOT_AN_OBJECT = "not_an_object"
    REPEATED_KEY = "repeated_key"
    LOOKS_LIKE_CSV = "looks_like_csv"
    UNKNOWN_DIALECT = "unknown_dialect"
    # Conversations
    NO_INPUT = "no_input"
    NO_ANSWER = "no_answer"
    EMPTY_MESSAGE = "empty_message"
    UNKNOWN_ROLE = "unknown_role"
    ROLES_DO_NOT_ALTERNATE = "roles_do_not_alternate"
    UNSUPPORTED_CONTENT = "unsupported_content"


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding.

    Attributes:
        row: row as a spreadsheet counts, from 1 with the header; 0 = the whole file.
            In JSON Lines it is the line.
        line: line of the file on which the row starts, from 1; differs from ``row``
            after a cell with line breaks.
        code: what is wrong.
        detail: data for the message (counts, a name, the parser's words), or empty.
        rejected: whether the row is left out of the result.
        cells: the row as it could be read, so that nothing is lost.
    """

    row: int
    line: int
    code: ProblemCode
    detail: str = ""
    rejected: bool = True
    cells: tuple[str, ...] = ()
