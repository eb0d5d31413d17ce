"""What the dialog understood of the examples, in sentences."""

from PySide6.QtCore import QCoreApplication

from workbench.services.starter import WANTED, Block, Understood


class Own:
    """The context of these sentences: lupdate takes plurals up from a class only."""

    @staticmethod
    def tr(text: str, comment: str = "", number: int = -1) -> str:
        """Return a text in the language of the window."""
        return QCoreApplication.translate("Own", text, comment or None, number)


def count(understood: Understood) -> str:
    """Return how many examples there are, and what becomes of the other rows."""
    examples, questions = len(understood.examples), len(understood.questions)
    if not examples and not questions:
        return Own.tr("Nothing yet. Paste, type, or drop a file on the table.")
    parts = [Own.tr("%n example(s).", "", examples)]
    if questions == 1:
        parts.append(
            Own.tr("1 without an answer is left as a question to try in the Lab.")
        )
    elif questions:
        parts.append(
            Own.tr(
                "%n without an answer: the first is left as a question to try in the "
                "Lab, the others are not taken.",
                "",
                questions,
            )
        )
    if understood.repeated:
        parts.append(
            Own.tr("%n input(s) stand there more than once.", "", understood.repeated)
        )
    if 0 < examples < WANTED:
        parts.append(Own.tr("Ten are a good start, fewer will do."))
    # No blank after a Japanese full stop.
    return " ".join(parts).replace("。 ", "。")


def problem(understood: Understood) -> str:
    """Return what has to be mended in the table first, else nothing."""
    if understood.lonely:
        rows = ", ".join(str(row) for row in understood.lonely[:5])
        text = Own.tr("There is an answer but nothing that comes in: row {rows}.")
        return text.format(rows=rows)
    if not understood.examples:
        return Own.tr("At least one example with its right answer is needed.")
    return ""


def not_text() -> str:
    """Return why a file was not taken, and what to do."""
    return Own.tr(
        "This file is no table of text, so nothing was taken from it. In your "
        "spreadsheet program save the sheet as CSV, or copy its cells and paste them."
    )


def nothing_to_paste() -> str:
    """Return why pasting did nothing, and what to do."""
    return Own.tr(
        "There is no text to paste. Copy two columns in your spreadsheet program first."
    )


def left_out(block: Block | None) -> str:
    """Return which rows of a file could not be read, else nothing."""
    if block is None:
        return ""
    from workbench.ui.data.phrases import row_problem

    bad = [problem for problem in block.problems if problem.rejected and problem.row]
    if not bad:
        whole = [p for p in block.problems if p.rejected and not p.row]
        return row_problem(whole[0]) if whole else ""
    first = bad[0]
    text = Own.tr("%n row(s) could not be read", "", len(bad))
    more = Own.tr("first row {row}: {reason}")
    return f"{text} – " + more.format(row=first.row, reason=row_problem(first))
