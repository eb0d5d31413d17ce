"""A wish to stop is obeyed at once, whatever the call waits for."""

import threading
import time
from typing import Any

import pytest

from tests.unit.aws.practice import (
    STREAMS,
    WHOLE,
    Practice,
    Start,
    asked,
    never,
    quiet,
)
from workbench.aws import wire as wire_module
from workbench.aws.runtime import BedrockGenerator
from workbench.domain.generation import Generation, StopSignal
from workbench.domain.remote import Retry
from workbench.sandbox import Pace, faults
from workbench.sandbox.faults import Fault, Rule
from workbench.sandbox.recorder import Outcome

AT_ONCE = 0.1
SOON = 10.0
TEXT = "one two three four five"


class Running:
    """An answer that is being waited for on a thread."""

    def __init__(self, generator: BedrockGenerator) -> None:
        self.stop = StopSignal()
        self.answer: Generation | None = None
        self.ended = 0.0
        self.words = 0
        self.has_two_words = threading.Event()
        self._generator = generator
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def _run(self) -> None:
        self.answer = self._generator.generate(asked(TEXT), self._on_token, self.stop)
        self.ended = time.perf_counter()

    def _on_token(self, _text: str) -> None:
        self.words += 1
        if self.words == 2:
            self.has_two_words.set()

    def stopped(self) -> tuple[Generation, float]:
        """Stop it; the answer and the seconds from the wish to the end."""
        wished = time.perf_counter()
        self.stop.set()
        self._thread.join(SOON)
        assert self.answer is not None
        return self.answer, self.ended - wished


def wait_for_request(practice: Practice) -> None:
    recorder = practice.sandbox.recorder
    with recorder._changed:
        assert recorder._changed.wait_for(lambda: recorder._count > 0, SOON)


def test_a_stream_that_has_fallen_silent_is_stopped_at_once(practice: Practice) -> None:
    practice.sandbox.faults.add(Rule(faults.Silence(3)))
    generator = practice.generator()
    running = Running(generator)
    assert running.has_two_words.wait(SOON)
    answer, seconds = running.stopped()
    assert seconds < AT_ONCE
    assert (answer.text, answer.stop_reason) == ("one two", "cancelled")
    assert practice.sandbox.recorder.wait_for_end(1).outcome is Outcome.ABORTED
    assert generator.generate(asked(TEXT), quiet, never()).text == TEXT


@pytest.mark.parametrize("style", [STREAMS, WHOLE], ids=["stream", "whole"])
@pytest.mark.parametrize("fault", [faults.SlowFirstByte(60.0)], ids=["no-header"])
def test_a_call_without_a_header_is_stopped_at_once(
    practice: Practice, style: Any, fault: Fault
) -> None:
    practice.sandbox.faults.add(Rule(fault))
    running = Running(practice.generator(style))
    wait_for_request(practice)
    answer, seconds = running.stopped()
    assert seconds < AT_ONCE
    assert (answer.text, answer.stop_reason) == ("", "cancelled")
    assert len(practice.calls) == 1


def test_a_stream_is_stopped_between_its_pieces(start: Start) -> None:
    practice = start(pace=Pace(tokens_per_second=20))
    running = Running(practice.generator())
    assert running.has_two_words.wait(SOON)
    answer, seconds = running.stopped()
    assert seconds < AT_ONCE
    assert answer.text.startswith("one two")
    assert answer.text != TEXT
    assert answer.stop_reason == "cancelled"


def test_what_cannot_be_interrupted_is_left_alone(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A name that is looked up, a profile's program that runs: no socket to shut down.
    begun, go_on = threading.Event(), threading.Event()
    client = practice.sessions.client

    def slow(*args: Any) -> Any:
        begun.set()
        assert go_on.wait(SOON)
        return client(*args)

    monkeypatch.setattr(practice.sessions, "client", slow)
    running = Running(practice.generator())
    assert begun.wait(SOON)
    answer, seconds = running.stopped()
    go_on.set()
    assert seconds < AT_ONCE
    assert answer.stop_reason == "cancelled"


def test_a_wait_before_another_attempt_is_stopped_at_once(practice: Practice) -> None:
    waiting = threading.Event()
    practice.sandbox.faults.add(Rule(faults.THROTTLE, count=0))
    generator = practice.generator(
        next_step=lambda *_: Retry(60.0),
        on_retry=lambda *_: waiting.set(),
    )
    running = Running(generator)
    assert waiting.wait(SOON)
    answer, seconds = running.stopped()
    assert seconds < AT_ONCE
    assert (answer.stop_reason, len(practice.calls)) == ("cancelled", 1)


def test_a_call_that_waits_for_its_turn_is_stopped_at_once(practice: Practice) -> None:
    practice.sandbox.faults.add(Rule(faults.Silence(3), count=0))
    generator = practice.generator(most=1)
    first = Running(generator)
    assert first.has_two_words.wait(SOON)
    second = Running(generator)
    answer, seconds = second.stopped()
    assert seconds < AT_ONCE
    assert answer.stop_reason == "cancelled"
    first.stopped()
    assert len(practice.calls) == 1


def test_nothing_is_asked_after_a_wish_to_stop(practice: Practice) -> None:
    stop = never()
    stop.set()
    answer = practice.generator().generate(asked(), quiet, stop)
    assert (answer.stop_reason, practice.calls) == ("cancelled", [])


def test_one_of_eight_is_stopped_and_the_others_go_on(start: Start) -> None:
    practice = start(pace=Pace(tokens_per_second=40))
    generator = practice.generator()
    all_of_them = [Running(generator) for _ in range(8)]
    for running in all_of_them:
        assert running.has_two_words.wait(SOON)
    answer, _ = all_of_them[3].stopped()
    assert answer.stop_reason == "cancelled"
    del all_of_them[3]
    for running in all_of_them:
        running._thread.join(SOON)
        assert running.answer is not None
        assert (running.answer.text, running.answer.stop_reason) == (TEXT, "stop")


def test_a_stop_needs_no_private_attribute_of_the_connection(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The stream's own attributes are the second way to the socket.
    monkeypatch.setattr(wire_module, "watch", lambda _client: None)
    practice.sandbox.faults.add(Rule(faults.Silence(3)))
    running = Running(practice.generator())
    assert running.has_two_words.wait(SOON)
    answer, seconds = running.stopped()
    assert seconds < AT_ONCE
    assert answer.text == "one two"


def test_a_library_without_these_attributes_breaks_nothing(
    caplog: pytest.LogCaptureFixture,
) -> None:
    wire_module.watch(object())
    assert "cannot be ended" in caplog.text
    wire = wire_module.Wire()
    wire.adopt(object())
    wire.cut()
    wire.finish()
    assert wire.is_cut
