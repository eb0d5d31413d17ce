"""OpenAI-compatible endpoints: added, tested, removed, and found on this computer.

Name and address stand in preferences. A key goes to the system's keyring and is asked
for there with every call; it is neither kept nor handed out here.
"""

import dataclasses
import json

from workbench.domain.errors import InputError
from workbench.domain.jobs import JobKind
from workbench.domain.remote_ports import (
    EndpointAccess,
    EndpointSettings,
    FoundServer,
    ServedModel,
)
from workbench.services.events import EventBus, ModelsChanged
from workbench.services.jobs import Job, JobContext, JobService
from workbench.services.preferences import PreferencesService


class EndpointService:
    """Keeps the list of endpoints."""

    def __init__(
        self,
        preferences: PreferencesService,
        jobs: JobService,
        events: EventBus,
        access: EndpointAccess,
    ) -> None:
        """Ask nobody yet."""
        self._preferences = preferences
        self._jobs = jobs
        self._events = events
        self._access = access

    def all(self) -> tuple[EndpointSettings, ...]:
        """Return the endpoints in the order they were added."""
        texts = self._preferences.current.endpoints
        read = (_read(text) for text in texts)
        return tuple(endpoint for endpoint in read if endpoint is not None)

    def find(self, ulid: str) -> EndpointSettings:
        """Return one endpoint.

        Raises:
            InputError: ``endpoint.missing`` when it was removed.
        """
        for endpoint in self.all():
            if endpoint.ulid == ulid:
                return endpoint
        raise InputError(
            "endpoint.missing", "The endpoint of this model is not in the list."
        )

    def add(
        self, name: str, url: str, key: str = "", *, allow_plain: bool = False
    ) -> Job[tuple[ServedModel, ...]]:
        """Ask an endpoint for its models and keep it when it answers.

        Args:
            name: what the window shows; the host when blank.
            url: address as it was typed.
            key: goes to the keyring; blank: the server asks for none.
            allow_plain: allow ``http`` to a public host.

        Raises:
            InputError: ``endpoint.…`` at once, by what is wrong with the address or
                when there is one with it already; the job fails with what
                `EndpointAccess.keep_key` and `EndpointAccess.models` raise, and
                nothing is kept then.
        """
        secret = key.strip()
        made = self._access.made(
            name, url, wants_key=bool(secret), allow_plain=allow_plain
        )
        self._refuse_twice(made)

        def work(context: JobContext) -> tuple[ServedModel, ...]:
            if secret:
                self._access.keep_key(made.ulid, secret)
            try:
                models = self._access.models(made, context.stop)
            except BaseException:
                if secret:
                    self._access.forget_key(made.ulid)
                raise
            self._keep((*self.all(), made))
            return models

        return self._jobs.submit(JobKind.PROBE, made.name, work)

    def take(self, found: FoundServer) -> None:
        """Keep a server that was found and asks for no key.

        Raises:
            InputError: ``endpoint.twice``.
        """
        self._refuse_twice(found.endpoint)
        self._keep((*self.all(), found.endpoint))

    def test(self, ulid: str) -> Job[tuple[ServedModel, ...]]:
        """Ask an endpoint for its models."""
        endpoint = self.find(ulid)

        def work(context: JobContext) -> tuple[ServedModel, ...]:
            return self._access.models(endpoint, context.stop)

        return self._jobs.submit(JobKind.PROBE, endpoint.name, work)

    def remove(self, ulid: str) -> Job[None]:
        """Take an endpoint off the list and its key out of the keyring."""
        endpoint = self.find(ulid)
        self._keep(tuple(each for each in self.all() if each.ulid != ulid))

        def work(context: JobContext) -> None:
            del context
            if endpoint.wants_key:
                self._access.forget_key(ulid)

        return self._jobs.submit(JobKind.PROBE, endpoint.name, work)

    def discover(self) -> Job[tuple[FoundServer, ...]]:
        """Look for servers on this computer that are not in the list yet."""

        def work(context: JobContext) -> tuple[FoundServer, ...]:
            known = {endpoint.url for endpoint in self.all()}
            found = self._access.discover(context.stop)
            return tuple(each for each in found if each.endpoint.url not in known)

        return self._jobs.submit(JobKind.PROBE, "localhost", work)

    def _refuse_twice(self, made: EndpointSettings) -> None:
        if any(each.url == made.url for each in self.all()):
            raise InputError("endpoint.twice", "This endpoint is in the list already.")

    def _keep(self, endpoints: tuple[EndpointSettings, ...]) -> None:
        texts = tuple(
            json.dumps(dataclasses.asdict(each), ensure_ascii=False)
            for each in endpoints
        )
        self._preferences.change(endpoints=texts)
        self._events.publish(ModelsChanged())


def _read(text: str) -> EndpointSettings | None:
    """Return an endpoint, None for a line that somebody has broken."""
    try:
        fields = json.loads(text)
        return EndpointSettings(
            ulid=str(fields["ulid"]),
            name=str(fields["name"]),
            url=str(fields["url"]),
            wants_key=bool(fields["wants_key"]),
        )
    except (ValueError, KeyError, TypeError):
        return None
