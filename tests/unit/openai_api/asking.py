"""A generator over the scripted server, with what tests ask of it again and again."""

import dataclasses
from typing import Any

import pytest

from tests.unit.openai_api.server import ScriptedServer
from workbench.domain.content import FileBytes
from workbench.domain.errors import InputError
from workbench.domain.generation import Generation, GenerationRequest, StopSignal
from workbench.domain.models import ModelKind, ModelRef
from workbench.domain.parameters import GenerationParameters
from workbench.domain.prompts import Message, Role
from workbench.domain.remote import RemoteFailure
from workbench.openai_api.endpoint import Endpoint, make_endpoint
from workbench.openai_api.generator import EndpointGenerator
from workbench.openai_api.keys import MemorySecrets
from workbench.openai_api.wire import Timeouts

ULID = "01JZENDPOINT00000000000000"
MESSAGES = (Message(Role.SYSTEM, "Be brief."), Message(Role.USER, "こんにちは"))


class Asking:
    """Asks one endpoint; waits of the policy are recorded and not waited for."""

    def __init__(self, server: ScriptedServer, url: str = "") -> None:
        self.server = server
        self.endpoint = make_endpoint("Test server", url or server.url, ulid=ULID)
        self.secrets = MemorySecrets()
        self.waits: list[float] = []
        self.tokens: list[str] = []
        self.generator = self.make()

    def make(self, **options: Any) -> EndpointGenerator:
        usual: dict[str, Any] = {
            "wait": self._wait,
            "timeouts": Timeouts(2.0, 5.0, 5.0),
        }
        return EndpointGenerator(self._find, self.secrets, **(usual | options))

    def use(self, *, files: FileBytes | None = None, **options: Any) -> "Asking":
        """Ask with other options from now on."""
        self.generator = self.make(files=files, **options)
        return self

    def with_key(self, key: str) -> "Asking":
        self.endpoint = dataclasses.replace(self.endpoint, wants_key=True)
        self.secrets.set(ULID, key)
        return self

    def request(
        self, messages: tuple[Message, ...] = MESSAGES, **parameters: Any
    ) -> GenerationRequest:
        model = ModelRef(ModelKind.OPENAI, "M", "m", region=ULID)
        return GenerationRequest(model, messages, GenerationParameters(**parameters))

    def ask(self, stop: StopSignal | None = None, **parameters: Any) -> Generation:
        return self.generator.generate(
            self.request(**parameters), self.tokens.append, stop or StopSignal()
        )

    def fail(self, **parameters: Any) -> RemoteFailure:
        """Ask and return the failure."""
        with pytest.raises(RemoteFailure) as caught:
            self.ask(**parameters)
        return caught.value

    def _find(self, ulid: str) -> Endpoint:
        if ulid != self.endpoint.ulid:
            raise InputError("endpoint.missing", "There is no such endpoint.")
        return self.endpoint

    def _wait(self, stop: StopSignal, seconds: float) -> bool:
        self.waits.append(seconds)
        return stop.is_set()
