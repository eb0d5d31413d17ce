"""What the guided path says: a title a step, a sentence a moment, a word when done."""

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from workbench.domain.guide import Moment, Spot, Step, Work

_TITLES: dict[Step, object] = {
    Step.RUN: QT_TRANSLATE_NOOP("Guide", "Ask the model"),
    Step.EXAMPLES: QT_TRANSLATE_NOOP("Guide", "Show it examples"),
    Step.CHECK: QT_TRANSLATE_NOOP("Guide", "Judge an answer"),
    Step.TUNE: QT_TRANSLATE_NOOP("Guide", "Let the model learn"),
    Step.COMPARE: QT_TRANSLATE_NOOP("Guide", "Compare before and after"),
    Step.OWN: QT_TRANSLATE_NOOP("Guide", "Bring ten of your own examples"),
}

_SENTENCES: dict[tuple[Step, Spot], object] = {
    (Step.RUN, Spot.LAB_RUN): QT_TRANSLATE_NOOP(
        "Guide",
        "Press Run. The model has one sentence of instruction to go by, so its answer "
        "will hardly have the form you need.",
    ),
    (Step.EXAMPLES, Spot.LAB_RECORDS): QT_TRANSLATE_NOOP(
        "Guide",
        "Press “From records…” and add three or four tickets, not the one above: with "
        "their right answers they show the form better than rules do.",
    ),
    (Step.EXAMPLES, Spot.LAB_RUN): QT_TRANSLATE_NOOP(
        "Guide",
        "The examples stand in the prompt. Press Run again and look how the answer "
        "has changed.",
    ),
    (Step.CHECK, Spot.DATA_RATING): QT_TRANSLATE_NOOP(
        "Guide",
        "Every answer is kept under Data. Say whether this one is good, or press "
        "Correct, type the right one and keep it with Ctrl+Enter: a model learns from "
        "that.",
    ),
    (Step.TUNE, Spot.DATA_SPLIT): QT_TRANSLATE_NOOP(
        "Guide",
        "First set some records aside for the test, with the numbers that are "
        "proposed. The model never sees them, so they can judge it later.",
    ),
    (Step.TUNE, Spot.TUNE_CHECK): QT_TRANSLATE_NOOP(
        "Guide",
        "Choose Quick as the goal and press “Check before start”: it shows what "
        "exactly would be learned. Nothing is trained yet.",
    ),
    (Step.TUNE, Spot.TUNE_START): QT_TRANSLATE_NOOP(
        "Guide",
        "The records are checked. Start the training: it runs on this computer and "
        "costs nothing.",
    ),
    (Step.COMPARE, Spot.COMPARE_START): QT_TRANSLATE_NOOP(
        "Guide",
        "Let the model answer the records set aside for the test, before and after "
        "learning. Only records it never saw can show what it gained.",
    ),
    (Step.COMPARE, Spot.ADVICE): QT_TRANSLATE_NOOP(
        "Guide",
        "The comparison is there. Advise says what it means: are examples in the "
        "prompt enough, or has the training paid?",
    ),
    (Step.OWN, Spot.OWN): QT_TRANSLATE_NOOP(
        "Guide",
        "Now your own task: paste ten inputs with their right answers, or take them "
        "from a CSV file. They become a project of your own. The menu at the project’s "
        "name has this too.",
    ),
}

_NEEDS_MODEL = QT_TRANSLATE_NOOP(
    "Guide",
    "A comparison needs a trained model first: set records aside, check them and "
    "start the training.",
)

_WAITS: dict[Work, object] = {
    Work.ANSWER: QT_TRANSLATE_NOOP("Guide", "The model is answering …"),
    Work.CHECK: QT_TRANSLATE_NOOP(
        "Guide", "The records are being checked. This goes on by itself."
    ),
    Work.TRAINING: QT_TRANSLATE_NOOP(
        "Guide",
        "The model is learning. You may look around meanwhile; this goes on by itself "
        "when it is done.",
    ),
    Work.COMPARISON: QT_TRANSLATE_NOOP(
        "Guide",
        "Both are answering. You may look around meanwhile; this goes on by itself "
        "when every answer is there.",
    ),
}

_COMPARED = QT_TRANSLATE_NOOP("Guide", "Done: every answer is there.")

_DONE: dict[Step, object] = {
    Step.RUN: QT_TRANSLATE_NOOP("Guide", "Done: the answer is kept."),
    Step.EXAMPLES: QT_TRANSLATE_NOOP("Guide", "Done: it answered with examples."),
    Step.CHECK: QT_TRANSLATE_NOOP("Guide", "Done: your verdict is kept."),
    Step.TUNE: QT_TRANSLATE_NOOP("Guide", "Done: the model has learned."),
    Step.COMPARE: QT_TRANSLATE_NOOP("Guide", "Done: compared and read."),
    Step.OWN: QT_TRANSLATE_NOOP("Guide", "Done: your own project."),
}


def title(step: Step) -> str:
    """Return the short title of a step."""
    return _translate(_TITLES[step])


def sentence(moment: Moment) -> str:
    """Return what to do now and why, or what is being waited for."""
    if moment.work is not None:
        return _translate(_WAITS[moment.work])
    entry = _SENTENCES.get((moment.step, moment.spot), _NEEDS_MODEL)
    return _translate(entry)


def done(step: Step | None, moment: Moment | None) -> str:
    """Return the word that something is done, else nothing.

    Args:
        step: the step that was done last, if that is news.
        moment: what is to be done now.
    """
    if moment is not None and moment.spot is Spot.ADVICE:
        # Within the step: its longest part is behind.
        return _translate(_COMPARED)
    return _translate(_DONE[step]) if step is not None else ""


def _translate(entry: object) -> str:
    return QCoreApplication.translate("Guide", str(entry))
