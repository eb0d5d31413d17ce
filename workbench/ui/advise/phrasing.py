"""The two sentences of the advise page."""

from PySide6.QtCore import QCoreApplication

from workbench.domain.comparisons import CandidateRole
from workbench.services.compare_result import CHARACTER_F1
from workbench.ui.advise.reading import Reading
from workbench.ui.compare import figures
from workbench.ui.compare.verdict import Outcome


def answer(reading: Reading) -> str:
    """Return whether tuning pays, as one sentence with its reason."""
    advice = reading.advice
    difference = advice.difference
    values = {
        "points": figures.points(difference.difference or 0.0) if difference else "",
        "interval": figures.interval(difference.low, difference.high)
        if difference
        else "",
        "shots": advice.shots,
        "trained": advice.training_records,
        "records": reading.records,
    }
    if advice.metric != CHARACTER_F1:
        pick = _against_examples if advice.against_examples else _against_base
    else:
        pick = _scored_examples if advice.against_examples else _scored_base
    text = pick(reading.outcome).format(**values)
    return " ".join(text.split()).replace(" .", ".")


def price(reading: Reading) -> str:
    """Return what a call takes with examples and after tuning, as one sentence."""
    tokens = reading.advice.tokens_a_call
    few = tokens.get(CandidateRole.FEW_SHOT, tokens.get(CandidateRole.BASE))
    tuned = tokens.get(CandidateRole.TUNED)
    if few is None or tuned is None or not few:
        return ""
    values = {
        "few": figures.tokens(few),
        "tuned": figures.tokens(tuned),
        "share": figures.percent(tuned / few - 1),
    }
    if CandidateRole.FEW_SHOT in tokens and tuned < few:
        text = QCoreApplication.translate(
            "Advise",
            "A call takes {tuned} tokens after tuning and {few} with the examples: "
            "{share} % fewer.",
        )
    elif tuned < few:
        text = QCoreApplication.translate(
            "Advise",
            "A call takes {tuned} tokens after tuning and {few} before: {share} % "
            "fewer.",
        )
    else:
        text = QCoreApplication.translate(
            "Advise",
            "A call takes {tuned} tokens after tuning and {few} before: tuning saves "
            "none.",
        )
    return text.format(**values)


def chart_head(reading: Reading | None) -> str:
    """Return what the bars of the chart are."""
    if reading is None or reading.advice.metric != CHARACTER_F1:
        return QCoreApplication.translate("Advise", "Right answers of 100")
    return QCoreApplication.translate("Advise", "Character F1, 0 to 100")


def tokens_a_call(value: float | None) -> str:
    """Return a mean number of tokens a call; empty when unknown."""
    if value is None:
        return ""
    return QCoreApplication.translate("Advise", "{tokens} tokens a call").format(
        tokens=figures.tokens(value)
    )


def _against_examples(outcome: Outcome) -> str:
    match outcome:
        case Outcome.BETTER:
            return QCoreApplication.translate(
                "Advise",
                "Yes: trained on {trained} records, tuned is right {points} points "
                "more often than the base with {shots} examples in the prompt "
                "{interval}.",
            )
        case Outcome.WORSE:
            return QCoreApplication.translate(
                "Advise",
                "Not yet: with {shots} examples in the prompt the base is right "
                "{points} points more often than tuned on {trained} records "
                "{interval}.",
            )
        case Outcome.NOT_SHOWN:
            return QCoreApplication.translate(
                "Advise",
                "Not for better answers: on {records} test records no difference is "
                "shown between {shots} examples in the prompt and tuning on {trained} "
                "records.",
            )
        case _:
            return _too_few()


def _against_base(outcome: Outcome) -> str:
    match outcome:
        case Outcome.BETTER:
            return QCoreApplication.translate(
                "Advise",
                "Tuning helps: trained on {trained} records, tuned is right {points} "
                "points more often than the base {interval}. Examples in the prompt "
                "were not measured.",
            )
        case Outcome.WORSE:
            return QCoreApplication.translate(
                "Advise",
                "Not yet: the base is right {points} points more often than tuned on "
                "{trained} records {interval}.",
            )
        case Outcome.NOT_SHOWN:
            return QCoreApplication.translate(
                "Advise",
                "Not for better answers: on {records} test records no difference is "
                "shown between the base and tuning on {trained} records.",
            )
        case _:
            return _too_few()


def _scored_examples(outcome: Outcome) -> str:
    match outcome:
        case Outcome.BETTER:
            return QCoreApplication.translate(
                "Advise",
                "Yes: trained on {trained} records, tuned scores {points} points "
                "higher in character F1 than the base with {shots} examples in the "
                "prompt {interval}.",
            )
        case Outcome.WORSE:
            return QCoreApplication.translate(
                "Advise",
                "Not yet: with {shots} examples in the prompt the base scores {points} "
                "points higher in character F1 than tuned on {trained} records "
                "{interval}.",
            )
        case _:
            return _against_examples(outcome)


def _scored_base(outcome: Outcome) -> str:
    match outcome:
        case Outcome.BETTER:
            return QCoreApplication.translate(
                "Advise",
                "Tuning helps: trained on {trained} records, tuned scores {points} "
                "points higher in character F1 than the base {interval}. Examples in "
                "the prompt were not measured.",
            )
        case Outcome.WORSE:
            return QCoreApplication.translate(
                "Advise",
                "Not yet: the base scores {points} points higher in character F1 than "
                "tuned on {trained} records {interval}.",
            )
        case _:
            return _against_base(outcome)


def _too_few() -> str:
    return QCoreApplication.translate(
        "Advise", "Too few test records to tell: {records} were answered by both."
    )
