"""The sentences of the compare page, from verdicts and figures.

Sentences are whole, never glued from halves: Japanese orders them otherwise. The
headline is rich text whose only variable parts are figures of our own.
"""

from PySide6.QtCore import QCoreApplication

from workbench.domain.comparisons import AdapterProof, CandidateRole
from workbench.services.compare_result import ACCURACY, CHARACTER_F1, EXACT_MATCH
from workbench.ui.compare import figures
from workbench.ui.compare.verdict import Length, Outcome, Verdict


def role(value: CandidateRole) -> str:
    """Return the word for a candidate."""
    match value:
        case CandidateRole.BASE:
            return QCoreApplication.translate("Compare", "base")
        case CandidateRole.FEW_SHOT:
            return QCoreApplication.translate("Compare", "base with examples")
        case CandidateRole.TUNED:
            return QCoreApplication.translate("Compare", "tuned")


def column(value: CandidateRole) -> str:
    """Return the word for a candidate at the head of a narrow column."""
    if value is CandidateRole.FEW_SHOT:
        return QCoreApplication.translate("Compare", "examples")
    if value is CandidateRole.TUNED:
        return QCoreApplication.translate("Compare", "tuned", "head of a column")
    return role(value)


def mark(value: CandidateRole) -> str:
    """Return the sign that stands for a candidate's fill beside its colour."""
    match value:
        case CandidateRole.BASE:
            return "■"
        case CandidateRole.FEW_SHOT:
            return "□"
        case CandidateRole.TUNED:
            return "▨"


def token(value: CandidateRole) -> str:
    """Return the name of a candidate's colour, the same in every chart and table."""
    match value:
        case CandidateRole.BASE:
            return "base"
        case CandidateRole.FEW_SHOT:
            return "reference"
        case CandidateRole.TUNED:
            return "tuned"


def metric(name: str) -> str:
    """Return the short name of a metric; its full name belongs into the tooltip."""
    if name == EXACT_MATCH:
        return QCoreApplication.translate("Compare", "Exact match")
    if name == CHARACTER_F1:
        return QCoreApplication.translate("Compare", "Character F1")
    if name == ACCURACY:
        return QCoreApplication.translate("Compare", "Right label")
    return name


def headline(verdict: Verdict, muted: str) -> str:
    """Return the headline as rich text.

    Args:
        verdict: what may be said.
        muted: colour of the interval, as ``#rrggbb``.
    """
    values = {
        "points": figures.points(verdict.difference or 0.0),
        "interval": _muted(figures.interval(verdict.low, verdict.high), muted),
        "share": figures.percent(verdict.length_change),
        "records": verdict.records,
        "answered": verdict.answered,
        "total": verdict.total,
        "range": figures.detectable(*verdict.detectable),
    }
    text = _template(verdict).format(**values)
    return " ".join(text.split()).replace(" ;", ";").replace(" .", ".")


def plain(rich: str) -> str:
    """Return our own rich text without its tags, for accessibility and files."""
    parts = rich.replace(">", "<").split("<")
    return "".join(parts[::2])


def _muted(text: str, colour: str) -> str:
    return f'<span style="color:{colour}">{text}</span>' if text else ""


def _template(verdict: Verdict) -> str:
    match verdict.outcome:
        case Outcome.INCOMPLETE:
            return QCoreApplication.translate(
                "Compare",
                "<b>{answered} of {total}</b> answers are there. "
                "The result is told when all are.",
            )
        case Outcome.NO_RECORDS:
            return QCoreApplication.translate(
                "Compare", "No record was answered by both, so there is no result."
            )
        case Outcome.TOO_FEW_RECORDS:
            return QCoreApplication.translate(
                "Compare", "Too few records to tell: both answered only {records}."
            )
        case Outcome.TOO_FEW_DOCUMENTS:
            return QCoreApplication.translate(
                "Compare",
                "Too few groups of records to tell a difference from chance.",
            )
        case Outcome.BETTER if verdict.is_share:
            return _better(verdict.length)
        case Outcome.BETTER:
            return _higher(verdict.length)
        case Outcome.WORSE if verdict.is_share:
            return _worse(verdict.length)
        case Outcome.WORSE:
            return _lower(verdict.length)
        case Outcome.NOT_SHOWN:
            if not verdict.is_share:
                return _alike(verdict.length)
            if not figures.detectable(*verdict.detectable):
                return _out_of_reach(verdict.length)
            return _not_shown(verdict.length)


def _better(length: Length) -> str:
    match length:
        case Length.SHORTER:
            return QCoreApplication.translate(
                "Compare",
                "Tuned is right <b>{points} points</b> more often {interval}; "
                "its answers are <b>{share} % shorter</b>.",
            )
        case Length.LONGER:
            return QCoreApplication.translate(
                "Compare",
                "Tuned is right <b>{points} points</b> more often {interval}; "
                "its answers are <b>{share} % longer</b>.",
            )
        case Length.NOT_SHOWN:
            return QCoreApplication.translate(
                "Compare",
                "Tuned is right <b>{points} points</b> more often {interval}.",
            )


def _worse(length: Length) -> str:
    match length:
        case Length.SHORTER:
            return QCoreApplication.translate(
                "Compare",
                "Tuned is right <b>{points} points</b> less often {interval}; "
                "its answers are <b>{share} % shorter</b>.",
            )
        case Length.LONGER:
            return QCoreApplication.translate(
                "Compare",
                "Tuned is right <b>{points} points</b> less often {interval}; "
                "its answers are <b>{share} % longer</b>.",
            )
        case Length.NOT_SHOWN:
            return QCoreApplication.translate(
                "Compare",
                "Tuned is right <b>{points} points</b> less often {interval}.",
            )


def _higher(length: Length) -> str:
    match length:
        case Length.SHORTER:
            return QCoreApplication.translate(
                "Compare",
                "Tuned scores <b>{points} points</b> higher in character F1 "
                "{interval}; its answers are <b>{share} % shorter</b>.",
            )
        case Length.LONGER:
            return QCoreApplication.translate(
                "Compare",
                "Tuned scores <b>{points} points</b> higher in character F1 "
                "{interval}; its answers are <b>{share} % longer</b>.",
            )
        case Length.NOT_SHOWN:
            return QCoreApplication.translate(
                "Compare",
                "Tuned scores <b>{points} points</b> higher in character F1 "
                "{interval}.",
            )


def _lower(length: Length) -> str:
    match length:
        case Length.SHORTER:
            return QCoreApplication.translate(
                "Compare",
                "Tuned scores <b>{points} points</b> lower in character F1 "
                "{interval}; its answers are <b>{share} % shorter</b>.",
            )
        case Length.LONGER:
            return QCoreApplication.translate(
                "Compare",
                "Tuned scores <b>{points} points</b> lower in character F1 "
                "{interval}; its answers are <b>{share} % longer</b>.",
            )
        case Length.NOT_SHOWN:
            return QCoreApplication.translate(
                "Compare",
                "Tuned scores <b>{points} points</b> lower in character F1 {interval}.",
            )


def _alike(length: Length) -> str:
    match length:
        case Length.SHORTER:
            return QCoreApplication.translate(
                "Compare",
                "<b>No difference shown</b> in character F1 on {records} records. "
                "Tuned answers are <b>{share} % shorter</b>.",
            )
        case Length.LONGER:
            return QCoreApplication.translate(
                "Compare",
                "<b>No difference shown</b> in character F1 on {records} records. "
                "Tuned answers are <b>{share} % longer</b>.",
            )
        case Length.NOT_SHOWN:
            return QCoreApplication.translate(
                "Compare",
                "<b>No difference shown</b> in character F1 on {records} records.",
            )


def _not_shown(length: Length) -> str:
    match length:
        case Length.SHORTER:
            return QCoreApplication.translate(
                "Compare",
                "<b>No difference shown</b> in right answers: n = {records} can show "
                "about {range} points or more. Tuned answers are "
                "<b>{share} % shorter</b>.",
            )
        case Length.LONGER:
            return QCoreApplication.translate(
                "Compare",
                "<b>No difference shown</b> in right answers: n = {records} can show "
                "about {range} points or more. Tuned answers are "
                "<b>{share} % longer</b>.",
            )
        case Length.NOT_SHOWN:
            return QCoreApplication.translate(
                "Compare",
                "<b>No difference shown</b>: n = {records} can show differences of "
                "about {range} points or more.",
            )


def _out_of_reach(length: Length) -> str:
    match length:
        case Length.SHORTER:
            return QCoreApplication.translate(
                "Compare",
                "<b>No difference shown</b>: n = {records} is too few to show one. "
                "Tuned answers are <b>{share} % shorter</b>.",
            )
        case Length.LONGER:
            return QCoreApplication.translate(
                "Compare",
                "<b>No difference shown</b>: n = {records} is too few to show one. "
                "Tuned answers are <b>{share} % longer</b>.",
            )
        case Length.NOT_SHOWN:
            return QCoreApplication.translate(
                "Compare",
                "<b>No difference shown</b>: n = {records} is too few to show one.",
            )


def against_examples(verdict: Verdict, shots: int) -> str:
    """Return one sentence on tuned against the base with examples in the prompt."""
    values = {
        "shots": shots,
        "points": figures.points(verdict.difference or 0.0),
        "interval": figures.interval(verdict.low, verdict.high),
    }
    match verdict.outcome:
        case Outcome.BETTER if not verdict.is_share:
            text = QCoreApplication.translate(
                "Compare",
                "Against the base with {shots} examples in the prompt, tuned scores "
                "{points} points higher in character F1 {interval}.",
            )
        case Outcome.WORSE if not verdict.is_share:
            text = QCoreApplication.translate(
                "Compare",
                "Against the base with {shots} examples in the prompt, tuned scores "
                "{points} points lower in character F1 {interval}.",
            )
        case Outcome.BETTER:
            text = QCoreApplication.translate(
                "Compare",
                "Against the base with {shots} examples in the prompt, tuned is right "
                "{points} points more often {interval}.",
            )
        case Outcome.WORSE:
            text = QCoreApplication.translate(
                "Compare",
                "Against the base with {shots} examples in the prompt, tuned is right "
                "{points} points less often {interval}.",
            )
        case Outcome.NOT_SHOWN:
            text = QCoreApplication.translate(
                "Compare",
                "Against the base with {shots} examples in the prompt, no difference "
                "is shown.",
            )
        case _:
            return ""
    return " ".join(text.format(**values).split()).replace(" .", ".")


def power(records: int, low: float | None, high: float | None) -> str:
    """Return what this number of records can show."""
    range_ = figures.detectable(low, high)
    if not range_:
        return QCoreApplication.translate(
            "Compare", "{records} records can show large differences only."
        ).format(records=records)
    return QCoreApplication.translate(
        "Compare",
        "{records} records can show differences of about {range} points or more.",
    ).format(records=records, range=range_)


def looks(count: int) -> str:
    """Return how often this test part was looked at; empty for the first time."""
    if count <= 1:
        return ""
    return QCoreApplication.translate(
        "Compare",
        "Results on this test were looked at {count} times: every look makes a chance "
        "difference likelier.",
    ).format(count=count)


def excluded(count: int) -> str:
    """Return how many records are left out; empty when none is."""
    if not count:
        return ""
    return QCoreApplication.translate(
        "Compare", "Left out because an answer failed: {count}."
    ).format(count=count)


def p_hint() -> str:
    """Return what a p-value says, for its tooltip."""
    return QCoreApplication.translate(
        "Compare",
        "p: how often chance alone would make a difference at least this large, if "
        "tuning changed nothing. Below .05 chance is taken as ruled out.",
    )


def proof(value: AdapterProof | None) -> str:
    """Return the badge that tells whether the adapter was proven on and off."""
    if value is None:
        return QCoreApplication.translate("Compare", "adapter not proven yet")
    return QCoreApplication.translate(
        "Compare", "adapter proven on {on} off {off}"
    ).format(
        on="✓" if value.on_differs else "✗", off="✓" if value.off_equals_base else "✗"
    )


def start(records: int, candidates: int) -> str:
    """Return the label of the button that starts a comparison."""
    return QCoreApplication.translate(
        "Compare",
        "Compare on {records} test records {dash} {candidates} candidates, "
        "{answers} answers",
    ).format(
        records=records,
        dash=figures.DASH,
        candidates=candidates,
        answers=records * candidates,
    )


def go_on(missing: int) -> str:
    """Return the label of the button that asks for the missing answers."""
    return QCoreApplication.translate(
        "Compare", "Go on: {missing} answers missing"
    ).format(missing=missing)


def metric_hint(name: str) -> str:
    """Return the full name of a metric and what it counts, for its tooltip."""
    if name == ACCURACY:
        return QCoreApplication.translate(
            "Compare",
            "accuracy: share of answers that name the right label; an answer that "
            "names none of the labels, or several, is wrong.",
        )
    if name == EXACT_MATCH:
        return QCoreApplication.translate(
            "Compare",
            "jsquad_em (JGLUE): share of answers that are the reference, character by "
            "character.",
        )
    if name == CHARACTER_F1:
        return QCoreApplication.translate(
            "Compare",
            "jsquad_char_f1 (JGLUE): how many characters answer and reference share, "
            "0 to 100.",
        )
    return name
