"""Sentences for failures of AWS, of practice and of endpoints, by their codes.

Without values: they are also shown for trials of long ago, which keep the code only.
"""

from PySide6.QtCore import QT_TRANSLATE_NOOP

REMOTE_ERRORS: dict[str, object] = {
    "model.no_adapter": QT_TRANSLATE_NOOP(
        "Phrases", "Nothing is set up yet to ask this model. See Settings."
    ),
    "aws.not_connected": QT_TRANSLATE_NOOP(
        "Phrases", "No AWS profile is chosen yet. Choose one in Settings."
    ),
    "aws.signed_out": QT_TRANSLATE_NOOP(
        "Phrases", "You are not signed in to AWS. Sign in in Settings, then run again."
    ),
    "aws.incomplete": QT_TRANSLATE_NOOP(
        "Phrases", "The AWS profile is not complete. Settings shows what mends it."
    ),
    "aws.denied": QT_TRANSLATE_NOOP(
        "Phrases",
        "This account may not use this model. The list of models tells what to ask "
        "your administrator for.",
    ),
    "aws.invalid": QT_TRANSLATE_NOOP("Phrases", "The model refused the request."),
    "aws.too_long": QT_TRANSLATE_NOOP(
        "Phrases", "The prompt is too long for this model. Shorten it."
    ),
    "aws.filtered": QT_TRANSLATE_NOOP(
        "Phrases", "A filter of the service held the answer back."
    ),
    "aws.not_found": QT_TRANSLATE_NOOP(
        "Phrases", "This model is not in this region, or has been retired."
    ),
    "aws.not_ready": QT_TRANSLATE_NOOP(
        "Phrases", "The model is not ready yet. Try again in some minutes."
    ),
    "aws.throttled": QT_TRANSLATE_NOOP(
        "Phrases", "The account's quota for this model is reached. Try again later."
    ),
    "aws.quota": QT_TRANSLATE_NOOP(
        "Phrases", "A limit of the account is reached. Ask for a higher one."
    ),
    "aws.infrastructure": QT_TRANSLATE_NOOP(
        "Phrases", "AWS is having trouble. Try again later."
    ),
    "aws.offline": QT_TRANSLATE_NOOP(
        "Phrases", "AWS cannot be reached. Look at the network connection."
    ),
    "aws.model": QT_TRANSLATE_NOOP("Phrases", "The model failed or took too long."),
    "aws.lost": QT_TRANSLATE_NOOP(
        "Phrases", "The connection was lost. What had arrived is kept."
    ),
    "aws.cli_missing": QT_TRANSLATE_NOOP(
        "Phrases",
        "The AWS command line is not installed here. Where it is, run the command "
        "below, then check again.",
    ),
    "aws.sign_in_elsewhere": QT_TRANSLATE_NOOP(
        "Phrases",
        "This profile has to be set up in a terminal first: run the command below, "
        "then check again.",
    ),
    "aws.sign_in_failed": QT_TRANSLATE_NOOP("Phrases", "The sign-in did not succeed."),
    "practice.on": QT_TRANSLATE_NOOP(
        "Phrases", "Practice is on, so AWS is not asked. Switch it off in Settings."
    ),
    "practice.off": QT_TRANSLATE_NOOP(
        "Phrases",
        "This is a practice model, and Practice is off. Switch it on in Settings.",
    ),
    "practice.stopped": QT_TRANSLATE_NOOP(
        "Phrases", "Practice has stopped. Switch it off and on again in Settings."
    ),
    "sandbox.port": QT_TRANSLATE_NOOP("Phrases", "Practice could not be started."),
    "endpoint.missing": QT_TRANSLATE_NOOP(
        "Phrases", "The endpoint of this model is not in the list any more."
    ),
    "endpoint.twice": QT_TRANSLATE_NOOP(
        "Phrases", "This endpoint is in the list already."
    ),
    "endpoint.scheme": QT_TRANSLATE_NOOP(
        "Phrases", "Begin the address with http or https."
    ),
    "endpoint.host": QT_TRANSLATE_NOOP(
        "Phrases", "This is no address of a server, such as localhost:11434."
    ),
    "endpoint.port": QT_TRANSLATE_NOOP(
        "Phrases", "The port is a number from 1 to 65535."
    ),
    "endpoint.credentials": QT_TRANSLATE_NOOP(
        "Phrases", "Leave name and password out of the address; give the key below it."
    ),
    "endpoint.query": QT_TRANSLATE_NOOP(
        "Phrases", "Leave out everything from the ? or # on in the address."
    ),
    "endpoint.plain": QT_TRANSLATE_NOOP(
        "Phrases", "Over http anybody on the way can read key and texts. Write https."
    ),
    "endpoint.key": QT_TRANSLATE_NOOP(
        "Phrases", "A key has no blanks and no line breaks in it. Copy it once more."
    ),
    "keyring.none": QT_TRANSLATE_NOOP(
        "Phrases",
        "This computer offers no keyring to keep the key in. Use an endpoint that asks "
        "for no key, or install a keyring.",
    ),
    "keyring.locked": QT_TRANSLATE_NOOP(
        "Phrases", "The keyring did not open. Unlock it, then try again."
    ),
    "table.invalid": QT_TRANSLATE_NOOP(
        "Phrases", "Your own table of models or prices has a mistake in it."
    ),
    "setup.secret": QT_TRANSLATE_NOOP(
        "Phrases",
        "This set-up file holds something that looks like a key or password, so "
        "nothing was taken from it. Ask for one without, and have that key changed.",
    ),
    "setup.not_one": QT_TRANSLATE_NOOP(
        "Phrases", "This is no set-up file of Workbench."
    ),
    "setup.newer": QT_TRANSLATE_NOOP(
        "Phrases", "This set-up file was made for a newer Workbench."
    ),
    "setup.invalid": QT_TRANSLATE_NOOP(
        "Phrases", "The set-up file cannot be used: {reason}"
    ),
}
