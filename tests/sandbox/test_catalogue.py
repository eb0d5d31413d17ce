"""The operations of bedrock, sts and pricing, checked against the service models."""

import datetime
import json
from typing import Any

import pytest

from tests.sandbox.clients import ask, client_of, refused
from tests.sandbox.conftest import Start
from workbench.sandbox import Sandbox
from workbench.sandbox.catalogue import FOUNDATIONS, profile_ids

LISTS = {
    "list_inference_profiles": "inferenceProfileSummaries",
    "list_custom_models": "modelSummaries",
    "list_imported_models": "modelSummaries",
    "list_provisioned_model_throughputs": "provisionedModelSummaries",
    "list_custom_model_deployments": "modelDeploymentSummaries",
}


def ids(bedrock: Any, **filters: Any) -> list[str]:
    found = bedrock.list_foundation_models(**filters)["modelSummaries"]
    return [model["modelId"] for model in found]


def test_foundation_models_are_listed_and_marked(bedrock: Any) -> None:
    found = bedrock.list_foundation_models()["modelSummaries"]
    assert [model["modelId"] for model in found] == [m.model_id for m in FOUNDATIONS]
    assert all(model["providerName"].endswith("SANDBOX") for model in found)
    legacy = next(m for m in found if "sonnet-4-5" in m["modelId"])
    assert legacy["modelLifecycle"]["status"] == "LEGACY"
    end = datetime.datetime(2027, 4, 8, tzinfo=datetime.UTC)
    assert legacy["modelLifecycle"]["endOfLifeTime"] == end


def test_foundation_models_are_filtered(bedrock: Any) -> None:
    assert all("anthropic" in name for name in ids(bedrock, byProvider="Anthropic"))
    tunable = ids(bedrock, byCustomizationType="FINE_TUNING")
    assert "amazon.nova-micro-v1:0:128k" in tunable
    assert ids(bedrock, byCustomizationType="CONTINUED_PRE_TRAINING") == []
    assert ids(bedrock, byOutputModality="EMBEDDING") == [
        "amazon.titan-embed-text-v2:0"
    ]
    assert "amazon.nova-2-lite-v1:0" not in ids(bedrock, byInferenceType="ON_DEMAND")
    with refused("ValidationException", part="enum value set"):
        ids(bedrock, byInferenceType="BATCH")


def test_every_model_can_be_looked_up(bedrock: Any) -> None:
    for model in bedrock.list_foundation_models()["modelSummaries"]:
        for name in (model["modelId"], model["modelArn"]):
            found = bedrock.get_foundation_model(modelIdentifier=name)["modelDetails"]
            assert found == model
    with refused("ResourceNotFoundException", 404):
        bedrock.get_foundation_model(modelIdentifier="amazon.nova-nano-v1:0")


@pytest.mark.parametrize(
    ("model", "authorised", "region"),
    [
        ("amazon.nova-lite-v1:0", "AUTHORIZED", "AVAILABLE"),
        (
            "anthropic.claude-opus-4-1-20250805-v1:0",
            "NOT_AUTHORIZED",
            "AVAILABLE",
        ),
        ("anthropic.claude-3-haiku-20240307-v1:0", "AUTHORIZED", "NOT_AVAILABLE"),
    ],
)
def test_availability_says_why(
    bedrock: Any, model: str, authorised: str, region: str
) -> None:
    found = bedrock.get_foundation_model_availability(modelId=model)
    assert found["authorizationStatus"] == authorised
    assert found["regionAvailability"] == region


def test_everything_listed_can_be_called(bedrock: Any, runtime: Any) -> None:
    profiles = bedrock.list_inference_profiles(typeEquals="APPLICATION")
    [profile] = profiles["inferenceProfileSummaries"]
    [imported] = bedrock.list_imported_models()["modelSummaries"]
    deployments = bedrock.list_custom_model_deployments(statusEquals="Active")
    [deployed] = deployments["modelDeploymentSummaries"]
    units = bedrock.list_provisioned_model_throughputs(statusEquals="InService")
    [provisioned] = units["provisionedModelSummaries"]
    system = bedrock.list_inference_profiles(typeEquals="SYSTEM_DEFINED")
    nova = next(
        p
        for p in system["inferenceProfileSummaries"]
        if p["inferenceProfileId"] == "us.amazon.nova-2-lite-v1:0"
    )
    names = [
        profile["inferenceProfileArn"],
        imported["modelArn"],
        deployed["customModelDeploymentArn"],
        provisioned["provisionedModelArn"],
        nova["inferenceProfileArn"],
        nova["inferenceProfileId"],
    ]
    for name in names:
        assert ask(runtime, modelId=name)["stopReason"] == "end_turn"
    stranger = deployed["customModelDeploymentArn"].replace("00002", "99999")
    with refused("ResourceNotFoundException", 404):
        ask(runtime, modelId=stranger)


@pytest.mark.parametrize(("operation", "member"), LISTS.items())
def test_lists_come_in_pages(start: Start, operation: str, member: str) -> None:
    with client_of(start(page_size=1), "bedrock") as client:
        pages = list(client.get_paginator(operation).paginate())
        whole = [item for page in pages for item in page[member]]
        assert len(pages) == len(whole) >= 1
        with refused("ValidationException", part="nextToken"):
            getattr(client, operation)(nextToken="bm90IG9uZQ==")
    text = json.dumps(whole, default=str)
    assert "SANDBOX" in text


def test_a_client_may_ask_for_smaller_pages(bedrock: Any) -> None:
    page = bedrock.list_inference_profiles(maxResults=2)
    assert len(page["inferenceProfileSummaries"]) == 2
    again = bedrock.list_inference_profiles(maxResults=2, nextToken=page["nextToken"])
    assert again["inferenceProfileSummaries"] != page["inferenceProfileSummaries"]
    total = sum(len(profile_ids(model)) for model in FOUNDATIONS) + 1
    assert len(bedrock.list_inference_profiles()["inferenceProfileSummaries"]) == total


@pytest.mark.parametrize(
    ("filters", "names"),
    [
        ({}, ["SANDBOX-failed", "SANDBOX-triage"]),
        ({"sortOrder": "Ascending"}, ["SANDBOX-triage", "SANDBOX-failed"]),
        ({"modelStatus": "Active"}, ["SANDBOX-triage"]),
        ({"nameContains": "fail"}, ["SANDBOX-failed"]),
        ({"isOwned": False}, []),
        (
            {"creationTimeBefore": datetime.datetime(2026, 10, 2, tzinfo=datetime.UTC)},
            ["SANDBOX-triage"],
        ),
        (
            {"creationTimeAfter": datetime.datetime(2026, 10, 2, tzinfo=datetime.UTC)},
            ["SANDBOX-failed"],
        ),
    ],
)
def test_custom_models_are_filtered(bedrock: Any, filters: Any, names: Any) -> None:
    found = bedrock.list_custom_models(**filters)["modelSummaries"]
    assert [model["modelName"] for model in found] == names


def test_the_caller_is_the_sandbox(sandbox: Sandbox) -> None:
    with client_of(sandbox, "sts") as client:
        found = client.get_caller_identity()
    assert found["Arn"] == "arn:aws:iam::000000000000:user/SANDBOX"
    assert found["Account"] == "000000000000"
    assert found["ResponseMetadata"]["RequestId"]


def prices(client: Any, **options: Any) -> list[Any]:
    pages = client.get_paginator("get_products").paginate(**options)
    return [json.loads(text) for page in pages for text in page["PriceList"]]


def test_prices_come_as_json_texts_in_pages(start: Start) -> None:
    where = {"Type": "TERM_MATCH", "Field": "regionCode", "Value": "us-east-1"}
    with client_of(start(page_size=2), "pricing") as client:
        found = prices(client, ServiceCode="AmazonBedrock", Filters=[where])
        assert len(found) == 6
        [offer] = found[0]["terms"]["OnDemand"].values()
        [price] = offer["priceDimensions"].values()
        assert price["unit"] == "1K tokens"
        assert float(price["pricePerUnit"]["USD"]) > 0
        assert found[0]["product"]["attributes"]["model"] == "Nova Micro"
        assert found[0]["publicationDate"]
        assert "SANDBOX" in found[0]["version"]
        claude = prices(client, ServiceCode="AmazonBedrockFoundationModels")
        assert all("TokenCount-Units" in _usage(p) for p in claude)
        with refused("InvalidNextTokenException"):
            client.get_products(ServiceCode="AmazonBedrock", NextToken="?")
        with refused("NotFoundException"):
            client.get_products(ServiceCode="AmazonS3")


@pytest.mark.parametrize(
    ("kind", "value", "count"),
    [
        ("EQUALS", "USE1-Train:ml.g5.2xlarge", 1),
        ("CONTAINS", "g5.2xlarge", 3),
        ("ANY_OF", "USE1-Train:ml.g5.2xlarge,USW2-Train:ml.g5.2xlarge", 2),
        ("NONE_OF", "USE1-Train:ml.g5.2xlarge", 5),
    ],
)
def test_prices_are_filtered(
    sandbox: Sandbox, kind: str, value: str, count: int
) -> None:
    wish = {"Type": kind, "Field": "usagetype", "Value": value}
    with client_of(sandbox, "pricing") as client:
        found = prices(client, ServiceCode="AmazonSageMaker", Filters=[wish])
    assert len(found) == count


def _usage(product: Any) -> str:
    return str(product["product"]["attributes"]["usagetype"])
