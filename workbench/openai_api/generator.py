"""Answers of OpenAI-compatible endpoints; implements `TextGenerator`.

The one policy of `domain.remote` decides whether a failed call is made again: never one
that may be on the bill. A call that was refused for a spelling (status 400 or 422) is
made again at once in the other spelling, and the endpoint remembered by it.
"""

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from workbench.domain.comparisons import AdapterProof
from workbench.domain.content import FileBytes
from workbench.domain.errors import InputError
from workbench.domain.generation import (
    Generation,
    GenerationRequest,
    OnToken,
    StopSignal,
)
from workbench.domain.models import ModelRef
from workbench.domain.prompts import Message
from workbench.domain.remote import (
    Explain,
    FailureKind,
    RemoteFailure,
    TokenCount,
    next_step,
)
from workbench.openai_api.batch import answer_all
from workbench.openai_api.call import CANCELLED, Call, empty_answer, with_attempts
from workbench.openai_api.chat import Dialect, request_body, sent_messages
from workbench.openai_api.endpoint import Endpoint
from workbench.openai_api.faults import Asked
from workbench.openai_api.keys import SecretStore
from workbench.openai_api.tokens import count_texts
from workbench.openai_api.wire import Timeouts

AT_ONCE = 4
"""Calls of a batch that run together: what Ollama answers in parallel by itself."""

EndpointFinder = Callable[[str], Endpoint]
"""Gives an endpoint by its ULID; InputError ``endpoint.missing`` when it is gone."""

_REFUSED = frozenset({400, 422})
_LONGEST_WAIT = 60.0


class EndpointGenerator:
    """Asks endpoints; may be used from any thread but the window's."""

    def __init__(
        self,
        endpoints: EndpointFinder,
        secrets: SecretStore,
        *,
        files: FileBytes | None = None,
        timeouts: Timeouts | None = None,
        streams: bool = True,
        at_once: int = AT_ONCE,
        wait: Callable[[StopSignal, float], bool] = StopSignal.wait,
    ) -> None:
        """Call nothing yet.

        Args:
            endpoints: finds an endpoint by what `ModelRef.region` holds.
            secrets: keys by the endpoint's ULID.
            files: gives the bytes of images; without it they cannot be sent.
            timeouts: how long is waited for a server.
            streams: False asks for whole answers.
            at_once: calls of a batch that run together.
            wait: waits between two attempts; True when somebody asked to stop.
        """
        self._endpoints = endpoints
        self._secrets = secrets
        self._files = files
        self._timeouts = timeouts or Timeouts()
        self._streams = streams
        self._at_once = at_once
        self._wait = wait
        self._closing = StopSignal()
        # What each server takes, by address and model; written from many threads, and
        # a lost update only costs one refused call.
        self._dialects: dict[tuple[str, str], Dialect] = {}

    def is_available(self) -> bool:
        """Tell that nothing has to be installed for it."""
        return True

    def generate(
        self, request: GenerationRequest, on_token: OnToken, stop: StopSignal
    ) -> Generation:
        """Answer one request, streaming; blocks the calling thread.

        A stop returns what had arrived, with ``cancelled``, at once: also while the
        server is silent.

        Raises:
            InputError: ``endpoint.missing``, ``endpoint.files``, ``endpoint.schema``,
                ``prompt.empty``, ``files.role``.
            EnvironmentFault: the keyring or a file cannot be read.
            RemoteFailure: with its kind; what had arrived is in `partial`.
        """
        with self._either(stop) as either:
            return self._generate(request, on_token, either)

    def generate_batch(
        self,
        requests: Sequence[GenerationRequest],
        on_result: Callable[[int, Generation], None],
        stop: StopSignal,
    ) -> None:
        """Answer many requests; `on_result` gets the index and answer of each.

        It is called on this thread, in the order of arrival. After a wish to stop, what
        had been begun is handed over as ``cancelled``; the rest is not.

        Raises:
            WorkbenchError: what `generate` raises, when all further answers fail.
        """
        with self._either(stop) as either:
            answer_all(requests, self._generate, on_result, either, self._at_once)

    def prove_adapter(
        self, model: ModelRef, prompts: Sequence[Sequence[Message]]
    ) -> AdapterProof:
        """Refuse: an endpoint does not tell its logits.

        Raises:
            InputError: ``adapter.none``, always.
        """
        raise InputError("adapter.none", "A model of an endpoint has no adapter.")

    def count_tokens(self, model: ModelRef, texts: Sequence[str]) -> Sequence[int]:
        """Count tokens of plain texts with the server's own tokenizer.

        Raises:
            InputError: ``endpoint.missing``.
            RemoteFailure: ``endpoint.count_unsupported`` when the server does not
                count; `measure_tokens` estimates then, and says so.
        """
        counts = self.measure_tokens(model, texts)
        if any(count.is_estimate for count in counts):
            raise RemoteFailure(
                FailureKind.INVALID,
                f"{model.label} cannot count tokens.",
                {"model": model.path},
                code="endpoint.count_unsupported",
            )
        return [count.tokens for count in counts]

    def count(self, request: GenerationRequest) -> TokenCount:
        """Count the tokens of a prompt's texts; the chat template is not in it.

        Raises:
            InputError: ``endpoint.missing``.
        """
        texts = [message.text for message in request.messages]
        counts = self.measure_tokens(request.model, texts)
        return TokenCount(
            sum(count.tokens for count in counts),
            is_estimate=any(count.is_estimate for count in counts),
        )

    def measure_tokens(
        self, model: ModelRef, texts: Sequence[str]
    ) -> tuple[TokenCount, ...]:
        """Count tokens with the server's tokenizer where it offers one, else estimate.

        vLLM offers it beside the protocol; a server on the internet is not asked, as
        the text would leave the house for a number that an estimate does for.

        Raises:
            InputError: ``endpoint.missing``.
        """
        with self._either(StopSignal()) as stop:
            return count_texts(self._asked(model), texts, stop)

    def close(self) -> None:
        """End every answer that is being written, as cancelled; begin no other."""
        self._closing.set()

    def _generate(
        self, request: GenerationRequest, on_token: OnToken, stop: StopSignal
    ) -> Generation:
        """Ask until there is an answer, or a failure that asking does not mend."""
        asked = self._asked(request.model)
        messages = sent_messages(request.messages, self._files)
        spelling = _Spelling(self._dialects, (asked.endpoint.url, asked.model))
        calls = 0
        while not stop.is_set():
            body = request_body(
                asked.model,
                messages,
                request.parameters,
                spelling.dialect,
                stream=self._streams,
            )
            calls += 1
            try:
                answer = Call(asked, body).run(on_token, stop, self._timeouts)
            except RemoteFailure as failure:
                failure.attempts = calls
                if spelling.learn(failure, body):
                    continue
                step = next_step(failure.kind, calls, failure.billable)
                if isinstance(step, Explain):
                    raise
                self._wait(stop, max(step.after, _asked_to_wait(failure)))
            else:
                if answer.stop_reason != CANCELLED:
                    spelling.worked()
                return with_attempts(answer, calls)
        return with_attempts(empty_answer(CANCELLED), max(1, calls))

    def _asked(self, model: ModelRef) -> Asked:
        """Return the endpoint of a model, with its key."""
        endpoint = self._endpoints(model.region)
        key = self._secrets.get(endpoint.ulid) if endpoint.wants_key else ""
        return Asked(endpoint, model.path, key)

    @contextlib.contextmanager
    def _either(self, stop: StopSignal) -> Iterator[StopSignal]:
        """Give a signal that is set by the person and by `close`."""
        either = StopSignal()
        for one in (stop, self._closing):
            one.on_set(either.set)
        try:
            yield either
        finally:
            for one in (stop, self._closing):
                one.forget(either.set)


class _Spelling:
    """Finds out how a server wants to be asked; each way is tried once."""

    def __init__(
        self, known: dict[tuple[str, str], Dialect], place: tuple[str, str]
    ) -> None:
        self._known = known
        self._place = place
        self.dialect = known.get(place, Dialect())
        self._tried = {self.dialect}

    def learn(self, failure: RemoteFailure, body: Mapping[str, Any]) -> bool:
        """Take another spelling after a refusal; False when there is none."""
        # A prompt that is too long is refused with the same words in it.
        if failure.kind is not FailureKind.INVALID or failure.status not in _REFUSED:
            return False
        other = self.dialect.after(str(failure.details.get("reason", "")), body)
        if other is None or other in self._tried:
            return False
        self._tried.add(other)
        self.dialect = other
        return True

    def worked(self) -> None:
        """Remember the spelling; one that was only tried might lift a limit."""
        self._known[self._place] = self.dialect


def _asked_to_wait(failure: RemoteFailure) -> float:
    """Return the seconds a server asked to wait, within reason."""
    seconds = failure.details.get("retry_after", 0.0)
    return min(seconds, _LONGEST_WAIT) if isinstance(seconds, float) else 0.0
