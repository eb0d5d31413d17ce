"""Who is asking, and the one thing that mends it when AWS does not know.

A probe may wait for a sign-in portal, for a program that a profile runs, or for a
network that is not there; some of that knows no time-out. So it runs on a thread of its
own and is left alone after a while: the answer then is OFFLINE.
"""

import datetime
import os
import threading
from typing import Any

import botocore.exceptions as faults

from workbench.aws import profiles
from workbench.aws.errors import CallContext, failure_of, policy_for, without_secrets
from workbench.aws.session import QUICK, Sessions
from workbench.domain.connections import AwsConnection, Identity, IdentityState, Mend
from workbench.domain.errors import WorkbenchError
from workbench.domain.remote import FailureKind, RemoteFailure

_SECONDS = 12.0
_BEARER = "AWS_BEARER_TOKEN_BEDROCK"
_EXPIRED = (
    faults.TokenRetrievalError,
    faults.UnauthorizedSSOTokenError,
    faults.LoginRefreshRequired,
)
_EXPIRED_CODES = {"ExpiredToken", "ExpiredTokenException", "UnauthorizedException"}
_UNSET = "unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN"


class Identities:
    """Asks who is signed in; from any thread but the window's."""

    def __init__(self, sessions: Sessions, seconds: float = _SECONDS) -> None:
        """Ask nothing yet; `seconds` bounds every probe."""
        self._sessions = sessions
        self._seconds = seconds

    def probe(self, connection: AwsConnection) -> Identity:
        """Return who AWS says is asking; never raises, never waits longer."""
        probe = _Probe(self._sessions, connection)
        thread = threading.Thread(target=probe.run, name="aws-identity", daemon=True)
        thread.start()
        thread.join(self._seconds)
        found = probe.identity
        if found is None:
            mend = Mend("aws.probe_timeout", reason=f"{self._seconds:g} s")
            found = probe.without(IdentityState.OFFLINE, mend)
        if found.state is not IdentityState.OK:
            # The profile may be mended outside: read it again next time.
            self._sessions.forget(connection)
        return found


class _Probe:
    """One question; its result stands in `identity` once there is one."""

    def __init__(self, sessions: Sessions, connection: AwsConnection) -> None:
        self._sessions = sessions
        self._connection = connection
        self._region = connection.region
        self._method = ""
        self._expiry = ""
        self.identity: Identity | None = None

    def run(self) -> None:
        try:
            self.identity = self._ask()
        except Exception as error:  # noqa: BLE001 - every failure is a state
            self.identity = self._failed(error)

    def _ask(self) -> Identity:
        session = self._sessions.session(self._connection)
        self._region = self._connection.region or session.region_name or ""
        credentials = session.get_credentials()
        if credentials is None:
            return self._without_credentials()
        if not self._region:
            # STS would answer without one, and Bedrock would not.
            raise faults.NoRegionError
        self._method = str(credentials.method or "")
        if self._connection.is_practice:
            self._method = "practice"
        # Only now is a sign-in read, a role taken on, a program run.
        credentials.get_frozen_credentials()
        self._expiry = _iso(getattr(credentials, "_expiry_time", None))
        client = self._sessions.client(self._connection, "sts", QUICK)
        told = client.get_caller_identity()
        arn = str(told.get("Arn", ""))
        return Identity(
            IdentityState.OK,
            profile=self._connection.profile,
            region=self._region,
            account=str(told.get("Account", "")),
            arn=arn,
            user=user_in(arn),
            method=self._method,
            expiry=self._expiry,
        )

    def _without_credentials(self) -> Identity:
        if not os.environ.get(_BEARER):
            raise faults.NoCredentialsError
        if not self._region:
            raise faults.NoRegionError
        # A key of Bedrock alone: nobody but Bedrock knows whose it is.
        self._method = "bedrock-api-key"
        return self.without(IdentityState.OK, Mend())

    def without(self, state: IdentityState, mend: Mend) -> Identity:
        return Identity(
            state,
            profile=self._connection.profile,
            region=self._region,
            method=self._method,
            expiry=self._expiry,
            mend=mend,
        )

    def _failed(self, error: Exception) -> Identity:
        if isinstance(error, WorkbenchError):
            mend = Mend(error.code, reason=error.sentence)
            return self.without(IdentityState.OFFLINE, mend)
        context = CallContext(self._connection, action="sts:GetCallerIdentity")
        failure = failure_of(error, context)
        return self.without(*self._meaning(error, failure))

    def _meaning(
        self, error: Exception, failure: RemoteFailure
    ) -> tuple[IdentityState, Mend]:
        """Return the state and what mends it."""
        reason = str(failure.details.get("message") or failure.details.get("reason"))
        if failure.kind is FailureKind.SIGNED_OUT:
            return self._signed_out(error, failure, reason)
        if failure.kind is FailureKind.INCOMPLETE:
            return IdentityState.INCOMPLETE, self._completing(error, reason)
        if failure.kind is FailureKind.DENIED:
            return IdentityState.INCOMPLETE, self._permitting(error, reason)
        code = (
            "aws.offline" if failure.kind is not FailureKind.UNKNOWN else failure.code
        )
        shown = str(failure.details.get("endpoint") or reason)
        return IdentityState.OFFLINE, Mend(code, reason=without_secrets(shown))

    def _signed_out(
        self, error: Exception, failure: RemoteFailure, reason: str
    ) -> tuple[IdentityState, Mend]:
        profile = self._connection.profile
        sign_in = Mend("aws.sign_in", profiles.sign_in_command(profile), reason=reason)
        if isinstance(error, _EXPIRED):
            return IdentityState.EXPIRED, sign_in
        if not isinstance(error, faults.ClientError):
            return IdentityState.NONE, sign_in
        is_expired = failure.aws_code in _EXPIRED_CODES
        state = IdentityState.EXPIRED if is_expired else IdentityState.INCOMPLETE
        if profiles.is_sso(profile):
            return state, sign_in
        if self._method == "env":
            return state, Mend("aws.renew_environment", _UNSET, reason=reason)
        command = profiles.configure_command(profile, of_source=True)
        return state, Mend("aws.renew_keys", command, reason=reason)

    def _permitting(self, error: Exception, reason: str) -> Mend:
        profile = self._connection.profile
        operation = str(getattr(error, "operation_name", ""))
        if operation == "GetRoleCredentials":
            # The sign-in holds, but not for this account or role: choose another.
            command = profiles.choose_role_command(profile)
            return Mend("aws.role_denied", command, reason=reason)
        role = profiles.role_of(profile) or "*"
        policy = policy_for(f"sts:{operation or 'AssumeRole'}", role)
        return Mend("aws.role_denied", policy=policy, reason=reason)

    def _completing(self, error: Exception, reason: str) -> Mend:
        profile = self._connection.profile
        if isinstance(error, faults.NoRegionError):
            return Mend("aws.region", profiles.region_command(profile), reason=reason)
        if isinstance(error, faults.ProfileNotFound):
            code, command = "aws.profile_missing", profiles.configure_command(profile)
        elif isinstance(error, faults.MissingDependencyException):
            code, command = "aws.dependency", ""
        else:
            code = "aws.profile_incomplete"
            command = profiles.configure_command(profile, of_source=True)
        return Mend(code, command, reason=reason)


def user_in(arn: str) -> str:
    """Return who an ARN names: the user, or role and session."""
    kind, _, name = arn.rpartition(":")[2].partition("/")
    if kind == "user":
        return name.rpartition("/")[2]
    return name or kind


def _iso(moment: Any) -> str:
    if not isinstance(moment, datetime.datetime):
        return ""
    return moment.astimezone(datetime.UTC).isoformat(timespec="seconds")
