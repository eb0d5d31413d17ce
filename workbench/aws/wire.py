"""The socket under a call, so that a call can be stopped while the server is silent.

boto3 offers no way to end a call from outside: closing a stream from another thread
waits for the next piece, closing the client does nothing. Shutting the socket down ends
the reader at once. The socket is reached by attributes that are not public; where they
have changed, a call ends at its next piece or at its timeout, and nothing else breaks.
"""

import contextlib
import logging
import socket
import threading
from collections.abc import Iterator
from typing import Any

_LOG = logging.getLogger(__name__)
_LAST_SECONDS = 0.5
_here = threading.local()


class Wire:
    """The connection of one call; `cut` may be called from any thread."""

    def __init__(self) -> None:
        """There is no connection yet."""
        self._sock: Any = None
        self._is_cut = False
        # A connection goes back to the pool and carries other calls: it must not be
        # shut down after that. Guards both fields.
        self._lock = threading.Lock()

    @property
    def is_cut(self) -> bool:
        """True once the call was ended from outside."""
        return self._is_cut

    def carry(self, sock: Any) -> None:
        """Remember the socket; shut it down when the call has been cut already."""
        with self._lock:
            self._sock = sock
            if self._is_cut:
                _shut_down(sock)

    def adopt(self, stream: Any) -> None:
        """Find the socket of an open stream where the connection did not tell it."""
        if self._sock is None:
            self.carry(_socket_of(stream))

    def cut(self) -> None:
        """End the call now; its reader gets an error. Does not block."""
        with self._lock:
            self._is_cut = True
            _shut_down(self._sock)

    def finish(self) -> None:
        """Let go of the socket: everything that matters has arrived.

        What follows is only the end of the reply, which is not waited for long.
        """
        with self._lock:
            sock, self._sock = self._sock, None
        with contextlib.suppress(AttributeError, OSError):
            sock.settimeout(_LAST_SECONDS)

    def release(self) -> None:
        """Let go of the socket: the call has ended."""
        with self._lock:
            self._sock = None

    @contextlib.contextmanager
    def on_this_thread(self) -> Iterator[None]:
        """Get the connection of the call that this thread makes meanwhile."""
        _here.wire = self
        try:
            yield
        finally:
            _here.wire = None


def _shut_down(sock: Any) -> None:
    with contextlib.suppress(AttributeError, OSError, TypeError):
        # Not the method of an encrypted socket: it would drop its state under the
        # feet of the thread that reads.
        socket.socket.shutdown(sock, socket.SHUT_RDWR)


def _socket_of(stream: Any) -> Any:
    raw = getattr(stream, "_raw_stream", None)
    sock = getattr(getattr(raw, "_connection", None), "sock", None)
    if sock is not None:
        return sock
    file = getattr(getattr(raw, "_fp", None), "fp", None)
    return getattr(getattr(file, "raw", None), "_sock", None)


def watch(client: Any) -> None:
    """Make a client's connections tell their call which socket carries it."""
    try:
        pools = client._endpoint.http_session._pool_classes_by_scheme
        pools.update({scheme: _watched_pool(pool) for scheme, pool in pools.items()})
    except (AttributeError, TypeError):
        _LOG.warning("calls of this boto3 cannot be ended while they are silent")


def _watched_pool(pool: Any) -> Any:
    connection = _watched_connection(pool.ConnectionCls)
    return type(f"Watched{pool.__name__}", (pool,), {"ConnectionCls": connection})


def _watched_connection(base: Any) -> Any:
    def getresponse(self: Any, *args: Any, **kwargs: Any) -> Any:
        # The one place where a call waits for the server before it has a reply.
        wire = getattr(_here, "wire", None)
        if wire is not None:
            wire.carry(self.sock)
        return base.getresponse(self, *args, **kwargs)

    return type(f"Watched{base.__name__}", (base,), {"getresponse": getresponse})
