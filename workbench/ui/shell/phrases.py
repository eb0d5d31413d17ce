"""Codes of the core as sentences in the reader's language.

The core never phrases anything: it sends codes and values. What has no entry here is
shown by the English sentence that travels with it.
"""

from collections.abc import Mapping
from decimal import Decimal

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from workbench.domain.errors import WorkbenchError
from workbench.domain.jobs import JobKind, JobState
from workbench.domain.models import ModelKind, ModelRef
from workbench.ui.shell import money
from workbench.ui.shell.prompt_errors import PROMPT_ERRORS
from workbench.ui.shell.remote_errors import REMOTE_ERRORS
from workbench.ui.shell.spending_errors import SPENDING_ERRORS

_ERRORS: dict[str, object] = {
    "project.none": QT_TRANSLATE_NOOP("Phrases", "No project is open."),
    "project.exists": QT_TRANSLATE_NOOP(
        "Phrases", "There is a project with this name in this folder already."
    ),
    "project.missing": QT_TRANSLATE_NOOP(
        "Phrases", "The project file is no longer there. Was it moved or renamed?"
    ),
    "project.not_one": QT_TRANSLATE_NOOP(
        "Phrases", "This file is not a Workbench project."
    ),
    "project.newer": QT_TRANSLATE_NOOP(
        "Phrases",
        "This project was made by a newer version of Workbench. It was left as it is; "
        "please update the program to open it.",
    ),
    "project.locked": QT_TRANSLATE_NOOP(
        "Phrases", "Another window has this project open. Please use that one."
    ),
    "project.unreadable": QT_TRANSLATE_NOOP(
        "Phrases", "The project file cannot be read. Nothing in it was changed."
    ),
    "project.no_name": QT_TRANSLATE_NOOP("Phrases", "A project needs a name."),
    "project.read_only": QT_TRANSLATE_NOOP(
        "Phrases", "The project file is write-protected. What you see is kept."
    ),
    "sample.missing": QT_TRANSLATE_NOOP(
        "Phrases", "The sample project is missing from this installation."
    ),
    "disk.full": QT_TRANSLATE_NOOP(
        "Phrases", "The disk is full. Free some space, then do it again."
    ),
    "prompt.empty": QT_TRANSLATE_NOOP(
        "Phrases", "The message is empty. Write what the model should answer."
    ),
    "shot.test": QT_TRANSLATE_NOOP(
        "Phrases",
        "This record is set aside for the test, so it cannot be an example in the "
        "prompt: the test would no longer be fair.",
    ),
    "shot.no_answer": QT_TRANSLATE_NOOP(
        "Phrases", "There is no right answer yet. Correct the answer or rate it good."
    ),
    "split.leak": QT_TRANSLATE_NOOP(
        "Phrases",
        "The same input would stand in two parts, or an example of the prompt in the "
        "test. Nothing was changed.",
    ),
    "split.too_few": QT_TRANSLATE_NOOP(
        "Phrases", "There are too few records to set some aside for the test."
    ),
    "trial.missing": QT_TRANSLATE_NOOP("Phrases", "This trial is no longer there."),
    "example.missing": QT_TRANSLATE_NOOP("Phrases", "This record is no longer there."),
    "adapter.missing": QT_TRANSLATE_NOOP(
        "Phrases", "The tuned model of this run is no longer there."
    ),
    "model.not_one": QT_TRANSLATE_NOOP(
        "Phrases", "This folder does not hold a model that can be used here."
    ),
    "model.missing": QT_TRANSLATE_NOOP(
        "Phrases", "The folder of this model is no longer there."
    ),
    "undo.conflict": QT_TRANSLATE_NOOP(
        "Phrases",
        "This step cannot be taken back any more, because something newer depends on "
        "it. Nothing was changed.",
    ),
    "worker.missing": QT_TRANSLATE_NOOP(
        "Phrases",
        "Models cannot run on this computer yet: no Python with torch was found. "
        "Choose one in Settings, or run packaging/dev.py once.",
    ),
    "worker.wrong_path": QT_TRANSLATE_NOOP(
        "Phrases",
        "The Python chosen for models is not there: {path}. Choose another one in "
        "Settings.",
    ),
    "worker.start": QT_TRANSLATE_NOOP(
        "Phrases",
        "The Python chosen for models cannot be started. Choose another in Settings.",
    ),
    "project.busy": QT_TRANSLATE_NOOP(
        "Phrases", "The project file is busy. Nothing was lost; do it again."
    ),
    "project.closed": QT_TRANSLATE_NOOP("Phrases", "The project was closed meanwhile."),
    "copy.same": QT_TRANSLATE_NOOP(
        "Phrases", "The copy needs another name or another folder."
    ),
    "dataset.no_name": QT_TRANSLATE_NOOP("Phrases", "A dataset needs a name."),
    "tag.empty": QT_TRANSLATE_NOOP("Phrases", "A tag needs a name."),
    "example.no_input": QT_TRANSLATE_NOOP("Phrases", "Type the input first."),
    "example.no_answer": QT_TRANSLATE_NOOP("Phrases", "Type the right answer first."),
    "disk.failed": QT_TRANSLATE_NOOP(
        "Phrases", "The disk failed. What was saved before is kept."
    ),
    "file.too_large": QT_TRANSLATE_NOOP(
        "Phrases", "The file is too large: up to 200 MiB can be imported."
    ),
    "sample.not_copied": QT_TRANSLATE_NOOP(
        "Phrases",
        "The sample project cannot be copied into your data folder. Look whether it "
        "can be written to.",
    ),
    "file.is_folder": QT_TRANSLATE_NOOP("Phrases", "This is a folder. Choose a file."),
    "file.unreadable": QT_TRANSLATE_NOOP("Phrases", "The file cannot be read."),
    "file.unwritable": QT_TRANSLATE_NOOP(
        "Phrases", "Nothing can be written to this folder. Choose another one."
    ),
    "snapshot.empty": QT_TRANSLATE_NOOP(
        "Phrases", "There are no records yet to learn from."
    ),
    "split.too_many": QT_TRANSLATE_NOOP(
        "Phrases", "The parts together are larger than the dataset."
    ),
    "compare.no_test": QT_TRANSLATE_NOOP(
        "Phrases",
        "No record is set aside for the test. Divide the dataset first, then tune.",
    ),
    "tune.too_few": QT_TRANSLATE_NOOP(
        "Phrases", "There is nothing to learn from yet. Divide the dataset first."
    ),
    "tune.started": QT_TRANSLATE_NOOP("Phrases", "This run was started already."),
    "tune.not_prepared": QT_TRANSLATE_NOOP(
        "Phrases", "The records must be checked before the start."
    ),
    "run.started": QT_TRANSLATE_NOOP("Phrases", "This run was started already."),
    "run.not_prepared": QT_TRANSLATE_NOOP(
        "Phrases", "The records must be checked before the start."
    ),
    "run.missing": QT_TRANSLATE_NOOP("Phrases", "This run is no longer there."),
    "adapter.none": QT_TRANSLATE_NOOP(
        "Phrases", "This model has no adapter that could be checked."
    ),
    "version.missing": QT_TRANSLATE_NOOP(
        "Phrases", "This version of the prompt is no longer there."
    ),
    "snapshot.missing": QT_TRANSLATE_NOOP(
        "Phrases", "This snapshot of the records is no longer there."
    ),
    "comparison.missing": QT_TRANSLATE_NOOP(
        "Phrases", "This comparison is no longer there."
    ),
    "comparison.leak": QT_TRANSLATE_NOOP(
        "Phrases",
        "Test records were learned from or stand in the prompt, so the comparison "
        "would not be fair. Nothing was kept.",
    ),
    "cell.unfinished": QT_TRANSLATE_NOOP("Phrases", "This answer has not ended yet."),
    "cell.taken": QT_TRANSLATE_NOOP(
        "Phrases", "This record has an answer in the comparison already."
    ),
    "cell.foreign": QT_TRANSLATE_NOOP(
        "Phrases", "This record is not in the test part of the comparison."
    ),
    **dict.fromkeys(
        (
            "trial.finished",
            "trial.fixed",
            "example.fixed",
            "version.fixed",
            "snapshot.fixed",
            "run.final",
        ),
        QT_TRANSLATE_NOOP("Phrases", "What was kept once is never changed."),
    ),
    **dict.fromkeys(
        ("trial.kept", "example.kept"),
        QT_TRANSLATE_NOOP("Phrases", "Only what lies in the bin can be deleted."),
    ),
    "tune.lost": QT_TRANSLATE_NOOP(
        "Phrases",
        "The window lost sight of this run: its process is gone. What it had saved is "
        "kept.",
    ),
    "bug": QT_TRANSLATE_NOOP(
        "Phrases", "Something went wrong in the program itself. Your data is kept."
    ),
    "OOM": QT_TRANSLATE_NOOP(
        "Phrases", "The memory was not enough. Use a smaller model or shorter records."
    ),
    "DATA": QT_TRANSLATE_NOOP(
        "Phrases", "The records cannot be used as they are. See the details."
    ),
    "TEMPLATE": QT_TRANSLATE_NOOP(
        "Phrases", "The chat template of this model cannot be used."
    ),
    "MODEL_ACCESS": QT_TRANSLATE_NOOP(
        "Phrases", "The model cannot be read. Check its folder in Settings."
    ),
    "QUOTA": QT_TRANSLATE_NOOP(
        "Phrases",
        "A limit of the account is reached. Try again later, or ask for a higher one.",
    ),
    "NETWORK": QT_TRANSLATE_NOOP("Phrases", "The network did not answer. Try again."),
    "DISK": QT_TRANSLATE_NOOP(
        "Phrases", "The disk is full or cannot be written. Free some space first."
    ),
    "CUDA_DRIVER": QT_TRANSLATE_NOOP(
        "Phrases", "The driver of the graphics card does not fit. Update it."
    ),
    "NO_GPU": QT_TRANSLATE_NOOP("Phrases", "There is no graphics card to use."),
    "CPU_ONLY_TORCH": QT_TRANSLATE_NOOP(
        "Phrases", "The installed torch cannot use this computer's graphics card."
    ),
    "DEPENDENCY": QT_TRANSLATE_NOOP(
        "Phrases", "A library that models need is missing or does not fit."
    ),
    "CRASH": QT_TRANSLATE_NOOP(
        "Phrases", "The model's process ended unexpectedly. What was made is kept."
    ),
    "UNKNOWN": QT_TRANSLATE_NOOP(
        "Phrases", "The model's process failed. What was made is kept."
    ),
    **REMOTE_ERRORS,
    **SPENDING_ERRORS,
    **PROMPT_ERRORS,
}

_UNDO: dict[str, object] = {
    "edit_prompt": QT_TRANSLATE_NOOP("Phrases", "editing the prompt"),
    "rate": QT_TRANSLATE_NOOP("Phrases", "rating"),
    "correct": QT_TRANSLATE_NOOP("Phrases", "correction"),
    "note": QT_TRANSLATE_NOOP("Phrases", "note"),
    "tag": QT_TRANSLATE_NOOP("Phrases", "tag"),
    "edit_card": QT_TRANSLATE_NOOP("Phrases", "changing the task"),
    "bin": QT_TRANSLATE_NOOP("Phrases", "moving to the bin"),
    "unbin": QT_TRANSLATE_NOOP("Phrases", "taking out of the bin"),
    "add_example": QT_TRANSLATE_NOOP("Phrases", "adding records"),
    "import": QT_TRANSLATE_NOOP("Phrases", "importing records"),
    "edit_example": QT_TRANSLATE_NOOP("Phrases", "editing a record"),
    "split": QT_TRANSLATE_NOOP("Phrases", "dividing the records"),
    "rename": QT_TRANSLATE_NOOP("Phrases", "renaming the project"),
}

_STATES: dict[JobState, object] = {
    JobState.QUEUED: QT_TRANSLATE_NOOP("Phrases", "Waiting"),
    JobState.RUNNING: QT_TRANSLATE_NOOP("Phrases", "Running"),
    JobState.CANCELLING: QT_TRANSLATE_NOOP("Phrases", "Stopping"),
    JobState.SUCCEEDED: QT_TRANSLATE_NOOP("Phrases", "Done"),
    JobState.FAILED: QT_TRANSLATE_NOOP("Phrases", "Failed"),
    JobState.CANCELLED: QT_TRANSLATE_NOOP("Phrases", "Stopped"),
    JobState.LOST: QT_TRANSLATE_NOOP("Phrases", "Lost sight of"),
}

_JOBS: dict[JobKind, object] = {
    JobKind.ANSWER: QT_TRANSLATE_NOOP("Phrases", "Answering {title}"),
    JobKind.IMPORT: QT_TRANSLATE_NOOP("Phrases", "Importing {title}"),
    JobKind.EXPORT: QT_TRANSLATE_NOOP("Phrases", "Exporting {title}"),
    JobKind.PREPARE: QT_TRANSLATE_NOOP("Phrases", "Preparing {title}"),
    JobKind.TRAIN: QT_TRANSLATE_NOOP("Phrases", "Tuning {title}"),
    JobKind.COMPARE: QT_TRANSLATE_NOOP("Phrases", "Comparing {title}"),
    JobKind.COPY: QT_TRANSLATE_NOOP("Phrases", "Saving a copy {title}"),
    JobKind.PROBE: QT_TRANSLATE_NOOP("Phrases", "{title}"),
    JobKind.OTHER: QT_TRANSLATE_NOOP("Phrases", "{title}"),
}


def phrase_error(error: WorkbenchError) -> str:
    """Return what happened and what to do, in the reader's language."""
    return phrase_code(error.code, error.sentence, error.details)


def phrase_code(
    code: str, sentence: str = "", details: dict[str, object] | None = None
) -> str:
    """Return the sentence for an error code kept in a record, e.g. of a failed run."""
    entry = _ERRORS.get(code, _ERRORS.get(code.upper()))
    if entry is None:
        return sentence or code
    return _translate(entry).format_map(_Blanks(_readable(details or {})))


def phrase_undo(label: str, count: int = 1) -> str:
    """Return what a step of the undo log did, e.g. "rating (12)"."""
    entry = _UNDO.get(label)
    text = _translate(entry) if entry is not None else label
    if count > 1:
        return QCoreApplication.translate("Phrases", "{what} ({count})").format(
            what=text, count=count
        )
    return text


def phrase_state(state: JobState) -> str:
    """Return the name of a job's state."""
    return _translate(_STATES[state])


def phrase_job(kind: JobKind, title: str) -> str:
    """Return what a job does, e.g. "Tuning “tickets 2”"."""
    quoted = QCoreApplication.translate("Phrases", "“{title}”").format(title=title)
    return _translate(_JOBS[kind]).format(
        title=title if kind is JobKind.OTHER else quoted
    )


def phrase_model(model: ModelRef) -> str:
    """Return the name of a model for lists, with its adapter's behind a plus sign."""
    toy = model.kind is ModelKind.BUILTIN
    name = QCoreApplication.translate("Phrases", "Built-in toy") if toy else model.name
    if model.is_practice:
        return f"{name} – SANDBOX"
    if not model.adapter_ulid:
        return name
    return QCoreApplication.translate("Phrases", "{model} + {adapter}").format(
        model=name, adapter=model.adapter_name
    )


def phrase_seconds(seconds: float | None) -> str:
    """Return a rough duration as one reads it, or nothing when unknown."""
    if seconds is None:
        return ""
    if seconds < 90:
        count = max(1, round(seconds / 5) * 5 if seconds > 10 else round(seconds))
        return Phrases.tr("%n s", "", count)
    if seconds < 5400:
        return Phrases.tr("%n min", "", round(seconds / 60))
    return Phrases.tr("%n h", "", round(seconds / 3600))


def phrase_bytes(size: int) -> str:
    """Return a size in KB, MB or GB."""
    if size < 1_000_000:
        return f"{size / 1000:.0f} KB"
    value, unit = (
        (size / 1_000_000, "MB") if size < 1_000_000_000 else (size / 1e9, "GB")
    )
    return f"{value:.0f} {unit}" if value >= 100 else f"{value:.1f} {unit}"


def _readable(details: Mapping[str, object]) -> dict[str, object]:
    """Round amounts of money, which are the only decimals that errors carry."""
    return {
        name: money.amount(value) if isinstance(value, Decimal) else value
        for name, value in details.items()
    }


def _translate(entry: object) -> str:
    return QCoreApplication.translate("Phrases", str(entry))


class Phrases:
    """The context of these sentences, under its name.

    lupdate takes a plural up from `tr` of a class only: from `translate` with a number
    that is computed it takes nothing, or a sentence without its plural forms.
    """

    @staticmethod
    def tr(text: str, comment: str = "", n: int = -1) -> str:
        """Return a sentence in the reader's language, in the form for this number."""
        return QCoreApplication.translate("Phrases", text, comment, n)


class _Blanks(dict[str, object]):
    """Values of a sentence; what is missing stays visible as its name."""

    def __missing__(self, key: str) -> str:
        return "{" + key + "}"
