"""Exceptions of boto3, botocore and urllib3 as `RemoteFailure`: the one table.

The sentences are English for the command line; the window phrases the codes. Text of
the service goes along only after `without_secrets`.
"""

import dataclasses
import json
import os
import re
import shlex
import subprocess
from collections.abc import Mapping
from typing import Any

import botocore.eventstream
import botocore.exceptions as faults
import botocore.parsers
import urllib3.exceptions

from workbench.domain.connections import AwsConnection
from workbench.domain.generation import Generation
from workbench.domain.remote import FailureKind, RemoteFailure

_SECRETS = (
    (re.compile(r"\b(?:AKIA|ASIA)[A-Z0-9]{12,}"), "[key]"),
    (re.compile(r"(?i)((?:secret|token|password|signature)[\w-]*[\"']?\s*[=:]\s*)\S+"),
     r"\1[hidden]"),
    (re.compile(r"(?i)(\bbearer\s+)\S+"), r"\1[hidden]"),
    (re.compile(r"[A-Za-z0-9/+=_]{40,}"), "[hidden]"),
)  # fmt: skip
_MOST = 2000


def without_secrets(text: object) -> str:
    """Return text of others without what looks like a key, and not too long."""
    shown = str(text)
    for pattern, replacement in _SECRETS:
        shown = pattern.sub(replacement, shown)
    return shown[:_MOST]


@dataclasses.dataclass(frozen=True, slots=True)
class CallContext:
    """What is known of the call that failed.

    Attributes:
        model: id or ARN that was asked.
        action: of IAM, such as ``bedrock:InvokeModel``.
        is_open: True once the header of a success had arrived.
        is_stream: whether the reply's header comes before the model has worked.
        partial: what had arrived.
        tokens: how many tokens of it, for the sentence.
    """

    connection: AwsConnection
    model: str = ""
    action: str = "bedrock:InvokeModel"
    is_open: bool = False
    is_stream: bool = True
    partial: Generation | None = None
    tokens: int = 0

    @property
    def profile(self) -> str:
        """The profile as a person knows it."""
        return self.connection.profile or "default"


_SIGNED_OUT = (
    faults.NoCredentialsError,
    faults.NoAuthTokenError,
    faults.SSOTokenLoadError,
    faults.TokenRetrievalError,
    faults.UnauthorizedSSOTokenError,
    faults.LoginError,
)
_INCOMPLETE = (
    faults.ProfileNotFound,
    faults.PartialCredentialsError,
    faults.InvalidConfigError,
    faults.ConfigParseError,
    faults.CredentialRetrievalError,
    faults.MissingDependencyException,
    faults.NoRegionError,
    faults.UnknownCredentialError,
    faults.InvalidRegionError,
    faults.InvalidEndpointConfigurationError,
    faults.InvalidRetryConfigurationError,
    faults.SSOError,
)
_OFFLINE = (
    faults.EndpointConnectionError,
    faults.ConnectTimeoutError,
    faults.ProxyConnectionError,
    faults.SSLError,
)
_LOST = (
    faults.HTTPClientError,
    urllib3.exceptions.HTTPError,
    botocore.eventstream.ParserError,
    botocore.parsers.ResponseParserError,
    OSError,
)

_KINDS = {
    "ExpiredTokenException": FailureKind.SIGNED_OUT,
    "ExpiredToken": FailureKind.SIGNED_OUT,
    "UnauthorizedException": FailureKind.SIGNED_OUT,
    "UnrecognizedClientException": FailureKind.SIGNED_OUT,
    "InvalidClientTokenId": FailureKind.SIGNED_OUT,
    "MissingAuthenticationTokenException": FailureKind.SIGNED_OUT,
    "InvalidSignatureException": FailureKind.INCOMPLETE,
    "SignatureDoesNotMatch": FailureKind.INCOMPLETE,
    "AccessDeniedException": FailureKind.DENIED,
    "AccessDenied": FailureKind.DENIED,
    "FTUFormNotFilled": FailureKind.DENIED,
    "MPAgreementBeingCreated": FailureKind.NOT_READY,
    "ValidationException": FailureKind.INVALID,
    "ResourceNotFoundException": FailureKind.NOT_FOUND,
    "ThrottlingException": FailureKind.THROTTLED,
    "TooManyRequestsException": FailureKind.THROTTLED,
    "ServiceQuotaExceededException": FailureKind.QUOTA,
    "ResourceLimitExceeded": FailureKind.QUOTA,
    "ModelNotReadyException": FailureKind.NOT_READY,
    "ModelTimeoutException": FailureKind.MODEL,
    "ModelErrorException": FailureKind.MODEL,
    "ModelStreamErrorException": FailureKind.MODEL,
    "ModelError": FailureKind.MODEL,
    "InternalServerException": FailureKind.INFRASTRUCTURE,
    "InternalFailure": FailureKind.INFRASTRUCTURE,
    "ServiceUnavailableException": FailureKind.INFRASTRUCTURE,
    "ServiceUnavailable": FailureKind.INFRASTRUCTURE,
    "ConflictException": FailureKind.CONFLICT,
    "ResourceInUse": FailureKind.CONFLICT,
}
_BY_STATUS = {
    401: FailureKind.SIGNED_OUT,
    403: FailureKind.DENIED,
    404: FailureKind.NOT_FOUND,
    408: FailureKind.MODEL,
    429: FailureKind.THROTTLED,
}
"""For codes not in the table above: portals and new services have their own."""
# The services have one code for all that is wrong with a request, so only its text
# tells these two apart from the rest; where it changes, the text is shown verbatim.
_NEEDS_PROFILE = re.compile(r"(?i)on-demand throughput isn.t supported")
_TOO_LONG = re.compile(
    r"(?i)too long|too many (?:input )?tokens|context (?:window|length)"
    r"|exceeds? the (?:maximum|model)[^.]*(?:token|length|context)"
    r"|maximum (?:input )?(?:tokens|length)"
)


def failure_of(error: Exception, call: CallContext) -> RemoteFailure:
    """Return what an exception means; never raises."""
    if isinstance(error, RemoteFailure):
        return error
    if isinstance(error, faults.ClientError):
        return _of_service(error, call)
    if isinstance(error, _SIGNED_OUT):
        return signed_out(call, type(error).__name__, str(error))
    if isinstance(error, _INCOMPLETE):
        return incomplete(call, type(error).__name__, str(error))
    if isinstance(error, _OFFLINE):
        return _offline(error, call)
    if isinstance(error, faults.ParamValidationError):
        reason = without_secrets(error)
        return _failure(
            FailureKind.BUG,
            f"The request was not well formed: {reason}",
            call,
            {"reason": reason},
        )
    if isinstance(error, _LOST):
        return _lost(error, call)
    return _failure(
        FailureKind.LOST if call.is_open else FailureKind.UNKNOWN,
        f"The answer could not be read: {type(error).__name__}.",
        call,
        {"reason": type(error).__name__},
        billable=True,
    )


def lost(call: CallContext, reason: str) -> RemoteFailure:
    """Return the failure of an answer that ended before it was complete."""
    return _failure(
        FailureKind.LOST,
        f"The connection was lost after {call.tokens} tokens; what arrived is kept.",
        call,
        {"tokens": call.tokens, "reason": reason},
        billable=True,
    )


def signed_out(call: CallContext, name: str, reason: str) -> RemoteFailure:
    """Return the failure of somebody who is not signed in."""
    return _failure(
        FailureKind.SIGNED_OUT,
        f"You are not signed in to AWS (profile {call.profile}).",
        call,
        {"reason": without_secrets(reason), "command": sign_in_command(call)},
        aws_code=name,
    )


def incomplete(call: CallContext, name: str, reason: str) -> RemoteFailure:
    """Return the failure of a profile that cannot be used as it is."""
    shown = without_secrets(reason)
    return _failure(
        FailureKind.INCOMPLETE,
        f"The profile {call.profile} cannot be used: {shown}",
        call,
        {"reason": shown, "command": configure_command(call.connection.profile)},
        aws_code=name,
    )


def sign_in_command(call: CallContext) -> str:
    """Return what signs in."""
    return with_profile("aws sso login", call.connection.profile)


def configure_command(profile: str) -> str:
    """Return what completes a profile."""
    return with_profile("aws configure", profile)


def with_profile(command: str, profile: str) -> str:
    """Return a command of the AWS CLI for a profile, quoted for the terminal."""
    if not profile:
        return command
    quoted = (
        subprocess.list2cmdline([profile]) if os.name == "nt" else shlex.quote(profile)
    )
    return f"{command} --profile {quoted}"


def policy_for(action: str, resource: str) -> str:
    """Return the JSON text of a policy that allows one action."""
    statement = {"Effect": "Allow", "Action": action, "Resource": resource}
    policy = {"Version": "2012-10-17", "Statement": [statement]}
    return json.dumps(policy, ensure_ascii=False, indent=2)


def _of_service(error: Any, call: CallContext) -> RemoteFailure:
    """Return the failure behind a reply of the service, or of a frame in a stream."""
    response: Mapping[str, Any] = error.response
    aws_code = str(response.get("Error", {}).get("Code") or "")
    message = without_secrets(response.get("Error", {}).get("Message") or "")
    metadata = response.get("ResponseMetadata") or {}
    status = int(metadata.get("HTTPStatusCode") or 0)
    kind = _kind(aws_code, message, status)
    sentence, details = _said(kind, aws_code, message, status, call)
    failure = _failure(
        kind,
        sentence,
        call,
        {"message": message, **details},
        aws_code=aws_code,
        code=_code(kind, aws_code, message),
        # A time-out of the model is a call that ran; a frame follows a success.
        billable=call.is_open or status == 408,
    )
    failure.status = status
    arrived = call.partial.request_id if call.partial else ""
    failure.request_id = str(metadata.get("RequestId") or "") or arrived
    return failure


def _kind(aws_code: str, message: str, status: int) -> FailureKind:
    # A stream names its exceptions by its members, which begin in lower case.
    kind = _KINDS.get(aws_code[:1].upper() + aws_code[1:])
    if kind is FailureKind.INVALID and _TOO_LONG.search(message):
        return FailureKind.TOO_LONG
    if kind is not None:
        return kind
    if aws_code.isdigit():
        return FailureKind.STRANGER
    if status >= 500:
        return FailureKind.INFRASTRUCTURE
    return _BY_STATUS.get(status, FailureKind.UNKNOWN)


def _code(kind: FailureKind, aws_code: str, message: str) -> str:
    if kind is FailureKind.INVALID and _NEEDS_PROFILE.search(message):
        return "aws.needs_inference_profile"
    special = {
        "FTUFormNotFilled": "aws.use_case_form",
        "MPAgreementBeingCreated": "aws.agreement",
    }
    return special.get(aws_code, "")


def _said(
    kind: FailureKind, aws_code: str, message: str, status: int, call: CallContext
) -> tuple[str, dict[str, object]]:
    """Return the sentence and the values in it."""
    name = aws_code or "an error without a name"
    if kind is FailureKind.DENIED:
        resource = _resource(message)
        policy = policy_for(call.action, resource)
        return (
            f"The profile {call.profile} may not do {call.action} on {call.model}, or "
            f"access to the model is not granted: {message}",
            {"action": call.action, "resource": resource, "policy": policy},
        )
    if kind is FailureKind.SIGNED_OUT:
        command = sign_in_command(call)
        sentence = f"You are not signed in to AWS (profile {call.profile}): {message}"
        return sentence, {"command": command}
    if kind is FailureKind.INCOMPLETE:
        # The text would hold what was signed, session token included.
        command = configure_command(call.connection.profile)
        sentence = f"AWS refused the keys of the profile {call.profile}."
        return sentence, {"command": command, "message": ""}
    sentences = {
        FailureKind.INVALID: f"The model refused the request: {message}",
        FailureKind.TOO_LONG: f"The prompt is too long for the model: {message}",
        FailureKind.NOT_FOUND: f"{call.model} is not there: {message}",
        FailureKind.NOT_READY: f"The model is not ready yet: {message}",
        FailureKind.THROTTLED: f"The quota of the account is reached: {message}",
        FailureKind.QUOTA: f"A limit of the account is reached: {message}",
        FailureKind.CONFLICT: f"There is one with this name already: {message}",
        FailureKind.MODEL: f"The model failed or took too long: {message}",
        FailureKind.INFRASTRUCTURE: f"AWS is having trouble: {message}",
        FailureKind.STRANGER: f"Something that is not AWS answered, with {status}.",
    }
    return sentences.get(kind, f"AWS answered with {name}: {message}"), {}


def _resource(message: str) -> str:
    """Return the ARN that the service named, or all foundation models."""
    found = re.search(r"on resource: (arn:[^\s,]+)", message)
    return found.group(1) if found else "arn:aws:bedrock:*::foundation-model/*"


def _offline(error: Exception, call: CallContext) -> RemoteFailure:
    kwargs = getattr(error, "kwargs", {})
    endpoint = str(kwargs.get("endpoint_url") or kwargs.get("proxy_url") or "")
    name = type(error).__name__
    return _failure(
        FailureKind.OFFLINE,
        f"No connection to {endpoint} ({name}).",
        call,
        {"endpoint": endpoint, "reason": name},
        aws_code=name,
    )


def _lost(error: Exception, call: CallContext) -> RemoteFailure:
    name = type(error).__name__
    closed = isinstance(error, faults.ConnectionClosedError)
    if closed and call.is_stream and not call.is_open:
        # A stream's header comes before the model's first token: there was no call. A
        # whole answer may have been made, and billed, before its header is sent.
        return _failure(
            FailureKind.INFRASTRUCTURE,
            "The connection was closed before an answer began.",
            call,
            {"reason": name},
            aws_code=name,
        )
    failure = lost(call, name)
    failure.aws_code = name
    return failure


def _failure(
    kind: FailureKind,
    sentence: str,
    call: CallContext,
    details: Mapping[str, object],
    *,
    code: str = "",
    aws_code: str = "",
    billable: bool = False,
) -> RemoteFailure:
    common = {
        "profile": call.profile,
        "region": call.connection.region,
        "model": call.model,
    }
    return RemoteFailure(
        kind,
        sentence,
        {**common, **details},
        code=code,
        aws_code=aws_code,
        request_id=call.partial.request_id if call.partial else "",
        billable=billable or call.is_open,
        partial=call.partial,
    )
