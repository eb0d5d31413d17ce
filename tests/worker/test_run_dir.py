"""Events out, commands in."""

import json
import signal
from pathlib import Path

import pytest

from tests.worker.helpers import read_events, wait_until
from workbench.worker.errors import Stopped, WorkerError
from workbench.worker.protocol import Command, EventType, Phase
from workbench.worker.run_dir import EventLog, RunState, Watch


def _command(run: Path, command: str, seq: int = 1) -> None:
    text = json.dumps({"seq": seq, "command": command})
    (run / "control.json").write_text(text, encoding="utf-8")


def test_events_are_numbered_and_nothing_follows_the_end(tmp_path: Path) -> None:
    log = EventLog(tmp_path)
    log.write(EventType.METRIC, loss=float("nan"), text="日本語")
    log.write(EventType.END, outcome="failed")
    log.write(EventType.METRIC, loss=1.0)
    events = read_events(tmp_path)

    assert [event["seq"] for event in events] == [1, 2]
    assert events[0]["loss"] is None
    assert events[-1]["type"] == "end"
    assert "日本語" in (tmp_path / "events.jsonl").read_text(encoding="utf-8")


def test_a_directory_is_used_once(tmp_path: Path) -> None:
    RunState(tmp_path)

    with pytest.raises(WorkerError, match="already wrote"):
        RunState(tmp_path)


def test_the_worker_tells_who_it_is(tmp_path: Path) -> None:
    RunState(tmp_path)
    value = json.loads((tmp_path / "worker.json").read_text(encoding="utf-8"))

    assert value["pid"] > 0
    assert value["create_time"] > 0
    assert "torch" in value["versions"]


def test_a_wish_to_stop_is_acknowledged_and_obeyed_once(tmp_path: Path) -> None:
    state = RunState(tmp_path)
    _command(tmp_path, "stop_save")
    state.look()
    state.look()
    acks = [e for e in read_events(tmp_path) if e["type"] == "ack"]

    assert [ack["command"] for ack in acks] == ["stop_save"]
    with pytest.raises(Stopped):
        state.enter(Phase.LOADING)
    _command(tmp_path, "stop_now", 2)
    state.look()
    assert state.stop is Command.STOP_NOW


def test_damaged_control_files_are_waited_out(tmp_path: Path) -> None:
    state = RunState(tmp_path)
    (tmp_path / "control.json").write_text('{"seq": 1, "comm', encoding="utf-8")
    state.look()
    _command(tmp_path, "dance")
    state.look()

    assert state.stop is None


def test_the_watch_keeps_the_heartbeat_and_hears_commands(tmp_path: Path) -> None:
    state = RunState(tmp_path)
    with Watch(state):
        wait_until((tmp_path / "heartbeat").exists, 5)
        _command(tmp_path, "sample_now")
        wait_until(lambda: Command.SAMPLE_NOW in state.wishes, 5)

    assert state.stop is None


def test_a_signal_means_stop_and_save(tmp_path: Path) -> None:
    state = RunState(tmp_path)
    before = signal.getsignal(signal.SIGTERM)
    try:
        with Watch(state):
            signal.raise_signal(signal.SIGTERM)
            wait_until(lambda: state.stop is Command.STOP_SAVE, 5)
    finally:
        signal.signal(signal.SIGTERM, before)


def test_a_unit_that_cannot_be_left_is_ended_by_the_watch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workbench.worker.run_dir._STOP_GRACE_SECONDS", 0.0)
    state = RunState(tmp_path)
    state.enter(Phase.LOADING)
    left: list[int] = []
    with Watch(state, left.append):
        _command(tmp_path, "stop_now")
        wait_until(lambda: left, 5)

    assert read_events(tmp_path)[-1]["outcome"] == "cancelled"
