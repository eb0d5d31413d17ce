"""Every fault, for Converse and ConverseStream: outcome, what is kept, calls made."""

import contextlib
import random
import socket
import threading
from collections.abc import Iterator
from typing import NamedTuple

import pytest

from tests.unit.aws.practice import (
    IMPATIENT,
    STREAMS,
    WHOLE,
    Practice,
    Start,
    asked,
    never,
    quiet,
)
from workbench.domain.connections import AwsConnection, StaticCredentials
from workbench.domain.generation import Generation
from workbench.domain.remote import FailureKind, RemoteFailure, RequestStyle
from workbench.sandbox import Answer, Sandbox, Text, faults
from workbench.sandbox.faults import Fault, Rule

THROTTLED, INFRASTRUCTURE = FailureKind.THROTTLED, FailureKind.INFRASTRUCTURE
LOST, MODEL = FailureKind.LOST, FailureKind.MODEL
TEXT = "one two three four five"
BOTH = pytest.mark.parametrize("style", [STREAMS, WHOLE], ids=["stream", "whole"])
AT = 3
"""Frames before a fault in a stream: the start and two words."""


class Case(NamedTuple):
    """A fault that lasts, what it means, and how often it may be asked."""

    fault: Fault
    kind: FailureKind
    calls: int = 1
    billable: bool = False


QUOTA = faults.Refuse("ServiceQuotaExceededException", status=400)
TOO_LONG = faults.Refuse("ValidationException", "Input is too long for this model.")
NO_PROFILE = faults.Refuse(
    "ValidationException",
    "Invocation of model ID x with on-demand throughput isn\u2019t supported.",
)
REFUSALS = [
    Case(faults.THROTTLE, THROTTLED, 8),
    Case(faults.INTERNAL, INFRASTRUCTURE, 4),
    Case(faults.UNAVAILABLE, INFRASTRUCTURE, 4),
    Case(faults.Refuse("Unheard", status=500), INFRASTRUCTURE, 4),
    Case(faults.Refuse("Unheard", status=400), FailureKind.UNKNOWN),
    Case(faults.NOT_READY, FailureKind.NOT_READY),
    Case(faults.DENIED, FailureKind.DENIED),
    Case(faults.EXPIRED, FailureKind.SIGNED_OUT),
    Case(faults.VALIDATION, FailureKind.INVALID),
    Case(NO_PROFILE, FailureKind.INVALID),
    Case(TOO_LONG, FailureKind.TOO_LONG),
    Case(faults.MISSING, FailureKind.NOT_FOUND),
    Case(QUOTA, FailureKind.QUOTA),
    Case(faults.MODEL_ERROR, MODEL),
    Case(faults.MODEL_TIMEOUT, MODEL, billable=True),
    Case(faults.NotAws(502), FailureKind.STRANGER),
    Case(faults.SlowFirstByte(30.0), LOST, billable=True),
]
WHOLE_ONLY = [
    Case(faults.Cut(), LOST, billable=True),
    Case(faults.Cut(within=True), LOST, billable=True),
    Case(faults.Silence(), LOST, billable=True),
    Case(faults.TruncatedJson(), LOST, billable=True),
]
IN_STREAM = [
    Case(faults.Cut(AT), LOST),
    Case(faults.Cut(AT, within=True), LOST),
    Case(faults.CleanEnd(AT), LOST),
    Case(faults.CleanEnd(AT, within=True), LOST),
    Case(faults.Silence(AT), LOST),
    Case(faults.BadCrc(AT), LOST),
    Case(faults.TruncatedJson(AT), LOST),
    Case(faults.StreamException(AT, "internalServerException"), INFRASTRUCTURE),
    Case(faults.StreamException(AT, "serviceUnavailableException"), INFRASTRUCTURE),
    Case(faults.StreamException(AT, "modelStreamErrorException"), MODEL),
    Case(faults.StreamException(AT, "validationException"), FailureKind.INVALID),
    Case(faults.StreamException(AT, "throttlingException"), THROTTLED),
    Case(faults.StreamException(AT, "unheardException"), FailureKind.UNKNOWN),
    Case(faults.StreamError(AT, "InternalFailure"), INFRASTRUCTURE),
]


def case_name(case: Case) -> str:
    member = getattr(case.fault, "member", "")
    within = "-within" if getattr(case.fault, "within", False) else ""
    status = getattr(case.fault, "status", 0) or ""
    return f"{case.fault.name}{member and '-'}{member}{within}{status}-{case.kind}"


def failure_of(
    practice: Practice, case: Case, style: RequestStyle
) -> tuple[RemoteFailure, list[str]]:
    practice.sandbox.faults.add(Rule(case.fault, count=0))
    generator = practice.generator(style, timeouts=IMPATIENT)
    arrived: list[str] = []
    with pytest.raises(RemoteFailure) as caught:
        generator.generate(asked(TEXT), arrived.append, never())
    return caught.value, arrived


@BOTH
@pytest.mark.parametrize("case", REFUSALS, ids=case_name)
def test_a_refusal_is_repeated_only_where_that_helps_and_costs_nothing(
    practice: Practice, case: Case, style: RequestStyle
) -> None:
    failure, arrived = failure_of(practice, case, style)
    assert failure.kind is case.kind
    assert len(practice.calls) == failure.attempts == case.calls
    assert failure.billable is case.billable
    assert failure.sentence
    assert not arrived
    assert failure.partial is None
    is_from_aws = failure.status > 0 and case.kind is not FailureKind.STRANGER
    assert bool(failure.request_id) is is_from_aws


@pytest.mark.parametrize("case", WHOLE_ONLY, ids=case_name)
def test_a_broken_reply_of_converse_is_never_asked_for_again(
    practice: Practice, case: Case
) -> None:
    failure, arrived = failure_of(practice, case, WHOLE)
    assert (failure.kind, failure.billable, len(practice.calls)) == (LOST, True, 1)
    assert not arrived


@pytest.mark.parametrize("case", IN_STREAM, ids=case_name)
def test_a_stream_that_breaks_keeps_what_arrived_and_is_not_repeated(
    practice: Practice, case: Case
) -> None:
    failure, arrived = failure_of(practice, case, STREAMS)
    assert failure.kind is case.kind
    assert failure.billable
    assert practice.calls == ["ConverseStream"]
    assert "".join(arrived) == "one two"
    assert failure.partial is not None
    assert failure.partial.text == "one two"
    assert failure.request_id == failure.partial.request_id != ""
    assert failure.generation.error_code == failure.code


@pytest.mark.parametrize(
    "fault", [faults.Cut(0), faults.CleanEnd(0), faults.Silence(0)], ids=repr
)
def test_a_stream_that_breaks_before_its_first_frame_counts_as_billed(
    practice: Practice, fault: Fault
) -> None:
    failure, arrived = failure_of(practice, Case(fault, LOST), STREAMS)
    assert (failure.kind, failure.billable, len(practice.calls)) == (LOST, True, 1)
    assert not arrived


@pytest.mark.parametrize("fault", [faults.Cut, faults.CleanEnd, faults.Silence])
def test_what_breaks_after_the_end_of_the_answer_spoils_nothing(
    practice: Practice, fault: type[faults.Cut]
) -> None:
    # Start, five words, the end of the block, messageStop.
    practice.sandbox.faults.add(Rule(fault(8)))
    generator = practice.generator(timeouts=IMPATIENT)
    answer = generator.generate(asked(TEXT), quiet, never())
    assert (answer.text, answer.stop_reason) == (TEXT, "stop")
    assert ("usage", "missing") in answer.versions


@BOTH
def test_a_throttled_call_is_asked_again_and_the_limit_is_halved(
    practice: Practice, style: RequestStyle
) -> None:
    practice.sandbox.faults.add(Rule(faults.THROTTLE, count=2))
    generator = practice.generator(style)
    answer = generator.generate(asked(TEXT), quiet, never())
    assert (answer.text, answer.attempts) == (TEXT, 3)
    assert len(practice.calls) == 3
    # Halved twice: the second call began after the first was throttled.
    assert generator.limit(asked().model) == 12


def test_a_throttled_stream_lowers_the_limit_though_it_is_not_repeated(
    practice: Practice,
) -> None:
    practice.sandbox.faults.add(Rule(faults.StreamException(2, "throttlingException")))
    generator = practice.generator()
    with pytest.raises(RemoteFailure):
        generator.generate(asked(), quiet, never())
    assert generator.limit(asked().model) == 25
    assert len(practice.calls) == 1


@BOTH
def test_no_call_that_may_be_billed_is_repeated_whatever_comes_in_turn(
    practice: Practice, style: RequestStyle
) -> None:
    others = WHOLE_ONLY if style is WHOLE else IN_STREAM
    possible = [case.fault for case in (*REFUSALS, *others)]
    chance = random.Random(15)
    slow = {"SlowFirstByte", "Silence"}
    plan = [chance.choice(possible) for _ in range(120)]
    plan = [each for at, each in enumerate(plan) if each.name not in slow or at < 40]
    rules = (Rule(fault, first=number) for number, fault in enumerate(plan, start=1))
    practice.sandbox.faults.add(*rules)
    generator = practice.generator(style, timeouts=IMPATIENT)
    recorder = practice.sandbox.recorder
    while recorder.count < len(plan):
        before = recorder.count
        with contextlib.suppress(RemoteFailure):
            generator.generate(asked(TEXT), quiet, never())
        repeated = recorder.calls[before:-1]
        # Only what was refused may have a call behind it.
        assert all(call.status >= 400 and call.status != 408 for call in repeated)


@pytest.mark.parametrize("streams", [True, False])
@pytest.mark.parametrize(
    ("reason", "kind"),
    [
        ("guardrail_intervened", FailureKind.FILTERED),
        ("content_filtered", FailureKind.FILTERED),
        ("model_context_window_exceeded", FailureKind.TOO_LONG),
        ("malformed_model_output", MODEL),
    ],
)
def test_an_answer_that_is_none_is_a_failure_with_its_text(
    start: Start, reason: str, kind: FailureKind, streams: bool
) -> None:
    practice = start(script=lambda _: Answer((Text("Sorry, no."),), reason))
    generator = practice.generator(RequestStyle(streams=streams))
    with pytest.raises(RemoteFailure) as caught:
        generator.generate(asked(), quiet, never())
    assert (caught.value.kind, caught.value.billable) == (kind, True)
    assert isinstance(caught.value.partial, Generation)
    assert caught.value.partial.text == "Sorry, no."
    assert caught.value.partial.output_tokens > 0
    assert len(practice.calls) == 1


def test_what_is_denied_comes_with_the_policy_that_allows_it(
    practice: Practice,
) -> None:
    failure, _ = failure_of(practice, Case(faults.DENIED, FailureKind.DENIED), STREAMS)
    assert "bedrock:InvokeModelWithResponseStream" in str(failure.details["policy"])
    assert "foundation-model" in str(failure.details["policy"])


def test_a_model_that_needs_an_inference_profile_has_a_code_of_its_own(
    practice: Practice,
) -> None:
    failure, _ = failure_of(practice, Case(NO_PROFILE, FailureKind.INVALID), STREAMS)
    assert failure.code == "aws.needs_inference_profile"


@BOTH
def test_a_server_that_is_not_there_is_tried_twice_and_named(
    start: Start, style: RequestStyle
) -> None:
    practice = start()
    practice.sandbox.close()
    generator = practice.generator(style, timeouts=IMPATIENT)
    with pytest.raises(RemoteFailure) as caught:
        generator.generate(asked(), quiet, never())
    assert caught.value.kind is FailureKind.OFFLINE
    assert caught.value.attempts == 2
    assert practice.sandbox.endpoint in caught.value.sentence


class Closer:
    """A server that reads a request and closes without a word."""

    def __init__(self) -> None:
        self.calls = 0
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.endpoint = f"http://127.0.0.1:{self._listening.getsockname()[1]}"
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def _run(self) -> None:
        while True:
            try:
                taken, _ = self._listening.accept()
            except OSError:
                return
            with taken:
                if not taken.recv(65536):
                    return
                self.calls += 1
                taken.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        socket.create_connection(self._listening.getsockname()).close()
        self._thread.join()
        self._listening.close()


@pytest.fixture
def closer(no_thread_left: None) -> Iterator[Closer]:
    server = Closer()
    yield server
    server.close()


@pytest.mark.parametrize(
    ("style", "kind", "calls"),
    [(STREAMS, INFRASTRUCTURE, 4), (WHOLE, LOST, 1)],
    ids=["stream", "whole"],
)
def test_a_connection_closed_without_a_header_is_asked_again_only_where_nothing_ran(
    closer: Closer, style: RequestStyle, kind: FailureKind, calls: int
) -> None:
    practice = Practice.over(Sandbox().start())
    practice.sandbox.close()
    practice.sessions.use_practice(closer.endpoint, StaticCredentials("A" * 20, "s"))
    closed = Practice(
        practice.sandbox,
        practice.sessions,
        AwsConnection(region="us-east-1", endpoint=closer.endpoint),
    )
    generator = closed.generator(style, timeouts=IMPATIENT)
    with pytest.raises(RemoteFailure) as caught:
        generator.generate(asked(), quiet, never())
    generator.close()
    assert (caught.value.kind, closer.calls) == (kind, calls)
