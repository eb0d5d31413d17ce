"""Many requests of one model at once."""

import threading

import pytest

from tests.unit.aws.practice import MODEL, Practice, Start, asked, never, quiet
from workbench.aws.gate import Gate
from workbench.domain.errors import CancelledError
from workbench.domain.generation import Generation, GenerationRequest, StopSignal
from workbench.domain.remote import FailureKind, RemoteFailure
from workbench.sandbox import Pace, faults
from workbench.sandbox.faults import Rule


class Kept:
    """What a batch handed over, and on which threads."""

    def __init__(self, stop: StopSignal | None = None, after: int = 0) -> None:
        self.answers: dict[int, Generation] = {}
        self.threads: set[threading.Thread] = set()
        self._stop, self._after = stop, after

    def __call__(self, index: int, answer: Generation) -> None:
        assert index not in self.answers
        self.answers[index] = answer
        self.threads.add(threading.current_thread())
        if self._stop is not None and len(self.answers) == self._after:
            self._stop.set()


def numbered(count: int) -> list[GenerationRequest]:
    return [asked(f"number {index}") for index in range(count)]


def test_every_answer_has_its_place(practice: Practice) -> None:
    kept = Kept()
    practice.generator().generate_batch(numbered(30), kept, never())
    assert {i: a.text for i, a in kept.answers.items()} == {
        i: f"number {i}" for i in range(30)
    }
    assert kept.threads == {threading.current_thread()}


def test_nothing_asked_gives_nothing(practice: Practice) -> None:
    kept = Kept()
    practice.generator().generate_batch([], kept, never())
    assert not kept.answers


def test_throttling_loses_no_answer_and_lowers_the_limit(practice: Practice) -> None:
    practice.sandbox.faults.add(Rule(faults.THROTTLE, count=12))
    generator = practice.generator(most=8)
    kept = Kept()
    generator.generate_batch(numbered(20), kept, never())
    assert [a.error_code for a in kept.answers.values()] == [""] * 20
    assert sum(a.attempts for a in kept.answers.values()) == len(practice.calls) == 32


def test_one_failure_is_an_answer_with_a_code(practice: Practice) -> None:
    practice.sandbox.faults.add(Rule(faults.Cut(3), first=2))
    kept = Kept()
    practice.generator(most=1).generate_batch(
        [asked("one two three")] * 3 + [asked(" ")], kept, never()
    )
    codes = [kept.answers[index].error_code for index in range(4)]
    assert codes == ["", "aws.lost", "", "prompt.empty"]
    assert kept.answers[1].text == "one two"
    assert len(practice.calls) == 3


def test_a_failure_that_is_for_all_ends_the_batch(practice: Practice) -> None:
    practice.sandbox.faults.add(Rule(faults.EXPIRED, first=3, count=0))
    kept = Kept()
    with pytest.raises(RemoteFailure) as caught:
        practice.generator(most=1).generate_batch(numbered(20), kept, never())
    assert caught.value.kind is FailureKind.SIGNED_OUT
    assert sorted(kept.answers) == [0, 1]
    assert len(practice.calls) < 6


def test_after_a_stop_only_what_was_begun_is_handed_over(start: Start) -> None:
    practice = start(pace=Pace(tokens_per_second=50))
    stop = never()
    kept = Kept(stop, after=2)
    practice.generator(most=2).generate_batch(numbered(40), kept, stop)
    reasons = [answer.stop_reason for answer in kept.answers.values()]
    assert set(reasons[2:]) <= {"cancelled"}
    assert len(kept.answers) <= 4


def test_what_cannot_be_kept_ends_the_batch(practice: Practice) -> None:
    def full(_index: int, _answer: Generation) -> None:
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="full"):
        practice.generator(most=2).generate_batch(numbered(40), full, never())
    assert len(practice.calls) < 10


def test_a_bug_is_not_kept_as_an_answer(practice: Practice) -> None:
    def broken(_hash: str) -> bytes:
        raise KeyError("a bug")

    generator = practice.generator(on_retry=quiet, files=broken)
    practice.sandbox.faults.add(Rule(faults.THROTTLE))
    with pytest.raises(TypeError):
        generator.generate_batch([asked()], Kept(), never())


def test_a_gate_lets_no_more_pass_than_its_limit() -> None:
    gate = Gate(4)
    with gate.passing(never()) as first:
        gate.throttled(first)
        gate.throttled(first)
    assert gate.limit == 2
    stop = never()
    with gate.passing(stop), gate.passing(stop):
        waiting = threading.Thread(target=stop.set)
        waiting.start()
        with pytest.raises(CancelledError), gate.passing(stop):
            raise AssertionError("it must not pass")
        waiting.join()


def test_limits_are_kept_by_model(practice: Practice) -> None:
    practice.sandbox.faults.add(Rule(faults.THROTTLE))
    generator = practice.generator()
    generator.generate(asked(), quiet, never())
    assert generator.limit(MODEL) == 25
    assert generator.limit(MODEL.__class__(name="another")) == 50
