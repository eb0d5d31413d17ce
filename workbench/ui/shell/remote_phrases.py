"""Who is asked, and why a model cannot be used, as sentences in the reader's language.

Here and nowhere else, so that the status line, the settings and the list of models say
the same.
"""

import datetime
from typing import assert_never

from PySide6.QtCore import QCoreApplication

from workbench.domain.access import AccessReason, AdministratorRequest, Availability
from workbench.domain.connections import AwsState, Identity, IdentityState, Mend
from workbench.ui.shell.phrases import phrase_seconds


class RemotePhrases:
    """The context of these sentences, under its name."""

    @staticmethod
    def tr(text: str) -> str:
        """Return a sentence in the reader's language."""
        return QCoreApplication.translate("RemotePhrases", text)


def phrase_state(state: AwsState) -> str:
    """Return who is asked, short enough for the status line."""
    if state.practice:
        return RemotePhrases.tr("Practice – SANDBOX")
    if not state.connected:
        return RemotePhrases.tr("AWS: not connected")
    identity = state.identity
    if identity is None:
        asking, unknown = RemotePhrases.tr("AWS: asking…"), RemotePhrases.tr("AWS: ?")
        return asking if state.checking else unknown
    profile = identity.profile or "default"
    match identity.state:
        case IdentityState.OK:
            return f"AWS {phrase_who(identity)}"
        case IdentityState.EXPIRED:
            text = RemotePhrases.tr("AWS {profile}: the sign-in has expired")
        case IdentityState.NONE:
            text = RemotePhrases.tr("AWS {profile}: not signed in")
        case IdentityState.INCOMPLETE:
            text = RemotePhrases.tr("AWS {profile}: not complete")
        case IdentityState.OFFLINE:
            text = RemotePhrases.tr("AWS {profile}: cannot be reached")
        case _:
            assert_never(identity.state)
    return text.format(profile=profile)


def phrase_who(identity: Identity) -> str:
    """Return who, account, region and how long still, as far as they are known."""
    who = identity.user or identity.profile or identity.method
    parts = (who, identity.account, identity.region, phrase_expiry(identity.expiry))
    return " · ".join(part for part in parts if part)


def phrase_expiry(expiry: str, now: datetime.datetime | None = None) -> str:
    """Return how long credentials last still, empty when they do not end."""
    if not expiry:
        return ""
    left = datetime.datetime.fromisoformat(expiry) - (
        now or datetime.datetime.now(datetime.UTC)
    )
    seconds = left.total_seconds()
    if seconds <= 0:
        return RemotePhrases.tr("expired")
    return RemotePhrases.tr("{time} left").format(time=phrase_seconds(seconds))


def phrase_failure(state: AwsState, mend: Mend) -> str:
    """Return what is wrong and what to do about it, in one line."""
    text = RemotePhrases.tr("{what}. {todo}")
    return text.format(what=phrase_state(state), todo=phrase_mend(mend))


def phrase_mend(mend: Mend) -> str:
    """Return what is wrong and what to do, without the command itself."""
    sentences = {
        "aws.sign_in": RemotePhrases.tr("Sign in to AWS."),
        "aws.renew_keys": RemotePhrases.tr(
            "AWS does not know these keys any more. Put new ones into the profile."
        ),
        "aws.renew_environment": RemotePhrases.tr(
            "Keys in the environment are in the way, and AWS does not take them. Take "
            "them out and start Workbench again."
        ),
        "aws.region": RemotePhrases.tr(
            "The profile names no region. Choose one above, or set it in the profile."
        ),
        "aws.profile_missing": RemotePhrases.tr(
            "There is no profile with this name on this computer."
        ),
        "aws.profile_incomplete": RemotePhrases.tr(
            "Something is missing in the profile."
        ),
        "aws.dependency": RemotePhrases.tr(
            "A library that this profile needs is missing. Install Workbench again."
        ),
        "aws.role_denied": RemotePhrases.tr(
            "You may not take on the role of this profile. Send this policy to your "
            "administrator."
        ),
        "aws.offline": RemotePhrases.tr(
            "AWS cannot be reached. Look at the network connection."
        ),
        "aws.probe_timeout": RemotePhrases.tr(
            "AWS did not answer in time. Look at the network, then check again."
        ),
    }
    return sentences.get(mend.code, mend.reason or mend.code)


def phrase_access(availability: Availability) -> str:
    """Return why a model cannot be used, empty when it can."""
    sentences = {
        AccessReason.NEEDS_PROFILE: RemotePhrases.tr(
            "Only through an inference profile: choose the one in this list."
        ),
        AccessReason.NEEDS_PROVISIONED: RemotePhrases.tr(
            "Only with provisioned throughput, which your account would have to buy."
        ),
        AccessReason.NEEDS_DEPLOYMENT: RemotePhrases.tr(
            "A custom model: it has to be deployed first."
        ),
        AccessReason.NOT_READY: RemotePhrases.tr("Not ready yet."),
        AccessReason.ENDED: RemotePhrases.tr("Retired: it answers no more."),
        AccessReason.NOT_IN_REGION: RemotePhrases.tr("Not offered in this region."),
        AccessReason.NOT_FOUND: RemotePhrases.tr("Retired, or of another region."),
        AccessReason.DENIED: RemotePhrases.tr("You lack the permission."),
        AccessReason.NOT_AUTHORIZED: RemotePhrases.tr("You lack the permission."),
        AccessReason.NOT_ENTITLED: RemotePhrases.tr(
            "Your account has no access to it yet."
        ),
        AccessReason.AGREEMENT_MISSING: RemotePhrases.tr(
            "Your account has not accepted the provider's terms yet."
        ),
        AccessReason.AGREEMENT_PENDING: RemotePhrases.tr(
            "Access is being prepared; this takes some minutes."
        ),
        AccessReason.AGREEMENT_ERROR: RemotePhrases.tr(
            "Accepting the provider's terms has failed."
        ),
        AccessReason.USE_CASE_FORM: RemotePhrases.tr(
            "The provider wants a form about your use case first."
        ),
    }
    return sentences.get(availability.reason, "")


def phrase_request(request: AdministratorRequest) -> str:
    """Return the letter to the administrator, with the policy below it."""
    texts = {
        "administrator.agreement": RemotePhrases.tr(
            "Please accept the provider's terms for {models} in Amazon Bedrock."
        ),
        "administrator.use_case_form": RemotePhrases.tr(
            "Please fill in the provider's form about the use case for {models} in "
            "Amazon Bedrock."
        ),
        "administrator.region": RemotePhrases.tr(
            "Please tell me in which region I may use {models} in Amazon Bedrock."
        ),
    }
    plain = RemotePhrases.tr("Please allow me to use {models} in Amazon Bedrock.")
    lines = [texts.get(request.code, plain).format(models=request.values["models"])]
    names = (
        (RemotePhrases.tr("Model id"), "ids"),
        (RemotePhrases.tr("Regions"), "regions"),
        (RemotePhrases.tr("Who asks"), "identity"),
    )
    lines += [
        f"{name}: {request.values[key]}"
        for name, key in names
        if request.values.get(key)
    ]
    lines += ["", RemotePhrases.tr("The policy that this takes:"), request.policy]
    return "\n".join(lines)
