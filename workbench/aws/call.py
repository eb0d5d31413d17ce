"""One call of Converse or ConverseStream, from the request to the end of the answer."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import boto3

from workbench.aws.answer import Answer, BrokenEvent, CallFacts
from workbench.aws.blocks import prompt_hash
from workbench.aws.errors import CallContext, failure_of, lost
from workbench.aws.opening import Opening, close
from workbench.aws.session import Sessions, Timeouts
from workbench.aws.wire import Wire
from workbench.domain.connections import AwsConnection
from workbench.domain.errors import CancelledError, WorkbenchError
from workbench.domain.generation import OnToken, StopSignal
from workbench.domain.remote import FailureKind, RemoteFailure

SERVICE = "bedrock-runtime"
_ACTION = "bedrock:InvokeModel"
_STREAM_ACTION = "bedrock:InvokeModelWithResponseStream"
_NO_ANSWER = {
    "guardrail_intervened": (FailureKind.FILTERED, "A guardrail blocked the answer."),
    "content_filtered": (FailureKind.FILTERED, "A filter blocked the answer."),
    "model_context_window_exceeded": (
        FailureKind.TOO_LONG,
        "Prompt and answer together are too long for the model.",
    ),
    "malformed_model_output": (FailureKind.MODEL, "The model's answer was malformed."),
    "malformed_tool_use": (FailureKind.MODEL, "The model's answer was malformed."),
}


class Call:
    """One request and the answer of its latest attempt."""

    def __init__(
        self,
        sessions: Sessions,
        connection: AwsConnection,
        timeouts: Timeouts,
        body: Mapping[str, Any],
        *,
        streams: bool,
    ) -> None:
        """Ask nothing yet.

        Args:
            sessions: gives the client.
            connection: where and as whom.
            timeouts: how long the server may be silent.
            body: of the request, as `converse_request` makes it.
            streams: ConverseStream instead of Converse.
        """
        self.connection = connection
        self._sessions = sessions
        self._timeouts = timeouts
        self._body = body
        self._streams = streams
        practice = (("sandbox", "true"),) if connection.is_practice else ()
        region = (("region", connection.region),) if connection.region else ()
        versions = (("boto3", boto3.__version__), *region, *practice)
        self._facts = CallFacts(prompt_hash(body), versions)
        self.begin()

    def begin(self) -> None:
        """Start anew: an attempt keeps nothing of the one before."""
        self.answer = Answer(self._facts)
        self._is_open = False

    def run(self, on_token: OnToken, stop: StopSignal) -> None:
        """Make the call and read it to its end.

        Raises:
            CancelledError: somebody asked to stop.
            RemoteFailure: it failed, or ended without an answer that counts.
        """
        wire = Wire()
        stop.on_set(wire.cut)
        reply: Any = None
        try:
            reply = self._opened(wire, stop)
            if self._streams:
                self._read(reply["stream"], wire, on_token, stop)
            elif text := self.answer.take_whole(reply):
                on_token(text)
        finally:
            stop.forget(wire.cut)
            wire.release()
            close(reply)
        self._check_end(stop)

    def _opened(self, wire: Wire, stop: StopSignal) -> Any:
        stop.check()
        # Now, not when the call was made: waiting at the gate is not its time.
        self.begin()
        try:
            reply = Opening(self._ask, wire).wait(stop)
        except WorkbenchError:
            raise
        except Exception as error:  # noqa: BLE001 - the table names every one
            # A socket that was shut down looks like a connection that was lost.
            stop.check()
            raise self._failed(error) from None
        self._is_open = True
        metadata = reply.get("ResponseMetadata") or {}
        self.answer.request_id = str(metadata.get("RequestId") or "")
        return reply

    def _ask(self) -> Any:
        client = self._sessions.client(self.connection, SERVICE, self._timeouts)
        ask: Callable[..., Any] = (
            client.converse_stream if self._streams else client.converse
        )
        return ask(**self._body)

    def _read(
        self, stream: Any, wire: Wire, on_token: OnToken, stop: StopSignal
    ) -> None:
        wire.adopt(stream)
        answer = self.answer
        for event in self._events(stream, stop):
            try:
                text = answer.take(event)
            except BrokenEvent as error:
                raise lost(self._context(), str(error)) from None
            if text:
                on_token(text)
            elif answer.has_all:
                wire.finish()

    def _events(self, stream: Any, stop: StopSignal) -> Iterator[Mapping[str, Any]]:
        """Give the events until the end.

        Raises:
            CancelledError: somebody asked to stop.
            RemoteFailure: the stream broke before the answer was complete.
        """
        try:
            for event in stream:
                if stop.is_set() and not self.answer.has_all:
                    raise CancelledError
                yield event
        except CancelledError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever a broken stream makes of
            # its parser is one lost answer; with a stop it is the stop.
            if self.answer.reason:
                return
            stop.check()
            raise self._failed(error) from None

    def _check_end(self, stop: StopSignal) -> None:
        """Let only what is an answer pass as one."""
        reason = self.answer.reason
        if not reason:
            stop.check()
            raise lost(self._context(), "no messageStop")
        if reason not in _NO_ANSWER:
            return
        kind, sentence = _NO_ANSWER[reason]
        raise RemoteFailure(
            kind,
            sentence,
            {"model": self._body["modelId"], "stop_reason": reason},
            request_id=self.answer.request_id,
            billable=True,
            partial=self.answer.generation(),
        )

    def _failed(self, error: Exception) -> RemoteFailure:
        return failure_of(error, self._context())

    def _context(self) -> CallContext:
        arrived = self.answer.generation()
        return CallContext(
            self.connection,
            str(self._body["modelId"]),
            _STREAM_ACTION if self._streams else _ACTION,
            is_open=self._is_open,
            is_stream=self._streams,
            partial=arrived if arrived.text or arrived.reasoning else None,
            tokens=self.answer.tokens,
        )
