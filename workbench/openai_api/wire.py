"""One HTTP exchange that can be stopped at any moment, also while the server is silent.

Why not urllib3, which is there through botocore: its pool hides the socket until the
headers have arrived, and that wait is the long one (a server that loads a model sends
nothing for minutes). Here the socket is ours from the first moment. It waits in slices
of `SLICE_SECONDS` and looks in between whether somebody asked to stop; that works the
same on every system, while closing a socket under a waiting thread does not.

Every exchange has a connection of its own: one that was kept open may be closed by the
server just as it is used again, and then nobody knows whether the call was made.
Redirections are not followed, as they would carry the key to another host. Proxies of
the environment are not asked: the servers are near.
"""

import contextlib
import dataclasses
import enum
import errno
import functools
import http.client
import io
import queue
import selectors
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

from workbench.domain.generation import StopSignal

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

SLICE_SECONDS = 0.02
_CHUNK = 64 * 1024
_MOST_BYTES = 64 * 1024 * 1024
_CONNECTING = {errno.EINPROGRESS, errno.EWOULDBLOCK, errno.EALREADY, errno.EINTR}
_T = TypeVar("_T")
_Address = tuple[Any, ...]
_Found = tuple[socket.AddressFamily, socket.SocketKind, int, str, _Address]


@dataclasses.dataclass(frozen=True, slots=True)
class Timeouts:
    """How long is waited, in seconds.

    Attributes:
        connect: until the server takes the call.
        answer: until its first byte: it may have to load the model first.
        silence: between two reads of an answer that has begun.
    """

    connect: float = 5.0
    answer: float = 300.0
    silence: float = 120.0


class Trouble(enum.StrEnum):
    """What can go wrong below HTTP."""

    NAME = "name"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    CONNECT_TIMEOUT = "connect_timeout"
    TLS = "tls"
    FOREIGN = "foreign"
    TIMEOUT = "timeout"
    BROKEN = "broken"


class WireError(Exception):
    """An exchange that was not completed.

    Attributes:
        trouble: what went wrong.
        answered: whether the headers of an answer had arrived.
    """

    def __init__(self, trouble: Trouble, *, answered: bool = False) -> None:
        """Keep what went wrong."""
        super().__init__(trouble.value)
        self.trouble = trouble
        self.answered = answered


class Answer:
    """A response whose headers have arrived."""

    def __init__(self, response: http.client.HTTPResponse) -> None:
        """Keep the response; its body is read on demand."""
        self._response = response
        self.status = response.status

    def header(self, name: str) -> str:
        """Return a header, empty when there is none."""
        return self._response.getheader(name) or ""

    @property
    def is_stream(self) -> bool:
        """True when the body is a stream of events."""
        return self.header("Content-Type").lower().startswith("text/event-stream")

    def chunks(self) -> Iterator[bytes]:
        """Yield the body as it arrives.

        Raises:
            WireError: BROKEN, TIMEOUT.
            CancelledError: somebody asked to stop.
        """
        while received := self._read():
            yield received

    def body(self) -> bytes:
        """Return the whole body.

        Raises:
            WireError: as `chunks`; BROKEN also when it is absurdly long.
            CancelledError: somebody asked to stop.
        """
        parts: list[bytes] = []
        size = 0
        for part in self.chunks():
            parts.append(part)
            size += len(part)
            if size > _MOST_BYTES:
                raise WireError(Trouble.BROKEN, answered=True)
        return b"".join(parts)

    def refusal(self) -> bytes:
        """Return the body of a refusal, empty when it does not arrive whole.

        Raises:
            CancelledError: somebody asked to stop.
        """
        try:
            return self.body()
        except WireError:
            return b""

    def _read(self) -> bytes:
        with _named(answered=True):
            return self._response.read1(_CHUNK)


@contextlib.contextmanager
def exchange(
    method: str,
    url: str,
    *,
    headers: Mapping[str, str],
    body: bytes | None,
    stop: StopSignal,
    timeouts: Timeouts,
) -> Iterator[Answer]:
    """Send a request and give its answer; the connection ends with the block.

    Raises:
        WireError: what went wrong below HTTP.
        CancelledError: somebody asked to stop.
    """
    parts = urlsplit(url)
    host = parts.hostname or ""
    port = parts.port or (443 if parts.scheme == "https" else 80)
    with contextlib.ExitStack() as stack:
        with _named():
            line = _Line(_connect(host, port, stop, timeouts.connect), stop)
            stack.callback(line.end)
            if parts.scheme == "https":
                line.secure(host, timeouts.connect)
            line.patience = timeouts.answer
            connection = http.client.HTTPConnection(host, parts.port)
            # It offers what http.client asks of a socket.
            connection.sock = line
            wanted = {**headers, "Connection": "close"}
            connection.request(method, parts.path, body, wanted)
            response = stack.enter_context(connection.getresponse())
        line.patience = timeouts.silence
        yield Answer(response)


class _Line:
    """A connected socket that is waited for in slices."""

    def __init__(self, sock: socket.socket, stop: StopSignal) -> None:
        self._sock = sock
        self._stop = stop
        self.patience = 0.0
        sock.settimeout(SLICE_SECONDS)

    def secure(self, host: str, seconds: float) -> None:
        """Begin TLS, with the certificates that the system trusts."""
        self.patience = seconds
        context = ssl.create_default_context()
        secured = context.wrap_socket(
            self._sock, server_hostname=host, do_handshake_on_connect=False
        )
        self._sock = secured
        try:
            self._wait(secured.do_handshake)
        except TimeoutError as error:
            raise WireError(Trouble.CONNECT_TIMEOUT) from error
        except ssl.SSLError as error:
            raise WireError(Trouble.TLS) from error

    def sendall(self, data: bytes) -> None:
        """Send everything (asked for by http.client)."""
        rest = memoryview(data)
        while rest:
            rest = rest[self._wait(functools.partial(self._sock.send, rest)) :]

    def receive(self, buffer: memoryview) -> int:
        """Fill a buffer with what has arrived."""
        return self._wait(functools.partial(self._sock.recv_into, buffer))

    def makefile(self, _mode: str) -> io.BufferedReader:
        """Return a reader (asked for by http.client)."""
        return io.BufferedReader(_Reader(self), _CHUNK)

    def close(self) -> None:
        """Stay open: http.client closes as soon as it has made its reader."""

    def end(self) -> None:
        """Close the socket."""
        self._sock.close()

    def _wait(self, action: Callable[[], _T]) -> _T:
        """Repeat what may time out until it succeeds, is stopped or lasts too long."""
        until = time.monotonic() + self.patience
        while True:
            self._stop.check()
            try:
                return action()
            except TimeoutError:
                if time.monotonic() > until:
                    raise


class _Reader(io.RawIOBase):
    """The receiving side of a line, as a file."""

    def __init__(self, line: _Line) -> None:
        self._line = line

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        return self._line.receive(memoryview(buffer))


@contextlib.contextmanager
def _named(*, answered: bool = False) -> Iterator[None]:
    """Name what the socket and http.client raise."""
    try:
        yield
    except TimeoutError as error:
        raise WireError(Trouble.TIMEOUT, answered=answered) from error
    except http.client.RemoteDisconnected as error:
        raise WireError(Trouble.BROKEN, answered=answered) from error
    except http.client.BadStatusLine as error:
        raise WireError(Trouble.FOREIGN, answered=answered) from error
    except (OSError, http.client.HTTPException) as error:
        raise WireError(Trouble.BROKEN, answered=answered) from error


def _connect(host: str, port: int, stop: StopSignal, seconds: float) -> socket.socket:
    """Return a connected socket: the first address of the host that takes the call."""
    trouble = Trouble.NAME
    for family, kind, protocol, _, address in _addresses(host, port, stop, seconds):
        sock = socket.socket(family, kind, protocol)
        try:
            found = _try_address(sock, address, stop, seconds)
        except BaseException:
            sock.close()
            raise
        if found is None:
            return sock
        sock.close()
        trouble = found
    raise WireError(trouble)


def _try_address(
    sock: socket.socket, address: _Address, stop: StopSignal, seconds: float
) -> Trouble | None:
    """Connect without blocking; None when it is done."""
    until = time.monotonic() + seconds
    sock.setblocking(False)
    code = sock.connect_ex(address)
    if code in _CONNECTING:
        with selectors.DefaultSelector() as selector:
            selector.register(sock, selectors.EVENT_WRITE)
            while not selector.select(SLICE_SECONDS):
                stop.check()
                if time.monotonic() > until:
                    return Trouble.CONNECT_TIMEOUT
        code = sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
    if code == 0:
        return None
    return Trouble.REFUSED if code == errno.ECONNREFUSED else Trouble.UNREACHABLE


def _addresses(
    host: str, port: int, stop: StopSignal, seconds: float
) -> Sequence[_Found]:
    """Look a name up on a thread of its own: the system's look-up cannot be stopped."""
    until = time.monotonic() + seconds
    answers: queue.SimpleQueue[Sequence[_Found]] = queue.SimpleQueue()

    def look_up() -> None:
        try:
            answers.put(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError):
            answers.put([])

    threading.Thread(target=look_up, name="endpoint-name", daemon=True).start()
    while True:
        stop.check()
        try:
            found = answers.get(timeout=SLICE_SECONDS)
        except queue.Empty:
            if time.monotonic() > until:
                raise WireError(Trouble.CONNECT_TIMEOUT) from None
        else:
            return found
