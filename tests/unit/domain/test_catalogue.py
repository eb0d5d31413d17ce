import dataclasses
import datetime
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.domain.access import (
    EVERYDAY,
    AccessReason,
    Need,
    Probe,
    administrator_request,
    from_error,
    judge,
    resources,
)
from workbench.domain.capabilities import (
    Capabilities,
    CapabilityTable,
    ReasoningStyle,
    Support,
)
from workbench.domain.catalogue import (
    Arn,
    Hindrance,
    Lifecycle,
    LifecyclePhase,
    RemoteModel,
    Route,
    base_id_of,
    folded,
    merge,
    regions_of,
    search,
)
from workbench.domain.errors import InputError
from workbench.domain.objections import Wanted, objections
from workbench.domain.places import resources as data_folder
from workbench.domain.regions import RegionTable

TABLES: Path = data_folder() / "aws"
TODAY = datetime.date(2026, 11, 20)
HAIKU = "anthropic.claude-haiku-4-5-20251001-v1:0"
MICRO = "amazon.nova-micro-v1:0"


def text_of(name: str) -> str:
    return (TABLES / name).read_text(encoding="utf-8")


def capabilities() -> CapabilityTable:
    return CapabilityTable.from_json(text_of("capabilities.json"))


def regions() -> RegionTable:
    return RegionTable.from_json(text_of("regions.json"))


def arn(model_id: str, region: str = "us-east-1") -> str:
    return f"arn:aws:bedrock:{region}::foundation-model/{model_id}"


def foundation(
    model_id: str, types: tuple[str, ...] | None = ("ON_DEMAND",)
) -> RemoteModel:
    return RemoteModel(
        id=model_id,
        name="Name",
        route=Route.ON_DEMAND,
        provider="Provider",
        base_id=model_id,
        arn=arn(model_id),
        regions=("us-east-1",),
        output_modalities=("TEXT",),
        inference_types=types,
    )


def profile(base: str, prefix: str = "us", status: str = "ACTIVE") -> RemoteModel:
    return RemoteModel(
        id=f"{prefix}.{base}",
        name=f"{prefix.upper()} Name",
        route=Route.INFERENCE_PROFILE,
        base_id=base,
        arn=f"arn:aws:bedrock:us-east-1:1:inference-profile/{prefix}.{base}",
        target_arns=(arn(base, "us-west-2"), arn(base)),
        regions=("us-east-1", "us-west-2"),
        status=status,
    )


# ------------------------------------------------------------------- ARNs, regions


def test_an_arn_keeps_the_colons_of_its_resource() -> None:
    parsed = Arn.parse(arn(MICRO))
    assert parsed is not None
    assert (parsed.kind, parsed.name) == ("foundation-model", MICRO)
    assert (parsed.region, parsed.account) == ("us-east-1", "")


@pytest.mark.parametrize("text", ["", "amazon.nova-micro-v1:0", "arn:aws:bedrock"])
def test_what_is_no_arn_is_none(text: str) -> None:
    assert Arn.parse(text) is None


def test_the_base_is_known_only_when_there_is_one() -> None:
    assert base_id_of([arn(MICRO), arn(MICRO, "us-west-2")]) == MICRO
    assert base_id_of([arn(MICRO), arn(HAIKU)]) == ""
    assert base_id_of([]) == ""


def test_an_arn_without_a_region_means_everywhere() -> None:
    assert regions_of([arn(MICRO, "us-west-2"), arn(MICRO), arn(MICRO, "")]) == (
        ("us-east-1", "us-west-2"),
        True,
    )


def test_regions_become_countries_and_unknown_ones_are_named() -> None:
    places = regions().places(["us-east-1", "us-west-2", "eu-central-1", "mars-1"])
    assert places.countries == ("DE", "US")
    assert places.unknown == ("mars-1",)
    assert not places.everywhere


def test_everywhere_is_every_commercial_region() -> None:
    places = regions().places(["us-east-1"], everywhere=True)
    assert {"JP", "US", "ZA"} <= set(places.countries)
    assert "CN" not in places.countries


def test_the_region_table_has_every_region_of_bedrock() -> None:
    # In tests only: the domain itself knows nothing of botocore.
    botocore_session = pytest.importorskip("botocore.session")
    offered = botocore_session.Session().get_available_regions("bedrock")
    assert set(offered) <= set(regions().ids())


# ------------------------------------------------------------------- merging


def test_a_model_on_demand_can_be_called_and_names_its_profiles() -> None:
    base, reached = merge([foundation(MICRO)], [profile(MICRO)])
    assert base.callable
    assert base.through == (reached.id,)
    assert reached.provider == "Provider"
    assert reached.answers_in_text


@pytest.mark.parametrize(
    ("types", "with_profile", "hindrance"),
    [
        (("INFERENCE_PROFILE",), True, Hindrance.NEEDS_PROFILE),
        ((), True, Hindrance.NEEDS_PROFILE),
        ((), False, Hindrance.NEEDS_PROFILE),
        (("PROVISIONED",), False, Hindrance.NEEDS_PROVISIONED),
        (("PROVISIONED",), True, Hindrance.NEEDS_PROFILE),
        (("ON_DEMAND", "PROVISIONED"), False, Hindrance.NONE),
        (None, False, Hindrance.NONE),
    ],
)
def test_a_model_without_on_demand_says_what_it_needs(
    types: tuple[str, ...] | None, *, with_profile: bool, hindrance: Hindrance
) -> None:
    others = [profile(HAIKU)] if with_profile else []
    assert merge([foundation(HAIKU, types)], others)[0].hindrance is hindrance


def test_a_profile_that_is_not_ready_is_no_way_through() -> None:
    base, reached = merge([foundation(HAIKU, ())], [profile(HAIKU, status="Failed")])
    assert base.through == ()
    assert reached.hindrance is Hindrance.NOT_READY


def test_a_profile_of_an_unlisted_model_stays() -> None:
    (reached,) = merge([], [profile(HAIKU)])
    assert reached.callable
    assert reached.answers_in_text


# ------------------------------------------------------------------- life cycle


@pytest.mark.parametrize(
    ("lifecycle", "phase"),
    [
        (Lifecycle(), LifecyclePhase.UNKNOWN),
        (Lifecycle("ACTIVE"), LifecyclePhase.ACTIVE),
        (Lifecycle("LEGACY"), LifecyclePhase.LEGACY),
        (Lifecycle("ACTIVE", legacy=TODAY), LifecyclePhase.LEGACY),
        (Lifecycle("LEGACY", extended=TODAY), LifecyclePhase.EXTENDED),
        (Lifecycle("LEGACY", extended=TODAY, end=TODAY), LifecyclePhase.ENDED),
        (Lifecycle("NEW", start=TODAY), LifecyclePhase.UNKNOWN),
    ],
)
def test_dates_decide_the_phase(lifecycle: Lifecycle, phase: LifecyclePhase) -> None:
    assert lifecycle.phase(TODAY) is phase


# ------------------------------------------------------------------- search


@pytest.mark.parametrize(
    "text",
    ["haiku", "HAIKU 4.5", "ｈａｉｋｕ", "haiku 4 5", "  claude   name ", "provider"],
)
def test_search_overlooks_case_width_and_separators(text: str) -> None:
    assert search([foundation(HAIKU), foundation(MICRO)], text)[0].id == HAIKU


def test_every_word_must_be_there() -> None:
    assert search([foundation(HAIKU)], "haiku nova") == []


def test_favourites_come_first_and_the_order_stays() -> None:
    rows = [foundation("a"), foundation("b"), foundation("c")]
    found = search(rows, "", favourites={"c"})
    assert [model.id for model in found] == ["c", "a", "b"]


def test_accents_fold_and_voiced_kana_stay_apart() -> None:
    assert folded("Élan") == "elan"
    assert folded("ｶﾞ") == folded("ガ") != folded("カ")


@given(st.text(max_size=30))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@given(st.text(max_size=30))
def test_a_model_is_found_by_its_whole_name(name: str) -> None:
    row = RemoteModel(id="i", name=name, route=Route.ON_DEMAND)
    assert search([row], name) == [row]


# ------------------------------------------------------------------- capabilities

SMALL = {
    "as_of": "2026-11-20",
    "converse": {
        "images": 20,
        "image_bytes": 1,
        "image_pixels": 1,
        "documents": 5,
        "document_bytes": 1,
        "stop_sequences": 3,
        "image_formats": ["png"],
        "document_formats": ["pdf"],
    },
    "models": [
        {"ids": ["us.a.b-1"], "system": "yes"},
        {"ids": ["a.b-1"], "system": "no"},
        {"prefixes": ["a."], "max_output_tokens": 1},
        {"prefixes": ["a.b-"], "max_output_tokens": 2},
    ],
}


def small() -> CapabilityTable:
    return CapabilityTable.from_json(json.dumps(SMALL))


def test_the_whole_id_wins_then_the_base_then_the_longest_beginning() -> None:
    table = small()
    assert table.lookup("us.a.b-1", "a.b-1").system is Support.YES
    assert table.lookup("eu.a.b-1", "a.b-1").system is Support.NO
    assert table.lookup("eu.a.b-2", "a.b-2").max_output_tokens == 2
    assert table.lookup("a.c").max_output_tokens == 1


def test_a_model_that_no_entry_holds_for_is_unknown() -> None:
    found = small().lookup("z", "")
    assert found == Capabilities()
    assert not found.known
    assert found.converse is Support.UNKNOWN
    assert found.temperature.support is Support.UNKNOWN


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"temprature": {}}, "models[0].temprature"),
        ({"system": "maybe"}, "models[0].system"),
        ({"max_output_tokens": "many"}, "models[0].max_output_tokens"),
        ({"verified": 1}, "models[0].verified"),
        ({"caching": {"ttls": "5m"}}, "models[0].caching.ttls"),
        ({"temperature": {"maximum": "-1"}}, "models[0].temperature.maximum"),
        ({"reasoning": {"style": "deep"}}, "models[0].reasoning.style"),
        ({"ids": []}, "models[0].ids"),
    ],
)
def test_a_mistake_in_the_table_is_named(change: dict[str, object], place: str) -> None:
    rows = [{"ids": ["x"], **change}]
    with pytest.raises(InputError) as caught:
        CapabilityTable.from_json(json.dumps({**SMALL, "models": rows}))
    assert caught.value.code == "table.invalid"
    assert caught.value.details["place"] == place


@pytest.mark.parametrize("text", ["", "[]", "{", "3"])
def test_what_is_no_table_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        CapabilityTable.from_json(text)


def test_the_shipped_table_knows_the_families() -> None:
    table = capabilities()
    haiku = table.lookup(f"jp.{HAIKU}", HAIKU)
    assert haiku.both_sampling is Support.NO
    assert haiku.reasoning.style is ReasoningStyle.BUDGET
    newer = table.lookup(
        "global.anthropic.claude-opus-5-5", "anthropic.claude-opus-5-5"
    )
    assert newer.temperature.support is Support.NO
    assert newer.reasoning.efforts[-1] == "max"
    assert table.lookup(f"{MICRO}:128k").images is Support.NO
    assert table.lookup("meta.llama3-3-70b-instruct-v1:0").known
    assert table.limits.images == 20


def test_the_lists_of_the_account_win_over_the_table() -> None:
    row = RemoteModel(
        id="arn:x",
        name="qwen",
        route=Route.IMPORTED,
        instruct_supported=False,
        input_modalities=("TEXT",),
    )
    found = capabilities().of(row)
    assert found.converse is Support.NO
    assert found.images is Support.NO
    assert not found.known


# ------------------------------------------------------------------- objections


def codes(wanted: Wanted, found: Capabilities) -> dict[str, str]:
    limits = small().limits
    return {each.parameter: each.code for each in objections(wanted, found, limits)}


def test_a_known_model_that_fits_has_no_objection() -> None:
    wanted = Wanted(temperature=0.2, max_output_tokens=1000, system=True, images=3)
    assert codes(wanted, capabilities().lookup(HAIKU)) == {}


def test_temperature_and_top_p_together_are_one_too_many() -> None:
    wanted = Wanted(temperature=0.2, top_p=0.9)
    assert codes(wanted, capabilities().lookup(HAIKU)) == {
        "top_p": "parameter.one_of_two"
    }


def test_limits_are_named_before_the_call() -> None:
    wanted = Wanted(temperature=1.5, max_output_tokens=64001, images=21, documents=6)
    found = codes(wanted, capabilities().lookup(HAIKU))
    assert set(found) == {"temperature", "max_output_tokens", "images", "documents"}
    assert set(found.values()) == {"parameter.too_large"}


def test_what_a_model_cannot_do_is_said() -> None:
    wanted = Wanted(temperature=0.0, images=1, stop_sequences=4)
    assert codes(wanted, capabilities().lookup("anthropic.claude-opus-5-5")) == {
        "temperature": "parameter.unsupported",
        "stop_sequences": "parameter.too_large",
    }
    assert codes(Wanted(images=1), capabilities().lookup(MICRO)) == {
        "images": "parameter.unsupported"
    }


def test_what_is_unknown_is_a_warning_and_not_a_no() -> None:
    found = objections(Wanted(system=True), Capabilities(), small().limits)
    assert [(each.code, each.sure) for each in found] == [("parameter.unknown", False)]


def test_a_reasoning_budget_leaves_room_for_the_answer() -> None:
    haiku = capabilities().lookup(HAIKU)
    assert codes(Wanted(reasoning_budget=1023), haiku) == {
        "reasoning_budget": "parameter.too_small"
    }
    wanted = Wanted(reasoning_budget=2000, max_output_tokens=2000)
    assert codes(wanted, haiku) == {"reasoning_budget": "parameter.too_large"}
    assert codes(Wanted(reasoning_effort="max"), haiku) == {
        "reasoning_effort": "parameter.unsupported"
    }


# ------------------------------------------------------------------- access

OPEN = Probe("AVAILABLE", "AUTHORIZED", "AVAILABLE", "AVAILABLE")


def test_a_model_nobody_asked_about_is_worth_trying() -> None:
    found = judge(foundation(MICRO), None, TODAY)
    assert found.reason is AccessReason.UNKNOWN
    assert found.usable


def test_a_hindrance_wins_over_the_probe() -> None:
    rows = merge([foundation(HAIKU, ())], [profile(HAIKU)])
    found = judge(rows[0], OPEN, TODAY)
    assert found.reason is AccessReason.NEEDS_PROFILE
    assert found.through == (f"us.{HAIKU}",)
    assert judge(rows[1], OPEN, TODAY).reason is AccessReason.USABLE


def test_a_missing_agreement_is_named_before_its_consequence() -> None:
    probe = Probe("NOT_AVAILABLE", "NOT_AUTHORIZED", "NOT_AVAILABLE", "AVAILABLE")
    found = judge(foundation(MICRO), probe, TODAY)
    assert found.reason is AccessReason.AGREEMENT_MISSING
    assert not found.usable


def test_a_new_word_of_the_service_is_unknown() -> None:
    probe = Probe("PERHAPS", "AUTHORIZED", "AVAILABLE", "AVAILABLE")
    assert judge(foundation(MICRO), probe, TODAY).reason is AccessReason.UNKNOWN


def test_errors_of_a_call_are_read() -> None:
    denied = from_error("AccessDeniedException", "verbatim")
    assert denied is not None
    assert (denied.reason, denied.message) == (AccessReason.DENIED, "verbatim")
    assert from_error("ThrottlingException") is None


def test_the_policy_for_a_profile_names_every_region_behind_it() -> None:
    row = profile(HAIKU)
    request = administrator_request([row], identity="arn:aws:iam::1:user/a")
    assert json.loads(request.policy) == {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "WorkbenchCalls",
                "Effect": "Allow",
                "Action": [
                    "bedrock:InvokeModel",
                    "bedrock:InvokeModelWithResponseStream",
                ],
                "Resource": [
                    row.arn,
                    arn(HAIKU),
                    arn(HAIKU, "us-west-2"),
                ],
            }
        ],
    }
    assert request.code == "administrator.policy"
    assert request.values["regions"] == "us-east-1, us-west-2"
    assert request.values["identity"] == "arn:aws:iam::1:user/a"


def test_a_global_profile_needs_the_model_without_a_region() -> None:
    row = dataclasses.replace(
        profile(HAIKU, "global"), target_arns=(arn(HAIKU), arn(HAIKU, ""))
    )
    assert set(resources([row])) == {row.arn, arn(HAIKU), arn(HAIKU, "")}


def test_only_what_is_needed_is_asked_for() -> None:
    request = administrator_request([foundation(MICRO)], needs=frozenset({Need.ASK}))
    (statement,) = json.loads(request.policy)["Statement"]
    assert statement["Action"] == ["bedrock:InvokeModel"]
    assert statement["Resource"] == [arn(MICRO)]


def test_lists_and_prices_have_a_statement_of_their_own() -> None:
    needs = EVERYDAY | {Need.BROWSE, Need.PRICES}
    request = administrator_request([foundation(MICRO)], needs=needs)
    _, reads = json.loads(request.policy)["Statement"]
    assert reads["Resource"] == ["*"]
    assert "pricing:GetProducts" in reads["Action"]
    assert "bedrock:ListInferenceProfiles" in reads["Action"]
    assert "bedrock:InvokeModel" not in reads["Action"]


def test_lists_can_be_asked_for_without_a_model() -> None:
    request = administrator_request([], needs=frozenset({Need.ASK, Need.BROWSE}))
    (statement,) = json.loads(request.policy)["Statement"]
    assert statement["Sid"] == "WorkbenchReads"


def test_a_deployment_is_granted_without_the_model_behind_it() -> None:
    row = RemoteModel(
        id="arn:aws:bedrock:us-east-1:1:custom-model-deployment/x",
        name="x",
        route=Route.CUSTOM_DEPLOYMENT,
        arn="arn:aws:bedrock:us-east-1:1:custom-model-deployment/x",
        target_arns=("arn:aws:bedrock:us-east-1:1:custom-model/y",),
    )
    assert resources([row]) == (row.arn,)


def test_the_letter_depends_on_the_reason() -> None:
    rows = [foundation(MICRO)]
    form = administrator_request(rows, reason=AccessReason.USE_CASE_FORM)
    assert form.code == "administrator.use_case_form"
    away = administrator_request(rows, reason=AccessReason.NOT_IN_REGION)
    assert away.code == "administrator.region"


def test_nothing_is_granted_on_a_row_without_an_arn() -> None:
    with pytest.raises(ValueError, match="no ARN"):
        administrator_request([RemoteModel("x", "x", Route.ON_DEMAND)])
