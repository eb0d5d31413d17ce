"""Records of Bedrock's lists as rows of the catalogue."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from workbench.domain.catalogue import (
    Arn,
    Lifecycle,
    RemoteModel,
    Route,
    base_id_of,
    regions_of,
)

Record = Mapping[str, Any]


def foundation(record: Record) -> RemoteModel:
    """Return a record of ListFoundationModels."""
    arn = record["modelArn"]
    kinds = record.get("inferenceTypesSupported")
    return RemoteModel(
        id=record["modelId"],
        name=record.get("modelName") or record["modelId"],
        route=Route.ON_DEMAND,
        provider=record.get("providerName", ""),
        base_id=record["modelId"],
        arn=arn,
        regions=_own_region(arn),
        input_modalities=tuple(record.get("inputModalities", ())),
        output_modalities=tuple(record.get("outputModalities", ())),
        streaming=record.get("responseStreamingSupported"),
        inference_types=None if kinds is None else tuple(kinds),
        lifecycle=_lifecycle(record.get("modelLifecycle", {})),
    )


def _lifecycle(record: Record) -> Lifecycle:
    return Lifecycle(
        status=record.get("status", ""),
        start=_day(record.get("startOfLifeTime")),
        legacy=_day(record.get("legacyTime")),
        extended=_day(record.get("publicExtendedAccessTime")),
        end=_day(record.get("endOfLifeTime")),
    )


def _day(moment: datetime.datetime | None) -> datetime.date | None:
    # The day in UTC: it is AWS's calendar, not that of the person's clock.
    return moment.astimezone(datetime.UTC).date() if moment else None


def _own_region(arn: str) -> tuple[str, ...]:
    parsed = Arn.parse(arn)
    return (parsed.region,) if parsed and parsed.region else ()


def profile(record: Record) -> RemoteModel:
    """Return a record of ListInferenceProfiles."""
    targets = tuple(each["modelArn"] for each in record.get("models", ()))
    regions, everywhere = regions_of(targets)
    is_own = record.get("type") == "APPLICATION"
    arn = record["inferenceProfileArn"]
    return RemoteModel(
        # Only the ARN of an application profile is accepted as modelId.
        id=arn if is_own else record["inferenceProfileId"],
        name=record["inferenceProfileName"],
        route=Route.APPLICATION_PROFILE if is_own else Route.INFERENCE_PROFILE,
        base_id=base_id_of(targets),
        arn=arn,
        target_arns=targets,
        regions=regions,
        everywhere=everywhere,
        status=record.get("status", ""),
    )


def custom(record: Record) -> RemoteModel:
    """Return a record of ListCustomModels; it is called through a deployment."""
    arn = record["modelArn"]
    return RemoteModel(
        id=arn,
        name=record["modelName"],
        route=Route.CUSTOM_MODEL,
        base_id=base_id_of([record["baseModelArn"]]),
        arn=arn,
        regions=_own_region(arn),
        status=record.get("modelStatus", ""),
    )


def deployment(record: Record, bases: Mapping[str, str]) -> RemoteModel:
    """Return a record of ListCustomModelDeployments.

    Args:
        record: of the list.
        bases: foundation model by ARN of custom model.
    """
    arn = record["customModelDeploymentArn"]
    return RemoteModel(
        id=arn,
        name=record["customModelDeploymentName"],
        route=Route.CUSTOM_DEPLOYMENT,
        base_id=bases.get(record["modelArn"], ""),
        arn=arn,
        target_arns=(record["modelArn"],),
        regions=_own_region(arn),
        status=record.get("status", ""),
    )


def imported(record: Record) -> RemoteModel:
    """Return a record of ListImportedModels."""
    arn = record["modelArn"]
    return RemoteModel(
        id=arn,
        name=record["modelName"],
        route=Route.IMPORTED,
        arn=arn,
        regions=_own_region(arn),
        instruct_supported=record.get("instructSupported"),
        architecture=record.get("modelArchitecture", ""),
    )


def provisioned(record: Record) -> RemoteModel:
    """Return a record of ListProvisionedModelThroughputs."""
    arn = record["provisionedModelArn"]
    return RemoteModel(
        id=arn,
        name=record["provisionedModelName"],
        route=Route.PROVISIONED,
        base_id=base_id_of([record["foundationModelArn"]]),
        arn=arn,
        target_arns=(record["modelArn"],),
        regions=_own_region(arn),
        status=record.get("status", ""),
    )


def router(record: Record, profiles: Sequence[RemoteModel]) -> RemoteModel:
    """Return a record of ListPromptRouters.

    Args:
        record: of the list.
        profiles: a router may choose among profiles; their regions count too.
    """
    chosen = tuple(each["modelArn"] for each in record.get("models", ()))
    known = {model.arn: model.target_arns for model in profiles}
    behind = [arn for each in chosen for arn in known.get(each, ())]
    targets = tuple(dict.fromkeys((*chosen, *behind)))
    regions, everywhere = regions_of(targets)
    arn = record["promptRouterArn"]
    return RemoteModel(
        id=arn,
        name=record["promptRouterName"],
        route=Route.PROMPT_ROUTER,
        base_id=base_id_of(targets),
        arn=arn,
        target_arns=targets,
        regions=regions,
        everywhere=everywhere,
        status=record.get("status", ""),
    )
