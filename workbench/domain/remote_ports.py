"""Ports: what services ask of AWS, of the practice server and of endpoints.

Every function may wait for the network and import large libraries at its first call:
never on the window's thread.
"""

import dataclasses
import datetime
from collections.abc import Callable, Iterable
from typing import Protocol, runtime_checkable

from workbench.domain.access import Availability
from workbench.domain.catalogue import Catalogue, RemoteModel
from workbench.domain.connections import AwsConnection, Identity, StaticCredentials
from workbench.domain.costs import PriceReading
from workbench.domain.generation import GenerationRequest, StopSignal


@runtime_checkable
class RequestPreview(Protocol):
    """A generator that can show what it would send."""

    def preview(self, request: GenerationRequest) -> str:
        """Return the request as JSON to read; asks nobody.

        Raises:
            InputError: it could not be sent.
        """


class AwsAccess(Protocol):
    """What is asked of AWS besides answers of models."""

    def profiles(self) -> tuple[str, ...]:
        """Return the names of all profiles of this computer, broken ones too."""

    def identity(self, connection: AwsConnection) -> Identity:
        """Return who AWS says is asking; never raises, never waits for ever."""

    def sign_in(
        self,
        connection: AwsConnection,
        on_line: Callable[[str], None],
        stop: StopSignal,
    ) -> None:
        """Sign a profile in with the browser; blocks until that has ended.

        Raises:
            EnvironmentFault: ``aws.cli_missing``, ``aws.sign_in_elsewhere``; the
                command to run stands in the details.
            RemoteError: ``aws.sign_in_failed``.
            CancelledError: somebody asked to stop.
        """

    def use_practice(self, endpoint: str, credentials: StaticCredentials) -> None:
        """Take the keys of the practice server that answers at an address."""

    def catalogue(self, connection: AwsConnection, stop: StopSignal) -> Catalogue:
        """Return every model of the account, and the lists that could not be read.

        Raises:
            WorkbenchError: nothing can be asked at all, e.g. the profile is gone.
            CancelledError: somebody asked to stop.
        """

    def availability(
        self, connection: AwsConnection, model: RemoteModel, today: datetime.date
    ) -> Availability:
        """Return whether a model can be used, and why not."""

    def prices(
        self, connection: AwsConnection, model_ids: Iterable[str], stop: StopSignal
    ) -> PriceReading:
        """Return list prices in the connection's region, and the gaps."""


class PracticeServer(Protocol):
    """The server on this computer that answers in place of AWS."""

    def start(self) -> tuple[str, StaticCredentials]:
        """Start serving and return address and keys; harmless when it runs.

        Raises:
            EnvironmentFault: ``sandbox.port``.
        """

    def close(self) -> None:
        """Stop serving; harmless twice."""


@dataclasses.dataclass(frozen=True, slots=True)
class EndpointSettings:
    """One OpenAI-compatible server, as preferences keep it; nothing secret.

    Attributes:
        ulid: identity, also of its key in the system's keyring.
        url: base address in its one spelling; never holds a secret.
        wants_key: whether a key is sent with every call.
    """

    ulid: str
    name: str
    url: str
    wants_key: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class ServedModel:
    """One model of an endpoint.

    Attributes:
        id: what is sent to ask it.
        context_tokens: how much it reads at once, None when not told.
        detail: parameters and quantisation as the server writes them, or empty.
        answers: False for a model that only makes embeddings.
    """

    id: str
    context_tokens: int | None = None
    detail: str = ""
    answers: bool = True


@dataclasses.dataclass(frozen=True, slots=True)
class FoundServer:
    """A server of this computer that answers and is not kept anywhere yet."""

    endpoint: EndpointSettings
    models: tuple[ServedModel, ...]


class EndpointAccess(Protocol):
    """What is asked of OpenAI-compatible endpoints besides answers."""

    def made(
        self, name: str, url: str, *, wants_key: bool, allow_plain: bool
    ) -> EndpointSettings:
        """Return an endpoint with a checked name and address; asks nobody.

        Raises:
            InputError: ``endpoint.…``, by what is wrong with the address.
        """

    def models(
        self, endpoint: EndpointSettings, stop: StopSignal
    ) -> tuple[ServedModel, ...]:
        """Return what an endpoint serves.

        Raises:
            EnvironmentFault: the keyring does not give the key.
            RemoteFailure: with its kind.
        """

    def discover(self, stop: StopSignal) -> tuple[FoundServer, ...]:
        """Return the servers that run on this computer."""

    def keep_key(self, ulid: str, key: str) -> None:
        """Put a key into the system's keyring.

        Raises:
            EnvironmentFault: ``keyring.none``, ``keyring.locked``.
            InputError: ``endpoint.key`` when this can be no key.
        """

    def forget_key(self, ulid: str) -> None:
        """Take a key out of the keyring; nothing happens when there is none."""
