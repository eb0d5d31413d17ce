"""What each exception means; no server."""

from typing import Any

import botocore.eventstream
import botocore.exceptions as faults
import botocore.parsers
import pytest
import urllib3.exceptions
from hypothesis import given
from hypothesis import strategies as st

from workbench.aws.errors import CallContext, failure_of, with_profile, without_secrets
from workbench.domain.connections import AwsConnection
from workbench.domain.remote import FailureKind

CALL = CallContext(AwsConnection("dev", "us-east-1"), "amazon.nova-lite-v1:0")
OPEN = CallContext(AwsConnection(), "m", is_open=True)
K = FailureKind


def of_service(code: str, message: str = "m", status: int = 400) -> faults.ClientError:
    response = {
        "Error": {"Code": code, "Message": message},
        "ResponseMetadata": {"HTTPStatusCode": status, "RequestId": "R1"},
    }
    return faults.ClientError(response, "Converse")


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (faults.NoCredentialsError(), K.SIGNED_OUT),
        (faults.SSOTokenLoadError(error_msg="e"), K.SIGNED_OUT),
        (faults.TokenRetrievalError(provider="sso", error_msg="e"), K.SIGNED_OUT),
        (faults.UnauthorizedSSOTokenError(), K.SIGNED_OUT),
        (faults.LoginTokenLoadError(error_msg="e"), K.SIGNED_OUT),
        (faults.LoginRefreshRequired(), K.SIGNED_OUT),
        (of_service("ExpiredTokenException", status=403), K.SIGNED_OUT),
        (of_service("ExpiredToken", status=403), K.SIGNED_OUT),
        (faults.ProfileNotFound(profile="p"), K.INCOMPLETE),
        (faults.PartialCredentialsError(provider="p", cred_var="v"), K.INCOMPLETE),
        (faults.InvalidConfigError(error_msg="e"), K.INCOMPLETE),
        (faults.CredentialRetrievalError(provider="p", error_msg="e"), K.INCOMPLETE),
        (faults.MissingDependencyException(msg="e"), K.INCOMPLETE),
        (faults.NoRegionError(), K.INCOMPLETE),
        (of_service("InvalidSignatureException", status=403), K.INCOMPLETE),
        (of_service("AccessDeniedException", status=403), K.DENIED),
        (of_service("FTUFormNotFilled", status=404), K.DENIED),
        (of_service("MPAgreementBeingCreated", status=403), K.NOT_READY),
        (of_service("ValidationException"), K.INVALID),
        (of_service("ValidationException", "Input is too long for it"), K.TOO_LONG),
        (of_service("ThrottlingException", status=429), K.THROTTLED),
        (of_service("ModelNotReadyException", status=429), K.NOT_READY),
        (of_service("ServiceQuotaExceededException"), K.QUOTA),
        (of_service("ModelErrorException", status=424), K.MODEL),
        (of_service("InternalServerException", status=500), K.INFRASTRUCTURE),
        (of_service("ResourceNotFoundException", status=404), K.NOT_FOUND),
        (of_service("ConflictException", status=409), K.CONFLICT),
        (of_service("502", status=502), K.STRANGER),
        (of_service(""), K.UNKNOWN),
        (of_service("ForbiddenException", status=403), K.DENIED),
        (of_service("SomethingNew", status=429), K.THROTTLED),
        (faults.EndpointConnectionError(endpoint_url="u"), K.OFFLINE),
        (faults.ConnectTimeoutError(endpoint_url="u"), K.OFFLINE),
        (faults.ProxyConnectionError(proxy_url="u"), K.OFFLINE),
        (faults.SSLError(endpoint_url="u", error="e"), K.OFFLINE),
        (faults.ReadTimeoutError(endpoint_url="u"), K.LOST),
        (faults.ParamValidationError(report="r"), K.BUG),
        (botocore.parsers.ResponseParserError("e"), K.LOST),
        (botocore.eventstream.ChecksumMismatch(1, 2), K.LOST),
        (urllib3.exceptions.ProtocolError("e"), K.LOST),
        (ConnectionResetError(), K.LOST),
        (RuntimeError("who knows"), K.UNKNOWN),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else value,
)
def test_each_exception_has_a_kind(error: Exception, kind: FailureKind) -> None:
    failure = failure_of(error, CALL)
    assert failure.kind is kind
    assert failure.sentence
    assert failure.details["profile"] == "dev"
    if isinstance(error, faults.ClientError):
        assert failure.request_id == "R1"


def test_only_what_never_ran_is_not_billable() -> None:
    free = faults.EndpointConnectionError(endpoint_url="u")
    assert not failure_of(free, CALL).billable
    assert not failure_of(of_service("ThrottlingException"), CALL).billable
    assert failure_of(of_service("ThrottlingException"), OPEN).billable
    assert failure_of(of_service("ModelTimeoutException", status=408), CALL).billable
    assert failure_of(faults.ReadTimeoutError(endpoint_url="u"), CALL).billable
    assert failure_of(RuntimeError(), CALL).billable


def test_the_closed_connection_of_a_whole_answer_counts_as_billed() -> None:
    closed: Any = faults.ConnectionClosedError(endpoint_url="u")
    whole = CallContext(AwsConnection(), "m", is_stream=False)
    assert failure_of(closed, whole).billable
    assert not failure_of(closed, CALL).billable


def test_a_refused_signature_is_not_repeated_in_the_sentence() -> None:
    text = "The Canonical String should have been x-amz-security-token:FwoGZXIvYXdz"
    failure = failure_of(of_service("SignatureDoesNotMatch", text), CALL)
    assert "FwoGZ" not in f"{failure} {failure.details}"


@pytest.mark.parametrize(
    "secret",
    [
        "AKIA" + "IOSFODNN7EXAMPLE",
        "aws_secret_access_key=wJalrXUtnFEMI",
        "SessionToken: FwoGZXIvYXdzEBYaDH",
        "Authorization: Bearer abcdef",
        "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
    ],
)
def test_what_looks_like_a_key_is_hidden(secret: str) -> None:
    value = secret.replace("=", " ").split()[-1]
    assert value not in without_secrets(f"it said {secret} twice")


def test_an_arn_stays_readable() -> None:
    arn = "arn:aws:bedrock:us-east-1:111122223333:custom-model-deployment/abc123"
    assert without_secrets(f"no access to {arn}").endswith(arn)


@given(st.text())
def test_hiding_never_fails(text: str) -> None:
    assert len(without_secrets(text)) <= 2000


def test_a_profile_is_quoted_for_the_terminal() -> None:
    assert with_profile("aws configure", "") == "aws configure"
    assert with_profile("aws configure", "dev") == "aws configure --profile dev"
    assert with_profile("aws configure", "a; rm x").endswith("'a; rm x'")
