import gc
import sys
import threading
from collections.abc import Callable, Iterator
from types import TracebackType

import pytest
from PySide6.QtCore import QObject, QThread
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from workbench.domain.changes import ChangeSet, Kind
from workbench.domain.errors import CancelledError, InputError, WorkbenchError
from workbench.services.application import Services
from workbench.services.events import Changed, Event, TokenArrived, TrialFinished
from workbench.ui.shell.bridge import Bridge


class Receiver(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.results: list[object] = []
        self.errors: list[WorkbenchError] = []
        self.threads: list[QThread] = []

    def done(self, result: object) -> None:
        self.results.append(result)
        self.threads.append(QThread.currentThread())

    def failed(self, error: WorkbenchError) -> None:
        self.errors.append(error)


@pytest.fixture
def bridge(services: Services, qtbot: QtBot) -> Iterator[Bridge]:
    made = Bridge(services)
    yield made
    made.close()
    made.deleteLater()


def publish_elsewhere(services: Services, *events: Event) -> None:
    def publish() -> None:
        for event in events:
            services.events.publish(event)

    thread = threading.Thread(target=publish)
    thread.start()
    thread.join()


def fail(error: BaseException) -> Callable[[], None]:
    def work() -> None:
        raise error

    return work


def test_results_arrive_on_the_main_thread(
    bridge: Bridge, qtbot: QtBot, qapp: QApplication
) -> None:
    receiver = Receiver()
    bridge.call(threading.get_ident, done=receiver.done)
    qtbot.waitUntil(lambda: len(receiver.results) == 1)
    assert receiver.results != [threading.get_ident()]
    assert receiver.threads == [qapp.thread()]


def test_failure_goes_to_who_asked(bridge: Bridge, qtbot: QtBot) -> None:
    receiver = Receiver()
    bridge.call(fail(InputError("a.b", "No.")), failed=receiver.failed)
    qtbot.waitUntil(lambda: len(receiver.errors) == 1)
    assert receiver.errors[0].code == "a.b"


def test_failure_nobody_takes_goes_to_the_error_bar(
    bridge: Bridge, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(bridge.failed) as caught:
        bridge.call(fail(InputError("a.b", "No.")))
    assert caught.args[0].code == "a.b"


def test_cancelling_is_told_to_nobody(bridge: Bridge, qtbot: QtBot) -> None:
    receiver = Receiver()
    bridge.call(fail(CancelledError()), done=receiver.done, failed=receiver.failed)
    bridge.call(int, done=receiver.done)
    qtbot.waitUntil(lambda: receiver.results == [0])
    assert receiver.errors == []


def test_bug_reaches_the_hook(
    bridge: Bridge, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[BaseException] = []

    def hook(
        kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        seen.append(error)

    monkeypatch.setattr(sys, "excepthook", hook)
    bridge.call(fail(ZeroDivisionError("bug")))
    qtbot.waitUntil(lambda: len(seen) == 1)
    assert isinstance(seen[0], ZeroDivisionError)


def test_who_waits_is_told_of_a_bug(
    bridge: Bridge, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    receiver = Receiver()
    monkeypatch.setattr(sys, "excepthook", lambda *_: None)
    bridge.call(
        fail(ZeroDivisionError("with a text of somebody")), failed=receiver.failed
    )
    qtbot.waitUntil(lambda: len(receiver.errors) == 1)
    assert receiver.errors[0].code == "bug"
    assert "somebody" not in receiver.errors[0].sentence


def test_receiver_that_is_gone_is_not_called(bridge: Bridge, qtbot: QtBot) -> None:
    gone, stays = Receiver(), Receiver()
    release = threading.Event()
    bridge.call(release.wait, done=gone.done)
    bridge.call(int, done=stays.done)
    results = gone.results
    del gone
    gc.collect()
    release.set()
    qtbot.waitUntil(lambda: stays.results == [0])
    assert results == []


def test_tokens_come_joined_and_before_the_end(
    bridge: Bridge, services: Services, qtbot: QtBot
) -> None:
    told: list[tuple[str, object]] = []

    def on_token(trial_id: int, text: str) -> None:
        told.append((f"token {trial_id}", text))

    def on_finished(trial_id: int) -> None:
        told.append(("finished", trial_id))

    bridge.token.connect(on_token)
    bridge.trial_finished.connect(on_finished)
    letters = [TokenArrived(7, letter) for letter in "abcdefgh"]
    publish_elsewhere(services, *letters, TrialFinished(7))
    qtbot.waitUntil(lambda: ("finished", 7) in told)
    assert told[-1] == ("finished", 7)
    assert "".join(str(text) for kind, text in told[:-1]) == "abcdefgh"
    assert len(told) <= 3


def test_many_streams_are_flushed_one_a_tick(
    bridge: Bridge, services: Services, qtbot: QtBot
) -> None:
    texts: dict[int, str] = {}

    def on_token(trial_id: int, text: str) -> None:
        texts[trial_id] = texts.get(trial_id, "") + text

    bridge.token.connect(on_token)
    publish_elsewhere(services, *(TokenArrived(i % 8, "x") for i in range(80)))
    qtbot.waitUntil(lambda: texts == dict.fromkeys(range(8), "x" * 10))


def test_bursts_of_changes_come_joined(
    bridge: Bridge, services: Services, qtbot: QtBot
) -> None:
    seen: list[ChangeSet] = []
    bridge.changed.connect(seen.append)
    changes = [Changed(ChangeSet.of(Kind.TRIAL, number)) for number in range(200)]
    publish_elsewhere(services, *changes)
    everything = frozenset(range(200))

    def told() -> frozenset[int]:
        ids = (change.ids_of(Kind.TRIAL) for change in seen)
        return frozenset().union(*ids)

    qtbot.waitUntil(lambda: told() == everything)
    assert len(seen) <= 3


def test_nothing_is_heard_after_closing(
    bridge: Bridge, services: Services, qapp: QApplication
) -> None:
    seen: list[ChangeSet] = []
    bridge.changed.connect(seen.append)
    bridge.close()
    publish_elsewhere(services, Changed(ChangeSet.of(Kind.TRIAL, 1)))
    qapp.processEvents()
    assert seen == []
