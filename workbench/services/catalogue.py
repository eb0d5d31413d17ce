"""One list of all models: built in, on this computer, of AWS, of endpoints.

What AWS and endpoints list is read in jobs, kept, and shown while it is read anew. What
could not be read is named beside the list; nothing is left out silently.
"""

import dataclasses
import datetime
import enum
import threading
from collections.abc import Callable, Iterable, Sequence

from workbench.domain.access import (
    AccessReason,
    AdministratorRequest,
    Availability,
    administrator_request,
    judge,
)
from workbench.domain.capabilities import Capabilities
from workbench.domain.catalogue import Catalogue, RemoteModel, Unread, folded
from workbench.domain.connections import AwsConnection, AwsState, IdentityState
from workbench.domain.costs import Price, PriceTable
from workbench.domain.errors import CancelledError, WorkbenchError
from workbench.domain.generation import StopSignal
from workbench.domain.jobs import JobKind
from workbench.domain.models import PRACTICE, ModelKind, ModelRef
from workbench.domain.remote import RequestStyle
from workbench.domain.remote_ports import AwsAccess, EndpointAccess, ServedModel
from workbench.domain.request_style import style_of
from workbench.services.connections import ConnectionService
from workbench.services.endpoints import EndpointService
from workbench.services.events import Event, EventBus, IdentityChanged, ModelsChanged
from workbench.services.jobs import Job, JobContext, JobService
from workbench.services.model_tables import ModelTables
from workbench.services.models import ModelService
from workbench.services.preferences import PreferencesService


class Group(enum.StrEnum):
    """Where a model of the list runs; the order is that of the list."""

    BUILTIN = "builtin"
    COMPUTER = "computer"
    BEDROCK = "bedrock"
    ENDPOINT = "endpoint"


_GROUPS = {
    ModelKind.BUILTIN: Group.BUILTIN,
    ModelKind.LOCAL: Group.COMPUTER,
    ModelKind.BEDROCK: Group.BEDROCK,
    ModelKind.OPENAI: Group.ENDPOINT,
}
UNKNOWN = Capabilities()
"""What a model can do that no table knows."""

_SEPARATORS = str.maketrans("-_.:/", "     ")
_USABLE = Availability(AccessReason.USABLE)


@dataclasses.dataclass(frozen=True, slots=True)
class ModelEntry:
    """One model of the list.

    Attributes:
        model: what is asked when it is chosen.
        where: name of its endpoint, or the provider of a model on Bedrock.
        availability: whether it can be used, and the first reason why not.
        remote: its row in the account's catalogue, None for all others.
        served: what its endpoint tells of it, None for all others.
        price: list price, None when unknown or nothing is charged.
    """

    model: ModelRef
    where: str = ""
    favourite: bool = False
    availability: Availability = _USABLE
    remote: RemoteModel | None = None
    served: ServedModel | None = None
    capabilities: Capabilities = UNKNOWN
    price: Price | None = None

    @property
    def group(self) -> Group:
        """Where it runs."""
        return _GROUPS[self.model.kind]

    @property
    def usable(self) -> bool:
        """Whether a call is worth trying."""
        return self.availability.usable


@dataclasses.dataclass(frozen=True, slots=True)
class ModelList:
    """All models, and what is missing from the list.

    Attributes:
        unread: lists of the account that could not be read, or not to their end.
        failures: who could not be asked at all (``AWS`` or an endpoint), and why.
        reading: some of it is being read anew.
    """

    entries: tuple[ModelEntry, ...] = ()
    unread: tuple[Unread, ...] = ()
    failures: tuple[tuple[str, WorkbenchError], ...] = ()
    reading: bool = False


_NOTHING = Catalogue()


@dataclasses.dataclass(slots=True)
class _Remote:
    """What was read of the outside, replaced as a whole."""

    catalogue: Catalogue = _NOTHING
    connection: AwsConnection | None = None
    failure: WorkbenchError | None = None


def favourite_key(model: ModelRef) -> str:
    """Return what tells favourites apart: on Bedrock the id, whatever the region."""
    if model.kind is ModelKind.BEDROCK:
        return f"{model.kind}|{model.path}"
    return model.key


def found_by(entries: Iterable[ModelEntry], text: str) -> list[ModelEntry]:
    """Return the entries that have every word of a text, favourites first."""
    words = folded(text).split()
    found = [each for each in entries if _has(each, words)]
    return sorted(found, key=lambda each: not each.favourite)


class CatalogueService:
    """Reads, keeps and joins the lists of models."""

    def __init__(
        self,
        models: ModelService,
        connections: ConnectionService,
        endpoints: EndpointService,
        outside: tuple[AwsAccess, EndpointAccess],
        preferences: PreferencesService,
        jobs: JobService,
        events: EventBus,
        tables: ModelTables,
        today: Callable[[], datetime.date] = datetime.date.today,
    ) -> None:
        """Read nothing yet; follows the connection and the endpoints.

        Args:
            models: those of this computer.
            connections: who is asked.
            endpoints: the person's endpoints.
            outside: AWS and endpoints themselves.
            preferences: favourites.
            jobs: the lane for reading.
            events: is told of changes.
            tables: prices, capabilities and regions.
            today: for the dates of the life cycle.
        """
        self._models = models
        self._connections = connections
        self._endpoints = endpoints
        self._aws, self._access = outside
        self._preferences = preferences
        self._jobs = jobs
        self._events = events
        self._tables = tables
        self._today = today
        # Guards what is read by several jobs and shown by the window.
        self._lock = threading.Lock()
        self._remote = _Remote()
        self._served: dict[str, tuple[ServedModel, ...] | WorkbenchError] = {}
        self._asked: dict[str, Availability] = {}
        self._listed = PriceTable()
        self._reading = 0
        events.subscribe(self._on_event)

    def models(self) -> ModelList:
        """Return all models as they are known now; reads folders of this computer."""
        local = [self._entry(model) for model in self._models.choices()]
        remote = self._remote
        bedrock = [
            self._bedrock_entry(row, remote)
            for row in remote.catalogue.models
            if row.answers_in_text
        ]
        bedrock.sort(key=lambda entry: (not entry.usable, entry.model.name.casefold()))
        failures = [("AWS", remote.failure)] if remote.failure else []
        served: list[ModelEntry] = []
        for endpoint in self._endpoints.all():
            read = self._served.get(endpoint.ulid, ())
            if isinstance(read, WorkbenchError):
                failures.append((endpoint.name, read))
                continue
            served += [
                self._served_entry(model, endpoint.ulid, endpoint.name)
                for model in read
                if model.answers
            ]
        return ModelList(
            (*local, *bedrock, *served),
            remote.catalogue.unread,
            tuple(failures),
            self._reading > 0,
        )

    def regions(self) -> tuple[str, ...]:
        """Return the regions of AWS, those that were chosen before in front."""
        used = self._preferences.current.used_regions
        return tuple(dict.fromkeys((*used, *self._tables.regions.ids())))

    def refresh(self) -> Job[None]:
        """Read the lists of AWS and of all endpoints anew."""
        return self._submit(self._read_all)

    def set_favourite(self, model: ModelRef, *, on: bool) -> None:
        """Put a model among the favourites or take it off."""
        key = favourite_key(model)
        kept = self._preferences.current.favourite_models
        others = tuple(each for each in kept if each != key)
        self._preferences.change(favourite_models=(*others, key) if on else others)
        self._events.publish(ModelsChanged())

    def capabilities(self, model: ModelRef) -> Capabilities:
        """Return what a model can do, everything unknown where no table says."""
        if model.kind is not ModelKind.BEDROCK:
            return UNKNOWN
        row = self._row(model.path)
        if row is not None:
            return self._tables.capabilities.of(row)
        # Not listed (yet): an inference profile is its model's id with a place before.
        return self._tables.capabilities.lookup(
            model.path, model.path.partition(".")[2]
        )

    def style(self, model: ModelRef) -> RequestStyle:
        """Return how a model is asked."""
        row = self._row(model.path)
        streaming = row.streaming if row is not None else None
        return style_of(self.capabilities(model), streaming=streaming)

    def price(self, model: ModelRef) -> Price | None:
        """Return the list price of a model on Bedrock, None when it is unknown.

        None also for a model that charges nothing: `ModelRef.kind` and
        `ModelRef.is_practice` tell which.
        """
        if model.kind is not ModelKind.BEDROCK or model.is_practice:
            return None
        return self._listed.over(self._tables.prices).price(model.path, model.region)

    def ask_availability(self, model: ModelRef) -> Job[Availability]:
        """Ask AWS whether a model can be used, and why not; kept for the list."""

        def work(context: JobContext) -> Availability:
            del context
            row, connection = self._row(model.path), self._connections.current()
            if row is None or connection is None:
                return Availability(AccessReason.UNKNOWN)
            found = self._aws.availability(connection, row, self._today())
            self._asked[row.id] = found
            self._events.publish(ModelsChanged())
            return found

        return self._jobs.submit(JobKind.PROBE, model.label, work)

    def administrator_request(
        self, model: ModelRef, reason: AccessReason
    ) -> AdministratorRequest | None:
        """Return what to send to the administrator, None when nothing is known."""
        row = self._row(model.path)
        if row is not None and not row.callable:
            row = next(filter(None, map(self._row, row.through)), row)
        if row is None or not row.arn:
            return None
        identity = self._connections.state.identity
        return administrator_request(
            [row], reason=reason, identity=identity.arn if identity else ""
        )

    def _read_all(self, stop: StopSignal) -> None:
        self._read_endpoints(stop)
        self._read_aws(stop)

    def _read_aws(self, stop: StopSignal) -> None:
        read = _Remote()
        try:
            read.connection = self._connections.current()
            if read.connection is not None:
                read.catalogue = self._aws.catalogue(read.connection, stop)
            if self._connections.current() != read.connection:
                # Another connection was chosen meanwhile; its own job is on its way.
                return
        except CancelledError:
            return
        except WorkbenchError as error:
            read.failure = error
        if read.connection != self._remote.connection:
            self._asked = {}
        self._remote = read
        self._events.publish(ModelsChanged())
        if read.connection is not None and not read.connection.is_practice:
            self._read_prices(read, stop)

    def _read_prices(self, read: _Remote, stop: StopSignal) -> None:
        if read.connection is None or not read.catalogue.models:
            return
        where = dataclasses.replace(read.connection, region=self._connections.region())
        ids = [row.id for row in read.catalogue.models if row.callable]
        reading = self._aws.prices(where, ids, stop)
        self._listed = reading.table.over(self._listed)

    def _read_endpoints(self, stop: StopSignal) -> None:
        read: dict[str, tuple[ServedModel, ...] | WorkbenchError] = {}
        for endpoint in self._endpoints.all():
            try:
                read[endpoint.ulid] = self._access.models(endpoint, stop)
            except CancelledError:
                return
            except WorkbenchError as error:
                read[endpoint.ulid] = error
        self._served = read
        self._events.publish(ModelsChanged())

    def _submit(self, read: Callable[[StopSignal], None]) -> Job[None]:
        with self._lock:
            self._reading += 1

        def work(context: JobContext) -> None:
            try:
                read(context.stop)
            finally:
                with self._lock:
                    self._reading -= 1
                self._events.publish(ModelsChanged())

        return self._jobs.submit(JobKind.PROBE, "models", work)

    def _on_event(self, event: Event) -> None:
        if isinstance(event, IdentityChanged):
            self._follow(event.state)
        elif isinstance(event, ModelsChanged):
            wanted = {endpoint.ulid for endpoint in self._endpoints.all()}
            if wanted - self._served.keys() and not self._reading:
                self._submit(self._read_endpoints)

    def _follow(self, state: AwsState) -> None:
        identity = state.identity
        if identity is not None and identity.state is IdentityState.OK:
            self._submit(self._read_aws)
        elif self._remote != _Remote() and self._is_of_another(state):
            # What another account listed must not be chosen from meanwhile.
            self._remote = _Remote()
            self._events.publish(ModelsChanged())

    def _is_of_another(self, state: AwsState) -> bool:
        listed = self._remote.connection
        if listed is None or not state.connected or state.practice:
            return listed is None or not (state.practice and listed.is_practice)
        return listed != self._connections.connection()

    def _row(self, model_id: str) -> RemoteModel | None:
        rows = self._remote.catalogue.models
        return next((row for row in rows if row.id == model_id), None)

    def _entry(self, model: ModelRef) -> ModelEntry:
        return ModelEntry(model, favourite=self._is_favourite(model))

    def _bedrock_entry(self, row: RemoteModel, remote: _Remote) -> ModelEntry:
        practised = remote.connection is not None and remote.connection.is_practice
        region = PRACTICE if practised else self._connections.region()
        model = ModelRef(ModelKind.BEDROCK, row.name or row.id, row.id, region=region)
        known = self._asked.get(row.id) or judge(row, None, self._today())
        return ModelEntry(
            model,
            row.provider,
            self._is_favourite(model),
            known,
            row,
            capabilities=self._tables.capabilities.of(row),
            price=self.price(model),
        )

    def _served_entry(self, served: ServedModel, ulid: str, name: str) -> ModelEntry:
        model = ModelRef(ModelKind.OPENAI, served.id, served.id, region=ulid)
        favourite = self._is_favourite(model)
        return ModelEntry(model, name, favourite, served=served)

    def _is_favourite(self, model: ModelRef) -> bool:
        return favourite_key(model) in self._preferences.current.favourite_models


def _has(entry: ModelEntry, words: Sequence[str]) -> bool:
    parts = (entry.model.label, entry.model.path, entry.where)
    haystack = folded("\n".join(parts))
    spaced = haystack.translate(_SEPARATORS)
    return all(word in haystack or word in spaced for word in words)
