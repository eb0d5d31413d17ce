import json
import threading
from pathlib import Path

from pytestqt.qtbot import QtBot

from workbench.ui.shell.heartbeat import Heartbeat


def hold(seconds: float) -> None:
    """Keep the event loop from running."""
    threading.Event().wait(seconds)


def test_blocked_loop_is_seen(qtbot: QtBot) -> None:
    heartbeat = Heartbeat()
    qtbot.wait(60)
    quick = len(heartbeat.late_ms)
    assert quick >= 3
    hold(0.12)
    qtbot.wait(20)
    heartbeat.stop()
    assert max(heartbeat.late_ms[quick:]) >= 100


def test_named_moments_are_left_out(qtbot: QtBot) -> None:
    heartbeat = Heartbeat()
    qtbot.wait(20)
    heartbeat.pause()
    heartbeat.pause()
    hold(0.2)
    heartbeat.resume()
    qtbot.wait(20)
    heartbeat.resume()
    qtbot.wait(20)
    heartbeat.stop()
    assert max(heartbeat.late_ms) < 150


def test_lateness_before_a_pause_counts(qtbot: QtBot) -> None:
    heartbeat = Heartbeat()
    hold(0.05)
    heartbeat.pause()
    assert max(heartbeat.late_ms) >= 40
    heartbeat.stop()


def test_samples_are_written(qtbot: QtBot, tmp_path: Path) -> None:
    heartbeat = Heartbeat()
    qtbot.wait(30)
    heartbeat.stop()
    heartbeat.write(tmp_path / "beats.json")
    written = json.loads((tmp_path / "beats.json").read_text(encoding="utf-8"))
    assert written["interval_ms"] == 5
    assert len(written["late_ms"]) == len(heartbeat.late_ms)
