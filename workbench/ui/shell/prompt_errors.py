"""What to say when files, steps or parameters of a prompt cannot be sent."""

from PySide6.QtCore import QT_TRANSLATE_NOOP

PROMPT_ERRORS: dict[str, object] = {
    "chain.later": QT_TRANSLATE_NOOP(
        "Phrases",
        "Step {step} uses “{name}”, which no earlier step gives. Change the order of "
        "the steps, or the name.",
    ),
    "chain.nested": QT_TRANSLATE_NOOP(
        "Phrases",
        "Step {step} has steps of its own. Put its steps into the one list.",
    ),
    "files.empty": QT_TRANSLATE_NOOP(
        "Phrases", "“{name}” is empty. Choose a file with something in it."
    ),
    "files.format": QT_TRANSLATE_NOOP(
        "Phrases",
        "Files like “{name}” cannot go along with a prompt. Take txt, md, csv, html, "
        "pdf, docx, xlsx, png, jpeg, gif or webp.",
    ),
    "files.gone": QT_TRANSLATE_NOOP(
        "Phrases",
        "An attached file is missing from the project's folder, or was changed there. "
        "Attach it again.",
    ),
    "files.no_question": QT_TRANSLATE_NOOP(
        "Phrases", "A document needs a message beside it: say what to do with it."
    ),
    "files.no_text": QT_TRANSLATE_NOOP(
        "Phrases",
        "No text can be read from “{name}”. Send it as a file to a model that takes "
        "files, or attach a version with text.",
    ),
    "files.not_an_image": QT_TRANSLATE_NOOP(
        "Phrases",
        "“{name}” is no picture of a kind that models take: PNG, JPEG, GIF or WebP.",
    ),
    "files.protected": QT_TRANSLATE_NOOP(
        "Phrases",
        "“{name}” is protected by a password. Save a copy without one and attach that.",
    ),
    "files.too_large": QT_TRANSLATE_NOOP(
        "Phrases",
        "“{name}” has {size} bytes; {most} at most can be sent. Attach a shorter one.",
    ),
    "files.too_many": QT_TRANSLATE_NOOP(
        "Phrases",
        "{count} files are attached; {most} of this kind at most can be sent.",
    ),
    "files.too_many_pixels": QT_TRANSLATE_NOOP(
        "Phrases",
        "“{name}” is {pixels} pixels wide or high; {most} at most can be sent. Make it "
        "smaller.",
    ),
    "matrix.fixed": QT_TRANSLATE_NOOP(
        "Phrases", "What was planned cannot be changed. Start a new run instead."
    ),
    "matrix.foreign": QT_TRANSLATE_NOOP(
        "Phrases", "This answer belongs to another call of the run."
    ),
    "matrix.taken": QT_TRANSLATE_NOOP(
        "Phrases", "This call has an answer already, or is being asked."
    ),
    "parameter.one_of_two": QT_TRANSLATE_NOOP(
        "Phrases", "This model takes temperature or top-p, not both. Clear one of them."
    ),
    "parameter.too_large": QT_TRANSLATE_NOOP(
        "Phrases", "“{parameter}” is larger than this model takes: {limit} at most."
    ),
    "parameter.too_small": QT_TRANSLATE_NOOP(
        "Phrases", "“{parameter}” is smaller than this model takes: {limit} at least."
    ),
    "parameter.unknown": QT_TRANSLATE_NOOP(
        "Phrases", "Whether this model takes “{parameter}” is not known."
    ),
    "parameter.unsupported": QT_TRANSLATE_NOOP(
        "Phrases", "This model does not take “{parameter}”. Clear it, or change models."
    ),
    "shot.own": QT_TRANSLATE_NOOP(
        "Phrases",
        "A record cannot be an example in the prompt that it is run with. Switch this "
        "example off.",
    ),
    "spending.fixed": QT_TRANSLATE_NOOP("Phrases", "What was spent cannot be changed."),
    "trial.no_answer": QT_TRANSLATE_NOOP(
        "Phrases", "There is no answer yet that one could answer back to. Run it first."
    ),
}
