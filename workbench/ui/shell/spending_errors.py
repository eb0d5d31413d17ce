"""What to say when a limit would be passed, or when a matrix cannot be run."""

from PySide6.QtCore import QT_TRANSLATE_NOOP

SPENDING_ERRORS: dict[str, object] = {
    "cap.run": QT_TRANSLATE_NOOP(
        "Phrases",
        "Not asked: it may cost up to {needed}, and {spent} of the {cap} for one run "
        "are spent or set aside. Take fewer calls, a cheaper model or a shorter "
        "longest answer, or raise the limit.",
    ),
    "cap.day": QT_TRANSLATE_NOOP(
        "Phrases",
        "Not asked: it may cost up to {needed}, and {spent} of the {cap} for today "
        "are spent or set aside. Take a cheaper model or a shorter longest answer, "
        "raise the limit, or go on tomorrow.",
    ),
    "cap.project": QT_TRANSLATE_NOOP(
        "Phrases",
        "Not asked: it may cost up to {needed}, and {spent} of the {cap} for this "
        "project are spent or set aside. Take a cheaper model or a shorter longest "
        "answer, or raise the limit.",
    ),
    "cap.unknown": QT_TRANSLATE_NOOP(
        "Phrases",
        "Not asked: the price of this model is not known, so the limit of {cap} "
        "cannot be kept. Choose another model, or take the limit away.",
    ),
    "models.count": QT_TRANSLATE_NOOP("Phrases", "Choose between 1 and {most} models."),
    "matrix.empty": QT_TRANSLATE_NOOP(
        "Phrases", "There is nothing to ask yet: add an input."
    ),
    "matrix.large": QT_TRANSLATE_NOOP(
        "Phrases",
        "These are {size} calls; {most} at most can be made together. Take fewer "
        "inputs, models or repeats.",
    ),
    "matrix.chain": QT_TRANSLATE_NOOP(
        "Phrases",
        "A prompt with several steps cannot be run over many inputs. Choose a "
        "version with one step.",
    ),
    "matrix.running": QT_TRANSLATE_NOOP("Phrases", "These inputs are being asked."),
    "matrix.missing": QT_TRANSLATE_NOOP("Phrases", "These answers are no longer kept."),
}
