"""Why a model cannot be used, and what to ask an administrator for.

Codes and values only; the window phrases them. What is asked for is as little as will
do: the actions that are needed, on the resources that are needed.
"""

import dataclasses
import datetime
import enum
import json
from collections.abc import Mapping, Sequence

from workbench.domain.catalogue import (
    FOUNDATION_MODEL,
    Arn,
    Hindrance,
    LifecyclePhase,
    RemoteModel,
)


class AccessReason(enum.StrEnum):
    """Why a model can or cannot be used."""

    USABLE = "usable"
    UNKNOWN = "unknown"
    """Nobody said no, but the service could not be asked either."""
    NEEDS_PROFILE = "needs_profile"
    NEEDS_PROVISIONED = "needs_provisioned"
    NEEDS_DEPLOYMENT = "needs_deployment"
    NOT_READY = "not_ready"
    ENDED = "ended"
    NOT_IN_REGION = "not_in_region"
    NOT_FOUND = "not_found"
    """Retired, or of another region."""
    DENIED = "denied"
    """The signed-in identity lacks a permission."""
    NOT_AUTHORIZED = "not_authorized"
    NOT_ENTITLED = "not_entitled"
    AGREEMENT_MISSING = "agreement_missing"
    AGREEMENT_PENDING = "agreement_pending"
    AGREEMENT_ERROR = "agreement_error"
    USE_CASE_FORM = "use_case_form"
    """The provider wants a form about the use case first."""


@dataclasses.dataclass(frozen=True, slots=True)
class Probe:
    """What GetFoundationModelAvailability said, as the service spells it."""

    agreement: str
    authorization: str
    entitlement: str
    region: str
    agreement_message: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Availability:
    """Whether a model can be used, and why not.

    Attributes:
        message: of the service, verbatim, to be shown as its words.
        through: ids of rows that reach the same model.
        ended: day of the end of life.
    """

    reason: AccessReason
    message: str = ""
    through: tuple[str, ...] = ()
    ended: datetime.date | None = None

    @property
    def usable(self) -> bool:
        """Whether a call is worth trying."""
        return self.reason in {AccessReason.USABLE, AccessReason.UNKNOWN}


_HINDRANCES = {
    Hindrance.NEEDS_PROFILE: AccessReason.NEEDS_PROFILE,
    Hindrance.NEEDS_PROVISIONED: AccessReason.NEEDS_PROVISIONED,
    Hindrance.NEEDS_DEPLOYMENT: AccessReason.NEEDS_DEPLOYMENT,
    Hindrance.NOT_READY: AccessReason.NOT_READY,
}
_ERRORS = {
    "AccessDeniedException": AccessReason.DENIED,
    "AccessDenied": AccessReason.DENIED,
    "FTUFormNotFilled": AccessReason.USE_CASE_FORM,
    "MPAgreementBeingCreated": AccessReason.AGREEMENT_PENDING,
    "ResourceNotFoundException": AccessReason.NOT_FOUND,
}
_AGREEMENTS = {
    "AVAILABLE": AccessReason.USABLE,
    "PENDING": AccessReason.AGREEMENT_PENDING,
    "NOT_AVAILABLE": AccessReason.AGREEMENT_MISSING,
    "ERROR": AccessReason.AGREEMENT_ERROR,
}


def judge(
    model: RemoteModel, probe: Probe | None, today: datetime.date
) -> Availability:
    """Return whether a row of the catalogue can be used, and the first reason why not.

    Args:
        model: the row.
        probe: of the foundation model behind it; None: the service was not asked, or
            may not be.
        today: for the dates of the life cycle.
    """
    if model.hindrance is not Hindrance.NONE:
        reason = _HINDRANCES[model.hindrance]
        return Availability(reason, message=model.status, through=model.through)
    if model.lifecycle.phase(today) is LifecyclePhase.ENDED:
        return Availability(
            AccessReason.ENDED, through=model.through, ended=model.lifecycle.end
        )
    if probe is None:
        return Availability(AccessReason.UNKNOWN)
    return Availability(_probed(probe), message=probe.agreement_message)


def _probed(probe: Probe) -> AccessReason:
    if probe.region == "NOT_AVAILABLE":
        return AccessReason.NOT_IN_REGION
    # Before "not authorized": without an agreement nobody is, and it is what to mend.
    agreement = _AGREEMENTS.get(probe.agreement, AccessReason.UNKNOWN)
    if agreement not in {AccessReason.USABLE, AccessReason.UNKNOWN}:
        return agreement
    if probe.authorization == "NOT_AUTHORIZED":
        return AccessReason.NOT_AUTHORIZED
    if probe.entitlement == "NOT_AVAILABLE":
        return AccessReason.NOT_ENTITLED
    return agreement


def from_error(code: str, message: str = "") -> Availability | None:
    """Return what a refused call says about access, None when it says nothing.

    Args:
        code: ``Error.Code`` of the answer.
        message: its text, shown verbatim.
    """
    reason = _ERRORS.get(code)
    return None if reason is None else Availability(reason, message=message)


class Need(enum.StrEnum):
    """What somebody wants to do; each needs actions of its own."""

    ASK = "ask"
    STREAM = "stream"
    COUNT = "count"
    BROWSE = "browse"
    PRICES = "prices"


_CALLS = {
    Need.ASK: ("bedrock:InvokeModel",),
    Need.STREAM: ("bedrock:InvokeModelWithResponseStream",),
    Need.COUNT: ("bedrock:CountTokens",),
}
_LOOKS = {
    Need.BROWSE: (
        "bedrock:GetFoundationModelAvailability",
        "bedrock:ListCustomModelDeployments",
        "bedrock:ListCustomModels",
        "bedrock:ListFoundationModels",
        "bedrock:ListImportedModels",
        "bedrock:ListInferenceProfiles",
        "bedrock:ListPromptRouters",
        "bedrock:ListProvisionedModelThroughputs",
    ),
    Need.PRICES: ("pricing:GetProducts",),
}
EVERYDAY = frozenset({Need.ASK, Need.STREAM})
_GRANTABLE = frozenset(
    {
        FOUNDATION_MODEL,
        "inference-profile",
        "application-inference-profile",
        "custom-model-deployment",
        "imported-model",
        "provisioned-model",
        "prompt-router",
        "default-prompt-router",
    }
)


@dataclasses.dataclass(frozen=True, slots=True)
class AdministratorRequest:
    """Something to copy and send to whoever looks after the account.

    Attributes:
        code: which letter the window writes: ``administrator.policy``,
            ``administrator.agreement``, ``administrator.use_case_form`` or
            ``administrator.region``.
        values: for the letter: ``models``, ``ids``, ``actions``, ``regions``, each
            joined by commas, and ``identity``.
        policy: IAM policy, JSON text with two spaces of indent.
    """

    code: str
    values: Mapping[str, str]
    policy: str


_LETTERS = {
    AccessReason.AGREEMENT_MISSING: "administrator.agreement",
    AccessReason.AGREEMENT_ERROR: "administrator.agreement",
    AccessReason.NOT_ENTITLED: "administrator.agreement",
    AccessReason.USE_CASE_FORM: "administrator.use_case_form",
    AccessReason.NOT_IN_REGION: "administrator.region",
}


def administrator_request(
    models: Sequence[RemoteModel],
    *,
    needs: frozenset[Need] = EVERYDAY,
    reason: AccessReason = AccessReason.DENIED,
    identity: str = "",
) -> AdministratorRequest:
    """Return what to send to an administrator.

    A profile needs permission on itself and on the model in each region behind it;
    Converse is allowed by ``bedrock:InvokeModel``, ConverseStream by
    ``bedrock:InvokeModelWithResponseStream``.

    Args:
        models: the rows that are to be called, with their ARNs: the profile and not
            the model that needs one.
        needs: what somebody wants to do with them.
        reason: why it does not work today; decides the letter.
        identity: ARN of the user or role that is to be allowed, empty when unknown.

    Raises:
        ValueError: a row without an ARN is to be called.
    """
    calls = _actions(_CALLS, needs) if models else ()
    looks = _actions(_LOOKS, needs)
    statements = []
    if calls:
        statements.append(_statement("WorkbenchCalls", calls, resources(models)))
    if looks:
        # These actions know no resource: they list, or read public prices.
        statements.append(_statement("WorkbenchReads", looks, ("*",)))
    policy = {"Version": "2012-10-17", "Statement": statements}
    places = {region for model in models for region in model.regions}
    return AdministratorRequest(
        code=_LETTERS.get(reason, "administrator.policy"),
        values={
            "models": ", ".join(model.name for model in models),
            "ids": ", ".join(model.id for model in models),
            "actions": ", ".join((*calls, *looks)),
            "regions": ", ".join(sorted(places)),
            "identity": identity,
        },
        policy=json.dumps(policy, indent=2, ensure_ascii=False),
    )


def resources(models: Sequence[RemoteModel]) -> tuple[str, ...]:
    """Return the ARNs that permission is needed on to call these rows, sorted.

    Raises:
        ValueError: for a row without an ARN.
    """
    found: set[str] = set()
    for model in models:
        if not model.arn:
            raise ValueError(f"{model.id} has no ARN")
        found.add(model.arn)
        found.update(arn for arn in model.target_arns if _is_grantable(arn))
    return tuple(sorted(found))


def _is_grantable(arn: str) -> bool:
    parsed = Arn.parse(arn)
    return parsed is not None and parsed.kind in _GRANTABLE


def _actions(
    table: Mapping[Need, tuple[str, ...]], needs: frozenset[Need]
) -> tuple[str, ...]:
    return tuple(
        action for need, actions in table.items() if need in needs for action in actions
    )


def _statement(
    sid: str, actions: Sequence[str], arns: Sequence[str]
) -> dict[str, object]:
    return {
        "Sid": sid,
        "Effect": "Allow",
        "Action": list(actions),
        "Resource": list(arns),
    }
