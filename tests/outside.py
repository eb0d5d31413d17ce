"""Stand-ins for AWS, the practice server, endpoints and the keyring.

They keep to the ports of `domain.remote_ports`, record what they were asked and never
leave the process.
"""

import dataclasses
import datetime
import threading
from collections.abc import Callable, Iterable

from workbench.domain.access import AccessReason, Availability, judge
from workbench.domain.catalogue import (
    Catalogue,
    Hindrance,
    RemoteModel,
    Route,
    Unread,
)
from workbench.domain.connections import (
    AwsConnection,
    Identity,
    IdentityState,
    Mend,
    StaticCredentials,
)
from workbench.domain.costs import PriceReading, PriceTable
from workbench.domain.errors import InputError, WorkbenchError
from workbench.domain.generation import StopSignal
from workbench.domain.remote_ports import EndpointSettings, FoundServer, ServedModel

ACCOUNT = "123456789012"
NOVA = "amazon.nova-lite-v1:0"
US_HAIKU = "us.anthropic.claude-haiku-4-5-20251001-v1:0"
HAIKU = US_HAIKU.removeprefix("us.")


def foundation_arn(model_id: str) -> str:
    return f"arn:aws:bedrock:us-east-1::foundation-model/{model_id}"


ROWS = (
    RemoteModel(
        NOVA,
        "Nova Lite",
        Route.ON_DEMAND,
        "Amazon",
        base_id=NOVA,
        arn=foundation_arn(NOVA),
        output_modalities=("TEXT",),
        streaming=True,
    ),
    RemoteModel(
        HAIKU,
        "Claude Haiku 4.5",
        Route.ON_DEMAND,
        "Anthropic",
        base_id=HAIKU,
        arn=foundation_arn(HAIKU),
        hindrance=Hindrance.NEEDS_PROFILE,
        through=(US_HAIKU,),
    ),
    RemoteModel(
        US_HAIKU,
        "US Claude Haiku 4.5",
        Route.INFERENCE_PROFILE,
        "Anthropic",
        base_id=HAIKU,
        arn=f"arn:aws:bedrock:us-east-1:{ACCOUNT}:inference-profile/{US_HAIKU}",
        target_arns=(foundation_arn(HAIKU),),
    ),
    RemoteModel(
        "amazon.nova-canvas-v1:0",
        "Nova Canvas",
        Route.ON_DEMAND,
        "Amazon",
        output_modalities=("IMAGE",),
    ),
)


def somebody(connection: AwsConnection) -> Identity:
    """Return a signed-in identity, that of the sandbox for practice."""
    account = "000000000000" if connection.is_practice else ACCOUNT
    return Identity(
        IdentityState.OK,
        profile=connection.profile,
        region=connection.region or "eu-central-1",
        account=account,
        arn=f"arn:aws:sts::{account}:assumed-role/Expert/mika",
        user="Expert/mika",
        method="practice" if connection.is_practice else "sso",
        expiry="2026-11-20T18:00:00+00:00",
    )


def expired(connection: AwsConnection) -> Identity:
    """Return an identity whose sign-in has run out."""
    mend = Mend("aws.sign_in", f"aws sso login --profile {connection.profile}")
    return dataclasses.replace(
        somebody(connection), state=IdentityState.EXPIRED, mend=mend
    )


class FakeAws:
    """An account that is always the same.

    Attributes:
        who: answers a probe.
        gate: probes wait here while it is cleared.
        rows: the catalogue.
        failure: raised instead of reading the catalogue, when set.
        access: what is known of a model when it is asked for.
    """

    def __init__(self) -> None:
        self.who: Callable[[AwsConnection], Identity] = somebody
        self.gate = threading.Event()
        self.gate.set()
        self.rows: tuple[RemoteModel, ...] = ROWS
        self.unread: tuple[Unread, ...] = ()
        self.failure: WorkbenchError | None = None
        self.access: dict[str, Availability] = {}
        self.sign_in_failure: WorkbenchError | None = None
        self.probed: list[AwsConnection] = []
        self.read: list[AwsConnection] = []
        self.practice: dict[str, StaticCredentials] = {}

    def profiles(self) -> tuple[str, ...]:
        return ("default", "support")

    def identity(self, connection: AwsConnection) -> Identity:
        self.probed.append(connection)
        self.gate.wait(5)
        return self.who(connection)

    def sign_in(
        self,
        connection: AwsConnection,
        on_line: Callable[[str], None],
        stop: StopSignal,
    ) -> None:
        on_line("Open https://device.sso.example and type ABCD-EFGH")
        if self.sign_in_failure is not None:
            raise self.sign_in_failure
        self.who = somebody

    def use_practice(self, endpoint: str, credentials: StaticCredentials) -> None:
        self.practice[endpoint] = credentials

    def catalogue(self, connection: AwsConnection, stop: StopSignal) -> Catalogue:
        self.read.append(connection)
        if self.failure is not None:
            raise self.failure
        return Catalogue(self.rows, self.unread)

    def availability(
        self, connection: AwsConnection, model: RemoteModel, today: datetime.date
    ) -> Availability:
        known = judge(model, None, today)
        if known.reason is not AccessReason.UNKNOWN:
            return known
        return self.access.get(model.id, Availability(AccessReason.USABLE))

    def prices(
        self, connection: AwsConnection, model_ids: Iterable[str], stop: StopSignal
    ) -> PriceReading:
        return PriceReading(PriceTable())


class FakePractice:
    """A practice server at a made-up address, another one with every start."""

    def __init__(self) -> None:
        self.starts = 0
        self.is_running = False
        self.failure: WorkbenchError | None = None

    def start(self) -> tuple[str, StaticCredentials]:
        if self.failure is not None:
            raise self.failure
        if not self.is_running:
            self.starts += 1
            self.is_running = True
        keys = StaticCredentials("SANDBOXKEY", "not a secret")
        return f"http://127.0.0.1:{40000 + self.starts}", keys

    def close(self) -> None:
        self.is_running = False


class FakeEndpoints:
    """Endpoints by address, and the keyring.

    Attributes:
        served: the models of each address; others do not answer.
        running: servers of this computer.
        keys: what the keyring holds.
    """

    def __init__(self) -> None:
        self.served: dict[str, tuple[ServedModel, ...]] = {}
        self.running: tuple[FoundServer, ...] = ()
        self.keys: dict[str, str] = {}
        self.numbers = iter(range(1, 100))

    def made(
        self, name: str, url: str, *, wants_key: bool, allow_plain: bool
    ) -> EndpointSettings:
        if "://" not in url:
            raise InputError("endpoint.scheme", "Begin the address with http or https.")
        ulid = f"01ENDPOINT{next(self.numbers)}"
        return EndpointSettings(ulid, name or url, url, wants_key)

    def models(
        self, endpoint: EndpointSettings, stop: StopSignal
    ) -> tuple[ServedModel, ...]:
        if endpoint.url not in self.served:
            raise WorkbenchError("endpoint.offline", f"{endpoint.name} is silent.")
        return self.served[endpoint.url]

    def discover(self, stop: StopSignal) -> tuple[FoundServer, ...]:
        return self.running

    def keep_key(self, ulid: str, key: str) -> None:
        self.keys[ulid] = key

    def forget_key(self, ulid: str) -> None:
        self.keys.pop(ulid, None)
