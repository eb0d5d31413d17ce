"""Sessions and clients of boto3: made once per connection, off the window's thread.

Clients may be used from any thread, sessions may not (the library does not promise it):
each session has a lock, under which its clients are made. Two connections never wait
for each other, because a profile may run a program that takes its time.
"""

import dataclasses
import logging
import os
import threading
from typing import Any

import boto3
import botocore.config
import botocore.session

from workbench.aws import wire
from workbench.domain.connections import AwsConnection, StaticCredentials
from workbench.domain.errors import EnvironmentFault

POOL = 64
"""Connections a client keeps: more than the calls that run at once."""

Client = Any
"""A client of boto3, which ships no types."""


@dataclasses.dataclass(frozen=True, slots=True)
class Timeouts:
    """How long a call may be silent, in seconds; not how long it may last.

    Attributes:
        connect: until the connection stands.
        read: between two pieces of the reply.
    """

    connect: float = 5.0
    read: float = 60.0


STREAMING = Timeouts(read=120.0)
WHOLE = Timeouts(read=900.0)
"""A whole answer comes only when it is finished, so silence is normal."""
QUICK = Timeouts(connect=3.0, read=5.0)
"""For questions that a person waits for, such as who is signed in."""


class _Entry:
    """One session with its lock and its clients."""

    def __init__(self) -> None:
        # Guards the session and the making of clients.
        self.lock = threading.Lock()
        self.session: Any = None
        self.clients: dict[tuple[str, Timeouts], Client] = {}


class Sessions:
    """Gives clients for connections; may be used from any thread but the window's."""

    def __init__(self) -> None:
        """Read nothing yet."""
        _silence()
        self._entries: dict[AwsConnection, _Entry] = {}
        self._practice: dict[str, StaticCredentials] = {}
        # Guards the two mappings above, never held while anything is made.
        self._lock = threading.Lock()

    def use_practice(self, endpoint: str, credentials: StaticCredentials) -> None:
        """Give the keys of the practice server that answers at an address."""
        with self._lock:
            self._practice[endpoint] = credentials

    def session(self, connection: AwsConnection) -> Any:
        """Return the session of a connection.

        Raises:
            BotoCoreError: the profile is not there or not complete.
            EnvironmentFault: ``practice.stopped``.
        """
        entry = self._entry(connection)
        with entry.lock:
            return self._ensure_session(entry, connection)

    def client(
        self, connection: AwsConnection, service: str, timeouts: Timeouts = STREAMING
    ) -> Client:
        """Return a client that makes one attempt per call.

        Raises:
            BotoCoreError: no region, or the profile is not there or not complete.
            EnvironmentFault: ``practice.stopped``.
        """
        entry = self._entry(connection)
        with entry.lock:
            key = (service, timeouts)
            if key not in entry.clients:
                session = self._ensure_session(entry, connection)
                client = session.client(
                    service,
                    region_name=connection.region or session.region_name,
                    endpoint_url=connection.endpoint or None,
                    config=_config(connection, timeouts),
                )
                wire.watch(client)
                entry.clients[key] = client
            return entry.clients[key]

    def forget(self, connection: AwsConnection) -> None:
        """Read the profile again next time: a sign-in may have changed it."""
        with self._lock:
            entry = self._entries.pop(connection, None)
        if entry is not None:
            _close(entry)

    def close(self) -> None:
        """Close the connections that wait for further calls."""
        with self._lock:
            entries, self._entries = list(self._entries.values()), {}
        for entry in entries:
            _close(entry)

    def _entry(self, connection: AwsConnection) -> _Entry:
        with self._lock:
            return self._entries.setdefault(connection, _Entry())

    def _ensure_session(self, entry: _Entry, connection: AwsConnection) -> Any:
        if entry.session is None:
            entry.session = self._make_session(connection)
        return entry.session

    def _make_session(self, connection: AwsConnection) -> Any:
        if not connection.is_practice:
            return boto3.Session(
                profile_name=connection.profile or None,
                region_name=connection.region or None,
            )
        with self._lock:
            keys = self._practice.get(connection.endpoint)
        if keys is None:
            raise EnvironmentFault(
                "practice.stopped", "The practice server is not running."
            )
        return boto3.Session(
            botocore_session=_without_files(),
            aws_access_key_id=keys.key_id,
            aws_secret_access_key=keys.secret,
            aws_session_token=keys.token or None,
            region_name=connection.region or "us-east-1",
        )


def _silence() -> None:
    """Keep keys out of our log: botocore writes what it signs, and what programs say.

    Where credentials fail, the caller gets the reason, cleaned.
    """
    logging.getLogger("botocore").setLevel(logging.INFO)
    for name in ("botocore.credentials", "botocore.tokens"):
        logging.getLogger(name).setLevel(logging.CRITICAL)


def _close(entry: _Entry) -> None:
    """Close the connections that wait; those that carry a call end with it.

    Without the lock: who makes a client may be waiting for a program of the profile.
    """
    for client in list(entry.clients.values()):
        client.close()


def _without_files() -> Any:
    """Return a session that reads neither the configuration nor its variables.

    Practice must work on a computer whose AWS_PROFILE names a profile that is gone.
    """
    return botocore.session.Session(
        session_vars={
            "profile": (None, None, None, None),
            "config_file": (None, None, os.devnull, None),
            "credentials_file": (None, None, os.devnull, None),
        }
    )


def _config(connection: AwsConnection, timeouts: Timeouts) -> Any:
    """One attempt per call: what may be repeated is decided by the domain alone."""
    options: dict[str, Any] = {}
    if connection.is_practice:
        # Neither a proxy nor a Bedrock API key of the environment may get in between.
        options = {"proxies": {}, "signature_version": "v4"}
    return botocore.config.Config(
        retries={"mode": "standard", "total_max_attempts": 1},
        connect_timeout=timeouts.connect,
        read_timeout=timeouts.read,
        max_pool_connections=POOL,
        tcp_keepalive=True,
        **options,
    )
