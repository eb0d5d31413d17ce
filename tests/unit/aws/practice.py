"""A generator that asks a sandbox through unmodified boto3."""

import dataclasses
from collections.abc import Callable
from typing import Any

from workbench.aws.runtime import BedrockGenerator, Options
from workbench.aws.session import Sessions, Timeouts
from workbench.domain.connections import AwsConnection, StaticCredentials
from workbench.domain.generation import GenerationRequest, StopSignal
from workbench.domain.models import ModelKind, ModelRef
from workbench.domain.parameters import GenerationParameters
from workbench.domain.prompts import Message, Role
from workbench.domain.remote import (
    Explain,
    FailureKind,
    RequestStyle,
    Retry,
    Step,
    next_step,
)
from workbench.sandbox import Sandbox

NOVA = "amazon.nova-lite-v1:0"
MODEL = ModelRef(ModelKind.BEDROCK, "Nova Lite", NOVA, region="us-east-1")
IMPATIENT = Timeouts(connect=1.0, read=0.3)
STREAMS, WHOLE = RequestStyle(), RequestStyle(streams=False)


def at_once(kind: FailureKind, attempt: int, billable: bool) -> Step:
    """The product's policy without its waits."""
    step = next_step(kind, attempt, billable)
    return Retry(0.0) if isinstance(step, Retry) else Explain()


def asked(text: str = "Hello there", **parameters: Any) -> GenerationRequest:
    return GenerationRequest(
        MODEL, (Message(Role.USER, text),), GenerationParameters(**parameters)
    )


def quiet(_text: str) -> None:
    """Nobody watches."""


def never() -> StopSignal:
    return StopSignal()


@dataclasses.dataclass(frozen=True)
class Practice:
    """A sandbox, the sessions and generators that ask it."""

    sandbox: Sandbox
    sessions: Sessions
    connection: AwsConnection

    @classmethod
    def over(cls, sandbox: Sandbox) -> "Practice":
        sessions = Sessions()
        keys = sandbox.credentials
        sessions.use_practice(
            sandbox.endpoint,
            StaticCredentials(keys.access_key_id, keys.secret_access_key),
        )
        connection = AwsConnection(region="us-east-1", endpoint=sandbox.endpoint)
        return cls(sandbox, sessions, connection)

    def generator(
        self,
        style: RequestStyle = STREAMS,
        *,
        timeouts: Timeouts | None = None,
        **options: Any,
    ) -> BedrockGenerator:
        if timeouts is not None:
            options |= {"streaming": timeouts, "whole": timeouts}
        made = Options(styles=lambda _model: style, **{"next_step": at_once, **options})
        return BedrockGenerator(self.sessions, lambda: self.connection, made)

    @property
    def calls(self) -> list[str]:
        return [call.operation for call in self.sandbox.recorder.calls]


Start = Callable[..., Practice]
