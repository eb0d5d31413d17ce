"""One connection: requests in, replies out, at the pace and with the faults asked for.

Runs as a task of the server's event loop. The task is cancelled when the client leaves
or the sandbox closes, so a silent or slow reply holds no thread and ends at once.
"""

import asyncio
import contextlib
import dataclasses
import logging
import urllib.parse
import uuid
from collections.abc import Callable
from typing import Protocol

from workbench.sandbox import http, routes, wire
from workbench.sandbox.auth import Gate
from workbench.sandbox.desk import Desk, Stream, Whole
from workbench.sandbox.errors import AwsError
from workbench.sandbox.faults import Fault, FaultPlan, Signal
from workbench.sandbox.frames import LAST_CHUNK, http_chunk
from workbench.sandbox.pace import Pace
from workbench.sandbox.recorder import Outcome, Recorder
from workbench.sandbox.routes import Match, Operation

_LOG = logging.getLogger(__name__)
_YIELD_EVERY = 16
"""Frames after which other connections get their turn, however fast this one is."""
_MODEL_MEMBERS = ("modelId", "modelIdentifier")


class Shared(Protocol):
    """What all connections of a sandbox share."""

    gate: Gate
    desk: Desk
    faults: FaultPlan
    recorder: Recorder
    pace: Pace
    is_closing: bool


@dataclasses.dataclass(slots=True)
class _Progress:
    """What is known of the request in hand, for its record."""

    number: int = 0
    request_id: str = ""
    fault: str = ""
    status: int = 0
    frames: int = 0
    error: str = ""
    is_recorded: bool = False


class _Cut(Exception):
    """The connection is to be closed now."""


class Link(asyncio.StreamReaderProtocol):
    """Ends its task as soon as the client has left."""

    def __init__(self, accept: Callable[["Link"], None]) -> None:
        """Call `accept` when the connection is made."""
        super().__init__(http.new_reader(), self._connected)
        self._accept = accept
        self.task: asyncio.Task[None] | None = None
        self.streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    def _connected(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self.streams = (reader, writer)
        self._accept(self)

    def eof_received(self) -> bool:
        """Close: a client that has stopped sending does not read either."""
        super().eof_received()
        return False

    def connection_lost(self, exc: Exception | None) -> None:
        """End the task: nobody is there any more."""
        super().connection_lost(exc)
        if self.task is not None:
            self.task.cancel()


class Connection:
    """Serves one client."""

    def __init__(
        self,
        shared: Shared,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> None:
        """Serve over these streams."""
        self._shared = shared
        self._reader = reader
        self._writer = writer

    async def run(self) -> None:
        """Answer request after request until one side closes."""
        try:
            while (
                request := await http.read_request(self._reader, self._writer)
            ) is not None:
                await self._serve(request)
                if request.is_last:
                    break
        except http.BadRequest as error:
            self._writer.write(http.reply_head(error.status, {}, 0))
        except (_Cut, ConnectionError):
            pass
        finally:
            self._writer.close()

    async def _serve(self, request: http.Request) -> None:
        done = _Progress(request_id=str(uuid.uuid4()))
        try:
            await self._answer(request, done)
        except (asyncio.CancelledError, ConnectionError):
            closing = self._shared.is_closing
            self._record(done, Outcome.CLOSED if closing else Outcome.ABORTED)
            raise
        finally:
            self._record(done)

    def _record(self, done: _Progress, broken: Outcome | None = None) -> None:
        """Record how the request ended, once: what is written in full has ended."""
        if done.is_recorded:
            return
        done.is_recorded = True
        outcome = Outcome.REFUSED if done.error else Outcome.ANSWERED
        self._shared.recorder.end(
            done.number,
            broken or (Outcome.FAULT if done.fault else outcome),
            status=done.status,
            fault=done.fault,
            frames=done.frames,
            error=done.error,
        )

    async def _answer(self, request: http.Request, done: _Progress) -> None:
        match: Match | None = None
        fault = Fault()
        try:
            match = _find(request, done, self._shared.recorder)
            region = self._shared.gate.check(
                request.method, request.url, request.headers, request.body
            )
            fault = self._take_fault(match, done)
            reply = await self._reply(request, match, region, done, fault)
            if isinstance(reply, Stream):
                await self._send_stream(match.operation, reply, fault, done)
            else:
                await self._send_whole(reply, fault, done)
        except AwsError as error:
            operation = match.operation if match else None
            await self._send_whole(_refusal(operation, error, done), Fault(), done)
        except (ConnectionError, _Cut):
            raise
        # A bug of ours, or whatever a script raises: the client is told, as by AWS.
        except Exception:  # noqa: BLE001  # lint: ok logged, and the client is told
            _LOG.exception("the sandbox failed at %s", request.path)
            broken = AwsError("InternalServerException", "SANDBOX failed; see the log.")
            if done.status:
                raise _Cut from None
            reply = _refusal(match.operation if match else None, broken, done)
            await self._send_whole(reply, Fault(), done)

    def _take_fault(self, match: Match, done: _Progress) -> Fault:
        fault = self._shared.faults.take(match.operation.name, _model(match))
        # The plain class is "no fault"; whatever is scripted is a subclass of it.
        done.fault = fault.name if type(fault) is not Fault else ""
        return fault

    async def _reply(
        self,
        request: http.Request,
        match: Match,
        region: str,
        done: _Progress,
        fault: Fault,
    ) -> Whole | Stream:
        await asyncio.sleep(self._shared.pace.latency + fault.delay)
        refusal = fault.refusal()
        if refusal is not None:
            raise refusal
        value = wire.request_value(match, request.query, request.headers, request.body)
        return await self._shared.desk.answer(
            match, value, region, done.request_id, fault
        )

    async def _send_whole(self, reply: Whole, fault: Fault, done: _Progress) -> None:
        await asyncio.sleep(self._shared.pace.seconds_for(reply.tokens))
        body = fault.body(reply.body)
        if body.has_head:
            done.status = reply.status
            headers = {"x-amzn-RequestId": done.request_id, **reply.headers}
            head = http.reply_head(reply.status, headers, body.length)
            if len(body.data) <= http.SMALL and body.then is Signal.END:
                # Before the client has it, so that it can look into the record.
                self._record(done)
            self._writer.write(head + body.data)
            await self._writer.drain()
        await self._then(body.then)

    async def _then(self, signal: Signal) -> None:
        if signal is Signal.SILENCE:
            await asyncio.Event().wait()
        if signal is Signal.CUT:
            raise _Cut

    async def _send_stream(
        self, operation: Operation, reply: Stream, fault: Fault, done: _Progress
    ) -> None:
        loop = asyncio.get_running_loop()
        due = 0.0
        batch: list[bytes] = []
        async with contextlib.aclosing(fault.stream(reply.frames)) as frames:
            async for item in frames:
                if not done.status:
                    self._send_stream_head(operation, reply, done)
                    due = loop.time()
                if isinstance(item, Signal):
                    self._write(batch)
                    await self._then(item)
                    break
                pace = self._shared.pace
                due += pace.seconds_for(item.tokens)
                if (wait := due - loop.time()) > 0 and item.tokens:
                    self._write(batch)
                    await asyncio.sleep(wait)
                batch.append(_chunks(item.data, pace.chunk_bytes))
                done.frames += 1
                if len(batch) >= pace.frames_per_write:
                    self._write(batch)
                if done.frames % _YIELD_EVERY == 0:
                    await self._writer.drain()
                    await asyncio.sleep(0)
        self._record(done)
        batch.append(LAST_CHUNK)
        self._write(batch)

    def _send_stream_head(
        self, operation: Operation, reply: Stream, done: _Progress
    ) -> None:
        done.status = operation.status
        headers = {"x-amzn-RequestId": done.request_id, **reply.headers}
        self._writer.write(http.reply_head(operation.status, headers, None))

    def _write(self, batch: list[bytes]) -> None:
        if batch:
            self._writer.write(batch[0] if len(batch) == 1 else b"".join(batch))
            batch.clear()


def _chunks(data: bytes, size: int) -> bytes:
    if not size:
        return http_chunk(data)
    return b"".join(
        http_chunk(data[at : at + size]) for at in range(0, len(data), size)
    )


def _model(match: Match) -> str:
    return next((match.path[n] for n in _MODEL_MEMBERS if n in match.path), "")


def _find(request: http.Request, done: _Progress, recorder: Recorder) -> Match:
    """Find the operation and record the request, also one that means nothing."""
    try:
        match = routes.find(
            request.method,
            request.path,
            request.headers.get("x-amz-target", ""),
            _action(request),
        )
    except AwsError:
        done.number = recorder.begin(
            done.request_id, "", "", "", request.headers, request.body
        )
        raise
    operation = match.operation
    done.number = recorder.begin(
        done.request_id,
        operation.service,
        operation.name,
        _model(match),
        request.headers,
        request.body,
    )
    return match


def _action(request: http.Request) -> str:
    kind = request.headers.get("content-type", "")
    if not kind.startswith("application/x-www-form-urlencoded"):
        return ""
    fields = dict(urllib.parse.parse_qsl(request.body.decode("utf-8", "replace")))
    return fields.get("Action", "")


def _refusal(operation: Operation | None, error: AwsError, done: _Progress) -> Whole:
    """Return the reply that tells the client of an error, as its protocol does."""
    protocol = operation.protocol if operation else "rest-json"
    error = _in_dialect(protocol, error)
    status = operation.status_of(error) if operation else error.status or 404
    done.error = error.code or str(status)
    if not error.code:
        page = error.message.encode()
        return Whole(status, {"Content-Type": "text/html"}, page)
    headers = {
        "Content-Type": "text/xml" if protocol == "query" else "application/json"
    }
    if protocol != "query":
        headers["x-amzn-errortype"] = error.code
    return Whole(status, headers, wire.error_body(protocol, error, done.request_id))


_QUERY_CODES = {
    "ExpiredTokenException": "ExpiredToken",
    "UnrecognizedClientException": "InvalidClientTokenId",
    "InvalidSignatureException": "SignatureDoesNotMatch",
    "MissingAuthenticationTokenException": "MissingAuthenticationToken",
    "AccessDeniedException": "AccessDenied",
    "ThrottlingException": "Throttling",
}
_QUERY_STATUS = {"AccessDenied": 403}


def _in_dialect(protocol: str, error: AwsError) -> AwsError:
    """Name an error as older protocols do."""
    if protocol != "query" or error.code not in _QUERY_CODES:
        return error
    code = _QUERY_CODES[error.code]
    status = error.status or _QUERY_STATUS.get(code, 0)
    return dataclasses.replace(error, code=code, status=status)
