"""Connections to AWS and who one is there; names only, nothing secret."""

import dataclasses
import enum


@dataclasses.dataclass(frozen=True, slots=True)
class AwsConnection:
    """Where and as whom AWS is asked.

    Attributes:
        profile: name of a profile of the AWS configuration; empty means the default
            chain (environment, default profile, role of the computer).
        region: such as ``us-east-1``; empty takes the profile's.
        endpoint: address of the practice server that answers instead, or empty.
    """

    profile: str = ""
    region: str = ""
    endpoint: str = ""

    @property
    def is_practice(self) -> bool:
        """True when a server on this computer answers in place of AWS."""
        return bool(self.endpoint)


@dataclasses.dataclass(frozen=True, slots=True)
class StaticCredentials:
    """Keys of the practice server, made by it at its start and kept nowhere."""

    key_id: str
    secret: str = dataclasses.field(repr=False)
    token: str = dataclasses.field(default="", repr=False)


class IdentityState(enum.StrEnum):
    """Whether AWS knows who asks."""

    OK = "ok"
    EXPIRED = "expired"
    NONE = "none"
    INCOMPLETE = "incomplete"
    OFFLINE = "offline"


@dataclasses.dataclass(frozen=True, slots=True)
class Mend:
    """The one thing that mends a failure; the window phrases it by its code.

    Attributes:
        code: stable name, such as ``aws.sign_in``; empty when there is nothing to do.
        command: what to type into a terminal, or empty.
        policy: JSON text of the policy that is missing, or empty.
        reason: what AWS or its library said, without secrets, or empty.
    """

    code: str = ""
    command: str = ""
    policy: str = ""
    reason: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Identity:
    """Who AWS says is asking; what the status bar shows.

    Attributes:
        account: twelve digits, or empty.
        user: the last part of the ARN: user, or role and session.
        method: how the credentials came, as botocore names it (``sso``,
            ``assume-role``, ``env``, ``shared-credentials-file``, …).
        expiry: ISO 8601 in UTC when the credentials end, or empty.
        mend: what to do when the state is not OK.
    """

    state: IdentityState
    profile: str = ""
    region: str = ""
    account: str = ""
    arn: str = ""
    user: str = ""
    method: str = ""
    expiry: str = ""
    mend: Mend = Mend()


@dataclasses.dataclass(frozen=True, slots=True)
class AwsState:
    """How things stand with AWS, for the status line and the settings.

    Attributes:
        connected: a profile was chosen, or practice is on; else AWS is never asked.
        practice: a server on this computer answers in place of AWS.
        checking: AWS is being asked who is there; `identity` is the last answer.
        identity: None until there was an answer.
        problem: code of what keeps practice from starting, or empty.
    """

    connected: bool = False
    practice: bool = False
    checking: bool = False
    identity: Identity | None = None
    problem: str = ""
