"""Operations of ``bedrock``: what models there are."""

import base64
import binascii
import datetime
from collections.abc import Callable, Mapping, Sequence

from workbench.sandbox import catalogue
from workbench.sandbox.catalogue import Access, Foundation, owned_arn
from workbench.sandbox.errors import validation

Json = dict[str, object]
Record = Mapping[str, object]
_MADE = datetime.datetime(2026, 10, 1, 9, 0, tzinfo=datetime.UTC)
_LATER = datetime.datetime(2026, 10, 15, 9, 0, tzinfo=datetime.UTC)
_SOON = datetime.datetime(2026, 11, 1, 9, 0, tzinfo=datetime.UTC)


def _date(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text).replace(tzinfo=datetime.UTC)


def summary(model: Foundation, region: str) -> Json:
    """Return a model as ListFoundationModels shows it."""
    dates = {name: _date(text) for name, text in model.dates.items()}
    return {
        "modelArn": model.arn(region),
        "modelId": model.model_id,
        "modelName": model.name,
        "providerName": model.provider,
        "inputModalities": ["TEXT", "IMAGE"] if model.images else ["TEXT"],
        "outputModalities": [model.makes],
        "responseStreamingSupported": model.makes == "TEXT",
        "customizationsSupported": list(model.customizations),
        "inferenceTypesSupported": list(model.inference),
        "modelLifecycle": {"status": model.status, **dates},
    }


def list_foundation_models(value: Record, region: str) -> Json:
    """Answer ListFoundationModels, which has no pages."""
    wanted: list[Record] = [summary(m, region) for m in catalogue.FOUNDATIONS]
    provider = str(value.get("byProvider", "")).lower()
    wanted = [m for m in wanted if str(m["providerName"]).lower().startswith(provider)]
    for name, member in (
        ("byCustomizationType", "customizationsSupported"),
        ("byOutputModality", "outputModalities"),
        ("byInferenceType", "inferenceTypesSupported"),
    ):
        asked = value.get(name)
        if asked is not None:
            wanted = [m for m in wanted if asked in _names(m[member])]
    return {"modelSummaries": wanted}


def _names(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else ()


def get_foundation_model(value: Record, region: str) -> Json:
    """Answer GetFoundationModel."""
    model = catalogue.foundation(str(value["modelIdentifier"]))
    return {"modelDetails": summary(model, region)}


def get_availability(value: Record, region: str) -> Json:
    """Answer GetFoundationModelAvailability."""
    model = catalogue.foundation(str(value["modelId"]))
    is_open = model.access is not Access.NONE
    ended = model.access is Access.ENDED
    return {
        "modelId": model.model_id,
        "agreementAvailability": {"status": "AVAILABLE" if is_open else "PENDING"},
        "authorizationStatus": "AUTHORIZED" if is_open else "NOT_AUTHORIZED",
        "entitlementAvailability": "AVAILABLE" if is_open else "NOT_AVAILABLE",
        "regionAvailability": "NOT_AVAILABLE" if ended else "AVAILABLE",
    }


def _profiles(region: str) -> list[Record]:
    found = [
        _profile(name, model, region)
        for model in catalogue.FOUNDATIONS
        for name in catalogue.profile_ids(model)
    ]
    lite = catalogue.foundation("amazon.nova-lite-v1:0")
    resource = f"application-inference-profile/{catalogue.APPLICATION_ID}"
    own: Json = {
        **_profile(catalogue.APPLICATION_ID, lite, region),
        "inferenceProfileName": "SANDBOX application",
        "inferenceProfileArn": owned_arn(region, resource),
        "type": "APPLICATION",
    }
    return [*found, own]


def _profile(name: str, model: Foundation, region: str) -> Json:
    prefix = name.partition(".")[0].upper()
    return {
        "inferenceProfileName": f"SANDBOX {prefix} {model.name.replace('.', '-')}",
        "description": f"SANDBOX profile for {model.name.replace('.', '-')}",
        "createdAt": _MADE,
        "updatedAt": _MADE,
        "inferenceProfileArn": owned_arn(region, f"inference-profile/{name}"),
        "models": [{"modelArn": model.arn(region)}],
        "inferenceProfileId": name,
        "status": "ACTIVE",
        "type": "SYSTEM_DEFINED",
    }


def _custom_models(region: str) -> list[Record]:
    base = catalogue.foundation(catalogue.CUSTOM_BASE)
    shared = {
        "baseModelArn": base.arn(region),
        "baseModelName": "amazon.nova-micro-v1",
        "customizationType": "FINE_TUNING",
        "ownerAccountId": catalogue.ACCOUNT,
    }
    prefix = f"custom-model/{catalogue.CUSTOM_BASE}/"
    return [
        {
            **shared,
            "modelArn": owned_arn(region, prefix + catalogue.CUSTOM_ID),
            "modelName": "SANDBOX-triage",
            "creationTime": _MADE,
            "modelStatus": "Active",
        },
        {
            **shared,
            "modelArn": owned_arn(region, prefix + catalogue.FAILED_ID),
            "modelName": "SANDBOX-failed",
            "creationTime": _LATER,
            "modelStatus": "Failed",
        },
    ]


def _imported_models(region: str) -> list[Record]:
    resource = f"imported-model/{catalogue.IMPORTED_ID}"
    return [
        {
            "modelArn": owned_arn(region, resource),
            "modelName": "SANDBOX-imported-llama",
            "creationTime": _MADE,
            "instructSupported": True,
            "modelArchitecture": "llama3",
        }
    ]


def _provisioned(region: str) -> list[Record]:
    model = _custom_models(region)[0]["modelArn"]
    resource = f"provisioned-model/{catalogue.PROVISIONED_ID}"
    return [
        {
            "provisionedModelName": "SANDBOX-provisioned",
            "provisionedModelArn": owned_arn(region, resource),
            "modelArn": model,
            "desiredModelArn": model,
            "foundationModelArn": catalogue.foundation(catalogue.CUSTOM_BASE).arn(
                region
            ),
            "modelUnits": 1,
            "desiredModelUnits": 1,
            "status": "InService",
            "creationTime": _LATER,
            "lastModifiedTime": _LATER,
        }
    ]


def _deployments(region: str) -> list[Record]:
    resource = f"custom-model-deployment/{catalogue.DEPLOYMENT_ID}"
    return [
        {
            "customModelDeploymentArn": owned_arn(region, resource),
            "customModelDeploymentName": "SANDBOX-triage",
            "modelArn": _custom_models(region)[0]["modelArn"],
            "createdAt": _LATER,
            "status": "Active",
            "lastUpdatedAt": _SOON,
        }
    ]


_EQUAL = {
    "typeEquals": "type",
    "modelStatus": "modelStatus",
    "statusEquals": "status",
    "modelArnEquals": "modelArn",
    "baseModelArnEquals": "baseModelArn",
    "foundationModelArnEquals": "baseModelArn",
}
_NAMES = ("modelName", "provisionedModelName", "customModelDeploymentName")
_TIMES = ("creationTime", "createdAt")


def _is_wanted(record: Record, value: Record) -> bool:
    for name, member in _EQUAL.items():
        if value.get(name) is not None and record.get(member) != value[name]:
            return False
    if value.get("isOwned") is False:
        return False
    part = str(value.get("nameContains", "")).lower()
    if part not in "".join(str(record.get(name, "")) for name in _NAMES).lower():
        return False
    return _is_in_time(record, value)


def _is_in_time(record: Record, value: Record) -> bool:
    made = next((record[name] for name in _TIMES if name in record), None)
    after = value.get("creationTimeAfter", value.get("createdAfter"))
    before = value.get("creationTimeBefore", value.get("createdBefore"))
    if not isinstance(made, datetime.datetime):
        return True
    if isinstance(after, datetime.datetime) and made <= after:
        return False
    return not (isinstance(before, datetime.datetime) and made >= before)


def page(
    operation: str, member: str, records: Sequence[Record], value: Record, size: int
) -> Json:
    """Cut one page out of a list.

    Args:
        operation: a token serves the operation that gave it.
        member: of the reply that holds the list.
        records: the whole list.
        value: the request; ``maxResults`` and ``nextToken`` are looked at.
        size: records on a page at most.

    Raises:
        AwsError: ValidationException for a token that was not given here.
    """
    start = _start(operation, value.get("nextToken"))
    asked = value.get("maxResults")
    count = min(size, asked) if isinstance(asked, int) else size
    reply: Json = {member: list(records[start : start + count])}
    if start + count < len(records):
        token = f"{operation}:{start + count}".encode()
        reply["nextToken"] = base64.urlsafe_b64encode(token).decode()
    return reply


def _start(operation: str, token: object) -> int:
    if token is None:
        return 0
    try:
        text = base64.urlsafe_b64decode(str(token)).decode()
    except (binascii.Error, UnicodeDecodeError):
        text = ""
    name, _, number = text.partition(":")
    if name != operation or not number.isdigit():
        raise validation("The specified nextToken is invalid.")
    return int(number)


_LISTS: Mapping[str, tuple[str, Callable[[str], list[Record]]]] = {
    "ListInferenceProfiles": ("inferenceProfileSummaries", _profiles),
    "ListCustomModels": ("modelSummaries", _custom_models),
    "ListImportedModels": ("modelSummaries", _imported_models),
    "ListProvisionedModelThroughputs": ("provisionedModelSummaries", _provisioned),
    "ListCustomModelDeployments": ("modelDeploymentSummaries", _deployments),
}
_SINGLE: Mapping[str, Callable[[Record, str], Json]] = {
    "ListFoundationModels": list_foundation_models,
    "GetFoundationModel": get_foundation_model,
    "GetFoundationModelAvailability": get_availability,
}


def answer(operation: str, value: Record, region: str, page_size: int) -> Json:
    """Answer an operation of ``bedrock``.

    Args:
        operation: its name.
        value: the checked request.
        region: for the ARNs.
        page_size: records on a page at most.

    Raises:
        AwsError: for an unknown model or a wrong page token.
    """
    if operation in _SINGLE:
        return _SINGLE[operation](value, region)
    member, records = _LISTS[operation]
    wanted = [record for record in records(region) if _is_wanted(record, value)]
    is_descending = value.get("sortOrder", "Descending") == "Descending"
    if operation != "ListInferenceProfiles":
        wanted.sort(key=_made, reverse=is_descending)
    return page(operation, member, wanted, value, page_size)


def _made(record: Record) -> str:
    return next((str(record[name]) for name in _TIMES if name in record), "")
