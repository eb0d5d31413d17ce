"""Answers of models on Amazon Bedrock; implements `TextGenerator`.

One call is: wait at the model's gate, make the request on a thread of its own (see
`opening`), read the stream on the calling thread. botocore repeats nothing; what may be
repeated is decided by `domain.remote.next_step` alone. A stream is an answer only once
its ``messageStop`` has arrived; anything else is LOST, with what arrived kept.
"""

import dataclasses
from collections.abc import Callable, Sequence

from workbench.aws import session as sessions_module
from workbench.aws.answer import STOPPED
from workbench.aws.batch import run_batch
from workbench.aws.blocks import converse_request, no_bytes, preview_text
from workbench.aws.call import SERVICE, Call
from workbench.aws.errors import CallContext, failure_of
from workbench.aws.gate import Gates
from workbench.aws.session import Sessions, Timeouts
from workbench.domain.comparisons import AdapterProof
from workbench.domain.connections import AwsConnection
from workbench.domain.content import FileBytes
from workbench.domain.errors import CancelledError, InputError
from workbench.domain.generation import (
    Generation,
    GenerationRequest,
    OnToken,
    StopSignal,
)
from workbench.domain.models import ModelRef
from workbench.domain.parameters import GenerationParameters
from workbench.domain.prompts import Message, Role
from workbench.domain.remote import (
    MOST_AT_ONCE,
    FailureKind,
    RemoteFailure,
    RequestStyle,
    Retry,
    Step,
    TokenCount,
    estimate_tokens,
    next_step,
)

Styles = Callable[[ModelRef], RequestStyle]
NextStep = Callable[[FailureKind, int, bool], Step]
OnRetry = Callable[[ModelRef, FailureKind, float], None]

_COUNTED = ("messages", "system", "additionalModelRequestFields")


def plain_style(model: ModelRef) -> RequestStyle:
    """Return what every model takes: for one that no table knows."""
    return RequestStyle()


def say_nothing(model: ModelRef, kind: FailureKind, seconds: float) -> None:
    """Leave a wait before another attempt unmentioned."""


@dataclasses.dataclass(frozen=True, slots=True)
class Options:
    """What a `BedrockGenerator` can be told; the defaults are the product's.

    Attributes:
        styles: what each model takes.
        files: gives the bytes of files that go along.
        streaming: time-outs of streams.
        whole: time-outs of answers that come in one reply.
        most: calls of one model at once, at most.
        next_step: what follows a failure.
        on_retry: is told the seconds of a wait before another attempt.
    """

    styles: Styles = plain_style
    files: FileBytes = no_bytes
    streaming: Timeouts = sessions_module.STREAMING
    whole: Timeouts = sessions_module.WHOLE
    most: int = MOST_AT_ONCE
    next_step: NextStep = next_step
    on_retry: OnRetry = say_nothing


class BedrockGenerator:
    """Talks to models on Bedrock; may be used from any thread but the window's."""

    def __init__(
        self,
        sessions: Sessions,
        connection: Callable[[], AwsConnection],
        options: Options | None = None,
    ) -> None:
        """Ask nothing yet.

        Args:
            sessions: gives clients.
            connection: returns the connection that is chosen now.
            options: see `Options`.
        """
        self._sessions = sessions
        self._connection = connection
        self._options = options or Options()
        self._gates = Gates(self._options.most)
        self._cannot_count: set[str] = set()

    def is_available(self) -> bool:
        """Tell whether there is something to ask; whether it answers, only asking."""
        return True

    def limit(self, model: ModelRef) -> int:
        """Return how many calls of a model run at once now."""
        return self._gates.of(model.key).limit

    def generate(
        self, request: GenerationRequest, on_token: OnToken, stop: StopSignal
    ) -> Generation:
        """Answer one request, streaming; blocks the calling thread.

        A stop is obeyed at once, whatever is waited for; what had arrived comes back
        as ``cancelled``.

        Raises:
            InputError: the request cannot be sent: ``prompt.empty``, ``files.…``.
            RemoteFailure: by `FailureKind`, with what had arrived.
        """
        style = self._options.styles(request.model)
        body = converse_request(request, style, self._options.files)
        timeouts = self._options.streaming if style.streams else self._options.whole
        where = self._where(request.model)
        call = Call(self._sessions, where, timeouts, body, streams=style.streams)
        attempt = 1
        while True:
            try:
                return self._attempt(call, request.model, on_token, stop, attempt)
            except CancelledError:
                return call.answer.generation(STOPPED, attempt)
            except RemoteFailure as failure:
                failure.attempts = attempt
                step = self._options.next_step(failure.kind, attempt, failure.billable)
                if not isinstance(step, Retry):
                    raise
                self._options.on_retry(request.model, failure.kind, step.after)
            if stop.wait(step.after):
                return call.answer.generation(STOPPED, attempt)
            attempt += 1

    def generate_batch(
        self,
        requests: Sequence[GenerationRequest],
        on_result: Callable[[int, Generation], None],
        stop: StopSignal,
    ) -> None:
        """Answer many requests; `on_result` gets the index and answer of each.

        It is called on this thread. A failure is an answer with an error code, unless
        every further call would fail like it. After a wish to stop, what had been
        begun is handed over as ``cancelled``; the rest is not.

        Raises:
            RemoteFailure: no further answer can come, e.g. after the sign-in ended.
        """
        run_batch(self.generate, requests, on_result, stop, self._options.most)

    def prove_adapter(
        self, model: ModelRef, prompts: Sequence[Sequence[Message]]
    ) -> AdapterProof:
        """Models on Bedrock have no adapter that could be switched.

        Raises:
            InputError: ``adapter.none``, always.
        """
        raise InputError("adapter.none", "This model has no adapter to prove.")

    def count_tokens(self, model: ModelRef, texts: Sequence[str]) -> Sequence[int]:
        """Count tokens of plain texts, each as the only message of a conversation.

        Raises:
            RemoteFailure: ``aws.count_unsupported`` when the model cannot count, or
                what `generate` raises.
        """
        counts = []
        for text in texts:
            message = Message(Role.USER, text or " ")
            request = GenerationRequest(model, (message,), GenerationParameters())
            count = self.count(request)
            if count.is_estimate:
                raise RemoteFailure(
                    FailureKind.INVALID,
                    f"{model.label} cannot count tokens.",
                    {"model": model.path},
                    code="aws.count_unsupported",
                )
            counts.append(count.tokens)
        return counts

    def preview(self, request: GenerationRequest) -> str:
        """Return the arguments of the call as JSON to read; asks nobody.

        Raises:
            InputError: what `converse_request` raises.
        """
        style = self._options.styles(request.model)
        return preview_text(converse_request(request, style, self._options.files))

    def count(self, request: GenerationRequest) -> TokenCount:
        """Count the tokens of a prompt as they would be billed; costs nothing.

        Where the model cannot count, the result is an estimate and says so.

        Raises:
            InputError, RemoteFailure: what `generate` raises.
        """
        key = request.model.key
        style = self._options.styles(request.model)
        body = converse_request(request, style, self._options.files)
        if key not in self._cannot_count:
            connection = self._where(request.model)
            try:
                client = self._sessions.client(
                    connection, SERVICE, sessions_module.QUICK
                )
                counted = {name: body[name] for name in _COUNTED if name in body}
                reply = client.count_tokens(
                    modelId=body["modelId"], input={"converse": counted}
                )
                return TokenCount(int(reply["inputTokens"]))
            except Exception as error:  # noqa: BLE001 - the table names every one
                context = CallContext(
                    connection, body["modelId"], "bedrock:CountTokens"
                )
                failure = failure_of(error, context)
                if failure.kind is not FailureKind.INVALID:
                    raise failure from None
                self._cannot_count.add(key)
        text = "\n".join(message.text for message in request.messages)
        return TokenCount(estimate_tokens(text), is_estimate=True)

    def close(self) -> None:
        """Close the connections that wait for further calls."""
        self._sessions.close()

    def _where(self, model: ModelRef) -> AwsConnection:
        connection = self._connection()
        if model.region:
            return dataclasses.replace(connection, region=model.region)
        return connection

    def _attempt(
        self,
        call: Call,
        model: ModelRef,
        on_token: OnToken,
        stop: StopSignal,
        attempt: int,
    ) -> Generation:
        """Make one call within the model's limit.

        Raises:
            CancelledError: somebody asked to stop.
            RemoteFailure: it failed.
        """
        gate = self._gates.of(model.key)
        call.begin()
        with gate.passing(stop) as began_in:
            try:
                call.run(on_token, stop)
            except RemoteFailure as failure:
                if failure.kind is FailureKind.THROTTLED:
                    gate.throttled(began_in)
                if failure.kind in _READ_AGAIN:
                    self._sessions.forget(call.connection)
                raise
            gate.succeeded()
        return call.answer.generation(attempts=attempt)


_READ_AGAIN = frozenset({FailureKind.SIGNED_OUT, FailureKind.INCOMPLETE})
"""After these a profile is read again: it may have been mended meanwhile."""
