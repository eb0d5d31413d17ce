"""Making a call such that the wish to stop is obeyed at once, whatever it waits for.

Until a reply begins, a call may wait for a name, for a connection, for a sign-in or for
the server, and most of that cannot be interrupted. So the call is made on a thread of
its own; who asked waits for its result or for the wish to stop, whichever is first. A
thread that nobody waits for any more closes what it gets and ends.
"""

import contextlib
import threading
from collections.abc import Callable
from typing import Any

from workbench.aws.wire import Wire
from workbench.domain.errors import CancelledError
from workbench.domain.generation import StopSignal


class Opening:
    """One call on its way."""

    def __init__(self, call: Callable[[], Any], wire: Wire) -> None:
        """Begin nothing yet.

        Args:
            call: makes the request and returns boto3's reply.
            wire: learns the connection, and is cut when nobody waits any more.
        """
        self._call = call
        self._wire = wire
        self._reply: Any = None
        self._error: Exception | None = None
        self._is_left = False
        self._has_ended = False
        self._news = threading.Event()
        # Guards the moment between "has it ended?" and "nobody waits any more".
        self._lock = threading.Lock()

    def wait(self, stop: StopSignal) -> Any:
        """Return boto3's reply; blocks the calling thread.

        Raises:
            CancelledError: somebody asked to stop.
            Exception: whatever the call raised.
        """
        thread = threading.Thread(target=self._run, name="aws-call", daemon=True)
        thread.start()
        stop.on_set(self._news.set)
        try:
            self._news.wait()
        finally:
            stop.forget(self._news.set)
        with self._lock:
            self._is_left = not self._has_ended
        if self._is_left:
            self._wire.cut()
            raise CancelledError
        if self._error is not None:
            try:
                raise self._error
            finally:
                # The error knows this frame: the circle would keep the reply alive.
                self._error = None
        return self._reply

    def _run(self) -> None:
        try:
            with self._wire.on_this_thread():
                self._reply = self._call()
        except Exception as error:  # noqa: BLE001 - raised again where it is waited for
            self._error = error
        with self._lock:
            self._has_ended = True
            is_left = self._is_left
        self._news.set()
        if is_left:
            close(self._reply)


def close(reply: Any) -> None:
    """Close the stream of a reply, when there is one; on its reader's thread only."""
    stream = reply.get("stream") if isinstance(reply, dict) else None
    # After a cut the pieces of the connection are gone in no particular order.
    with contextlib.suppress(AttributeError, OSError, ValueError):
        if stream is not None:
            stream.close()
