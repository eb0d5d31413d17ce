"""Stopping, at every moment at which a server can be waited for."""

import socket
import threading
import time
from collections.abc import Iterator

import pytest

from tests.unit.openai_api.asking import Asking
from tests.unit.openai_api.server import (
    PATIENCE,
    Hang,
    ScriptedServer,
    delta,
    in_thread,
    stream,
)
from workbench.domain.generation import StopSignal

SHOWN_WITHIN = 0.1
# What a computer that is busy with other things may add.
LEEWAY = 0.4


@pytest.fixture
def deaf() -> Iterator[socket.socket]:
    """A port that takes calls and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening


def test_while_the_server_has_said_nothing_yet(
    asking: Asking, server: ScriptedServer
) -> None:
    turn = server.chat(stream(Hang(), silent=True))
    stop = StopSignal()
    work = in_thread(lambda: asking.ask(stop))
    assert turn.reached.wait(PATIENCE)
    asked = time.perf_counter()
    stop.set()
    answer = work.result()
    assert time.perf_counter() - asked < SHOWN_WITHIN + LEEWAY
    assert (answer.text, answer.stop_reason) == ("", "cancelled")
    assert turn.left.wait(PATIENCE), "the server was not told"


def test_while_an_answer_pauses(asking: Asking, server: ScriptedServer) -> None:
    turn = server.chat(stream(delta("Half", reasoning="Hm"), Hang()))
    stop = StopSignal()
    arrived = threading.Event()
    work = in_thread(
        lambda: asking.generator.generate(
            asking.request(), lambda _text: arrived.set(), stop
        )
    )
    assert arrived.wait(PATIENCE)
    stop.set()
    answer = work.result()
    assert (answer.text, answer.reasoning) == ("Half", "Hm")
    assert answer.stop_reason == "cancelled"
    assert ("output_tokens", "estimated") in answer.versions
    assert turn.left.wait(PATIENCE)


def test_between_two_tokens(asking: Asking, server: ScriptedServer) -> None:
    server.chat(stream(delta("One"), Hang()))
    stop = StopSignal()

    def on_token(_text: str) -> None:
        stop.set()

    answer = asking.generator.generate(asking.request(), on_token, stop)
    assert (answer.text, answer.stop_reason) == ("One", "cancelled")


def test_before_anything_is_sent(asking: Asking, server: ScriptedServer) -> None:
    stop = StopSignal()
    stop.set()
    assert asking.ask(stop).stop_reason == "cancelled"
    assert not server.received


def test_while_a_refusal_arrives(asking: Asking, server: ScriptedServer) -> None:
    turn = server.chat(stream(b"{", Hang(), status=500))
    stop = StopSignal()
    work = in_thread(lambda: asking.ask(stop))
    assert turn.reached.wait(PATIENCE)
    stop.set()
    assert work.result().stop_reason == "cancelled"


def test_between_two_attempts(asking: Asking, server: ScriptedServer) -> None:
    server.chat(stream(b"{}", status=503))
    stop = StopSignal()

    def wait(signal: StopSignal, _seconds: float) -> bool:
        stop.set()
        return signal.is_set()

    answer = asking.use(wait=wait).ask(stop)
    assert (answer.stop_reason, answer.attempts) == ("cancelled", 1)
    assert len(server.received) == 1


def test_during_the_handshake_of_tls(
    server: ScriptedServer, deaf: socket.socket
) -> None:
    asking = Asking(server, f"https://127.0.0.1:{deaf.getsockname()[1]}")
    stop = StopSignal()
    work = in_thread(lambda: asking.ask(stop))
    taken, _address = deaf.accept()
    with taken:
        taken.recv(1)
        stop.set()
        assert work.result().stop_reason == "cancelled"


def test_while_a_name_is_looked_up(
    server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go = threading.Event(), threading.Event()

    def slow(*_args: object, **_options: object) -> list[object]:
        begun.set()
        go.wait(PATIENCE)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", slow)
    asking = Asking(server, "http://slow.local:1")
    stop = StopSignal()
    work = in_thread(lambda: asking.ask(stop))
    assert begun.wait(PATIENCE)
    stop.set()
    assert work.result().stop_reason == "cancelled"
    go.set()


def test_while_a_long_prompt_is_sent(
    server: ScriptedServer, deaf: socket.socket
) -> None:
    asking = Asking(server, f"http://127.0.0.1:{deaf.getsockname()[1]}")
    stop = StopSignal()
    long = "x" * 20_000_000
    work = in_thread(lambda: asking.ask(stop, stop_sequences=(long,)))
    taken, _address = deaf.accept()
    with taken:
        taken.recv(1)
        stop.set()
        assert work.result().stop_reason == "cancelled"


def test_closing_ends_every_answer(asking: Asking, server: ScriptedServer) -> None:
    turn = server.chat(stream(Hang(), silent=True))
    work = in_thread(asking.ask)
    assert turn.reached.wait(PATIENCE)
    asking.generator.close()
    assert work.result().stop_reason == "cancelled"
    assert asking.ask().stop_reason == "cancelled"
    assert len(server.received) == 1


def test_a_stop_is_not_kept_in_mind(asking: Asking, server: ScriptedServer) -> None:
    server.chat(stream(delta("One", finish="stop")))
    stop = StopSignal()
    assert asking.ask(stop).text == "One"
    assert not stop._callbacks, "an answer that ended would still be stopped"
