"""The sandbox itself: an HTTP server on loopback, in a thread of its own.

One event loop serves all connections: fifty streams at their own pace are fifty timers,
not fifty threads, and closing cancels whatever is still being sent. Only a model behind
the generation port needs threads to wait in.
"""

import asyncio
import concurrent.futures
import dataclasses
import secrets
import socket
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from types import TracebackType
from typing import Self

from workbench.domain.errors import EnvironmentFault
from workbench.domain.models import ModelRef
from workbench.domain.ports import TextGenerator
from workbench.sandbox import routes
from workbench.sandbox.answers import Script, echo
from workbench.sandbox.auth import Gate
from workbench.sandbox.cache import PromptCache
from workbench.sandbox.connection import Connection, Link
from workbench.sandbox.desk import Desk
from workbench.sandbox.faults import FaultPlan, Rule
from workbench.sandbox.pace import Pace
from workbench.sandbox.recorder import Recorder
from workbench.sandbox.sources import PortSource, ScriptSource, Source
from workbench.sandbox.talk import Talk

HOST = "127.0.0.1"
REGION = "us-east-1"
PAGE_SIZE = 100


@dataclasses.dataclass(frozen=True, slots=True)
class Credentials:
    """The secrets of one start; they open this sandbox and nothing else."""

    access_key_id: str
    secret_access_key: str = dataclasses.field(repr=False)
    bearer_token: str = dataclasses.field(repr=False)

    @classmethod
    def new(cls) -> "Credentials":
        """Make secrets that nobody has seen."""
        return cls(
            f"SANDBOX{secrets.token_hex(6).upper()}",
            secrets.token_urlsafe(30),
            secrets.token_urlsafe(30),
        )


class Sandbox:
    """A running stand-in for AWS; use it as a context manager or call `close`.

    Attributes:
        credentials: what a client must sign with.
        faults: the scripted faults; may be changed while it runs.
        recorder: what was asked.
        pace: how fast it answers; may be replaced while it runs.
    """

    def __init__(
        self,
        *,
        script: Script = echo,
        generator: TextGenerator | None = None,
        models: Mapping[str, ModelRef] | None = None,
        faults: Iterable[Rule] = (),
        pace: Pace | None = None,
        page_size: int = PAGE_SIZE,
        cache_least: int = 0,
        clock: Callable[[], float] = time.monotonic,
        port: int = 0,
    ) -> None:
        """Prepare; nothing is started yet.

        Args:
            script: answers, when there is no generator.
            generator: the model that answers; stays the caller's to close.
            models: which model behind the generator answers for which ``modelId``.
            faults: rules in force from the start.
            pace: how fast it answers, by default as fast as it can.
            page_size: records on a page of a list at most.
            cache_least: tokens below which the beginning of a prompt is not cached.
            clock: seconds, for the cache's times.
            port: of TCP, 0 for a random one.
        """
        self.credentials = Credentials.new()
        self.faults = FaultPlan(faults)
        self.recorder = Recorder()
        self.pace = pace or Pace()
        self.is_closing = False
        self._source: Source = (
            PortSource(generator, models) if generator else ScriptSource(script)
        )
        self.gate = Gate(
            self.credentials.access_key_id,
            self.credentials.secret_access_key,
            self.credentials.bearer_token,
        )
        talk = Talk(self._source, PromptCache(clock, cache_least))
        self.desk = Desk(talk, page_size)
        self._wanted_port = port
        self._port = 0
        self._tasks: set[asyncio.Task[None]] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stop: asyncio.Event | None = None
        self._thread: threading.Thread | None = None

    @property
    def endpoint(self) -> str:
        """URL of all services, such as ``http://127.0.0.1:40123``.

        Raises:
            RuntimeError: when it has not been started.
        """
        if not self._port:
            raise RuntimeError("the sandbox has not been started")
        return f"http://{HOST}:{self._port}"

    def start(self) -> Self:
        """Start serving; returns when requests are taken.

        Raises:
            EnvironmentFault: ``sandbox.port`` when the port is not to be had.
        """
        listening = self._listen()
        self._port = listening.getsockname()[1]
        # Read now, or the first request would pay for it.
        routes.operations()
        ready: concurrent.futures.Future[None] = concurrent.futures.Future()
        self._thread = threading.Thread(
            target=self._run, args=(listening, ready), name="sandbox", daemon=True
        )
        self._thread.start()
        ready.result()
        return self

    def _listen(self) -> socket.socket:
        # With the protocol named, or asyncio leaves Nagle's algorithm on, which holds
        # small frames back for up to 40 ms.
        listening = socket.socket(
            socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP
        )
        try:
            listening.bind((HOST, self._wanted_port))
            listening.listen(256)
        except OSError as error:
            listening.close()
            raise EnvironmentFault(
                "sandbox.port",
                f"Port {self._wanted_port} is taken: {error.strerror}",
                {"port": self._wanted_port},
            ) from error
        return listening

    def close(self) -> None:
        """Stop serving, end every reply, and wait for the threads; harmless twice."""
        self.is_closing = True
        if self._loop is not None and self._stop is not None:
            if self._thread is not None and self._thread.is_alive():
                self._loop.call_soon_threadsafe(self._stop.set)
                self._thread.join()
            self._loop = self._stop = None
        self._source.close()

    def __enter__(self) -> Self:
        """Start serving."""
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop serving."""
        self.close()

    def _run(
        self, listening: socket.socket, ready: concurrent.futures.Future[None]
    ) -> None:
        try:
            asyncio.run(self._serve(listening, ready))
        except OSError as error:
            if ready.done():
                raise
            ready.set_exception(error)

    async def _serve(
        self, listening: socket.socket, ready: concurrent.futures.Future[None]
    ) -> None:
        self._loop = asyncio.get_running_loop()
        self._stop = asyncio.Event()
        server = await self._loop.create_server(
            lambda: Link(self._accept), sock=listening
        )
        ready.set_result(None)
        await self._stop.wait()
        server.close()
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        # Transports say farewell in the loop's next turns.
        for _turn in range(3):
            await asyncio.sleep(0)

    def _accept(self, link: Link) -> None:
        if link.streams is None:
            return
        connection = Connection(self, *link.streams)
        task = asyncio.get_running_loop().create_task(connection.run())
        link.task = task
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
