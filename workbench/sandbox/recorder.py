"""What was asked of the sandbox: every request, without its secrets."""

import collections
import dataclasses
import datetime
import enum
import threading
from collections.abc import Mapping

_SECRET = {"authorization", "x-amz-security-token", "cookie"}
_MOST_BYTES = 64 * 1024 * 1024


class Outcome(enum.StrEnum):
    """How a request ended."""

    RUNNING = "running"
    ANSWERED = "answered"
    REFUSED = "refused"
    FAULT = "fault"
    ABORTED = "client aborted"
    CLOSED = "sandbox closed"


@dataclasses.dataclass(frozen=True, slots=True)
class Call:
    """One request and how it ended.

    Attributes:
        number: from 1, in order of arrival.
        model: as the client named it, or empty.
        started: UTC.
        headers: names in lower case, without secrets.
        status: HTTP status, 0 when none was sent.
        fault: name of the scripted fault, or empty.
        frames: frames of the stream that were sent.
        error: AWS's code, or empty.
    """

    number: int
    request_id: str
    service: str
    operation: str
    model: str
    started: datetime.datetime
    headers: Mapping[str, str]
    body: bytes
    outcome: Outcome = Outcome.RUNNING
    status: int = 0
    fault: str = ""
    frames: int = 0
    error: str = ""


class Recorder:
    """Keeps the latest requests; may be read from any thread."""

    def __init__(self, most: int = 10_000) -> None:
        """Keep this many requests at most, and 64 MiB of their bodies."""
        self._calls: collections.OrderedDict[int, Call] = collections.OrderedDict()
        self._most = most
        self._bytes = 0
        self._count = 0
        # Guards all of the above: the server writes, others read and wait.
        self._changed = threading.Condition()

    def begin(
        self,
        request_id: str,
        service: str,
        operation: str,
        model: str,
        headers: Mapping[str, str],
        body: bytes,
    ) -> int:
        """Record a request that has arrived and return its number."""
        kept = {name: text for name, text in headers.items() if name not in _SECRET}
        now = datetime.datetime.now(datetime.UTC)
        with self._changed:
            self._count += 1
            self._calls[self._count] = Call(
                self._count, request_id, service, operation, model, now, kept, body
            )
            self._bytes += len(body)
            self._forget_oldest()
            self._changed.notify_all()
            return self._count

    def _forget_oldest(self) -> None:
        while len(self._calls) > 1 and (
            len(self._calls) > self._most or self._bytes > _MOST_BYTES
        ):
            self._bytes -= len(self._calls.popitem(last=False)[1].body)

    def end(
        self,
        number: int,
        outcome: Outcome,
        *,
        status: int = 0,
        fault: str = "",
        frames: int = 0,
        error: str = "",
    ) -> None:
        """Record how a request ended."""
        with self._changed:
            call = self._calls.get(number)
            if call is not None:
                self._calls[number] = dataclasses.replace(
                    call,
                    outcome=outcome,
                    status=status,
                    fault=fault,
                    frames=frames,
                    error=error,
                )
            self._changed.notify_all()

    @property
    def calls(self) -> tuple[Call, ...]:
        """The requests, oldest first."""
        with self._changed:
            return tuple(self._calls.values())

    @property
    def count(self) -> int:
        """How many requests there were, also those no longer kept."""
        with self._changed:
            return self._count

    def wait_for_end(self, number: int, seconds: float = 10.0) -> Call:
        """Wait until a request has ended and return it.

        Raises:
            TimeoutError: when it has not ended after `seconds`.
        """
        with self._changed:
            ended = self._changed.wait_for(lambda: self._has_ended(number), seconds)
            if not ended:
                raise TimeoutError(f"request {number} has not ended in {seconds} s")
            return self._calls[number]

    def _has_ended(self, number: int) -> bool:
        call = self._calls.get(number)
        return call is not None and call.outcome is not Outcome.RUNNING
