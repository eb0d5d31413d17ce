import datetime
from collections.abc import Iterator
from typing import Any

import boto3
import pytest

from tests.unit.aws.http_stub import (
    Asked,
    Reply,
    Stub,
    no_credentials,
    refused,
    serving,
)
from workbench.aws.catalogue import MAX_PAGES, BedrockCatalogue
from workbench.domain.access import AccessReason
from workbench.domain.catalogue import (
    Catalogue,
    Hindrance,
    LifecyclePhase,
    RemoteModel,
    Route,
)
from workbench.domain.errors import CancelledError
from workbench.domain.generation import StopSignal
from workbench.sandbox import Sandbox

TODAY = datetime.date(2026, 11, 20)
MINE = "arn:aws:bedrock:us-east-1:111122223333"
HAIKU = "anthropic.claude-haiku-4-5-20251001-v1:0"
MICRO = "amazon.nova-micro-v1:0"
CUSTOM = f"{MINE}:custom-model/{MICRO}:128k/abcdefghijkl"


def foundation_arn(model_id: str, region: str = "us-east-1") -> str:
    return f"arn:aws:bedrock:{region}::foundation-model/{model_id}"


def summary(model_id: str, **changed: Any) -> dict[str, Any]:
    return {
        "modelArn": foundation_arn(model_id),
        "modelId": model_id,
        "modelName": "Name",
        "providerName": "Provider",
        "inputModalities": ["TEXT", "IMAGE"],
        "outputModalities": ["TEXT"],
        "responseStreamingSupported": True,
        "inferenceTypesSupported": ["ON_DEMAND"],
        "modelLifecycle": {"status": "ACTIVE"},
        **changed,
    }


def profile(name: str, arns: list[str], kind: str = "SYSTEM_DEFINED") -> dict[str, Any]:
    resource = "inference-profile"
    if kind == "APPLICATION":
        resource = "application-inference-profile"
    return {
        "inferenceProfileName": f"Profile {name}",
        "inferenceProfileArn": f"{MINE}:{resource}/{name}",
        "inferenceProfileId": name,
        "models": [{"modelArn": arn} for arn in arns],
        "status": "ACTIVE",
        "type": kind,
    }


LEGACY = {
    "status": "LEGACY",
    "startOfLifeTime": "2025-10-15T00:00:00Z",
    "legacyTime": "2026-10-08T00:00:00Z",
    "publicExtendedAccessTime": "2027-01-08T00:00:00Z",
    "endOfLifeTime": "2027-04-08T00:00:00Z",
}
LISTS: dict[str, dict[str, Any]] = {
    "/foundation-models": {
        "modelSummaries": [
            summary(MICRO),
            summary(f"{MICRO}:128k", inferenceTypesSupported=["PROVISIONED"]),
            summary(
                HAIKU,
                inferenceTypesSupported=["INFERENCE_PROFILE"],
                modelLifecycle=LEGACY,
            ),
        ]
    },
    "/custom-models": {
        "modelSummaries": [
            {
                "modelArn": CUSTOM,
                "modelName": "support",
                "creationTime": "2026-11-01T00:00:00Z",
                "baseModelArn": foundation_arn(f"{MICRO}:128k"),
                "baseModelName": "Nova Micro",
                "modelStatus": "Active",
            }
        ]
    },
    "/model-customization/custom-model-deployments": {
        "modelDeploymentSummaries": [
            {
                "customModelDeploymentArn": f"{MINE}:custom-model-deployment/{status}",
                "customModelDeploymentName": status,
                "modelArn": CUSTOM,
                "createdAt": "2026-11-01T00:00:00Z",
                "status": status,
            }
            for status in ("Active", "Creating")
        ]
    },
    "/imported-models": {
        "modelSummaries": [
            {
                "modelArn": f"{MINE}:imported-model/abcdefghijkl",
                "modelName": "qwen",
                "creationTime": "2026-11-01T00:00:00Z",
                "instructSupported": False,
                "modelArchitecture": "qwen3",
            }
        ]
    },
    "/provisioned-model-throughputs": {
        "provisionedModelSummaries": [
            {
                "provisionedModelName": "units",
                "provisionedModelArn": f"{MINE}:provisioned-model/abcdefghijkl",
                "modelArn": CUSTOM,
                "desiredModelArn": CUSTOM,
                "foundationModelArn": foundation_arn(f"{MICRO}:128k"),
                "modelUnits": 1,
                "desiredModelUnits": 1,
                "status": "InService",
                "creationTime": "2026-11-01T00:00:00Z",
                "lastModifiedTime": "2026-11-01T00:00:00Z",
            }
        ]
    },
    "/prompt-routers": {
        "promptRouterSummaries": [
            {
                "promptRouterName": "router",
                "promptRouterArn": f"{MINE}:default-prompt-router/claude:1",
                "models": [{"modelArn": f"{MINE}:inference-profile/us.{HAIKU}"}],
                "routingCriteria": {"responseQualityDifference": 0.0},
                "fallbackModel": {"modelArn": f"{MINE}:inference-profile/us.{HAIKU}"},
                "status": "AVAILABLE",
                "type": "default",
            }
        ]
    },
}
PROFILES = {
    "SYSTEM_DEFINED": [
        profile(
            f"us.{HAIKU}",
            [foundation_arn(HAIKU), foundation_arn(HAIKU, "us-west-2")],
        ),
        profile(f"global.{HAIKU}", [foundation_arn(HAIKU), foundation_arn(HAIKU, "")]),
    ],
    "APPLICATION": [profile("abcdefghijkl", [foundation_arn(MICRO)], "APPLICATION")],
}


def account(asked: Asked) -> Reply:
    """Answer the lists; profiles come one on a page."""
    if asked.path != "/inference-profiles":
        return Reply(LISTS[asked.path])
    records = PROFILES[asked.query["type"]]
    start = int(asked.query.get("nextToken", 0))
    reply: dict[str, Any] = {"inferenceProfileSummaries": records[start : start + 1]}
    if start + 1 < len(records):
        reply["nextToken"] = str(start + 1)
    return Reply(reply)


@pytest.fixture
def stub(monkeypatch: pytest.MonkeyPatch) -> Iterator[Stub]:
    no_credentials(monkeypatch)
    with serving() as server:
        server.answer = account
        yield server


def read(stub: Stub) -> Catalogue:
    return BedrockCatalogue(stub.client("bedrock")).read()


def by_id(catalogue: Catalogue) -> dict[str, RemoteModel]:
    return {model.id: model for model in catalogue.models}


def test_every_list_is_read_and_every_route_is_there(stub: Stub) -> None:
    found = read(stub)
    assert found.unread == ()
    assert {model.route for model in found.models} == set(Route)
    assert len(found.models) == len(by_id(found)) == 12


def test_a_profile_inherits_from_its_model_and_names_its_regions(stub: Stub) -> None:
    found = by_id(read(stub))[f"us.{HAIKU}"]
    assert found.base_id == HAIKU
    assert found.provider == "Provider"
    assert found.regions == ("us-east-1", "us-west-2")
    assert not found.everywhere
    assert found.streaming is True
    assert found.input_modalities == ("TEXT", "IMAGE")
    assert found.lifecycle.end == datetime.date(2027, 4, 8)
    assert found.lifecycle.phase(TODAY) is LifecyclePhase.LEGACY


def test_a_global_profile_may_be_processed_anywhere(stub: Stub) -> None:
    found = by_id(read(stub))[f"global.{HAIKU}"]
    assert found.everywhere
    assert found.regions == ("us-east-1",)


def test_a_model_without_on_demand_names_its_profiles(stub: Stub) -> None:
    found = by_id(read(stub))[HAIKU]
    assert found.hindrance is Hindrance.NEEDS_PROFILE
    assert found.through == (
        f"us.{HAIKU}",
        f"global.{HAIKU}",
        f"{MINE}:default-prompt-router/claude:1",
    )


def test_a_tuned_model_is_no_way_to_its_base(stub: Stub) -> None:
    base = by_id(read(stub))[f"{MICRO}:128k"]
    assert base.hindrance is Hindrance.NEEDS_PROVISIONED
    assert base.through == ()


def test_provisioned_throughput_of_a_base_is_a_way_to_it(stub: Stub) -> None:
    base = foundation_arn(f"{MICRO}:128k")
    record = LISTS["/provisioned-model-throughputs"]["provisionedModelSummaries"][0]
    reply = {"provisionedModelSummaries": [{**record, "modelArn": base}]}

    def answer(asked: Asked) -> Reply:
        is_it = asked.path == "/provisioned-model-throughputs"
        return Reply(reply) if is_it else account(asked)

    stub.answer = answer
    found = by_id(read(stub))[f"{MICRO}:128k"]
    assert found.through == (f"{MINE}:provisioned-model/abcdefghijkl",)


def test_an_application_profile_is_called_by_its_arn(stub: Stub) -> None:
    own = f"{MINE}:application-inference-profile/abcdefghijkl"
    found = by_id(read(stub))[own]
    assert found.route is Route.APPLICATION_PROFILE
    assert found.base_id == MICRO


def test_a_deployment_finds_its_base_through_the_custom_model(stub: Stub) -> None:
    found = by_id(read(stub))
    ready = found[f"{MINE}:custom-model-deployment/Active"]
    assert ready.base_id == f"{MICRO}:128k"
    assert ready.callable
    waiting = found[f"{MINE}:custom-model-deployment/Creating"]
    assert waiting.hindrance is Hindrance.NOT_READY
    assert found[CUSTOM].hindrance is Hindrance.NEEDS_DEPLOYMENT
    assert found[CUSTOM].through == (ready.id, f"{MINE}:provisioned-model/abcdefghijkl")


def test_an_imported_model_says_whether_converse_serves_it(stub: Stub) -> None:
    found = by_id(read(stub))[f"{MINE}:imported-model/abcdefghijkl"]
    assert found.instruct_supported is False
    assert found.architecture == "qwen3"


def test_a_router_has_the_regions_of_its_profiles(stub: Stub) -> None:
    found = by_id(read(stub))[f"{MINE}:default-prompt-router/claude:1"]
    assert found.regions == ("us-east-1", "us-west-2")
    assert foundation_arn(HAIKU, "us-west-2") in found.target_arns


def test_a_forbidden_list_is_named_and_the_others_are_read(stub: Stub) -> None:
    def answer(asked: Asked) -> Reply:
        if asked.path in ("/custom-models", "/prompt-routers"):
            return refused("AccessDeniedException", "not you", 403)
        return account(asked)

    stub.answer = answer
    found = read(stub)
    assert [(each.action, each.code, each.message) for each in found.unread] == [
        ("bedrock:ListCustomModels", "AccessDeniedException", "not you"),
        ("bedrock:ListPromptRouters", "AccessDeniedException", "not you"),
    ]
    # Without the list of custom models nobody knows what is behind a deployment.
    deployment = by_id(found)[f"{MINE}:custom-model-deployment/Active"]
    assert deployment.callable
    assert deployment.base_id == ""


def test_pages_before_a_failure_are_kept(stub: Stub) -> None:
    def answer(asked: Asked) -> Reply:
        if "nextToken" in asked.query:
            return refused("ThrottlingException", status=429)
        return account(asked)

    stub.answer = answer
    found = read(stub)
    assert f"us.{HAIKU}" in by_id(found)
    assert [(each.code, each.partial) for each in found.unread] == [
        ("ThrottlingException", True)
    ]


def test_a_list_without_end_is_left(stub: Stub) -> None:
    def answer(asked: Asked) -> Reply:
        if asked.path == "/imported-models":
            return Reply({"modelSummaries": [], "nextToken": "again"})
        return account(asked)

    stub.answer = answer
    found = read(stub)
    assert [each.code for each in found.unread] == ["TooManyPages"]
    assert sum(each.path == "/imported-models" for each in stub.asked) == MAX_PAGES


def test_a_record_without_a_required_member_is_named(stub: Stub) -> None:
    def answer(asked: Asked) -> Reply:
        if asked.path == "/imported-models":
            return Reply({"modelSummaries": [{"modelName": "nameless"}]})
        return account(asked)

    stub.answer = answer
    found = read(stub)
    assert [(each.code, each.message) for each in found.unread] == [
        ("MalformedRecord", "modelArn is missing")
    ]
    assert len(found.models) == 11


def test_without_a_connection_only_one_list_waits(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    no_credentials(monkeypatch)
    with serving() as stub:
        client = stub.client("bedrock")
    found = BedrockCatalogue(client).read()
    assert found.models == ()
    assert {each.code for each in found.unread} == {"EndpointConnectionError"}
    assert len({each.action for each in found.unread}) == 7


def test_reading_can_be_stopped(stub: Stub) -> None:
    stop = StopSignal()
    stop.set()
    with pytest.raises(CancelledError):
        BedrockCatalogue(stub.client("bedrock")).read(stop)
    assert stub.asked == []


def probe(**changed: str) -> dict[str, Any]:
    agreement = {"status": changed.pop("agreement", "AVAILABLE")}
    return {
        "modelId": MICRO,
        "agreementAvailability": agreement,
        "authorizationStatus": "AUTHORIZED",
        "entitlementAvailability": "AVAILABLE",
        "regionAvailability": "AVAILABLE",
        **changed,
    }


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (Reply(probe()), AccessReason.USABLE),
        (Reply(probe(agreement="PENDING")), AccessReason.AGREEMENT_PENDING),
        (Reply(probe(agreement="NOT_AVAILABLE")), AccessReason.AGREEMENT_MISSING),
        (
            Reply(probe(authorizationStatus="NOT_AUTHORIZED")),
            AccessReason.NOT_AUTHORIZED,
        ),
        (
            Reply(probe(entitlementAvailability="NOT_AVAILABLE")),
            AccessReason.NOT_ENTITLED,
        ),
        (Reply(probe(regionAvailability="NOT_AVAILABLE")), AccessReason.NOT_IN_REGION),
        (refused("AccessDeniedException", status=403), AccessReason.UNKNOWN),
        (refused("ResourceNotFoundException", status=404), AccessReason.NOT_FOUND),
        (refused("FTUFormNotFilled", status=404), AccessReason.USE_CASE_FORM),
        (refused("InternalServerException", status=500), AccessReason.UNKNOWN),
    ],
)
def test_the_service_says_why_a_model_cannot_be_used(
    stub: Stub, reply: Reply, reason: AccessReason
) -> None:
    model = by_id(read(stub))[MICRO]
    stub.answer = lambda _: reply
    catalogue = BedrockCatalogue(stub.client("bedrock"))
    assert catalogue.availability(model, TODAY).reason is reason
    assert stub.asked[-1].path == f"/foundation-model-availability/{MICRO}"


def test_what_the_catalogue_knows_is_not_asked(stub: Stub) -> None:
    rows = by_id(read(stub))
    stub.asked.clear()
    catalogue = BedrockCatalogue(stub.client("bedrock"))
    assert catalogue.availability(rows[HAIKU], TODAY).reason is (
        AccessReason.NEEDS_PROFILE
    )
    late = catalogue.availability(rows[f"us.{HAIKU}"], datetime.date(2027, 4, 8))
    assert late.reason is AccessReason.ENDED
    assert stub.asked == []


def test_the_sandbox_lists_an_account(monkeypatch: pytest.MonkeyPatch) -> None:
    no_credentials(monkeypatch)
    with Sandbox(page_size=2) as sandbox:
        session = boto3.session.Session(
            aws_access_key_id=sandbox.credentials.access_key_id,
            aws_secret_access_key=sandbox.credentials.secret_access_key,
            region_name="us-east-1",
        )
        client = session.client("bedrock", endpoint_url=sandbox.endpoint)
        catalogue = BedrockCatalogue(client)
        found = catalogue.read()
        rows = by_id(found)
        opus = rows["us.anthropic.claude-opus-4-1-20250805-v1:0"]
        closed = catalogue.availability(opus, TODAY)
        usable = catalogue.availability(rows[f"jp.{HAIKU}"], TODAY)
        ended = catalogue.availability(
            rows["anthropic.claude-3-haiku-20240307-v1:0"], TODAY
        )
    assert {model.route for model in found.models} >= set(Route) - {Route.PROMPT_ROUTER}
    assert {each.action for each in found.unread} <= {"bedrock:ListPromptRouters"}
    assert rows[HAIKU].hindrance is Hindrance.NEEDS_PROFILE
    assert closed.reason is AccessReason.AGREEMENT_PENDING
    assert usable.reason is AccessReason.USABLE
    assert ended.reason is AccessReason.ENDED
