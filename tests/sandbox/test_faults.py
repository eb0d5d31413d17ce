"""What an unmodified boto3 sees of every scripted fault (`aws.md` 19.4 and 20.5)."""

import contextlib
import itertools
import time
from typing import Any

import pytest
from botocore.eventstream import ChecksumMismatch
from botocore.exceptions import (
    ClientError,
    ConnectionClosedError,
    EventStreamError,
    ReadTimeoutError,
)
from urllib3.exceptions import ProtocolError
from urllib3.exceptions import ReadTimeoutError as StreamTimeoutError

from tests.sandbox.clients import (
    NOVA,
    ask,
    client_of,
    members,
    read,
    refused,
    stream,
    text_of,
)
from tests.sandbox.conftest import Start
from workbench.sandbox import Answer, Sandbox, faults
from workbench.sandbox.faults import Fault, Rule

PROPER = [
    (faults.THROTTLE, 429),
    (faults.INTERNAL, 500),
    (faults.UNAVAILABLE, 503),
    (faults.NOT_READY, 429),
    (faults.DENIED, 403),
    (faults.EXPIRED, 403),
    (faults.VALIDATION, 400),
    (faults.MISSING, 404),
    (faults.MODEL_TIMEOUT, 408),
    (faults.MODEL_ERROR, 424),
]


def always(fault: Fault) -> Rule:
    return Rule(fault, count=0)


@pytest.mark.parametrize(("fault", "status"), PROPER, ids=lambda v: str(v))
@pytest.mark.parametrize("call", [ask, stream])
def test_a_refusal_is_awss_error(
    sandbox: Sandbox, runtime: Any, call: Any, fault: faults.Refuse, status: int
) -> None:
    sandbox.faults.add(always(fault))
    with refused(fault.code, status, fault.message):
        call(runtime)
    [made] = sandbox.recorder.calls
    assert (made.outcome, made.fault, made.status) == ("fault", fault.code, status)


def test_further_members_of_an_error_arrive(sandbox: Sandbox, runtime: Any) -> None:
    sandbox.faults.add(always(faults.MODEL_ERROR))
    with pytest.raises(runtime.exceptions.ModelErrorException) as caught:
        ask(runtime)
    assert caught.value.response["originalStatusCode"] == 500


def test_somebody_elses_error_has_the_status_for_a_code(
    sandbox: Sandbox, runtime: Any
) -> None:
    sandbox.faults.add(always(faults.NotAws(502)))
    with refused("502", 502):
        ask(runtime)


@pytest.mark.parametrize(
    ("service", "code"),
    [("sts", "ExpiredToken"), ("pricing", "ExpiredTokenException")],
)
def test_older_protocols_have_their_own_errors(
    sandbox: Sandbox, service: str, code: str
) -> None:
    sandbox.faults.add(always(faults.EXPIRED))
    with client_of(sandbox, service) as client, refused(code, 403):
        if service == "sts":
            client.get_caller_identity()
        else:
            client.get_products(ServiceCode="AmazonBedrock")


@pytest.mark.parametrize("fault", [faults.THROTTLE, faults.NOT_READY])
def test_boto3_tries_again_and_then_succeeds(sandbox: Sandbox, fault: Fault) -> None:
    sandbox.faults.add(Rule(fault, count=1))
    with client_of(sandbox, attempts=2) as client:
        reply = ask(client)
    assert reply["ResponseMetadata"]["RetryAttempts"] == 1
    assert [call.fault for call in sandbox.recorder.calls] == [fault.name, ""]


def test_not_ready_then_ready(sandbox: Sandbox, runtime: Any) -> None:
    sandbox.faults.add(Rule(faults.NOT_READY, operation="ConverseStream", count=2))
    ask(runtime)
    for _attempt in range(2):
        with refused("ModelNotReadyException", 429):
            stream(runtime)
    assert text_of(read(stream(runtime))) == "Hello there"


def test_a_rule_for_one_model_spares_the_others(sandbox: Sandbox, runtime: Any) -> None:
    sandbox.faults.add(Rule(faults.THROTTLE, model=NOVA, first=2, count=1))
    other = "amazon.nova-pro-v1:0"
    ask(runtime)
    ask(runtime, modelId=other)
    with refused("ThrottlingException", 429):
        ask(runtime)
    ask(runtime)
    sandbox.faults.add(always(faults.DENIED))
    sandbox.faults.clear()
    ask(runtime)


@pytest.mark.parametrize("after", [0, 1, 3])
@pytest.mark.parametrize("within", [False, True])
def test_a_cut_stream_is_a_protocol_error(
    sandbox: Sandbox, runtime: Any, after: int, within: bool
) -> None:
    sandbox.faults.add(always(faults.Cut(after, within=within)))
    events = stream(runtime)
    with contextlib.closing(events):
        got = list(itertools.islice(events, after))
        with pytest.raises(ProtocolError):
            next(iter(events))
    assert len(got) == after
    assert sandbox.recorder.wait_for_end(1).fault == "Cut"


def test_a_whole_reply_is_cut_before_or_within(sandbox: Sandbox, runtime: Any) -> None:
    sandbox.faults.add(Rule(faults.Cut()), Rule(faults.Cut(within=True), first=2))
    with pytest.raises(ConnectionClosedError):
        ask(runtime)
    # boto3 neither looks at Content-Length nor minds JSON that stops half-way.
    assert set(ask(runtime)) == {"ResponseMetadata"}


def test_a_silent_stream_times_out_in_urllib3(sandbox: Sandbox) -> None:
    sandbox.faults.add(always(faults.Silence(2)))
    with client_of(sandbox, read_timeout=0.4) as client:
        events = stream(client)
        with contextlib.closing(events), pytest.raises(StreamTimeoutError):
            list(events)
    call = sandbox.recorder.wait_for_end(1)
    assert (call.frames, call.fault) == (2, "Silence")
    assert call.outcome == "client aborted"


def test_a_silent_reply_times_out_in_botocore(sandbox: Sandbox) -> None:
    sandbox.faults.add(always(faults.Silence()))
    with (
        client_of(sandbox, read_timeout=0.4) as client,
        pytest.raises(ReadTimeoutError),
    ):
        ask(client)


def test_silence_ends_when_the_sandbox_closes(sandbox: Sandbox, runtime: Any) -> None:
    sandbox.faults.add(always(faults.Silence(1)))
    events = stream(runtime)
    with contextlib.closing(events):
        assert members([next(iter(events))]) == ["messageStart"]
        sandbox.close()
        with pytest.raises(ProtocolError):
            next(iter(events))
    assert sandbox.recorder.calls[0].outcome == "sandbox closed"


def test_a_wrong_checksum_is_found(sandbox: Sandbox, runtime: Any) -> None:
    sandbox.faults.add(always(faults.BadCrc(1)))
    events = stream(runtime)
    with contextlib.closing(events), pytest.raises(ChecksumMismatch):
        list(events)


def _error_of(runtime: Any) -> EventStreamError:
    events = stream(runtime)
    with contextlib.closing(events), pytest.raises(EventStreamError) as caught:
        list(events)
    return caught.value


@pytest.mark.parametrize(
    "member",
    [
        "internalServerException",
        "modelStreamErrorException",
        "validationException",
        "throttlingException",
        "serviceUnavailableException",
    ],
)
def test_an_exception_in_the_stream_has_no_status(
    sandbox: Sandbox, runtime: Any, member: str
) -> None:
    sandbox.faults.add(
        always(
            faults.StreamException(2, member, "Slower.", {"originalStatusCode": 500})
        )
    )
    error = _error_of(runtime)
    assert isinstance(error, ClientError)
    assert error.response == {"Error": {"Code": member, "Message": "Slower."}}


def test_an_exception_nobody_knows_is_empty(sandbox: Sandbox, runtime: Any) -> None:
    sandbox.faults.add(always(faults.StreamException(2, "ThrottlingException")))
    assert _error_of(runtime).response["Error"] == {"Code": "", "Message": ""}


def test_an_error_without_a_model_has_its_code(sandbox: Sandbox, runtime: Any) -> None:
    sandbox.faults.add(always(faults.StreamError(2, "InternalFailure", "Sorry.")))
    expected = {"Code": "InternalFailure", "Message": "Sorry."}
    assert _error_of(runtime).response["Error"] == expected


@pytest.mark.parametrize("within", [False, True])
def test_a_clean_end_without_message_stop_raises_nothing(
    sandbox: Sandbox, runtime: Any, within: bool
) -> None:
    sandbox.faults.add(always(faults.CleanEnd(2, within=within)))
    assert members(read(stream(runtime))) == ["messageStart", "contentBlockDelta"]


def test_truncated_json_of_a_reply_is_a_reply_without_members(
    sandbox: Sandbox, runtime: Any
) -> None:
    sandbox.faults.add(always(faults.TruncatedJson()))
    assert set(ask(runtime)) == {"ResponseMetadata"}


def test_truncated_json_of_an_event_is_an_event_without_members(
    sandbox: Sandbox, runtime: Any
) -> None:
    sandbox.faults.add(always(faults.TruncatedJson(1)))
    events = read(stream(runtime))
    assert events[1] == {"contentBlockDelta": {}}
    assert members(events)[-1] == "metadata"


def test_the_first_byte_is_slow(sandbox: Sandbox, runtime: Any) -> None:
    sandbox.faults.add(Rule(faults.SlowFirstByte(0.2)))
    began = time.monotonic()
    assert text_of(read(stream(runtime))) == "Hello there"
    assert time.monotonic() - began >= 0.2


def test_a_slow_first_byte_ends_when_the_client_leaves(sandbox: Sandbox) -> None:
    sandbox.faults.add(Rule(faults.SlowFirstByte(600.0)))
    with (
        client_of(sandbox, read_timeout=0.4) as client,
        pytest.raises(ReadTimeoutError),
    ):
        ask(client)
    assert sandbox.recorder.wait_for_end(1).outcome == "client aborted"


def test_an_answer_of_twenty_megabytes(sandbox: Sandbox, runtime: Any) -> None:
    sandbox.faults.add(always(faults.BigAnswer()))
    reply = ask(runtime)
    text = reply["output"]["message"]["content"][0]["text"]
    assert len(text) == 20_000_000
    events = read(stream(runtime))
    assert text_of(events) == text
    assert len(events) == 306 + 4
    assert events[-1]["metadata"]["usage"] == reply["usage"]


def test_a_script_that_fails_is_an_internal_error(
    start: Start, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(question: object) -> Answer:
        raise RuntimeError("a bug")

    with client_of(start(script=broken)) as client:
        with refused("InternalServerException", 500, "SANDBOX"):
            ask(client)
        with refused("InternalServerException", 500, "SANDBOX"):
            stream(client)
    assert "a bug" in caplog.text


def test_a_script_that_breaks_the_model_of_the_service_is_a_bug(
    start: Start, caplog: pytest.LogCaptureFixture
) -> None:
    with (
        client_of(start(script=lambda _: Answer((), "tired"))) as client,
        refused("InternalServerException", 500),
    ):
        ask(client)
    assert "tired" in caplog.text
