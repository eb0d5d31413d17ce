"""Sentences about trials that the Lab and the Data page share."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QLocale

from workbench.domain.trials import Rating, Trial, TrialStatus
from workbench.formats.validation import AnswerCode, AnswerProblem
from workbench.ui.shell import money
from workbench.ui.shell.phrases import phrase_model


def seconds(value: float | None) -> str:
    """Return a duration such as "0.4 s"."""
    text = QCoreApplication.translate("Trials", "{seconds} s")
    if value is None:
        shown = "–"
    else:
        shown = QLocale().toString(value, "f", 2 if value < 1 else 1)
    return text.format(seconds=shown)


def tokens(trial: Trial) -> str:
    """Return tokens in and out, such as "312 → 9 tokens"."""
    outcome = trial.outcome
    if outcome.output_tokens is None:
        return ""
    text = QCoreApplication.translate("Trials", "{before} → {after} tokens")
    return text.format(before=outcome.input_tokens or 0, after=outcome.output_tokens)


def timing(trial: Trial) -> str:
    """Return the time to the first token and in all."""
    outcome = trial.outcome
    if outcome.seconds is None:
        return ""
    text = QCoreApplication.translate(
        "Trials", "first word after {first}, {total} in all"
    )
    return text.format(
        first=seconds(outcome.first_token_seconds), total=seconds(outcome.seconds)
    )


def facts(trial: Trial) -> str:
    """Return the line below an answer."""
    parts = (tokens(trial), timing(trial), phrase_model(trial.model), version(trial))
    return " · ".join(part for part in parts if part)


def speed(tokens_per_second: float) -> str:
    """Return how fast an answer was written, such as "34 tokens/s"."""
    text = QCoreApplication.translate("Trials", "{count} tokens/s")
    places = 1 if tokens_per_second < 10 else 0
    return text.format(count=QLocale().toString(tokens_per_second, "f", places))


def trial_speed(trial: Trial) -> str:
    """Return the speed after the first word, or nothing when it is not known."""
    outcome = trial.outcome
    first, total = outcome.first_token_seconds, outcome.seconds
    if not outcome.output_tokens or first is None or total is None or total <= first:
        return ""
    return speed(outcome.output_tokens / (total - first))


def figures(trial: Trial) -> str:
    """Return the line below an answer in the Lab, with speed and cost."""
    parts = (
        tokens(trial),
        timing(trial),
        trial_speed(trial),
        money.trial_cost(trial),
        phrase_model(trial.model),
        version(trial),
    )
    return " · ".join(part for part in parts if part)


def numbered(name: str, number: int) -> str:
    """Tell apart what each of several models side by side has; the first is plain."""
    if number <= 1:
        return name
    text = QCoreApplication.translate("Trials", "{name} (model {number})")
    return text.format(name=name, number=number)


def version(trial: Trial) -> str:
    """Return the prompt version, such as "v7"."""
    text = QCoreApplication.translate("Trials", "v{number}")
    return text.format(number=trial.prompt_number)


def status(trial: Trial) -> str:
    """Say what became of a trial that did not simply succeed."""
    match trial.outcome.status:
        case TrialStatus.RUNNING:
            return QCoreApplication.translate("Trials", "Being answered …")
        case TrialStatus.CANCELLED:
            return QCoreApplication.translate(
                "Trials", "Stopped by you. What had arrived is kept."
            )
        case TrialStatus.INTERRUPTED:
            return QCoreApplication.translate(
                "Trials", "The program ended before the answer did. The call is kept."
            )
        case TrialStatus.FAILED:
            return QCoreApplication.translate("Trials", "No answer. The call is kept.")
        case TrialStatus.SUCCEEDED:
            if trial.outcome.stop_reason == "length":
                return QCoreApplication.translate(
                    "Trials", "Cut off: the longest answer was reached."
                )
            return ""


def rating(value: Rating) -> str:
    """Return the word for a rating."""
    match value:
        case Rating.GOOD:
            return QCoreApplication.translate("Trials", "Good")
        case Rating.BAD:
            return QCoreApplication.translate("Trials", "Bad")
        case Rating.NONE:
            return ""


def verdict(value: Rating) -> str:
    """Return sign and word for a rating: it is never told by colour alone."""
    if value is Rating.NONE:
        return ""
    sign = "✓" if value is Rating.GOOD else "✗"
    return f"{sign} {rating(value)}"


def problem(code: str, detail: str = "", suggestion: str = "") -> str:
    """Say what in an answer contradicts the task card."""
    if code == AnswerCode.UNKNOWN_LABEL and suggestion:
        text = QCoreApplication.translate(
            "Trials", "Not one of the allowed answers. Did you mean “{suggestion}”?"
        )
        return text.replace("{suggestion}", suggestion)
    sentences = {
        AnswerCode.EMPTY: QCoreApplication.translate("Trials", "The answer is empty."),
        AnswerCode.UNKNOWN_LABEL: QCoreApplication.translate(
            "Trials", "Not one of the allowed answers."
        ),
        AnswerCode.NOT_FIELDS: QCoreApplication.translate(
            "Trials", "Not in the agreed form."
        ),
        AnswerCode.MISSING_FIELD: QCoreApplication.translate(
            "Trials", "Not in the agreed form: “{detail}” is missing."
        ),
        AnswerCode.UNKNOWN_FIELD: QCoreApplication.translate(
            "Trials", "Not in the agreed form: “{detail}” is not asked for."
        ),
        AnswerCode.TOO_LONG: QCoreApplication.translate(
            "Trials", "Longer than the longest answer: about {detail} tokens."
        ),
    }
    # `replace`, because the detail may hold braces of its own.
    sentence = next((s for known, s in sentences.items() if known == code), code)
    return sentence.replace("{detail}", detail)


def problems(found: Sequence[AnswerProblem]) -> str:
    """Say everything that contradicts the task card."""
    return " ".join(problem(p.code, p.detail, p.suggestion) for p in found)
