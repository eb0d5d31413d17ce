"""Checks against the service model, beyond what boto3 checks itself."""

from typing import Any

import pytest

from workbench.sandbox.errors import AwsError
from workbench.sandbox.routes import OFFERED, find, operation, operations
from workbench.sandbox.validate import ReplyError, check_reply, check_request

USER = [{"role": "user", "content": [{"text": "x"}]}]


def message_for(value: Any) -> str:
    with pytest.raises(AwsError) as caught:
        check_request(operation("Converse").input, {"modelId": "a.b", **value})
    assert caught.value.code == "ValidationException"
    return caught.value.message


def test_a_sound_request_passes() -> None:
    check_request(operation("Converse").input, {"modelId": "a.b", "messages": USER})


def test_a_request_without_input_has_nothing_to_check() -> None:
    check_request(None, {})


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (
            {"messages": [{"role": "user"}]},
            "1 validation error detected: Value 'null' at 'messages.1.member.content' "
            "failed to satisfy constraint: Member must not be null",
        ),
        (
            {"inferenceConfig": {"maxTokens": 0}},
            "1 validation error detected: Value '0' at 'inferenceConfig.maxTokens' "
            "failed to satisfy constraint: Member must have value greater than or "
            "equal to 1",
        ),
        (
            {"performanceConfig": {"latency": "fast"}},
            "1 validation error detected: Value 'fast' at 'performanceConfig.latency' "
            "failed to satisfy constraint: Member must satisfy enum value set: "
            "[standard, optimized]",
        ),
    ],
)
def test_the_sentence_is_awss(value: Any, said: str) -> None:
    assert message_for(value) == said


@pytest.mark.parametrize(
    ("value", "part"),
    [
        ({"messages": {}}, "of type list"),
        ({"messages": ["x"]}, "of type structure"),
        ({"inferenceConfig": {"maxTokens": True}}, "of type integer"),
        ({"inferenceConfig": {"topP": "x"}}, "of type float"),
        ({"requestMetadata": []}, "of type map"),
        ({"requestMetadata": {}}, "length greater than or equal to 1"),
        ({"requestMetadata": {"k": "v" * 257}}, "length less than or equal to 256"),
        ({"messages": [{"role": "user", "content": [{}]}]}, "must have one of"),
        (
            {"messages": [{"role": "user", "content": [{"text": "x", "image": {}}]}]},
            "must have one of",
        ),
        ({"messages": [{"role": "x"}], "system": 1}, "3 validation errors detected"),
    ],
)
def test_every_kind_of_breach_is_found(value: Any, part: str) -> None:
    assert part in message_for(value)


def test_long_values_are_cut_in_the_message() -> None:
    assert len(message_for({"performanceConfig": {"latency": "x" * 5000}})) < 500


def test_free_json_is_not_looked_into() -> None:
    fields = {"thinking": [1, {"x": None}]}
    check_request(
        operation("Converse").input,
        {"modelId": "a.b", "additionalModelRequestFields": fields, "newMember": 1},
    )


def test_replies_are_held_to_the_model_and_to_nothing_else() -> None:
    good = {"inputTokens": 1}
    check_reply(operation("CountTokens").output, good)
    for bad in ({}, {"inputTokens": "1"}, {**good, "more": 1}):
        with pytest.raises(ReplyError):
            check_reply(operation("CountTokens").output, bad)


def test_arns_in_paths_are_unquoted() -> None:
    path = "/model/arn%3Aaws%3Abedrock%3Aus-east-1%3A0%3Aimported-model%2Fab/converse"
    match = find("POST", path, "", "")
    assert match.operation.name == "Converse"
    assert match.path["modelId"] == "arn:aws:bedrock:us-east-1:0:imported-model/ab"


def test_protocols_find_their_operations() -> None:
    target = "AWSPriceListService.GetProducts"
    assert find("POST", "/", target, "").operation.name == "GetProducts"
    found = find("POST", "/", "", "GetCallerIdentity").operation
    assert found.name == "GetCallerIdentity"
    with pytest.raises(AwsError) as caught:
        find("POST", "/", "AWSPriceListService.DescribeServices", "")
    assert caught.value.code == "UnknownOperationException"


def test_statuses_come_from_the_service_model() -> None:
    by_name = {each.name: each for each in operations()}
    assert by_name["Converse"].errors["ModelErrorException"] == 424
    assert by_name["Converse"].errors["ModelNotReadyException"] == 429
    assert {each.service for each in operations()} == set(OFFERED)
