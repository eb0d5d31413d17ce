"""Sentences about records, files and parts of a dataset."""

from PySide6.QtCore import QCoreApplication, QLocale

from workbench.domain.datasets import Split, SplitCounts
from workbench.formats.problems import ProblemCode
from workbench.services.data import Findings
from workbench.services.imports import RowProblem
from workbench.ui.lab import phrases


class Records:
    """The context of these sentences, under its name: see `shell.phrases.Phrases`."""

    @staticmethod
    def tr(text: str, comment: str = "", n: int = -1) -> str:
        """Return a sentence in the reader's language, in the form for this number."""
        return QCoreApplication.translate("Records", text, comment, n)


def part(value: Split) -> str:
    """Return the word for a part of a dataset."""
    match value:
        case Split.NONE:
            return QCoreApplication.translate("Records", "not divided yet")
        case Split.TRAIN:
            return QCoreApplication.translate("Records", "Training")
        case Split.VALIDATION:
            return QCoreApplication.translate("Records", "Validation")
        case Split.TEST:
            return QCoreApplication.translate("Records", "Set aside for the test")


def parts(counts: SplitCounts) -> str:
    """Return how many records each part has, in one line."""
    if counts.train + counts.validation + counts.test == 0:
        return QCoreApplication.translate(
            "Records", "Nothing is set aside for the test yet."
        )
    text = QCoreApplication.translate(
        "Records", "{train} training · {validation} validation · {test} for the test"
    )
    line = text.format(
        train=counts.train, validation=counts.validation, test=counts.test
    )
    if not counts.none:
        return line
    more = QCoreApplication.translate("Records", "{none} not divided")
    return line + " · " + more.format(none=counts.none)


def finding(findings: Findings) -> str:
    """Say what is to be looked at in a dataset, the worst first."""
    found: list[str] = []
    if n := findings.across_splits:
        found.append(
            Records.tr("%n input(s) in two parts: the test would be unfair.", "", n)
        )
    if n := findings.conflicts:
        found.append(Records.tr("%n input(s) with different right answers.", "", n))
    if n := findings.near:
        found.append(
            Records.tr("%n input(s) of different parts are almost the same.", "", n)
        )
    if n := len(findings.problems):
        found.append(Records.tr("%n right answer(s) not in the agreed form.", "", n))
    if n := findings.duplicates:
        found.append(Records.tr("%n repeated input(s).", "", n))
    return " ".join(found)


def row_problem(problem: RowProblem) -> str:
    """Say why a row of a file was left out, or needs a look."""
    sentences = {
        ProblemCode.EMPTY_FILE: QCoreApplication.translate(
            "Records", "The file is empty."
        ),
        ProblemCode.EMPTY_ROW: QCoreApplication.translate("Records", "Empty row."),
        ProblemCode.TOO_FEW_CELLS: QCoreApplication.translate(
            "Records", "Too few cells: {detail}."
        ),
        ProblemCode.TOO_MANY_CELLS: QCoreApplication.translate(
            "Records", "Too many cells: {detail}."
        ),
        ProblemCode.BAD_QUOTES: QCoreApplication.translate(
            "Records", "A quotation mark is not closed."
        ),
        ProblemCode.UNDECODABLE: QCoreApplication.translate(
            "Records", "Some letters cannot be read in this file's encoding."
        ),
        ProblemCode.EMPTY_COLUMN_NAME: QCoreApplication.translate(
            "Records", "A column has no name."
        ),
        ProblemCode.REPEATED_COLUMN_NAME: QCoreApplication.translate(
            "Records", "Two columns have the name “{detail}”."
        ),
        ProblemCode.NOT_JSON: QCoreApplication.translate(
            "Records", "Not JSON: {detail}"
        ),
        ProblemCode.NOT_AN_OBJECT: QCoreApplication.translate(
            "Records", "Not a JSON object."
        ),
        ProblemCode.REPEATED_KEY: QCoreApplication.translate(
            "Records", "The key “{detail}” stands there twice."
        ),
        ProblemCode.LOOKS_LIKE_CSV: QCoreApplication.translate(
            "Records", "This looks like a table, not like JSON lines."
        ),
        ProblemCode.UNKNOWN_DIALECT: QCoreApplication.translate(
            "Records", "No known form of record."
        ),
        ProblemCode.NO_INPUT: QCoreApplication.translate("Records", "No input."),
        ProblemCode.NO_ANSWER: QCoreApplication.translate(
            "Records", "No right answer."
        ),
        ProblemCode.EMPTY_MESSAGE: QCoreApplication.translate(
            "Records", "A message is empty."
        ),
        ProblemCode.UNKNOWN_ROLE: QCoreApplication.translate(
            "Records", "Unknown role “{detail}”."
        ),
        ProblemCode.ROLES_DO_NOT_ALTERNATE: QCoreApplication.translate(
            "Records", "Question and answer do not take turns."
        ),
        ProblemCode.UNSUPPORTED_CONTENT: QCoreApplication.translate(
            "Records", "Something other than text: {detail}."
        ),
    }
    sentence = next((s for code, s in sentences.items() if code == problem.code), "")
    if not sentence:
        return phrases.problem(problem.code, problem.detail)
    return sentence.replace("{detail}", problem.detail)


def points(share: float) -> str:
    """Return a share as percentage points."""
    return QLocale().toString(share * 100, "f", 0)


def detectable(records: int, low: float | None, high: float | None) -> str:
    """Say which differences a test of this size can show; None is out of reach."""
    if low is None:
        text = QCoreApplication.translate(
            "Records", "{records} test records can show large differences only."
        )
        return text.format(records=records)
    if high is None:
        text = QCoreApplication.translate(
            "Records",
            "With {records} test records you can see differences of about {low} points "
            "or more at best, and often not even those.",
        )
        return text.format(records=records, low=points(low))
    text = QCoreApplication.translate(
        "Records",
        "With {records} test records you can see differences of about {low}–{high} "
        "points or more.",
    )
    return text.format(records=records, low=points(low), high=points(high))
