"""AWS, the practice server and endpoints as services see them, imported when used.

boto3 takes a second to import, which neither a start of the window nor a command that
asks nobody may pay for. So nothing here imports it before the first question, which
comes on a thread of a job.
"""

import dataclasses
import datetime
import functools
import threading
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from workbench.domain import places
from workbench.domain.access import Availability
from workbench.domain.catalogue import Catalogue, RemoteModel
from workbench.domain.connections import AwsConnection, Identity, StaticCredentials
from workbench.domain.content import FileBytes
from workbench.domain.costs import PriceReading
from workbench.domain.errors import WorkbenchError
from workbench.domain.generation import StopSignal
from workbench.domain.models import ModelRef
from workbench.domain.ports import TextGenerator
from workbench.domain.remote import RequestStyle
from workbench.domain.remote_ports import EndpointSettings, FoundServer, ServedModel

if TYPE_CHECKING:
    from workbench.aws.session import Sessions
    from workbench.openai_api.endpoint import Endpoint
    from workbench.openai_api.keys import SecretStore
    from workbench.openai_api.models import ServedModel as Listed
    from workbench.sandbox import Sandbox

_PRICING_REGION = "us-east-1"
"""The price list of all regions is served here."""


class LazyAws:
    """Implements `AwsAccess`, and makes generators, over one set of sessions."""

    @functools.cached_property
    def _sessions(self) -> "Sessions":
        from workbench.aws.session import Sessions

        return Sessions()

    def generator(
        self,
        connection: Callable[[], AwsConnection],
        styles: Callable[[ModelRef], RequestStyle],
        files: FileBytes,
    ) -> TextGenerator:
        """Return a generator for the connection that is chosen when it is asked."""
        from workbench.aws.runtime import BedrockGenerator, Options

        options = Options(styles=styles, files=files)
        return BedrockGenerator(self._sessions, connection, options)

    def profiles(self) -> tuple[str, ...]:
        """Return the names of all profiles of this computer, broken ones too."""
        from workbench.aws.profiles import profile_names

        return profile_names()

    def identity(self, connection: AwsConnection) -> Identity:
        """Return who AWS says is asking; never raises, never waits for ever."""
        from workbench.aws.identity import Identities

        return Identities(self._sessions).probe(connection)

    def sign_in(
        self,
        connection: AwsConnection,
        on_line: Callable[[str], None],
        stop: StopSignal,
    ) -> None:
        """Sign a profile in with the browser; see `AwsAccess.sign_in`."""
        from workbench.aws.sign_in import sign_in

        sign_in(self._sessions, connection, on_line, stop)

    def use_practice(self, endpoint: str, credentials: StaticCredentials) -> None:
        """Take the keys of the practice server that answers at an address."""
        self._sessions.use_practice(endpoint, credentials)

    def catalogue(self, connection: AwsConnection, stop: StopSignal) -> Catalogue:
        """Return every model of the account; see `AwsAccess.catalogue`."""
        from workbench.aws.catalogue import BedrockCatalogue
        from workbench.aws.errors import CallContext, failure_of
        from workbench.aws.session import QUICK

        try:
            client = self._sessions.client(connection, "bedrock", QUICK)
        except WorkbenchError:
            raise
        except Exception as error:  # noqa: BLE001 - the table names every one
            context = CallContext(connection, action="bedrock:ListFoundationModels")
            raise failure_of(error, context) from None
        return BedrockCatalogue(client).read(stop)

    def availability(
        self, connection: AwsConnection, model: RemoteModel, today: datetime.date
    ) -> Availability:
        """Return whether a model can be used, and why not."""
        from workbench.aws.catalogue import BedrockCatalogue
        from workbench.aws.session import QUICK

        client = self._sessions.client(connection, "bedrock", QUICK)
        return BedrockCatalogue(client).availability(model, today)

    def prices(
        self, connection: AwsConnection, model_ids: Iterable[str], stop: StopSignal
    ) -> PriceReading:
        """Return list prices in the connection's region, and the gaps."""
        from workbench.aws.prices import PriceList, PriceMap
        from workbench.aws.session import QUICK

        path = places.resources() / "aws" / "price_map.json"
        price_map = PriceMap.from_json(path.read_text(encoding="utf-8"))
        where = dataclasses.replace(connection, region=_PRICING_REGION)
        client = self._sessions.client(where, "pricing", QUICK)
        return PriceList(client, price_map).read(model_ids, connection.region, stop)


class LazyPractice:
    """Implements `PracticeServer`: a sandbox behind which a local model answers."""

    def __init__(self, generator: TextGenerator) -> None:
        """Answer with this generator's built-in model; it stays the caller's."""
        self._generator = generator
        self._sandbox: Sandbox | None = None
        # Starting and closing come from different threads.
        self._lock = threading.Lock()

    def start(self) -> tuple[str, StaticCredentials]:
        """Start serving and return address and keys; harmless when it runs."""
        from workbench.sandbox import Sandbox

        with self._lock:
            if self._sandbox is None:
                self._sandbox = Sandbox(generator=self._generator).start()
            keys = self._sandbox.credentials
            return self._sandbox.endpoint, StaticCredentials(
                keys.access_key_id, keys.secret_access_key
            )

    def close(self) -> None:
        """Stop serving; harmless twice."""
        with self._lock:
            sandbox, self._sandbox = self._sandbox, None
        if sandbox is not None:
            sandbox.close()


class EndpointDesk:
    """Implements `EndpointAccess`."""

    def __init__(self, secrets: "SecretStore") -> None:
        """Keep keys there."""
        self._secrets = secrets

    def generator(
        self, find: Callable[[str], EndpointSettings], files: FileBytes
    ) -> TextGenerator:
        """Return a generator for the endpoints that `find` knows."""
        from workbench.openai_api.generator import EndpointGenerator

        return EndpointGenerator(
            lambda ulid: _endpoint(find(ulid)), self._secrets, files=files
        )

    def made(
        self, name: str, url: str, *, wants_key: bool, allow_plain: bool
    ) -> EndpointSettings:
        """Return an endpoint with a checked name and address; asks nobody."""
        from workbench.openai_api.endpoint import make_endpoint

        made = make_endpoint(name, url, wants_key=wants_key, allow_plain=allow_plain)
        return _settings(made)

    def models(
        self, endpoint: EndpointSettings, stop: StopSignal
    ) -> tuple[ServedModel, ...]:
        """Return what an endpoint serves."""
        from workbench.openai_api.models import list_models

        key = self._secrets.get(endpoint.ulid) if endpoint.wants_key else ""
        found = list_models(_endpoint(endpoint), key, stop)
        return tuple(_served(model) for model in found)

    def discover(self, stop: StopSignal) -> tuple[FoundServer, ...]:
        """Return the servers that run on this computer."""
        from workbench.openai_api.discovery import discover

        return tuple(
            FoundServer(
                _settings(server.endpoint),
                tuple(_served(model) for model in server.models),
            )
            for server in discover(stop)
        )

    def keep_key(self, ulid: str, key: str) -> None:
        """Put a key into the system's keyring."""
        self._secrets.set(ulid, key)

    def forget_key(self, ulid: str) -> None:
        """Take a key out of the keyring; nothing happens when there is none."""
        self._secrets.forget(ulid)


def _endpoint(kept: EndpointSettings) -> "Endpoint":
    from workbench.openai_api.endpoint import Endpoint

    return Endpoint(kept.name, kept.url, kept.ulid, kept.wants_key)


def _settings(made: "Endpoint") -> EndpointSettings:
    return EndpointSettings(made.ulid, made.name, made.url, made.wants_key)


def _served(model: "Listed") -> ServedModel:
    return ServedModel(model.id, model.context_tokens, model.detail, model.answers)
