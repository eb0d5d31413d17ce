"""Failures: their kind, the one thing that mends them, what may be asked again."""

import logging
import traceback
from typing import Any

import pytest

from tests.unit.openai_api.asking import Asking
from tests.unit.openai_api.server import (
    DONE,
    PATIENCE,
    Drop,
    Hang,
    ScriptedServer,
    Turn,
    delta,
    event,
    free_port,
    in_thread,
    json_turn,
    stream,
)
from workbench.domain.errors import InputError
from workbench.domain.generation import StopSignal
from workbench.domain.models import ModelKind, ModelRef
from workbench.domain.remote import FailureKind, RemoteFailure
from workbench.openai_api.endpoint import make_endpoint
from workbench.openai_api.faults import Asked, of_status, of_wire
from workbench.openai_api.wire import Timeouts, Trouble, WireError

HELLO = stream(delta("Hello"), DONE)
SECRET = "k3y-" + "v" * 30


def refusal(status: int, text: str = "No.", code: Any = None, **headers: str) -> Turn:
    return json_turn({"error": {"message": text, "code": code}}, status, **headers)


@pytest.mark.parametrize(
    ("status", "code", "text", "kind"),
    [
        (400, None, "temperature must be lower", FailureKind.INVALID),
        (400, None, "maximum context length is 4096 tokens", FailureKind.TOO_LONG),
        (400, "context_length_exceeded", "", FailureKind.TOO_LONG),
        (400, "content_filter", "", FailureKind.FILTERED),
        (400, "model_not_found", "", FailureKind.NOT_FOUND),
        (401, None, "", FailureKind.SIGNED_OUT),
        (402, None, "", FailureKind.QUOTA),
        (403, None, "", FailureKind.DENIED),
        (404, None, "", FailureKind.NOT_FOUND),
        (409, None, "", FailureKind.CONFLICT),
        (413, None, "", FailureKind.TOO_LONG),
        (422, None, "", FailureKind.INVALID),
        (429, "insufficient_quota", "", FailureKind.QUOTA),
        (301, None, "", FailureKind.STRANGER),
        (418, None, "", FailureKind.UNKNOWN),
    ],
)
def test_refusals_are_not_asked_again(
    asking: Asking,
    server: ScriptedServer,
    status: int,
    code: str | None,
    text: str,
    kind: FailureKind,
) -> None:
    server.chat(refusal(status, text, code, x_request_id="req-9"))
    failure = asking.fail()
    assert failure.kind is kind
    assert failure.code == f"endpoint.{kind.value}"
    assert (failure.status, failure.request_id) == (status, "req-9")
    assert (failure.billable, failure.partial, failure.attempts) == (False, None, 1)
    assert failure.aws_code == (code or "")
    assert failure.sentence.count(".") >= 1
    assert len(server.received) == 1


@pytest.mark.parametrize(
    ("status", "kind", "calls"),
    [
        (429, FailureKind.THROTTLED, 8),
        (500, FailureKind.INFRASTRUCTURE, 4),
        (503, FailureKind.INFRASTRUCTURE, 4),
        (408, FailureKind.INFRASTRUCTURE, 4),
    ],
)
def test_what_passes_is_asked_again_and_then_given_up(
    asking: Asking,
    server: ScriptedServer,
    status: int,
    kind: FailureKind,
    calls: int,
) -> None:
    server.chat(refusal(status))
    failure = asking.fail()
    assert (failure.kind, failure.attempts) == (kind, calls)
    assert len(server.received) == calls
    assert len(asking.waits) == calls - 1


def test_an_answer_after_refusals(asking: Asking, server: ScriptedServer) -> None:
    server.chat(refusal(429, retry_after="30"), refusal(503), HELLO)
    answer = asking.ask()
    assert (answer.text, answer.attempts) == ("Hello", 3)
    assert asking.waits[0] == 30.0
    assert asking.waits[1] < 30.0


def test_no_wait_is_absurd(asking: Asking, server: ScriptedServer) -> None:
    server.chat(refusal(429, retry_after="86400"), HELLO)
    asking.ask()
    assert asking.waits == [60.0]


@pytest.mark.parametrize(
    "turn",
    [
        stream(delta("Half"), Drop()),
        stream(delta("Half"), Drop(), chunked=True),
        stream(delta("Half")),
        stream(delta("Half"), chunked=True),
        stream(delta("Half"), b"data: {broken\n\n", DONE),
        stream(delta("Half"), b"data: 7\n\n", DONE),
    ],
    ids=["drop", "drop chunked", "end", "end chunked", "no JSON", "no object"],
)
def test_an_answer_without_its_end_is_lost_with_what_arrived(
    asking: Asking, server: ScriptedServer, turn: Turn
) -> None:
    server.chat(turn)
    failure = asking.fail()
    assert (failure.kind, failure.billable) == (FailureKind.LOST, True)
    assert failure.partial is not None
    assert failure.generation.text == "Half"
    assert failure.generation.error_code == "endpoint.lost"
    assert len(server.received) == 1, "a call that may be billed was repeated"


def test_an_empty_stream_is_lost(asking: Asking, server: ScriptedServer) -> None:
    server.chat(stream())
    failure = asking.fail()
    assert (failure.kind, failure.billable) == (FailureKind.LOST, True)
    assert failure.partial is None
    assert len(server.received) == 1


def test_only_the_goodbye_is_missing(asking: Asking, server: ScriptedServer) -> None:
    server.chat(stream(delta("All"), delta(finish="stop"), Drop(), chunked=True))
    assert asking.ask().text == "All"


@pytest.mark.parametrize(
    "turn",
    [stream(Hang(), silent=True), stream(delta("Half"), Hang())],
    ids=["before the headers", "in the answer"],
)
def test_silence_is_lost_and_never_repeated(
    asking: Asking, server: ScriptedServer, turn: Turn
) -> None:
    server.chat(turn)
    asking.use(timeouts=Timeouts(1.0, 0.1, 0.1))
    failure = asking.fail()
    assert (failure.kind, failure.billable) == (FailureKind.LOST, True)
    assert "silent" in failure.sentence
    assert turn.left.wait(PATIENCE)
    assert len(server.received) == 1


def test_a_hang_up_before_the_answer_is_asked_again(
    asking: Asking, server: ScriptedServer
) -> None:
    server.chat(stream(Drop(), silent=True), HELLO)
    assert (asking.ask().text, len(asking.waits)) == ("Hello", 1)


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        ({"message": "boom"}, FailureKind.MODEL),
        ("boom", FailureKind.MODEL),
        ({"message": "boom", "code": 429}, FailureKind.THROTTLED),
        ({"message": "boom", "code": 502}, FailureKind.INFRASTRUCTURE),
    ],
)
def test_an_error_inside_a_stream(
    asking: Asking, server: ScriptedServer, error: Any, kind: FailureKind
) -> None:
    server.chat(stream(delta("Half"), event({"error": error}), DONE))
    failure = asking.fail()
    assert (failure.kind, failure.billable) == (kind, True)
    assert failure.generation.text == "Half"
    assert failure.details["reason"] == "boom"
    assert len(server.received) == 1


@pytest.mark.parametrize(
    "turn",
    [
        Turn([b"<html>Welcome</html>"], kind="text/html"),
        Turn([b"HTTPS only\r\n\r\n"], silent=True),
    ],
    ids=["a page", "no HTTP"],
)
def test_a_server_that_is_something_else(
    asking: Asking, server: ScriptedServer, turn: Turn
) -> None:
    server.chat(turn)
    failure = asking.fail()
    assert failure.kind is FailureKind.STRANGER
    assert "address" in failure.sentence


def test_a_whole_answer_without_a_choice_is_lost(
    asking: Asking, server: ScriptedServer
) -> None:
    server.chat(json_turn({"choices": []}))
    assert asking.fail().kind is FailureKind.LOST


def test_an_error_in_a_whole_answer(asking: Asking, server: ScriptedServer) -> None:
    server.chat(json_turn({"error": "boom"}))
    assert asking.fail().kind is FailureKind.MODEL


def test_nobody_listens(server: ScriptedServer) -> None:
    failure = Asking(server, f"http://localhost:{free_port()}").fail()
    assert (failure.kind, failure.billable) == (FailureKind.OFFLINE, False)
    assert "Start the server" in failure.sentence
    assert failure.attempts == 2


def test_a_name_that_nobody_knows(
    server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown(*_args: object, **_options: object) -> list[object]:
        raise OSError("not known")

    monkeypatch.setattr("socket.getaddrinfo", unknown)
    failure = Asking(server, "http://nobody.local:1").fail()
    assert failure.kind is FailureKind.OFFLINE
    assert "name" in failure.sentence


def test_https_where_http_is_spoken(server: ScriptedServer) -> None:
    failure = Asking(server, server.url.replace("http:", "https:")).fail()
    assert failure.kind is FailureKind.STRANGER
    assert "http" in failure.sentence
    assert failure.attempts == 1


@pytest.mark.parametrize(
    ("port", "missing", "refused"),
    [
        (11434, "ollama pull qwen3", "Start Ollama"),
        (1234, "load it in LM Studio", "Start the server in LM Studio"),
        (8000, "vllm serve qwen3", "Start vLLM"),
        (9999, "Choose one from its list", "Start the server"),
    ],
)
def test_sentences_name_what_mends(port: int, missing: str, refused: str) -> None:
    asked = Asked(make_endpoint("Mine", f"http://localhost:{port}"), "qwen3")
    not_found = of_status(asked, 404, b'{"error": "model not found"}')
    assert missing in not_found.sentence
    offline = of_wire(asked, WireError(Trouble.REFUSED))
    assert refused in offline.sentence
    command = "ollama pull qwen3" if port == 11434 else ""
    assert not_found.details["command"] == command
    assert offline.details["command"] == ""


def test_the_key_is_sent_and_shown_nowhere(
    asking: Asking, server: ScriptedServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    asking.with_key(SECRET)
    server.chat(refusal(401, f"Incorrect key {SECRET}; Bearer abcdef; sk-proj-12**89"))
    failure = asking.fail()
    assert server.received[0].headers["authorization"] == f"Bearer {SECRET}"
    assert failure.kind is FailureKind.SIGNED_OUT
    assert "Enter it again" in failure.sentence
    shown = "".join(traceback.format_exception(failure))
    shown += f"{failure.details} {failure!r} {asking.generator!r} {asking.endpoint!r}"
    shown += repr(Asked(asking.endpoint, "m", SECRET)) + caplog.text
    for secret in (SECRET, "abcdef", "12**89"):
        assert secret not in shown


def test_no_key_is_sent_where_none_is_wanted(
    asking: Asking, server: ScriptedServer
) -> None:
    asking.secrets.set(asking.endpoint.ulid, SECRET)
    server.chat(refusal(401))
    failure = asking.fail()
    assert "wants a key" in failure.sentence
    assert "authorization" not in server.received[0].headers


def test_an_endpoint_that_is_gone(asking: Asking) -> None:
    request = asking.request()
    with pytest.raises(InputError) as caught:
        asking.generator.count_tokens(ModelRef(ModelKind.OPENAI, region="?"), ["x"])
    assert caught.value.code == "endpoint.missing"
    with pytest.raises(InputError):
        asking.generator.prove_adapter(request.model, [])
    assert asking.generator.is_available()


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b'{"error": "plain"}', "plain"),
        (b'{"object": "error", "message": "old vLLM"}', "old vLLM"),
        (b'{"detail": [{"msg": "missing"}]}', '[{"msg": "missing"}]'),
        (b'"text"', "text"),
        (b"not JSON", "not JSON"),
        (b"<html>", ""),
        (b"", ""),
        (b'{"error": {"message": "%b"}}' % (b"x" * 999), "x" * 300 + "…"),
    ],
)
def test_shapes_of_refusals(body: bytes, reason: str) -> None:
    asked = Asked(make_endpoint("Mine", "http://localhost:1"))
    assert of_status(asked, 400, body).details["reason"] == reason


def test_a_refusal_that_breaks_off_is_still_a_refusal(
    asking: Asking, server: ScriptedServer
) -> None:
    server.chat(Turn([b'{"err', Drop()], 401, chunked=True))
    failure = asking.fail()
    assert (failure.kind, failure.billable) == (FailureKind.SIGNED_OUT, False)


def test_batches_hand_over_failures_of_their_own(
    asking: Asking, server: ScriptedServer
) -> None:
    server.chat(HELLO, refusal(400, "no"), stream(delta("Half")), HELLO)
    asking.use(at_once=1)
    done: dict[int, tuple[str, str]] = {}
    asking.generator.generate_batch(
        [asking.request() for _ in range(4)],
        lambda index, one: done.update({index: (one.text, one.error_code)}),
        StopSignal(),
    )
    assert done == {
        0: ("Hello", ""),
        1: ("", "endpoint.invalid"),
        2: ("Half", "endpoint.lost"),
        3: ("Hello", ""),
    }


def test_a_batch_ends_where_all_further_answers_would_fail(
    asking: Asking, server: ScriptedServer
) -> None:
    server.chat(HELLO, refusal(401))
    asking.use(at_once=1)
    done: list[int] = []
    with pytest.raises(RemoteFailure) as caught:
        asking.generator.generate_batch(
            [asking.request() for _ in range(5)],
            lambda index, _one: done.append(index),
            StopSignal(),
        )
    assert caught.value.kind is FailureKind.SIGNED_OUT
    assert done == [0]
    assert len(server.received) == 2


def test_a_request_that_cannot_be_sent_is_a_failure_of_its_own(
    asking: Asking, server: ScriptedServer
) -> None:
    server.chat(HELLO)
    codes: dict[int, str] = {}
    asking.generator.generate_batch(
        [asking.request(()), asking.request()],
        lambda index, one: codes.update({index: one.error_code}),
        StopSignal(),
    )
    assert codes == {0: "prompt.empty", 1: ""}


def test_a_batch_runs_some_at_once_and_stops(
    asking: Asking, server: ScriptedServer
) -> None:
    turns = [stream(delta(str(number)), Hang()) for number in range(3)]
    server.chat(*turns, HELLO)
    stop = StopSignal()
    asking.use(at_once=3)
    requests = [asking.request() for _ in range(9)]
    done: list[str] = []
    work = in_thread(
        lambda: asking.generator.generate_batch(
            requests, lambda _index, one: done.append(one.stop_reason), stop
        )
    )
    for turn in turns:
        assert turn.reached.wait(PATIENCE)
    stop.set()
    work.result()
    assert done == ["cancelled"] * 3
    assert len(server.received) == 3


def test_a_batch_ends_with_the_one_who_asked(
    asking: Asking, server: ScriptedServer
) -> None:
    server.chat(HELLO, stream(Hang(), silent=True))

    def broken(_index: int, _one: object) -> None:
        raise RuntimeError("a bug of the caller")

    with pytest.raises(RuntimeError):
        asking.use(at_once=2).generator.generate_batch(
            [asking.request() for _ in range(4)], broken, StopSignal()
        )


def test_an_empty_batch(asking: Asking) -> None:
    done: list[int] = []
    asking.generator.generate_batch([], lambda at, _one: done.append(at), StopSignal())
    assert not done
