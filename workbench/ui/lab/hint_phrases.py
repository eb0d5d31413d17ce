"""Hints about a prompt, and kinds of personal data, in sentences."""

from collections.abc import Iterable

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from workbench.domain.hints import Hint, HintCode
from workbench.evaluation.personal_data import DataKind, Finding
from workbench.ui.lab import phrases

_SENTENCES: dict[HintCode, object] = {
    HintCode.UNFILLED: QT_TRANSLATE_NOOP("LabHints", "“{name}” has no value yet."),
    HintCode.UNUSED: QT_TRANSLATE_NOOP(
        "LabHints", "“{name}” has a value and is not used in the prompt."
    ),
    HintCode.LENGTHS_CONTRADICT: QT_TRANSLATE_NOOP(
        "LabHints", "No answer can keep both: “{first}” and “{second}”."
    ),
    HintCode.LENGTH_ABOVE_LIMIT: QT_TRANSLATE_NOOP(
        "LabHints",
        "“{rule}” takes at least {tokens} tokens, but the answer is cut after {limit}.",
    ),
    HintCode.EXAMPLE_LACKS: QT_TRANSLATE_NOOP(
        "LabHints", "Example {example} has no “{name}”."
    ),
    HintCode.EXAMPLE_EMPTY: QT_TRANSLATE_NOOP(
        "LabHints", "Example {example} has no answer."
    ),
    HintCode.EXAMPLE_FORMAT: QT_TRANSLATE_NOOP(
        "LabHints", "Example {example} breaks its own format: {problem}"
    ),
    HintCode.EXAMPLE_LENGTH: QT_TRANSLATE_NOOP(
        "LabHints", "Example {example} does not keep to “{rule}”: it has {count}."
    ),
    HintCode.NO_ROOM_TO_THINK: QT_TRANSLATE_NOOP(
        "LabHints",
        "Thinking takes room, and the answer is cut after {limit} tokens: raise the "
        "longest answer.",
    ),
    HintCode.THINKING_AND_SCHEMA: QT_TRANSLATE_NOOP(
        "LabHints",
        "Thinking aloud and an answer that is nothing but JSON exclude each other.",
    ),
    HintCode.REASONING_UNSET: QT_TRANSLATE_NOOP(
        "LabHints", "The model is to reason by itself, but no effort is chosen."
    ),
    HintCode.FILE_WITHOUT_TEXT: QT_TRANSLATE_NOOP(
        "LabHints", "No text can be read from “{name}”."
    ),
    HintCode.ANSWER_NOT_YET: QT_TRANSLATE_NOOP(
        "LabHints", "Step {step} uses “{name}” before it is there."
    ),
    HintCode.THREAD_ORDER: QT_TRANSLATE_NOOP(
        "LabHints", "Answers and follow-ups do not take turns."
    ),
}
_KINDS: dict[DataKind, object] = {
    DataKind.EMAIL: QT_TRANSLATE_NOOP("LabHints", "e-mail address"),
    DataKind.IBAN: QT_TRANSLATE_NOOP("LabHints", "account number (IBAN)"),
    DataKind.CARD: QT_TRANSLATE_NOOP("LabHints", "card number"),
    DataKind.MY_NUMBER: QT_TRANSLATE_NOOP("LabHints", "My Number"),
    DataKind.PHONE: QT_TRANSLATE_NOOP("LabHints", "telephone number"),
    DataKind.ADDRESS: QT_TRANSLATE_NOOP("LabHints", "postal address"),
}


def phrase_hint(hint: Hint) -> str:
    """Say a hint in one sentence."""
    values = dict(hint.values)
    if hint.code is HintCode.EXAMPLE_FORMAT:
        values["problem"] = phrases.problem(values["problem"])
    text = QCoreApplication.translate("LabHints", str(_SENTENCES[hint.code]))
    return text.format(**values)


def phrase_findings(findings: Iterable[Finding]) -> str:
    """Name the kinds that were found, each once; empty when there are none."""
    kinds = dict.fromkeys(finding.kind for finding in findings)
    if not kinds:
        return ""
    names = [
        QCoreApplication.translate("LabHints", str(_KINDS[kind])) for kind in kinds
    ]
    text = QCoreApplication.translate("LabHints", "Likely personal data: {kinds}.")
    comma = QCoreApplication.translate("LabHints", ", ", "between the parts of a list")
    return text.format(kinds=comma.join(names))
